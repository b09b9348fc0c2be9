import json
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outreach.contact_rules import ANSWERS, Attempt, Facts, Kind, decide
from outreach.quiet_hours import time_zone
from tests.outreach.situations import POLICY, ZONES, answers, engine, facts, local, seen, situations


@pytest.mark.parametrize(
    ("country", "opens", "closes"),
    [("MX", 8, 20), ("CO", 8, 19), ("PE", 8, 20), ("CL", 8, 20), ("AR", 8, 20), ("BR", 8, 20), ("US", 8, 20),
     ("IN", 9, 18), ("KE", 8, 18), ("PH", 8, 20), ("GB", 8, 20)],
)  # fmt: skip
def test_a_reminder_waits_for_the_hours_of_the_country(country: str, opens: int, closes: int) -> None:
    opening, closing = local(country, at=time(opens)), local(country, at=time(closes))
    for at in (opening, closing - timedelta(seconds=1)):
        assert seen(decide(facts(country), POLICY, at)) == ("send", "allowed")
    early = decide(facts(country), POLICY, opening - timedelta(seconds=1))
    assert (*seen(early), early.until) == ("later", "outside_hours", opening.astimezone(UTC))
    late = decide(facts(country), POLICY, closing)
    assert seen(late) == ("later", "outside_hours")
    assert late.until is not None
    assert late.until > closing


HOLDS = {
    #                 reminder, promise_reminder, plan_reminder, followup, check-in, receipt, collector
    "promise_alive": "no yes yes no yes yes yes",
    "payment_claim": "no no no no no yes yes",
    "dispute": "no no no no no yes yes",
    "hardship": "no no no no yes yes yes",
    "vulnerable": "no no no no no no yes",
    "abuse": "no no no no no no yes",
    "wrong_person": "no no no no no no no",
    "deceased": "no no no no no no no",
    "represented": "no no no no no no no",
    "minor": "no no no no no no no",
    "opt_out": "no no no no no no no",
    "a_hold_nobody_knows": "no no no no no no no",
}
HELD_KINDS = ["reminder", "promise_reminder", "plan_reminder", "promise_followup", "hardship_checkin", "receipt",
              "collector"]  # fmt: skip


@pytest.mark.parametrize(
    ("hold", "kind", "goes"),
    [(hold, kind, goes) for hold, row in HOLDS.items() for kind, goes in zip(HELD_KINDS, row.split(), strict=True)],
)  # fmt: skip
def test_each_hold_stops_what_it_must(hold: str, kind: str, goes: str) -> None:
    decision = decide(facts(kind=kind, holds=frozenset({hold})), POLICY, local("MX"))
    assert seen(decision) == (("send", "allowed") if goes == "yes" else ("skip", "held"))
    if goes == "no":
        assert decision.rules == (f"hold:{hold}",)


@pytest.mark.parametrize("hold", HOLDS)
@pytest.mark.parametrize("kind", sorted(ANSWERS))
def test_whoever_writes_is_answered_at_any_hour_under_any_hold(hold: str, kind: str) -> None:
    asked = facts(kind=kind, holds=frozenset({hold}), consent=False, opted_out=True, third_party=True, zone=None)
    assert decide(asked, POLICY, local("MX", 29, time(3))).verdict == "send"


def test_a_receipt_obeys_the_hours_but_no_cap() -> None:
    tried = (Attempt(local("MX", 25, time(11)), "sms"),)
    assert decide(facts(kind="receipt", attempts=tried), POLICY, local("MX")).verdict == "send"
    night = decide(facts(kind="receipt", attempts=tried), POLICY, local("MX", 25, time(22)))
    assert (*seen(night), night.until) == ("later", "outside_hours", local("MX", 26, time(8)))


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"country": "ZZ"}, "no_country_row"),
        ({"consent": False}, "no_consent"),
        ({"opted_out": True}, "no_consent"),
        ({"zone": None}, "unknown_time_zone"),
        ({"zone": "America/Atlantis"}, "unknown_time_zone"),
        ({"holds": frozenset({"dispute"})}, "held"),
        ({"channel_enabled": False}, "channel_not_allowed"),
        ({"channel": "fax"}, "channel_not_allowed"),
        ({"person_owns": True}, "human_owns_thread"),
        ({"holds": frozenset({"person_owns"})}, "human_owns_thread"),
        ({"third_party": True}, "third_party"),
        ({"needs_template": True, "template_ok": False}, "template"),
        ({"valid_until": local("MX") - timedelta(seconds=1)}, "stale"),
    ],
)
def test_what_waiting_cannot_mend_is_skipped_with_its_reason(changes: dict[str, Any], reason: str) -> None:
    assert seen(decide(facts(**changes), POLICY, local("MX"))) == ("skip", reason)


def test_the_first_failing_line_of_the_policy_is_the_reason() -> None:
    lines: list[dict[str, Any]] = [
        {"consent": False}, {"zone": None}, {"holds": frozenset({"dispute"})}, {"channel_enabled": False},
        {"person_owns": True}, {"third_party": True}, {"needs_template": True, "template_ok": False},
        {"valid_until": local("MX", 24)},
    ]  # fmt: skip
    order = ["no_consent", "unknown_time_zone", "held", "channel_not_allowed", "human_owns_thread", "third_party",
             "template", "stale"]  # fmt: skip
    wrong = facts()
    for changes, reason in reversed(list(zip(lines, order, strict=True))):
        wrong = replace(wrong, **changes)
        assert decide(wrong, POLICY, local("MX")).reason == reason
    night = decide(facts(third_party=True), POLICY, local("MX", 25, time(23)))
    assert (*seen(night), len(night.rules)) == ("skip", "outside_hours", 2)


def test_the_assistant_is_silent_while_a_person_owns_the_thread_except_to_confirm_a_stop() -> None:
    verdicts = {kind: decide(facts(kind=kind, person_owns=True), POLICY, local("MX")).verdict for kind in Kind}
    assert [kind for kind, verdict in verdicts.items() if verdict == "send"] == [
        Kind.OPT_OUT_CONFIRMATION,
        Kind.COLLECTOR,
    ]


def test_a_message_that_would_outlive_its_time_while_waiting_is_skipped() -> None:
    night = local("MX", 25, time(21))
    kept = facts(valid_until=local("MX", 26, time(8)))
    assert decide(kept, POLICY, night).until == local("MX", 26, time(8))
    lost = decide(replace(kept, valid_until=local("MX", 26, time(7, 59))), POLICY, night)
    assert (*seen(lost), lost.until) == ("skip", "outside_hours", None)


def test_a_country_with_one_zone_needs_none_from_the_borrower() -> None:
    assert decide(facts("CO", zone=None), POLICY, local("CO")).inputs["zone"] == "America/Bogota"


def test_an_unknown_zone_may_fall_back_to_the_lender_or_to_the_strictest() -> None:
    lender = engine(unknown_time_zone="lender_default")
    assert decide(facts(zone=None, lender_zone=ZONES["MX"]), lender, local("MX")).verdict == "send"
    strict = engine(unknown_time_zone="strictest_of_country")
    # 08:30 in Mexico City is 06:30 in Tijuana; 19:30 there is 20:30 in Cancún.
    assert decide(facts(zone=None), strict, local("MX")).verdict == "send"
    early = decide(facts(zone=None), strict, local("MX", 25, time(8, 30)))
    assert (*seen(early), early.until) == ("later", "outside_hours", local("MX", 25, time(10)))
    late = decide(facts(zone=None), strict, local("MX", 25, time(19, 30)))
    assert (late.verdict, late.until) == ("later", local("MX", 26, time(10)))


@pytest.mark.parametrize(("switch", "verdict"), [("allow", "send"), ("warn", "send"), ("deny", "skip")])
def test_unsigned_law_items_warn_or_deny_as_the_policy_says(switch: str, verdict: str) -> None:
    decision = decide(facts(), engine(unsigned_law_item=switch), local("MX"))
    assert decision.verdict == verdict
    assert decision.inputs.get("warnings") == (["MX.law.hours", "MX.law.caps"] if switch == "warn" else None)
    if switch == "deny":
        assert decision.reason == "unsigned_law_item"


def test_before_the_policy_is_in_force_nothing_goes() -> None:
    assert seen(decide(facts(), POLICY, datetime(2025, 12, 30, 18, tzinfo=UTC))) == ("skip", "no_country_row")


def test_the_borrowers_clock_counts_not_ours() -> None:
    now = datetime.fromisoformat("2026-11-25T08:30:00-06:00")
    assert decide(facts(), POLICY, now).verdict == "send"
    assert decide(facts(zone="America/Tijuana"), POLICY, now).until == now + timedelta(minutes=90)


def test_the_decision_is_a_proof_that_json_can_hold() -> None:
    now = local("MX")
    tried = (Attempt(now - timedelta(days=2), "whatsapp"),)
    decision = decide(facts(attempts=tried, holds=frozenset({"promise_alive"})), POLICY, now)
    proof = json.loads(json.dumps(decision.inputs))
    assert decision.policy_version == "1.0.0"
    assert proof["local_time"] == "2026-11-25T12:00:00-06:00"
    assert (proof["day_type"], proof["hours"], proof["holds"]) == ("mon_fri", ["08:00", "20:00"], ["promise_alive"])
    assert proof["caps_used"] == {"MX.default.caps[0]": [0, 1], "MX.default.caps[1]": [1, 3]}
    sent = decide(facts(), POLICY, now)
    assert {"defaults.outbound_window", "MX.law.hours", "MX.default.caps[1]"} <= set(sent.rules)


def test_a_naive_now_and_an_unknown_kind_are_refused() -> None:
    with pytest.raises(ValueError, match="aware datetime"):
        decide(facts(), POLICY, datetime(2026, 11, 25, 12))  # noqa: DTZ001
    with pytest.raises(ValueError, match="threat"):
        decide(facts(kind="threat"), POLICY, local("MX"))


@settings(max_examples=600, deadline=None)
@given(situations())
def test_later_means_send_at_that_instant_and_not_a_second_before(situation: tuple[Facts, datetime]) -> None:
    about, now = situation
    decision = decide(about, POLICY, now)
    assert (decision.verdict == "later") is (decision.until is not None)
    if decision.until:
        assert decision.until > now
        assert decide(about, POLICY, decision.until).verdict == "send"
        assert decide(about, POLICY, decision.until - timedelta(seconds=1)).verdict == "later"
        assert decide(about, POLICY, now + (decision.until - now) / 2).verdict == "later"


@settings(max_examples=400, deadline=None)
@given(situations())
def test_nothing_but_an_answer_leaves_outside_the_product_window(situation: tuple[Facts, datetime]) -> None:
    about, now = situation
    if decide(about, POLICY, now).verdict == "send" and not answers(about):
        zone = time_zone(about.zone) or time_zone(POLICY.countries[about.country].single_time_zone)
        assert time(8) <= now.astimezone(zone).time() < time(20)
        assert now.astimezone(zone).weekday() != 6


@settings(max_examples=400, deadline=None)
@given(situations(), st.integers(0, 200), st.sampled_from(["sms", "telegram"]))
def test_one_more_attempt_never_opens_a_door(situation: tuple[Facts, datetime], ago: int, channel: str) -> None:
    about, now = situation
    more = replace(about, attempts=(*about.attempts, Attempt(now - timedelta(hours=ago), channel)))
    before, after = decide(about, POLICY, now), decide(more, POLICY, now)
    rank = {"send": 0, "later": 1, "skip": 2}
    assert rank[after.verdict] >= rank[before.verdict]
    if before.until and after.until:
        assert after.until >= before.until


@settings(max_examples=300, deadline=None)
@given(situations())
def test_every_decision_is_json_and_repeats(situation: tuple[Facts, datetime]) -> None:
    about, now = situation
    decision = decide(about, POLICY, now)
    assert decide(about, POLICY, now) == decision
    json.dumps(decision.inputs)
    assert (decision.reason == "allowed") is (decision.verdict == "send")
