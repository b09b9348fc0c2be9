"""Payments, and taking them back."""

from datetime import date, datetime
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field
from sqlmodel import col, select

from admin_api import reach
from admin_api.guard import Reading, Writing, reads, writes
from admin_api.once import once
from admin_api.paging import After, Limit, Page, page
from admin_api.problems import Problem, conflict
from admin_api.shapes import Amount, Currency, Day, LongText, Text
from desk.access import Permission
from loans import accounts, ledger
from loans.tables import Loan, Payment, Reversal

router = APIRouter(tags=["payments"])


class PaymentShown(BaseModel):
    id: int
    loan_id: int
    amount: int
    currency: str
    value_date: date
    channel: str
    reference: str
    source: str
    recorded_at: datetime
    reversed_at: datetime | None = None
    reversal_reason: str | None = None


class PaymentGiven(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"amount": 62_500, "currency": "MXN", "value_date": "2026-11-18", "channel": "oxxo"}]
        },
    )
    amount: Amount
    currency: Currency
    value_date: Day
    channel: Text = ""
    reference: Text = ""
    confirmed_twice: bool = Field(default=False, description="It is another payment, though it looks like one before.")


class PaymentAdded(PaymentShown):
    overpaid: int = Field(description="The part that found nothing left to pay: the borrower's credit.")
    balance: int


class ReversalGiven(BaseModel):
    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"reason": "Bounced transfer"}]})
    reason: LongText = Field(min_length=1)


@router.get("/loans/{loan_id}/payments")
def list_payments(
    loan_id: int,
    call: Annotated[Reading, reads(Permission.READ_PORTFOLIO)],
    limit: Limit = 50,
    after: After = None,
) -> Page[PaymentShown]:
    """The newest value date first, those taken back too."""
    reach.loan(call, loan_id)
    wanted = (
        sa.select(Payment)
        .add_columns(Reversal)
        .outerjoin(Reversal, col(Reversal.payment_id) == Payment.id)
        .where(col(Payment.loan_id) == loan_id)
    )
    keys = [col(Payment.value_date), col(Payment.id)]
    return page(call.session, wanted, keys, limit, after, lambda row: _shown(row[0], row[1]), newest_first=True)


@router.post("/loans/{loan_id}/payments", status_code=201, response_model=PaymentAdded)
def add_payment(loan_id: int, given: PaymentGiven, call: Annotated[Writing, writes(Permission.RECORD_PAYMENTS)]) -> Any:
    """Answers 409 `payment_twice` where it looks like a payment of the last day; `confirmed_twice` records it still."""
    loan = reach.loan(call, loan_id)

    def make() -> PaymentAdded:
        recorded = _record(call, loan, given)
        row = recorded.payment
        call.audit("payment_recorded", f"payment:{row.id}", loan=loan_id, amount=row.amount, currency=row.currency)
        return PaymentAdded(**_shown(row, None).model_dump(), overpaid=recorded.overpaid, balance=loan.cached_balance)

    return once(call, f"loan:{loan_id}:payment", given, make)


@router.post("/payments/{payment_id}/reversal", status_code=201, response_model=PaymentShown)
def reverse_payment(
    payment_id: int, given: ReversalGiven, call: Annotated[Writing, writes(Permission.REVERSE_PAYMENTS)]
) -> Any:
    """As if it had never come. A second reversal changes nothing."""
    row = reach.row(call, Payment, payment_id)
    reach.loan(call, row.loan_id)

    def make() -> PaymentShown:
        known = call.session.exec(select(Reversal.id).where(Reversal.payment_id == payment_id)).first()
        reversal = ledger.reverse_payment(call.session, row, given.reason, call.now, reach.today(call))
        if known is None:
            call.audit("payment_reversed", f"payment:{payment_id}", loan=row.loan_id, amount=row.amount)
        return _shown(row, reversal)

    return once(call, f"payment:{payment_id}:reversal", given, make)


def _record(call: Writing, loan: Loan, given: PaymentGiven) -> ledger.Recorded:
    twice = ledger.typed_before(call.session, loan, given.amount, given.value_date, call.now)
    if twice is not None and not given.confirmed_twice:
        raise conflict("payment_twice", at=_told(call, twice.recorded_at))
    recorded = ledger.record_payment(
        call.session,
        loan=loan,
        **given.model_dump(exclude={"confirmed_twice"}),
        now=call.now,
        today=reach.today(call),
        key=f"{call.principal.actor}:{call.idempotency_key}",
        source=call.principal.actor if call.principal.staff_id else "api",
    )
    # The ledger remembers keys for good, the API for some days.
    if recorded.duplicate and (recorded.payment.loan_id, recorded.payment.amount) != (loan.id, given.amount):
        raise Problem(422, "idempotency_key_reused")
    return recorded


def _told(call: Writing, at: datetime) -> str:
    zone = ZoneInfo(accounts.lender(call.session).zone)
    return at.astimezone(zone).strftime("%Y-%m-%d %H:%M")


def _shown(row: Payment, reversal: Reversal | None) -> PaymentShown:
    return PaymentShown(
        **row.model_dump(include=set(PaymentShown.model_fields)),
        reversed_at=reversal.recorded_at if reversal else None,
        reversal_reason=reversal.reason if reversal else None,
    )
