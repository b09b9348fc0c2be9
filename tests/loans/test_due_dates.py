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
