"""Whom a step is for: conditions on one loan and its borrower, all of which must hold. Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StrictInt, model_validator
from pydantic_core import PydanticCustomError

from outreach.experiment import ArmName
from outreach.policy_items import Strict

# What PostgreSQL keeps as a whole number of minor units, and more than anybody owes.
LARGEST_AMOUNT = 10**13
Language = Literal["es", "en"]


def _once(names: tuple[str, ...]) -> tuple[str, ...]:
    if len(set(names)) < len(names):
        raise PydanticCustomError("flow_named_twice", "name each one once")
    return names


Name = Annotated[str, Field(min_length=1, max_length=120, pattern=r"^[^\x00]*$")]
Names = Annotated[tuple[Name, ...], AfterValidator(_once)]
Minor = Annotated[StrictInt, Field(ge=0, le=LARGEST_AMOUNT)]
Days = Annotated[StrictInt, Field(ge=0)]


class Audience(Strict):
    """Conditions that all hold; an empty list and null are no condition.

    Days past due are counted on the step's day. `any_of` narrows to first loans or to borrowers who paid late before.
    `min_overdue` and `max_overdue` are minor units of `currency`, which they need."""

    min_dpd: Days | None = None
    max_dpd: Days | None = None
    any_of: tuple[Literal["first_loan", "past_late"], ...] = ()
    promise_states: tuple[Literal["open", "kept", "partial", "broken"], ...] = ()
    segments: Names = ()
    risks: Names = ()
    products: Names = ()
    regions: Names = ()
    languages: tuple[Language, ...] = ()
    min_overdue: Minor | None = None
    max_overdue: Minor | None = None
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] | None = None
    arms: tuple[ArmName, ...] = ()

    @model_validator(mode="after")
    def _ranges(self) -> "Audience":
        for low, high in (("min_dpd", "max_dpd"), ("min_overdue", "max_overdue")):
            least, most = getattr(self, low), getattr(self, high)
            if least is not None and most is not None and least > most:
                raise PydanticCustomError(
                    "flow_range_reversed", "{low} is above {high}: swap or correct them", {"low": low, "high": high}
                )
        if self.asks_overdue and self.currency is None:
            raise PydanticCustomError("flow_currency_missing", "amounts need a currency such as MXN")
        return self

    @property
    def asks_overdue(self) -> bool:
        return self.min_overdue is not None or self.max_overdue is not None


@dataclass(frozen=True, slots=True)
class Situation:
    """What an audience asks about one loan on the step's day. `overdue` is in minor units of `currency`."""

    dpd: int
    first_loan: bool = False
    past_late: bool = False
    promise_state: str | None = None
    segment: str | None = None
    risk: str | None = None
    product: str | None = None
    region: str | None = None
    language: str | None = None
    overdue: int | None = None
    currency: str | None = None
    arm: str | None = None


def holds(audience: Audience, about: Situation) -> bool:
    flags = {"first_loan": about.first_loan, "past_late": about.past_late}
    return (
        _within(audience.min_dpd, about.dpd, audience.max_dpd)
        and (not audience.any_of or any(flags[name] for name in audience.any_of))
        and _named(audience.promise_states, about.promise_state)
        and _named(audience.segments, about.segment)
        and _named(audience.risks, about.risk)
        and _named(audience.products, about.product)
        and _named(audience.regions, about.region)
        and _named(audience.languages, (about.language or "")[:2])
        and _named(audience.arms, about.arm)
        and (audience.currency is None or about.currency == audience.currency)
        and (not audience.asks_overdue or _within(audience.min_overdue, about.overdue or 0, audience.max_overdue))
    )


def _named(names: Collection[str], value: str | None) -> bool:
    return not names or value in names


def _within(least: int | None, value: int, most: int | None) -> bool:
    return (least is None or least <= value) and (most is None or value <= most)
