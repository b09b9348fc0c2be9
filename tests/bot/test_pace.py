"""Sending at a sender's pace: its rate, one message at a time per person, and what happens when all is refused."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import Session

from bot.channels.base import SendError, SendFailed
from bot.outbox import SendCounts, send_ready
from outreach import messages, senders
from outreach.planning import plan
from outreach.senders import Pace
from outreach.tables import Conversation
from store.engine import transaction
from tests.bot.test_outbox import TEN, ScriptedChannel, StoppedClock
from tests.outreach.portfolio import CHANNELS, MORNING, TODAY, Person, a_lender, a_loan, a_person, outgoing

SECOND = timedelta(seconds=1)


@pytest.fixture
def people(session: Session) -> list[Person]:
    a_lender(session)
    found = [a_person(session, "sms") for _ in range(4)]
    session.commit()
    return found


def talk(session: Session, person: Person) -> Conversation:
    return messages.conversation_of(session, person.address)


def answer(session: Session, person: Person, text: str) -> None:
    messages.write_reply(session, talk(session, person), text=text, now=TEN)
    session.commit()


def remind(session: Session, people: list[Person]) -> None:
    for person in people:
        a_loan(session, person, TODAY)
    plan(session, MORNING, CHANNELS)
    session.commit()


def send(
    engine: sa.Engine, channel: ScriptedChannel, seconds: float = 0, pace: Pace | None = None, at_once: int = 1
) -> SendCounts:
    at = StoppedClock(TEN + timedelta(seconds=seconds))
    paces = {"sms": pace, "whatsapp": pace} if pace else {}
    channels = dict.fromkeys(CHANNELS, channel)
    return send_ready(engine, channels, at, enabled=CHANNELS, real=at, paces=paces, at_once=at_once)


def test_the_rate_counts_segments_not_messages(session: Session, engine: sa.Engine, people: list[Person]) -> None:
    answer(session, people[0], "a" * 300)  # two segments
    answer(session, people[1], "corto")
    channel, pace = ScriptedChannel(), Pace(1)
    seen = [send(engine, channel, tenth / 10, pace).sent for tenth in range(25)]
    assert [tenth for tenth, sent in enumerate(seen) if sent] == [0, 20]


def test_answers_go_before_reminders(session: Session, engine: sa.Engine, people: list[Person]) -> None:
    remind(session, people[:2])
    answer(session, people[3], "aquí estoy")
    channel, pace = ScriptedChannel(), Pace(1)
    for second in range(0, 30, 2):
        send(engine, channel, second, pace)
    assert channel.texts[0] == "aqui estoy"
    assert len(channel.texts) == 3


def test_a_person_gets_one_message_at_a_time(session: Session, engine: sa.Engine, people: list[Person]) -> None:
    for text in ("uno", "dos"):
        answer(session, people[0], text)
    answer(session, people[1], "otro")
    channel, pace = ScriptedChannel(), Pace(100, 6 * SECOND)
    sent = {second: send(engine, channel, second, pace).sent for second in (0, 1, 3, 5.9, 6.1)}
    assert sent == {0: 2, 1: 0, 3: 0, 5.9: 0, 6.1: 1}
    assert channel.texts == ["uno", "otro", "dos"]


def test_a_refusal_of_the_account_stops_the_channel_and_loses_nothing(
    session: Session, engine: sa.Engine, people: list[Person]
) -> None:
    remind(session, people)
    channel = ScriptedChannel("sms", *[SendFailed(SendError.CHANNEL_STOPPED, "20003")] * 4)
    assert send(engine, channel).retried == 4
    assert send(engine, channel, 1).handled == send(engine, channel, 599).handled == 0
    assert send(engine, channel, 601).sent == 4
    session.expire_all()
    assert {each.status for each in outgoing(session)} == {"sent"}


def test_too_many_calls_let_the_whole_sender_rest(session: Session, engine: sa.Engine, people: list[Person]) -> None:
    answer(session, people[0], "uno")
    channel = ScriptedChannel("sms", SendFailed(SendError.RATE_LIMITED, "20429"))
    assert send(engine, channel).retried == 1
    answer(session, people[1], "dos")
    assert send(engine, channel, 1).handled == 0
    assert send(engine, channel, 6.1).sent == 2


@pytest.mark.parametrize(("answers_too", "texts"), [(False, ["aqui estoy"]), (True, [])])
def test_a_pause_holds_until_it_is_resumed(
    session: Session, engine: sa.Engine, people: list[Person], answers_too: bool, texts: list[str]
) -> None:
    remind(session, people[:1])
    answer(session, people[1], "aqui estoy")
    with transaction(engine) as other:
        senders.pause(other, "sms", TEN, answers_too=answers_too)
    channel = ScriptedChannel()
    for second in range(3):
        send(engine, channel, second)
    assert channel.texts == texts
    with transaction(engine) as other:
        senders.resume(other, "sms", TEN)
    send(engine, channel, 5)
    assert len(channel.texts) == 2


def test_a_window_that_whatsapp_counts_otherwise_is_met_with_a_template(session: Session, engine: sa.Engine) -> None:
    a_lender(session)
    person = a_person(session, "whatsapp")
    person.address.last_inbound_at = TEN - timedelta(hours=2)
    remind(session, [person])
    channel = ScriptedChannel("whatsapp", *[SendFailed(SendError.WINDOW_CLOSED, "63016")] * 2)
    assert send(engine, channel).retried == 1
    assert send(engine, channel, 1).failed == 1
    assert [each.template is not None for each in channel.given] == [False, True]


def test_several_at_once_are_each_noted_once(session: Session, engine: sa.Engine, people: list[Person]) -> None:
    for person in people:
        answer(session, person, f"Hola {person.id}")
    channel = ScriptedChannel("sms", SendFailed(SendError.UNKNOWN_OUTCOME))
    counts = send(engine, channel, at_once=4)
    assert (counts.sent, counts.in_doubt) == (3, 1)
    assert replace(counts).handled == 4


def test_no_more_people_are_begun_with_than_the_provider_allows_a_day(
    session: Session, engine: sa.Engine, people: list[Person]
) -> None:
    remind(session, people)
    channel, pace = ScriptedChannel(), Pace(1000, people=2)
    assert [send(engine, channel, second, pace).sent for second in range(3)] == [2, 0, 0]
    answer(session, people[3], "Gracias por escribir")
    assert send(engine, channel, 4, pace).sent == 1
    assert send(engine, channel, 5, replace(pace, people=3)).sent == 1
    assert send(engine, channel, 6, Pace(1000)).sent == 1
