"""Promises and plan payments of a loan, judged together from its payments: every cent counts once.

Nothing here trusts an earlier verdict, so a reversal or a backdated payment changes it; only `cancelled`,
which a person or the borrower said, stays.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col, select

from loans import policies, promise_rules, replay
from loans.tables import Payment, Plan, PlanPayment, Promise, Reversal
from store.ids import id_of


@dataclass(frozen=True, slots=True)
class Settled:
    """What has just become kept, partial or broken."""

    promises: list[Promise] = field(default_factory=list)
    plans: list[Plan] = field(default_factory=list)


def settle(session: Session, today: date, now: datetime) -> Settled:
    """Judges what time alone can have broken: open promises and plan payments whose grace is over."""
    last = today - timedelta(days=policies.in_force(session, today).promise.grace_days)
    loan_ids = set(session.exec(select(Promise.loan_id).where(Promise.state == "open", Promise.due < last)))
    loan_ids |= set(
        session.exec(
            select(Plan.loan_id)
            .join(PlanPayment, col(PlanPayment.plan_id) == Plan.id)
            .where(Plan.state == "open", PlanPayment.state == "open", PlanPayment.due < last)
        )
    )
    if not loan_ids:
        return Settled()
    return judge(session, live_payments(session, loan_ids), today, now)


def live_payments(session: Session, loan_ids: Collection[int]) -> dict[int, list[replay.Payment]]:
    """Payments that were not taken back, by loan and in order of entry."""
    rows = session.execute(
        sa.select(*map(col, (Payment.loan_id, Payment.id, Payment.value_date, Payment.amount, Payment.recorded_at)))
        .where(
            col(Payment.loan_id).in_(loan_ids),
            ~select(Reversal.id).where(Reversal.payment_id == Payment.id).exists(),
        )
        .order_by(col(Payment.id))
    )
    found: dict[int, list[replay.Payment]] = {loan_id: [] for loan_id in loan_ids}
    for loan_id, payment_id, on, amount, recorded_at in rows:
        found[loan_id].append(replay.Payment(str(payment_id), on, amount, recorded_at))
    return found


def judge(session: Session, payments: Mapping[int, Sequence[replay.Payment]], today: date, now: datetime) -> Settled:
    """Writes state and credited amount of all promises and plan payments of these loans, only where they differ."""
    promises: dict[int, list[Promise]] = defaultdict(list)
    for promise in session.exec(select(Promise).where(col(Promise.loan_id).in_(payments)).order_by(col(Promise.id))):
        promises[promise.loan_id].append(promise)
    plans: dict[int, list[Plan]] = defaultdict(list)
    for plan in session.exec(select(Plan).where(col(Plan.loan_id).in_(payments)).order_by(col(Plan.id))):
        plans[plan.loan_id].append(plan)
    parts = _plan_payments(session, [plan for of_loan in plans.values() for plan in of_loan])
    settled = Settled()
    if not promises and not plans:
        return settled
    limits = policies.in_force(session, today).promise
    for loan_id in promises.keys() | plans.keys():
        planned = [(plan, part) for plan in plans[loan_id] for part in parts[id_of(plan)]]
        outcomes = promise_rules.evaluate(
            [of_promise(each) for each in promises[loan_id]] + [_of_part(*each) for each in planned],
            payments[loan_id],
            today,
            grace_days=limits.grace_days,
            min_kept_share=limits.min_kept_share,
        )
        own, rest = outcomes[: len(promises[loan_id])], outcomes[len(promises[loan_id]) :]
        for promise, outcome in zip(promises[loan_id], own, strict=True):
            _write_promise(promise, outcome, now, settled)
        for (_, part), outcome in zip(planned, rest, strict=True):
            part.state, part.credited = outcome.state, outcome.credited
        for plan in plans[loan_id]:
            _write_plan(plan, parts[id_of(plan)], settled)
    return settled


def _plan_payments(session: Session, plans: Sequence[Plan]) -> dict[int, list[PlanPayment]]:
    found: dict[int, list[PlanPayment]] = defaultdict(list)
    if plans:
        wanted = col(PlanPayment.plan_id).in_([plan.id for plan in plans])
        for part in session.exec(select(PlanPayment).where(wanted).order_by(col(PlanPayment.number))):
            found[part.plan_id].append(part)
    return found


def of_promise(promise: Promise) -> promise_rules.Promise:
    """As the rules want it."""
    return promise_rules.Promise(
        id=f"promise:{promise.id}",
        amount=promise.amount,
        due=promise.due,
        created_on=promise.created_on,
        made_at=promise.created_at,
        cancelled=promise.state == "cancelled",
    )


def _of_part(plan: Plan, part: PlanPayment) -> promise_rules.Promise:
    return promise_rules.Promise(
        id=f"plan_payment:{part.id}",
        amount=part.amount,
        due=part.due,
        created_on=plan.created_on,
        made_at=plan.created_at,
        cancelled="cancelled" in (plan.state, part.state),
    )


def _write_promise(promise: Promise, outcome: promise_rules.Outcome, now: datetime, settled: Settled) -> None:
    if outcome.state != promise.state:
        promise.settled_at = None if outcome.state == "open" else now
        if outcome.state != "open":
            settled.promises.append(promise)
    promise.state, promise.credited = outcome.state, outcome.credited


def _write_plan(plan: Plan, parts: Sequence[PlanPayment], settled: Settled) -> None:
    """A plan is kept when each payment was; one that was not, wholly or in part, breaks it."""
    states = {part.state for part in parts}
    if plan.state == "cancelled":
        return
    state = "broken" if states & {"broken", "partial"} else "open" if "open" in states else "kept"
    if state not in (plan.state, "open"):
        settled.plans.append(plan)
    plan.state = state
