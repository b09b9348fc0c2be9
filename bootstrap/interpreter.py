"""Finding a Python that really works. Each candidate is run: a name on PATH may be a shim with nothing behind it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bootstrap.progress import SetupError

APPLICATION_MINORS = (11, 12, 13)
RASA_MINOR = 10
# Rasa's metadata refuses 3.11; with a few newer numerical packages it trains the same model and gives the same answers.
RASA_FALLBACK_MINOR = 11

_QUESTION = """
import json, platform, sys
import ssl, sqlite3, venv
base = getattr(sys, "_base_executable", None) or sys.executable
print(json.dumps([base, list(sys.version_info[:3]), platform.python_implementation()]))
"""
_SYSTEM_FOLDERS = (
    "/usr/bin",
    "/usr/local/bin",
    "/opt/homebrew/bin",
    "/opt/local/bin",
    "/usr/local/opt/python@3.{minor}/bin",
    "/opt/homebrew/opt/python@3.{minor}/bin",
    "/opt/python3.{minor}/bin",
)


@dataclass(frozen=True)
class Interpreter:
    """A working CPython. ``path`` is the installed program, never a shim or a virtual environment."""

    path: Path
    version: tuple[int, int, int]

    @property
    def minor(self) -> int:
        return self.version[1]

    def __str__(self) -> str:
        return f"Python {'.'.join(map(str, self.version))} ({self.path})"


def probe(program: Path) -> Interpreter | None:
    """What the program says of itself when run, or None if it is no complete CPython 3."""
    try:
        answer = subprocess.run(
            [str(program), "-I", "-c", _QUESTION], capture_output=True, text=True, timeout=30, check=True
        ).stdout
        path, version, implementation = json.loads(answer)
    except (OSError, subprocess.SubprocessError, ValueError, TypeError):
        return None
    if implementation != "CPython" or version[0] != 3:
        return None
    return Interpreter(Path(path).resolve(), (version[0], version[1], version[2]))


def candidates(minor: int, environ: Mapping[str, str]) -> Iterator[Path]:
    """Where a Python 3.``minor`` may lie: PATH, pyenv, the system's and Homebrew's folders, uv's own."""
    name = f"python3.{minor}"
    home = environ.get("HOME", "")
    folders = [Path(folder) for folder in environ.get("PATH", "").split(os.pathsep) if folder]
    pyenv = Path(environ.get("PYENV_ROOT") or f"{home}/.pyenv")
    folders += sorted(pyenv.glob(f"versions/3.{minor}.*/bin"))
    folders += [Path(folder.format(minor=minor)) for folder in _SYSTEM_FOLDERS]
    data = environ.get("XDG_DATA_HOME") or f"{home}/.local/share"
    managed = Path(environ.get("UV_PYTHON_INSTALL_DIR") or f"{data}/uv/python")
    folders += sorted(managed.glob(f"cpython-3.{minor}.*/bin"))
    return (folder / name for folder in dict.fromkeys(folders) if (folder / name).is_file())


def first_working(minor: int, programs: Iterable[Path]) -> Interpreter | None:
    for program in programs:
        found = probe(program)
        if found and found.minor == minor:
            return found
    return None


def find(minor: int, environ: Mapping[str, str]) -> Interpreter | None:
    return first_working(minor, candidates(minor, environ))


def for_application(environ: Mapping[str, str]) -> Interpreter:
    """The Python that runs this set-up if it is new enough, else the oldest supported one that is found."""
    own = probe(Path(sys.executable))
    if own and own.minor in APPLICATION_MINORS:
        return own
    for minor in APPLICATION_MINORS:
        found = find(minor, environ)
        if found:
            return found
    raise SetupError(
        f"Al Corriente needs Python 3.11, 3.12 or 3.13; this is {sys.version.split()[0]} and no other was found.",
        "Install one of them, or name it: make run PYTHON=/path/to/python3.11",
    )


def named_for_rasa(environ: Mapping[str, str]) -> Interpreter | None:
    """The interpreter that RASA_PYTHON names, or None if it is not set. One that cannot serve is an error."""
    named = environ.get("RASA_PYTHON")
    if not named:
        return None
    found = probe(Path(named))
    if not found:
        raise SetupError(
            f"RASA_PYTHON is {named!r}, which does not run as a complete CPython (with ssl, sqlite3 and venv).",
            "Set it to a Python 3.10 that works, or unset it to let one be searched.",
        )
    if found.minor not in (RASA_MINOR, RASA_FALLBACK_MINOR):
        raise SetupError(
            f"RASA_PYTHON is {named!r}, which is Python 3.{found.minor}; Rasa 3.6 runs on 3.10.",
            "Set it to a Python 3.10 (or 3.11, the fallback), or unset it to let one be searched.",
        )
    return found
