"""Logistic regression over counts, which are almost all zero, and vectors, which have no zeros, kept apart.

In one sparse matrix, as scikit-learn wants it, the vectors make each step five times as slow. They also share a large
mean, which makes the search five times as long; here it is taken off first and given back to the bias, which no penalty
holds, so the optimum is the same.
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from scipy.special import log_softmax
from sklearn.utils.class_weight import compute_sample_weight

STEPS = 200


@dataclass
class Regression:
    """Scores are linear: ``by_count`` (counts x classes), ``by_vector`` (dimensions x classes) and ``bias``."""

    by_count: np.ndarray
    by_vector: np.ndarray
    bias: np.ndarray

    def scores(self, counts: csr_matrix, vectors: np.ndarray) -> np.ndarray:
        return counts @ self.by_count + vectors @ self.by_vector + self.bias

    def beside(self, other: "Regression", share: float) -> "Regression":
        """Both opinions in one: the weighted mean of the logarithms of their probabilities, up to a constant."""
        parts = zip(
            (self.by_count, self.by_vector, self.bias), (other.by_count, other.by_vector, other.bias), strict=True
        )
        return Regression(*((own + share * others) / (1 + share) for own, others in parts))


def fit(counts: csr_matrix, vectors: np.ndarray, target: np.ndarray, strength: float, tolerance: float) -> Regression:
    """Multinomial loss with balanced classes, weighed by ``strength`` against a ridge of strength 1.

    ``tolerance`` is the length of the slope left at the end. All is done in single precision: the confidences of the
    optimum move by less than 0.001.
    """
    mean = vectors.mean(axis=0)
    loss = _Loss(counts.astype(np.float32), (vectors - mean).astype(np.float32), target, strength)
    options = {"maxiter": STEPS, "gtol": tolerance, "initial_trust_radius": 20.0, "max_trust_radius": 1000.0}
    found = minimize(loss, loss.start(), method="trust-ncg", jac=True, hessp=loss.curvature, options=options)
    by_count, by_vector, bias = loss.parts(found.x)
    return Regression(by_count.astype(np.float32), by_vector.astype(np.float32), bias[0] - mean @ by_vector)


class _Loss:
    """The loss, its slope and its curvature along a direction; a table of weights is passed as one flat row.

    Steps by curvature need less than half the time of L-BFGS here: that one moves its long memory more than it counts.
    """

    def __init__(self, counts: csr_matrix, vectors: np.ndarray, target: np.ndarray, strength: float) -> None:
        self._counts, self._vectors = counts, vectors
        self._counts_by_column, self._vectors_by_column = counts.T.tocsr(), np.ascontiguousarray(vectors.T)
        self._classes = int(target.max()) + 1
        self._chosen = np.arange(len(target)), target
        self._share = (strength * compute_sample_weight("balanced", target))[:, None].astype(np.float32)
        self._at, self._probabilities = np.empty(0), np.empty(0)

    def start(self) -> np.ndarray:
        return np.zeros((self._counts.shape[1] + self._vectors.shape[1] + 1) * self._classes)

    def parts(self, flat: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Weights by count and by vector, and the bias as one row."""
        table, split = flat.reshape(-1, self._classes), self._counts.shape[1]
        return table[:split], table[split:-1], table[-1:]

    def __call__(self, flat: np.ndarray) -> tuple[float, np.ndarray]:
        logs = log_softmax(self._scores(flat), axis=1)
        ridge = 0.5 * np.square(flat[: -self._classes]).sum()
        loss = ridge - (self._share[:, 0] * logs[self._chosen]).sum(dtype=np.float64)
        self._at, self._probabilities = flat, np.exp(logs)
        error = self._probabilities.copy()
        error[self._chosen] -= 1
        return float(loss), self._back(error * self._share, flat)

    def curvature(self, flat: np.ndarray, direction: np.ndarray) -> np.ndarray:
        """The probabilities are those of the loss, which is asked for first, unless a step was taken back."""
        if not np.array_equal(self._at, flat):
            self(flat)
        moved = self._scores(direction)
        moved -= (self._probabilities * moved).sum(axis=1, keepdims=True)
        return self._back(self._probabilities * moved * self._share, direction)

    def _scores(self, flat: np.ndarray) -> np.ndarray:
        by_count, by_vector, bias = self.parts(flat.astype(np.float32))
        return np.asarray(self._counts @ by_count + self._vectors @ by_vector + bias)

    def _back(self, by_row: np.ndarray, ridge: np.ndarray) -> np.ndarray:
        table = np.vstack([self._counts_by_column @ by_row, self._vectors_by_column @ by_row, by_row.sum(axis=0)])
        table[:-1] += ridge.reshape(-1, self._classes)[:-1]
        return table.ravel().astype(np.float64)
