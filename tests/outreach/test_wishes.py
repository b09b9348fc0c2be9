"""What borrowers ask for: one channel, some hours, a while of silence. It is a row, and it binds."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from sqlmodel import Session

from outreach import wishes
from outreach.contact_rules import decide
from outreach.planning import plan
from outreach.wish_rules import Wished
from outreach.wishes import Wish
from tests.outreach.portfolio import (
    CHANNELS,
    MORNING,
    TODAY,
    a_lender,
    a_loan,
    a_person,
    an_address,
    at,
    outgoing,
    skips,
)
from tests.outreach.situations import POLICY, facts, local, seen

AFTERNOON = Wished(1, "hours", opens=time(14), closes=time(18))
NEXT_WEEK = Wished(2, "pause", until=local("MX", 30, time(9)).astimezone(UTC))
ONLY_WHATSAPP = Wished(3, "channel", channel="whatsapp")


@pytest.mark.parametrize(
    ("wish", "now", "verdict", "until", "rule"),
    [
        (AFTERNOON, local("MX", at=time(15)), "send", None, None),
        (AFTERNOON, local("MX", at=time(13, 59)), "later", local("MX", at=time(14)), "wish:hours"),
        (AFTERNOON, local("MX", at=time(18)), "later", local("MX", 26, time(14)), "wish:hours"),
        # Saturday's hours end at 15:00, Sunday has none: what is asked for and what is allowed must both hold.
        (AFTERNOON, local("MX", 28, time(15)), "later", local("MX", 30, time(14)), None),
        (NEXT_WEEK, local("MX"), "later", local("MX", 30, time(9)), "wish:pause"),
        (NEXT_WEEK, local("MX", 30, time(9)), "send", None, None),
        (ONLY_WHATSAPP, local("MX"), "skip", None, "wish:channel"),
    ],
)
def test_a_wish_binds_like_a_cap(
    wish: Wished, now: datetime, verdict: str, until: datetime | None, rule: str | None
) -> None:
    decision = decide(facts(wishes=(wish,)), POLICY, now)
    assert (decision.verdict.value, decision.until) == (verdict, until)
    assert decision.inputs["wishes"] == [wish.seen]
    if rule is not None:
        assert (decision.reason, decision.rules[0]) == ("borrower_wish", rule)


@pytest.mark.parametrize("wish", [NEXT_WEEK, ONLY_WHATSAPP])
def test_whoever_writes_is_answered_whatever_they_wished(wish: Wished) -> None:
    assert decide(facts(kind="reply", wishes=(wish,)), POLICY, local("MX", at=time(3))).verdict == "send"


def test_hours_that_no_day_allows_are_a_silence_with_a_name() -> None:
    night = Wished(1, "hours", opens=time(21), closes=time(23))
    assert seen(decide(facts(wishes=(night,)), POLICY, local("MX"))) == ("skip", "borrower_wish")


def test_a_pause_silences_and_one_channel_is_kept_to(session: Session) -> None:
    a_lender(session)
    pausing, choosing, asking = a_person(session), a_person(session), a_person(session)
    other = an_address(session, choosing.borrower, "telegram")
    for each in (pausing, choosing, asking):
        a_loan(session, each, TODAY)
    wishes.pause(session, pausing.id, MORNING + timedelta(days=7), evidence="turn:1", now=MORNING)
    wishes.only_channel(session, choosing.id, "telegram", evidence="turn:2", now=MORNING)
    wishes.only_between(session, asking.id, time(14), time(16), evidence="staff:3", now=MORNING)
    plan(session, MORNING, CHANNELS)
    session.commit()
    written = {each.borrower_id: each for each in outgoing(session)}
    assert pausing.id not in written
    assert skips(session) == [("due_today", "borrower_wish")]
    assert written[choosing.id].address_id == other.id
    assert written[asking.id].send_after == at(14)


def test_a_new_wish_takes_the_place_of_the_earlier_and_none_is_lost(session: Session) -> None:
    a_lender(session)
    who = a_person(session).id
    first = wishes.only_between(session, who, time(9), time(12), evidence="turn:1", now=MORNING)
    wishes.only_between(session, who, time(14), time(18), evidence="turn:2", now=at(10))
    wishes.pause(session, who, at(10) + timedelta(days=3), evidence="turn:3", now=at(10))
    assert [each.evidence for each in wishes.living(session, who, at(11))] == ["turn:2", "turn:3"]
    assert (first.withdrawn_at, first.opens) == (at(10), "09:00")
    assert [each.wish for each in wishes.living(session, who, at(11) + timedelta(days=4))] == ["hours"]
    assert wishes.withdraw(session, who, "hours", at(12))
    assert not wishes.withdraw(session, who, "hours", at(12))


@pytest.mark.parametrize(
    ("wish", "given", "says"),
    [(wishes.only_between, (time(18), time(9)), "opens = 18:00"), (wishes.pause, (MORNING,), "until = ")],
)
def test_a_wish_that_cannot_be_is_refused_by_name(
    session: Session, wish: Callable[..., Wish], given: tuple[Any, ...], says: str
) -> None:
    a_lender(session)
    with pytest.raises(ValueError, match=says):
        wish(session, a_person(session).id, *given, evidence="turn:1", now=MORNING)
