"""The cached columns of loans and instalments, derived from the loan's events by replay."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, SQLModel, col, select

from loans import commitments, replay
from loans.errors import LedgerError
from loans.tables import Charge, Instalment, Loan, Plan, Promise, Waiver
from store.ids import id_of

# SQLite's oldest limit on the parameters of one statement is 999.
LOANS_AT_ONCE = 500


@dataclass(slots=True)
class Refreshed:
    """What a replay changed: loans closed and reopened, promises and plans newly kept, partial or broken."""

    closed: list[Loan] = field(default_factory=list)
    reopened: list[Loan] = field(default_factory=list)
    promises: list[Promise] = field(default_factory=list)
    plans: list[Plan] = field(default_factory=list)


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
    different: list[dict[str, Any]] = []
    for loan in loans:
        rows = instalments[id_of(loan)]
        state = replay.replay(
            [replay.Instalment(row.number, row.due, row.principal, row.interest) for row in rows],
            [*events[id_of(loan)], *payments[id_of(loan)]],
            _order(loan),
        )
        different += _different_instalments(rows, state)
        _write_loan(loan, state, changed)
    _write_instalments(session, different)
    settled = commitments.judge(session, payments, today, now)
    changed.promises += settled.promises
    changed.plans += settled.plans
    session.flush()


def _instalments(session: Session, loan_ids: list[int]) -> dict[int, list[Any]]:
    """Plain rows: a large import replays a million of them."""
    table = SQLModel.metadata.tables["instalment"]
    found: dict[int, list[Any]] = defaultdict(list)
    for row in session.execute(sa.select(table).where(table.c.loan_id.in_(loan_ids)).order_by(table.c.number)):
        found[row.loan_id].append(row)
    return found


def _different_instalments(rows: Sequence[Any], state: replay.LedgerState) -> Iterator[dict[str, Any]]:
    by_number = {each.n: each for each in state.rows}
    for row in rows:
        after = by_number[row.number]
        cached = {
            "cached_fee": after.due_of("fee"),
            "cached_penalty": after.due_of("penalty"),
            "cached_paid": after.paid,
            "cached_outstanding": after.outstanding,
            "cached_paid_on": after.paid_on,
        }
        if any(getattr(row, name) != value for name, value in cached.items()):
            yield {"id": row.id, **cached}


def _write_instalments(session: Session, different: Sequence[dict[str, Any]]) -> None:
    if not different:
        return
    session.execute(sa.update(Instalment), different)
    for each in different:
        # Objects that a caller holds must not keep the old columns.
        held = session.identity_map.get(session.identity_key(Instalment, each["id"]))
        if held is not None:
            session.refresh(held)


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


def _write_loan(loan: Loan, state: replay.LedgerState, changed: Refreshed) -> None:
    cached = {
        "cached_balance": state.outstanding,
        "cached_principal_outstanding": state.outstanding_of("principal"),
        "cached_overpaid": state.overpaid,
        "cached_oldest_due": next((each.due for each in state.rows if each.outstanding), None),
    }
    for name, value in cached.items():
        if getattr(loan, name) != value:
            setattr(loan, name, value)
    if loan.status == "active" and state.outstanding == 0:
        loan.status = "closed"
        changed.closed.append(loan)
    elif loan.status == "closed" and state.outstanding > 0:
        loan.status = "active"
        changed.reopened.append(loan)
