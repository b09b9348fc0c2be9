"""Each message carries a proof, and the history alone gives it again, whatever happened since."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col, select

from desk import cases
from loans import promises
from loans.tables import Loan
from outreach import addresses, delivery, hindsight, holds, messages, proofs, wishes
from outreach.history import Change, ConsentEvent
from outreach.planning import decide_again, plan
from outreach.recipients import gather
from outreach.sealing import seal
from outreach.tables import AddressBorrower, Message
from store.ids import id_of
from tests.outreach.portfolio import (
    CHANNELS,
    MORNING,
    TODAY,
    Person,
    a_lender,
    a_loan,
    a_person,
    an_address,
    at,
    outgoing,
)

LATER = at(9, 30)


@pytest.fixture
def person(session: Session) -> Person:
    a_lender(session)
    return a_person(session)


def planned(session: Session, person: Person) -> Message:
    a_loan(session, person, TODAY)
    plan(session, MORNING, CHANNELS)
    session.commit()
    (message,) = outgoing(session)
    return message


def opt_out(session: Session, person: Person, _message: Message) -> None:
    addresses.opt_out(session, person.address, "stop", LATER)


def withdraw(session: Session, person: Person, _message: Message) -> None:
    link = session.get_one(AddressBorrower, (person.address.id, person.id))
    addresses.record_consent(link, given=False, evidence="call", now=LATER)


def hold(session: Session, person: Person, _message: Message) -> None:
    holds.place(session, "dispute", now=MORNING - timedelta(hours=1), borrower_id=person.id)


def promise(session: Session, person: Person, message: Message) -> None:
    promises.record(
        session,
        loan=session.get_one(Loan, message.loan_id),
        amount=100_00,
        due=TODAY + timedelta(days=2),
        today=TODAY,
        now=LATER,
    )


def write_to_us(session: Session, person: Person, _message: Message) -> None:
    messages.receive(session, messages.Inbound("sms", "phone", person.address.value, "in-1", "Hola"), LATER)


def take_over(session: Session, person: Person, message: Message) -> None:
    conversation = messages.conversation_of(session, person.address)
    conversation.owner = "person"
    session.add(conversation)


def move_away(session: Session, person: Person, _message: Message) -> None:
    person.borrower.zone, person.borrower.country = "America/Bogota", "CO"
    session.add(person.borrower)


def wrong_number(session: Session, person: Person, _message: Message) -> None:
    addresses.mark_wrong_person(session, person.address, LATER)


def another_address(session: Session, person: Person, _message: Message) -> None:
    new = an_address(session, person.borrower, "telegram")
    messages.receive(session, messages.Inbound("telegram", "phone", new.value, "in-2", "Hola"), LATER)


def wish(session: Session, person: Person, _message: Message) -> None:
    wishes.only_between(session, person.id, time(14), time(18), evidence="turn:1", now=LATER)


def send(session: Session, _person: Person, message: Message) -> None:
    delivery.advance(session, message, "sent", LATER)


def fail(session: Session, _person: Person, message: Message) -> None:
    delivery.advance(session, message, "failed", LATER, error_code="unreachable_address")


def by_hand(session: Session, person: Person, _message: Message) -> None:
    session.execute(sa.text("UPDATE address_borrower SET consent_at = NULL, position = 7"))
    session.execute(sa.text("UPDATE address SET opted_out_at = '2026-01-01 00:00:00', blocked_at = NULL"))


EVENTS: list[Callable[..., None]] = [
    opt_out, withdraw, hold, promise, write_to_us, take_over, move_away, wrong_number, another_address, wish, send,
    fail, by_hand,
]  # fmt: skip


@pytest.mark.parametrize("happens", EVENTS)
def test_a_proof_holds_whatever_happens_afterwards(
    session: Session, person: Person, happens: Callable[..., None]
) -> None:
    message = planned(session, person)
    happens(session, person, message)
    session.commit()
    session.expire_all()
    verified = proofs.verify(session, session.get_one(Message, message.id))
    assert verified.holds, verified


@pytest.mark.parametrize("happens", [each for each in EVENTS if each not in (send, fail)])
def test_what_happened_before_the_sending_is_part_of_its_proof(
    session: Session, person: Person, happens: Callable[..., None]
) -> None:
    message = planned(session, person)
    happens(session, person, message)
    session.commit()
    again = decide_again(session, [message], at(10), CHANNELS)[id_of(message)]
    if again.record is None:
        assert again.reason in {"unreachable", "no_address"}
        return
    message.decision = again.record
    session.commit()
    verified = proofs.verify(session, message)
    assert verified.holds, verified


@pytest.mark.parametrize("happens", [opt_out, hold, write_to_us, move_away, wish])
def test_inputs_that_the_history_does_not_give_are_named(
    session: Session, person: Person, happens: Callable[..., None]
) -> None:
    """A proof made to look good afterwards: sealed anew, but of a past that never was."""
    message = planned(session, person)
    happens(session, person, message)
    session.commit()
    seen = {**(message.decision or {})["seen"], "change": 10**9, "message": 10**9, "at": at(10).isoformat()}
    forged = {**(message.decision or {}), "seen": seen}
    message.decision = {**forged, "hash": seal(forged)}
    verified = proofs.verify(session, message)
    assert verified.sealed
    assert verified.differing


@pytest.mark.parametrize(
    ("name", "value"),
    [("verdict", "skip"), ("reason", "held"), ("flow_version", 9), ("policy_version", "9.9.9"), ("rules", [])],
)
def test_a_changed_proof_is_no_proof(session: Session, person: Person, name: str, value: Any) -> None:
    message = planned(session, person)
    good = message.decision or {}
    message.decision = {**good, name: value}
    assert not proofs.verify(session, message).sealed
    message.decision = {**message.decision, "hash": seal(message.decision)}
    assert not proofs.verify(session, message).holds


def test_the_proof_of_another_message_proves_nothing(session: Session, person: Person) -> None:
    message = planned(session, person)
    other = a_person(session)
    a_loan(session, other, TODAY)
    plan(session, LATER, CHANNELS)
    session.commit()
    second = next(each for each in outgoing(session) if each.borrower_id == other.id)
    second.decision = message.decision
    assert not proofs.verify(session, second).holds


def test_consent_has_a_ledger_with_its_evidence(session: Session, person: Person) -> None:
    link = session.get_one(AddressBorrower, (person.address.id, person.id))
    addresses.record_consent(link, given=False, evidence="told staff:3", now=LATER)
    session.flush()
    addresses.opt_out(session, person.address, "stop", at(10))
    session.flush()
    addresses.opt_in(session, person.address, at(11))
    session.flush()
    ledger = session.exec(select(ConsentEvent).order_by(col(ConsentEvent.id))).all()
    assert [(each.given, each.evidence, each.at, each.purpose) for each in ledger] == [
        (True, "sign-up", MORNING, "own_customer_reminder"),
        (False, "told staff:3", LATER, "own_customer_reminder"),
        (False, "stop", at(10), "own_customer_reminder"),
        (True, "opt_in", at(11), "own_customer_reminder"),
    ]


def test_what_says_nothing_about_contact_leaves_no_mark(session: Session, person: Person) -> None:
    message = planned(session, person)
    before = session.exec(select(sa.func.count()).select_from(Change)).one()
    message.status, person.borrower.region, person.address.identity_attempts = "sending", "Centro", 2
    session.add_all([message, person.borrower, person.address])
    session.flush()
    assert session.exec(select(sa.func.count()).select_from(Change)).one() == before


def test_who_takes_a_thread_over_is_in_the_history(session: Session, person: Person) -> None:
    message = planned(session, person)
    case = cases.open_case(
        session,
        cases.Reason.HUMAN_REQUEST,
        now=LATER,
        borrower_id=person.id,
        conversation_id=message.conversation_id,
    )
    assert case is not None
    take_over(session, person, message)
    session.commit()
    change = session.exec(select(Change).where(Change.thing == "conversation")).one()
    assert (change.ref, change.was) == (message.conversation_id, {"owner": "assistant"})


@pytest.mark.parametrize(
    ("heard_at", "counts"), [(at(7), 0), (at(8, 30), 1), (at(7) - timedelta(days=1), 1), (None, 1)]
)
def test_what_a_person_begins_is_an_attempt_also_when_the_borrower_answers_it(
    session: Session, person: Person, heard_at: datetime | None, counts: int
) -> None:
    """Only what came in during the day before opens a conversation."""
    conversation = messages.conversation_of(session, person.address)
    conversation.borrower_id = person.id
    written = messages.write_reply(session, conversation, text="Buenos días", now=at(8), kind="collector")
    delivery.advance(session, written, "sent", at(8))
    if heard_at is not None:
        inbound = messages.Inbound("sms", "phone", person.address.value, "in-3", "Hola")
        messages.receive(session, inbound, heard_at)
    session.commit()
    now = gather(session, [person.id], MORNING)[person.id]
    assert now.seen is not None
    then = hindsight.read(session, [person.id]).recipient(person.id, now.seen)
    assert then is not None
    assert (len(now.attempts), then.attempts) == (counts, now.attempts)
