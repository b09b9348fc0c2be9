"""Active loans by place and age: the counted rows from which all balance figures follow.

Loans written off or closed are not active. All loans that are not late are one group of their place.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from insight.scope import Scope
from loans.arrears import AgeRange, checked_ranges
from loans.tables import Instalment, Loan

# Own default; a lender may want other borders, so figures take them as an argument.
RANGES = checked_ranges(
    [
        AgeRange("0", 0, 0),
        AgeRange("1-7", 1, 7),
        AgeRange("8-30", 8, 30),
        AgeRange("31-60", 31, 60),
        AgeRange("61-90", 61, 90),
        AgeRange("90+", 91, None),
    ]
)


@dataclass(frozen=True, slots=True)
class AgeGroup:
    """Loans of one place, currency and age in days past due; amounts in minor units."""

    currency: str
    region: str
    branch: str
    restructured: bool
    days_past_due: int
    loans: int
    principal: int
    balance: int
    overdue: int


def age_groups(session: Session, today: date, scope: Scope) -> list[AgeGroup]:
    """Two statements, each in the order of the portfolio's index: in one, every group would have to be sorted."""
    late = col(Loan.cached_oldest_due) < today
    in_time = sa.or_(col(Loan.cached_oldest_due) >= today, col(Loan.cached_oldest_due).is_(None))
    overdue = sa.func.sum(overdue_of_loan(today))
    nothing = sa.literal(None, sa.Date).label("since"), sa.literal(0).label("overdue")
    since = col(Loan.cached_oldest_due)
    rows = [
        *session.execute(_counted(scope, since.label("since"), overdue.label("overdue")).where(late).group_by(since)),
        *session.execute(_counted(scope, *nothing).where(in_time)),
    ]
    return [
        AgeGroup(
            currency=row.currency,
            region=row.region,
            branch=row.branch,
            restructured=bool(row.restructured),
            days_past_due=(today - row.since).days if row.since else 0,
            loans=row.loans,
            principal=int(row.principal),
            balance=int(row.balance),
            overdue=int(row.overdue),
        )
        for row in rows
    ]


def _counted(scope: Scope, *more: Any) -> Any:
    keys = [col(each) for each in (Loan.currency, Loan.region, Loan.branch, Loan.restructured)]
    return (
        sa.select(
            *keys,
            *more,
            sa.func.count().label("loans"),
            sa.func.sum(Loan.cached_principal_outstanding).label("principal"),
            sa.func.sum(Loan.cached_balance).label("balance"),
        )
        .where(col(Loan.status) == "active", *scope.of_loan())
        .group_by(*keys)
    )


def active_borrowers(session: Session, scope: Scope) -> dict[str, int]:
    """Borrowers with an active loan, by its currency."""
    distinct = sa.select(col(Loan.currency), col(Loan.borrower_id)).where(
        col(Loan.status) == "active", *scope.of_loan()
    )
    each = distinct.distinct().subquery()
    counted = sa.select(each.c.currency, sa.func.count()).group_by(each.c.currency)
    return {currency: int(borrowers) for currency, borrowers in session.execute(counted)}


def overdue_of_loan(today: date) -> Any:
    """What is left of the loan's instalments due before `today`."""
    return (
        sa.select(sa.func.coalesce(sa.func.sum(Instalment.cached_outstanding), 0))
        .where(
            col(Instalment.loan_id) == Loan.id,
            col(Instalment.due) < today,
            # Written out, so that SQLite sees that the partial index holds all such rows.
            col(Instalment.cached_outstanding) > sa.literal_column("0"),
        )
        .correlate(Loan)
        .scalar_subquery()
    )
