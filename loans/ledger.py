"""Writing to the ledger: events are rows that nobody edits, and `refresh` derives the cached columns from them.

Amounts are integer minor units. `today` is the lender's business date, `now` the aware instant.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col, select

from loans.balances import Refreshed, refresh, refresh_many
from loans.errors import LedgerError
from loans.opening import open_loan, open_loans
from loans.tables import Charge, DueChange, Instalment, Loan, Payment, Reversal, Waiver
from store.ids import id_of

TYPED_TWICE = timedelta(hours=24)

__all__ = [
    "Recorded",
    "Refreshed",
    "add_charge",
    "change_due",
    "check_payment",
    "open_loan",
    "open_loans",
    "record_payment",
    "refresh",
    "refresh_many",
    "reverse_payment",
    "typed_before",
    "waive",
]


@dataclass(frozen=True, slots=True)
class Recorded:
    """`overpaid` is the part of this payment that found nothing left to pay: the borrower's credit."""

    payment: Payment
    duplicate: bool
    overpaid: int = 0


def check_payment(loan: Loan, amount: int, currency: str, value_date: date, today: date) -> None:
    """What no payment may be. More than is owed is fine: it becomes the borrower's credit."""
    if amount <= 0:
        raise LedgerError("amount", amount, "give an amount above 0", reason="amount_not_positive")
    if currency != loan.currency:
        raise LedgerError("currency", currency, f"this loan is in {loan.currency}", reason="wrong_currency")
    if value_date > today:
        raise LedgerError("value_date", value_date, f"give {today} or an earlier day", reason="date_in_future")


def record_payment(
    session: Session,
    *,
    loan: Loan,
    amount: int,
    currency: str,
    value_date: date,
    now: datetime,
    today: date,
    key: str,
    channel: str = "",
    reference: str = "",
    source: str = "",
) -> Recorded:
    """One payment per `key`: told again, nothing changes and the first one comes back."""
    check_payment(loan, amount, currency, value_date, today)
    if known := _payment_of_key(session, key):
        return Recorded(known, duplicate=True)
    payment = Payment(
        loan_id=id_of(loan),
        amount=amount,
        currency=currency,
        value_date=value_date,
        channel=channel,
        reference=reference,
        source=source,
        idempotency_key=key,
        recorded_at=now,
    )
    try:
        with session.begin_nested():
            session.add(payment)
    except sa.exc.IntegrityError:  # Another process has recorded the same key since we looked.
        known = _payment_of_key(session, key)
        if known is None:
            raise
        return Recorded(known, duplicate=True)
    before = loan.cached_overpaid
    refresh(session, id_of(loan), today, now)
    return Recorded(payment, duplicate=False, overpaid=max(0, loan.cached_overpaid - before))


def typed_before(session: Session, loan: Loan, amount: int, value_date: date, now: datetime) -> Payment | None:
    """A payment like this one, recorded within the last day and not taken back: two people may type one receipt.

    The loan's row stays locked until the transaction ends, so that of two at the same moment the later one sees
    the other.
    """
    session.exec(select(Loan.id).where(Loan.id == loan.id).with_for_update(key_share=True)).one()
    taken_back = select(Reversal.payment_id)
    return session.exec(
        select(Payment).where(
            Payment.loan_id == loan.id,
            Payment.amount == amount,
            Payment.value_date == value_date,
            Payment.recorded_at > now - TYPED_TWICE,
            col(Payment.id).not_in(taken_back),
        )
    ).first()


def _payment_of_key(session: Session, key: str) -> Payment | None:
    return session.exec(select(Payment).where(Payment.idempotency_key == key)).first()


def reverse_payment(session: Session, payment: Payment, reason: str, now: datetime, today: date) -> Reversal:
    """Takes a payment back as if it had never come; a second call changes nothing."""
    known = session.exec(select(Reversal).where(Reversal.payment_id == payment.id)).first()
    if known is not None:
        return known
    if not reason.strip():
        raise LedgerError("reason", reason, "say why the payment is taken back", reason="reason_missing")
    reversal = Reversal(payment_id=id_of(payment), reason=reason, recorded_at=now)
    session.add(reversal)
    session.flush()
    refresh(session, payment.loan_id, today, now)
    return reversal


def add_charge(
    session: Session,
    *,
    loan: Loan,
    component: str,
    due: date,
    amount: int,
    rule: str,
    key: str,
    now: datetime,
    today: date,
) -> Charge:
    """A fee or penalty; one per `key`."""
    known = session.exec(select(Charge).where(Charge.idempotency_key == key)).first()
    if known is not None:
        return known
    _check_component(component, amount)
    charge = Charge(
        loan_id=id_of(loan),
        component=component,
        due=due,
        amount=amount,
        rule=rule,
        idempotency_key=key,
        recorded_at=now,
    )
    session.add(charge)
    session.flush()
    refresh(session, id_of(loan), today, now)
    return charge


def waive(
    session: Session, *, loan: Loan, component: str, amount: int, reason: str, now: datetime, today: date
) -> Waiver:
    """Gives up to `amount` of fees or penalties up, the oldest instalment first."""
    _check_component(component, amount)
    waiver = Waiver(loan_id=id_of(loan), component=component, amount=amount, reason=reason, recorded_at=now)
    session.add(waiver)
    session.flush()
    refresh(session, id_of(loan), today, now)
    return waiver


def _check_component(component: str, amount: int) -> None:
    if component not in ("fee", "penalty"):
        raise LedgerError("component", component, "give fee or penalty", reason="unknown_component")
    if amount <= 0:
        raise LedgerError("amount", amount, "give an amount above 0", reason="amount_not_positive")


def change_due(
    session: Session, *, loan: Loan, number: int, due: date, now: datetime, today: date, turn_id: str | None = None
) -> DueChange:
    """Moves one instalment to an agreed day; whether that may be agreed is the negotiation's matter."""
    instalment = session.exec(
        select(Instalment).where(Instalment.loan_id == loan.id, Instalment.number == number)
    ).first()
    if instalment is None:
        raise LedgerError("number", number, "give an instalment of this loan", reason="unknown_instalment")
    if due < today:
        raise LedgerError("due", due, f"give {today} or a later day", reason="date_past")
    change = DueChange(
        loan_id=id_of(loan),
        instalment_number=number,
        due_before=instalment.due,
        due_after=due,
        agreed_at=now,
        turn_id=turn_id,
    )
    instalment.due = due
    session.add(change)
    session.flush()
    refresh(session, id_of(loan), today, now)
    return change
