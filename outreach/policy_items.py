"""The parts a policy file is made of: local times, dated and signed items, hours, caps."""

import re
from collections.abc import Iterable
from datetime import date, time
from itertools import pairwise
from typing import Annotated, Generic, Literal, TypeVar
from zoneinfo import ZoneInfo

import holidays
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    StrictInt,
    model_validator,
)

DayType = Literal["mon_fri", "sat", "sun", "holidays"]
DAY_TYPES: tuple[DayType, ...] = ("mon_fri", "sat", "sun", "holidays")
NAMED_KINDS = frozenset(
    {
        "reply_to_inbound",
        "opt_out_confirmation",
        "receipt",
        "promise_reminder",
        "plan_reminder",
        "hardship_checkin",
        "promise_followup",
    }
)


def _clock_time(value: object) -> object:
    if not isinstance(value, str) or not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", value):
        raise ValueError('write a local time as "HH:MM", from "00:00" to "23:59"')
    return time.fromisoformat(value)


def _iso_day(value: object) -> object:
    if not isinstance(value, str):
        raise ValueError('write a date as "YYYY-MM-DD"')  # noqa: TRY004  (pydantic reports ValueError only)
    return date.fromisoformat(value)


def _forward(window: tuple[time, time]) -> tuple[time, time]:
    if window[0] >= window[1]:
        raise ValueError("the first time must be before the second")
    return window


def known_names(names: frozenset[str]) -> AfterValidator:
    def check(values: tuple[str, ...]) -> tuple[str, ...]:
        if unknown := sorted(set(values) - names):
            raise ValueError(f"unknown {', '.join(unknown)}: use only {', '.join(sorted(names))}")
        return values

    return AfterValidator(check)


def zone_name(value: str) -> str:
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError) as error:
        raise ValueError("write an IANA zone such as America/Bogota, or null") from error
    return value


def calendar_code(value: str) -> str:
    if value not in holidays.list_supported_countries():
        raise ValueError("write a country code that the package `holidays` knows, such as MX")
    return value


def _written(value: time) -> str:
    """As it is read."""
    return f"{value:%H:%M}"


ClockTime = Annotated[time, BeforeValidator(_clock_time), PlainSerializer(_written, when_used="json")]
Day = Annotated[date, BeforeValidator(_iso_day)]
Window = Annotated[tuple[ClockTime, ClockTime], AfterValidator(_forward)]
Status = Literal["primary", "unconfirmed", "own_default"]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Dated(Strict):
    """Something in force from `valid_from` to `valid_to`, both days included; null is open."""

    status: Status
    valid_from: Day | None
    valid_to: Day | None
    signed_off_by: str | None
    signed_off_on: Day | None

    def in_force(self, day: date) -> bool:
        return (self.valid_from or date.min) <= day <= (self.valid_to or date.max)

    @model_validator(mode="after")
    def _dates_and_signature(self) -> "Dated":
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise ValueError("valid_to is before valid_from: correct one of them")
        if (self.signed_off_by is None) != (self.signed_off_on is None):
            raise ValueError("a sign-off needs both signed_off_by and signed_off_on")
        return self


D = TypeVar("D", bound=Dated)
T = TypeVar("T")


def _one_or_many(value: object) -> object:
    if value is None:
        return ()
    return value if isinstance(value, list) else [value]


def _without_overlap(versions: tuple[D, ...]) -> tuple[D, ...]:
    ordered = sorted(versions, key=lambda each: each.valid_from or date.min)
    for earlier, later in pairwise(ordered):
        if (earlier.valid_to or date.max) >= (later.valid_from or date.min):
            raise ValueError(
                f"two versions are in force on {later.valid_from or earlier.valid_to}: end the earlier one before"
            )
    return versions


# One object, a list of objects with separate validity dates, or null.
Versions = Annotated[tuple[D, ...], BeforeValidator(_one_or_many), AfterValidator(_without_overlap)]


def in_force(versions: Iterable[D], day: date) -> D | None:
    return next((version for version in versions if version.in_force(day)), None)


class Item(Dated, Generic[T]):
    """A legal value with where it comes from; `value` null means that no rule was found and adds no limit."""

    value: T | None
    source: tuple[str, ...]
    note: str | None


class Hours(Strict):
    """Windows of local time, from <= time < to; null is a day without contact."""

    mon_fri: Window | None
    sat: Window | None
    sun: Window | None
    holidays: Window | None

    def on(self, day_type: DayType) -> tuple[time, time] | None:
        return getattr(self, day_type)  # type: ignore[no-any-return]


class Cap(Strict):
    channel: Literal["all", "call", "visit", "message"]
    scope: Literal["day", "week", "rolling7"]
    n: StrictInt = Field(ge=0)
    counts: Literal["attempts", "distinct_channels"]
    when: Literal["always", "after_direct_contact", "after_conversation"]

    @model_validator(mode="after")
    def _zero_needs_a_talk(self) -> "Cap":
        if self.n == 0 and self.when == "always":
            raise ValueError("n = 0 with when = always would forbid all contact: switch the channel off instead")
        return self


class Cooldown(Strict):
    """Days of silence after a talk with the borrower."""

    days: StrictInt = Field(ge=1)
    applies_to: tuple[Literal["collection_message", "collection_call"], ...]
    exempt: Annotated[tuple[str, ...], known_names(NAMED_KINDS)]
