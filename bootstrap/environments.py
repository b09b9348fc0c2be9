"""The two environments: ``.venv`` for the application, ``.rasa`` for Rasa, whose pins admit nothing beside it.

A stamp inside each says which lock, which Python and which folder it was made for, so a second start makes nothing.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from bootstrap import installer, interpreter, progress
from bootstrap.interpreter import Interpreter

RUN, DEVELOP = "requirements.txt", "requirements-dev.txt"
RASA_LOCKS = {
    interpreter.RASA_MINOR: "rasa_env/rasa-310.txt",
    interpreter.RASA_FALLBACK_MINOR: "rasa_env/rasa-311.txt",
}
_NETWORK = "Is the package index reachable, and is there space on the disk? What was fetched is kept: run it again."


def application(root: Path, lock: str, environ: Mapping[str, str]) -> Path:
    """The application's environment for the lock RUN or DEVELOP; one made for development also serves to run."""
    folder = root / ".venv"
    serving = [_mark(folder, root / lock, root / "pyproject.toml") for lock in {lock, DEVELOP}]
    if _stamped(folder, serving):
        return folder
    base = interpreter.for_application(environ)
    uv = installer.find(root, environ)
    _install(folder, base, root / lock, uv, environ)
    progress.run(
        "Linking the application into it",
        [uv, "pip", "install", "-q", "--python", folder / "bin" / "python", "--no-deps", "--editable", root],
        installer.environment(environ),
        _NETWORK,
    )
    _stamp(folder, _mark(folder, root / lock, root / "pyproject.toml"))
    return folder


def rasa(root: Path, environ: Mapping[str, str]) -> Path:
    """Rasa's environment: on Python 3.10, or on 3.11 with newer numerical packages, which is said aloud."""
    folder = root / ".rasa"
    named = interpreter.named_for_rasa(environ)
    minors = [named.minor] if named else list(RASA_LOCKS)
    if _stamped(folder, [_mark(folder, root / RASA_LOCKS[minor]) for minor in minors]):
        return folder
    uv = installer.find(root, environ)
    base = named or _search_for_rasa(uv, environ)
    if base.minor == interpreter.RASA_FALLBACK_MINOR:
        progress.say(f"NOTE: Rasa is installed on {base}, which its makers do not support; the stated fallback.")
        progress.say("      It answers alike in our tests. For the supported set-up install Python 3.10.")
    lock = root / RASA_LOCKS[base.minor]
    _install(folder, base, lock, uv, environ)
    _stamp(folder, _mark(folder, lock))
    return folder


def _search_for_rasa(uv: Path, environ: Mapping[str, str]) -> Interpreter:
    found = (
        interpreter.find(interpreter.RASA_MINOR, environ)
        or installer.download_python(uv, interpreter.RASA_MINOR, environ)
        or interpreter.find(interpreter.RASA_FALLBACK_MINOR, environ)
    )
    if found:
        return found
    raise progress.SetupError(
        "Rasa 3.6 needs Python 3.10 (3.11 as a fallback): neither was found, and 3.10 could not be fetched.",
        "Install Python 3.10 and run this again, or name one: RASA_PYTHON=/path/to/python3.10 make run",
    )


def _install(folder: Path, base: Interpreter, lock: Path, uv: Path, environ: Mapping[str, str]) -> None:
    python = folder / "bin" / "python"
    clean = installer.environment(environ)
    present = interpreter.probe(python)
    if not present or present.path != base.path:
        shutil.rmtree(folder, ignore_errors=True)
        progress.run(
            f"Making the environment {folder.name} on {base}",
            [uv, "venv", "-q", "-p", base.path, folder],
            clean,
            _NETWORK,
        )
    _stamp_file(folder).unlink(missing_ok=True)
    sync: list[str | Path] = [
        uv,
        "pip",
        "sync",
        "-q",
        "--python",
        python,
        "--require-hashes",
        "--compile-bytecode",
        lock,
    ]
    progress.run(f"Installing {_count(lock)} packages into {folder.name}", sync, clean, _NETWORK)


def _count(lock: Path) -> int:
    return sum("==" in line for line in lock.read_text().splitlines())


def _mark(folder: Path, *inputs: Path) -> str:
    """What the environment must be made from. The folder counts: an environment that was moved does not work."""
    content = hashlib.sha256(b"\0".join(path.read_bytes() for path in inputs)).hexdigest()
    return f"{inputs[0].name} {content} {folder}"


def _stamp_file(folder: Path) -> Path:
    return folder / "made-from.txt"


def _stamped(folder: Path, marks: Sequence[str]) -> bool:
    stamp = _stamp_file(folder)
    return (folder / "bin" / "python").exists() and stamp.exists() and stamp.read_text() in marks


def _stamp(folder: Path, mark: str) -> None:
    _stamp_file(folder).write_text(mark)
