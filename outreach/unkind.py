"""How much a text sounds like those that were refused: words and pieces of words weighed by logistic regression.

It hears what no rule of `tone.txt` foresaw. Pure; learned when first asked, in less than a second, from
`tone_examples.txt` and from the shipped texts."""

import math
import random
import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Final

from locales import phrases
from understanding.sounds import BREAK, words

_PLACEHOLDER: Final = re.compile(r"\{\w+\}")
_PIECE: Final = 5
_ROUNDS: Final = 30
# At this score one in twenty of the good texts on which it was chosen was refused.
_LIMIT: Final = -0.2


def is_unkind(text: str) -> bool:
    return score(text) > _LIMIT


def score(text: str) -> float:
    """The higher, the more like what is refused."""
    return _sum(_signs(text), *_learned())


def _sum(signs: frozenset[str], weights: Mapping[str, float], bias: float) -> float:
    return bias + sum(weights.get(sign, 0.0) for sign in signs) / math.sqrt(len(signs) or 1)


@cache
def _learned() -> tuple[Mapping[str, float], float]:
    lines = Path(__file__).with_name("tone_examples.txt").read_text("utf-8").splitlines()
    examples = [(_signs(line[2:]), float(line[0] == "-")) for line in lines if line[0] in "+-"]
    examples += [(signs, 0.0) for text in _shipped() if (signs := _signs(text))]
    weights: defaultdict[str, float] = defaultdict(float)
    bias = 0.0
    # The same order each time, so that the same texts are refused each time.
    order = random.Random(1)  # noqa: S311
    for turn in range(_ROUNDS):
        order.shuffle(examples)
        rate = 1 / (1 + turn / 5)
        for signs, refused in examples:
            step = rate * (1 / (1 + math.exp(-_sum(signs, weights, bias))) - refused)
            bias -= step / 10
            for sign in signs:
                weights[sign] -= step / math.sqrt(len(signs))
    return weights, bias


def _shipped() -> list[str]:
    texts = (phrase for language in ("es", "en") for phrase in phrases.read_catalogue(language).values())
    return ["".join(literal for literal, _ in form) for phrase in texts for form in phrase.forms]


def _signs(text: str) -> frozenset[str]:
    """Words, pairs of words, and pieces that outlive a misspelling."""
    heard = [word for word in words(_PLACEHOLDER.sub(" 0 ", text)) if word != BREAK]
    line = f" {' '.join(heard)} "
    pairs = {f"{one} {other}" for one, other in pairwise(heard)}
    pieces = {f"~{line[at : at + _PIECE]}" for at in range(len(line) - _PIECE + 1)}
    return frozenset({*heard} | pairs | pieces)
