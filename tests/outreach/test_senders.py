"""A sender keeps its pace, rests when it is refused, and stops when a person says so."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import Session

from outreach import delivery, messages, senders
from outreach.planning import plan
from outreach.senders import Allowed, Pace
from outreach.tables import Message, Sender
from tests.outreach.portfolio import CHANNELS, MORNING, TODAY, a_lender, a_loan, a_person, an_address, outgoing

NOW = MORNING
SECOND = timedelta(seconds=1)


def sender(**more: Any) -> Sender:
    given: dict[str, Any] = {"channel": "sms", "free_at": NOW, "answers_too": False}
    return Sender(**(given | more))


@pytest.mark.parametrize(
    ("row", "pace", "expected"),
    [
        (None, None, Allowed(20)),
        (None, Pace(1), Allowed(20)),
        (sender(), None, Allowed(20)),
        (sender(), Pace(0.8), Allowed(1)),
        (sender(), Pace(40), Allowed(10)),
        (sender(), Pace(1000), Allowed(20)),
        (sender(free_at=NOW + SECOND), Pace(1000), Allowed(0)),
        (sender(free_at=NOW + SECOND / 10), Pace(100), Allowed(15)),
        (sender(free_at=NOW - SECOND), Pace(0.8), Allowed(1)),
        (sender(rests_until=NOW + SECOND), None, Allowed(0)),
        (sender(rests_until=NOW), None, Allowed(20)),
        (sender(paused_at=NOW), None, Allowed(20, answers_only=True)),
        (sender(paused_at=NOW, answers_too=True), None, Allowed(0)),
    ],
)
def test_what_may_be_taken(row: Sender | None, pace: Pace | None, expected: Allowed) -> None:
    assert senders.allowed(row, pace, NOW, 20) == expected


@pytest.mark.parametrize(("rate", "segments"), [(1.0, 1), (0.8, 2), (10.0, 3), (64.0, 1)])
def test_a_minute_holds_no_more_than_its_share(session: Session, rate: float, segments: int) -> None:
    pace, used, now = Pace(rate), [0], NOW
    while now < NOW + timedelta(minutes=1):
        row = senders.locked(session, "sms", now)
        taken = senders.allowed(row, pace, now, 20).count * segments
        if taken:
            senders.use(session, "sms", pace, taken, now)
        used.append(used[-1] + taken)
        now += SECOND / 10
    at_once = max(segments, rate * senders.AHEAD + segments)
    for start in range(0, len(used) - 10, 5):
        assert used[start + 10] - used[start] <= rate + at_once
    assert rate * 60 * 0.95 <= used[-1] <= rate * 60 + at_once


def test_a_rest_is_the_longest_of_those_that_were_asked_for(session: Session) -> None:
    for seconds in (5, 60, 10):
        senders.rest(session, "sms", NOW, seconds, "20429")
    row = senders.locked(session, "sms", NOW)
    assert (row.rests_until, row.rests_why) == (NOW + timedelta(seconds=60), "20429")
    senders.resume(session, "sms", NOW)
    assert row.rests_until is None


@pytest.mark.parametrize(("which", "left"), [({}, 0), ({"channel": "whatsapp"}, 2), ({"step": "no_such"}, 2)])
def test_what_waits_is_withdrawn_but_answers_stay(
    session: Session, engine: sa.Engine, which: dict[str, str], left: int
) -> None:
    a_lender(session)
    people = [a_person(session), a_person(session)]
    for person in people:
        a_loan(session, person, TODAY)
    plan(session, MORNING, CHANNELS)
    messages.write_reply(session, messages.conversation_of(session, people[0].address), text="Hola", now=MORNING)
    assert senders.cancel(session, MORNING, **which) == 2 - left
    session.expire_all()
    waits = [each for each in outgoing(session) if each.status == "queued"]
    assert [each.kind for each in waits].count("reminder") == left
    assert [each.kind for each in waits].count("reply") == 1


def test_a_number_that_can_t_be_reached_is_replaced_by_another_channel_the_same_day(session: Session) -> None:
    a_lender(session)
    person = a_person(session, "sms")
    an_address(session, person.borrower, "telegram")
    a_loan(session, person, TODAY)
    plan(session, MORNING, ("sms", "telegram"))
    (first,) = outgoing(session)
    delivery.advance(session, first, "failed", MORNING, error_code="unreachable_address")
    session.flush()
    later: datetime = MORNING + timedelta(hours=1)
    plan(session, later, ("sms", "telegram"))
    session.expire_all()
    found: list[Message] = outgoing(session)
    assert [(each.channel, each.status) for each in found] == [("sms", "failed"), ("telegram", "queued")]
