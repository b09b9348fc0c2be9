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
from loans.tables import Borrower, Instalment, Loan

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
    loan = _loans(today, scope)
    keys = (loan.c.currency, loan.c.region, loan.c.branch, loan.c.restructured, loan.c.late_since)
    sums = (sa.func.sum(loan.c[name]).label(name) for name in ("principal", "balance", "overdue"))
    counted = sa.select(*keys, sa.func.count().label("loans"), *sums).group_by(*keys)
    return [
        AgeGroup(
            currency=row.currency,
            region=row.region,
            branch=row.branch,
            restructured=bool(row.restructured),
            days_past_due=(today - row.late_since).days if row.late_since else 0,
            loans=row.loans,
            principal=int(row.principal),
            balance=int(row.balance),
            overdue=int(row.overdue),
        )
        for row in session.execute(counted)
    ]


def active_borrowers(session: Session, scope: Scope) -> dict[str, int]:
    """Borrowers with an active loan, by its currency."""
    counted = sa.select(col(Loan.currency), sa.func.count(sa.distinct(col(Loan.borrower_id))).label("borrowers"))
    wanted = scope.of_loan()
    if wanted:
        counted = counted.join(Borrower, col(Borrower.id) == Loan.borrower_id)
    counted = counted.where(col(Loan.status) == "active", *wanted).group_by(col(Loan.currency))
    return {row.currency: int(row.borrowers) for row in session.execute(counted)}


def _loans(today: date, scope: Scope) -> Any:
    late = col(Loan.cached_oldest_due) < today
    return (
        sa.select(
            col(Loan.currency),
            col(Borrower.region),
            col(Borrower.branch),
            col(Loan.restructured),
            sa.case((late, col(Loan.cached_oldest_due))).label("late_since"),
            col(Loan.cached_principal_outstanding).label("principal"),
            col(Loan.cached_balance).label("balance"),
            sa.case((late, overdue_of_loan(today)), else_=0).label("overdue"),
        )
        .join(Borrower, col(Borrower.id) == Loan.borrower_id)
        .where(col(Loan.status) == "active", *scope.of_loan())
        .subquery()
    )


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
