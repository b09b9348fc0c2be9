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

STEPS = 1000


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

    ``tolerance`` is the largest slope left at the end. All is done in single precision: the confidences of the optimum
    move by less than 0.001.
    """
    classes, split = int(target.max()) + 1, counts.shape[1]
    share = (strength * compute_sample_weight("balanced", target))[:, None].astype(np.float32)
    chosen = np.arange(len(target)), target
    mean = vectors.mean(axis=0)
    vectors = (vectors - mean).astype(np.float32)
    counts = counts.astype(np.float32)
    counts_by_column, vectors_by_column = counts.T.tocsr(), np.ascontiguousarray(vectors.T)

    def loss_and_slope(flat: np.ndarray) -> tuple[float, np.ndarray]:
        table = flat.reshape(-1, classes).astype(np.float32)
        weights, bias = table[:-1], table[-1]
        logs = log_softmax(counts @ weights[:split] + vectors @ weights[split:] + bias, axis=1)
        loss = 0.5 * np.square(flat[:-classes]).sum() - (share[:, 0] * logs[chosen]).sum(dtype=np.float64)
        error = np.exp(logs)
        error[chosen] -= 1
        error *= share
        slope = np.vstack([counts_by_column @ error, vectors_by_column @ error, error.sum(axis=0)])
        slope[:-1] += weights
        return float(loss), slope.ravel().astype(np.float64)

    start = np.zeros((split + vectors.shape[1] + 1) * classes)
    options = {"maxiter": STEPS, "maxfun": 2 * STEPS, "gtol": tolerance}
    found = minimize(loss_and_slope, start, method="L-BFGS-B", jac=True, options=options)
    table = found.x.reshape(-1, classes)
    by_count, by_vector, bias = table[:split], table[split:-1], table[-1]
    return Regression(by_count.astype(np.float32), by_vector.astype(np.float32), bias - mean @ by_vector)
