"""The calendar's words in Spanish and English, and the pieces that the date rules are built of."""

import re
from typing import Final


def counted(words: str, first: int) -> dict[str, int]:
    """Words for first, first + 1, ...: '|' parts the values, a space the words for one value."""
    return {word: value for value, names in enumerate(words.split("|"), first) for word in names.split()}


WEEKDAYS: Final = counted(
    "lunes mondays monday|martes tuesdays tuesday|miercoles wednesdays wednesday|jueves thursdays thursday"
    "|viernes fridays friday|sabados sabado saturdays saturday|domingos domingo sundays sunday",
    0,
)
MONTHS: Final = counted(
    "enero january|febrero february|marzo march|abril april|mayo|junio june|julio july|agosto august"
    "|septiembre setiembre september|octubre october|noviembre november|diciembre december",
    1,
)
# Short forms and 'may' are months only beside a day number ('20 nov'): 'mar', 'set', 'may' are common words.
SHORT_MONTHS: Final = counted("ene jan|feb|mar|abr apr|may|jun|jul|ago aug|sept sep set|oct|nov|dic dec", 1)
ORDINALS: Final = counted(
    "primera primer 1ra 1era first|segunda segundo 2da second|tercera tercer third|cuarta fourth", 1
)

DAY: Final = r"(?P<wd>" + "|".join(WEEKDAYS) + ")"
FULL_MONTH: Final = "(?P<month>" + "|".join(MONTHS) + ")"
ANY_MONTH: Final = "(?P<month>" + "|".join([*MONTHS, *SHORT_MONTHS]) + ")"
# A day's number, never a piece of a longer number or of money.
NUMBER: Final = r"(?<![\d.,/$])(?P<n>\d{1,2})(?![\d%]|[.,/:]\d)"
ORDINAL_END: Final = r"(?: ?(?:ro|ero|er|st|nd|rd|th)\b)?"
COUNT: Final = r"(?P<n>\d{1,3}|una?|one|an?)"
UNIT: Final = r"(?P<unit>dias?|diitas|semanas?|quincenas?|mes(?:es)?|days?|weeks?|months?|fortnights?)"
NEXT_WEEK: Final = (
    r"(?:(?:la )?(?:(?:proxima|otra|siguiente) semana|semana (?:que (?:viene|entra|sigue)|proxima|entrante|siguiente)))"
)
NEXT_MONTH: Final = (
    r"(?:(?:el )?(?:(?:proximo|otro|siguiente) mes|mes (?:que (?:viene|entra|sigue)|proximo|entrante|siguiente))"
    r"|next month)"
)
# What follows a number that counts money or things and so is no day of a month.
NOT_MONEY: Final = (
    r"(?! ?(?:pesos|mil\b|varos|baros|bolas|soles|dolares|usd|mxn|bucks|dias|semanas|meses|anos|veces|cuotas|pagos"
    r"|horas|hrs|h\b|am\b|pm\b|por ciento|quetzales|lempiras|days|weeks|k\b|hijos|de la (?:manana|tarde|noche)|%))"
)

_SIGNS: Final = {
    "#": re.compile(r"\d"),
    "weekday": re.compile(DAY),
    "month": re.compile(ANY_MONTH),
    "unit": re.compile(UNIT),
}


def signs_in(text: str) -> set[str]:
    """The general signs of a date in the text: a digit, a weekday, a month, a unit of time."""
    return {sign for sign, pattern in _SIGNS.items() if pattern.search(text)}


def month_number(name: str) -> int:
    return MONTHS.get(name) or SHORT_MONTHS[name]


def count(word: str) -> int:
    """'3' and 'una'."""
    return int(word) if word.isdigit() else 1
