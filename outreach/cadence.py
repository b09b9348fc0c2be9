"""A cadence: the ordered steps of a strategy, each saying whom to write to, when, and with which phrase.

Pure: it knows dates and conditions, never people. The contact rules decide about each message afterwards.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, StrictBool, StrictInt, ValidationError, model_validator

from outreach.policy_items import ClockTime, Strict

SHIPPED = Path(__file__).with_name("default_cadence.json")

Anchor = Literal["due_date", "promise_date", "payment"]
ChannelName = Literal["whatsapp", "sms", "telegram"]

# The product window of the contact policy (defaults.outbound_window): a step outside it could never be sent on time.
PRODUCT_WINDOW = (time(8), time(20))
# The longest run of closed days that a step is moved over; Easter week with its weekend is shorter.
MOVE_DAYS = 6

PHRASE_KEY = r"^[a-z][a-z0-9_]*(\.[a-z0-9_]+)+$"

OpenDay = Callable[[date], bool]


class CadenceError(ValueError):
    """The cadence is wrong; one line per fault: step, field, value, what to do."""


def _inside_window(at: time | None) -> time | None:
    if at is not None and not PRODUCT_WINDOW[0] <= at < PRODUCT_WINDOW[1]:
        raise ValueError("choose a local time from 08:00 to before 20:00")
    return at


def _each_once(channels: Literal["preferred"] | tuple[ChannelName, ...]) -> Any:
    if channels != "preferred" and (not channels or len(set(channels)) != len(channels)):
        raise ValueError('name each channel once, in order, or write "preferred"')
    return channels


class Audience(Strict):
    """Conditions that all hold. Days past due are counted on the step's day; null is no limit.

    `any_of` narrows to first loans or to borrowers who paid late before; empty is everybody."""

    min_dpd: Annotated[StrictInt, Field(ge=0)] | None = None
    max_dpd: Annotated[StrictInt, Field(ge=0)] | None = None
    any_of: tuple[Literal["first_loan", "past_late"], ...] = ()
    promise_states: tuple[Literal["open", "kept", "partial", "broken"], ...] = ()
    segments: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _range(self) -> "Audience":
        if self.min_dpd is not None and self.max_dpd is not None and self.min_dpd > self.max_dpd:
            raise ValueError("min_dpd is above max_dpd: swap or correct them")
        return self


class Step(Strict):
    """`offset_days` from the anchor, negative before it; `at` local time, null (payments only) as soon as allowed.

    A lower `priority` wins where several steps fall on one borrower's day. `on_closed_day` says where a step goes
    whose day has no contact hours: the last open day `before`, the next one `after`, or nowhere; then
    `phrase_if_moved` replaces a phrase that says "today"."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")
    kind: Literal["reminder", "promise_reminder", "plan_reminder", "promise_followup", "receipt"]
    anchor: Anchor
    offset_days: StrictInt = Field(ge=-30, le=120)
    at: Annotated[ClockTime | None, AfterValidator(_inside_window)]
    phrase: str = Field(pattern=PHRASE_KEY)
    phrase_if_moved: Annotated[str, Field(pattern=PHRASE_KEY)] | None = None
    channels: Annotated[Literal["preferred"] | tuple[ChannelName, ...], AfterValidator(_each_once)]
    audience: Audience = Audience()
    valid_for_hours: StrictInt = Field(ge=1, le=168)
    on_closed_day: Literal["before", "after", "skip"]
    priority: StrictInt = Field(ge=0, le=99)
    active: StrictBool = True

    @model_validator(mode="after")
    def _fits_its_anchor(self) -> "Step":
        if self.at is None and self.anchor != "payment":
            raise ValueError("at = null is for payments only: give a local time")
        if self.anchor == "payment" and (self.kind != "receipt" or self.offset_days != 0):
            raise ValueError("a payment is followed by a receipt with offset_days 0")
        if self.anchor == "promise_date" and self.kind == "reminder":
            raise ValueError("a step on promise_date needs kind promise_reminder or promise_followup")
        return self


class Cadence(Strict):
    """Steps in the order in which staff read them. Above `max_dpd` days past due people lead: no step runs."""

    format: Literal["cadence/1"]
    name: str = Field(min_length=1, max_length=80)
    note: str = ""
    max_dpd: StrictInt = Field(ge=0)
    steps: Annotated[tuple[Step, ...], Field(min_length=1)]

    def step(self, step_id: str) -> Step:
        return next(step for step in self.steps if step.id == step_id)


@dataclass(frozen=True, slots=True)
class Situation:
    """What an audience asks about one loan on the step's day."""

    dpd: int
    first_loan: bool = False
    past_late: bool = False
    promise_state: str | None = None
    segment: str | None = None


def load(source: str | Path | dict[str, Any] = SHIPPED) -> Cadence:
    """Read and check a cadence from a path, JSON text or parsed JSON; raises CadenceError naming every fault."""
    text = source.read_text(encoding="utf-8") if isinstance(source, Path) else source
    try:
        raw = json.loads(text) if isinstance(text, str) else text
        cadence = Cadence.model_validate(raw)
    except json.JSONDecodeError as error:
        raise CadenceError(f"cadence: line {error.lineno} is not JSON: {error.msg}") from error
    except ValidationError as error:
        raise CadenceError("\n".join(_faults(error, raw))) from error
    if faults := list(_clashes(cadence)):
        raise CadenceError("\n".join(faults))
    return cadence


def _faults(error: ValidationError, raw: Any) -> Iterable[str]:
    fixes = {"extra_forbidden": "unknown field: correct its spelling or remove it", "missing": "missing: add it"}
    for fault in error.errors():
        place, field = "cadence", list(fault["loc"])
        if field[:1] == ["steps"] and len(field) > 1:
            step = raw["steps"][field[1]]
            name = step.get("id") if isinstance(step, dict) else None
            place, field = f"step {name or field[1]!r}", field[2:]
        whole = fault["type"] == "missing" or isinstance(fault["input"], dict)
        shown = "" if whole else f" = {json.dumps(fault['input'], default=str)[:80]}"
        fix = fixes.get(fault["type"], fault["msg"].removeprefix("Value error, "))
        yield f"{place}: {'.'.join(map(str, field)) or 'fields'}{shown}: {fix}"


def _clashes(cadence: Cadence) -> Iterable[str]:
    seen: set[str] = set()
    for step in cadence.steps:
        if step.id in seen:
            yield f"step {step.id}: id = {step.id!r}: used twice: give each step its own id"
        seen.add(step.id)
        for field in ("min_dpd", "max_dpd"):
            value = getattr(step.audience, field)
            if value is not None and value > cadence.max_dpd:
                yield f"step {step.id}: audience.{field} = {value}: above the cadence's max_dpd {cadence.max_dpd}"


def step_date(step: Step, anchor: date, open_day: OpenDay | None = None) -> date | None:
    """The day on which the step runs for that anchor date, moved off closed days; None where it is skipped."""
    day = anchor + timedelta(days=step.offset_days)
    if open_day is None or open_day(day):
        return day
    if step.on_closed_day == "skip":
        return None
    way = 1 if step.on_closed_day == "after" else -1
    moved = (day + timedelta(days=way * n) for n in range(1, MOVE_DAYS + 1))
    return next((candidate for candidate in moved if open_day(candidate)), None)


def anchor_dates(step: Step, today: date, open_day: OpenDay | None = None) -> tuple[date, ...]:
    """Every due, promise or payment date for which the step runs today: the `WHERE date IN (...)` of planning."""
    middle = today - timedelta(days=step.offset_days)
    near = (middle + timedelta(days=n) for n in range(-MOVE_DAYS, MOVE_DAYS + 1))
    return tuple(each for each in near if step_date(step, each, open_day) == today)


def due_steps(
    cadence: Cadence, due: date, today: date, anchor: Anchor = "due_date", open_day: OpenDay | None = None
) -> tuple[Step, ...]:
    """Active steps of that anchor that run today, best priority first."""
    running = [
        step
        for step in cadence.steps
        if step.active and step.anchor == anchor and step_date(step, due, open_day) == today
    ]
    return tuple(sorted(running, key=lambda step: step.priority))


def step_instant(
    step: Step, due: date, zone: ZoneInfo, open_day: OpenDay | None = None, now: datetime | None = None
) -> datetime | None:
    """When the message may go at the earliest (UTC): the step's local time on its day in the borrower's zone.

    A step without a time (thanks for a payment) goes at `now`, or as its day begins."""
    if step.at is None and now is not None:
        return now.astimezone(UTC)
    day = step_date(step, due, open_day)
    return datetime.combine(day, step.at or time(), zone).astimezone(UTC) if day else None


def phrase_key(step: Step, anchor: date, day: date) -> str:
    """The phrase to say on `day`, which may not be the step's own day."""
    moved = day != anchor + timedelta(days=step.offset_days)
    return step.phrase_if_moved if moved and step.phrase_if_moved else step.phrase


def valid_until(step: Step, instant: datetime) -> datetime:
    return instant + timedelta(hours=step.valid_for_hours)


def matches(cadence: Cadence, step: Step, about: Situation) -> bool:
    """Whether the step's audience holds that loan. Receipts and promise steps go on above `max_dpd`."""
    audience = step.audience
    flags = {"first_loan": about.first_loan, "past_late": about.past_late}
    return (
        (step.kind != "reminder" or about.dpd <= cadence.max_dpd)
        and (audience.min_dpd or 0) <= about.dpd
        and (audience.max_dpd is None or about.dpd <= audience.max_dpd)
        and (not audience.any_of or any(flags[name] for name in audience.any_of))
        and (not audience.promise_states or about.promise_state in audience.promise_states)
        and (not audience.segments or about.segment in audience.segments)
    )
