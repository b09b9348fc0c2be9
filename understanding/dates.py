"""The dates a normalised text names, each with its place in the text. Numbers are digits already ('el 15')."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from understanding import days
from understanding.date_patterns import PATTERNS, SOFT_PATTERNS, Found, Reader, signs_in
from understanding.days import VagueDateError


@dataclass(frozen=True)
class DateMention:
    """first == last for a day; both None when the words name a time that must be asked back.

    `soft` mentions ('ahora', 'cuando me paguen') count only where nothing firmer is said.
    """

    start: int
    end: int
    first: date | None
    last: date | None
    soft: bool = False
    dated: bool = False
    following: bool = False

    def holds(self, other: "DateMention") -> bool:
        """Whether this range has the other, shorter mention inside ('este mes, el 30')."""
        if None in (self.first, self.last, other.first, other.last) or (self.first, self.last) == (
            other.first,
            other.last,
        ):
            return False
        return bool(self.first <= other.first and other.last <= self.last)  # type: ignore[operator]


_STREET: Final = re.compile(
    r"\b(?:calle|colonia|col|avenida|av|barrio|escuela|mercado)\.? \d{1,2} de [a-z]+"
    r"|\b(?:grupo|casa|lote|manzana|puesto|folio|ruta|numero|local|interior|depto)\b(?: (?:es|el|la|numero"
    r"|del)){0,3} \d+"
)
_NOT_BY: Final = re.compile(
    r"\b(?:antes|before|despues|after|pasando|a partir|desde)(?: del?| of)?(?: el| la| los| the)? ?$"
)
_BARE_COUNT: Final = re.compile(r"^\W*(?:en|dentro de|a los) ([1-9]\d?)\W*$")
_BARE_DAY: Final = re.compile(r"^[^\d]*?(?<![\d$])(\d{1,2})(?!\d|[.,/:%]\d|%)[^\d]*$")


def find_dates(text: str, today: date, back: bool = False, expected: bool = False) -> tuple[list[DateMention], str]:
    """The mentions in order, and the text with their places blanked ('·'), for the amounts' reader."""
    reader = Reader(today, back)
    signs = signs_in(text)
    text = _STREET.sub(lambda m: "·" * len(m.group()), text)
    mentions: list[DateMention] = []
    for needed, pattern, read in PATTERNS:
        if not any(sign in signs or sign in text for sign in needed):
            continue
        for mention in _matches(pattern, read, text, reader, soft=False):
            mentions.append(mention)
            text = _blank(text, mention.start, mention.end)
    for pattern, read in SOFT_PATTERNS:
        for mention in _matches(pattern, read, text, reader, soft=True):
            mentions.append(mention)
            text = _blank(text, mention.start, mention.end)
    idiom = _BARE_COUNT.match(text) if expected and not mentions else None
    if idiom:
        day = days.after(today, int(idiom[1]), "dias")
        return [DateMention(0, len(text), day, day)], "·" * len(text)
    bare = _BARE_DAY.match(text) if expected and not mentions else None
    if bare and 1 <= int(bare[1]) <= 31:
        day = days.day_number(today, int(bare[1]), back)
        mentions.append(DateMention(bare.start(1), bare.end(1), day, day))
        text = _blank(text, bare.start(1), bare.end(1))
    return sorted(mentions, key=lambda mention: mention.start), text


def _blank(text: str, start: int, end: int) -> str:
    return text[:start] + "·" * (end - start) + text[end:]


def _matches(
    pattern: re.Pattern[str],
    read: Callable[[re.Match[str], Reader], Found],
    text: str,
    reader: Reader,
    soft: bool,
) -> Iterator[DateMention]:
    for m in pattern.finditer(text):
        start = m.start() + len(m.group()) - len(m.group().lstrip())
        dated = "year" in m.re.groupindex and bool(m["year"])
        following = "siguiente" in m.group()
        try:
            found = None if _NOT_BY.search(text[max(0, start - 20) : start]) else read(m, reader)
        except LookupError:
            continue
        except (VagueDateError, OverflowError):
            found = None
        if found is None:
            yield DateMention(start, m.end(), None, None, soft)
            continue
        first, last = found if isinstance(found, tuple) else (found, found)
        yield DateMention(start, m.end(), first, last, soft, dated, following)
