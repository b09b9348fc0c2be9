"""Was a promise kept? Every answer is computed anew from the payments, so reversals and backdating just work.

A payment counts for a promise when its value date lies in [created_on, due + grace] and it had not been
recorded before the promise was made. Every cent counts once: a payment fills the promises it counts for by
due date and then creation, each up to its full amount.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Literal

from loans.replay import Payment

PromiseState = Literal["open", "kept", "partial", "broken", "cancelled"]

BROKEN_ONLY: tuple[PromiseState, ...] = ("broken",)


@dataclass(frozen=True, slots=True)
class Promise:
    """What the borrower agreed to; `made_at` is the moment, `created_on` its business date."""

    id: str
    amount: int
    due: date
    created_on: date
    made_at: datetime | None = None
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """A promise on a business date. `broke_on` is the first day it could no longer be kept."""

    id: str
    state: PromiseState
    credited: int
    broke_on: date | None = None


def evaluate(
    promises: Iterable[Promise],
    payments: Iterable[Payment],
    as_of: date,
    *,
    grace_days: int = 2,
    min_kept_share: Decimal = Decimal("0.90"),
) -> tuple[Outcome, ...]:
    """Outcomes of all promises on one loan, in the order given.

    `payments` are the loan's live ones (`live_payments` leaves reversed ones out).
    """
    promises = list(promises)
    credited = _fill(promises, payments, as_of, timedelta(days=grace_days))
    return tuple(
        _outcome(promise, paid, as_of, promise.due + timedelta(days=grace_days), min_kept_share)
        for promise, paid in zip(promises, credited, strict=True)
    )


def stands(promise: Promise, paid: int, as_of: date, *, grace_days: int, min_kept_share: Decimal) -> Outcome:
    """The outcome on a later date if nothing more is paid than `paid`."""
    return _outcome(promise, paid, as_of, promise.due + timedelta(days=grace_days), min_kept_share)


def broken_since(outcomes: Iterable[Outcome], since: date, states: Collection[PromiseState] = BROKEN_ONLY) -> int:
    """How many promises broke on `since` or later; partly kept ones count where `states` names them."""
    return sum(1 for o in outcomes if o.state in states and o.broke_on and o.broke_on >= since)


def _fill(promises: Sequence[Promise], payments: Iterable[Payment], as_of: date, grace: timedelta) -> list[int]:
    order = sorted(range(len(promises)), key=lambda at: _turn(promises[at]))
    credited = [0] * len(promises)
    for payment in sorted(payments, key=lambda p: p.on):
        left = payment.amount if payment.on <= as_of else 0
        for at in order:
            if _counts_for(promises[at], payment, grace):
                part = min(left, promises[at].amount - credited[at])
                credited[at] += part
                left -= part
    return credited


def _turn(promise: Promise) -> tuple[date, date, float]:
    return promise.due, promise.created_on, promise.made_at.timestamp() if promise.made_at else 0


def _counts_for(promise: Promise, payment: Payment, grace: timedelta) -> bool:
    if promise.cancelled or not promise.created_on <= payment.on <= promise.due + grace:
        return False
    if promise.made_at is None or payment.recorded_at is None:
        return True
    return payment.recorded_at > promise.made_at


def _outcome(promise: Promise, paid: int, as_of: date, last: date, min_kept_share: Decimal) -> Outcome:
    if promise.cancelled:
        return Outcome(promise.id, "cancelled", 0)
    if paid >= promise.amount * min_kept_share:
        return Outcome(promise.id, "kept", paid)
    if as_of <= last:
        return Outcome(promise.id, "open", paid)
    return Outcome(promise.id, "partial" if paid else "broken", paid, broke_on=last + timedelta(days=1))
