"""What a borrower owes, has paid and can pay with: reading only, from the cached columns of the ledger."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlmodel import Session, col, select

from loans.errors import LedgerError
from loans.tables import Instalment, Lender, Loan, Payment, PaymentMethod, Reversal


def lender(session: Session) -> Lender:
    found = session.get(Lender, 1)
    if found is None:
        raise LedgerError("lender", None, "enter the lender's name, zone and currency first", reason="lender_missing")
    return found


def business_date(lender: Lender, now: datetime) -> date:
    """The calendar date at the lender; all ages use it, whatever the borrower's zone."""
    return now.astimezone(ZoneInfo(lender.zone)).date()


def borrower_loans(session: Session, borrower_id: int) -> list[Loan]:
    """Active loans first, the longest overdue in front."""
    loans = session.exec(select(Loan).where(Loan.borrower_id == borrower_id)).all()
    return sorted(loans, key=lambda each: (each.status != "active", each.cached_oldest_due or date.max, each.id or 0))


def days_past_due(loan: Loan, today: date) -> int:
    """An instalment due today is not overdue; a loan without anything outstanding has 0."""
    if loan.status == "closed" or loan.cached_oldest_due is None:
        return 0
    return max(0, (today - loan.cached_oldest_due).days)


def overdue(session: Session, loan: Loan, today: date) -> int:
    """All that is left of instalments due before `today`, in minor units."""
    total = session.exec(
        select(sa.func.sum(Instalment.cached_outstanding)).where(
            Instalment.loan_id == loan.id, Instalment.due < today, Instalment.cached_outstanding > 0
        )
    ).one()
    return int(total or 0)


def next_instalment(session: Session, loan: Loan, today: date) -> Instalment | None:
    """The first one due today or later with something left to pay."""
    return session.exec(
        select(Instalment)
        .where(Instalment.loan_id == loan.id, Instalment.due >= today, Instalment.cached_outstanding > 0)
        .order_by(col(Instalment.due), col(Instalment.number))
    ).first()


def payments(session: Session, loan_id: int, limit: int) -> list[Payment]:
    """Payments that were not taken back, the newest first."""
    taken_back = select(Reversal.payment_id)
    return list(
        session.exec(
            select(Payment)
            .where(Payment.loan_id == loan_id, col(Payment.id).not_in(taken_back))
            .order_by(col(Payment.value_date).desc(), col(Payment.id).desc())
            .limit(limit)
        )
    )


def payment_methods(session: Session) -> list[PaymentMethod]:
    return list(
        session.exec(
            select(PaymentMethod)
            .where(col(PaymentMethod.active))
            .order_by(col(PaymentMethod.position), col(PaymentMethod.id))
        )
    )
