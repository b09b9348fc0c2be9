"""What is learned from examples: which intent a text has, by its n-grams and its sentence vector."""

import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from scipy.special import softmax
from threadpoolctl import threadpool_limits

from components import ngrams
from components.ngrams import Ngrams
from components.regression import Regression, fit


@dataclass
class Opinion:
    """What was learned: the intents in the order of the columns, the n-grams and the weights."""

    intents: list[str]
    views: list[Ngrams]
    regression: Regression

    def probabilities(self, texts: Sequence[str], vectors: np.ndarray, temperature: float) -> np.ndarray:
        scores = self.regression.scores(ngrams.rows(self.views, list(texts)), vectors)
        return softmax(scores / temperature, axis=1)

    def share(self, start: str, texts: Sequence[str], vectors: np.ndarray, temperature: float) -> np.ndarray:
        """What all intents together have whose names begin so."""
        columns = [column for column, name in enumerate(self.intents) if name.startswith(start)]
        return self.probabilities(texts, vectors, temperature)[:, columns].sum(axis=1)

    def save(self, folder: Path) -> None:
        """Weights in half precision: that moves no confidence by 0.01 and halves the file."""
        learned = {"intents": self.intents, "views": [asdict(view) for view in self.views]}
        (folder / "learned.json").write_text(json.dumps(learned), encoding="utf-8")
        halves = {name: weights.astype(np.float16) for name, weights in asdict(self.regression).items()}
        np.savez_compressed(folder / "weights.npz", **halves)

    @classmethod
    def load(cls, folder: Path) -> "Opinion":
        learned = json.loads((folder / "learned.json").read_text(encoding="utf-8"))
        with np.load(folder / "weights.npz", allow_pickle=False) as stored:
            weights = {name: stored[name].astype(np.float32) for name in stored.files}
        return cls(learned["intents"], [Ngrams(**view) for view in learned["views"]], Regression(**weights))


def learn(texts: list[str], intents: Sequence[str], vectors: np.ndarray, config: dict[str, Any]) -> Opinion:
    """Two regressions in one: over everything, and over n-grams alone, which keeps spelling from being overheard."""
    names, target = np.unique(list(intents), return_inverse=True)
    views = [Ngrams(**view) for view in config["ngrams"]]
    counts = ngrams.learn(views, texts)
    # Numpy and scipy let go of the interpreter while they multiply; threads of their own would be in each other's way.
    with ThreadPoolExecutor() as pool, threadpool_limits(1):
        both, words = pool.map(
            lambda seen: fit(counts, seen, target, config["strength"], config["tolerance"]), (vectors, vectors[:, :0])
        )
    words = replace(words, by_vector=np.zeros_like(both.by_vector))
    return Opinion(names.tolist(), views, both.beside(words, config["words_share"]))
