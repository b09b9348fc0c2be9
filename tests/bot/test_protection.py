"""Words of anguish and demands to stop while a person has the conversation: obeyed, answered once, and seen."""

from contextlib import closing
from datetime import datetime

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col, select

from bot import inbox
from bot.dialogue import Dialogue
from desk import cases
from desk.access import Role
from desk.accounts import add_staff
from desk.cases import Reason
from desk.tables import Case, CaseEvent
from loans.tables import Borrower
from outreach import crisis_contacts, messages
from outreach.messages import Inbound
from outreach.tables import Address, Conversation, Hold, Message
from store.engine import reading, transaction
from store.ids import id_of
from tests.outreach.portfolio import MORNING, TODAY, Person, a_lender, a_person, an_address


class StoppedClock:
    def now(self) -> datetime:
        return MORNING


@pytest.fixture
def person(engine: sa.Engine) -> Person:
    """Somebody whose conversation a collector has taken over."""
    with transaction(engine) as session:
        a_lender(session)
        who = a_person(session, "sms", country="MX")
        talk = messages.conversation_of(session, who.address)
        ana, _ = add_staff(session, email="a@b.mx", name="Ana", role=Role.COLLECTOR, branches=(), now=MORNING)
        case = cases.open_case(
            session, Reason.HUMAN_REQUEST, now=MORNING, borrower_id=who.id, conversation_id=id_of(talk)
        )
        cases.take_over(session, case, id_of(ana), MORNING)
        session.flush()
        session.expunge_all()
        return who


def writes(engine: sa.Engine, person: Person, *texts: str) -> None:
    """No dialogue engine is there to be asked."""
    for number, text in enumerate(texts):
        with transaction(engine) as session:
            sent = Inbound("sms", "phone", person.address.value, f"p-{number}", text=text)
            assert messages.receive(session, sent, MORNING)
        with closing(Dialogue("http://127.0.0.1:9", "token")) as dialogue:
            assert inbox.handle_next(engine, dialogue, StoppedClock())


def said(session: Session) -> list[str]:
    replies = session.exec(select(Message).where(Message.direction == "out").order_by(col(Message.id)))
    return [str(each["key"]) for reply in replies for each in reply.keys]


def heard(session: Session) -> list[str]:
    return [each.kind for each in session.exec(select(CaseEvent).where(col(CaseEvent.kind).like("%_heard")))]


def test_anguish_brings_help_once_and_the_most_urgent_case(engine: sa.Engine, person: Person) -> None:
    writes(engine, person, "ya no quiero vivir", "me quiero matar")
    with reading(engine) as session:
        assert said(session) == ["distress.help"]
        (help_text,) = session.exec(select(Message).where(Message.direction == "out"))
        assert "911" in help_text.text
        found = {each.reason: each for each in session.exec(select(Case))}
        assert found["vulnerable_distress"].priority == found["human_request"].priority == 0
        assert [each.event for each in session.exec(select(Hold))] == ["vulnerable"]
        assert heard(session) == ["distress_heard", "distress_heard"]
        intents = session.exec(select(Message.intent).where(Message.direction == "in")).all()
        assert intents == ["vulnerable_distress", "vulnerable_distress"]
        assert session.exec(select(Conversation)).one().owner == "person"


def test_only_confirmed_crisis_contacts_of_the_country_are_named(engine: sa.Engine, person: Person) -> None:
    with transaction(engine) as session:
        crisis_contacts.add(session, "MX", "Line one", "its page", TODAY, TODAY)
        crisis_contacts.add(session, "MX", "Line two", "its page", None, TODAY)
        crisis_contacts.add(session, "CO", "Line three", "its page", TODAY, TODAY)
    writes(engine, person, "me quiero morir")
    with reading(engine) as session:
        (reply,) = session.exec(select(Message).where(Message.direction == "out"))
        assert "Line one" in reply.text and "Line two" not in reply.text and "Line three" not in reply.text


def test_a_demand_to_stop_is_confirmed_once_and_seen(engine: sa.Engine, person: Person) -> None:
    writes(engine, person, "ya no me escriban", "ALTO")
    with reading(engine) as session:
        assert said(session) == ["opt_out.done"]
        assert session.get_one(Address, id_of(person.address)).opted_out_at == MORNING
        assert heard(session) == ["stop_heard", "stop_heard"]


@pytest.mark.parametrize(
    ("text", "stopped"),
    [
        ("ya no me manden nada", {"sms", "whatsapp"}),
        ("ya no quiero que me lleguen avisos por sms ni nada de ustedes", {"sms", "whatsapp"}),
        ("ya no me escriban por whatsapp", {"whatsapp"}),
    ],
)
def test_a_stop_holds_everywhere_unless_another_channel_is_named(
    engine: sa.Engine, person: Person, text: str, stopped: set[str]
) -> None:
    with transaction(engine) as session:
        an_address(session, session.get_one(Borrower, person.id), "whatsapp")
    writes(engine, person, text)
    with reading(engine) as session:
        found = session.exec(select(Address).where(col(Address.opted_out_at).is_not(None)))
        assert {each.channel for each in found} == stopped


def test_both_in_one_message_are_obeyed_and_only_help_is_spoken_of(engine: sa.Engine, person: Person) -> None:
    writes(engine, person, "dejen de escribirme o me mato")
    with reading(engine) as session:
        assert said(session) == ["distress.help"]
        assert session.get_one(Address, id_of(person.address)).opted_out_at == MORNING


def test_other_messages_are_left_to_the_person(engine: sa.Engine, person: Person) -> None:
    writes(engine, person, "cuánto debo?", "me muero de hambre jaja")
    with reading(engine) as session:
        assert said(session) == [] and heard(session) == []
