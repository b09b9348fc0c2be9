"""A message's state is the same whatever order the provider's reports arrive in."""

from collections.abc import Iterator
from datetime import timedelta
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, create_engine, select

from alcorriente.migrations import metadata
from outreach import delivery, messages
from outreach.tables import Address, Message, MessageStatus
from tests.outreach.portfolio import MORNING, a_person

Report = tuple[str, int]  # status, minute
REPORTS = st.lists(
    st.tuples(st.sampled_from(["sent", "delivered", "read", "failed"]), st.integers(1, 60)),
    min_size=1,
    max_size=6,
    unique_by=lambda report: report[1],
)


def a_message(session: Session, *, named: bool = True) -> Message:
    conversation = messages.conversation_of(session, a_person(session).address)
    message = messages.write_reply(session, conversation, text="Hola", now=MORNING)
    message.status = "sending"
    message.provider_id = "P1" if named else None
    session.flush()
    return message


def report(
    session: Session, status: str, minute: int, *, error: str = "", message_id: int | None = None
) -> Message | None:
    return delivery.record_status(
        session,
        channel="sms",
        provider_id="P1",
        our_message_id=message_id,
        status=status,
        error_code=error if status == "failed" else "",
        now=MORNING + timedelta(minutes=minute),
    )


def end_state(session: Session, message: Message) -> tuple[object, ...]:
    address = session.get_one(Address, message.address_id)
    return message.status, message.status_at, message.error_code, message.sent_at, address.blocked_at


@pytest.fixture(scope="module")
def memory() -> Iterator[Session]:
    engine = create_engine("sqlite://")
    metadata().create_all(engine)
    with Session(engine) as session:
        yield session
    engine.dispose()


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(reports=REPORTS, order=st.randoms(), error=st.sampled_from(["", "unreachable_address", "opted_out"]))
def test_reports_in_any_order_end_in_the_same_state(
    memory: Session, reports: list[Report], order: Random, error: str
) -> None:
    shuffled = list(reports)
    order.shuffle(shuffled)
    states = []
    for sequence in (sorted(reports, key=lambda each: each[1]), shuffled, shuffled + reports):
        message = a_message(memory)
        for status, minute in sequence:
            report(memory, status, minute, error=error)
        states.append(end_state(memory, message))
        memory.rollback()
    assert states[0] == states[1] == states[2]


def test_every_report_is_kept(session: Session) -> None:
    message = a_message(session)
    for status, minute in (("read", 3), ("delivered", 2), ("delivered", 2), ("warmed_up", 1)):
        report(session, status, minute)
    assert message.status == "read"
    kept = session.exec(select(MessageStatus.status).where(MessageStatus.message_id == message.id)).all()
    assert sorted(kept) == ["delivered", "delivered", "read", "warmed_up"]


def test_a_report_before_our_own_answer_is_found_later(session: Session) -> None:
    message = a_message(session, named=False)
    assert report(session, "delivered", 1) is None
    message.provider_id = "P1"
    delivery.advance(session, message, "sent", MORNING)
    delivery.attach_reports(session, message)
    assert message.status == "delivered"


def test_a_report_that_names_our_message_needs_no_provider_id(session: Session) -> None:
    message = a_message(session, named=False)
    assert report(session, "sent", 1, message_id=message.id) is message
    assert message.provider_id == "P1"


@pytest.mark.parametrize("strange", [None, 0, -1, 10**9])
def test_a_strange_report_is_kept_and_moves_nothing(session: Session, strange: int | None) -> None:
    message = a_message(session, named=False)
    assert report(session, "failed", 1, message_id=strange) is None
    assert message.status == "sending"
    assert len(session.exec(select(MessageStatus)).all()) == 1


def test_a_report_from_another_channel_is_not_ours(session: Session) -> None:
    message = a_message(session)
    found = delivery.record_status(
        session, channel="telegram", provider_id="P1", our_message_id=message.id, status="read", now=MORNING
    )
    assert found is None
    assert message.status == "sending"
