"""Weeks, weekends, months and paydays: spans without a day, and the days that end them."""

import re
from datetime import date, timedelta
from typing import Final

from understanding.dates import days
from understanding.dates.days import VagueDateError
from understanding.dates.rules import Found, Read, Reader, rule, vague
from understanding.dates.words import FULL_MONTH, MONTHS, NEXT_MONTH, NEXT_WEEK, ORDINALS

_ORDINAL: Final = r"(?P<nth>" + "|".join(ORDINALS) + ")"
_END: Final = r"(?:a |al |para |el )*(?:fin(?:es|al|ales|alizar)?|ultimos?(?: dias?)?|cierre)"


def _payday(m: re.Match[str], r: Reader) -> Found:
    if r.back or "pasada" in m.group():
        return days.payday(r.today, back=True)
    found = days.payday(r.today + timedelta(1) if re.search(r"prox|viene|entra|otra|sigui", m.group()) else r.today)
    return days.payday(found + timedelta(1)) if re.search(r"\botra\b", m.group()) else found


def _named_payday(m: re.Match[str], r: Reader) -> Found:
    """'La quincena del 30' and 'la segunda quincena de enero'."""
    if m["n"]:
        return days.day_number(r.today, 15, r.back) if m["n"] == "15" else days.last_day(r.today.year, r.today.month)
    first, last = days.month(r.today, MONTHS[m["month"]], r.back)
    found = first.replace(day=15) if ORDINALS[m["nth"]] == 1 else last
    if found < r.today and not r.back:
        raise VagueDateError
    return found


def _month_end(m: re.Match[str], r: Reader) -> Found:
    if m["month"]:
        return days.month(r.today, MONTHS[m["month"]])[1]
    return days.last_day(*days.shift_month(r.today.year, r.today.month, 1 if m["next"] else 0))


def _last_of(m: re.Match[str], r: Reader) -> Found:
    return days.month(r.today, MONTHS[m["month"]], r.back)[1]


def _next_month_end(_m: re.Match[str], r: Reader) -> Found:
    return days.last_day(*days.shift_month(r.today.year, r.today.month, 1))


def _month_span(m: re.Match[str], r: Reader) -> Found:
    return days.month(r.today, MONTHS[m["month"]], r.back)


def _since_month(m: re.Match[str], r: Reader) -> Found:
    """'Sin trabajo desde agosto' is no offer."""
    if not r.back:
        raise LookupError
    return _month_span(m, r)


def _first_week(m: re.Match[str], r: Reader) -> Found:
    """The first seven days of a month; other weeks of a month are counted in too many ways."""
    if ORDINALS[m["nth"]] != 1:
        raise VagueDateError
    if m["month"]:
        first = days.day_of_month(r.today, 1, MONTHS[m["month"]], None, r.back)
    else:
        first = date(*days.shift_month(r.today.year, r.today.month, 1), 1)
    return first, first + timedelta(6)


def _month_away(months: int) -> Read:
    def month_away(_m: re.Match[str], r: Reader) -> Found:
        year, number = days.shift_month(r.today.year, r.today.month, months)
        first, last = date(year, number, 1), days.last_day(year, number)
        return (first if months else r.today), last

    return month_away


def _week(weeks: int) -> Read:
    return lambda _m, r: days.week(r.today, weeks)


def _weekend(m: re.Match[str], r: Reader) -> Found:
    return days.weekend(r.today, 1 if re.search(r"\botro\b|que viene|next", m.group()) else 0)


ENDS: Final = [
    rule(
        "fin weekend semana quincena puente",
        r"\bpasad[oa] (?:el|la|este|esta) (?:fin de semana|finde|semana|quincena|puente)\b|\bafter the weekend\b",
        vague,
    ),
    # How many days they are depends on the holidays of the country.
    rule(
        "habiles business working",
        r"\b(?:en |dentro de |in )?\d{1,2} (?:dias habiles|(?:business|working) days)\b",
        vague,
    ),
    rule(
        "semana week", r"\b(?:al? )?fin(?:al|ales|es)? de (?:la|esta) semana\b|\bend of (?:the|this|next) week\b", vague
    ),
    rule(
        "acab termin fin over ends",
        r"\bantes (?:de )?que (?:se )?(?:acabe|termine|finalice)\b(?: (?:el|la|este|esta) (?:mes|ano|semana"
        r"|quincena))?",
        vague,
    ),
    rule("ultim last", r"\b(?:la |the )?(?:ultima|penultima|last) (?:semana|week|quincena) (?:del?|of)\b", vague),
    rule("penultimo", r"\b(?:ante)?penultimo(?: dia)?\b", vague),
    rule("before", r"\bbefore (?:the |this )?(?:month|week|year) (?:closes|ends|is (?:over|out|up))\b", vague),
    rule(
        "princip inicio comienzo mediado mitad primeros ultimos mid begin medio start early late",
        r"\b(?:a |al )?(?:principios?|inicios?|comienzos?|mediados?|mitad(?= de)|primeros(?: dias)?|ultimos dias"
        r"|middle|mid|beginning"
        rf"|start|early|late) (?:de |del |of )?(?:the |la )?(?:proximo |next )?(?:mes|month|semana|week|ano|year"
        rf"|{FULL_MONTH})\b"
        r"(?: que (?:viene|entra))?",
        vague,
    ),
    rule(
        "semana week",
        rf"\b(?:la |the )?{_ORDINAL} (?:semana|week) (?:de|del|of) (?:the month|mes(?: que (?:viene|entra))?|next month"
        rf"|{NEXT_MONTH}|{FULL_MONTH})\b",
        _first_week,
    ),
    rule("quincena", r"\b(?:la )?quincena del (?:dia )?(?P<n>15|30|31)\b(?P<month>)(?P<nth>)", _named_payday),
    rule("quincena", rf"\b(?:la )?{_ORDINAL} quincena del? (?:mes de )?{FULL_MONTH}\b(?P<n>)", _named_payday),
    rule("quincena", rf"\b(?:la )?(?:{_ORDINAL} quincena (?:del|de) (?:mes|ano)|quincena de {FULL_MONTH})\b", vague),
    rule(
        "quincena",
        r"\b(?:la |esta |en |para |proxima |otra |siguiente |misma ){0,3}quincena"
        r"(?: que (?:viene|entra|sigue)| proxima| siguiente| pasada)?\b",
        _payday,
    ),
    rule("ultimo", rf"\b(?:el |dia )?ultimo(?: dia)? del? (?:mes de )?{FULL_MONTH}\b", _last_of),
    rule(
        "mes ultimo fin cierre",
        rf"\b(?:{_END} de(?: este|l)?(?: mes de)?(?: (?:mes|{FULL_MONTH}))"
        r"(?P<next> (?:que (?:viene|entra|sigue)|proximo|entrante))?|(?:el )?dia ultimo(?: del? mes)?|"
        r"(?:el )?ultimo dia(?: del mes)?|"
        r"(?<!\bya es )(?<!\bcomo es )(?<!\beste es )el ultimo(?=\W*$| ?[,.;·]| (?:le|les|te|pago|sin|se|doy|de)\b)"
        r"(?: del mes)?|ultimo del mes)\b(?! (?:pago|abono|recibo|dia))",
        _month_end,
    ),
    rule("mes", rf"\b{_END} del? {NEXT_MONTH}\b", _next_month_end),
    rule(
        "month",
        rf"\b(?:the )?(?:very )?(?:end|last day) of (?:the |this )?(?:month|{FULL_MONTH})(?P<next>)\b|\bmonth end\b",
        _month_end,
    ),
    rule("end_of_next", r"\bend of next month\b", _month_away(1)),
]
SPANS: Final = [
    rule(
        "fin weekend",
        r"\b(?:(?:el |este |proximo |otro |mismo |the |this |next ){0,3}(?:fin(?:de)?(?: de semana)?|finde|finsito"
        r"|weekend)(?: que (?:viene|entra)| proximo)?)\b(?! de)",
        _weekend,
    ),
    rule("week", r"\b(?:the )?week after next\b", _week(2)),
    rule("semana week", rf"\b{NEXT_WEEK}\b|\bnext week\b|\b(?:la )?semana del lunes\b", _week(1)),
    rule(
        "semana week",
        r"\b(?:esta|this|misma) (?:misma )?(?:semana|week)\b|\b(?:transcurso de|durante|dentro de|en"
        r"|entre) la semana\b(?! que)",
        _week(0),
    ),
    rule("semana week", r"\b(?:la )?semana pasada\b|\blast week\b", _week(-1)),
    rule("mes month", rf"\b{NEXT_MONTH}\b", _month_away(1)),
    rule(
        "mes month",
        r"\b(?:este|this) (?:mismo )?(?:mes|month)\b|\b(?:transcurso|resto|curso) del mes\b|\brest of the month\b",
        _month_away(0),
    ),
    rule("mes month", r"\bmes pasado\b|\blast month\b", _month_away(-1)),
    rule("month", rf"\b(?:en|hasta|para|in|until|by|for|till|el mes de|durante) {FULL_MONTH}\b", _month_span),
    rule("since desde", rf"\b(?:since|desde) {FULL_MONTH}\b", _since_month),
]
