"""When a borrower may be written to: the effective hours of a country on a local day, and the next opening."""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from importlib.resources import files
from zoneinfo import ZoneInfo

import holidays

from outreach.contact_policy import ContactPolicy
from outreach.policy_items import DayType, in_force

# The longest run of closed days in any calendar is far shorter; a search beyond it means "never".
SEARCH_DAYS = 60


@lru_cache(maxsize=1024)
def _holidays(calendar: str, year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays(calendar, years=year))


@lru_cache(maxsize=1024)
def time_zone(name: str | None) -> ZoneInfo | None:
    """The zone of that IANA name, None where the name is missing or unknown."""
    try:
        return ZoneInfo(name) if name else None
    except (KeyError, ValueError, OSError):
        return None


@lru_cache(maxsize=256)
def country_zones(country: str) -> tuple[str, ...]:
    """Every zone of the country, by the zone table of the IANA database."""
    table = (files("tzdata") / "zoneinfo" / "zone.tab").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines() if not line.startswith("#"))
    return tuple(row[2] for row in rows if row[0] == country)


def day_type(policy: ContactPolicy, country: str, day: date) -> DayType:
    """A holiday beats its weekday."""
    if day in _holidays(policy.countries[country].holiday_calendar, day.year):
        return "holidays"
    return {5: "sat", 6: "sun"}.get(day.weekday(), "mon_fri")  # type: ignore[return-value]


@lru_cache(maxsize=8192)
def effective_hours(policy: ContactPolicy, country: str, day: date) -> tuple[time, time] | None:
    """Product window, law and country default cut together, from <= local time < to; None is no contact.

    A law item without a value adds no limit; a country without a row in force that day allows nothing."""
    row = policy.countries.get(country)
    default = in_force(row.default, day) if row else None
    if row is None or default is None:
        return None
    kind = day_type(policy, country, day)
    windows = [policy.defaults.outbound_window, default.hours.on(kind)]
    law = in_force(row.law.hours, day)
    if law and law.value:
        windows.append(law.value.on(kind))
    given = [window for window in windows if window]
    opening, closing = max(window[0] for window in given), min(window[1] for window in given)
    return (opening, closing) if len(given) == len(windows) and opening < closing else None


def is_open(policy: ContactPolicy, country: str, zone: ZoneInfo, at: datetime) -> bool:
    local = at.astimezone(zone)
    window = effective_hours(policy, country, local.date())
    return window is not None and window[0] <= local.time() < window[1]


def next_opening(policy: ContactPolicy, country: str, zone: ZoneInfo, at: datetime) -> datetime | None:
    """The first instant from `at` on (in UTC) at which the borrower's local time is inside the hours."""
    if is_open(policy, country, zone, at):
        return at.astimezone(UTC)
    day = at.astimezone(zone).date()
    for offset in range(SEARCH_DAYS):
        window = effective_hours(policy, country, day + timedelta(days=offset))
        if window is None:
            continue
        # An opening that a clock change skips falls on the first minute after the change.
        opening = datetime.combine(day + timedelta(days=offset), window[0], zone).astimezone(UTC)
        if opening > at and is_open(policy, country, zone, opening):
            return opening
    return None


def local_midnight(zone: ZoneInfo, day: date) -> datetime:
    """The instant (in UTC) at which that local day begins, also where a clock change skips midnight."""
    return datetime.combine(day, time(), zone).astimezone(UTC)
