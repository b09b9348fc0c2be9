"""Words, pairs of words and pieces of words of a text, counted after one reading of its spelling."""

from dataclasses import dataclass, field

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.preprocessing import normalize

from components.spelling import READINGS

# Words of one letter count too: they say much in chat.
WORD = r"(?u)\b\w+\b"


@dataclass
class Ngrams:
    """Rows of equal length ``weight``, so that a long text says no more than a short one.

    ``unit`` is ``word`` or ``char_wb`` (pieces inside words). What only one phrase holds is left out: it can't speak of
    others, and it would be half of the model.
    """

    unit: str
    shortest: int
    longest: int
    reading: str
    weight: float
    known: list[str] = field(default_factory=list)

    def learn(self, texts: list[str]) -> None:
        self.known = sorted(self._counter(min_df=2).fit(map(READINGS[self.reading], texts)).vocabulary_)
        self._transformer = self._counter(vocabulary=self.known)

    def rows(self, texts: list[str]) -> csr_matrix:
        return normalize(self._transformer.transform(map(READINGS[self.reading], texts))) * np.float32(self.weight)

    def __post_init__(self) -> None:
        self._transformer = self._counter(vocabulary=self.known or None)

    def _counter(self, **settings: object) -> CountVectorizer:
        if self.unit == "word":
            settings["token_pattern"] = WORD
        return CountVectorizer(
            analyzer=self.unit, ngram_range=(self.shortest, self.longest), dtype=np.float32, **settings
        )


def learn(views: list[Ngrams], texts: list[str]) -> csr_matrix:
    """Let every view learn what there is; returns the rows of these texts."""
    for view in views:
        view.learn(texts)
    return rows(views, texts)


def rows(views: list[Ngrams], texts: list[str]) -> csr_matrix:
    return csr_matrix(hstack([view.rows(texts) for view in views]))
