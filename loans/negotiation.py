"""What the assistant may agree to: facts and policy in, a verdict with its limits out.

All amounts are integer minor units of the loan's currency; limits are inclusive and measured `today`. A
refusal carries what would be possible, so that a reply can say it. `human` marks what a person must decide.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from loans.negotiation_policy import NegotiationPolicy
from locales.currencies import in_minor_units

# A hold on a loan hands the talk to a person, but for these: the borrower may still agree on something.
NEGOTIABLE_HOLDS = frozenset({"payment_claim", "payment_claimed", "hardship", "opt_out", "promise_alive"})


class DueAmount(NamedTuple):
    """Money for one date."""

    on: date
    amount: int


@dataclass(frozen=True, slots=True)
class OpenPromise:
    loan: str
    amount: int
    on: date


@dataclass(frozen=True, slots=True)
class Standing:
    """One loan and its borrower as they are today.

    `upcoming` are unpaid instalments due today or later, the nearest first, at least as far as a plan may
    reach. `open_promises` are the borrower's over all loans, without the payments of plans. `late_fees` are
    the unpaid penalties inside `overdue`. `holds` are the events that hold this loan, borrower or address.
    """

    currency: str
    balance: int
    overdue: int
    dpd: int
    instalment: int
    upcoming: tuple[DueAmount, ...] = ()
    open_promises: tuple[OpenPromise, ...] = ()
    broken_in_180d: int = 0
    plans_in_12m: int = 0
    date_changes_in_12m: int = 0
    waivers_in_12m: int = 0
    late_fees: int = 0
    restructured: bool = False
    holds: frozenset[str] = frozenset()

    @property
    def next_due(self) -> DueAmount | None:
        return self.upcoming[0] if self.upcoming else None


class Reason(StrEnum):
    NO_DEBT = "no_debt"
    ON_HOLD = "on_hold"
    NOT_ALLOWED = "not_allowed"
    DPD_TOO_HIGH = "dpd_too_high"
    DPD_TOO_LOW = "dpd_too_low"
    TOO_MANY_BROKEN = "too_many_broken"
    TOO_MANY_OPEN = "too_many_open"
    TOO_MANY_PLANS = "too_many_plans"
    TOO_MANY_DATE_CHANGES = "too_many_date_changes"
    TOO_MANY_WAIVERS = "too_many_waivers"
    RESTRUCTURED = "restructured"
    AMOUNT_NOT_POSITIVE = "amount_not_positive"
    AMOUNT_TOO_SMALL = "amount_too_small"
    AMOUNT_OVER_BALANCE = "amount_over_balance"
    DATE_PAST = "date_past"
    DATE_TOO_FAR = "date_too_far"
    DATE_NOT_LATER = "date_not_later"
    DATES_OUT_OF_ORDER = "dates_out_of_order"
    TOTAL_NOT_OVERDUE = "total_not_overdue"
    TOO_MANY_PAYMENTS = "too_many_payments"
    FIRST_PAYMENT_TOO_LATE = "first_payment_too_late"
    FIRST_PAYMENT_TOO_SMALL = "first_payment_too_small"
    NOTHING_DUE_AHEAD = "nothing_due_ahead"
    NO_LATE_FEES = "no_late_fees"


@dataclass(frozen=True, slots=True)
class Accepted:
    """What is agreed. `beside` are the instalments that stay due while a plan runs."""

    payments: tuple[DueAmount, ...]
    beside: tuple[DueAmount, ...] = ()
    waived: int = 0


@dataclass(frozen=True, slots=True)
class Refused:
    """Why not, and what would be possible: amounts, first and last date, or the limit that is used up."""

    reason: Reason
    human: bool = False
    minimum: int | None = None
    maximum: int | None = None
    first: date | None = None
    last: date | None = None
    limit: int | None = None


Verdict = Accepted | Refused


def blocked(standing: Standing, policy: NegotiationPolicy) -> Refused | None:
    """Why the assistant may agree to nothing at all on this loan, if so."""
    promise, max_dpd = policy.promise, policy.escalate_to_human.max_bot_dpd
    if standing.balance <= 0:
        return Refused(Reason.NO_DEBT)
    if standing.holds - NEGOTIABLE_HOLDS:
        return Refused(Reason.ON_HOLD, human=True)
    if standing.dpd > max_dpd:
        return Refused(Reason.DPD_TOO_HIGH, human=True, limit=max_dpd)
    if standing.broken_in_180d >= promise.max_broken_in_180d:
        return Refused(Reason.TOO_MANY_BROKEN, human=True, limit=promise.max_broken_in_180d)
    return None


def check_promise(
    standing: Standing, policy: NegotiationPolicy, amount: int | None, on: date | None, today: date
) -> Verdict:
    """May this amount be promised for this date? None leaves that part out, while it is still to be asked."""
    return (
        blocked(standing, policy)
        or _promise_slots(standing, policy)
        or _amount_limits(standing, policy, amount)
        or _date_limits(standing, policy, on, today)
        or Accepted((DueAmount(on, amount),) if amount is not None and on is not None else ())
    )


def check_promises(
    standing: Standing, policy: NegotiationPolicy, agreed: Sequence[tuple[int | None, date | None]], today: date
) -> Verdict:
    """May these amounts be promised, each for its date, taken together? Only the sum is held against the balance."""
    verdicts = [check_promise(standing, policy, amount, on, today) for amount, on in agreed]
    if refused := next((each for each in verdicts if isinstance(each, Refused)), None):
        return refused
    if len(agreed) > policy.promise.max_open - len(standing.open_promises):
        return Refused(Reason.TOO_MANY_OPEN, human=True, limit=policy.promise.max_open)
    if sum(amount or 0 for amount, _ in agreed) > standing.balance:
        return Refused(Reason.AMOUNT_OVER_BALANCE, maximum=standing.balance, minimum=0)
    return Accepted(tuple(DueAmount(on, amount) for amount, on in agreed if amount is not None and on is not None))


def check_plan(standing: Standing, policy: NegotiationPolicy, payments: Sequence[DueAmount], today: date) -> Verdict:
    """Do these payments bring the loan up to date within the limits of a plan?"""
    refused = (
        blocked(standing, policy)
        or _plan_allowed(standing, policy)
        or _plan_shape(standing, policy, payments, today)
        or _plan_first(standing, policy, payments[0], today)
    )
    if refused:
        return refused
    beside = tuple(due for due in standing.upcoming if due.on <= payments[-1].on)
    return Accepted(tuple(payments), beside if policy.plan.must_also_cover_current_instalment else ())


def check_date_change(standing: Standing, policy: NegotiationPolicy, to: date, today: date) -> Verdict:
    """May the next instalment be paid on `to` instead? Only before its date, and only later."""
    rule, due = policy.date_change, standing.next_due
    if refused := blocked(standing, policy):
        return refused
    if not rule.bot_may or standing.dpd > rule.max_dpd:
        return Refused(Reason.NOT_ALLOWED, human=True, limit=rule.max_dpd)
    if standing.date_changes_in_12m >= rule.max_per_12m:
        return Refused(Reason.TOO_MANY_DATE_CHANGES, human=True, limit=rule.max_per_12m)
    if due is None or due.on <= today:
        return Refused(Reason.NOTHING_DUE_AHEAD, human=True)
    first, last = due.on + timedelta(days=1), due.on + timedelta(days=rule.max_shift_days)
    if not first <= to <= last:
        reason = Reason.DATE_NOT_LATER if to < first else Reason.DATE_TOO_FAR
        return Refused(reason, human=to > last, first=first, last=last)
    return Accepted((DueAmount(to, due.amount),))


def check_waiver(standing: Standing, policy: NegotiationPolicy, today: date) -> Verdict:
    """May late fees be waived if the rest of the overdue amount is paid in time?"""
    rule = policy.waiver_late_fee
    if refused := blocked(standing, policy):
        return refused
    if not rule.bot_may:
        return Refused(Reason.NOT_ALLOWED, human=True)
    if standing.waivers_in_12m >= rule.max_per_12m:
        return Refused(Reason.TOO_MANY_WAIVERS, human=True, limit=rule.max_per_12m)
    waived = int(standing.late_fees * rule.max_share_of_late_fees)
    if rule.max_amount is not None:
        waived = min(waived, _minor(rule.max_amount, standing))
    if waived <= 0 or standing.overdue <= waived:
        return Refused(Reason.NO_LATE_FEES)
    # Days, because a value date has no hour: the third day after today still lies within 72 hours.
    last = today + timedelta(hours=rule.requires_full_payment_of_overdue_within_hours)
    return Accepted((DueAmount(last, standing.overdue - waived),), waived=waived)


def smallest_promise(standing: Standing, policy: NegotiationPolicy) -> int:
    """The least amount worth a promise; the balance, where that is smaller."""
    share = policy.promise.min_share_of_overdue or Decimal(0)
    least = max(_minor(policy.promise.min_amount, standing), _ceiling(standing.overdue * share))
    return min(least, standing.balance)


def last_promise_date(standing: Standing, policy: NegotiationPolicy, today: date) -> date:
    return today + timedelta(days=policy.promise.max_days_ahead.on(standing.dpd))


def smallest_first_payment(standing: Standing, policy: NegotiationPolicy) -> int:
    return _ceiling(standing.overdue * policy.plan.min_first_payment_share)


def _promise_slots(standing: Standing, policy: NegotiationPolicy) -> Refused | None:
    if not policy.promise.bot_may:
        return Refused(Reason.NOT_ALLOWED, human=True)
    if len(standing.open_promises) >= policy.promise.max_open:
        return Refused(Reason.TOO_MANY_OPEN, human=True, limit=policy.promise.max_open)
    return None


def _amount_limits(standing: Standing, policy: NegotiationPolicy, amount: int | None) -> Refused | None:
    least, most = smallest_promise(standing, policy), standing.balance
    if amount is None or least <= amount <= most:
        return None
    if amount <= 0:
        reason = Reason.AMOUNT_NOT_POSITIVE
    else:
        reason = Reason.AMOUNT_TOO_SMALL if amount < least else Reason.AMOUNT_OVER_BALANCE
    return Refused(reason, minimum=least, maximum=most)


def _date_limits(standing: Standing, policy: NegotiationPolicy, on: date | None, today: date) -> Refused | None:
    last = last_promise_date(standing, policy, today)
    if on is None or today <= on <= last:
        return None
    return Refused(Reason.DATE_PAST if on < today else Reason.DATE_TOO_FAR, first=today, last=last)


def _plan_allowed(standing: Standing, policy: NegotiationPolicy) -> Refused | None:
    plan, (least, most) = policy.plan, policy.plan.dpd_range
    if not plan.bot_may:
        return Refused(Reason.NOT_ALLOWED, human=True)
    if standing.restructured:
        return Refused(Reason.RESTRUCTURED, human=True)
    if not least <= standing.dpd <= most:
        reason = Reason.DPD_TOO_LOW if standing.dpd < least else Reason.DPD_TOO_HIGH
        return Refused(reason, human=True, minimum=least, maximum=most)
    if standing.plans_in_12m >= plan.max_plans_in_12m:
        return Refused(Reason.TOO_MANY_PLANS, human=True, limit=plan.max_plans_in_12m)
    return None


def _plan_shape(
    standing: Standing, policy: NegotiationPolicy, payments: Sequence[DueAmount], today: date
) -> Refused | None:
    plan, least = policy.plan, min(_minor(policy.promise.min_amount, standing), standing.overdue)
    last = today + timedelta(days=plan.max_days_total)
    if any(payment.amount < least for payment in payments):
        return Refused(Reason.AMOUNT_TOO_SMALL, minimum=least)
    if sum(payment.amount for payment in payments) != standing.overdue or not payments:
        return Refused(Reason.TOTAL_NOT_OVERDUE, minimum=standing.overdue, maximum=standing.overdue)
    if any(later.on <= earlier.on for earlier, later in pairwise(payments)):
        return Refused(Reason.DATES_OUT_OF_ORDER)
    if len(payments) > plan.max_instalments:
        return Refused(Reason.TOO_MANY_PAYMENTS, human=True, limit=plan.max_instalments)
    if payments[-1].on > last:
        return Refused(Reason.DATE_TOO_FAR, human=True, first=today, last=last)
    return None


def _plan_first(standing: Standing, policy: NegotiationPolicy, payment: DueAmount, today: date) -> Refused | None:
    last = today + timedelta(days=policy.plan.first_payment_within_days)
    least = smallest_first_payment(standing, policy)
    if payment.on < today:
        return Refused(Reason.DATE_PAST, first=today, last=last)
    if payment.on > last:
        return Refused(Reason.FIRST_PAYMENT_TOO_LATE, human=True, first=today, last=last)
    if payment.amount < least:
        return Refused(Reason.FIRST_PAYMENT_TOO_SMALL, human=True, minimum=least)
    return None


def _minor(amount: Decimal, standing: Standing) -> int:
    return int(in_minor_units(amount, standing.currency))


def _ceiling(amount: Decimal) -> int:
    return int(amount.to_integral_value(ROUND_CEILING))
