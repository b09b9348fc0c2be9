"""What a date rule is: the signs that call for it, the words it matches, and how they are read."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from understanding.dates.days import Span, VagueDateError
from understanding.dates.words import WEEKDAYS

Found = date | Span


@dataclass(frozen=True)
class Reader:
    """The day on which the words were said, and whether they look back at a payment made."""

    today: date
    back: bool


Read = Callable[[re.Match[str], Reader], Found]


@dataclass(frozen=True)
class Rule:
    """A rule is tried only where one of its signs is in the text (see `rule`), so that reading stays quick."""

    signs: frozenset[str]
    pattern: re.Pattern[str]
    read: Read
    soft: bool = False


def rule(signs: str, pattern: str, read: Read, *, soft: bool = False) -> Rule:
    """A `soft` rule counts only where nothing firmer is said.

    `signs`: '#' a digit, 'weekday', 'month' and 'unit' any such word, else the word itself ('_' is a space).
    """
    return Rule(frozenset(sign.replace("_", " ") for sign in signs.split()), re.compile(pattern), read, soft)


def vague(_m: re.Match[str], _r: Reader) -> Found:
    """The words name a time, but no day that could be accepted."""
    raise VagueDateError


def near(shift: int) -> Read:
    """So many days from today."""
    return lambda m, r: same_weekday(m, r.today + timedelta(shift))


def same_weekday(m: re.Match[str], found: date) -> date:
    """'Viernes 20' must be a Friday."""
    named = m.groupdict().get("wd")
    if named and found.weekday() != WEEKDAYS[named]:
        raise VagueDateError
    return found
