"""What a model says of phrases when neither they nor their near copies were among its examples."""

import hashlib
import json
import os
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from components.opinion import learn
from sklearn.model_selection import StratifiedGroupKFold

from phrases.corpus import ROOT, Phrase, settings, vectors
from phrases.likeness import groups

PARTS = 3


def scores(corpus: list[Phrase]) -> tuple[list[str], np.ndarray]:
    """The intents in the order of the columns, and the logarithm of each one's probability for each phrase.

    They are kept in .cache/phrases under a hash of all that they depend on.
    """
    config = settings("IntentClassifier")
    file = ROOT / ".cache" / "phrases" / f"{_fingerprint(corpus, config)}.npz"
    if not file.exists():
        _measure(corpus, config, file)
    with np.load(file, allow_pickle=False) as stored:
        return stored["intents"].tolist(), stored["scores"]


def _measure(corpus: list[Phrase], config: dict[str, Any], file: Path) -> None:
    texts, said = [phrase.text for phrase in corpus], np.array([phrase.intent for phrase in corpus])
    rows = vectors(texts)
    split = StratifiedGroupKFold(PARTS, shuffle=True, random_state=1)
    parts = list(split.split(texts, said, groups(texts)))
    intents = np.unique(said)
    found = np.zeros((len(texts), len(intents)), dtype=np.float32)
    with ProcessPoolExecutor(min(PARTS, os.cpu_count() or 1)) as pool:
        for (_, held), part in zip(parts, pool.map(partial(_part, texts, said, rows, config), parts), strict=True):
            found[held] = part
    file.parent.mkdir(parents=True, exist_ok=True)
    for old in file.parent.glob("*.npz"):
        old.unlink()
    np.savez(file, intents=intents, scores=found)


def _part(
    texts: list[str], said: np.ndarray, rows: np.ndarray, config: dict[str, Any], part: tuple[np.ndarray, np.ndarray]
) -> np.ndarray:
    known, held = part
    learned = learn([texts[each] for each in known], said[known], rows[known], config)
    return np.log(learned.probabilities([texts[each] for each in held], rows[held], 1.0) + 1e-12)


def _fingerprint(corpus: list[Phrase], config: dict[str, Any]) -> str:
    code = [path.read_text() for path in sorted((ROOT / "rasa_env").glob("*/*.py"))]
    inputs = [[(phrase.text, phrase.intent) for phrase in corpus], config, code]
    return hashlib.sha256(json.dumps(inputs).encode()).hexdigest()[:16]
