"""The proof of identity in an answer: a birth date and the last digits of a document, in whatever words."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from understanding.normalize import normalize
from understanding.numbers import write_digits

DOCUMENT: Final = r"\b(?:ine|ife|dni|cedula|dui|documento|credencial|identificacion|carnet|card|id|license|wallet)\b"
_MONTHS: Final = (
    "enero|ene|january|jan",
    "febrero|febero|feb|february",
    "marzo|mar|march",
    "abril|abr|april|apr",
    "mayo|may",
    "junio|jun|june",
    "julio|jul|july",
    "agosto|ago|august|aug",
    "septiembre|setiembre|sept|sep|set|september",
    "octubre|oct|october",
    "noviembre|nobiembre|nov|november",
    "diciembre|disiembre|dic|december|dec",
)
_MONTH: Final = "|".join(f"(?P<m{number}>{names})" for number, names in enumerate(_MONTHS, 1))
_YEAR: Final = r"(?P<year>(?:19|20)\d\d|\d\d)(?!\d)"
_OF_YEAR: Final = r"(?:ano (?:de )?|(?:the )?year (?:of )?)?"
_DAY: Final = r"(?<!\d)(?P<day>\d{1,2})(?: ?(?:st|nd|rd|th|ro|ero))?"
_WRITTEN: Final = [
    re.compile(pattern)
    for pattern in (
        r"(?<!\d)(?P<year>(?:19|20)\d\d) ?[-/. ] ?(?P<month>\d{1,2}) ?[-/. ] ?(?P<day>\d{1,2})(?!\d)",
        rf"{_DAY} ?[-/.] ?(?P<month>\d{{1,2}}) ?[-/.] ?{_YEAR}",
        (
            rf"{_DAY},? ?(?:de |del mes de |del |of |[-/.] ?)?(?:{_MONTH})\b\.?,? ?(?:de |del |of |in "
            rf"|[-/.] ?)?{_OF_YEAR}{_YEAR}"
        ),
        rf"\b(?:{_MONTH})\b\.?,? ?(?:el |the )?{_DAY},? ?(?:de |del |of |in )?{_OF_YEAR}{_YEAR}",
        rf"{_DAY} (?:de |del )?(?P<month>\d{{1,2}}) (?:de |del )?{_YEAR}",
        r"(?<!\d)(?P<day>\d{2})(?P<month>\d{2})(?P<year>(?:19|20)\d\d)(?!\d)",
    )
]
# 'The 12th of April': the year lacks.
_SOME_DAY: Final = r"(?<!\d)\d{1,2}(?: ?(?:st|nd|rd|th|ro|ero))?"
_SOME_MONTH: Final = rf"(?:{'|'.join(_MONTHS)})\b"
_BIRTHDAY: Final = re.compile(
    rf"{_SOME_DAY},? ?(?:de |del mes de |del |of |[-/.] ?)?{_SOME_MONTH}"
    rf"|\b{_SOME_MONTH}\.?,? ?(?:el |the )?{_SOME_DAY}(?!\d)"
    r"|(?<![\d/.-])\d{1,2} ?[-/] ?\d{1,2}(?! ?[\d/.-])"
)
_ONLY_YEAR: Final = re.compile(
    rf"\W*(?:(?:(?:en|in|de|del|el|ano|the|year|of|naci|i was born|born|es|fue|it was|its|ah|perdon|sorry|si|yes|pues"
    rf"|bueno|ok|mil novecientos)\W+)*){_YEAR}\W*"
)
# Mexico's CURP and RFC hold the birth date: 'HERG850412MDF…'.
_REGISTERED: Final = re.compile(
    r"\b[a-z]{4}(?P<year>\d\d)(?P<month>\d{2})(?P<day>\d{2}) ?(?:[hmx][a-z]{5} ?[a-z\d]\d|[a-z\d]{3})?\b"
)
_DIGIT_WORDS: Final = {
    word: digit
    for digit, words in enumerate(
        ["cero zero", "uno un one", "dos two", "tres three", "cuatro four", "cinco five", "seis six", "siete seven",
         "ocho eight", "nueve nine"]
    )
    for word in words.split()
}  # fmt: skip
_ENDING: Final = re.compile(
    r"\b(?:termin\w*|ultim[oa]s|ending|ends?|last|ine|ife|dni|cedula|documento|credencial|id|identificacion"
    r"|curp|digitos|digits|folio|numero)\b"
    r"(?: (?:es|son|en|de|del|la|el|mi|los|las|con|in|with|is|are|cuatro|4|numeros?|digitos?|digits?|four|my"
    r"|the|documento|ine|number|id|credencial|ultimos?|cifras)\b|[ :,.#-])*"
    r"(?P<digits>\d(?:[ -]?\d){3,})(?!\d)"
)
_LONE: Final = re.compile(r"(?<![\d/.-])\d{2}[ -]?\d{2}(?![\d/-]|\.\d)|(?<![\d/.-])\d(?:[ -]\d){3}(?![\d/-])")


@dataclass(frozen=True)
class IdentityProof:
    """Each datum None when it was not given or names no possible day."""

    birth_date: date | None = None
    document_ending: str | None = None


def read_identity(text: str) -> IdentityProof:
    """Birth dates are dd/mm/yyyy; two-digit years are of the last hundred years. The ending is the last four digits."""
    registered = _REGISTERED.search(text.casefold())
    if registered and (born := _birth_date(registered)):
        return IdentityProof(born, None)
    plain = _spoken_digits(normalize(text))
    for pattern in _WRITTEN:
        m = pattern.search(plain)
        found = _birth_date(m) if m else None
        if m and found:
            rest = plain[: m.start()] + " ; " + plain[m.end() :]
            return IdentityProof(found, _ending(rest))
    return IdentityProof(None, _ending(plain))


def names_document(text: str) -> bool:
    """More than four digits by themselves, which may be an amount."""
    return re.search(DOCUMENT, normalize(text)) is not None


def names_only_birthday(text: str) -> str | None:
    """The day and month of a birth date whose year lacks, in words that a year may follow; None for anything else."""
    plain = _spoken_digits(normalize(text))
    whole = read_identity(text)
    if whole.birth_date is not None or whole.document_ending is not None:
        return None
    m = _BIRTHDAY.search(plain)
    return m[0].strip(" .,") if m else None


def with_birthday(birthday: str | None, text: str) -> str:
    """'12 de abril', then '1985' or 'del 85': the whole birth date, where the text adds a year and nothing else."""
    if birthday is None:
        return text
    year = _ONLY_YEAR.fullmatch(_spoken_digits(normalize(text)))
    between = " " if birthday[-1].isalpha() or birthday[0].isalpha() else "/"
    return f"{birthday}{between}{year['year']}" if year else text


def without_birth_date(text: str) -> str:
    """The text without the birth date in it, which is no date of a payment."""
    plain = _spoken_digits(normalize(text))
    for pattern in _WRITTEN:
        m = pattern.search(plain)
        if m and _birth_date(m):
            return f"{plain[: m.start()]} ; {plain[m.end() :]}"
    return text


def _spoken_digits(plain: str) -> str:
    """'cuatro tres dos uno' as '4 3 2 1'; other number words by their value ('cuarenta y tres veintiuno')."""
    words = plain.split(" ")
    spoken = [word.strip(",.;") in _DIGIT_WORDS for word in words]
    for at, word in enumerate(words):
        if any(spoken[max(0, at - 3) : at + 4].count(True) >= 4 for _ in [0]) and spoken[at]:
            words[at] = str(_DIGIT_WORDS[word.strip(",.;")])
    return write_digits(" ".join(words))


def _birth_date(m: re.Match[str]) -> date | None:
    groups = m.groupdict()
    named = [number for number in range(1, 13) if groups.get(f"m{number}")]
    month = named[0] if named else int(groups["month"])
    year = int(groups["year"])
    if year < 100:
        # Borrowers are adults: '05' is 2005 and '26' is 1926.
        year += 2000 if year <= 12 else 1900
    try:
        return date(year, month, int(groups["day"]))
    except ValueError:
        return None


def _ending(plain: str) -> str | None:
    m = _ENDING.search(plain) or _LONE.search(plain)
    return re.sub(r"\D", "", m.group("digits") if "digits" in m.re.groupindex else m.group())[-4:] if m else None
