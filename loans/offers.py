"""The offers the assistant may make: computed from the limits, never invented.

Every offer passes the check of its kind in `loans.negotiation`, because it is built and then checked.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from loans.negotiation import (
    Accepted,
    DueAmount,
    Reason,
    Refused,
    Standing,
    Verdict,
    blocked,
    check_date_change,
    check_plan,
    check_promise,
    check_waiver,
    last_promise_date,
    smallest_first_payment,
    smallest_promise,
)
from loans.negotiation_policy import NegotiationPolicy
from locales.currencies import in_minor_units

Kind = Literal["promise", "plan", "date_change", "waiver"]

# Days between the payments of a plan, for how borrowers say they are paid.
SPACING = {"weekly": 7, "biweekly": 14, "every_15_days": 15, "semimonthly": 15, "monthly": 30}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the borrower asked for, as far as it was said: one amount, a first date, how many, how often."""

    amount: int | None = None
    on: date | None = None
    count: int | None = None
    frequency: str | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """Something the borrower may say yes to.

    `latest` is the last date that may be chosen instead; `beside` stays due while a plan runs; `waived` are
    the late fees that fall away; `moved_from` is the date that a date change replaces.
    """

    kind: Kind
    payments: tuple[DueAmount, ...]
    latest: date | None = None
    beside: tuple[DueAmount, ...] = ()
    waived: int = 0
    moved_from: date | None = None


@dataclass(frozen=True, slots=True)
class HumanNeeded:
    """Nothing is left that the assistant may agree to alone."""

    reason: Reason


def offers(
    standing: Standing, policy: NegotiationPolicy, today: date, wanted: Wanted | None = None
) -> tuple[Offer, ...] | HumanNeeded:
    """All that may be offered today, nearest to what was wanted; empty where nothing is owed."""
    wanted = wanted or Wanted()
    refused = blocked(standing, policy)
    if refused:
        return HumanNeeded(refused.reason) if refused.human else ()
    found = tuple(
        offer
        for make in (_promises, _plans, _date_changes, _waivers)
        for offer in make(standing, policy, today, wanted)
    )
    if found:
        return found
    verdict = check_promise(standing, policy, None, None, today)
    return HumanNeeded(verdict.reason if isinstance(verdict, Refused) else Reason.NOT_ALLOWED)


def one_of_each(found: tuple[Offer, ...] | HumanNeeded) -> list[Offer]:
    """What is laid out: the nearest to what was wanted of each kind, none where a person is needed. A waiver needs one
    until its payment can be watched."""
    made = () if isinstance(found, HumanNeeded) else found
    first = {each.kind: each for each in reversed(made) if each.kind != "waiver"}
    return [first[kind] for kind in ("promise", "plan", "date_change") if kind in first]


def _promises(standing: Standing, policy: NegotiationPolicy, today: date, wanted: Wanted) -> Iterator[Offer]:
    usual = standing.overdue or (standing.next_due.amount if standing.next_due else standing.balance)
    least, last = smallest_promise(standing, policy), last_promise_date(standing, policy, today)
    amount = min(max(wanted.amount or usual, least), standing.balance)
    on = min(max(wanted.on or last, today), last)
    yield from _offer("promise", check_promise(standing, policy, amount, on, today), latest=last)


def _plans(standing: Standing, policy: NegotiationPolicy, today: date, wanted: Wanted) -> Iterator[Offer]:
    most = policy.plan.max_instalments
    exact = _payments_of(wanted.amount, standing.overdue, most)
    found = list(_plan(standing, policy, today, wanted, exact)) if exact else []
    asked = [wanted.count] if wanted.count and 2 <= wanted.count <= most else range(2, most + 1)
    for count in asked if not found else ():
        found += _plan(standing, policy, today, wanted, _split(standing, policy, count))
    yield from found


def _plan(
    standing: Standing, policy: NegotiationPolicy, today: date, wanted: Wanted, amounts: Sequence[int]
) -> Iterator[Offer]:
    for dates in _plan_dates(policy, today, wanted, len(amounts)):
        payments = [DueAmount(on, amount) for on, amount in zip(dates, amounts, strict=True)]
        yield from _offer("plan", check_plan(standing, policy, payments, today))


def _date_changes(standing: Standing, policy: NegotiationPolicy, today: date, wanted: Wanted) -> Iterator[Offer]:
    if due := standing.next_due:
        first, last = due.on + timedelta(days=1), due.on + timedelta(days=policy.date_change.max_shift_days)
        to = wanted.on if wanted.on and first <= wanted.on <= last else last
        verdict = check_date_change(standing, policy, to, today)
        yield from _offer("date_change", verdict, latest=last, moved_from=due.on)


def _waivers(standing: Standing, policy: NegotiationPolicy, today: date, _: Wanted) -> Iterator[Offer]:
    verdict = check_waiver(standing, policy, today)
    latest = verdict.payments[-1].on if isinstance(verdict, Accepted) else None
    yield from _offer("waiver", verdict, latest=latest)


def _offer(
    kind: Kind, verdict: Verdict, *, latest: date | None = None, moved_from: date | None = None
) -> Iterator[Offer]:
    if isinstance(verdict, Accepted):
        yield Offer(kind, verdict.payments, latest, verdict.beside, verdict.waived, moved_from)


def _payments_of(each: int | None, overdue: int, most: int) -> list[int]:
    """As many payments of the wanted amount as the overdue amount takes, the last one smaller."""
    if not each or not 0 < each < overdue or -(-overdue // each) > most:
        return []
    whole, rest = divmod(overdue, each)
    return [each] * whole + ([rest] if rest else [])


def _split(standing: Standing, policy: NegotiationPolicy, count: int) -> list[int]:
    """Nearly equal parts in whole currency units; the first takes the odd rest and its minimum share."""
    rest = standing.overdue - smallest_first_payment(standing, policy)
    each = min(standing.overdue // count, rest // (count - 1))
    unit = int(in_minor_units(Decimal(1), standing.currency))
    each = each // unit * unit
    return [standing.overdue - each * (count - 1)] + [each] * (count - 1)


def _plan_dates(policy: NegotiationPolicy, today: date, wanted: Wanted, count: int) -> Iterator[tuple[date, ...]]:
    """The wanted rhythm, or the next quicker one that still ends in time."""
    latest_first = today + timedelta(days=policy.plan.first_payment_within_days)
    first = min(max(wanted.on or latest_first, today), latest_first)
    days_left = policy.plan.max_days_total - (first - today).days
    asked = SPACING.get(wanted.frequency or "", SPACING["biweekly"])
    for step in sorted({*SPACING.values()}, reverse=True):
        if step <= asked and step * (count - 1) <= days_left:
            yield tuple(first + timedelta(days=step * k) for k in range(count))
            return
