"""How far each may go on one product and segment: the assistant alone, a collector, a supervisor. Pure.

What is null is as before: the assistant keeps the negotiation policy's value, a person has no limit. The assistant's
are only ever narrower than the policy, which a person has signed. Amounts of money are not limited here, only shares,
days and counts, so that one row holds in every currency.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import Field, StrictInt, model_validator
from pydantic_core import PydanticCustomError

from loans.negotiation import DueAmount
from loans.negotiation_policy import NegotiationPolicy, Share, Strict

Level = Literal["assistant", "collector", "supervisor"]
LEVELS: tuple[Level, ...] = ("assistant", "collector", "supervisor")
Days = Annotated[StrictInt, Field(ge=0, le=366)]
Times = Annotated[StrictInt, Field(ge=0, le=100)]
Payments = Annotated[StrictInt, Field(ge=2, le=60)]


class Limits(Strict):
    promise_max_days: Days | None = Field(default=None, description="How many days ahead a promise may lie.")
    promise_min_share: Share | None = Field(default=None, description="The least share of what is overdue.")
    promise_max_open: Times | None = Field(default=None, description="Open promises of one borrower.")
    plan_max_payments: Payments | None = None
    plan_max_days: Days | None = Field(default=None, description="From today to the last payment.")
    plan_first_within_days: Days | None = None
    plan_min_first_share: Share | None = Field(default=None, description="Of what is overdue.")
    plan_max_in_12m: Times | None = None
    date_change_max_days: Days | None = None
    date_change_max_in_12m: Times | None = None
    waiver_max_share: Share | None = Field(default=None, description="Of the late fees.")
    waiver_max_in_12m: Times | None = None


# Of these the smaller is the wider.
LEAST = frozenset({"promise_min_share", "plan_min_first_share"})
# Where the negotiation policy has the same limit.
PLACES: dict[str, tuple[str, str]] = {
    "promise_min_share": ("promise", "min_share_of_overdue"),
    "promise_max_open": ("promise", "max_open"),
    "plan_max_payments": ("plan", "max_instalments"),
    "plan_max_days": ("plan", "max_days_total"),
    "plan_first_within_days": ("plan", "first_payment_within_days"),
    "plan_min_first_share": ("plan", "min_first_payment_share"),
    "plan_max_in_12m": ("plan", "max_plans_in_12m"),
    "date_change_max_days": ("date_change", "max_shift_days"),
    "date_change_max_in_12m": ("date_change", "max_per_12m"),
    "waiver_max_share": ("waiver_late_fee", "max_share_of_late_fees"),
    "waiver_max_in_12m": ("waiver_late_fee", "max_per_12m"),
}


class LevelLimits(Strict):
    """Each level reaches at least as far as the one before."""

    assistant: Limits = Limits()
    collector: Limits = Limits()
    supervisor: Limits = Limits()

    @model_validator(mode="after")
    def _each_reaches_further(self) -> "LevelLimits":
        for lower, higher in (("assistant", "collector"), ("collector", "supervisor"), ("assistant", "supervisor")):
            for name in Limits.model_fields:
                less, more = getattr(getattr(self, lower), name), getattr(getattr(self, higher), name)
                if less is not None and more is not None and (less < more if name in LEAST else less > more):
                    raise PydanticCustomError(
                        "limits_reversed", "{lower} reaches further than {at}",
                        {"at": f"{higher}.{name}", "lower": lower},
                    )  # fmt: skip
        return self


class Exceeded(NamedTuple):
    """`limit` is a field of Limits, `allowed` its value."""

    limit: str
    allowed: Any


def of_policy(policy: NegotiationPolicy) -> dict[str, int | Decimal | None]:
    """What the assistant may do where nothing narrows it, by the fields of Limits; of the days ahead the longest."""
    ahead = policy.promise.max_days_ahead
    same = {name: getattr(getattr(policy, section), field) for name, (section, field) in PLACES.items()}
    return {"promise_max_days": max(ahead.dpd_lte_30, ahead.dpd_gt_30)} | same


def narrowed(policy: NegotiationPolicy, limits: Limits) -> NegotiationPolicy:
    """The policy by which the assistant negotiates on that product and segment."""
    changes: dict[str, dict[str, Any]] = {}
    for name, (section, field) in PLACES.items():
        value, before = getattr(limits, name), getattr(getattr(policy, section), field)
        if value is not None:
            strictest = max if name in LEAST else min
            changes.setdefault(section, {})[field] = value if before is None else strictest(before, value)
    if (days := limits.promise_max_days) is not None:
        ahead = policy.promise.max_days_ahead
        kept = {"dpd_lte_30": min(days, ahead.dpd_lte_30), "dpd_gt_30": min(days, ahead.dpd_gt_30)}
        changes.setdefault("promise", {})["max_days_ahead"] = ahead.model_copy(update=kept)
    sections = {name: getattr(policy, name).model_copy(update=fields) for name, fields in changes.items()}
    whole = policy.model_copy(update=sections)
    return _fitted(whole)


def _fitted(policy: NegotiationPolicy) -> NegotiationPolicy:
    """A first payment that may come later than the last one comes with it."""
    plan = policy.plan
    if plan.first_payment_within_days <= plan.max_days_total:
        return policy
    shorter = plan.model_copy(update={"first_payment_within_days": plan.max_days_total})
    return policy.model_copy(update={"plan": shorter})


def check_promise(
    limits: Limits, payment: DueAmount, *, overdue: int, open_before: int, today: date
) -> Exceeded | None:
    """What a person may promise for a borrower, who has `open_before` others."""
    if limits.promise_max_days is not None and payment.on > today + timedelta(days=limits.promise_max_days):
        return Exceeded("promise_max_days", limits.promise_max_days)
    if limits.promise_min_share is not None and payment.amount < _share(overdue, limits.promise_min_share):
        return Exceeded("promise_min_share", limits.promise_min_share)
    if limits.promise_max_open is not None and open_before >= limits.promise_max_open:
        return Exceeded("promise_max_open", limits.promise_max_open)
    return None


def check_plan(
    limits: Limits, payments: Sequence[DueAmount], *, overdue: int, plans_before: int, today: date
) -> Exceeded | None:
    """`payments` by day; `plans_before` in the last twelve months on this loan."""
    first, last = payments[0], payments[-1]
    if limits.plan_max_payments is not None and len(payments) > limits.plan_max_payments:
        return Exceeded("plan_max_payments", limits.plan_max_payments)
    if limits.plan_max_days is not None and last.on > today + timedelta(days=limits.plan_max_days):
        return Exceeded("plan_max_days", limits.plan_max_days)
    within = limits.plan_first_within_days
    if within is not None and first.on > today + timedelta(days=within):
        return Exceeded("plan_first_within_days", within)
    if limits.plan_min_first_share is not None and first.amount < _share(overdue, limits.plan_min_first_share):
        return Exceeded("plan_min_first_share", limits.plan_min_first_share)
    if limits.plan_max_in_12m is not None and plans_before >= limits.plan_max_in_12m:
        return Exceeded("plan_max_in_12m", limits.plan_max_in_12m)
    return None


def _share(overdue: int, share: Decimal) -> int:
    return int((overdue * share).to_integral_value(ROUND_CEILING))
