"""The ways Spanish and English name a day or a span of days, most specific first, and how each is read."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from understanding import days
from understanding.days import Span, VagueDateError

Found = date | Span


@dataclass(frozen=True)
class Reader:
    """The day on which the words were said, and whether they look back at a payment made."""

    today: date
    back: bool


def _counted(words: str, first: int) -> dict[str, int]:
    return {word: value for value, names in enumerate(words.split("|"), first) for word in names.split()}


_WEEKDAYS: Final = _counted(
    "lunes mondays monday|martes tuesdays tuesday|miercoles wednesdays wednesday|jueves thursdays thursday"
    "|viernes fridays friday|sabados sabado saturdays saturday|domingos domingo sundays sunday",
    0,
)
_MONTHS: Final = _counted(
    "enero january|febrero february|marzo march|abril april|mayo|junio june|julio july|agosto august"
    "|septiembre setiembre september|octubre october|noviembre november|diciembre december",
    1,
)
# Short forms and 'may' are months only beside a day number ('20 nov'): 'mar', 'set', 'may' are common words.
_SHORT_MONTHS: Final = _counted(
    "ene jan|feb febero|mar|abr apr|may|jun|jul|ago aug|sept sep set|oct|nobiembre nov|disiembre dicienbre dic dec", 1
)
_DAY = r"(?P<wd>" + "|".join(_WEEKDAYS) + ")"
_FULL = "(?P<month>" + "|".join(_MONTHS) + ")"
_ANY = "(?P<month>" + "|".join([*_MONTHS, *_SHORT_MONTHS]) + ")"
_N = r"(?<![\d.,/$])(?P<n>\d{1,2})(?![\d%]|[.,/:]\d)"
_COUNT = r"(?P<n>\d{1,3}|una?|one|an?)"
_UNIT = r"(?P<unit>dias?|diitas|semanas?|quincenas?|mes(?:es)?|days?|weeks?|months?)"
_NOT_MONEY = (
    r"(?! ?(?:pesos|mil\b|varos|baros|bolas|soles|dolares|usd|mxn|bucks|dias|semanas|meses|anos|veces|cuotas|pagos"
    r"|horas|hrs|h\b|am\b|pm\b|por ciento|quetzales|lempiras|days|weeks|k\b|hijos|de la (?:manana|tarde|noche)|%))"
)
_NEXT_WEEK = r"(?:(?:la )?(?:(?:proxima|otra|siguiente) semana|semana (?:que (?:viene|entra|sigue)|proxima|entrante)))"


def _weekday(m: re.Match[str], r: Reader) -> Found:
    day = _WEEKDAYS[m["wd"]]
    before, tail = m["before"] or "", m["tail"] or ""
    found = days.weekday(r.today, day, r.back)
    if "pasad" in before + tail or "last" in before:
        return days.weekday(r.today, day, back=True)
    if r.back:
        return found
    if "semana" in tail or "week" in tail:
        weeks = 0 if "esta" in tail or "this" in tail else 1
        exact = r.today - timedelta(r.today.weekday()) + timedelta(day, weeks=weeks)
        if exact < r.today:
            raise VagueDateError
        return exact
    if re.search(r"\botro\b|following|week after", before):
        return found + timedelta(7)
    if re.search(r"\b(?:8|quince|15)\b", tail):
        return found + timedelta(14 if "15" in tail else 7)
    if re.search(r"\best[ea]\b|\bthis\b", before) and found - r.today == timedelta(7):
        raise VagueDateError
    return found


def _same_weekday(m: re.Match[str], found: date) -> date:
    if m["wd"] and found.weekday() != _WEEKDAYS[m["wd"]]:
        raise VagueDateError
    return found


def _month_day(m: re.Match[str], r: Reader) -> Found:
    number = _MONTHS.get(m["month"]) or _SHORT_MONTHS[m["month"]]
    day = int(m["n"] or 1)
    return _same_weekday(m, days.day_of_month(r.today, day, number, int(m["year"]) if m["year"] else None, r.back))


def _numbered(m: re.Match[str], r: Reader) -> Found:
    number = int(m["n"] or 1)
    if not 1 <= number <= 31:
        # No day of any month, yet hardly an amount: 'el 32' is asked back.
        raise VagueDateError if 31 < number < 40 else LookupError
    return _same_weekday(m, days.day_number(r.today, number, r.back))


def _slashed(m: re.Match[str], r: Reader) -> Found:
    year = int(m["year"]) if m["year"] else None
    if year is not None and year < 100:
        year += 2000
    return days.slashed(r.today, int(m["n"]), int(m["second"]), year, r.back)


def _later(m: re.Match[str], r: Reader) -> Found:
    count = int(m["n"]) if m["n"].isdigit() else 1
    return days.after(r.today, count, m["unit"])


def _ago(m: re.Match[str], r: Reader) -> Found:
    count = int(m["n"]) if m["n"].isdigit() else 1
    if count > 400:
        raise VagueDateError
    if m["unit"].startswith(("mes", "month")):
        return days.add_months(r.today, -count)
    later = days.after(r.today, count, m["unit"]) if count else r.today
    return r.today - (later - r.today)


def _in_eight(m: re.Match[str], r: Reader) -> Found:
    weeks = 2 if re.search(r"15|2 weeks", m.group()) else 1
    named = m["wd"] or m.groupdict().get("wd2")
    if named:
        return days.weekday(r.today, _WEEKDAYS[named]) + timedelta(weeks=weeks)
    start = 1 if re.search(r"manana|tomorrow", m.group()) else 0
    return r.today + timedelta(start, weeks=weeks)


def _near_day(shift: int) -> Callable[[re.Match[str], Reader], Found]:
    def near_day(m: re.Match[str], r: Reader) -> Found:
        found = r.today + timedelta(shift)
        return _same_weekday(m, found) if "wd" in m.re.groupindex else found

    return near_day


def _payday(m: re.Match[str], r: Reader) -> Found:
    if r.back:
        return days.payday(r.today, back=True)
    found = days.payday(r.today + timedelta(1) if re.search(r"prox|viene|entra|otra", m.group()) else r.today)
    return days.payday(found + timedelta(1)) if re.search(r"\botra\b|despues", m.group()) else found


def _month_end(m: re.Match[str], r: Reader) -> Found:
    if m["month"]:
        return days.month(r.today, _MONTHS[m["month"]])[1]
    return days.last_day(*days.shift_month(r.today.year, r.today.month, 1 if m["next"] else 0))


def _month_span(m: re.Match[str], r: Reader) -> Found:
    return days.month(r.today, _MONTHS[m["month"]], r.back)


def _other_month(months: int) -> Callable[[re.Match[str], Reader], Found]:
    def other_month(_m: re.Match[str], r: Reader) -> Found:
        year, number = days.shift_month(r.today.year, r.today.month, months)
        first, last = date(year, number, 1), days.last_day(year, number)
        return (first if months else r.today), last

    return other_month


def _week(weeks: int) -> Callable[[re.Match[str], Reader], Found]:
    return lambda _m, r: days.week(r.today, weeks)


def _weekend(m: re.Match[str], r: Reader) -> Found:
    return days.weekend(r.today, 1 if re.search(r"\botro\b|que viene|next", m.group()) else 0)


def _day_range(m: re.Match[str], r: Reader) -> Found:
    first, last = int(m["n"]), int(m["last"])
    if not (1 <= first <= 31 and 1 <= last <= 31):
        raise LookupError
    if m["month"]:
        number = _MONTHS.get(m["month"]) or _SHORT_MONTHS[m["month"]]
        return _in_month(r, first, last, number)
    start = days.day_number(r.today, first, r.back)
    return start, days.day_number(start, last)


def _in_month(r: Reader, first: int, last: int, month: int) -> Span:
    start = days.day_of_month(r.today, first, month, None, r.back)
    end = days.day_of_month(start, last, month, start.year)
    if end < start:
        raise VagueDateError
    return start, end


def _this_month(m: re.Match[str], r: Reader) -> Found:
    try:
        found = r.today.replace(day=int(m["n"]))
    except ValueError as impossible:
        raise VagueDateError from impossible
    if found < r.today and not r.back:
        raise VagueDateError
    return found


def _feast(month: int, day: int) -> Callable[[re.Match[str], Reader], Found]:
    return lambda _m, r: days.day_of_month(r.today, day, month, None, r.back)


def _vague(_m: re.Match[str], _r: Reader) -> Found:
    raise VagueDateError


_SOFT_TODAY: Final = (
    r"\b(?:ahora(?! (?:si|no|que|resulta))|ahorita(?! no)|ahora mismo|ya mismo|right now|now|right away"
    r"|al rato|al ratito|en un rato|mas tarde|later today|en este momento|en un ratito)\b"
)
_WD_TAIL = (
    rf"(?P<tail>,? (?:de )?(?:{_NEXT_WEEK}|esta semana|que (?:viene|entra|sigue)|pasado|siguiente|en 8(?: dias)?"
    rf"|en 15(?: dias)?"
    r"|of next week|next week|of this week))?"
)
_WD_BEFORE = (
    r"(?P<before>\b(?:(?:este|el|los|proximo|siguiente|otro|pasado|this|next|on|coming|the|following|last"
    r"|past) ){1,3})?"
)


# A pattern is tried only where one of its signs is in the text: '#' a digit, 'weekday', 'month' and 'unit' any such
# word, else the word itself ('_' is a space). A match is blanked before the next pattern looks.
PATTERNS: Final[list[tuple[tuple[str, ...], re.Pattern[str], Callable[[re.Match[str], Reader], Found]]]] = [
    (tuple(sign.replace("_", " ") for sign in signs.split()), re.compile(pattern), read)
    for signs, pattern, read in [
        ("#",
         r"\b(?P<year>20\d\d)[-/.](?P<second>\d{1,2})[-/.](?P<n>\d{1,2})\b", _slashed),
        ("#",
         r"(?<![\d/])(?P<n>\d{1,2}) ?[-/.] ?(?P<second>\d{1,2}) ?[-/.] ?(?P<year>(?:19|20)\d\d|\d\d)\b", _slashed),
        ("#",
         r"(?<![\d/.,])(?P<n>\d{1,2}) ?/ ?(?P<second>\d{1,2})(?P<year>)(?![\d/])", _slashed),
        ("#",
         r"\b(?:el|para el|dia|hasta el) (?P<n>\d{1,2})-(?P<second>\d{1,2})(?P<year>)(?![\d-])", _slashed),
        ("#",
         rf"\b(?:del|de el|entre el|entre|from the|between the|between) (?:dia )?{_N} (?:al|y|y el|a|and|and the|to"
         rf"|to the) (?:st |th )?(?P<last>\d{{1,2}})(?![\d/,.%])(?: de {_ANY}\b)?{_NOT_MONEY}", _day_range),
        ("month",
         rf"(?:\b{_DAY},? )?(?:\b(?:el|dia|the) ){{0,2}}(?:{_N}|\b(?P<first>primero?|first)) ?(?:ro|ero|er|st"
         rf"|nd|rd|th)?,? "
         rf"?(?:de |del mes de |of )?{_ANY}\b\.?(?:,? (?:de |del )?(?:ano )?(?P<year>(?:19|20)\d\d)\b)?", _month_day),
        ("month",
         (
             rf"(?:\b{_DAY},? )?\b{_ANY}\.? (?:the )?{_N}(?: ?(?:st|nd|rd|th))?(?:,? (?P<year>(?:19"
             rf"|20)\d\d)\b)?{_NOT_MONEY}"
         ),
         _month_day),
        ("weekday",
         (
             rf"\b(?:el |the )?(?:primer|1 er|segundo|tercer|ultimo|first|second|last|2 ?do) {_DAY} (?:de|del"
             rf"|of)\b(?! la semana)"
         ),
         _vague),
        ("weekday",
         rf"\b(?:de |del )?(?:este |el )?{_DAY} (?:al|a el|en) otro\b(?! {_DAY.replace('wd', 'wd2')})", _in_eight),
        ("#",
         rf"\b(?:el|dia|al|the) (?:dia )?{_N} (?:o|u|or) (?:el |the )?\d{{1,2}}(?!\d){_NOT_MONEY}", _vague),
        ("weekday manana tomorrow",
         rf"\b(?:(?:este |el |this )?{_DAY} (?:o|or) (?:el |la |the )?(?:otr[oa]|next)"
         rf"|manana o pasado(?: manana)?)\b", _vague),
        ("primero",
         r"\b(?P<first>primero) del? mes\b(?P<n>)(?P<wd>)", _numbered),
        ("semana week",
         r"\b(?:al? )?fin(?:al|ales|es)? de (?:la|esta) semana\b|\bend of (?:the|this) week\b", _vague),
        ("pasado",
         r"(?<=y )pasado\b(?! (?:manana|el|mes|ano))", _near_day(2)),
        ("antier anteayer ayer yesterday",
         r"\b(?:antes de ayer|antier|anteayer|antes de antier|day before yesterday)\b", _near_day(-2)),
        ("ayer anoche yesterday last",
         r"\b(?:ayer|anoche|yesterday|last night)\b", _near_day(-1)),
        ("hace",
         rf"\bhace (?:como |unos |unas |ya )?{_COUNT} {_UNIT}\b", _ago),
        ("ago",
         rf"\b{_COUNT} {_UNIT} ago\b", _ago),
        ("pasado after",
         r"\b(?:pasado manana|(?:the )?day after tomorrow|antes de pasado manana)\b", _near_day(2)),
        ("en_8 en_15",
         rf"\b(?:de )?(?:hoy|manana|el {_DAY}|{_DAY.replace('wd', 'wd2')}) en (?:8|15)(?: dias)?\b", _in_eight),
        ("week",
         rf"\b(?:a|2) weeks? from (?:today|now|tomorrow|{_DAY})\b", _in_eight),
        ("hoy today",
         rf"\b(?:hoy|today),? {_DAY}", _near_day(0)),
        ("esta night this",
         r"\b(?:esta (?:manana|tarde|noche)|tonight|this (?:morning|afternoon|evening))(?P<wd>)", _near_day(0)),
        ("manana tomorrow",
         rf"(?<!en la )(?<!por la )(?<!de la )\b(?:manana|tomorrow)(?: (?:en|por) la (?:manana|noche|tarde)"
         rf"| temprano| mismo| (?:morning|night|afternoon|evening)){{0,2}}(?:,? {_DAY})?\b", _near_day(1)),
        ("unit",
         rf"\b(?:dentro de|en|a los|a las|de aqui a|in|despues de|pasados|within) (?:unos |unas |como |about |la )?"
         rf"{_COUNT} {_UNIT}(?: mas)?\b", _later),
        ("mas more extra adicional",
         rf"\b{_COUNT} {_UNIT} (?:mas|more|extra|adicional(?:es)?)\b", _later),
        ("mas more extra",
         rf"\b{_COUNT} (?:more|extra|mas) {_UNIT}\b", _later),
        ("unit",
         rf"\b(?:aguant\w*|esper(?!ando|o\b)\w*|deme\w*|den(?:me|nos)|da(?:me|nme|n)?|dar|chance|plazo"
         rf"|prorroga|tiempo"
         rf"|give|wait|need"
         rf"|necesito|ocupo|otros|otras|otra|otro|another|permit\w*)(?: (?:me|de|unos|unas|como|por|us|for|solo|nomas"
         rf"|chance|plazo|otros|otras|otra|otro|another)){{0,3}} {_COUNT} {_UNIT}\b", _later),
        ("unit",
         rf"\b(?:aguant\w*|esper(?!ando|o\b)\w*|deme|dame|chance|plazo|prorroga|permit\w*|hold on"
         rf"|wait)[^·\d;?!]{{1,25}}? {_COUNT} {_UNIT}\b", _later),
        ("unit",
         rf"^\W*(?:unos |unas |como |nomas |solo )?{_COUNT} {_UNIT}(?: nomas| nada mas| por favor| please"
         rf"| porfa)*\W*$", _later),
        ("otra another",
         r"(?<!la )(?<!para )\b(?P<n>otra|another) (?P<unit>semana|quincena|week)(?: mas)?\b", _later),
        ("# month",
         rf"\b(?:antes|despues|pasando|a partir|before|after) del? (?:dia )?(?:\d{{1,2}}\b|{_FULL})", _vague),
        ("#",
         rf"\b(?:el |dia ){{0,2}}{_N} (?:de este mes|del presente(?: mes)?|del mes(?: en curso)?(?! que"
         rf"|pasado)|of this month)\b", _this_month),
        ("quincena",
         r"\b(?:la |esta |en |para |proxima |otra |siguiente ){0,3}quincena(?: que (?:viene|entra)"
         r"| proxima)?\b", _payday),
        ("mes ultimo fin cierre end",
         rf"\b(?:(?:a |al )?(?:fin(?:es|al|ales)?|ultimos?(?: dias?)?|cierre) de(?: este|l)?(?: (?:mes|{_FULL}))"
         rf"(?P<next> (?:que (?:viene|entra)|proximo))?|(?:el )?dia ultimo(?: de(?:l)? mes)?|el ultimo(?: dia)?"
         rf"|ultimo del mes|(?:the )?end of (?:the |this )?month|month end)\b", _month_end),
        ("end_of_next",
         r"\b(?:end of next month)(?P<month>)(?P<next>)\b", _other_month(1)),
        ("ano year",
         r"\b(?:fin(?:es|ales)? de ano|end of (?:the )?year)\b", _feast(12, 31)),
        ("navidad christmas",
         r"\b(?:en|para|by|at|after|en la|pasando) ?(?:la )?(?:navidad|christmas)\b", _feast(12, 25)),
        ("nochebuena",
         r"\bnochebuena\b", _feast(12, 24)),
        ("reyes",
         r"\b(?:para|en|hasta|by|on) (?:el )?(?:dia de )?reyes\b", _feast(1, 6)),
        ("ano year",
         r"\b(?:ano nuevo|new years?(?: day)?)\b", _feast(1, 1)),
        ("princip inicio comienzo mediado mitad primeros mid begin",
         rf"\b(?:a |al )?(?:principios?|inicios?|comienzos?|mediados?|mitad|primeros(?: dias)?|middle|mid|beginning) "
             rf"(?:de |del |of )?(?:the |la )?(?:proximo |next )?(?:mes|month|semana|week"
             rf"|{_FULL})\b(?: que (?:viene|entra))?",
         _vague),
        ("weekday",
         rf"{_WD_BEFORE}\b{_DAY} (?:dia )?{_N}{_NOT_MONEY}(?! de )", _numbered),
        ("weekday",
         rf"{_WD_BEFORE}\b{_DAY}\b{_WD_TAIL}", _weekday),
        ("fin weekend",
         r"\b(?:(?:el |este |proximo |otro |the |this |next ){0,3}(?:fin(?:de)?(?: de semana)?|finde|weekend)"
         r"(?: que (?:viene|entra))?)\b(?! de)", _weekend),
        ("semana week",
         rf"\b{_NEXT_WEEK}\b|\bnext week\b|\bsometime next week\b", _week(1)),
        ("semana week",
         r"\b(?:esta|this|misma) (?:misma )?(?:semana|week)\b|\b(?:transcurso de|durante|dentro de"
         r"|en) la semana\b(?! que)", _week(0)),
        ("semana week",
         r"\b(?:la )?semana pasada\b|\blast week\b", _week(-1)),
        ("mes month",
         (
             r"\b(?:el )?(?:proximo|otro|siguiente) mes\b|\bmes (?:que (?:viene|entra)|proximo|entrante)\b"
             r"|\bnext month\b"
         ),
         _other_month(1)),
        ("mes month",
         r"\b(?:este|this) (?:mes|month)\b", _other_month(0)),
        ("mes month",
         r"\bmes pasado\b|\blast month\b", _other_month(-1)),
        ("month",
         rf"\b(?:en|hasta|para|in|until|by|for|till|el mes de|since|desde) {_FULL}\b", _month_span),
        ("# primero",
         rf"\b(?:el|dia|al|the|este|los) (?:dia |proximo |siguiente ){{0,2}}(?:(?P<first>primero)"
         rf"|{_N})(?: ?(?:ro|st|nd|rd|th))?\b"
         rf"(?P<wd>){_NOT_MONEY}", _numbered),
        ("#",
         rf"{_N} ?(?:st|nd|rd|th)\b(?P<wd>)", _numbered),
        ("posible cuanto_antes possible asap",
         r"\b(?:lo antes posible|cuanto antes|as soon as possible|asap)\b", _vague),
    ]
]  # fmt: skip
SOFT_PATTERNS: Final = [
    (re.compile(rf"\b(?:hoy|today)(?: mismo| (?:en|por) la (?:manana|noche|tarde))?(?:,? {_DAY})?"), _near_day(0)),
    (re.compile(_SOFT_TODAY), _near_day(0)),
    (
        re.compile(
            r"\b(?:pay ?day|dia de (?:pago|paga|raya|cobro)|cuando (?:me paguen|cobre|me depositen|reciba|venda|pueda"
            r"|tenga|junte|me caiga|saque|llegue)|(?:en cuanto|apenas|tan pronto) (?:me paguen|cobre|venda"
            r"|pueda|tenga)"
            r"|when i (?:get paid|can)|(?:un|1) dia de estos|(?:en )?estos dias|en unos dias|unos (?:dias"
            r"|diitas)|pocos dias|(?:un|1) par de (?:dias|semanas)|couple (?:of )?(?:days|weeks)"
            r"|(?:a |in a )?few (?:more )?days|some ?day|uno de estos dias|entre semana|mi aguinaldo|el aguinaldo)\b"
            r"|^\W*(?:para )?(?:la|el) (?:proxim[oa]|otr[oa])\W*$"
        ),
        _vague,
    ),
]


_SIGNS: Final = {
    "#": re.compile(r"\d"),
    "weekday": re.compile(_DAY),
    "month": re.compile(_ANY),
    "unit": re.compile(_UNIT),
}


def signs_in(text: str) -> set[str]:
    """The general signs of a date in the text."""
    return {sign for sign, pattern in _SIGNS.items() if pattern.search(text)}
