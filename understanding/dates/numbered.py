"""Days named by their number: '20/11', '20 de nov', 'el 15', 'del 20 al 25', 'el 5 del mes que entra'."""

import re
from datetime import timedelta
from typing import Final

from understanding.dates import days
from understanding.dates.days import Span, VagueDateError
from understanding.dates.rules import Found, Reader, rule, same_weekday, vague
from understanding.dates.words import (
    ANY_MONTH,
    DAY,
    FULL_MONTH,
    NEXT_MONTH,
    NOT_MONEY,
    NUMBER,
    ORDINAL_END,
    month_number,
)

_YEAR: Final = r"(?P<year>(?:19|20)\d\d|\d\d)(?![\d/.-])"
_LONG_YEAR: Final = (
    r"(?:,? (?:del? )?(?:ano )?(?P<year>(?:19|20)\d\d)\b"
    r"|,? (?P<this>(?:de )?este(?: mismo)? ano|del (?:presente ano|ano (?:en curso|actual))|(?:of )?this year)\b"
    r"|,? (?P<coming>del? (?:el )?(?:ano que (?:viene|entra)|(?:proximo|otro) ano|ano (?:proximo|siguiente))"
    r"|(?:of )?next year)\b)?"
)
# '1/3 de la deuda' is a share, '1/3' alone may be the first of March.
_NO_SHARE: Final = r"(?! ?(?:partes?|de (?:la|lo|mi|el|todo|ese)|del|of)\b)"
_NO_ONE: Final = r"(?! (?:one|time|payment|thing|pago|abono|option|opcion|part|half|street|floor)\b)"
# 'En el 7' is a shop.
_THE: Final = r"(?<!\ben )\b(?:el|dia|al|the|este|los dias) (?:mismo |mero |dia |day |proximo |siguiente |next )*"


_THOSE: Final = re.compile(r"(?<!\bde )\b(?:los|esos) \$? ?[\d.,]+(?: mil)? $")


def _year(m: re.Match[str], r: Reader) -> int | None:
    groups = m.groupdict()
    if groups.get("this") or groups.get("coming"):
        return r.today.year + (1 if groups["coming"] else 0)
    written = groups.get("year") or groups.get("short")
    return None if written is None else int(written) + (2000 if len(written) == 2 else 0)


def _slashed(m: re.Match[str], r: Reader) -> Found:
    return same_weekday(m, days.slashed(r.today, int(m["n"]), int(m["second"]), _year(m, r), r.back))


def _share_or_day(m: re.Match[str], r: Reader) -> Found:
    """'1/2' is the half, unless a day is what was spoken of ('el 1/2')."""
    if m["day"] is None and (int(m["n"]), int(m["second"])) in {(1, 2), (1, 3), (2, 3), (1, 4), (3, 4)}:
        raise LookupError
    return same_weekday(m, days.slashed(r.today, int(m["n"]), int(m["second"]), None, r.back))


def _week_of(m: re.Match[str], r: Reader) -> Found:
    if m["month"]:
        day = days.day_of_month(r.today, int(m["n"]), month_number(m["month"]), None, r.back)
    else:
        day = days.day_number(r.today, int(m["n"]), r.back)
    monday = day - timedelta(day.weekday())
    return max(monday, r.today) if not r.back else monday, monday + timedelta(6)


def _month_day(m: re.Match[str], r: Reader) -> Found:
    return same_weekday(m, days.day_of_month(r.today, int(m["n"] or 1), month_number(m["month"]), _year(m, r), r.back))


def _numeric_month(m: re.Match[str], r: Reader) -> Found:
    return same_weekday(m, days.day_of_month(r.today, int(m["n"]), int(m["second"]), None, r.back))


def _numbered(m: re.Match[str], r: Reader) -> Found:
    number = int(m["n"] or 1)
    if not 1 <= number <= 31:
        # No day of any month, yet hardly an amount: 'el 32' is asked back.
        raise VagueDateError if 31 < number < 40 else LookupError
    return same_weekday(m, days.day_number(r.today, number, r.back))


def _paid_on(m: re.Match[str], r: Reader) -> Found:
    """'Mi pago del 15' was made then; looking forward it is the one that falls due then, and no offer of a day."""
    if not r.back:
        raise LookupError
    return _numbered(m, r)


def _of_those(m: re.Match[str], r: Reader) -> Found:
    """'Sí, los 500 del 28' repeats a day; 'de los 500 del 28' says which money is spoken of."""
    if not _THOSE.search(m.string[: m.start()]):
        raise LookupError
    return _numbered(m, r)


def _of_month(months: int, m: re.Match[str], r: Reader) -> Found:
    year, month = days.shift_month(r.today.year, r.today.month, months)
    try:
        found = r.today.replace(year=year, month=month, day=int(m["n"] or 1))
    except ValueError as impossible:
        raise VagueDateError from impossible
    if found < r.today and not r.back and months == 0:
        raise VagueDateError
    return found


def _day_range(m: re.Match[str], r: Reader) -> Found:
    first, last = int(m["n"]), int(m["last"])
    if not (1 <= first <= 31 and 1 <= last <= 31):
        raise LookupError
    if m["month"]:
        return _in_month(r, first, last, month_number(m["month"]))
    start = days.day_number(r.today, first, r.back)
    return start, days.day_number(start, last)


def _moved_to(m: re.Match[str], r: Reader) -> Found:
    if not (1 <= int(m["n"]) <= 31 and 1 <= int(m["last"]) <= 31):
        raise LookupError
    if m["month"]:
        return days.day_of_month(r.today, int(m["last"]), month_number(m["month"]), None, r.back)
    return days.day_number(r.today, int(m["last"]), r.back)


def _in_month(r: Reader, first: int, last: int, month: int) -> Span:
    start = days.day_of_month(r.today, first, month, None, r.back)
    end = days.day_of_month(start, last, month, start.year)
    if end < start:
        raise VagueDateError
    return start, end


WRITTEN: Final = [
    rule(
        "semana_del week_of",
        rf"\b(?:la |the )?(?:semana|week) (?:del|from the|of the) {NUMBER}{ORDINAL_END} (?:al?|to|to the)"
        rf" (?P<last>\d{{1,2}})(?![\d/,.%]){ORDINAL_END}(?: (?:de|of) {ANY_MONTH}\b)?",
        _day_range,
    ),
    rule(
        "semana_del week_of",
        rf"\b(?:la )?(?:semana del|week of the) (?:lunes |dia )?{NUMBER}{ORDINAL_END}(?: de {ANY_MONTH})?\b",
        _week_of,
    ),
    rule("#", r"^\W*(?P<n>\d{1,2})-(?P<second>\d{1,2})(?= [a-z])", _slashed),
    rule("#", r"\b(?P<year>20\d\d)[-/.](?P<second>\d{1,2})[-/.](?P<n>\d{1,2})\b", _slashed),
    rule("#", rf"(?:\b{DAY},? )?(?<![\d/])(?P<n>\d{{1,2}}) ?[-/.] ?(?P<second>\d{{1,2}}) ?[-/.] ?{_YEAR}", _slashed),
    rule(
        "#",
        rf"(?P<day>\b(?:el|dia|the|{DAY}),? (?:dia )?)?(?<![\d/.,])(?P<n>\d{{1,2}}) ?/ ?(?P<second>\d{{1,2}})"
        rf"(?![\d/]){_NO_SHARE}",
        _share_or_day,
    ),
    rule("#", r"\b(?:el|dia) (?:dia )?(?P<n>\d{1,2})-(?P<second>\d{1,2})(?![\d-])", _slashed),
    # 'Cámbieme del 20 al 25' speaks of the 25th.
    rule(
        "#",
        rf"\b(?:cambi|recorr|corr|muev|mov|pas[aeo]|aplaz|pospon|chang|push|switch)\w*[^.;·\d]{{0,40}}? (?:del|from the"
        rf"|from) {NUMBER}{ORDINAL_END} (?:al|para el|pa el|to|to the)"
        rf" (?P<last>\d{{1,2}})(?![\d/,.%]){ORDINAL_END}(?: (?:de|of) {ANY_MONTH}\b)?{NOT_MONEY}",
        _moved_to,
    ),
    rule(
        "#",
        rf"\b(?:del|de el|desde el|entre el|entre|from the|between the|between) (?:dia )?{NUMBER}{ORDINAL_END} (?:al?"
        rf"|y|y el|hasta el|and|and the|to|to the) (?P<last>\d{{1,2}})(?![\d/,.%]){ORDINAL_END}(?: (?:de"
        rf"|of) {ANY_MONTH}\b)?{NOT_MONEY}",
        _day_range,
    ),
    rule(
        "month",
        rf"(?:\b{DAY},? )?(?:\b(?:el|dia|the) ){{0,2}}(?:{NUMBER}|\b(?:primero?|first)){ORDINAL_END},? "
        rf"?(?:de |del mes de |del |of |[-/] ?)?{ANY_MONTH}\b\.?(?:[-/](?P<short>\d\d)(?![\d/.,-])|{_LONG_YEAR})",
        _month_day,
    ),
    rule(
        "month", rf"(?:\b{DAY},? )?\b{ANY_MONTH}\.? (?:the )?{NUMBER}{ORDINAL_END}{_LONG_YEAR}{NOT_MONEY}", _month_day
    ),
    rule(
        "#", rf"(?:\b{DAY},? )?\b(?:el |dia )+{NUMBER} del (?:mes )?(?P<second>1[0-2]|[1-9])\b(?! de)", _numeric_month
    ),
    rule(
        "#",
        rf"\b(?:el|del|dia|al|the) (?:dia )?{NUMBER}{ORDINAL_END} (?:o|u|or) (?:el |the )?\d{{1,2}}(?!\d){NOT_MONEY}",
        vague,
    ),
    rule("#", rf"\b(?:el|dia) (?:dia )?{NUMBER}(?: ?,)? (?:el )?{DAY}\b", _numbered),
    rule(
        "weekday",
        rf"\b(?:(?:este|el|this|the|on|next|proximo) )*{DAY},? (?:dia |the )?{NUMBER}{ORDINAL_END}{NOT_MONEY}(?! de )",
        _numbered,
    ),
    rule(
        "mes month",
        rf"\b(?:el |dia |the )*(?:{NUMBER}|\b(?:primero?|first)){ORDINAL_END} (?:dia )?(?:de|del|of) {NEXT_MONTH}\b",
        lambda m, r: _of_month(1, m, r),
    ),
    rule(
        "mes month",
        rf"\b(?:el |dia |the )*{NUMBER}{ORDINAL_END} (?:de|del|of) (?:mes pasado|last month)\b",
        lambda m, r: _of_month(-1, m, r),
    ),
    rule(
        "mes month presente",
        rf"\b(?:el |dia |the )*(?:{NUMBER}|\b(?:primero?|first)){ORDINAL_END} (?:de este mes|del presente(?: mes)?"
        rf"|del mes(?: en curso| actual)?|of this month)\b",
        lambda m, r: _of_month(0, m, r),
    ),
    rule(
        "# month",
        rf"\b(?:antes|despues|pasando|a partir|before|after) del? (?:dia )?(?:\d{{1,2}}\b|{FULL_MONTH})",
        vague,
    ),
    rule("primer first", r"\b(?:dia )?(?:primero?|first)(?: dia)? (?:del? mes|of the month)\b(?P<n>)", _numbered),
]
# 'El 15' is looked for last: weekdays, feasts and spans may hold its words.
BARE: Final = [
    rule(
        "# primer first",
        rf"{_THE}(?:(?:primero|first)(?! (?:en|que|in)\b)|{NUMBER}){ORDINAL_END}{NOT_MONEY}{_NO_ONE}",
        _numbered,
    ),
    rule("#", rf"{NUMBER} ?(?:st|nd|rd|th)\b{_NO_ONE}", _numbered),
    rule("#", rf"\b(?:pago|deposito|abono|recibo|transferencia|payment|lo) del (?:dia )?{NUMBER}{NOT_MONEY}", _paid_on),
    rule("#", rf"(?<=\d )\bdel (?:dia )?{NUMBER}{NOT_MONEY}(?! de\b)", _of_those),
    rule("#", rf"\b(?:por ahi|alrededor|cerca|como)(?: de)?l {NUMBER}{NOT_MONEY}", _numbered),
]
