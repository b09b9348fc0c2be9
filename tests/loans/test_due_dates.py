from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loans.due_dates import CADENCES, Cadence, Unit, due_dates, shift_non_working
from tests.loans.ledger_vectors import day, load

UNITS: dict[str, Unit] = {"MONTHS": "months", "WEEKS": "weeks", "DAYS": "days"}
RULES: dict[str, Unit] = {
    "first_of_next_month": "first_of_month",
    "end_of_month": "end_of_month",
    "semimonthly_15_last": "semimonthly",
}
VECTORS = [v for v in load("schedule")["vectors"] if v["input"].get("only") == "due_dates"]


@pytest.mark.parametrize("vector", VECTORS, ids=lambda v: v["id"])
def test_due_dates_agree_with_other_systems(vector: dict[str, Any]) -> None:
    given, expected = vector["input"], vector["expected"]
    unit = RULES[given["rule"]] if "rule" in given else UNITS[given["unit"]]
    got = due_dates(
        Cadence(unit, given.get("every", 1)),
        given["n"],
        start=day(given["start"]) if "start" in given else None,
        first_due=day(given["first_due"]) if "first_due" in given else None,
        anchor_day=given.get("anchor_day"),
    )
    if "due_dates" in expected:
        assert got == tuple(map(day, expected["due_dates"]))
    else:
        assert (got[0], got[1], got[-1]) == (
            day(expected["first"]),
            day(expected["second"]),
            day(expected["last"]),
        )


@pytest.mark.parametrize(
    ("unit", "start", "first"),
    [
        ("semimonthly", "2026-02-14", "2026-02-15"),
        ("semimonthly", "2026-02-15", "2026-02-28"),
        ("semimonthly", "2026-02-28", "2026-03-15"),
        ("end_of_month", "2026-02-28", "2026-03-31"),
        ("first_of_month", "2026-03-01", "2026-04-01"),
    ],
)
def test_calendar_days_start_strictly_after_the_start(unit: Unit, start: str, first: str) -> None:
    assert due_dates(Cadence(unit), 1, start=day(start)) == (day(first),)


def test_a_first_date_in_a_short_month_returns_to_the_anchor_day() -> None:
    got = due_dates(CADENCES["monthly"], 3, first_due=date(2026, 2, 28), anchor_day=30)
    assert got == (date(2026, 2, 28), date(2026, 3, 30), date(2026, 4, 30))


def test_dates_need_an_anchor() -> None:
    with pytest.raises(ValueError, match="first_due and start are both missing"):
        due_dates(CADENCES["weekly"], 1)


# Friday 1 May 2026 is a holiday in Mexico; 3 May is a Sunday.
MAY_DAY = date(2026, 5, 1)


@pytest.mark.parametrize(
    ("rule", "rest_days", "expected"),
    [
        ("same_day", (6,), [1, 3, 10]),
        ("next_working", (6,), [2, 4, 11]),
        ("next_working", (5, 6), [4, 4, 11]),
        ("previous_working", (6,), [30, 2, 9]),
        ("previous_working", (5, 6), [30, 30, 8]),
    ],
)
def test_only_dates_on_non_working_days_move(rule: Any, rest_days: tuple[int, ...], expected: list[int]) -> None:
    dates = [MAY_DAY, date(2026, 5, 3), date(2026, 5, 10)]
    assert [d.day for d in shift_non_working(dates, {MAY_DAY}, rule, rest_days)] == expected


def test_a_week_of_rest_days_is_refused() -> None:
    with pytest.raises(ValueError, match="no working day is left"):
        shift_non_working([MAY_DAY], (), "next_working", range(7))


@given(
    st.sampled_from([Cadence("months"), Cadence("semimonthly"), Cadence("end_of_month"), Cadence("weeks", 2)]),
    st.dates(date(2000, 1, 1), date(2090, 1, 1)),
)
def test_dates_rise_and_never_drift(cadence: Cadence, start: date) -> None:
    dates = due_dates(cadence, 30, start=start)
    assert list(dates) == sorted(set(dates))
    assert dates[0] > start
    if cadence.unit == "months":
        assert {d.day for d in dates if d.day < 28} <= {start.day}
        assert all(d.day == start.day or (d + timedelta(days=1)).day == 1 for d in dates)


STARTS = st.dates(date(1999, 1, 1), date(2101, 12, 31))  # 2000 is a leap year, 2100 is none.
ONE_DAY = timedelta(days=1)


def is_month_end(day: date) -> bool:
    return (day + ONE_DAY).day == 1


NAMED_DAYS: dict[Unit, Callable[[date], bool]] = {
    "semimonthly": lambda day: day.day == 15 or is_month_end(day),
    "end_of_month": is_month_end,
    "first_of_month": lambda day: day.day == 1,
}


@given(st.sampled_from(sorted(NAMED_DAYS)), STARTS)
def test_named_days_are_all_there_and_no_others(unit: Unit, start: date) -> None:
    got = due_dates(Cadence(unit), 6, start=start)
    walked = [start + n * ONE_DAY for n in range(1, (got[-1] - start).days + 1)]
    assert list(got) == [day for day in walked if NAMED_DAYS[unit](day)]


@given(STARTS, st.integers(1, 12), st.integers(1, 31))
def test_months_return_to_the_anchor_day_wherever_the_month_has_it(first: date, every: int, anchor_day: int) -> None:
    got = due_dates(Cadence("months", every), 30, first_due=first, anchor_day=anchor_day)
    for n, due in enumerate(got[1:], start=1):
        assert due.year * 12 + due.month == first.year * 12 + first.month + n * every
        assert due.day == anchor_day or (due.day < anchor_day and is_month_end(due))


@given(STARTS, st.integers(0, 11), st.integers(0, 11))
def test_a_walk_from_the_anchor_is_the_same_in_pieces(anchor: date, skipped: int, more: int) -> None:
    """A later instalment's date never depends on how short the months before it were."""
    whole = due_dates(CADENCES["monthly"], skipped + more + 2, first_due=anchor)
    rest = due_dates(CADENCES["monthly"], more + 1, first_due=whole[skipped + 1], anchor_day=anchor.day)
    assert whole[skipped + 1 :] == rest


HOLIDAYS = st.sets(st.dates(date(2026, 1, 1), date(2026, 12, 31)), max_size=60)
REST_DAYS = st.sets(st.integers(0, 6), max_size=6)


@given(st.dates(date(2026, 1, 1), date(2026, 12, 31)), HOLIDAYS, REST_DAYS, st.booleans())
def test_a_moved_date_is_the_nearest_working_day_on_its_side(
    day: date, holidays: set[date], rest_days: set[int], later: bool
) -> None:
    (moved,) = shift_non_working([day], holidays, "next_working" if later else "previous_working", rest_days)
    off = [day + n * ONE_DAY for n in range((moved - day).days)] if later else []
    off += [] if later else [moved + n * ONE_DAY for n in range(1, (day - moved).days + 1)]
    assert moved not in holidays
    assert moved.weekday() not in rest_days
    assert (moved >= day) if later else (moved <= day)
    assert all(each in holidays or each.weekday() in rest_days for each in off)
