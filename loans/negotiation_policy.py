"""What the assistant may agree to alone: data that a person signs, read and checked before the product starts.

A wrong or unknown field is an error that names it. Amounts are decimals in the currency of the loan; every
limit is inclusive and measured on the day of the agreement.
"""

from datetime import date
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from loans.promise_rules import PromiseState

Share = Annotated[Decimal, Field(ge=0, le=1)]
Amount = Annotated[Decimal, Field(ge=0, decimal_places=2)]
Days = Annotated[int, Field(ge=0)]
Times = Annotated[int, Field(ge=0)]
OutsideLimits = Literal["human"]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Section(Strict):
    """A part with its source, its days in force and the person who signed it."""

    status: Literal["primary", "unconfirmed", "own_default"]
    source: str
    valid_from: date | None
    valid_to: date | None
    signed_off_by: str | None
    signed_off_on: date | None

    @model_validator(mode="after")
    def _dates_in_order(self) -> Self:
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise ValueError(f"valid_to {self.valid_to} is before valid_from {self.valid_from}")
        if (self.signed_off_by is None) != (self.signed_off_on is None):
            raise ValueError("signed_off_by and signed_off_on belong together: give both or neither")
        return self


class MaxDaysAhead(Strict):
    """How far ahead a promise may lie, by days past due on the day it is made."""

    dpd_lte_30: Days
    dpd_gt_30: Days

    def on(self, dpd: int) -> int:
        return self.dpd_lte_30 if dpd <= 30 else self.dpd_gt_30


class PromiseLimits(Section):
    bot_may: bool
    min_amount: Amount
    min_amount_currency: Literal["loan"]
    min_amount_exception: str
    min_share_of_overdue: Share | None
    max_days_ahead: MaxDaysAhead
    dpd_measured: str
    max_open: Annotated[int, Field(ge=1)]
    max_open_scope: Literal["borrower"]
    grace_days: Days
    min_kept_share: Annotated[Decimal, Field(gt=0, le=1)]
    max_broken_in_180d: Annotated[int, Field(ge=1)]
    after_max_broken: OutsideLimits
    broken_counts: tuple[PromiseState, ...]
    reminders: tuple[str, ...]
    suppresses_other_reminders: bool
    must_confirm_amount_and_date: bool


class PlanLimits(Section):
    bot_may: bool
    max_instalments: Annotated[int, Field(ge=2)]
    max_days_total: Days
    first_payment_within_days: Days
    min_first_payment_share: Share
    must_also_cover_current_instalment: bool
    dpd_range: tuple[Days, Days]
    max_plans_in_12m: Times
    must_confirm_in_writing: bool
    payments_count_as_open_promises: bool
    outside_limits: OutsideLimits

    @model_validator(mode="after")
    def _limits_fit_together(self) -> Self:
        if self.dpd_range[0] > self.dpd_range[1]:
            raise ValueError(f"dpd_range {list(self.dpd_range)}: the first day is above the last")
        if self.first_payment_within_days > self.max_days_total:
            raise ValueError("first_payment_within_days is above max_days_total: no plan could fit")
        return self


class DateChangeLimits(Section):
    bot_may: bool
    max_shift_days: Days
    max_per_12m: Times
    max_dpd: Days
    outside_limits: OutsideLimits


class LateFeeWaiverLimits(Section):
    bot_may: bool
    max_share_of_late_fees: Share
    max_amount: Amount | None
    requires_full_payment_of_overdue_within_hours: Annotated[int, Field(ge=0)]
    max_per_12m: Times
    outside_limits: OutsideLimits


class SettlementLevel(Strict):
    """The discount on principal that a person of this role may grant; null is above the role before."""

    role: str
    max_principal_discount: Share | None
    min_dpd: Days | None


class SettlementLimits(Section):
    bot_may: Literal[False]
    human_levels: tuple[SettlementLevel, ...]


class NeverByAssistant(Section):
    bot_may: Literal[False]


class LegalAction(NeverByAssistant):
    bot_may_mention: Literal[False]


class IdentityRule(Section):
    required_before: str
    data_points_needed: Annotated[int, Field(ge=1)]
    accepted_data_points: tuple[str, ...]
    given_by: str
    max_attempts: Annotated[int, Field(ge=1)]
    after_max_attempts: str
    disclose_bot: bool

    @model_validator(mode="after")
    def _enough_data_points(self) -> Self:
        if self.data_points_needed > len(self.accepted_data_points):
            raise ValueError("data_points_needed is above the number of accepted_data_points")
        return self


class HoldRule(Strict):
    event: str
    contact: str
    scope: str
    release: str
    max_days: Days | None
    bot_does: str
    days_kind: Literal["business", "calendar"] = "calendar"
    check_ins: Times = 0
    signals: tuple[str, ...] = ()


class HoldRules(Section):
    items: tuple[HoldRule, ...]
    pauses_arrears_count: bool
    contact_codes: dict[str, str]
    inbound_during_hold: str

    @model_validator(mode="after")
    def _items_are_known(self) -> Self:
        events = [item.event for item in self.items]
        if len(set(events)) < len(events):
            raise ValueError("holds.items names an event twice")
        unknown = {item.contact for item in self.items} - self.contact_codes.keys()
        if unknown:
            raise ValueError(f"holds.items use contact {sorted(unknown)} that contact_codes does not explain")
        return self


class Escalation(Section):
    when: tuple[str, ...]
    max_bot_dpd: Days


class NeverSaid(Section):
    items: tuple[str, ...]
    amounts_only_from: str


class NegotiationPolicy(Strict):
    format: Literal["negotiation-policy/2"]
    policy_version: Annotated[str, Field(pattern=r"^\d+\.\d+\.\d+$")]
    note: str
    promise: PromiseLimits
    plan: PlanLimits
    date_change: DateChangeLimits
    waiver_late_fee: LateFeeWaiverLimits
    settlement: SettlementLimits
    restructure: NeverByAssistant
    write_off: NeverByAssistant
    legal_action: LegalAction
    identity: IdentityRule
    holds: HoldRules
    escalate_to_human: Escalation
    never_said: NeverSaid


@lru_cache
def shipped_policy() -> NegotiationPolicy:
    """The policy the product comes with, `loans/negotiation_policy.json`."""
    text = files("loans").joinpath("negotiation_policy.json").read_text(encoding="utf-8")
    return NegotiationPolicy.model_validate_json(text)
