"""Promises to pay, as rows: what was agreed, and what became of it."""

from datetime import date, datetime

from sqlmodel import Session, col, select

from loans import commitments
from loans.errors import LedgerError
from loans.tables import Loan, Promise
from store.ids import id_of


def record(
    session: Session,
    *,
    loan: Loan,
    amount: int,
    due: date,
    now: datetime,
    today: date,
    made_by: str = "assistant",
    turn_id: str | None = None,
) -> Promise:
    """The limits of the policy are the caller's; the same turn gets the promise it has already made."""
    earlier = session.exec(select(Promise).where(Promise.turn_id == turn_id)).first() if turn_id else None
    if earlier is not None:
        return earlier
    check_agreed(loan, amount, due, today)
    promise = Promise(
        loan_id=id_of(loan),
        borrower_id=loan.borrower_id,
        amount=amount,
        currency=loan.currency,
        due=due,
        created_on=today,
        created_at=now,
        made_by=made_by,
        turn_id=turn_id,
    )
    session.add(promise)
    session.flush()
    return promise


def check_agreed(loan: Loan, amount: int, due: date, today: date) -> None:
    """What no agreement may be, whoever makes it."""
    if amount <= 0:
        raise LedgerError("amount", amount, "agree on an amount above 0", reason="amount_not_positive")
    if due < today:
        raise LedgerError("due", due, f"agree on {today} or a later day", reason="date_past")
    if loan.status == "closed":
        raise LedgerError("loan", loan.external_id, "choose a loan that is not paid off", reason="loan_closed")
    if amount > loan.cached_balance:
        fix = f"agree on {loan.cached_balance} or less: no more is owed"
        raise LedgerError("amount", amount, fix, reason="above_balance")


def active(session: Session, borrower_id: int) -> list[Promise]:
    """Open promises over all loans of the borrower, the nearest first."""
    return list(
        session.exec(
            select(Promise)
            .where(Promise.borrower_id == borrower_id, Promise.state == "open")
            .order_by(col(Promise.due), col(Promise.id))
        )
    )


def cancel(session: Session, promise: Promise, now: datetime) -> Promise:
    """Only an open promise can be cancelled; what is already settled stays as it is."""
    if promise.state == "open":
        promise.state, promise.settled_at = "cancelled", now
        session.add(promise)
        session.flush()
    return promise


def settle(session: Session, today: date, now: datetime) -> list[Promise]:
    """Promises that have just become partly kept or broken because their time is over.

    It judges plan payments along with them; who needs both calls `loans.commitments.settle` once.
    """
    return commitments.settle(session, today, now).promises
