"""The loans and cases behind numbers of Home, page by page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col

from insight.ages import RANGES, overdue_of_loan
from insight.home import IMOR_DAYS
from insight.portfolio import PAR_DAYS
from insight.scope import Condition, Scope
from insight.work import CASE, open_cases
from loans import accounts
from loans.arrears import AgeRange
from loans.tables import Loan
from store.ids import id_of

LIMIT = 50


class UnknownListError(ValueError):
    """There is no list of this name; the message names those there are."""


@dataclass(frozen=True, slots=True)
class LoanRow:
    """Amounts in minor units of `currency`."""

    id: int
    external_id: str
    borrower_id: int
    region: str
    branch: str
    product: str
    currency: str
    principal: int
    balance: int
    overdue: int
    days_past_due: int
    restructured: bool


def loans_in(
    session: Session,
    today: date,
    scope: Scope,
    which: str,
    *,
    limit: int = LIMIT,
    after: int = 0,
    ranges: Sequence[AgeRange] = RANGES,
    imor_days: int = IMOR_DAYS,
) -> list[LoanRow]:
    """`which`: active, overdue, restructured, imor, par1 … par90, or the name of an age range; by id from `after`."""
    rows = (
        sa.select(Loan, overdue_of_loan(today))
        .where(*_loans(which, today, ranges, imor_days), *scope.of_loan(), col(Loan.id) > after)
        .order_by(col(Loan.id))
        .limit(limit)
    )
    return [_row(loan, int(overdue), today) for loan, overdue in session.execute(rows)]


def _row(loan: Loan, overdue: int, today: date) -> LoanRow:
    return LoanRow(
        id=id_of(loan),
        external_id=loan.external_id,
        borrower_id=loan.borrower_id,
        region=loan.region,
        branch=loan.branch,
        product=loan.product,
        currency=loan.currency,
        principal=loan.cached_principal_outstanding,
        balance=loan.cached_balance,
        overdue=overdue,
        days_past_due=accounts.days_past_due(loan, today),
        restructured=loan.restructured,
    )


def _loans(which: str, today: date, ranges: Sequence[AgeRange], imor_days: int) -> list[Condition]:
    active = col(Loan.status) == "active"
    if which in {"active", "overdue", "restructured"}:
        more: dict[str, list[Condition]] = {
            "overdue": [_late(today, 1)],
            "restructured": [col(Loan.restructured).is_(True)],
        }
        return [active, *more.get(which, [])]
    if which in PAR_DAYS:
        return [active, _late(today, PAR_DAYS[which] + 1)]
    if which == "imor":
        return [active, _late(today, imor_days)]
    for each in ranges:
        if each.name == which:
            return [active, *_within(each, today)]
    known = ["active", "overdue", "restructured", "imor", *PAR_DAYS, *(each.name for each in ranges)]
    raise UnknownListError(f"there is no list {which!r}: give one of {', '.join(known)}")


def _late(today: date, days: int) -> Condition:
    """At least so many days past due."""
    return col(Loan.cached_oldest_due) <= today - timedelta(days=days)


def _within(ages: AgeRange, today: date) -> list[Condition]:
    wanted = [_late(today, ages.minimum)] if ages.minimum else []
    if ages.maximum is not None:
        oldest = col(Loan.cached_oldest_due)
        wanted.append(sa.or_(oldest >= today - timedelta(days=ages.maximum), oldest.is_(None)))
    return wanted


def waiting_cases(session: Session, scope: Scope, limit: int = LIMIT, after: int = 0) -> list[int]:
    """Ids of the cases that nobody has closed, from `after`."""
    rows = open_cases(scope, CASE.c.id).where(CASE.c.id > after).order_by(CASE.c.id).limit(limit)
    return list(session.execute(rows).scalars())
