from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest

from outreach.contact_rules import Attempt, decide
from tests.outreach.situations import POLICY, ZONES, facts, local, seen


@pytest.mark.parametrize("country", ZONES)
def test_one_message_a_day_three_in_seven_days_in_every_country(country: str) -> None:
    now = local(country)
    today = facts(country, attempts=(Attempt(now - timedelta(hours=2), "sms"),))
    assert seen(decide(today, POLICY, now)) == ("later", "cap_reached")
    week = tuple(Attempt(now - timedelta(days=n), "sms") for n in (2, 4, 6))
    assert seen(decide(facts(country, attempts=week), POLICY, now)) == ("later", "cap_reached")
    assert seen(decide(facts(country, attempts=week[2:]), POLICY, now)) == ("send", "allowed")


@pytest.mark.parametrize(
    ("country", "attempts", "now", "until", "rule"),
    [
        # The day's cap ends at midnight, the gap of 20 hours later.
        (
            "MX",
            ["2026-11-24T18:00:00-06:00"],
            "2026-11-25T10:00:00-06:00",
            "2026-11-25T14:00:00-06:00",
            "min_gap_hours:20",
        ),
        (
            "MX",
            ["2026-11-24T10:00:00-06:00"],
            "2026-11-24T12:00:00-06:00",
            "2026-11-25T08:00:00-06:00",
            "MX.default.caps[0]",
        ),
        # Three in seven days: the oldest leaves after exactly 7 x 24 hours.
        (
            "MX",
            ["2026-11-18T11:00:00-06:00", "2026-11-20T11:00:00-06:00", "2026-11-23T11:00:00-06:00"],
            "2026-11-25T10:00:00-06:00",
            "2026-11-25T11:00:00-06:00",
            "MX.default.caps[1]",
        ),
        # Chile: 48 hours apart, two in seven days, two messages in the law's week.
        (
            "CL",
            ["2026-11-24T12:00:00-03:00"],
            "2026-11-25T12:00:00-03:00",
            "2026-11-26T12:00:00-03:00",
            "min_gap_hours:48",
        ),
        (
            "CL",
            ["2026-11-19T12:00:00-03:00", "2026-11-22T12:00:00-03:00"],
            "2026-11-25T12:00:00-03:00",
            "2026-11-26T12:00:00-03:00",
            "CL.default.caps[1]",
        ),
        (
            "CL",
            ["2026-11-23T09:00:00-03:00", "2026-11-25T09:00:00-03:00"],
            "2026-11-27T12:00:00-03:00",
            "2026-11-30T09:00:00-03:00",
            "CL.law.caps[2]",
        ),
        # Friday evening before a long weekend in Mexico: Saturday is full, Sunday and Monday are closed.
        (
            "MX",
            ["2026-11-13T19:00:00-06:00"],
            "2026-11-13T19:30:00-06:00",
            "2026-11-17T08:00:00-06:00",
            "MX.default.caps[0]",
        ),
    ],
)
def test_a_full_cap_or_gap_gives_the_exact_next_instant(
    country: str, attempts: list[str], now: str, until: str, rule: str
) -> None:
    tried = tuple(Attempt(datetime.fromisoformat(at), "sms") for at in attempts)
    decision = decide(facts(country, attempts=tried), POLICY, datetime.fromisoformat(now))
    assert seen(decision) == ("later", "cap_reached")
    assert decision.until == datetime.fromisoformat(until)
    assert rule in decision.rules


def test_colombia_keeps_to_one_channel_a_week() -> None:
    monday = Attempt(local("CO", 23, time(9)), "whatsapp")
    wednesday = local("CO", 25)
    same = facts("CO", channel="whatsapp", attempts=(monday,))
    other = facts("CO", channel="sms", attempts=(monday,))
    assert decide(same, POLICY, wednesday).verdict == "send"
    denied = decide(other, POLICY, wednesday)
    assert seen(denied) == ("later", "cap_reached")
    assert denied.until == local("CO", 30, time(8))


def test_colombia_binds_to_the_channel_of_a_direct_contact() -> None:
    talked = facts("CO", channel="sms", last_conversation_at=local("CO", 24), last_conversation_channel="telegram")
    decision = decide(talked, POLICY, local("CO"))
    assert (*seen(decision), decision.rules) == ("later", "cap_reached", ("CO.law.caps[1]",))
    assert decide(replace(talked, channel="telegram"), POLICY, local("CO")).verdict == "send"


@pytest.mark.parametrize(
    ("kind", "verdict"),
    [("reminder", "later"), ("promise_followup", "later"), ("promise_reminder", "send"), ("plan_reminder", "send"),
     ("receipt", "send"), ("reply", "send")],
)  # fmt: skip
def test_the_united_states_are_silent_for_seven_days_after_a_talk(kind: str, verdict: str) -> None:
    talked = facts("US", kind=kind, last_conversation_at=local("US", 24))
    decision = decide(talked, POLICY, local("US"))
    assert decision.verdict == verdict
    if verdict == "later":
        assert decision.until == local("US", 1, month=12)


def test_replies_receipts_and_confirmations_are_no_attempts() -> None:
    now = local("MX")
    quiet = tuple(
        Attempt(now - timedelta(hours=1), "sms", kind) for kind in ("reply", "receipt", "opt_out_confirmation")
    )
    assert decide(facts(attempts=quiet), POLICY, now).verdict == "send"


def test_what_collectors_wrote_uses_up_the_caps_of_the_law_only() -> None:
    mexico, chile = local("MX"), local("CL")
    by_hand = (Attempt(mexico - timedelta(hours=1), "sms", "collector"),)
    assert decide(facts(attempts=by_hand), POLICY, mexico).verdict == "send"
    two = tuple(Attempt(local("CL", day), "sms", "collector") for day in (23, 24))
    assert decide(facts("CL", attempts=two), POLICY, chile).rules == ("CL.law.caps[2]",)
    assert seen(decide(facts("CL", kind="collector", attempts=two), POLICY, chile)) == ("later", "cap_reached")
    answered = facts("CL", kind="collector", attempts=two, conversation_open=True)
    assert decide(answered, POLICY, chile).verdict == "send"
