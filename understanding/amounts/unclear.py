"""Words for money whose amount must be asked: slang that differs by country, spans, bounds and handfuls."""

import re
from collections.abc import Iterator
from typing import Final

_LUCAS: Final = r"(?:lucas?|luquitas?|lukas?)"
_PALOS: Final = r"(?:palos?|palitos?|quinas?|melon(?:es)?|gambas?|barras?)"
_COUNT: Final = r"(?:\d+(?:[.,]\d+)?|una?|medi[oa]|half an?|(?:un|1) par de|unos|unas)"
_MONEY: Final = r"\$? ?\d[\d.,]*(?: (?:pesos|varos|bucks))?"
_LARGE: Final = r"\$? ?\d{2}[\d.,]*(?: (?:pesos|varos|bucks))?"
_ABOUT: Final = r"(?:(?:los|unos|como|the|about|around) )?"
_UNCLEAR: Final = [
    re.compile(pattern)
    for pattern in (
        rf"(?:\b{_COUNT} )?\b{_LUCAS}\b(?! peruanas)|\b{_COUNT} {_PALOS}\b",
        r"\b(?:medio|half a) (?:mil|grand|millar)\b",
        # Spans.
        r"\b\d+ ?(?:-|a|y|to) ?\d+ (?:pesos|varos|bucks)",
        rf"\b(?:entre|between) {_ABOUT}{_MONEY} (?:y|a|and|o) {_ABOUT}{_MONEY}",
        r"\b(?:de|from|unos|como) (?:unos )?(?:\$ ?)?\d{2,}[\d.,]* (?:a|to|hasta) (?:\$ ?)?\d{2,}[\d.,]*",
        r"\d{3,} ?- ?\d{3,}|\d{2,} (?:a|to) \d{3,}",
        r"\b\d[\d,.]{2,} (?:o|or) (?:unos |like )?\d[\d,.]{2,}(?= (?:pesos )?(?:depend\w*|segun|a ver|lo que)\b)",
        # Bounds.
        rf"(?<!no )(?<!nada )\b(?:mas|menos|arriba|debajo|mayor|menor) de {_ABOUT}{_LARGE}",
        rf"\b(?:(?:more|less) than|over|under|above|below) {_ABOUT}{_LARGE}",
        rf"{_LARGE} (?:o|or) (?:un poco )?(?:menos|less)\b",
        # 'Dos y medio' may be thousands.
        r"\b\d{1,2} (?:y medi[oa]|and a half)\b(?! (?:horas?|dias?|semanas?|mes|meses|weeks?|days?|months?|hours?)\b)",
        # Handfuls.
        r"\b(?:a )?(?:couple|few|several) (?:of )?(?:hundred|thousand|bucks|100|1000)\b",
        r"\b(?:un par|unos cuantos) de (?:cientos|miles|billetes)\b|\b(?:unos|varios|algunos) (?:cientos|miles"
        r"|pesos)\b",
        # 'Dos mil 5' may be two thousand five hundred.
        r"\b\d*000 [1-9]\b(?! ?[a-z%])",
    )
]
# 'Cámbielo de 500 a 600' is no span: the second is meant.
_CHANGES: Final = re.compile(
    r"\b(?:cambi\w+|sub[aei]\w*|baj[aei]\w*|mov\w+|change|raise|lower|move)"
    r"(?: (?!de\b|from\b)\w+){0,3}(?: de| from)? $"
)


def find_unclear(text: str) -> Iterator[tuple[int, int]]:
    found = (m for pattern in _UNCLEAR for m in pattern.finditer(text))
    return ((m.start(), m.end()) for m in found if not _CHANGES.search(text[: m.start()]))
