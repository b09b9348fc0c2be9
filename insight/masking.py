"""What a borrower wrote without what tells who they are: names, phones, folios and other numbers give way to marks.

Amounts and days stay, because the words around them are learnt with them: 'el viernes 500' is kept as it is.
"""

import re
import unicodedata
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Final

from insight.names_said import without_names

_MONTHS: Final = "ene|feb|mar|abr|may|jun|jul|ago|sep|set|oct|nov|dic|jan|apr|aug|dec"  # Written out they begin so.
_MONTH: Final = rf"(?:{_MONTHS})[a-zé]*\.?"
# Nobody who borrows was born later, and no payment is promised for an earlier year.
_YEAR_TO_COME: Final = r"20(?:1[3-9]|[2-9]\d)|(?:1[3-9]|[2-5]\d)"
_YEAR_GONE: Final = r"(?:19\d\d|200\d|201[0-2]|0\d|1[0-2]|[6-9]\d)"
_DAY: Final = r"(?:3[01]|[12]\d|0?[1-9])"
_MONTH_NUMBER: Final = r"(?:1[0-2]|0?[1-9])"
_ALONE: Final = (r"(?<![\w.,/-])", r"(?![\w/-]|[.,]\w)")
_KEPT: Final = re.compile(
    "|".join(
        _ALONE[0] + each + _ALONE[1]
        for each in (
            rf"{_DAY}[-/.]{_MONTH_NUMBER}(?:[-/.](?:{_YEAR_TO_COME}))?",
            rf"(?:{_YEAR_TO_COME})-{_MONTH_NUMBER}-{_DAY}",
            rf"{_DAY}[-/ ](?:de )?{_MONTH}(?:[-/ ](?:de |del )?(?:{_YEAR_TO_COME}))?",
            r"\$?\d{1,3}(?:,\d{3}){1,2}(?:\.\d\d)?",  # 1,500.00
            r"\$?\d{1,3}(?:\.\d{3}){1,2}(?:,\d\d)?",  # 1.500,00
            r"\$?\d{1,4}[.,]\d{1,2}",
            r"\d{1,2}:\d\d",
        )
    ),
    re.IGNORECASE,
)
_LONGEST_AMOUNT: Final = 7  # digits; more of them are the number of a document, whatever stands between
_CONTACT: Final = re.compile(
    r"\S{1,64}@\S{1,64}\.\w+|(?:https?://|www\.)\S+|(?<!\w)@\w{3,}|\b[\w-]+\.(?:com|net|org|mx|me|co|link)(?:/\S*)?\b",
    re.IGNORECASE,
)
_BORN: Final = re.compile(
    rf"(?<![\d/.-]){_DAY} ?[-/. ] ?{_MONTH_NUMBER} ?[-/. ] ?{_YEAR_GONE}(?!\d)"
    rf"|(?<!\d){_YEAR_GONE}[-/.]{_MONTH_NUMBER}[-/.]{_DAY}(?!\d)"
    rf"|(?<!\d){_DAY}[ /-]*(?:de |del |of )?{_MONTH}[ ,/-]*(?:de |del |of )?(?:19\d\d|20(?:0\d|1[0-2])|[6-9]\d)(?!\d)"
    rf"|\b{_MONTH} (?:the )?{_DAY}(?:st|nd|rd|th)?,? (?:de |del |of )?(?:19\d\d|20(?:0\d|1[0-2]))(?!\d)"
    r"|(?:(?<=\bnac[ií] )|(?<=\bnaci[oó] )|(?<=\bnacid[oa] )|(?<=\bborn ))[\w /.-]{0,24}\d(?!\d)",
    re.IGNORECASE,
)
# Whatever follows one of these is a number of somebody or something, even if it is short.
_LABELLED: Final = re.compile(
    r"(?P<label>(?:\b(?:folios?|referencia|ref|contrato|ine|ife|curp|rfc|nss|clabe|dni|dui|dpi|nit|c[eé]dula|pasaporte"
    r"|documento|credencial|terminaci[oó]n|terminad[oa]s? en|terminan? en|[uú]ltim[oa]s(?: cuatro| 4)?"
    r"(?: d[ií]gitos| n[uú]meros)?|n[uú]mero|n[uú]m|nro|no\.|tel[eé]fono|tel|cel|celular|whats(?:app)?|pin|nip|clave"
    r"|c[oó]digo|reference|passport|licen[cs]e|ending|ends|last (?:four|4)(?: digits)?|number|phone|code)\b|\#)"
    r"(?:[ :.,#-]|\b(?:es|son|de|del|mi|la|el|los|las|en|con|su|cuenta|pr[eé]stamo|cr[eé]dito|cliente|tarjeta|n[uú]mero"
    r"|is|are|of|my|the|in|with|account|loan|card|number|four|cuatro)\b)*)"
    r"(?P<number>(?=[^\s,;]*\d)(?:[A-Za-z]{1,6}[ -]?)?\d[\w-]*(?:[ -]\d+)*)",
    re.IGNORECASE,
)
_SHORTEST_LABELLED: Final = 3
_SEPARATOR: Final = r"(?:,|[ \t.\-/()]{1,3})"
_CHAIN: Final = re.compile(rf"\+?\(?\d(?:{_SEPARATOR}?\d)*")
_LONGEST_CHAIN: Final = 6  # digits in a row, separated or not: '1500 20'
_CODE: Final = re.compile(r"(?<![^\W_])(?=[^\W_]*-?[^\W_]*\d)(?=[\d-]*[^\W\d_])[^\W_]+(?:-[^\W_]+)*(?![^\W_])")
_GLUED: Final = re.compile(
    r"Q\d{2,5}|[$]?\d{1,4}[^\W\d_]+|[^\W\d_]{2,}\d{1,4}|[^\W\d_]{4,}-\d{1,4}|\d{1,4}-[^\W\d_]{2,}"
)
_DIGIT: Final = (
    "cero|uno?|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|zero|one|two|three|four|five|six|seven|eight|nine|oh"
)
_SPELT: Final = re.compile(rf"\b(?:{_DIGIT})(?:[ ,.-]{{1,2}}(?:{_DIGIT})){{3,}}\b", re.IGNORECASE)
_UNITS: Final = frozenset({"mxn", "usd", "cop", "pen", "gtq", "pesos", "soles", "quetzales", "dolares", "mil", "k"})
_LONG_RUN: Final = re.compile(r"\d{5,}")


@dataclass(frozen=True, slots=True)
class Marks:
    """What stands in the place of what is hidden."""

    name: str
    number: str
    contact: str


@dataclass(frozen=True, slots=True)
class Known:
    """Names of people and of bodies, and the numbers of borrowers and loans, that a text may hold."""

    people: Collection[str] = ()
    bodies: Collection[str] = ()
    numbers: Collection[str] = ()


def masked(text: str, known: Known, marks: Marks) -> str:
    """On one line. What nobody could know, such as a neighbour's name in small letters, stays."""
    text = _CONTACT.sub(marks.contact, _plain(text))
    for number in sorted(known.numbers, key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(_plain(number))}(?!\w)", marks.number, text, flags=re.IGNORECASE)
    text = _LABELLED.sub(lambda found: _labelled(found, marks.number), _BORN.sub(marks.number, text))
    text = _SPELT.sub(marks.number, text)
    text = _outside(_KEPT, text, lambda piece: _without_numbers(piece, marks.number))
    text = _LONG_RUN.sub(marks.number, text)
    text = without_names(text, known.people, known.bodies, marks.name, spared=(marks.number, marks.contact))
    return " ".join(text.split())


def _plain(text: str) -> str:
    """Composed letters, no invisible signs that could part a number, no control characters."""
    shown = list[str]()
    for each in " ".join(unicodedata.normalize("NFC", text).split()):
        within_emoji = each == "\u200d" and bool(shown) and unicodedata.category(shown[-1]) in {"So", "Sk", "Mn"}
        if within_emoji or unicodedata.category(each) not in {"Cc", "Cf", "Cs", "Co", "Cn"}:
            shown.append(each)
    return unicodedata.normalize("NFC", "".join(shown))


def _labelled(found: re.Match[str], mark: str) -> str:
    digits = sum(each.isdigit() for each in found["number"])
    return found[0] if digits < _SHORTEST_LABELLED else found["label"] + mark


def _outside(kept: re.Pattern[str], text: str, change: Callable[[str], str]) -> str:
    """`change` is done to all between what is kept."""
    pieces, last = list[str](), 0
    for found in kept.finditer(text):
        if sum(each.isdigit() for each in found[0]) > _LONGEST_AMOUNT and not re.search(r"[-/ ]", found[0]):
            continue
        pieces += [change(text[last : found.start()]), found[0]]
        last = found.end()
    return "".join([*pieces, change(text[last:])])


def _without_numbers(piece: str, mark: str) -> str:
    piece = _CODE.sub(lambda found: found[0] if _is_glued(found[0]) else mark, piece)
    return _CHAIN.sub(lambda found: _chain(found[0], mark), piece)


def _is_glued(code: str) -> bool:
    """'500pesos' and 'pago500' are words without the space; 'P-1001' and 'HEGG850412' are codes."""
    if sum(each.isdigit() for each in code) < _SHORTEST_LABELLED:
        return True
    letters = "".join(each for each in code if each.isalpha())
    usual = letters.islower() or letters.casefold() in _UNITS or letters == "Q"  # quetzales
    return usual and _GLUED.fullmatch(code) is not None


def _chain(chain: str, mark: str) -> str:
    digits = sum(each.isdigit() for each in chain)
    return mark if digits > _LONGEST_CHAIN else chain
