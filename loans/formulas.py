"""Annuity formulas in exact decimals. Money going out is positive, unlike the spreadsheet functions."""

from decimal import Decimal


def pmt(rate: Decimal, n: int, pv: Decimal, fv: Decimal = Decimal(0), *, begin: bool = False) -> Decimal:
    """The level payment that brings `pv` to `-fv` in `n` periods at `rate` per period.

    `begin` puts each payment at the start of its period.
    """
    if n < 1:
        raise ValueError(f"n is {n}: a loan needs at least 1 period")
    if rate == 0:
        return (pv + fv) / n
    growth = (1 + rate) ** n
    payment = (pv * growth + fv) * rate / (growth - 1)
    return payment / (1 + rate) if begin else payment


def ipmt(rate: Decimal, k: int, n: int, pv: Decimal, fv: Decimal = Decimal(0), *, begin: bool = False) -> Decimal:
    """The interest inside payment `k` (1 is the first)."""
    if not 1 <= k <= n:
        raise ValueError(f"k is {k}: it must lie between 1 and n, which is {n}")
    if begin and k == 1:
        return Decimal(0)
    payment = pmt(rate, n, pv, fv, begin=begin)
    interest = _balance(rate, k - 1, pv, payment, begin=begin) * rate
    return interest / (1 + rate) if begin else interest


def ppmt(rate: Decimal, k: int, n: int, pv: Decimal, fv: Decimal = Decimal(0), *, begin: bool = False) -> Decimal:
    """The principal inside payment `k` (1 is the first)."""
    return pmt(rate, n, pv, fv, begin=begin) - ipmt(rate, k, n, pv, fv, begin=begin)


def _balance(rate: Decimal, k: int, pv: Decimal, payment: Decimal, *, begin: bool) -> Decimal:
    """What is owed at the end of period `k`; at the start of a period's payment when `begin`."""
    if rate == 0:
        return pv - payment * k
    growth = (1 + rate) ** k
    paid = payment * (growth - 1) / rate
    return pv * growth - (paid * (1 + rate) if begin else paid)
