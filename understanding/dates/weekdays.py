"""Days named by their weekday: 'el viernes', 'viernes en ocho', 'el lunes de la semana que entra'."""

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import Final

from understanding.dates import days
from understanding.dates.days import VagueDateError
from understanding.dates.rules import Found, Reader, rule, vague
from understanding.dates.words import (
    COUNT,
    DAY,
    FULL_MONTH,
    NEXT_MONTH,
    NEXT_WEEK,
    UNIT,
    WEEKDAYS,
    count,
    counted,
    month_number,
)

_OTHER_DAY: Final = DAY.replace("wd", "wd2")
_BEFORE: Final = (
    r"(?P<before>\b(?:(?:este|est[ea] mismo|mismo|el|los|proximo|siguiente|otro|pasado|this|next|on|coming|the"
    r"|following|last|past|upcoming) ){1,3})?"
)
_AFTER: Final = (
    rf"(?P<after>,? (?:de )?(?:{NEXT_WEEK}|esta (?:misma )?semana|que (?:viene|entra|sigue)|pasado|siguiente|proximo"
    r"|entrante|en 8(?: dias)?|en 15(?: dias)?|of next week|next week|of this week|after next|the week after)\b"
    r"|(?<=day) after(?: that)?(?= ?(?:$|[,.;!?·])))?"
)
# 'El otro', 'the one after' point on from the weekday that was named before.
ANAPHOR: Final = re.compile(
    r"(?<!o sea )(?<!osea )(?<!es decir )\b(?:el (?:otro|siguiente|que (?:sigue|viene|entra)|proximo)|el de la (?:otra"
    r"|proxima|siguiente) semana|the (?:next|following|other) (?:one|week)|the one after(?: that)?|the week after)\b"
    rf"(?! (?:\d|{'|'.join(WEEKDAYS)}|mes|dia|mes|ano|pago|abono|credito|prestamo|cobrador|senor|day|month))"
)

# 'La otra' after a week or a payday points on in the same way.
SPAN_ANAPHOR: Final = re.compile(
    r"\b(?:la (?:otra|siguiente|proxima|que (?:sigue|viene|entra))|the (?:next|following|other) one|the one after"
    r"(?: that)?)\b(?! (?:semana|quincena|mitad|parte|letra|cuota|vez|persona|senora|senorita|cuenta))"
)


def _weekday(m: re.Match[str], r: Reader) -> Found:
    day, before, after = WEEKDAYS[m["wd"]], m["before"] or "", m["after"] or ""
    if "pasad" in before + after or re.search(r"\b(?:last|past)\b", before):
        return days.weekday(r.today, day, back=True)
    if r.back:
        return days.weekday(r.today, day, back=True)
    if re.search(r"\bsemana|\bweek\b(?! after)", after) and "week after" not in after:
        return _of_week(r.today, day, 0 if "esta" in after or "this" in after else 1)
    if after in {" after", " after that"} and not re.search(rf"\b{m['wd']}\b", m.string[: m.start()]):
        after = ""  # 'Payday is Thursday, I'll pay Friday after that' is the next one.
    return _ahead(r.today, day, before, after)


def _of_week(today: date, day: int, weeks: int) -> date:
    found = today - timedelta(today.weekday()) + timedelta(day, weeks=weeks)
    if found < today:
        raise VagueDateError
    return found


def _ahead(today: date, day: int, before: str, after: str) -> date:
    found = days.weekday(today, day)
    if re.search(r"\botro (?!el\b)|following", before) or re.search(r"\b8\b|after", after):
        return found + timedelta(7)
    if "15" in after:
        return found + timedelta(14)
    if re.search(r"\best[ea]\b|\bthis\b", before) and found - today == timedelta(7):
        # Said on that very weekday: today or in a week.
        raise VagueDateError
    return found


def _in_eight(m: re.Match[str], r: Reader) -> Found:
    weeks = 2 if "15" in m.group() else 1
    named = m["wd"] or m.groupdict().get("wd2")
    if named:
        return days.weekday(r.today, WEEKDAYS[named]) + timedelta(weeks=weeks)
    return r.today + timedelta(1 if "manana" in m.group() else 0, weeks=weeks)


def _counted_from(m: re.Match[str], r: Reader) -> Found:
    start = days.weekday(r.today, WEEKDAYS[m["wd"]]) if m["wd"] else r.today
    if re.search(r"\b(?:tomorrow|manana)\b", m.group()):
        start = r.today + timedelta(1)
    return days.after(start, count(m["n"]), m["unit"])


def _nth(m: re.Match[str], r: Reader) -> Found:
    """'El primer sábado de diciembre', 'el último viernes del mes'."""
    months = 0 if m["this"] else 1 if m["coming"] else (month_number(m["month"]) - r.today.month) % 12
    year, month = days.shift_month(r.today.year, r.today.month, months)
    start = date(year, month, 1)
    month_days = [start + timedelta(each) for each in range(monthrange(year, month)[1])]
    found = [each for each in month_days if each.weekday() == WEEKDAYS[m["wd"]]][_NTH[m["nth"]]]
    if found < r.today:
        raise VagueDateError
    return found


_NTH: Final = {**counted("primer first|segundo second|tercer third|cuarto fourth", 0), "ultimo": -1, "last": -1}
RULES: Final = [
    rule(
        "weekday",
        rf"\b(?:el |the )?(?P<nth>{'|'.join(_NTH)}) {DAY} (?:de |del |of |in )(?:mes de )?"
        rf"(?:{FULL_MONTH}|(?P<coming>{NEXT_MONTH})|(?P<this>(?:este |this |the )?(?:mes|month)))\b",
        _nth,
    ),
    rule(
        "weekday",
        rf"\b(?:el |the )?(?:primer|1 er|segundo|tercer|cuarto|ultimo|first|second|third|last|2 ?do) {DAY} (?:de|del"
        rf"|of|in)\b"
        r"(?! la semana)",
        vague,
    ),
    rule(
        "weekday",
        rf"\b(?:este |el |this )?{DAY} (?:o|or) (?:el |la |the )?(?:otr[oa]|next)\b(?! {_OTHER_DAY})",
        vague,
    ),
    rule("weekday", rf"\b(?:de |del )?(?:este |el )?{DAY} (?:al|a el|en) otro\b(?! {_OTHER_DAY})", _in_eight),
    rule("en_8 en_15", rf"\b(?:de )?(?:hoy|manana|(?:este |el )?{DAY}) en (?:8|15)(?: dias)?\b", _in_eight),
    rule("week", rf"\b{DAY} week\b()(?P<n>)", lambda m, r: days.weekday(r.today, WEEKDAYS[m["wd"]]) + timedelta(7)),
    rule(
        "from_ on_ after_ despues",
        rf"\b{COUNT} {UNIT} (?:from|on|after|despues del?|a partir del?) (?:the |this |el |este |next )?"
        rf"(?:today|now|hoy|tomorrow|manana|{DAY})\b",
        _counted_from,
    ),
]
PLAIN: Final = [rule("weekday", rf"{_BEFORE}\b{DAY}\b{_AFTER}", _weekday)]
