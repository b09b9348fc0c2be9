"""An answer carries the message that it answers, and the history alone gives it again."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session

from bot.channels.simulator import SimulatorChannel
from bot.outbox import send_ready
from outreach import addresses, answers, hindsight, messages, proofs
from outreach.answers import Heard, said
from outreach.sealing import seal
from outreach.tables import Conversation, Message
from store.ids import id_of
from tests.outreach.portfolio import CHANNELS, Person, a_lender, a_person, at

NIGHT = at(2)
ANSWERED = ["reply", "opt_out_confirmation"]


class Clock:
    def __init__(self, now: datetime) -> None:
        self._now = now

    def now(self) -> datetime:
        return self._now


@pytest.fixture
def person(session: Session) -> Person:
    a_lender(session)
    return a_person(session)


def hears(session: Session, person: Person, when: datetime, number: int = 1) -> Message:
    heard = messages.Inbound("sms", "phone", person.address.value, f"in-{number}", "Hola")
    message = messages.receive(session, heard, when)
    assert message is not None
    message.status = "handled"
    return message


def talk_of(session: Session, person: Person) -> Conversation:
    return messages.conversation_of(session, person.address)


def sent(session: Session, written: Message, now: datetime) -> Message:
    session.commit()
    clock = Clock(now)
    send_ready(session.get_bind(), {"sms": SimulatorChannel("sms", clock)}, clock, enabled=CHANNELS)  # type: ignore[arg-type]
    session.expire_all()
    return session.get_one(Message, written.id)


def answered(session: Session, person: Person, kind: str = "reply", now: datetime = NIGHT) -> Message:
    hears(session, person, now - timedelta(minutes=1), number=2)
    return sent(session, messages.write_reply(session, talk_of(session, person), text="Sí.", now=now, kind=kind), now)


@pytest.mark.parametrize("kind", [*ANSWERED, "collector"])
def test_what_answers_goes_at_any_hour_and_says_what_it_answers(session: Session, person: Person, kind: str) -> None:
    heard = hears(session, person, NIGHT - timedelta(minutes=3))
    answer = answered(session, person, kind)
    assert answer.status == "sent"
    proof = answer.decision or {}
    assert (proof["verdict"], proof["reason"], proof["rules"][0]) == ("send", "answer", "answer.heard")
    assert proof["inputs"]["answers"] == id_of(heard) + 1
    assert proofs.verify(session, answer).holds
    past = hindsight.read(session, [person.id])
    assert proofs.verify_in(past, answer, proof, None).holds


def test_who_is_not_known_is_answered_with_a_proof(session: Session) -> None:
    a_lender(session)
    stranger = addresses.find_or_create(session, "sms", "phone", "+525599990000", NIGHT)
    messages.receive(session, messages.Inbound("sms", "phone", stranger.value, "in-1", "¿Quién es?"), NIGHT)
    answer = messages.write_reply(session, messages.conversation_of(session, stranger), text="Somos.", now=NIGHT)
    answer = sent(session, answer, NIGHT)
    assert answer.borrower_id is None
    assert proofs.verify(session, answer).holds


def test_what_comes_in_later_changes_nothing(session: Session, person: Person) -> None:
    answer = answered(session, person)
    hears(session, person, NIGHT, number=9)
    addresses.opt_out(session, person.address, "stop", at(9))
    session.commit()
    assert proofs.verify(session, answer).holds


def test_who_stopped_is_answered_when_they_write_again(session: Session, person: Person) -> None:
    addresses.opt_out(session, person.address, "stop", at(1))
    answer = answered(session, person)
    assert answer.status == "sent"
    assert proofs.verify(session, answer).holds


def test_a_collector_s_word_that_waited_is_proven_as_what_it_became(session: Session, person: Person) -> None:
    """Judged and kept for the morning; then they write, and it is an answer."""
    key = [{"key": "collector.call_us", "values": {}}]
    talk = talk_of(session, person)
    talk.borrower_id = person.id
    written = messages.write_reply(session, talk, text="¿Hablamos?", now=NIGHT, kind="collector", keys=key)
    written = sent(session, written, NIGHT)
    assert (written.status, (written.decision or {})["verdict"]) == ("queued", "later")
    written.send_after = at(3)
    hears(session, person, at(3))
    written = sent(session, written, at(3))
    assert (written.status, (written.decision or {})["reason"]) == ("sent", "answer")
    assert proofs.verify(session, written).holds


@pytest.mark.parametrize(
    ("part", "name", "value"),
    [
        ("inputs", "answers", 77),
        ("inputs", "heard_at", at(1).isoformat()),
        ("inputs", "channel", "whatsapp"),
        ("subject", "borrower", 99),
        ("subject", "conversation", 99),
        ("seen", "message", 0),
        ("", "rules", []),
        ("", "verdict", "skip"),
    ],
)
def test_a_changed_proof_is_no_proof(session: Session, person: Person, part: str, name: str, value: Any) -> None:
    answer = answered(session, person)
    good = answer.decision or {}
    answer.decision = {**good, part: {**good[part], name: value}} if part else {**good, name: value}
    assert not proofs.verify(session, answer).sealed
    answer.decision = {**answer.decision, "hash": seal(answer.decision)}
    verified = proofs.verify(session, answer)
    assert verified.sealed
    assert not verified.holds


def test_where_nothing_was_heard_there_is_no_proof_to_be_had(session: Session, person: Person) -> None:
    answer = answered(session, person)
    forged = messages.write_reply(session, talk_of(session, a_person(session)), text="Hola.", now=NIGHT)
    forged.decision = answer.decision
    verified = proofs.verify(session, forged)
    assert verified.fault == "nothing_heard"
    assert not verified.holds


@given(
    kind=st.sampled_from([*ANSWERED, "collector"]),
    ago=st.timedeltas(timedelta(days=-3), timedelta(days=40)),
)
def test_only_what_came_before_makes_an_answer_and_a_person_s_word_is_one_for_a_day(kind: str, ago: timedelta) -> None:
    verdict = said(kind, Heard(1, NIGHT - ago), NIGHT)
    lives = timedelta(0) <= ago and (kind != "collector" or ago < timedelta(hours=24))
    assert (verdict is not None) == lives
    assert said(kind, None, NIGHT) is None


@given(st.lists(st.tuples(st.integers(1, 50), st.integers(0, 50)), max_size=8, unique_by=lambda each: each[0]))
def test_the_newest_is_meant(heard: list[tuple[int, int]]) -> None:
    found = answers.newest(Heard(number, NIGHT + timedelta(minutes=minute)) for number, minute in heard)
    assert (found is None) == (not heard)
    if found is not None:
        assert all((found.at, found.message) >= (NIGHT + timedelta(minutes=m), n) for n, m in heard)
