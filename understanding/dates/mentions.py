"""The dates a normalised text names, each with its place in the text. Numbers are digits already ('el 15')."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Final

from understanding.dates import days, feasts, nearby, numbered, pointing, spans, vague, weekdays
from understanding.dates.days import VagueDateError
from understanding.dates.mention import DateMention
from understanding.dates.rules import Reader, Rule
from understanding.dates.words import FULL_MONTH, MONTHS, WEEKDAYS, signs_in

# The most specific come first: what one rule has matched is blanked before the next one looks.
_RULES: Final = [
    *numbered.WRITTEN,
    *feasts.RULES,
    *weekdays.RULES,
    *spans.ENDS,
    *nearby.RULES,
    *weekdays.PLAIN,
    *spans.SPANS,
    *numbered.BARE,
    *vague.ASKED_BACK,
    *vague.SOFT,
]
_SIGNS: Final = frozenset().union(*(rule.signs for rule in _RULES))
_NO_DATE: Final = re.compile(
    r"\b(?:soy|don|senor|me llamo|se llama|mi (?:hijo|hermano|esposo|compadre|primo|papa|tio)|a nombre de) domingo\b"
    r"|\b(?:calle|colonia|col|avenida|av|barrio|escuela|mercado)\.? \d{1,2} de [a-z]+(?: (?:numero |num |#)?\d+)?"
    # 'La 20 de noviembre' is a street, and days are masculine.
    r"|\b(?:de|en|por|sobre) la \d{1,2} de [a-z]+"
    r"|\b(?:grupo|casa|lote|manzana|puesto|folio|ruta|numero|local|interior|depto)\b(?: (?:es|el|la|numero"
    r"|del)){0,3} \d+"
)
# 'Antes del viernes' names no day; looking back, 'desde el viernes' says when it was paid.
_OPEN: Final = r"antes|before|despues|after|pasando|a partir|starting|earlier than"
_THE: Final = r"(?: del?| of| from)?(?: el| la| los| the)? ?$"
_NOT_BY: Final = re.compile(rf"\b(?:{_OPEN}|desde|since){_THE}")
_NOT_BY_THEN: Final = re.compile(rf"\b(?:{_OPEN}){_THE}")
# A date word right beside a date, which no rule could read with it, may change its meaning ('la primera quincena').
_UNREAD_AFTER: Final = re.compile(
    r"^,? ?(?:(?:de|del|of|the|la|el) ){0,2}"
    rf"(?:semana|mes|quincena|ano|week|month|year|anterior|previous|antepasad[oa]|{'|'.join([*WEEKDAYS, *MONTHS])})\b"
)
_UNREAD_BEFORE: Final = re.compile(
    r"\b(?:primer|primera|segund[oa]|tercer|tercera|(?<!un )cuarto|cuarta|ultim[oa]|penultim[oa]"
    r"|first|second|(?<!a )(?<!one )third|every other)"
    r"(?: dia)? $"
)
_ARTICLE: Final = re.compile(r"(?:el|este|para el|the|this|on) ")
_FOLLOWING: Final = re.compile(r"\b(?:siguiente|proximo|next|que (?:viene|sigue))\b")
_BARE_COUNT: Final = re.compile(r"^\W*(?:en|dentro de|a los) ([1-9]\d?)\W*$")
_BARE_MONTH: Final = re.compile(rf"^\W*{FULL_MONTH}\W*$")
_BARE_DAY: Final = re.compile(r"^[^\d]*?(?<![\d$])(\d{1,2})(?!\d|[.,/:%]\d|%)[^\d]*$")


def find_dates(text: str, today: date, back: bool = False, expected: bool = False) -> tuple[list[DateMention], str]:
    """The mentions in order, and the text with their places blanked ('·'), for the amounts' reader."""
    reader = Reader(today, back)
    said = text
    text = _NO_DATE.sub(lambda m: "·" * len(m.group()), text)
    signs = signs_in(text) | {sign for sign in _SIGNS if sign in text}
    mentions: list[DateMention] = []
    for rule in _RULES:
        if signs.isdisjoint(rule.signs):
            continue
        for mention in _matches(rule, text, reader):
            mentions.append(mention)
            text = _blank(text, mention.start, mention.end)
    pointed = [] if back else list(pointing.find(text, said, mentions))
    for mention in [*pointed, *(_bare(text, reader) if expected and not mentions else [])]:
        mentions.append(mention)
        text = _blank(text, mention.start, mention.end)
    mentions = [mention if back else pointing.day_after(mention, said, mentions) for mention in mentions]
    mentions = [_doubted(mention) if _is_half_read(mention, text, said) else mention for mention in mentions]
    return sorted(mentions, key=lambda mention: mention.start), text


def _blank(text: str, start: int, end: int) -> str:
    return text[:start] + "·" * (end - start) + text[end:]


def _matches(rule: Rule, text: str, reader: Reader) -> Iterator[DateMention]:
    not_by = _NOT_BY_THEN if reader.back else _NOT_BY
    for m in rule.pattern.finditer(text):
        start = m.start() + len(m.group()) - len(m.group().lstrip())
        try:
            found = None if not_by.search(text[max(0, start - 24) : start]) else rule.read(m, reader)
        except LookupError:
            continue
        except (VagueDateError, OverflowError):
            found = None
        first, last = found if isinstance(found, tuple) else (found, found)
        dated = any(m.groupdict().get(name) for name in ("year", "short", "this", "coming"))
        yield DateMention(start, m.end(), first, last, rule.soft, dated, following=bool(_FOLLOWING.search(m.group())))


def _is_half_read(mention: DateMention, text: str, said: str) -> bool:
    """`text` is what was `said`, without the dates."""
    # 'Segundo, el jueves le doy 300' counts what is said, and no Thursdays.
    counted = _UNREAD_BEFORE.search(text[: mention.start]) and not _ARTICLE.match(said, mention.start)
    return bool(_UNREAD_AFTER.search(text[mention.end :]) or counted)


def _doubted(mention: DateMention) -> DateMention:
    return replace(mention, first=None, last=None)


def _bare(text: str, reader: Reader) -> Iterator[DateMention]:
    """What a lone number means when the date was asked for: '15' the fifteenth, 'en 8' a week."""
    idiom = _BARE_COUNT.match(text)
    if idiom:
        day = days.after(reader.today, int(idiom[1]), "dias")
        yield DateMention(0, len(text), day, day)
        return
    if month := _BARE_MONTH.match(text):
        try:
            yield DateMention(0, len(text), *days.month(reader.today, MONTHS[month["month"]], reader.back))
        except VagueDateError:  # 'Octubre', said in November: asked back rather than taken for next year's.
            yield DateMention(0, len(text), None, None)
        return
    bare = _BARE_DAY.match(text)
    if bare and 1 <= int(bare[1]) <= 31:
        day = days.day_number(reader.today, int(bare[1]), reader.back)
        yield DateMention(bare.start(1), bare.end(1), day, day)
