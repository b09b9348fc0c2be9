"""Days told from today: 'hoy', 'pasado mañana', 'en 3 días', 'deme una semana', 'hace dos días'."""

import re
from datetime import timedelta
from typing import Final

from understanding.dates import days
from understanding.dates.days import VagueDateError
from understanding.dates.rules import Found, Reader, near, rule, vague
from understanding.dates.words import COUNT, DAY, UNIT, count

# Verbs with which days are asked for; what is said to be given, lent or granted.
_GRANT: Final = (
    r"aguant\w*|aguard\w*|paciencia|esper(?!ando|o\b)\w*|deme\w*|den(?:me|nos|le|les)?|da(?:me|nme|n|nos|nnos|rme|rnos|ria|rian|rias)?|dar"
    r"|dieran?|diera(?:s|me)?|chance|plazo|prorroga|tiempo|permit\w*|regal(?:e|en|a|an|eme|enme|ame|anme|arme|aria|arian)"
    r"|prest(?:e|en|eme|enme|ame|arme|aria|arian)|conce[dj]\w*|otorg\w*|extiend\w*|extend\w*|alarg\w*|ampli\w*"
    r"|recorr\w*|aplaz\w*|prorrog\w*|dej(?:eme|enme|ame|arme)|tolere(?:n|me|nme)?|pido|pedir\w*|solicit\w*|muev\w*|moverme|pospon\w*|corr(?:ame|anme|erme)|quisiera|quiero"
    r"|el paro|la mano|el favor|la oportunidad|la atencion"
)
# 'Can I get 5 days', 'spare me 3 days': a question, or a plea to somebody.
_ASK: Final = (
    r"(?:can|could|may|might|if) (?:i|we|you|u) (?:please |maybe |just |possibly )*(?:get|have|take|borrow|ask for"
    r"|request|do|give|grant|allow|spare|wait|use)|allow|grant|spare|lend|(?:would|id) (?:like|love|appreciate)"
    r"|asking for"
    r"|(?:push|move|shift|delay|postpone|put)(?: (?:it|this|that|(?:the|my) (?:date|payment|due date)))?"
    r"(?: (?:back|forward|off|out))?|(?:get|give) (?:me|us)|hook me up with|let me (?:get|have|take)|push it|extend it"
)
# 'Me dan 5 días de incapacidad', 'I have 3 days off'.
_OF_OTHER: Final = (
    r"(?! (?:de (?:incapacidad|vacaciones|descanso|reposo|suspension|castigo|retraso|atraso|trabajo|cama|nacido|edad"
    r"|haber|permiso|mora|sueldo|salario)|off\b|late\b|sin\b|without|ago|overdue|behind))"
)
# What may stand around a bare '10 días'.
_POLITE: Final = (
    r"(?:(?:por favor|porfa\w*|please|senor\w*|joven|gracias|thanks|nomas|nada mas|solo|unos|unas|como|pues|bueno|si"
    r"|ok|ocupo|son|serian|about|just)\b\W*)*"
)
_LITTLE: Final = (
    r"me|de|con|y|unos|unas|como|por|us|for|solo|nomas|chance|plazo|otros|otras|otra|otro|another|by|like|maybe"
    r"|about|around|at least|al menos|siquiera|apenas|aunque sea|nada mas"
)

_TAKEN_BACK: Final = r"(?:(?<=\bforget )|(?<=\bnot )|(?<=\bscratch )|(?<=\bolvide )|(?<=\bolvida ))"


def _later(m: re.Match[str], r: Reader) -> Found:
    return days.after(r.today, count(m["n"]), m["unit"])


def _ago(m: re.Match[str], r: Reader) -> Found:
    number = count(m["n"])
    if number > 400:
        raise VagueDateError
    if m["unit"].startswith(("mes", "month")):
        return days.add_months(r.today, -number)
    return r.today - (days.after(r.today, number, m["unit"]) - r.today if number else timedelta(0))


def _lately(_m: re.Match[str], r: Reader) -> Found:
    if not r.back:
        raise LookupError
    return r.today


def _hours(m: re.Match[str], r: Reader) -> Found:
    """'En 48 horas' is in two days; fewer hours may end today or tomorrow."""
    hours = int(m["n"])
    if hours % 24 or not hours:
        raise VagueDateError
    return r.today + timedelta(hours // 24)


RULES: Final = [
    rule("manana tomorrow", r"\b(?:manana o (?:el )?(?:pasado|otro dia)(?: manana)?)\b", vague),
    # Of which day is told before it (`understanding/dates/mentions.py`).
    rule(
        "otro_dia siguiente_dia dia_siguiente day_after following_day next_day",
        r"\bal (?:otro dia|dia siguiente|siguiente dia)\b"
        r"|\b(?:the day after(?: that)?|(?:the )?(?:next|following) day)\b(?! tomorrow)",
        vague,
    ),
    rule(
        "pasado",
        r"(?<=y )pasado\b(?! (?:manana|el|mes|ano))"
        r"|^\W*(?:el |para |hasta )*pasado(?=\W*$| (?:le|les|te|se l[oa]s?|yo le|ya le) )",
        near(2),
    ),
    rule(
        "antes antier anteayer before",
        r"\b(?:antes de ayer|antier|anteayer|antes de antier|(?:the )?day before yesterday)\b",
        near(-2),
    ),
    rule("ayer anoche yesterday last", r"\b(?:ayer|anoche|yesterday|last night)\b", near(-1)),
    rule("hace", rf"\b(?:desde )?hace (?:ya )?(?:como |unos |unas |ya )*{COUNT} {UNIT}\b", _ago),
    rule(
        "hace_ just_now while_ago earlier",
        r"\bhace (?:un )?(?:rato|ratito|momento|poquito|tantito)\b|\b(?:just now|a while ago|earlier today)\b",
        _lately,
    ),
    rule("ago", rf"\b{COUNT} {UNIT} ago\b", _ago),
    rule("pasado after", r"\b(?:pasado manana|(?:the )?day after tomorrow|antes de pasado manana)\b", near(2)),
    # 'Forget tomorrow, Saturday' names two days, and takes the first back.
    rule("manana tomorrow", rf"{_TAKEN_BACK}\b(?:manana|tomorrow)\b(?=,? {DAY})", near(1)),
    rule("hoy today", rf"{_TAKEN_BACK}\b(?:hoy|today)\b(?=,? {DAY})", near(0)),
    rule("hoy today", rf"\b(?:hoy|today),? {DAY}", near(0)),
    rule(
        "esta night nite this",
        r"\b(?:esta (?:misma )?(?:manana|tarde|noche)|(?:to|2)ni(?:ght|te)|this (?:morning|afternoon|evening))",
        near(0),
        soft=True,
    ),
    rule(
        "manana tomorrow",
        rf"(?<!en la )(?<!por la )(?<!de la )(?<!a la )\b(?:manana|tomorrow)(?: (?:en|por|a) la (?:manana|noche|tarde)"
        rf"| temprano| mismo| sin falta| (?:morning|night|afternoon|evening)){{0,2}}(?:,? {DAY})?\b",
        near(1),
    ),
    rule("unit", rf"\b(?:{COUNT} (?:o|a|or|to|-|u) )\d{{1,2}} (?:dias|semanas|meses|days|weeks|months)\b", vague),
    rule("unit", rf"\b(?:en |in |de aqui a )?{COUNT} {UNIT} (?:y (?:media|medio|pico|cacho)|and a half)\b", vague),
    rule("unit", rf"\b(?:en|dentro de|in) (?:menos de|less than|under|mas de|more than) {COUNT} {UNIT}\b", vague),
    rule(
        "horas hrs hours",
        r"\b(?:en|dentro de|in|within|de aqui a|a las)(?: las)? (?:proximas |next )?(?P<n>\d{1,3}) (?:horas|hrs"
        r"|hours)\b",
        _hours,
    ),
    # 'Deme 48 horas', '48 hours and I'll pay'.
    rule(
        "horas hrs hours",
        r"\b(?:deme|denme|dame|regaleme|espereme|esperenme|aguanteme|aguantenme|give me|i need|necesito|ocupo)"
        r"(?: (?:unas|otras|solo|nomas|otra vez|another|like|about|just)){0,2} (?P<n>24|48|72) (?:horas|hrs|hours)\b"
        r"(?! (?:para que|to process))",
        _hours,
    ),
    rule(
        "horas hrs hours",
        rf"^\W*{_POLITE}(?P<n>24|48|72) (?:horas|hrs|hours)\b"
        r"(?=\W*$|,? (?:y|and) (?:le|les|te|ya le|pago|ill|i will|i pay)\b)",
        _hours,
    ),
    rule(
        "unit",
        rf"\b(?:dentro de|en|a los|a las|de aqui a|in|despues de|pasados|within|al cabo de|a) "
        rf"(?:no mas de |maximo |cosa de |aproximadamente |unos |unas |como |about |la |around |like "
        rf"|mas o menos |maybe |some )*{COUNT} {UNIT}\b"
        r"(?: mas\b| time\b)?",
        _later,
    ),
    rule("mas more extra adicional", rf"\b{COUNT} {UNIT} (?:mas|more|extra|adicional(?:es)?)\b", _later),
    rule("mas more extra", rf"\b{COUNT} (?:more|extra|mas) {UNIT}\b", _later),
    rule(
        "unit",
        rf"\b(?:{_GRANT}|{_ASK}|give|wait|need|necesit\w+|ocup(?:o|amos)|otros|otras|otra|otro|another)(?:"
        rf" (?:{_LITTLE})){{0,3}} {COUNT} {UNIT}\b{_OF_OTHER}",
        _later,
    ),
    rule(
        "unit", rf"\b(?:{_GRANT}|hold (?:on|off|it)|hang on|wait)[^·\d;?!]{{1,25}}? {COUNT} {UNIT}\b{_OF_OTHER}", _later
    ),
    rule(
        "unit",
        rf"^\W*{_POLITE}{COUNT} {UNIT}(?: |$){_POLITE}\W*$",
        _later,
    ),
    rule(
        "unit",
        rf"^\W*{_POLITE}{COUNT} {UNIT}(?= (?:tops|max|maximo|at most|a lo mucho|cuando mucho|no mas"
        rf"|y (?:ya(?! no)|listo"
        r"|quedo|pago|cumplo|me pongo)|and (?:im|ill|i will|its|youll))\b)",
        _later,
    ),
    # 'Aunque sea 4 días deme', '3 días de gracia', 'con una semana la armo'.
    rule(
        "unit",
        rf"\b{COUNT} {UNIT}(?: mas)?,? (?=(?:deme|denme|espereme|esperenme|aguanteme|me (?:da|dan|espera"
        rf"|esperan|aguanta"
        r"|aguantan|aguante|espere|permite))\b|de (?:gracia|plazo|prorroga|espera|chance|tolerancia"
        r"|tiempo)\b(?! no\b(?! me (?:da|dan|regala)\b)))",
        _later,
    ),
    rule(
        "unit",
        rf"\bcon {COUNT} {UNIT}(?= (?:mas )?(?:me alcanza|tengo|la armo|junto|lo junto|completo|basta"
        rf"|es suficiente|libro)\b)",
        _later,
    ),
    rule("week fortnight", r"\b(?P<n>a|one|\d) (?P<unit>weeks?|fortnights?) (?:today|hence)\b", _later),
    rule("unit", rf"\b{COUNT} {UNIT}(?= y (?:ya )?(?:le|les|te|yo) \w+o\b)", _later),
    rule("otra another", r"(?<!la )(?<!para )\b(?P<n>otra|another) (?P<unit>semana|quincena|week)(?: mas)?\b", _later),
]
