"""What a borrower allows us from now on: only this channel, only these hours, nothing before that day.

A preference ('mejor por la tarde') is read in contact_time; here are limits, that bind us like a cap.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from understanding.clauses import PAYS
from understanding.contact_time import CHANNELS, PARTS, Channel, PartOfDay, clock_times, read_contact_time
from understanding.normalize import normalize
from understanding.numbers import write_digits
from understanding.reading import read

# Local hours of a part of the day; what lies outside the lender's own hours is not used anyway.
HOURS: Final[dict[PartOfDay, tuple[time, time]]] = {
    "morning": (time(6), time(12)),
    "afternoon": (time(12), time(19)),
    "evening": (time(18), time(22)),
}
# Without that part of the day.
OTHER_HOURS: Final[dict[PartOfDay, tuple[time, time]]] = {
    "morning": (time(12), time(22)),
    "afternoon": (time(6), time(12)),
    "evening": (time(6), time(18)),
}
DAWN, NIGHT = time(6), time(22)
A_FEW: Final = 3  # 'unos días', 'a few days'
_ONLY: Final = re.compile(
    r"\b(?:solo|solamente|nomas|nada mas|unicamente|siempre que sea|only|just|exclusively|strictly)\b"
    r"|\bno sea (?:mas que|sino)\b"
)
_WRITE: Final = (
    r"(?:escrib\w+|mand\w+|envi\w+|llam\w+|marqu\w+|marcar\w*|molest\w+|busqu\w+|contact\w+|habl\w+|insist\w+"
    r"|record\w+|avis\w+"
    r"|mensaj\w+|msjs?|recordatorios?|llamadas|texts?|texting|call|calling|write|writing|message|messaging|messages"
    r"|msg|contact"
    r"|contacting|bother|bothering|remind\w*|reminders?)"
)
_NOT: Final = re.compile(
    rf"\b(?:no|ni|dejen|deje|dejar|paren|pare|eviten|evite|dont|do not|stop|quit|never|without"
    rf"|sin)\b(?: \w+){{0,4}}? {_WRITE}\b"
    r"|\b(?:no|not) (?:calls|texts|messages|mensajes|llamadas|recordatorios)\b|\bpaus\w+|\bdescans\w+"
    r"|\brespiro\b|\ba break\b"
    r"|\bspace\b|\bhold off\b|\bsuspend\w+"
)
# An end for good is no pause, whatever day is named beside it.
_FOR_GOOD: Final = re.compile(
    r"\b(?:nunca|jamas|never|ever|para siempre|forever|ni despues|definitiv\w+|de por vida"
    r"|ni de (?:noche|dia|manana) ni de (?:noche|dia|tarde)|(?:day|night) (?:or|nor|and) (?:day|night)"
    r"|a ninguna hora)\b"
)
_WEEK: Final = re.compile(
    r"\b(?:(?:en |por |durante )?(?:toda |lo que (?:queda|resta) de )?(?:esta|la) semana|this (?:whole )?week"
    r"|(?:the )?rest of the week)\b"
    r"(?! (?:que|pasada|santa|proxima|entrante|siguiente))"
)
_WEEKEND: Final = re.compile(r"\b(?:este |el )?(?:fin de semana|finde|weekend)\b")
_MONTH: Final = re.compile(r"\b(?:este mes|lo que (?:queda|resta) del mes|this month|rest of the month)\b")
# 'Dejen de escribirme hoy mismo' wants an end from today on.
_FROM_NOW: Final = re.compile(
    r"\b(?:(?:hoy|ahora|ya) mismo|desde (?:hoy|ya|ahora)|a partir de hoy|de hoy en adelante|(?:from|as of"
    r"|starting) (?:today|now))\b"
    r"|\b(?:dejen|deje|paren|pare|stop|quit)\b.*\b(?:hoy|today)\b"
)
_TODAY: Final = re.compile(r"\b(?:hoy|el dia de hoy|today|(?:the )?rest of the day)\b")
_TOMORROW: Final = re.compile(r"\b(?<!la )(?<!las )manana\b|\btomorrow\b")
_SPAN: Final = re.compile(
    r"\b(?:(?P<n>\d{1,2})|una?|another|a|unos|algunos|varios|an?|some|a few|few|un par de|a couple(?: of)?"
    r"|couple(?: of)?)"
    r" (?P<unit>dias?|semanas?|mes(?:es)?|quincenas?|days?|weeks?|months?)\b"
)
_UNTIL: Final = re.compile(
    r"\b(?:hasta|until|till|til|antes del?|before)\b (?!las? |\d{1,2} ?(?:am|pm|:|de la)|mediodia"
    r"|noon)(?P<day>.{1,30})"
)
_LENGTH: Final = {"d": 1, "s": 7, "w": 7, "q": 15, "m": 30}
_RANGE: Final = re.compile(
    r"\b(?:de|entre|desde|from|between) (?:las? )?(\d{1,2})(?::(\d{2}))? ?(?:am|pm)? (?:a|y|hasta|and|to"
    r"|till) (?:las? )?(\d{1,2})"
    r"(?::(\d{2}))? ?(?P<half>pm|de la (?:tarde|noche)|in the (?:afternoon|evening))?"
)
_AFTER: Final = re.compile(r"\b(?:despues|a partir|pasad[ao]|luego|after|past|from)\b")
_BEFORE: Final = re.compile(r"\b(?:antes|hasta|before|until|till)\b")
_WEEKDAYS: Final = re.compile(
    r"\b(?:los? |las? |on |en )?(?:lunes|martes|miercoles|jueves|viernes|sabados?|domingos?|fines de semana"
    r"|dias festivos"
    r"|mondays?|tuesdays?|wednesdays?|thursdays?|fridays?|saturdays?|sundays?|weekends)\b"
)
_SOME_DAYS: Final = re.compile(
    r"\b(?:los (?:lunes|martes|miercoles|jueves|viernes|sabados|domingos)|fines de semana|de lunes a \w+|entre semana"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)days|weekends|weekdays)\b"
)
# We never call by ourselves; whoever at the lender does must know.
_NO_CALLS: Final = re.compile(
    r"\bno (?:me |nos )?(?:llamen|llame|marquen|marque|hablen por telefono)\b.{0,25}\b(?:mensajes?|texto"
    r"|escrib\w+|por escrito)\b"
    r"|\b(?:no (?:more )?calls|dont call(?: me)?|do not call(?: me)?|stop calling)\b.{0,25}\b(?:text|texts"
    r"|message|messages|write)\b"
    r"|(?<!un )(?<!una )\b(?:solo|nomas|unicamente|puros?) (?:por )?(?:mensajes?|texto|escrito)\b|\b(?:just"
    r"|only) (?:texts?"
    r"|messages?)\b(?! me)"
)
_LIFTS: Final = re.compile(
    r"\b(?:ya )?(?:me |nos )?(?:pueden?|puedes|you can|can) (?:\w+ ){0,2}?(?:escrib\w+|mand\w+|llam\w+|text"
    r"|write|message|call)\b.{0,30}"
    r"\b(?:cuando (?:quieran?|sea|gusten?)|(?:a )?cualquier (?:hora|dia|momento)|(?:por )?(?:cualquier (?:medio"
    r"|canal)|donde sea)"
    r"|(?:at )?any ?time|whenever|any (?:channel|way))\b"
)


@dataclass(frozen=True, slots=True)
class ContactWish:
    """`until`: the first day on which we may begin to write again. `by_person`: a limit that no row can keep."""

    channel: Channel | None = None
    opens: time | None = None
    closes: time | None = None
    until: date | None = None
    by_person: bool = False
    lifts: bool = False

    @property
    def is_empty(self) -> bool:
        return self == ContactWish()


def read_contact_wish(text: str, now: datetime) -> ContactWish:
    """`now` is aware, in the borrower's own zone."""
    plain = normalize(text)
    if _FOR_GOOD.search(plain) or _FROM_NOW.search(plain):
        return ContactWish()
    if _LIFTS.search(plain):
        return ContactWish(lifts=True)
    only, refuses = bool(_ONLY.search(plain)), bool(_NOT.search(plain))
    until = _until(plain, now) if refuses else None
    if until is not None:
        return ContactWish(until=until)
    if not only and not refuses:
        return ContactWish()
    opens, closes = _hours(plain, refuses=refuses and not only)
    channel = _channel(plain) if only else None
    unkept = (
        (only and _SOME_DAYS.search(plain))
        or (refuses and _WEEKDAYS.search(_refusal(plain)))
        or _NO_CALLS.search(plain)
    )
    by_person = opens is None and channel is None and bool(unkept)
    return ContactWish(channel=channel, opens=opens, closes=closes, by_person=by_person)


def _until(plain: str, now: datetime) -> date | None:
    """The day after the pause; None where no end is named."""
    clause = _refusal(write_digits(plain))
    today = now.date()
    monday = today + timedelta(days=7 - today.weekday())
    if named := _UNTIL.search(clause):
        found = read(named["day"], now, expecting="date")
        return found.date if found.date is not None and found.date > today else None
    if _WEEKEND.search(clause) or _WEEK.search(clause):
        return monday
    if _MONTH.search(clause):
        return (today.replace(day=1) + timedelta(days=32)).replace(day=1)
    if (span := _SPAN.search(clause)) is not None:
        return today + timedelta(days=_days(span))
    whole_day = _hours(plain, refuses=True) == (None, None)
    if whole_day and _TODAY.search(clause):
        return today + timedelta(days=1)
    return today + timedelta(days=2) if whole_day and _TOMORROW.search(clause) else None


def _days(span: re.Match[str]) -> int:
    """'15 días', 'una semana', 'un par de días', 'unos días'."""
    if span["n"]:
        number = int(span["n"])
    elif "par" in span[0] or "couple" in span[0]:
        number = 2
    else:
        number = 1 if re.match(r"una? |an? (?!few)|another ", span[0]) else A_FEW
    return number * _LENGTH[span["unit"][0]]


def _refusal(plain: str) -> str:
    """The clause that refuses: 'no me escriban, hoy les pago' names no end of a pause."""
    clauses = re.split(r"[.;!?]|,(?!\d)|\b(?:porque|que ya|ya que|because|yo|les? pago|ill|i will)\b", plain)
    found = next((each for each in clauses if _NOT.search(each)), "")
    refusal = _NOT.search(found)
    # What stands before may be the day of a payment: 'hoy pago no me escriban'.
    return found[refusal.start() :] if refusal and PAYS.search(found[: refusal.start()]) else found


def _hours(plain: str, *, refuses: bool) -> tuple[time, time] | tuple[None, None]:
    if (span := _RANGE.search(plain)) is not None and not refuses:
        return _between(span)
    named = clock_times(plain)
    if named:
        at, clock = named[0]
        late, early = _AFTER.search(plain[max(0, at - 12) : at + 8]), _BEFORE.search(plain[max(0, at - 12) : at + 8])
        if late or early:
            later = bool(late) != refuses
            window = (clock, NIGHT) if later else (DAWN, clock)
            return window if window[0] < window[1] else (None, None)
        return None, None
    if refuses and read_contact_time(plain).part_of_day is not None:
        return None, None  # 'no en la mañana, mejor en la noche' wishes for another part of the day
    part = next((name for name, pattern in PARTS.items() if re.search(pattern, plain)), None)
    if part is None:
        return None, None
    return OTHER_HOURS[part] if refuses else HOURS[part]


def _between(span: re.Match[str]) -> tuple[time, time] | tuple[None, None]:
    """'De 9 a 2', 'entre 4 y 7 de la tarde': nobody means the small hours."""
    first, last = int(span[1]), int(span[3])
    if first < 7 or (span["half"] and first < last < 12):
        first += 12
    if last < 12 and (last <= first or span["half"]):
        last += 12
    if not first < last < 24:
        return None, None
    return time(first, int(span[2] or 0)), time(last, int(span[4] or 0))


def _channel(plain: str) -> Channel | None:
    """The one that stands after 'solo', not the one that is refused."""
    found = _ONLY.search(plain)
    after = plain[found.start() :] if found else plain
    named = [(m.start(), name) for name, pattern in CHANNELS.items() for m in re.finditer(pattern, after)]
    if named:
        return min(named)[1]
    before = [(m.start(), name) for name, pattern in CHANNELS.items() for m in re.finditer(pattern, plain)]
    return max(before)[1] if before and not re.search(r"\b(?:no|dont|not)\b", plain) else None
