"""The rhythm of repeated payments: '400 por semana', 'cada quincena', 'every friday'."""

import re
from typing import Final

from understanding.dates.words import WEEKDAYS

_NO_NEXT: Final = r"(?! (?:que|proxim|entrante|siguiente|pasad))"
_APART: Final = r"(?<!in )(?<!for )(?<!within )(?<!me )"
_OF_AMOUNT: Final = r"\d[^·.;]{0,12}? "
RHYTHMS: Final = [
    (re.compile(pattern), rhythm)
    for rhythm, pattern in (
        (
            "biweekly",
            r"\b(?:cada|c/) (?:15|14) dias\b|\b(?:cada|c/) (?:2|dos) semanas\b|\bevery (?:2 weeks|other week"
            r"|fortnight)\b"
            rf"|\bbi-?weekly\b|\bcatorcenal(?:es|mente)?\b|\bevery other (?:{'|'.join(WEEKDAYS)})\b|\b(?:por"
            rf"|cada) catorcena\b",
        ),
        (
            "semimonthly",
            r"\b(?:por|cada|c/|x|en cada|las) quincenas?\b(?! que| pasada)|\bquincenal(?:es|mente)?\b"
            r"|\btwice a month\b"
            rf"|\b(?:todas|en) las quincenas\b|{_OF_AMOUNT}(?:a la quincena\b{_NO_NEXT})",
        ),
        ("weekly", rf"\b(?:cada|c/|todos los|every|each|los) (?:{'|'.join(WEEKDAYS)})\b"),
        (
            "weekly",
            r"\b(?:por|cada|c/|x|per|every|each) (?:semana|week)\b|\bsemanal(?:es|mente)?\b|\bweekly\b"
            rf"|{_OF_AMOUNT}(?:a la semana\b{_NO_NEXT}|{_APART}a week\b(?! (?:from|on|after|later)))"
            rf"|\btodas las semanas\b"
            rf"|\b(?:cada|c/) 8 dias\b",
        ),
        (
            "monthly",
            r"\b(?:por|(?<!de )cada|c/|x|per|every|each) (?:mes|month)\b|\bmensual(?:es|mente)?\b|\bmonthly\b"
            rf"|{_OF_AMOUNT}(?:al mes\b{_NO_NEXT}|{_APART}a month\b(?! (?:from|on|after|later)))|\btodos los meses\b",
        ),
        (
            "daily",
            r"\bdiari[oa]s?(?:mente)?\b|\b(?:cada dia|todos los dias)\b|\bdaily\b|\bevery day\b"
            rf"|{_OF_AMOUNT}(?:al dia\b{_NO_NEXT}|{_APART}a day\b|por dia\b|per day\b)",
        ),
    )
]
# 'Every payday' repeats, yet how often is not said: it names neither a day nor a rhythm.
_PAYDAYS: Final = re.compile(
    r"\b(?:every|each|per) (?:single )?(?:pay ?days?|pay ?check|check|time i (?:get paid|am paid|cash))\b"
    r"|\b(?:cada|todos los|en cada) (?:dias? de (?:pago|paga|raya|cobro)|raya|cobro|que (?:me "
    r"|nos )?(?:pag[au]en|paga[ns]?|cobro"
    r"|rayo|depositan|rayan)|vez que (?:me |nos )?(?:pag[ua]en|pagan|cobro|rayo))\b"
)
_INSTEAD: Final = re.compile(r"\b(?:instead of|rather than|en (?:vez|lugar) de) (?:cada |every |paying )?\w+\b")
# 'El pago semanal' and 'lo de la quincena' are one instalment and no rhythm, nor do they name a day.
_INSTALMENT: Final = re.compile(
    r"\b(?:lo|(?:(?:el|mi|este|un|del?) )?(?:pago|abono|recibo)|(?:(?:la|mi|una) )?(?:cuota|letra|mensualidad|ficha)"
    r"|lo que (?:le )?debo) (?:de(?:l| este| ese)? (?:mes|la semana|esta semana|una semana|1 semana|mi semana"
    r"|la quincena|esta quincena|mi quincena|catorcena))\b(?! (?:que|pasad|proxim|siguient))|\b(?:pago|abono) "
    r"(?:semanal|quincenal|mensual|catorcenal)\b|\b(?:(?:whats|what is|whatever is) due|lo que (?:vence|(?:me "
    r"|nos )?(?:toca"
    r"|corresponde))) (?:(?:for |de )?(?:this|est[ea]) (?:month|week|mes|semana|quincena))\b|\b(?:weekly"
    r"|monthly|biweekly) (?:payment|amount)\b|\bthis (?:weeks"
    r"|months) (?:payment|installment)\b"
)


def find_rhythm(plain: str) -> tuple[str | None, str]:
    """The rhythm of repeated payments, and the text without its words ('cada quincena' names no one day)."""
    shielded = _INSTEAD.sub(lambda m: "·" * len(m.group()), mask_instalments(plain))
    if paydays := _PAYDAYS.search(shielded):
        return None, plain[: paydays.start()] + ", " + plain[paydays.end() :]
    for pattern, rhythm in RHYTHMS:
        m = pattern.search(shielded)
        if m:
            start = m.end() - len(re.sub(r"^\d[^·.;]{0,12}? (?=a |al |por |per )", "", m.group()))
            return rhythm, plain[:start] + ", " + plain[m.end() :]
    return None, plain


def mask_instalments(plain: str) -> str:
    """The text with the names of one instalment blanked, every other letter in its place."""
    return _INSTALMENT.sub(lambda m: "·" * len(m.group()), plain)
