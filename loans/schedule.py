"""What a borrower is to pay and when: instalments from the terms of a loan.

All money is integer minor units. The last instalment takes what rounding left over, so the principal always
adds up to the loan.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from itertools import pairwise
from typing import Literal

from loans.due_dates import CADENCES, Cadence, due_dates

Method = Literal["flat", "level", "equal_principal", "fixed_amount"]
Rounding = Literal["HALF_EVEN", "HALF_UP", "HALF_DOWN", "UP", "DOWN", "CEILING", "FLOOR"]

PERIOD_RATE = re.compile(r"\d+(\.\d+)?|annual([*/](days|[1-9]\d*))*")
# A fixed amount that needs more instalments than this hardly covers the interest: 23 years of weeks.
MOST_INSTALMENTS = 1200


@dataclass(frozen=True, slots=True)
class Terms:
    """A loan product's rules applied to one loan.

    principal: minor units. annual_rate: percent per year, 36 for 36 %. count: instalments; for `fixed_amount`
    it follows from `amount` and is not read.
    period_rate: the rate of one period, as in `annual/12`, `annual*14/364`, `annual*15/360`,
    `annual*days/365` (the actual days of each period) or a plain number such as `0.015`; empty takes the
    customary one of the cadence.
    level_from: the period rate that sizes level instalments, where it differs from the interest's.
    round_to, rounding: instalments are multiples of `round_to` minor units (100 = whole pesos).
    interest_unrounded: balances run on exact interest and are rounded only when shown.
    grace_principal_periods: at the start only interest is due. grace_interest_periods: no interest runs.
    amount: what is paid each time by `fixed_amount`, or a given level for `level`.
    first_due: the anchor of the dates; without it, one period after `disbursed_on`.
    """

    principal: int
    annual_rate: Decimal
    count: int
    disbursed_on: date
    method: Method = "level"
    cadence: Cadence = field(default=CADENCES["monthly"])
    first_due: date | None = None
    anchor_day: int | None = None
    period_rate: str = ""
    level_from: str = ""
    round_to: int = 1
    rounding: Rounding = "HALF_EVEN"
    interest_unrounded: bool = False
    grace_principal_periods: int = 0
    grace_interest_periods: int = 0
    amount: int | None = None

    def __post_init__(self) -> None:
        if self.principal < 1:
            raise ValueError(f"principal is {self.principal}: it must be above 0, in minor units")
        if self.annual_rate < 0:
            raise ValueError(f"annual_rate is {self.annual_rate}: it must be 0 or more, in percent")
        if not 1 <= self.count <= MOST_INSTALMENTS:
            raise ValueError(f"count is {self.count}: it must lie between 1 and {MOST_INSTALMENTS}")
        if not 0 <= self.grace_principal_periods < self.count or self.grace_interest_periods < 0:
            raise ValueError("grace periods must be 0 or more and leave an instalment for the principal")
        if self.round_to < 1:
            raise ValueError(f"round_to is {self.round_to}: it must be 1 or more, in minor units")
        if self.first_due and self.first_due < self.disbursed_on:
            raise ValueError(f"first_due {self.first_due} is before disbursed_on {self.disbursed_on}")
        if self.method == "fixed_amount" and not self.amount:
            raise ValueError("amount is missing: the fixed_amount method pays it each time")
        for name in (self.period_rate, self.level_from):
            if name and not PERIOD_RATE.fullmatch(name):
                raise ValueError(f"period rate {name!r} is not known: write it like annual/12 or annual*14/364")


@dataclass(frozen=True, slots=True)
class ScheduledInstalment:
    """One instalment in minor units; `n` counts from 1."""

    n: int
    due: date
    principal: int
    interest: int

    @property
    def total(self) -> int:
        return self.principal + self.interest


def schedule(terms: Terms) -> tuple[ScheduledInstalment, ...]:
    """All instalments of a loan, on its nominal due dates (`shift_non_working` moves them).

    Fewer than `count` come out where rounding up repays the loan before the end.
    """
    count = MOST_INSTALMENTS if terms.method == "fixed_amount" else terms.count
    dates = due_dates(
        terms.cadence, count, start=terms.disbursed_on, first_due=terms.first_due, anchor_day=terms.anchor_day
    )
    rates = _interest_rates(terms, dates)
    if terms.method == "flat":
        parts = _flat(terms, rates)
    elif terms.method == "equal_principal":
        parts = _equal_principal(terms, rates)
    elif terms.method == "level":
        parts = _falling_interest(terms, rates, terms.amount or _level(terms, dates))
    else:
        parts = _falling_interest(terms, rates, terms.amount or 0)
    return tuple(
        ScheduledInstalment(n, due, principal, interest)
        for n, (due, (principal, interest)) in enumerate(zip(dates, parts, strict=False), start=1)
    )


def _flat(terms: Terms, rates: Sequence[Decimal]) -> list[tuple[int, int]]:
    """The same interest each period, on the whole loan; the last takes both remainders."""
    free, paying = terms.grace_interest_periods, terms.count - terms.grace_principal_periods
    whole_interest = terms.principal * sum(rates, Decimal(0))
    each_interest = whole_interest / max(1, terms.count - free)
    parts: list[tuple[int, int]] = []
    balance, interest_left = terms.principal, _minor(whole_interest)
    for n in range(1, terms.count):
        exact = each_interest if n > free else Decimal(0)
        interest = min(_minor(exact), interest_left)
        principal = 0
        if n > terms.grace_principal_periods:
            total = _multiple(Decimal(terms.principal) / paying + exact, terms)
            principal = min(balance, max(0, total - interest))
        parts.append((principal, interest))
        balance -= principal
        interest_left -= interest
    return [*parts, (balance, interest_left)]


def _equal_principal(terms: Terms, rates: Sequence[Decimal]) -> list[tuple[int, int]]:
    each = _minor(Decimal(terms.principal) / (terms.count - terms.grace_principal_periods))
    parts: list[tuple[int, int]] = []
    balance = terms.principal
    for n, rate in enumerate(rates, start=1):
        principal = 0 if n <= terms.grace_principal_periods else min(each, balance)
        if n == terms.count:
            principal = balance
        parts.append((principal, _minor(balance * rate)))
        balance -= principal
        if balance == 0:
            break
    return parts


def _falling_interest(terms: Terms, rates: Sequence[Decimal], total: int) -> list[tuple[int, int]]:
    """Interest on the balance, `total` paid each time; the last of a given count takes the balance."""
    parts: list[tuple[int, int]] = []
    balance, exact = terms.principal, Decimal(terms.principal)
    for n, rate in enumerate(rates, start=1):
        interest = exact * rate if terms.interest_unrounded else Decimal(_minor(exact * rate))
        last = total >= exact + interest or (n == terms.count and terms.method == "level")
        if n > terms.grace_principal_periods:
            exact = Decimal(0) if last else min(exact, exact - total + interest)
        principal = balance - _minor(exact)
        parts.append((principal, _interest_beside(principal, interest, total, terms)))
        balance -= principal
        if balance == 0:
            return parts
    raise ValueError(f"amount is {terms.amount}: it does not repay the loan; raise it above the interest")


def _interest_beside(principal: int, interest: Decimal, total: int, terms: Terms) -> int:
    """Rounded interest; where it is kept unrounded, what makes the instalment `total` if that is within a cent."""
    if terms.interest_unrounded and abs(total - principal - interest) < 1:
        return total - principal
    return _minor(interest)


def _level(terms: Terms, dates: Sequence[date]) -> int:
    """P r / (1 - (1+r)^-n) in the form that also allows free, grace and unequal periods: P / sum of discounts."""
    discount, discounts = Decimal(1), Decimal(0)
    for n, rate in enumerate(_period_rates(terms, terms.level_from or terms.period_rate, dates), start=1):
        if n > terms.grace_principal_periods:
            if n > terms.grace_interest_periods:
                discount /= 1 + rate
            discounts += discount
    return _multiple(terms.principal / discounts, terms)


def _interest_rates(terms: Terms, dates: Sequence[date]) -> list[Decimal]:
    rates = _period_rates(terms, terms.period_rate, dates)
    free = min(terms.grace_interest_periods, len(rates))
    return [Decimal(0)] * free + rates[free:]


def _period_rates(terms: Terms, name: str, dates: Sequence[date]) -> list[Decimal]:
    form = name or _customary_rate(terms.cadence)
    if not form.startswith("annual"):
        return [Decimal(form)] * len(dates)
    rates = [terms.annual_rate / 100] * len(dates)
    for sign, factor in re.findall(r"([*/])(days|\d+)", form):
        if factor == "days":
            numbers = [(end - start).days for start, end in pairwise((terms.disbursed_on, *dates))]
        else:
            numbers = [int(factor)] * len(dates)
        rates = [r * x if sign == "*" else r / x for r, x in zip(rates, numbers, strict=True)]
    return rates


def _customary_rate(cadence: Cadence) -> str:
    """A year of 12 months, 24 half months, 52 weeks or 360 days."""
    if cadence.unit == "weeks":
        return f"annual*{cadence.every * 7}/364"
    if cadence.unit == "days":
        return f"annual*{cadence.every}/360"
    return "annual/24" if cadence.unit == "semimonthly" else f"annual*{cadence.every}/12"


def _minor(amount: Decimal) -> int:
    return int(amount.quantize(Decimal(1), ROUND_HALF_EVEN))


def _multiple(amount: Decimal, terms: Terms) -> int:
    return int((amount / terms.round_to).quantize(Decimal(1), f"ROUND_{terms.rounding}")) * terms.round_to
