"""Payment plans, as rows: a few agreed payments that bring a loan back to date."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlmodel import Session, col, select

from loans import commitments
from loans.errors import LedgerError
from loans.promises import check_agreed
from loans.tables import Loan, Plan, PlanPayment
from store.ids import id_of


def record(
    session: Session,
    *,
    loan: Loan,
    payments: Sequence[tuple[date, int]],
    now: datetime,
    today: date,
    made_by: str = "assistant",
    turn_id: str | None = None,
) -> Plan:
    """`payments` are (day, minor units) by day. The same turn gets the plan it has already made."""
    earlier = session.exec(select(Plan).where(Plan.turn_id == turn_id)).first() if turn_id else None
    if earlier is not None:
        return earlier
    if not payments:
        raise LedgerError("payments", payments, "agree on at least one payment", reason="plan_empty")
    for due, amount in payments:
        check_agreed(loan, amount, due, today)
    total = sum(amount for _, amount in payments)
    if total > loan.cached_balance:
        fix = f"agree on {loan.cached_balance} or less in all: no more is owed"
        raise LedgerError("payments", total, fix, reason="above_balance")
    plan = Plan(
        loan_id=id_of(loan),
        borrower_id=loan.borrower_id,
        created_on=today,
        created_at=now,
        made_by=made_by,
        turn_id=turn_id,
    )
    session.add(plan)
    session.flush()
    for number, (due, amount) in enumerate(sorted(payments), start=1):
        session.add(PlanPayment(plan_id=id_of(plan), number=number, due=due, amount=amount))
    session.flush()
    return plan


def payments_of(session: Session, plan: Plan) -> list[PlanPayment]:
    return list(
        session.exec(select(PlanPayment).where(PlanPayment.plan_id == plan.id).order_by(col(PlanPayment.number)))
    )


def active(session: Session, borrower_id: int) -> list[Plan]:
    return list(
        session.exec(select(Plan).where(Plan.borrower_id == borrower_id, Plan.state == "open").order_by(col(Plan.id)))
    )


def cancel(session: Session, plan: Plan) -> Plan:
    """Takes the payments that are still open with it."""
    if plan.state == "open":
        plan.state = "cancelled"
        for part in payments_of(session, plan):
            part.state = "cancelled" if part.state == "open" else part.state
        session.flush()
    return plan


def settle(session: Session, today: date, now: datetime) -> list[Plan]:
    """Plans that have just been kept or broken; see `loans.promises.settle`."""
    return commitments.settle(session, today, now).plans
