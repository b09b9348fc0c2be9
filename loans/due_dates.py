"""When instalments fall due: a cadence walks from an anchor, so a short month never moves the later dates."""

from calendar import monthrange
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain, islice
from types import MappingProxyType
from typing import Literal

Unit = Literal["days", "weeks", "months", "first_of_month", "end_of_month", "semimonthly"]
NonWorkingRule = Literal["same_day", "next_working", "previous_working"]

SUNDAY = 6


@dataclass(frozen=True, slots=True)
class Cadence:
    """How far apart instalments are.

    `first_of_month` and `end_of_month` name calendar days, whatever the start; `semimonthly` is the 15th and
    the last day, which is Mexican payroll. Fifteen days apart is another product: `Cadence("days", 15)`.
    """

    unit: Unit
    every: int = 1

    def __post_init__(self) -> None:
        if self.every < 1:
            raise ValueError(f"every is {self.every}: it must be 1 or more")
        if self.unit == "semimonthly" and self.every != 1:
            raise ValueError(f"every is {self.every}: a semimonthly cadence knows only 1")


CADENCES: Mapping[str, Cadence] = MappingProxyType(
    {
        "weekly": Cadence("weeks"),
        "biweekly": Cadence("weeks", 2),
        "every_15_days": Cadence("days", 15),
        "semimonthly": Cadence("semimonthly"),
        "monthly": Cadence("months"),
    }
)


def due_dates(
    cadence: Cadence,
    count: int,
    *,
    start: date | None = None,
    first_due: date | None = None,
    anchor_day: int | None = None,
) -> tuple[date, ...]:
    """`count` dates after `start`, or from `first_due` on when that is given.

    `anchor_day` is the day of the month to return to after a short month; else it is the day of the anchor.
    """
    anchor = first_due or start
    if anchor is None:
        raise ValueError("first_due and start are both missing: give one of them")
    if anchor_day is not None and not 1 <= anchor_day <= 31:
        raise ValueError(f"anchor_day is {anchor_day}: it must lie between 1 and 31")
    following = _after(anchor, cadence, anchor_day or anchor.day)
    return tuple(islice(chain([first_due], following) if first_due else following, count))


def _after(anchor: date, cadence: Cadence, anchor_day: int) -> Iterator[date]:
    if cadence.unit == "semimonthly":
        yield from _fifteenths_and_last_days(anchor)
    elif cadence.unit in ("first_of_month", "end_of_month"):
        yield from _calendar_days(anchor, cadence, 1 if cadence.unit == "first_of_month" else 31)
    elif cadence.unit == "months":
        yield from _months(anchor, cadence.every, anchor_day)
    else:
        step = timedelta(days=cadence.every * (7 if cadence.unit == "weeks" else 1))
        while True:
            anchor += step
            yield anchor


def _months(anchor: date, every: int, day: int) -> Iterator[date]:
    months = 0
    while True:
        months += every
        yield _day_in_month(anchor, months, day)


def _calendar_days(anchor: date, cadence: Cadence, day: int) -> Iterator[date]:
    """The first such day strictly after the anchor, then every so many months."""
    months = 0 if _day_in_month(anchor, 0, day) > anchor else 1
    while True:
        yield _day_in_month(anchor, months, day)
        months += cadence.every


def _fifteenths_and_last_days(anchor: date) -> Iterator[date]:
    months = 0
    while True:
        for day in (15, 31):
            due = _day_in_month(anchor, months, day)
            if due > anchor:
                yield due
        months += 1


def _day_in_month(anchor: date, months: int, day: int) -> date:
    """That day, `months` after the anchor's month, clipped to the end of a shorter month."""
    year, month0 = divmod(anchor.year * 12 + anchor.month - 1 + months, 12)
    return date(year, month0 + 1, min(day, monthrange(year, month0 + 1)[1]))


def shift_non_working(
    dates: Sequence[date],
    holidays: Collection[date],
    rule: NonWorkingRule,
    rest_days: Collection[int] = (SUNDAY,),
) -> tuple[date, ...]:
    """Each date moved off holidays and rest days (0 is Monday); the others keep their place.

    Only the day to pay moves: interest and later dates still follow the unmoved ones.
    """
    if rule == "same_day":
        return tuple(dates)
    if len(set(rest_days)) >= 7:
        raise ValueError("rest_days names all seven days: no working day is left")
    step = timedelta(days=1 if rule == "next_working" else -1)
    return tuple(_to_working_day(day, holidays, step, rest_days) for day in dates)


def _to_working_day(day: date, holidays: Collection[date], step: timedelta, rest_days: Collection[int]) -> date:
    while day.weekday() in rest_days or day in holidays:
        day += step
    return day
