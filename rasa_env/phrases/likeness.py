"""Which phrases say nearly the same in nearly the same words."""

from collections.abc import Iterator

import numpy as np
from components.ngrams import WORD
from components.spelling import sounds
from scipy.sparse import coo_matrix, csr_matrix
from scipy.sparse.csgraph import connected_components
from sklearn.feature_extraction.text import TfidfVectorizer

# What more than one phrase in fifty holds ('no', 'el pago') makes no two phrases alike.
COMMON = 0.02
# At 0.6 the largest group holds one phrase in a hundred; at 0.5 groups run together into one of five thousand.
NEAR = 0.6
ROWS_AT_ONCE = 2000


def pairs(texts: list[str], least: float) -> Iterator[tuple[int, int, float]]:
    """Each pair (first, second, likeness), from `least` to 1, by shared words and pairs of them, the rare ones most."""
    counter = TfidfVectorizer(
        ngram_range=(1, 2), token_pattern=WORD, max_df=COMMON, sublinear_tf=True, dtype=np.float32
    )
    rows = csr_matrix(counter.fit_transform(map(sounds, texts)))
    columns = rows.T.tocsr()
    for start in range(0, len(texts), ROWS_AT_ONCE):
        alike = (rows[start : start + ROWS_AT_ONCE] @ columns).tocoo()
        near = (alike.data >= least) & (alike.row + start < alike.col)
        yield from zip(alike.row[near] + start, alike.col[near], alike.data[near], strict=True)


def groups(texts: list[str]) -> np.ndarray:
    """A number for each phrase: near ones, and what is near to those, share it."""
    found = [(first, second) for first, second, _ in pairs(texts, NEAR)]
    first, second = zip(*found, strict=True) if found else ((), ())
    links = coo_matrix((np.ones(len(found)), (first, second)), shape=(len(texts), len(texts)))
    return np.asarray(connected_components(links, directed=False)[1])
