"""uv, which makes the environments: the one on PATH if it works, else one of our own in ``.tools``."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from bootstrap import interpreter, progress

# Set for a person's own shell, these would lead a fresh environment astray or leave it without compiled files,
# without which Rasa starts twice as slowly.
_FOREIGN = ("PYTHONDONTWRITEBYTECODE", "PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "CONDA_PREFIX")
DOWNLOAD_LIMIT_S = 120


def environment(environ: Mapping[str, str]) -> dict[str, str]:
    """The variables for programs that build: the person's own, with pip's index if only that one is set."""
    cleaned = {name: value for name, value in environ.items() if name not in _FOREIGN}
    if "PIP_INDEX_URL" in cleaned:
        cleaned.setdefault("UV_DEFAULT_INDEX", cleaned["PIP_INDEX_URL"])
    return cleaned


def find(root: Path, environ: Mapping[str, str]) -> Path:
    """A working uv; installs a locked one into ``.tools`` if there is none."""
    own = root / ".tools" / "bin" / "uv"
    for program in (shutil.which("uv", path=environ.get("PATH")), own):
        if program and _works(Path(program)):
            return Path(program)
    return _install(root, own, environ)


def _works(uv: Path) -> bool:
    try:
        return subprocess.run([str(uv), "--version"], capture_output=True, timeout=30, check=False).returncode == 0
    except (OSError, subprocess.SubprocessError):
        return False


def _install(root: Path, uv: Path, environ: Mapping[str, str]) -> Path:
    base = interpreter.for_application(environ)
    tools, clean = root / ".tools", environment(environ)
    shutil.rmtree(tools, ignore_errors=True)
    progress.run(
        "Making a place for the installer (.tools)",
        [base.path, "-m", "venv", tools],
        clean,
        "Python's venv module is incomplete. On Debian or Ubuntu: apt-get install python3-venv. Or install uv.",
    )
    progress.run(
        "Fetching the installer (uv)",
        [tools / "bin" / "pip", "install", "-q", "--require-hashes", "-r", root / "bootstrap" / "uv.txt"],
        clean,
        "Is the package index reachable? Behind a proxy set HTTPS_PROXY, with a mirror set PIP_INDEX_URL.",
    )
    return uv


def download_python(uv: Path, minor: int, environ: Mapping[str, str]) -> interpreter.Interpreter | None:
    """Let uv fetch a Python 3.``minor``, or None where that is blocked: then it fails within seconds."""
    # Without these limits a network that swallows packets would hold the first start for minutes.
    patience = {"UV_HTTP_TIMEOUT": "15", "UV_HTTP_RETRIES": "0", **environment(environ)}
    try:
        progress.run(
            f"No Python 3.{minor} here; asking uv for one",
            [uv, "python", "install", f"3.{minor}"],
            patience,
            "",
            DOWNLOAD_LIMIT_S,
        )
    except progress.SetupError:
        return None
    return interpreter.find(minor, environ)
