"""Facts to decide on, shared by the tests of the contact rules: a plain one, and any that Hypothesis finds."""

import copy
import json
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from outreach.contact_policy import SHIPPED, ContactPolicy, load
from outreach.contact_rules import ANSWERS, Attempt, Decision, Facts, Kind

POLICY = load()
ZONES = {
    "MX": "America/Mexico_City",
    "CO": "America/Bogota",
    "PE": "America/Lima",
    "CL": "America/Santiago",
    "AR": "America/Argentina/Buenos_Aires",
    "BR": "America/Sao_Paulo",
    "US": "America/New_York",
    "IN": "Asia/Kolkata",
    "KE": "Africa/Nairobi",
    "PH": "Asia/Manila",
    "GB": "Europe/London",
}
# Wednesday 25 November 2026 is a working day in every country of the table.
NOON = time(12)


def local(country: str, day: int = 25, at: time = NOON, month: int = 11) -> datetime:
    return datetime.combine(date(2026, month, day), at, ZoneInfo(ZONES[country]))


def facts(country: str = "MX", **changes: Any) -> Facts:
    base = Facts(country, ZONES.get(country), "sms", Kind.REMINDER, consent=True)
    return replace(base, **changes)


def engine(**switches: str) -> ContactPolicy:
    raw = copy.deepcopy(json.loads(SHIPPED.read_text(encoding="utf-8")))
    raw["engine"] |= switches
    return load(raw)


def seen(decision: Decision) -> tuple[str, str]:
    return decision.verdict.value, decision.reason.value


INSTANTS = st.datetimes(datetime(2026, 1, 10), datetime(2027, 12, 1), timezones=st.just(UTC))  # noqa: DTZ001


@st.composite
def situations(draw: st.DrawFn) -> tuple[Facts, datetime]:
    now = draw(INSTANTS)
    hours_ago = st.integers(-30, 8 * 24)
    attempts = draw(
        st.lists(
            st.builds(
                lambda ago, channel, kind: Attempt(now - timedelta(hours=ago), channel, kind),
                hours_ago,
                st.sampled_from(["sms", "whatsapp", "telegram", "call"]),
                st.sampled_from(["reminder", "promise_reminder", "collector", "reply"]),
            ),
            max_size=6,
        )
    )
    country = draw(st.sampled_from([*ZONES, "ZZ"]))
    talked = draw(st.none() | hours_ago.map(lambda ago: now - timedelta(hours=abs(ago))))
    about = Facts(
        country=country,
        zone=draw(st.sampled_from([ZONES.get(country), ZONES.get(country), None])),
        channel=draw(st.sampled_from(["sms", "whatsapp", "telegram"])),
        kind=draw(st.sampled_from(sorted(Kind))),
        consent=draw(st.integers(0, 9)) > 0,
        holds=draw(st.sampled_from([frozenset(), frozenset(), frozenset({"dispute"})])),
        third_party=draw(st.integers(0, 9)) == 0,
        valid_until=draw(st.none() | st.integers(1, 96).map(lambda h: now + timedelta(hours=h))),
        attempts=tuple(attempts),
        last_conversation_at=talked,
        last_conversation_channel=draw(st.sampled_from([None, "sms", "telegram"])),
        conversation_open=draw(st.booleans()),
    )
    return about, now


def answers(about: Facts) -> bool:
    return about.kind in ANSWERS or (about.kind == "collector" and about.conversation_open)
