import copy
import json
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outreach.contact_policy import SHIPPED, load
from outreach.contact_rules import ANSWERS, Attempt, Facts, Kind, decide
from outreach.quiet_hours import time_zone

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


def local(country, day=25, at=NOON, month=11):
    return datetime.combine(date(2026, month, day), at, ZoneInfo(ZONES[country]))


def facts(country="MX", **changes):
    base = Facts(country, ZONES.get(country), "sms", Kind.REMINDER, consent=True)
    return replace(base, **changes)


def engine(**switches):
    raw = copy.deepcopy(json.loads(SHIPPED.read_text(encoding="utf-8")))
    raw["engine"] |= switches
    return load(raw)


def seen(decision):
    return decision.verdict.value, decision.reason.value


@pytest.mark.parametrize(
    ("country", "opens", "closes"),
    [("MX", 8, 20), ("CO", 8, 19), ("PE", 8, 20), ("CL", 8, 20), ("AR", 8, 20), ("BR", 8, 20), ("US", 8, 20),
     ("IN", 9, 18), ("KE", 8, 18), ("PH", 8, 20), ("GB", 8, 20)],
)  # fmt: skip
def test_a_reminder_waits_for_the_hours_of_the_country(country, opens, closes):
    opening, closing = local(country, at=time(opens)), local(country, at=time(closes))
    for at in (opening, closing - timedelta(seconds=1)):
        assert seen(decide(facts(country), POLICY, at)) == ("send", "allowed")
    early = decide(facts(country), POLICY, opening - timedelta(seconds=1))
    assert (*seen(early), early.until) == ("later", "outside_hours", opening.astimezone(UTC))
    late = decide(facts(country), POLICY, closing)
    assert seen(late) == ("later", "outside_hours")
    assert late.until > closing


@pytest.mark.parametrize("country", ZONES)
def test_one_message_a_day_three_in_seven_days_in_every_country(country):
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
def test_a_full_cap_or_gap_gives_the_exact_next_instant(country, attempts, now, until, rule):
    tried = tuple(Attempt(datetime.fromisoformat(at), "sms") for at in attempts)
    decision = decide(facts(country, attempts=tried), POLICY, datetime.fromisoformat(now))
    assert seen(decision) == ("later", "cap_reached")
    assert decision.until == datetime.fromisoformat(until)
    assert rule in decision.rules


def test_colombia_keeps_to_one_channel_a_week():
    monday = Attempt(local("CO", 23, time(9)), "whatsapp")
    wednesday = local("CO", 25)
    same = facts("CO", channel="whatsapp", attempts=(monday,))
    other = facts("CO", channel="sms", attempts=(monday,))
    assert decide(same, POLICY, wednesday).verdict == "send"
    denied = decide(other, POLICY, wednesday)
    assert seen(denied) == ("later", "cap_reached")
    assert denied.until == local("CO", 30, time(8))


def test_colombia_binds_to_the_channel_of_a_direct_contact():
    talked = facts("CO", channel="sms", last_conversation_at=local("CO", 24), last_conversation_channel="telegram")
    decision = decide(talked, POLICY, local("CO"))
    assert (*seen(decision), decision.rules) == ("later", "cap_reached", ("CO.law.caps[1]",))
    assert decide(replace(talked, channel="telegram"), POLICY, local("CO")).verdict == "send"


@pytest.mark.parametrize(
    ("kind", "verdict"),
    [("reminder", "later"), ("promise_followup", "later"), ("promise_reminder", "send"), ("plan_reminder", "send"),
     ("receipt", "send"), ("reply", "send")],
)  # fmt: skip
def test_the_united_states_are_silent_for_seven_days_after_a_talk(kind, verdict):
    talked = facts("US", kind=kind, last_conversation_at=local("US", 24))
    decision = decide(talked, POLICY, local("US"))
    assert decision.verdict == verdict
    if verdict == "later":
        assert decision.until == local("US", 1, month=12)


def test_replies_receipts_and_confirmations_are_no_attempts():
    now = local("MX")
    quiet = tuple(
        Attempt(now - timedelta(hours=1), "sms", kind) for kind in ("reply", "receipt", "opt_out_confirmation")
    )
    assert decide(facts(attempts=quiet), POLICY, now).verdict == "send"


def test_what_collectors_wrote_uses_up_the_caps_of_the_law_only():
    mexico, chile = local("MX"), local("CL")
    by_hand = (Attempt(mexico - timedelta(hours=1), "sms", "collector"),)
    assert decide(facts(attempts=by_hand), POLICY, mexico).verdict == "send"
    two = tuple(Attempt(local("CL", day), "sms", "collector") for day in (23, 24))
    assert decide(facts("CL", attempts=two), POLICY, chile).rules == ("CL.law.caps[2]",)
    assert seen(decide(facts("CL", kind="collector", attempts=two), POLICY, chile)) == ("later", "cap_reached")
    answered = facts("CL", kind="collector", attempts=two, conversation_open=True)
    assert decide(answered, POLICY, chile).verdict == "send"


HOLDS = {
    #                 reminder, promise_reminder, plan_reminder, followup, check-in, receipt, collector
    "promise_alive": "no yes yes no yes yes yes",
    "payment_claim": "no no no no no yes yes",
    "dispute": "no no no no no yes yes",
    "hardship": "no no no no yes yes yes",
    "vulnerable": "no no no no no no yes",
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
def test_each_hold_stops_what_it_must(hold, kind, goes):
    decision = decide(facts(kind=kind, holds=frozenset({hold})), POLICY, local("MX"))
    assert seen(decision) == (("send", "allowed") if goes == "yes" else ("skip", "held"))
    if goes == "no":
        assert decision.rules == (f"hold:{hold}",)


@pytest.mark.parametrize("hold", HOLDS)
@pytest.mark.parametrize("kind", sorted(ANSWERS))
def test_whoever_writes_is_answered_at_any_hour_under_any_hold(hold, kind):
    asked = facts(kind=kind, holds=frozenset({hold}), consent=False, opted_out=True, third_party=True, zone=None)
    assert decide(asked, POLICY, local("MX", 29, time(3))).verdict == "send"


def test_a_receipt_obeys_the_hours_but_no_cap():
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
def test_what_waiting_cannot_mend_is_skipped_with_its_reason(changes, reason):
    assert seen(decide(facts(**changes), POLICY, local("MX"))) == ("skip", reason)


def test_the_first_failing_line_of_the_policy_is_the_reason():
    lines = [
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


def test_the_assistant_is_silent_while_a_person_owns_the_thread_except_to_confirm_a_stop():
    verdicts = {kind: decide(facts(kind=kind, person_owns=True), POLICY, local("MX")).verdict for kind in Kind}
    assert [kind for kind, verdict in verdicts.items() if verdict == "send"] == [
        Kind.OPT_OUT_CONFIRMATION,
        Kind.COLLECTOR,
    ]


def test_a_message_that_would_outlive_its_time_while_waiting_is_skipped():
    night = local("MX", 25, time(21))
    kept = facts(valid_until=local("MX", 26, time(8)))
    assert decide(kept, POLICY, night).until == local("MX", 26, time(8))
    lost = decide(replace(kept, valid_until=local("MX", 26, time(7, 59))), POLICY, night)
    assert (*seen(lost), lost.until) == ("skip", "outside_hours", None)


def test_a_country_with_one_zone_needs_none_from_the_borrower():
    assert decide(facts("CO", zone=None), POLICY, local("CO")).inputs["zone"] == "America/Bogota"


def test_an_unknown_zone_may_fall_back_to_the_lender_or_to_the_strictest():
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
def test_unsigned_law_items_warn_or_deny_as_the_policy_says(switch, verdict):
    decision = decide(facts(), engine(unsigned_law_item=switch), local("MX"))
    assert decision.verdict == verdict
    assert decision.inputs.get("warnings") == (["MX.law.hours", "MX.law.caps"] if switch == "warn" else None)
    if switch == "deny":
        assert decision.reason == "unsigned_law_item"


def test_before_the_policy_is_in_force_nothing_goes():
    assert seen(decide(facts(), POLICY, datetime(2025, 12, 30, 18, tzinfo=UTC))) == ("skip", "no_country_row")


def test_the_borrowers_clock_counts_not_ours():
    now = datetime.fromisoformat("2026-11-25T08:30:00-06:00")
    assert decide(facts(), POLICY, now).verdict == "send"
    assert decide(facts(zone="America/Tijuana"), POLICY, now).until == now + timedelta(minutes=90)


def test_the_decision_is_a_proof_that_json_can_hold():
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


def test_a_naive_now_and_an_unknown_kind_are_refused():
    with pytest.raises(ValueError, match="aware datetime"):
        decide(facts(), POLICY, datetime(2026, 11, 25, 12))  # noqa: DTZ001
    with pytest.raises(ValueError, match="threat"):
        decide(facts(kind="threat"), POLICY, local("MX"))


INSTANTS = st.datetimes(datetime(2026, 1, 10), datetime(2027, 12, 1), timezones=st.just(UTC))  # noqa: DTZ001


@st.composite
def situations(draw):
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


def answers(about):
    return about.kind in ANSWERS or (about.kind == "collector" and about.conversation_open)


@settings(max_examples=600, deadline=None)
@given(situations())
def test_later_means_send_at_that_instant_and_not_a_second_before(situation):
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
def test_nothing_but_an_answer_leaves_outside_the_product_window(situation):
    about, now = situation
    if decide(about, POLICY, now).verdict == "send" and not answers(about):
        zone = time_zone(about.zone) or time_zone(POLICY.countries[about.country].single_time_zone)
        assert time(8) <= now.astimezone(zone).time() < time(20)
        assert now.astimezone(zone).weekday() != 6


@settings(max_examples=400, deadline=None)
@given(situations(), st.integers(0, 200), st.sampled_from(["sms", "telegram"]))
def test_one_more_attempt_never_opens_a_door(situation, ago, channel):
    about, now = situation
    more = replace(about, attempts=(*about.attempts, Attempt(now - timedelta(hours=ago), channel)))
    before, after = decide(about, POLICY, now), decide(more, POLICY, now)
    rank = {"send": 0, "later": 1, "skip": 2}
    assert rank[after.verdict] >= rank[before.verdict]
    if before.until and after.until:
        assert after.until >= before.until


@settings(max_examples=300, deadline=None)
@given(situations())
def test_every_decision_is_json_and_repeats(situation):
    about, now = situation
    decision = decide(about, POLICY, now)
    assert decide(about, POLICY, now) == decision
    json.dumps(decision.inputs)
    assert (decision.reason == "allowed") is (decision.verdict == "send")
