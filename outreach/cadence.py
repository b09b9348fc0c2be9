"""A cadence: the ordered steps of a strategy, each saying whom to write to, when, and with which phrase.

Pure: it knows dates and conditions, never people. The contact rules decide about each message afterwards.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import Field, StrictInt, ValidationError

from outreach.audience import Audience, Situation, holds
from outreach.experiment import Experiment
from outreach.flow_fault import Fault, line, of_validation
from outreach.policy_items import Strict
from outreach.step import Anchor, Step, phrase_key, spread, valid_until

__all__ = [
    "SHIPPED", "Anchor", "Audience", "Cadence", "CadenceError", "OpenDay", "Situation", "Step", "anchor_dates",
    "canonical", "due_steps", "load", "matches", "phrase_key", "step_date", "step_instant", "valid_until", "whole",
]  # fmt: skip

SHIPPED = Path(__file__).with_name("default_cadence.json")

# The longest run of closed days that a step is moved over; Easter week with its weekend is shorter.
MOVE_DAYS = 6

OpenDay = Callable[[date], bool]


class CadenceError(ValueError):
    """The cadence is wrong; one line per fault: step, field, value, what to do."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(line(each) for each in self.faults))


class Cadence(Strict):
    """Steps in the order in which staff read them. Above `max_dpd` days past due people lead: no step runs.

    Format `cadence/1` is read as well; it only has fewer fields."""

    format: Literal["cadence/1", "cadence/2"]
    name: str = Field(min_length=1, max_length=80)
    note: str = ""
    max_dpd: StrictInt = Field(ge=0)
    experiment: Experiment | None = None
    steps: Annotated[tuple[Step, ...], Field(min_length=1, max_length=100)]

    def step(self, step_id: str) -> Step:
        return next(step for step in self.steps if step.id == step_id)


def load(source: str | Path | Mapping[str, Any] = SHIPPED) -> Cadence:
    """Read and check a cadence from a path, JSON text or parsed JSON; raises CadenceError naming every fault."""
    text = source.read_text(encoding="utf-8") if isinstance(source, Path) else source
    try:
        raw = json.loads(text) if isinstance(text, str) else text
        cadence = Cadence.model_validate(raw)
    except json.JSONDecodeError as error:
        fault = Fault(None, "", None, "flow_not_json", {"line": error.lineno}, f"line {error.lineno} is not JSON")
        raise CadenceError([fault]) from error
    except ValidationError as error:
        raise CadenceError(of_validation(error, raw)) from error
    if faults := list(_clashes(cadence)):
        raise CadenceError(faults)
    return cadence


def canonical(cadence: Cadence) -> dict[str, Any]:
    """The shortest content that reads as this cadence: what is stored, and what a file holds."""
    return {"format": cadence.format} | cadence.model_dump(mode="json", exclude_defaults=True, exclude_none=True)


def whole(cadence: Cadence) -> dict[str, Any]:
    """The same with every field written out, for who edits it."""
    return cadence.model_dump(mode="json")


def _clashes(cadence: Cadence) -> Iterable[Fault]:
    seen: set[str] = set()
    arms = {arm.name for arm in cadence.experiment.arms} if cadence.experiment else set()
    for step in cadence.steps:
        if step.id in seen:
            yield Fault(step.id, "id", step.id, "flow_id_twice", {}, "used twice: give each step its own id")
        seen.add(step.id)
        for field in ("min_dpd", "max_dpd"):
            value = getattr(step.audience, field)
            if value is not None and value > cadence.max_dpd:
                fix = f"above the cadence's max_dpd {cadence.max_dpd}"
                yield Fault(step.id, f"audience.{field}", value, "flow_dpd_above", {"most": cadence.max_dpd}, fix)
        for arm in step.audience.arms:
            if arm not in arms:
                fix = "no such arm: add it to experiment.arms or remove it"
                yield Fault(step.id, "audience.arms", arm, "flow_arm_unknown", {}, fix)


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


def step_instant(  # noqa: PLR0917
    step: Step,
    due: date,
    zone: ZoneInfo,
    open_day: OpenDay | None = None,
    now: datetime | None = None,
    borrower_id: int | None = None,
) -> datetime | None:
    """When the message may go at the earliest (UTC): the step's local time on its day in the borrower's zone.

    A step without a time (thanks for a payment) goes at `now`, or as its day begins. With a borrower the step's
    spread is counted in."""
    if step.at is None and now is not None:
        return now.astimezone(UTC)
    day = step_date(step, due, open_day)
    wait = spread(step, borrower_id) if borrower_id is not None else timedelta()
    return datetime.combine(day, step.at or time(), zone).astimezone(UTC) + wait if day else None


def matches(cadence: Cadence, step: Step, about: Situation) -> bool:
    """Whether the step's audience holds that loan. Receipts and promise steps go on above `max_dpd`."""
    return (step.kind != "reminder" or about.dpd <= cadence.max_dpd) and holds(step.audience, about)
