"""Diminutives of the nouns that offers are made of: 'dolaritos', 'semanitas', 'cuotita', 'mesecito'."""

from collections.abc import Iterator
from typing import Final

_MONEY: Final = "peso varo baro dolar quetzal lempira cordoba colon boliviano bolivar guarani euro balboa sol real"
_OTHERS: Final = (
    "dia semana quincena catorcena mes fecha plazo prorroga tiempo chance cuota letra ficha mensualidad abono pago"
    " deposito resto saldo deuda prestamo credito atraso mitad parte diferencia recibo cien mil quince veinte treinta"
    " cuarenta cincuenta sesenta setenta ochenta noventa lunes martes miercoles jueves viernes sabado domingo"
)
_PLURAL_ONLY: Final = (
    "cientos doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos"
)
_FEMININE: Final = frozenset({"mensualidad", "mitad", "parte"})
# A short noun takes the long ending: 'solito' is alone, and a 'partita' is no part.
_LONG_ENDING: Final = frozenset({"sol", "mes", "parte", "mil"})
_BEFORE_I: Final = {"c": "qu", "g": "gu", "z": "c"}


def diminutives() -> dict[str, str]:
    """Every diminutive and the noun it stands for: 'semanitas' is 'semanas', 'dolarcito' 'dolares'."""
    known = {f"{noun[:-2]}itos": noun for noun in _PLURAL_ONLY.split()}
    for noun in _MONEY.split():
        known |= {little + ending: _plural(noun) for little in _little(noun) for ending in ("", "s")}
    for noun in _OTHERS.split():
        known |= dict.fromkeys(_little(noun), noun)
        known |= {f"{little}s": _plural(noun) for little in _little(noun)}
    return known


def _little(noun: str) -> Iterator[str]:
    """'Cuotita', 'paguito', 'mesecito' and, as it is heard, 'mesesito'."""
    if noun[-1] in "oa":
        stem = noun[:-1]
        yield f"{stem[:-1]}{_BEFORE_I.get(stem[-1], stem[-1])}it{noun[-1]}"
        return
    stem, vowel = noun.removesuffix("e"), "a" if noun in _FEMININE else "o"
    yield from (f"{stem}{infix}it{vowel}" for infix in ("ec", "es"))
    if noun not in _LONG_ENDING:
        yield from (f"{noun.removesuffix('e')}{infix}it{vowel}" for infix in ("c", "s", ""))


def _plural(noun: str) -> str:
    if noun.endswith("s") and noun != "mes":
        return noun
    return noun + ("s" if noun[-1] in "aeio" else "es")
