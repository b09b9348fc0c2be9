"""The auditor sees each kind of breach, in every country; else a year without any would prove little."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.compliance import checker
from tests.compliance.checker import Sent
from tests.compliance.diary import Life, Span
from tests.outreach.situations import ZONES

POLICY = checker.rows()
NOON = time(12)
BEGIN = datetime(2026, 1, 5, tzinfo=UTC)


def at(country: str, day: int = 25, clock: time = NOON) -> datetime:
    """In November 2026: the 25th is a working Wednesday everywhere."""
    return datetime.combine(date(2026, 11, day), clock, ZoneInfo(ZONES[country])).astimezone(UTC)


def a_life(country: str = "MX", /, **changes: Any) -> Life:
    life = Life(homes=[(BEGIN, country, ZONES[country])], **changes)
    life.consents[1].append(Span(BEGIN))
    return life


def sent(*times: datetime, channel: str = "sms", kind: str = "reminder") -> list[Sent]:
    return [Sent(number, each, channel, 1, kind) for number, each in enumerate(times)]


def found(life: Life, messages: list[Sent]) -> list[str]:
    return list(checker.violations(POLICY, life, messages))


@pytest.mark.parametrize("country", sorted(ZONES))
def test_one_message_at_noon_is_fine_everywhere(country: str) -> None:
    assert found(a_life(country), sent(at(country))) == []


def bad_times(country: str) -> Iterator[datetime]:
    yield at(country, clock=time(7, 59))
    yield at(country, clock=time(20))
    yield at(country, day=29)  # a Sunday


@pytest.mark.parametrize(
    ("country", "moment"), [(each, moment) for each in sorted(ZONES) for moment in bad_times(each)]
)
def test_early_late_and_sunday_messages_are_seen(country: str, moment: datetime) -> None:
    assert any("outside the hours" in each for each in found(a_life(country), sent(moment)))


@pytest.mark.parametrize(
    ("country", "holiday"),
    [("MX", date(2026, 11, 16)), ("CO", date(2026, 11, 2)), ("PE", date(2026, 12, 8)), ("CL", date(2026, 12, 8)),
     ("AR", date(2026, 12, 8)), ("BR", date(2026, 11, 20)), ("US", date(2026, 11, 26)), ("IN", date(2026, 10, 2)),
     ("KE", date(2026, 10, 20)), ("PH", date(2026, 11, 30)), ("GB", date(2026, 12, 25))],
)  # fmt: skip
def test_a_message_on_a_local_holiday_is_seen(country: str, holiday: date) -> None:
    noon = datetime.combine(holiday, NOON, ZoneInfo(ZONES[country]))
    assert any("holidays" in each for each in found(a_life(country), sent(noon)))


@pytest.mark.parametrize("country", sorted(ZONES))
def test_too_many_and_too_close_are_seen_everywhere(country: str) -> None:
    twice = sent(at(country, clock=time(10)), at(country, clock=time(16)))
    seen = found(a_life(country), twice)
    assert any("in one day" in each for each in seen)
    assert any("only 6:00:00 after" in each for each in seen)
    week = sent(*(at(country, day) for day in (20, 23, 24, 25)))
    assert any("in one rolling7" in each for each in found(a_life(country), week))


def test_what_only_some_countries_ask_for_is_seen() -> None:
    both = [*sent(at("CO", 23)), Sent(9, at("CO", 25), "whatsapp", 1, "reminder")]
    assert any("channels ['sms', 'whatsapp'] in one week" in each for each in found(a_life("CO"), both))
    by_hand = [Sent(n, at("CL", day), "sms", 1, "collector") for n, day in enumerate((23, 24, 25))]
    assert any("attempt 3 of 2 in one week" in each for each in found(a_life("CL"), by_hand))
    talked = a_life("US", inbound=[(at("US", 20), "sms", 1)])
    assert any("after a talk" in each for each in found(talked, sent(at("US"))))
    assert found(talked, sent(at("US"), kind="promise_reminder")) == []


ALL_OF_IT = Span(BEGIN)
BREACHES: dict[str, dict[str, Any]] = {
    "after a stop": {"silent": [ALL_OF_IT]},
    "under dispute": {"holds": [("dispute", ALL_OF_IT)]},
    "while a person": {"with_person": [ALL_OF_IT]},
    "during a pause": {"pauses": [ALL_OF_IT]},
    "outside the hours that were asked for": {"hours": [(ALL_OF_IT, time(14), time(17))]},
    "another channel alone": {"only": [(ALL_OF_IT, "whatsapp")]},
    "while a promise is alive": {"promises": [(3, ALL_OF_IT)]},
}


@pytest.mark.parametrize(("breach", "life"), BREACHES.items())
def test_what_the_borrower_or_the_situation_forbids_is_seen(breach: str, life: dict[str, Any]) -> None:
    message = Sent(1, at("MX"), "sms", 1, "reminder", loan_id=3)
    assert any(breach in each for each in found(a_life(**life), [message]))
    over = {name: [_ended(each) for each in spans] for name, spans in life.items()}
    assert found(a_life(**over), [message]) == []


def _ended(each: Any) -> Any:
    done = Span(BEGIN, at("MX") - timedelta(minutes=1))
    return done if isinstance(each, Span) else tuple(done if isinstance(part, Span) else part for part in each)


def test_no_consent_and_no_zone_are_seen() -> None:
    life = Life(homes=[(BEGIN, "MX", ZONES["MX"])])
    assert any("without consent" in each for each in found(life, sent(at("MX"))))
    nowhere = Life(homes=[(BEGIN, "MX", None)])
    assert any("whose time is not known" in each for each in found(nowhere, sent(at("MX"))))
