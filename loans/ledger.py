"""Writing to the ledger: events are rows that nobody edits, and `refresh` derives the cached columns from them.

Amounts are integer minor units. `today` is the lender's business date, `now` the aware instant.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

import sqlalchemy as sa
from sqlmodel import Session, col, select

from loans import commitments, replay
from loans.errors import LedgerError
from loans.schedule import ScheduledInstalment
from loans.tables import (
    Charge,
    DueChange,
    Instalment,
    Loan,
    Payment,
    Plan,
    Promise,
    Reversal,
    Waiver,
)
from store.ids import id_of

# SQLite's oldest limit on the parameters of one statement is 999.
LOANS_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Recorded:
    """`overpaid` is the part of this payment that found nothing left to pay: the borrower's credit."""

    payment: Payment
    duplicate: bool
    overpaid: int = 0


@dataclass(slots=True)
class Refreshed:
    """What a replay changed: loans closed and reopened, promises and plans newly kept, partial or broken."""

    closed: list[Loan] = field(default_factory=list)
    reopened: list[Loan] = field(default_factory=list)
    promises: list[Promise] = field(default_factory=list)
    plans: list[Plan] = field(default_factory=list)


def open_loan(
    session: Session,
    *,
    external_id: str,
    borrower_id: int,
    currency: str,
    principal: int,
    annual_rate: Decimal,
    method: str,
    frequency: str,
    disbursed_on: date,
    instalments: Sequence[ScheduledInstalment],
    label: str = "",
    product: str = "",
    cycle: int = 1,
    today: date,
) -> Loan:
    """A loan with its schedule. The principal of the instalments must add up to the loan's."""
    check_schedule(principal, instalments)
    if disbursed_on > today:
        raise LedgerError("disbursed_on", disbursed_on, f"give {today} or an earlier day", reason="date_in_future")
    if session.exec(select(Loan.id).where(Loan.external_id == external_id)).first() is not None:
        raise LedgerError("external_id", external_id, "this loan is already known; change it", reason="loan_known")
    loan = Loan(
        external_id=external_id,
        borrower_id=borrower_id,
        label=label,
        product=product,
        currency=currency,
        principal=principal,
        annual_rate=str(annual_rate),
        method=method,
        frequency=frequency,
        disbursed_on=disbursed_on,
        cycle=cycle,
    )
    session.add(loan)
    session.flush()
    set_schedule(session, loan, instalments)
    return loan


def check_schedule(principal: int, instalments: Sequence[ScheduledInstalment]) -> None:
    if not instalments:
        raise LedgerError("instalments", 0, "give at least one instalment", reason="schedule_empty")
    if principal <= 0:
        raise LedgerError("principal", principal, "give an amount above 0", reason="amount_not_positive")
    total = sum(each.principal for each in instalments)
    if total != principal:
        raise LedgerError(
            "principal", principal, f"the schedule repays {total}: make them equal", reason="schedule_sum"
        )
    if any(each.principal < 0 or each.interest < 0 or each.total == 0 for each in instalments):
        raise LedgerError("instalments", 0, "each instalment needs an amount above 0", reason="amount_not_positive")
    if len({each.n for each in instalments}) != len(instalments):
        raise LedgerError("number", 0, "number each instalment once", reason="schedule_numbers")


def set_schedule(session: Session, loan: Loan, instalments: Sequence[ScheduledInstalment]) -> None:
    """Gives a loan without payments its instalments, in the place of earlier ones, and its cached columns."""
    session.execute(sa.delete(Instalment).where(col(Instalment.loan_id) == loan.id))
    session.execute(sa.insert(Instalment), [_unpaid(loan, each) for each in instalments])
    loan.cached_balance = sum(each.total for each in instalments)
    loan.cached_principal_outstanding = loan.principal
    loan.cached_overpaid = 0
    loan.cached_oldest_due = min(each.due for each in instalments)
    session.flush()


def _unpaid(loan: Loan, planned: ScheduledInstalment) -> dict[str, object]:
    return {
        "loan_id": id_of(loan),
        "number": planned.n,
        "due": planned.due,
        "original_due": planned.due,
        "principal": planned.principal,
        "interest": planned.interest,
        "cached_outstanding": planned.total,
    }


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


def refresh(session: Session, loan_id: int, today: date, now: datetime) -> Refreshed:
    return refresh_many(session, [loan_id], today, now)


def refresh_many(session: Session, loan_ids: Iterable[int], today: date, now: datetime) -> Refreshed:
    """Replays these loans and writes what differs. Their rows stay locked until the transaction ends."""
    wanted, changed = sorted(set(loan_ids)), Refreshed()
    for start in range(0, len(wanted), LOANS_AT_ONCE):
        _refresh_chunk(session, wanted[start : start + LOANS_AT_ONCE], today, now, changed)
    return changed


def _refresh_chunk(session: Session, loan_ids: list[int], today: date, now: datetime, changed: Refreshed) -> None:
    # Locked first, so that of two payments at the same moment the later one's replay sees both.
    locked = select(Loan).where(col(Loan.id).in_(loan_ids)).order_by(col(Loan.id)).with_for_update(key_share=True)
    loans = session.exec(locked.execution_options(populate_existing=True)).all()
    instalments = _instalments(session, loan_ids)
    payments = commitments.live_payments(session, loan_ids)
    events = _charges_and_waivers(session, loan_ids)
    for loan in loans:
        rows = instalments[id_of(loan)]
        state = replay.replay(
            [replay.Instalment(row.number, row.due, row.principal, row.interest) for row in rows],
            [*events[id_of(loan)], *payments[id_of(loan)]],
            _order(loan),
        )
        _write(loan, rows, state, changed)
    settled = commitments.judge(session, payments, today, now)
    changed.promises += settled.promises
    changed.plans += settled.plans
    session.flush()


def _instalments(session: Session, loan_ids: list[int]) -> dict[int, list[Instalment]]:
    found: dict[int, list[Instalment]] = defaultdict(list)
    rows = select(Instalment).where(col(Instalment.loan_id).in_(loan_ids)).order_by(col(Instalment.number))
    for row in session.exec(rows.execution_options(populate_existing=True)):
        found[row.loan_id].append(row)
    return found


def _charges_and_waivers(session: Session, loan_ids: list[int]) -> dict[int, list[replay.Event]]:
    found: dict[int, list[replay.Event]] = defaultdict(list)
    for charge in session.exec(select(Charge).where(col(Charge.loan_id).in_(loan_ids)).order_by(col(Charge.id))):
        component = "penalty" if charge.component == "penalty" else "fee"
        found[charge.loan_id].append(replay.Charge(component, charge.due, charge.amount))  # type: ignore[arg-type]
    for waiver in session.exec(select(Waiver).where(col(Waiver.loan_id).in_(loan_ids)).order_by(col(Waiver.id))):
        found[waiver.loan_id].append(replay.Waiver(waiver.component, waiver.amount))  # type: ignore[arg-type]
    return found


def _order(loan: Loan) -> replay.Order:
    order = tuple(loan.allocation_order.split(","))
    if sorted(order) != sorted(replay.COMPONENTS):
        fix = f"name each of {', '.join(replay.COMPONENTS)} once"
        raise LedgerError("allocation_order", loan.allocation_order, fix, reason="unknown_component")
    return order  # type: ignore[return-value]


def _write(loan: Loan, rows: Sequence[Instalment], state: replay.LedgerState, changed: Refreshed) -> None:
    """Assigning an equal value is no change to the session, so only what differs reaches the store."""
    by_number = {each.n: each for each in state.rows}
    for row in rows:
        after = by_number[row.number]
        row.cached_fee, row.cached_penalty = after.due_of("fee"), after.due_of("penalty")
        row.cached_paid, row.cached_outstanding, row.cached_paid_on = after.paid, after.outstanding, after.paid_on
    loan.cached_balance = state.outstanding
    loan.cached_principal_outstanding = state.outstanding_of("principal")
    loan.cached_overpaid = state.overpaid
    loan.cached_oldest_due = next((each.due for each in state.rows if each.outstanding), None)
    if loan.status == "active" and state.outstanding == 0:
        loan.status = "closed"
        changed.closed.append(loan)
    elif loan.status == "closed" and state.outstanding > 0:
        loan.status = "active"
        changed.reopened.append(loan)
