"""Dates of one text that belong together: both ends of a span, a week and its day, a weekday named twice."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Final

from understanding.dates.mention import DateMention
from understanding.dates.words import WEEKDAYS

_RANGE: Final = re.compile(r"^ ?(?:y|and|a|al|to) ?(?:el |la |the )?$")
_TO: Final = re.compile(r"^ ?(?:al?|para|por|to|hasta|pa)(?: el| la| the)? ?$")
_MOVES: Final = re.compile(
    r"\b(?:cambi|recorr|rrecorr|muev|mov|pas[aeo]|aplaz|pospon|chang|push|switch|resched)\w*\b[^.;]{0,40}?"
    r"\b(?:del?|from)(?: el| la| the)? ?$"
)
_WHICH_IS: Final = re.compile(
    r"[ ,(]*(?:que )?(?:es |cae (?:en )?|(?:which |that )?(?:is|s) (?:a )?|its a )?(?:el |a )?"
)
_WEEKDAY: Final = re.compile(
    rf"(?:el |on |next |este )?(?:{'|'.join(WEEKDAYS)})(?: (?:que (?:viene|entra)|proximo|siguiente|entrante))?"
)
_OPENED: Final = re.compile(r"(?:del?|entre|from|between) ")
_DAY_OF_WEEK: Final = re.compile(r"[ ,]*(?:el|pero el|para el|the|on)?[ ,]*")
_RANGE_START: Final = re.compile(r"\b(?:entre|between|del?|from)(?: el| the)? ?$")


def join(mentions: list[DateMention], plain: str) -> list[DateMention]:
    """'Entre el viernes y el domingo' is one range, and 'el siguiente lunes' after a Monday the one after it."""
    result: list[DateMention] = []
    for mention in mentions:
        last = result[-1] if result else None
        joined = _as_one(last, mention, plain) if last is not None else None
        if joined is not None:
            result[-1] = joined
        elif last is not None and _goes_on(last, mention):
            result.append(_shifted(mention))
        else:
            result.append(mention)
    return result


def _as_one(last: DateMention, mention: DateMention, plain: str) -> DateMention | None:
    return _moved(last, mention, plain) or _named_twice(last, mention, plain) or _joined(last, mention, plain)


def _named_twice(last: DateMention, mention: DateMention, plain: str) -> DateMention | None:
    """'December 5th, saturday' is one day, by its number and by its name."""
    if not (last.first and mention.first and _WHICH_IS.fullmatch(plain[last.end : mention.start])):
        return None
    same = last.is_day and mention.is_day and last.first.weekday() == mention.first.weekday()
    words = [plain[each.start : each.end] for each in (last, mention)]
    for numbered, name in ((last, words[1]), (mention, words[0])):
        if same and _WEEKDAY.fullmatch(name) and any(map(str.isdigit, plain[numbered.start : numbered.end])):
            return replace(numbered, start=last.start, end=mention.end)
    return None


def _moved(last: DateMention, mention: DateMention, plain: str) -> DateMention | None:
    """'Cámbieme del 20 al 25' speaks of the 25th."""
    return mention if _TO.match(plain[last.end : mention.start]) and _MOVES.search(plain[: last.start]) else None


def _joined(last: DateMention, mention: DateMention, plain: str) -> DateMention | None:
    """Two dates that are one: both ends of a span, or a week and its day."""
    if last.first is None or mention.first is None:
        return None
    between = plain[last.end : mention.start]
    opened = _RANGE_START.search(plain[: last.start]) or _OPENED.match(plain, last.start)
    if opened and _RANGE.match(between):
        end = _shifted(mention) if mention.is_day and mention.first <= last.first else mention
        if end.first and last.first < end.first:
            return replace(last, end=mention.end, last=end.last, soft=False)
    if _is_week(last) and not last.holds(mention) and _DAY_OF_WEEK.fullmatch(between):
        shifted = replace(_shifted(mention), start=last.start)
        return shifted if last.holds(shifted) else None
    return None


def _goes_on(last: DateMention, mention: DateMention) -> bool:
    return mention.following and mention.first is not None and mention.first == last.first


def _shifted(mention: DateMention) -> DateMention:
    if mention.first is None or mention.last is None:
        return mention
    return replace(mention, first=mention.first + timedelta(7), last=mention.last + timedelta(7))


def _is_week(mention: DateMention) -> bool:
    return mention.first is not None and mention.last is not None and (mention.last - mention.first).days == 6
