from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.contact_policy import load
from outreach.quiet_hours import effective_hours, is_open, local_midnight, next_opening, time_zone

POLICY = load()
# 2026: 25 Nov is a Wednesday, 28 a Saturday, 29 a Sunday; each holiday below falls on a weekday.
WEDNESDAY, SATURDAY, SUNDAY = date(2026, 11, 25), date(2026, 11, 28), date(2026, 11, 29)
ROWS = [
    ("MX", "08:00-20:00", "09:00-15:00", date(2026, 9, 16)),
    ("CO", "08:00-19:00", "08:00-15:00", date(2026, 7, 20)),
    ("PE", "08:00-20:00", None, date(2026, 7, 28)),
    ("CL", "08:00-20:00", "08:00-20:00", date(2026, 9, 18)),
    ("AR", "08:00-20:00", "09:00-13:00", date(2026, 7, 9)),
    ("BR", "08:00-20:00", "08:00-14:00", date(2026, 9, 7)),
    ("US", "08:00-20:00", "08:00-20:00", date(2026, 11, 26)),
    ("IN", "09:00-18:00", "09:00-18:00", date(2026, 1, 26)),
    ("KE", "08:00-18:00", "08:00-18:00", date(2026, 6, 1)),
    ("PH", "08:00-20:00", "08:00-20:00", date(2026, 6, 12)),
    ("GB", "08:00-20:00", "08:00-20:00", date(2026, 12, 25)),
]


def shown(country: str, day: date) -> str | None:
    window = effective_hours(POLICY, country, day)
    return f"{window[0]:%H:%M}-{window[1]:%H:%M}" if window else None


@pytest.mark.parametrize(("country", "weekday", "saturday", "holiday"), ROWS)
def test_each_country_has_its_hours_by_day_type(
    country: str, weekday: str, saturday: str | None, holiday: date
) -> None:
    assert shown(country, WEDNESDAY) == weekday
    assert shown(country, SATURDAY) == saturday
    assert shown(country, SUNDAY) is None
    assert holiday.weekday() < 5
    assert shown(country, holiday) is None


def test_a_country_without_a_row_or_before_its_row_has_no_hours() -> None:
    assert shown("ZZ", WEDNESDAY) is None
    assert shown("MX", date(2025, 12, 30)) is None


@pytest.mark.parametrize(
    ("country", "zone", "at", "opening"),
    [
        ("MX", "America/Mexico_City", "2026-11-24T07:59:59-06:00", "2026-11-24T08:00:00-06:00"),
        ("MX", "America/Mexico_City", "2026-11-24T08:00:00-06:00", "2026-11-24T08:00:00-06:00"),
        ("MX", "America/Mexico_City", "2026-11-24T19:59:59-06:00", "2026-11-24T19:59:59-06:00"),
        ("MX", "America/Mexico_City", "2026-11-24T20:00:00-06:00", "2026-11-25T08:00:00-06:00"),
        ("MX", "America/Tijuana", "2026-11-24T08:00:00-06:00", "2026-11-24T08:00:00-08:00"),
        ("MX", "America/Mexico_City", "2026-11-14T15:00:00-06:00", "2026-11-17T08:00:00-06:00"),  # long weekend
        ("PE", "America/Lima", "2026-07-27T20:30:00-05:00", "2026-07-30T08:00:00-05:00"),  # two holidays
        ("CL", "America/Santiago", "2026-09-05T21:00:00-04:00", "2026-09-07T08:00:00-03:00"),  # clocks go forward
        ("US", "America/New_York", "2026-03-07T20:30:00-05:00", "2026-03-09T08:00:00-04:00"),
        ("GB", "Europe/London", "2026-10-24T20:30:00+01:00", "2026-10-26T08:00:00+00:00"),
        ("IN", "Asia/Kolkata", "2026-11-26T08:30:00+05:30", "2026-11-26T09:00:00+05:30"),
    ],
)
def test_the_next_opening_is_exact(country: str, zone: str, at: str, opening: str) -> None:
    found = next_opening(POLICY, country, ZoneInfo(zone), datetime.fromisoformat(at))
    assert found is not None
    assert found == datetime.fromisoformat(opening)
    assert found.tzinfo is UTC


def test_midnight_that_a_clock_change_skips_is_the_first_minute_after_it() -> None:
    santiago = ZoneInfo("America/Santiago")
    midnight = local_midnight(santiago, date(2026, 9, 6))
    assert midnight.astimezone(santiago).isoformat() == "2026-09-06T01:00:00-03:00"


def test_an_unknown_zone_is_none() -> None:
    assert time_zone(None) is None
    assert time_zone("") is None
    assert time_zone("America") is None
    assert time_zone("../etc") is None


@given(
    st.sampled_from([(row[0], zone) for row, zone in zip(ROWS, ["America/Tijuana", "America/Bogota", "America/Lima",
        "America/Santiago", "America/Argentina/Buenos_Aires", "America/Sao_Paulo", "America/Chicago", "Asia/Kolkata",
        "Africa/Nairobi", "Asia/Manila", "Europe/London"], strict=True)]),
    st.datetimes(datetime(2026, 1, 1), datetime(2028, 12, 1), timezones=st.just(UTC)),  # noqa: DTZ001
)  # fmt: skip
def test_the_next_opening_is_open_and_nothing_before_it_is(row: tuple[str, str], at: datetime) -> None:
    country, zone = row[0], ZoneInfo(row[1])
    opening = next_opening(POLICY, country, zone, at)
    assert opening is not None
    assert opening >= at
    assert is_open(POLICY, country, zone, opening)
    if opening > at:
        assert not is_open(POLICY, country, zone, at)
        assert not is_open(POLICY, country, zone, at + (opening - at) / 2)
