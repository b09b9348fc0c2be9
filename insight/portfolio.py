"""Balance figures of one currency: how large the portfolio is and how much of it is late."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from insight.ages import AgeGroup
from loans import measures
from loans.arrears import AgeRange, range_of

# PAR1 is PAR0 of the trade: more than no day late. The others count above their number.
PAR_DAYS: Mapping[str, int] = {"par1": 0, "par30": 30, "par60": 60, "par90": 90}


@dataclass(frozen=True, slots=True)
class Par:
    """Shares of the gross portfolio; the CGAP form adds all restructured loans."""

    share: Decimal
    incl_restructured: Decimal


@dataclass(frozen=True, slots=True)
class Bucket:
    name: str
    loans: int
    balance: int
    principal: int


@dataclass(frozen=True, slots=True)
class Portfolio:
    """Amounts in minor units of `currency`; `gross` is the outstanding principal, `overdue` what is due and unpaid."""

    currency: str
    borrowers: int
    loans: int
    balance: int
    gross: int
    overdue_loans: int
    overdue: int
    par: Mapping[str, Par]
    imor: Decimal
    buckets: tuple[Bucket, ...]


def portfolio(
    currency: str, groups: Collection[AgeGroup], borrowers: int, ranges: Sequence[AgeRange], imor_days: int
) -> Portfolio:
    """Of the active loans in `groups`, all in this currency."""
    return Portfolio(
        currency=currency,
        borrowers=borrowers,
        loans=sum(group.loans for group in groups),
        balance=sum(group.balance for group in groups),
        gross=sum(group.principal for group in groups),
        overdue_loans=sum(group.loans for group in groups if group.days_past_due),
        overdue=sum(group.overdue for group in groups),
        par={name: par(groups, days) for name, days in PAR_DAYS.items()},
        imor=measures.imor(_figures(groups), imor_days),
        buckets=tuple(_bucket(each, groups, ranges) for each in ranges),
    )


def par(groups: Collection[AgeGroup], days: int) -> Par:
    figures = _figures(groups)
    return Par(measures.par(figures, days), measures.par(figures, days, include_restructured=True))


def _figures(groups: Collection[AgeGroup]) -> list[measures.LoanFigures]:
    """Ratios weigh by principal, so loans of the same age count like one large loan."""
    return [measures.LoanFigures(each.principal, each.days_past_due, each.restructured) for each in groups]


def _bucket(wanted: AgeRange, groups: Collection[AgeGroup], ranges: Sequence[AgeRange]) -> Bucket:
    held = [each for each in groups if range_of(each.days_past_due, ranges) == wanted]
    return Bucket(
        wanted.name,
        loans=sum(each.loans for each in held),
        balance=sum(each.balance for each in held),
        principal=sum(each.principal for each in held),
    )
