"""Number words of Spanish and English written as digits, also mixed with digits ('2 mil 500', 'mil quinientos')."""

import re
from typing import Final

from understanding.spelling import number_before_mil


def _counted(words: str, first: int, step: int = 1) -> dict[str, int]:
    """Words for first, first + step, ...: '|' parts the values, a space the words for one value."""
    return {word: first + step * at for at, names in enumerate(words.split("|")) for word in names.split()}


_UNITS: Final = _counted("dos two|tres three|cuatro four|cinco five|seis six|siete seven|ocho eight|nueve nine", 2)
_ONES: Final = {"un", "uno", "una", "one", "a"}
_TEENS: Final = _counted(
    "diez ten|once eleven|doce twelve|trece thirteen|catorce fourteen|quince fifteen|dieciseis sixteen"
    "|diecisiete seventeen|dieciocho eighteen|diecinueve nineteen||veintiun veintiuno veintiuna|veintidos|veintitres"
    "|veinticuatro|veinticinco|veintiseis|veintisiete|veintiocho|veintinueve",
    10,
)
_TENS: Final = _counted(
    "veinte twenty|treinta thirty|cuarenta forty|cincuenta fifty|sesenta sixty|setenta seventy|ochenta eighty"
    "|noventa ninety",
    20,
    10,
)
_ENGLISH_UNITS: Final = _counted("one|two|three|four|five|six|seven|eight|nine", 1)
_ENGLISH_TENS: Final = {"twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"}
_HUNDREDS: Final = _counted(
    "cien ciento|doscientos doscientas|trescientos trescientas|cuatrocientos cuatrocientas|quinientos quinientas"
    " quinienton quinientona|seiscientos|setecientos|ochocientos|novecientos",
    100,
    100,
)
# 'Cinco cientos', '5 hundred', 'dos quinientones'.
_TIMES: Final = {"hundred": 100, "hundreds": 100, "cientos": 100, "cientas": 100, "quinientones": 500}
_THOUSANDS: Final = {"mil", "thousand", "grand", "k", "miles"}
_MILLIONS: Final = {"millon", "millones", "million"}
_STARTS: Final = re.compile(
    r"\b(?:" + "|".join([*_UNITS, *_TEENS, *_TENS, *_HUNDREDS, *_THOUSANDS, *_MILLIONS, *_TIMES]) + r")\b"
)
_TOKEN: Final = re.compile(r"\d+(?:[.,]\d+)*|[a-z]+|[^\s]")
_THINGS: Final = {"of", "day", "week", "month", "time", "payment", "installment", "thing", "hundred", "thousand"}
_CENTS: Final = re.compile(r"\b(\d+)(?: pesos)? (?:con |y )?(\d\d) centavos\b")
# 'De 150 en 150' is 150 each time.
_ROUNDS: Final = re.compile(r"\bde (?:a )?(\d+) en \1\b")
_POINT: Final = re.compile(r"\b(\d+) (?:punto|point) (\d\d?)\b")
# Voice and hurry part or join the words of one number.
_RESPELLED: Final = [
    (re.compile(pattern), right)
    for pattern, right in (
        (r"\bpor ?ciento\b|\bpercent\b", "%"),
        (r"\b(?:medio millon(?: de)?|half a million)\b", "500000"),
        (r"\b(?<!un )(?<!1 )millon y medio(?: de)?\b", "un millon quinientos mil"),
        (r"\b(millon(?:es)?) y medio(?: de)?\b", r"\1 quinientos mil"),
        # 'Two and a half thousand'.
        (
            r"\b(one|two|three|four|five|six|seven|eight|nine|ten) and a half (thousand|grand)\b",
            r"\1 thousand five hundred",
        ),
        (r"\b([1-9]) and a half (?:thousand|grand)\b", r"\g<1>500"),
        (r"\b(?:el|the) (?=(?:otro|ultimo|other|last) (?:tercio|cuarto|quinto|third|quarter|fifth)\b)", ""),
        (r"\bmedi[oa] (?:deuda|saldo|adeudo|prestamo|credito|cuenta)\b", "la mitad"),
        # 'Saturday, once my pension clears' is no eleventh.
        (
            r"\bonce (?=(?:i|ive|im|we|were|my|our|the|he|she|they|it|its|that|this|you|your|everything|payday|people"
            r"|customers|work|business)\b)",
            "when ",
        ),
        # Who keeps their word 'al cien' keeps all of it.
        (r"\b(cumpl\w+|estoy|ando|sigo|estamos|respond\w+|quedo)((?: \w+)?) al (?:cien|100)\b(?! ?%)", r"\1\2"),
        (r"\b(?:7|siete)[ -]?eleven\b", "super"),
        (r"\b(el|al|del|un) seven\b", r"\1 super"),
        # 'Siento cincuenta' is 150, 'lo siento' is not.
        (
            r"(?<!lo )(?<!me )\bsiento (?=(?:y )?(?:diez|once|doce|trece|catorce|quince|dieci\w+|veint[ei]\w*|treinta"
            r"|cuarenta|cincuenta|sesenta|setenta|ochenta|noventa)\b)",
            "ciento ",
        ),
        (r"\b(veinti|dieci|venti) (?=(?:un|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve)\b)", r"\1"),
        (r"\bventi(?=un|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve)", "veinti"),
        (
            r"\b(treinta|cuarenta|cincuenta|sesenta|setenta|ochenta|noventa)[iy]"
            r"(?=(?:uno?|dos|tres|cuatro|cinco|seis|siete|ocho|nueve)\b)",
            r"\1 y ",
        ),
        (r"\b(dos|tres|cuatro|cinco|seis|siete|ocho|nueve)cient[oa]s\b", r"\1 cientos"),
        # 'Dosmil cien', 'milquinientos': written as they are said.
        (r"\b(dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|quince|veinte|treinta)mil\b", r"\1 mil"),
        (r"\bmil(cien|ciento|doscientos|trescientos|cuatrocientos|quinientos|seiscientos|setecientos)\b", r"mil \1"),
        (r"\b(do|tre)cient([oa]s)\b", r"\1scient\2"),
    )
]
_BEFORE_MIL: Final = re.compile(r"\b(?!tras\b|once\b)[a-z]+(?= mil\b)")
_THANKS: Final = re.compile(
    r"\b(?:mil|a thousand|thousand) (?=gracias|disculpas|perdones|veces|bendiciones|mensajes|cosas|problemas|thanks"
    r"|apologies|times|amores|besos|saludos|perdon|felicidades|cosas)|(?<=gracias )mil\b"
)


def write_digits(text: str) -> str:
    """Replace number words in a normalised text; 'un', 'una', 'one', 'a' alone stay words (articles)."""
    text = _THANKS.sub("", text)
    for pattern, right in _RESPELLED:
        text = pattern.sub(right, text)
    text = _ORDINAL.sub(_ordinal, text)
    text = _BEFORE_MIL.sub(lambda word: number_before_mil(word[0]), text)
    if not _STARTS.search(text):
        return _ROUNDS.sub(r"de \1", text)
    spans = [(m.group(), m.start(), m.end()) for m in _TOKEN.finditer(text)]
    words = [word for word, _, _ in spans]
    pieces, position, at = [], 0, 0
    while at < len(words):
        value, used = _number(words, at)
        if value is None or all(word[0].isdigit() for word in words[at : at + used]):
            at += 1
            continue
        pieces += [text[position : spans[at][1]], value]
        position = spans[at + used - 1][2]
        at += used
    written = "".join([*pieces, text[position:]])
    written = _ROUNDS.sub(r"de \1", written)
    return _POINT.sub(r"\1.\2", _CENTS.sub(r"\1.\2 pesos", written))


def _number(words: list[str], at: int) -> tuple[str | None, int]:
    """The number starting at this word as digits, and how many words it takes."""
    if words[at].isdigit() and at and words[at - 1] in {"/", "-"}:
        # The last piece of '30/11/26 mil pesos' is a year.
        return None, 0
    value, used = _below_million(words, at)
    if not used and words[at] in _ONES and words[at + 1 : at + 2] and words[at + 1] in _MILLIONS:
        value, used = 1, 1
    if at + used < len(words) and words[at + used] in _MILLIONS and 0 < value < 1000:
        rest, more = _below_million(words, at + used + 1)
        value, used = value * 1_000_000 + rest, used + 1 + more
    if not used:
        return None, 0
    whole = int(value)
    return (str(whole) if value == whole else f"{value:.2f}"), used


def _below_million(words: list[str], at: int) -> tuple[float, int]:
    value, used = _below_thousand(words, at, digits=True)
    if at + used < len(words) and words[at + used] in _THOUSANDS and value < 1000:
        word = words[at + used]
        if not used and word not in {"mil", "thousand"}:
            return 0, 0
        if word == "k" and not words[at][0].isdigit():
            return value, used
        rest, more = _below_thousand(words, at + used + 1, digits=True, after_thousand=True)
        return (value or 1) * 1000 + rest, used + 1 + more
    if used and words[at] in _ONES and used == 1:
        return 0, 0
    return value, used


_ORDINALS: Final = _counted(
    "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth"
    "|fifteenth"
    "|sixteenth|seventeenth|eighteenth|nineteenth|twentieth",
    1,
) | {"thirtieth": 30}
# 'The fifth' is a day, 'a fifth' a share, 'the fifth week' neither.
_ORDINAL: Final = re.compile(
    r"\b(?:(?P<tens>twenty|thirty)[ -](?P<unit>first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)"
    rf"|(?:(?<=the )|(?<=on )|(?<=by ))(?P<word>{'|'.join(_ORDINALS)}))\b(?! (?:week|half|one|part|payment"
    rf"|installment"
    rf"|time|month"
    r"|quarter|monday|tuesday|wednesday|thursday|friday|saturday|sunday|of (?:it|the (?:debt|balance))))"
)


def _ordinal(m: re.Match[str]) -> str:
    number = _ORDINALS[m["word"] or m["unit"]] + {"twenty": 20, "thirty": 30}.get(m["tens"] or "", 0)
    return f"{number} th" if m["word"] != "first" else m[0]


def _below_thousand(words: list[str], at: int, digits: bool = False, after_thousand: bool = False) -> tuple[float, int]:
    def word(ahead: int) -> str:
        return words[at + ahead] if at + ahead < len(words) else ""

    first = word(0)
    is_counted = len(first) == 1 and word(1) in _TIMES
    if digits and first[:1].isdigit() and not is_counted:
        return _digits(first, word(1), after_thousand)
    if after_thousand and first == "and":
        rest, more = _last(words, at + 1)
        return (rest, more + 1) if more else (0, 0)
    if first in _HUNDREDS:
        rest, more = _last(words, at + 1)
        return _HUNDREDS[first] + rest, 1 + more
    value, used = (int(first), 1) if first.isdigit() else (_last if after_thousand else _tens)(words, at)
    if not used and first in _ONES and word(1) in ({*_TIMES} if after_thousand else {*_THOUSANDS, *_MILLIONS, *_TIMES}):
        value, used = 1, 1
    # 'Hundred and fifty' leaves the 'one' out.
    is_implied = not used and first == "hundred" and not after_thousand
    if is_implied:
        value = 1
    if (used or is_implied) and word(used) in _TIMES:
        value, used = value * _TIMES[word(used)], used + 1
        link = 1 if word(used) == "and" else 0
        rest, more = _last(words, at + used + link)
        if more and word(used + link + more) not in {*_TIMES, *_THOUSANDS}:
            return value + rest, used + link + more
    return value, used


def _digits(first: str, second: str, after_thousand: bool) -> tuple[float, int]:
    if after_thousand:
        whole, _, decimals = first.replace(",", ".").partition(".")
        is_rest = 2 <= len(whole) <= 3 and len(decimals) < 3 and second not in {"de", "/", "%", "dias", "semanas"}
        return (float(f"{whole}.{decimals or 0}"), 1) if is_rest else (0, 0)
    if second in _THOUSANDS or second in _MILLIONS:
        whole, _, decimals = first.replace(",", ".").partition(".")
        if len(whole) <= 3 and len(decimals) < 3 and "." not in decimals:
            return float(f"{whole}.{decimals or 0}"), 1
    return 0, 0


def _last(words: list[str], at: int) -> tuple[float, int]:
    """What ends a longer number: below one hundred, and here 'uno' counts ('doscientos uno')."""
    value, used = _tens(words, at)
    ending, following = (*words[at : at + 2], "", "")[:2]
    if not used and (
        ending == "uno" or (ending == "un" and following == "pesos") or (ending == "one" and following not in _THINGS)
    ):
        return 1, 1
    return value, used


def _tens(words: list[str], at: int) -> tuple[float, int]:
    """A number below one hundred, or 'two fifty': 'quince', 'treinta y cinco', 'twenty-five'."""

    def word(ahead: int) -> str:
        return words[at + ahead] if at + ahead < len(words) else ""

    first = word(0)
    dash = 1 if word(1) == "-" else 0
    if first in _ENGLISH_UNITS and word(1 + dash) in _ENGLISH_TENS:
        # 'Two fifty' is said for 250.
        tens, more = _tens(words, at + 1 + dash)
        return _ENGLISH_UNITS[first] * 100 + tens, 1 + dash + more
    if first in _TEENS:
        return _TEENS[first], 1
    if first in _UNITS:
        return _UNITS[first], 1
    if first not in _TENS:
        return 0, 0
    link = 1 if word(1) in {"y", "i", "-"} else 0
    unit = word(1 + link)
    if unit in _UNITS or (unit in _ONES and unit != "a" and link):
        return _TENS[first] + _UNITS.get(unit, 1), 2 + link
    return _TENS[first], 1
