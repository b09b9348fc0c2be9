"""Days that are told from one named before: 'el otro', 'ese mismo día', 'al día siguiente', 'una semana después'."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Final

from understanding.dates import days, weekdays
from understanding.dates.days import VagueDateError
from understanding.dates.mention import DateMention
from understanding.dates.words import COUNT, UNIT, WEEKDAYS, count

_DAY_AFTER: Final = re.compile(
    r"al (?:otro dia|dia siguiente|siguiente dia)|the day after(?: that)?|(?:the )?(?:next|following) day"
)
# 'El banco lo suelta hasta el lunes, ese día le mando 900'.
_THAT_DAY: Final = re.compile(
    r"\b(?:ese (?:mismo )?dia|that (?:same |very )?day)\b"
    r"(?! (?:(?:me|yo|i|im|la|se) )*(?:no|cant|wont|work|working|tampoco|trabajo|chambeo|estoy|ando|tengo|toca)\b)"
)
# '200 el viernes y otros 200 una semana después', 'half Saturday, the other half a week after that'.
_SO_LONG_AFTER: Final = re.compile(
    rf"\b(?:a (?:los|las) |al? |la |the )?{COUNT} {UNIT} (?:despues|later|after(?: that)?)\b(?! (?:del?|el|the)\b)"
)


def find(text: str, said: str, mentions: list[DateMention]) -> Iterator[DateMention]:
    """`text` is what was `said` with the dates of `mentions` blanked. Of those before, the last named counts."""
    for pattern, is_meant in ((weekdays.ANAPHOR, _is_weekday), (weekdays.SPAN_ANAPHOR, _is_round)):
        for m in pattern.finditer(text):
            if named := _last(mentions, m.start(), said, is_meant):
                yield replace(_next_one(named, said), start=m.start(), end=m.end())
    for m in _THAT_DAY.finditer(text):
        if named := _last(mentions, m.start(), said, _is_day):
            yield replace(named, start=m.start(), end=m.end())
    for m in _SO_LONG_AFTER.finditer(text):
        if named := _last(mentions, m.start(), said, _is_day):
            yield _later(named, m)


def day_after(mention: DateMention, said: str, mentions: list[DateMention]) -> DateMention:
    """'Me rayan el 22 y al día siguiente le pago', where a rule has read the day after today."""
    named = _last(mentions, mention.start, said, _is_day)
    if named is None or named.first is None or not _DAY_AFTER.fullmatch(said[mention.start : mention.end]):
        return mention
    day = named.first + timedelta(1)
    return replace(mention, first=day, last=day)


def _last(
    mentions: list[DateMention], start: int, said: str, is_meant: Callable[[DateMention, str], bool]
) -> DateMention | None:
    named = [each for each in mentions if each.end <= start and is_meant(each, said)]
    return max(named, key=lambda each: each.start, default=None)


def _later(named: DateMention, m: re.Match[str]) -> DateMention:
    try:
        day = None if named.first is None else days.after(named.first, count(m["n"]), m["unit"])
    except VagueDateError:
        day = None
    return replace(named, start=m.start(), end=m.end(), first=day, last=day)


def _is_day(mention: DateMention, _said: str) -> bool:
    return mention.is_day


def _is_weekday(mention: DateMention, said: str) -> bool:
    return mention.is_day and any(name in said[mention.start : mention.end] for name in WEEKDAYS)


def _is_round(mention: DateMention, said: str) -> bool:
    words = said[mention.start : mention.end]
    return mention.first is not None and any(name in words for name in ("semana", "week", "quincena"))


def _next_one(mention: DateMention, said: str) -> DateMention:
    if mention.first is None or mention.last is None:
        return mention
    if "quincena" in said[mention.start : mention.end]:
        day = days.payday(mention.first + timedelta(1))
        return replace(mention, first=day, last=day)
    monday = mention.first if mention.is_day else mention.first - timedelta(mention.first.weekday())
    return replace(mention, first=monday + timedelta(7), last=mention.last + timedelta(7))
