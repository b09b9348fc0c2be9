"""The trained model, which travels with the repository under the hash of everything it was trained from."""

from __future__ import annotations

import hashlib
import os
import shutil
import tarfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from bootstrap import installer, progress
from bootstrap.progress import SetupError

INPUTS = ("config.yml", "domain.yml", "nlu_data", "rasa_env/components", "rasa_env/rasa-310.txt")
SUFFIXES = (".yml", ".yaml", ".py", ".txt")
_FIX = "The lines above name the file and the fault. `make check` validates the data without training."


def inputs(root: Path) -> Iterator[Path]:
    """Every file the model depends on, in one order on every machine."""
    for name in INPUTS:
        path = root / name
        files = [path] if path.is_file() else path.rglob("*")
        yield from sorted(file for file in files if file.is_file() and file.suffix in SUFFIXES)


def fingerprint(root: Path) -> str:
    """16 hex digits over the names and contents of the inputs."""
    digest = hashlib.sha256()
    for file in inputs(root):
        content = file.read_bytes()
        digest.update(f"{file.relative_to(root).as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()[:16]


def place(root: Path) -> Path:
    """Where the model for the present inputs lies, or would lie."""
    return root / "models" / f"{fingerprint(root)}.tar.gz"


def check(root: Path) -> Path:
    """The model that belongs to the inputs; SetupError if it is missing, broken, or not the only one."""
    model = place(root)
    others = sorted(path.name for path in model.parent.glob("*.tar.gz") if path != model)
    if not model.exists():
        raise SetupError(
            f"models/{model.name} is missing; found: {', '.join(others) or 'none'}.",
            "config.yml, domain.yml, nlu_data or rasa_env changed: run `make train` and commit models/.",
        )
    if others:
        raise SetupError(f"models/ also holds {', '.join(others)}.", "Delete it: one model belongs to one state.")
    if not _is_model(model):
        raise SetupError(f"models/{model.name} is no Rasa model.", "Run `make train` and commit models/.")
    return model


def _is_model(path: Path) -> bool:
    try:
        with tarfile.open(path) as archive:
            return any(name.endswith("metadata.json") for name in archive.getnames())
    except (OSError, tarfile.TarError):
        return False


def train(root: Path, rasa: Path, environ: Mapping[str, str]) -> Path:
    """Train for the present inputs and put the model in the place of the old one."""
    model = place(root)
    folder = root / ".cache" / "training"
    shutil.rmtree(folder, ignore_errors=True)
    # Rasa's own cache of trained parts takes a component for unchanged when only a function beside its class changed.
    command = [
        *_rasa(root, rasa, "train"),
        "--force",
        "--skip-validation",
        "--out",
        folder,
        "--fixed-model-name",
        model.name,
    ]
    clean = {**installer.environment(environ), **_all_cores()}
    progress.run("Training the model (a minute; the first time several)", command, clean, _FIX)
    if place(root) != model:
        raise SetupError("The training data changed while the model was trained.", "Run `make train` again.")
    model.parent.mkdir(exist_ok=True)
    (folder / model.name).replace(model)
    for old in model.parent.glob("*.tar.gz"):
        if old != model:
            old.unlink()
    progress.say(f"Trained models/{model.name} ({model.stat().st_size // 1024} kB)")
    return model


def validate(root: Path, rasa: Path, environ: Mapping[str, str]) -> None:
    """Rasa's own check of domain and data. Its warnings are ignored: a key said by an action looks unused to it."""
    command = _rasa(root, rasa, "data", "validate")
    progress.run("Validating domain and training data", command, installer.environment(environ), _FIX)


def check_phrases(root: Path, rasa: Path, environ: Mapping[str, str], arguments: list[str]) -> str:
    """What the training phrases are like, as text; SetupError when they are too few or disagree (rasa_env/phrases)."""
    places = {"PYTHONPATH": str(root / "rasa_env"), "ALCORRIENTE_VECTOR_CACHE": str(root / ".cache" / "vectors")}
    clean = {**installer.environment(environ), **places, **_all_cores()}
    command: list[str | Path] = [rasa / "bin" / "python", "-W", "ignore", "-m", "phrases", *arguments]
    return progress.run("Checking the training phrases (the first time some minutes)", command, clean, _FIX)


def _all_cores() -> dict[str, str]:
    """Encoding all phrases is most of the first time; in service one core encodes a message."""
    return {"OMP_NUM_THREADS": str(os.cpu_count() or 1)}


def _rasa(root: Path, environment: Path, *words: str) -> list[str | Path]:
    data: list[str | Path] = ["--config", root / "config.yml", "--domain", root / "domain.yml"]
    data += ["--data", root / "nlu_data"]
    return [environment / "bin" / "python", root / "rasa_env" / "rasa_command.py", *words, *data]
