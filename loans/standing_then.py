"""Where a borrower stood with one loan at an instant of the past, told by what had been recorded until then.

The facts are those of `loans.standing`, which reads them as they are today. What has no history is as today: whether
a loan is restructured, and a schedule that an import has changed.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from loans import promise_rules, replay
from loans.commitments import of_promise
from loans.negotiation import DueAmount, OpenPromise, Standing
from loans.negotiation_policy import PromiseLimits
from loans.standing import YEAR, first_due_that_counts
from loans.tables import Charge, DueChange, Instalment, Loan, Payment, Plan, Promise, Reversal, Waiver
from store.ids import id_of


@dataclass(slots=True)
class Records:
    """All that was ever recorded of one loan; the promises are its borrower's, over all loans."""

    loan: Loan
    instalments: list[Instalment] = field(default_factory=list)
    moved: list[DueChange] = field(default_factory=list)
    charges: list[Charge] = field(default_factory=list)
    waivers: list[Waiver] = field(default_factory=list)
    payments: list[Payment] = field(default_factory=list)
    taken_back: dict[int, datetime] = field(default_factory=dict)  # payments, and when
    plans: list[Plan] = field(default_factory=list)
    promises: list[Promise] = field(default_factory=list)
    by_loan: dict[int, "Records"] = field(default_factory=dict, repr=False)  # itself and the others, for the promises

    def standing(self, at: datetime, today: date, holds: frozenset[str], limits: PromiseLimits) -> Standing:
        """As a turn of `at` found it: what it agreed on itself is not yet there."""
        rows = self._replayed(at)
        late = [each for each in rows if each.due < today]
        coming = [each for each in rows if each.due >= today and each.outstanding]
        oldest = next((each.due for each in rows if each.outstanding), today)
        return Standing(
            currency=self.loan.currency,
            balance=sum(each.outstanding for each in rows),
            overdue=sum(each.outstanding for each in late),
            dpd=max(0, (today - oldest).days),
            instalment=(coming or rows[-1:])[0].due_total if rows else 0,
            upcoming=tuple(DueAmount(each.due, each.outstanding) for each in coming),
            open_promises=tuple(self._open_promises(at, today, limits)),
            broken_in_180d=self._broken(at, today, limits),
            plans_in_12m=sum(1 for each in self.plans if each.created_at < at and each.created_on > today - YEAR),
            date_changes_in_12m=_within_a_year([each.agreed_at for each in self.moved], at, today),
            waivers_in_12m=_within_a_year([each.recorded_at for each in self.waivers], at, today),
            late_fees=sum(each.outstanding_of("penalty") for each in late),
            restructured=self.loan.restructured,
            holds=holds,
        )

    def _replayed(self, at: datetime) -> tuple[replay.InstalmentState, ...]:
        schedule = [
            replay.Instalment(each.number, self._due(each, at), each.principal, each.interest)
            for each in self.instalments
        ]
        order: Any = tuple(self.loan.allocation_order.split(","))
        return replay.replay(schedule, self._events(at), order).rows

    def _due(self, instalment: Instalment, at: datetime) -> date:
        """What moved it later is undone."""
        since = [each for each in self.moved if each.instalment_number == instalment.number and each.agreed_at >= at]
        return min(since, key=lambda each: each.agreed_at).due_before if since else instalment.due

    def _events(self, at: datetime) -> Iterator[replay.Event]:
        for charge in self.charges:
            if charge.recorded_at <= at:
                yield replay.Charge(charge.component, charge.due, charge.amount)  # type: ignore[arg-type]
        for waiver in self.waivers:
            if waiver.recorded_at <= at:
                yield replay.Waiver(waiver.component, waiver.amount)  # type: ignore[arg-type]
        yield from self._paid(at)

    def _paid(self, at: datetime) -> Iterator[replay.Payment]:
        for payment in self.payments:
            ended = self.taken_back.get(id_of(payment))
            if payment.recorded_at <= at and (ended is None or ended > at):
                yield replay.Payment(str(payment.id), payment.value_date, payment.amount, payment.recorded_at)

    def _open_promises(self, at: datetime, today: date, limits: PromiseLimits) -> Iterator[OpenPromise]:
        for each in sorted(self.promises, key=lambda promise: (promise.due, promise.id)):
            open_then = each.settled_at > at if each.settled_at else each.state == "open"
            if each.created_at < at and open_then and not self.by_loan[each.loan_id]._kept(each, at, today, limits):
                yield OpenPromise(str(each.loan_id), each.amount, each.due)

    def _kept(self, promise: Promise, at: datetime, today: date, limits: PromiseLimits) -> bool:
        """By a payment that was taken back since: the promise is open again, and no longer says that it was kept."""
        if not any(ended > at for ended in self.taken_back.values()):
            return False
        known = [each for each in self.promises if each.loan_id == promise.loan_id and each.created_at < at]
        outcomes = promise_rules.evaluate(
            [replace(of_promise(each), cancelled=_was_cancelled(each, at)) for each in known],
            list(self._paid(at)),
            today,
            grace_days=limits.grace_days,
            min_kept_share=limits.min_kept_share,
        )
        return next(found.state for each, found in zip(known, outcomes, strict=True) if each is promise) == "kept"

    def _broken(self, at: datetime, today: date, limits: PromiseLimits) -> int:
        first_due = first_due_that_counts(today, limits)
        broken = (each for each in self.promises if each.state in limits.broken_counts and each.due >= first_due)
        return sum(1 for each in broken if each.settled_at and each.settled_at <= at)


def of_borrowers(session: Session, borrower_ids: Collection[int]) -> dict[int, Records]:
    """By loan. Give it some hundred borrowers at most."""
    loans = session.exec(select(Loan).where(col(Loan.borrower_id).in_(borrower_ids)).order_by(col(Loan.id))).all()
    found = {id_of(each): Records(each) for each in loans}
    promised: dict[int, list[Promise]] = defaultdict(list)
    for promise in session.exec(select(Promise).where(col(Promise.borrower_id).in_(borrower_ids))):
        promised[promise.borrower_id].append(promise)
    kinds: tuple[tuple[Any, str], ...] = (
        (Instalment, "instalments"), (DueChange, "moved"), (Charge, "charges"), (Waiver, "waivers"),
        (Payment, "payments"), (Plan, "plans"),
    )  # fmt: skip
    for table, name in kinds:
        for row in session.exec(select(table).where(col(table.loan_id).in_(found)).order_by(col(table.id))):
            getattr(found[row.loan_id], name).append(row)
    reversals = (
        select(Reversal, Payment.loan_id)
        .join(Payment, col(Payment.id) == Reversal.payment_id)
        .where(col(Payment.loan_id).in_(found))
    )
    for reversal, loan_id in session.exec(reversals):
        found[loan_id].taken_back[reversal.payment_id] = reversal.recorded_at
    for records in found.values():
        records.promises = promised[records.loan.borrower_id]
        records.by_loan = found
    return found


def _was_cancelled(promise: Promise, at: datetime) -> bool:
    return promise.state == "cancelled" and promise.settled_at is not None and promise.settled_at <= at


def _within_a_year(instants: list[datetime], at: datetime, today: date) -> int:
    return sum(1 for each in instants if each < at and each.date() > today - YEAR)
