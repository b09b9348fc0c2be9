"""How finely money is counted: the peso of Mexico in hundredths, that of Chile whole (ISO 4217, as Babel knows it)."""

from decimal import Decimal
from functools import cache

from babel.core import get_global
from babel.numbers import get_currency_precision

USUAL = 2


@cache
def decimals(currency: str) -> int:
    return get_currency_precision(currency)


def unusual() -> dict[str, int]:
    """The currencies that have more or fewer decimals than USUAL."""
    known = {code for code in get_global("currency_fractions") if code != "DEFAULT"}
    return {code: decimals(code) for code in sorted(known) if decimals(code) != USUAL}


def in_minor_units(amount: Decimal, currency: str) -> Decimal:
    """No whole number if the amount is finer than the currency."""
    return amount.scaleb(decimals(currency))


def in_units(amount: int, currency: str) -> Decimal:
    """What `amount` minor units are, with the currency's decimals."""
    return Decimal(amount).scaleb(-decimals(currency))
