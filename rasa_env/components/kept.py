"""Opinions kept on disk between trainings: what was learned from the same examples is not learned again."""

import hashlib
import json
import os
import shutil
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import numpy as np

from components.opinion import Opinion, learn
from components.vectors import PACKAGES

Vectors = Callable[[], np.ndarray]


def learned(name: str, texts: list[str], intents: list[str], vectors: Vectors, config: dict[str, Any]) -> Opinion:
    """Kept under ``name`` in the folder of ALCORRIENTE_VECTOR_CACHE, one at a time; without that variable, learned.

    ``vectors`` gives those of the texts, as ``config`` has them; it is asked only where there is something to learn.
    """
    folder = os.environ.get("ALCORRIENTE_VECTOR_CACHE")
    if not folder:
        return learn(texts, intents, vectors(), config)
    kept = Path(folder) / f"{name}-{_fingerprint(texts, intents, config)}"
    if not kept.exists():
        _keep(learn(texts, intents, vectors(), config), kept, name)
    return Opinion.load(kept)


def _fingerprint(texts: list[str], intents: list[str], config: dict[str, Any]) -> str:
    """Of all that the outcome depends on, this code, its libraries and its encoders included."""
    libraries = {name: version(name) for name in ("numpy", "scipy", "scikit-learn", *PACKAGES.values())}
    seen = hashlib.sha256(json.dumps([texts, intents, config, libraries], sort_keys=True).encode())
    for source in sorted(Path(__file__).parent.glob("*.py")):
        seen.update(source.read_bytes())
    return seen.hexdigest()[:16]


def _keep(opinion: Opinion, place: Path, name: str) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    for old in place.parent.glob(f"{name}-*"):
        shutil.rmtree(old)
    unfinished = Path(mkdtemp(dir=place.parent, prefix="unfinished-"))
    opinion.save(unfinished)
    unfinished.replace(place)
