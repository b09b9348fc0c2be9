from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understanding.dates import days

TODAY = date(2026, 11, 18)
DATES = st.dates(date(2020, 1, 1), date(2040, 12, 31))


@given(DATES, st.integers(0, 6))
def test_a_weekday_is_within_the_next_or_last_seven_days(today: date, weekday: int) -> None:
    ahead, behind = days.weekday(today, weekday), days.weekday(today, weekday, back=True)
    assert ahead.weekday() == behind.weekday() == weekday
    assert today < ahead <= today + timedelta(7)
    assert today - timedelta(7) <= behind < today


@given(DATES, st.integers(1, 31))
def test_a_day_number_is_the_nearest_that_exists(today: date, number: int) -> None:
    ahead, behind = days.day_number(today, number), days.day_number(today, number, back=True)
    assert ahead.day == behind.day == number
    assert behind <= today <= ahead
    assert (ahead - today).days < 62


@given(DATES)
def test_payday_is_the_fifteenth_or_the_last_day(today: date) -> None:
    found = days.payday(today)
    assert today <= found <= today + timedelta(16)
    assert found.day == 15 or (found + timedelta(1)).day == 1


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [(20, 11, date(2026, 11, 20)), (5, 12, date(2026, 12, 5)), (11, 20, date(2026, 11, 20)), (5, 1, date(2027, 1, 5))],
)
def test_slashed_dates_are_day_and_month(first: int, second: int, expected: date) -> None:
    assert days.slashed(TODAY, first, second, None) == expected


@pytest.mark.parametrize(("first", "second"), [(12, 5), (6, 3), (30, 2), (15, 11), (10, 11), (31, 11), (0, 5)])
def test_a_slashed_date_that_may_mean_another_day_is_asked_back(first: int, second: int) -> None:
    with pytest.raises(days.VagueDateError):
        days.slashed(TODAY, first, second, None)
