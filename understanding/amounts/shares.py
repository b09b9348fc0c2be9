"""Shares of what is owed: 'la mitad', 'una tercera parte', 'dos quintos', '3/4', 'el 30%'."""

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Final

_PARTS: Final = {
    "tercera": 3, "tercio": 3, "third": 3, "cuarta": 4, "cuarto": 4, "quarter": 4, "quinta": 5, "quinto": 5, "fifth": 5,
    "sexta": 6, "sexto": 6, "sixth": 6, "octava": 8, "octavo": 8, "eighth": 8, "decima": 10, "decimo": 10, "tenth": 10,
}  # fmt: skip
_SPANISH: Final = "tercera|cuarta|quinta|sexta|octava|decima|3 ra|3 era|4 ta|5 ta"
_TOP: Final = r"(?:(?P<top>[1-9]|una?|one|a|la|las|the|el) )*"
_HALF: Final = re.compile(
    r"(?<!por )\b(?:la |una |el |1 |nomas |otra )*(?<!por la )(?:mitad|la otra mitad)\b(?! de (?:mes|semana|diciembre"
    r"|enero|(?:mi|su) (?:sueldo|salario|aguinaldo|raya)))|\bhalf(?: of it)?\b(?! (?:an hour|a grand|day|year|hour))"
    r"|(?<![\d/])1/2(?![\d/])|\bmedi[oa] (?:cuota|pago|mensualidad|letra|abono|parte|semana de pago)\b"
)
_ONE_MORE: Final = r"(?:el |the )?(?:otro|ultimo|primer|segundo|another|other|last|first|second)"
_NAMED: Final = re.compile(
    rf"\b{_TOP}(?P<part>{_SPANISH})s? partes?\b"
    rf"|\b(?P<top2>[1-9]|un|una|one|a|{_ONE_MORE}|el|the) (?P<part2>tercio|cuarto|quinto|sexto|octavo|decimo|third"
    r"|quarter|fifth|sixth|eighth|tenth)s?\b(?! (?:piso|grado|semana|week|pago|abono|mes|dia|aviso|mensaje|semestre"
    r"|time|day|month"
    r"|hora|de hora|del? (?:mes|ano)|of the (?:month|year)))"
    r"|\b(?P<part3>quarter) of\b|(?<![\d/.,])(?P<above>[1-9]) ?/ ?(?P<below>[2-9]|10)(?![\d/])"
)
_PERCENT: Final = re.compile(
    r"\b(?:el |un |the )?(\d{1,3}) ?(?:%|por ?ciento\b|percent\b)(?P<rate> (?:de (?:interes|descuento|comision|recargo"
    r"|iva)|(?:mas|extra|off|interest|discount|semanal|mensual|anual|mejor|seguro|segura|better|sure)|(?:de"
    r"|of) (?:mi|su|my|lo que) (?:sueldo|salario"
    r"|gano|ingresos?|salary|income|wages?|pay ?check)))?"
)
# 'El 60% hoy y el otro 40 el martes' leaves the second sign out.
_OTHER_PERCENT: Final = re.compile(r"\b(?:el otro|the other|y|and|el) (\d{1,2})\b(?! ?%|[.,/:]?\d| (?:pesos|de)\b)")
# 'Con un descuento del 20% liquido' pays everything, less something.
_RATE_BEFORE: Final = re.compile(
    r"\b(?:descuento|rebaja|interes(?:es)?|recargos?|comision|discount|interest|fee|iva|quita)(?: (?:de|del|of"
    r"|a|al|un|el)"
    r"| es| is)* ?$"
)
_OTHER_HALF: Final = re.compile(
    r"(?:(?<=y )|(?<=, ))(?:la )?(?:otra )?media\b(?! hora)|\b(?:la|the) (?:otra|other)(?: parte| one)?\b(?! (?:semana"
    r"|quincena|half|mitad|vez))"
)


_PAID: Final = re.compile(r"\b(?:pag\w*|doy|dar\w*|cubr\w*|abon\w*|deposit\w*|tres|3) (?:\w+ ){0,2}$")


def find_shares(text: str) -> Iterator[tuple[int, int, Fraction]]:
    """Start, end and share, 1 for a hundred per cent."""
    halves = [(m.start(), m.end(), Fraction(1, 2)) for m in _HALF.finditer(text)]
    yield from halves
    for m in _NAMED.finditer(text):
        share = _share(m)
        if 0 < share < 1 and not (m["part2"] == "cuarto" and _is_room(text, m)):
            yield m.start(), m.end(), share
    percents = [
        m
        for m in _PERCENT.finditer(text)
        if not m["rate"] and 0 < int(m[1]) <= 100 and not _RATE_BEFORE.search(text[: m.start()])
    ]
    yield from ((m.start(), m.end(), Fraction(int(m[1]), 100)) for m in percents)
    if len(percents) == 1:
        others = _OTHER_PERCENT.finditer(text, percents[0].end())
        yield from (
            (m.start(), m.end(), Fraction(int(m[1]), 100)) for m in others if int(m[1]) + int(percents[0][1]) == 100
        )
    if len(halves) == 1:
        yield from ((m.start(), m.end(), Fraction(1, 2)) for m in _OTHER_HALF.finditer(text, halves[0][1]))


def _is_room(text: str, m: re.Match[str]) -> bool:
    """'El cuarto' is a room, 'un cuarto de la deuda' or 'pago un cuarto' is not."""
    return not (_PAID.search(text[: m.start()]) or re.match(r" (?:de|del|·)", text[m.end() :]))


def _share(m: re.Match[str]) -> Fraction:
    if m["above"]:
        return Fraction(int(m["above"]), int(m["below"]))
    top, part = m["top"] or m["top2"] or "1", m["part"] or m["part2"] or m["part3"]
    bottom = int(part[0]) if part[0].isdigit() else _PARTS[part]
    return Fraction(int(top) if top.isdigit() else 1, bottom)
