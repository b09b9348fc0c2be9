"""Where a borrower stands with one loan: the facts that negotiation works on, read from the store."""

from datetime import date, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col, select

from loans import accounts, policies, promises
from loans.negotiation import DueAmount, OpenPromise, Standing
from loans.negotiation_policy import PromiseLimits
from loans.tables import DueChange, Instalment, Loan, Plan, Promise, Waiver

YEAR = timedelta(days=365)
BROKEN_WINDOW = timedelta(days=180)  # The policy's `max_broken_in_180d`.


def standing(session: Session, loan: Loan, today: date, holds: frozenset[str]) -> Standing:
    """`holds` are the events that hold this loan, its borrower or the address spoken to."""
    instalments = session.exec(
        select(Instalment).where(Instalment.loan_id == loan.id).order_by(col(Instalment.due), col(Instalment.number))
    ).all()
    late = [each for each in instalments if each.due < today]
    coming = [each for each in instalments if each.due >= today and each.cached_outstanding]
    return Standing(
        currency=loan.currency,
        balance=loan.cached_balance,
        overdue=sum(each.cached_outstanding for each in late),
        dpd=accounts.days_past_due(loan, today),
        instalment=_asked(coming[0] if coming else instalments[-1]) if instalments else 0,
        upcoming=tuple(DueAmount(each.due, each.cached_outstanding) for each in coming),
        open_promises=_open_promises(session, loan.borrower_id),
        broken_in_180d=_broken(session, loan.borrower_id, today, policies.in_force(session, today).promise),
        plans_in_12m=_count(session, Plan.id, Plan.loan_id == loan.id, Plan.created_on > today - YEAR),
        date_changes_in_12m=_count_since(session, DueChange.agreed_at, DueChange.loan_id == loan.id, today),
        waivers_in_12m=_count_since(session, Waiver.recorded_at, Waiver.loan_id == loan.id, today),
        late_fees=sum(_unpaid_penalty(each, loan.allocation_order.split(",")) for each in late),
        restructured=loan.restructured,
        holds=holds,
    )


def first_due_that_counts(today: date, limits: PromiseLimits) -> date:
    """Of broken promises, which break on the first day after their grace."""
    return today - BROKEN_WINDOW - timedelta(days=limits.grace_days + 1)


def _asked(instalment: Instalment) -> int:
    """The whole instalment, whatever of it is paid."""
    return instalment.cached_paid + instalment.cached_outstanding


def _open_promises(session: Session, borrower_id: int) -> tuple[OpenPromise, ...]:
    return tuple(
        OpenPromise(str(each.loan_id), each.amount, each.due) for each in promises.active(session, borrower_id)
    )


def _broken(session: Session, borrower_id: int, today: date, limits: PromiseLimits) -> int:
    return _count(
        session,
        Promise.id,
        Promise.borrower_id == borrower_id,
        col(Promise.state).in_(limits.broken_counts),
        Promise.due >= first_due_that_counts(today, limits),
    )


def _count(session: Session, column: object, *conditions: object) -> int:
    counted = session.execute(sa.select(sa.func.count(column)).where(*conditions))  # type: ignore[arg-type]
    return int(counted.scalar_one())


def _count_since(session: Session, at: object, of_loan: object, today: date) -> int:
    """Rows with an instant after this day one year ago."""
    instants = session.execute(sa.select(at).where(of_loan)).scalars()  # type: ignore[call-overload]
    return sum(1 for each in instants if each.date() > today - YEAR)


def _unpaid_penalty(instalment: Instalment, order: list[str]) -> int:
    """What is paid fills the components in the loan's order, so the rest of the penalty follows from the sums."""
    asked = {
        "penalty": instalment.cached_penalty,
        "fee": instalment.cached_fee,
        "interest": instalment.interest,
        "principal": instalment.principal,
    }
    before = sum(asked[name] for name in order[: order.index("penalty")])
    paid = min(asked["penalty"], max(0, instalment.cached_paid - before))
    return asked["penalty"] - paid
