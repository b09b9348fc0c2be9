"""What a repeated turn may rely on in the real Rasa: half a turn is taken back with its slots and its open question."""

from collections.abc import Iterator
from contextlib import closing
from uuid import uuid4

import httpx2
import pytest
from sqlmodel import Session, col, select

from bot.dialogue import Dialogue
from outreach.tables import Conversation, Message
from store.engine import reading
from tests.journeys.conftest import Start
from tests.journeys.crowd import product_store
from tests.journeys.phone import LOAN, fixture, known
from tests.product import TOKEN, Product

pytestmark = pytest.mark.slow


@pytest.fixture
def dialogue(product: Product) -> Iterator[Dialogue]:
    with closing(Dialogue(product.rasa_url, TOKEN)) as dialogue:
        yield dialogue


def _newest(session: Session) -> tuple[str, Message]:
    message = session.exec(select(Message).where(Message.direction == "in").order_by(col(Message.id).desc())).first()
    assert message is not None
    return session.get_one(Conversation, message.conversation_id).tracker, message


def test_a_turn_taken_back_can_be_asked_as_if_for_the_first_time(
    start: Start, product: Product, dialogue: Dialogue
) -> None:
    phone = start(fixture(LOAN, contact=known()))
    phone.says("el viernes le pago 500")
    assert phone.says("sí")["key"] == "promise.recorded"
    fresh = uuid4().hex
    with reading(product_store(product)) as session:
        tracker, message = _newest(session)
        turn_id, conversation_id = message.turn_id or "", message.conversation_id
    assert [each["key"] for part in dialogue.answered(tracker, turn_id) for each in part.phrases] == [
        "promise.recorded"
    ]

    assert dialogue.take_back(tracker, turn_id, fresh)
    before = httpx2.get(f"{product.rasa_url}/conversations/{fresh}/tracker", params={"token": TOKEN}).json()
    assert before["active_loop"]["name"] == "promise_form"
    assert (before["slots"]["requested_slot"], before["slots"]["promise_amount"]) == ("promise_confirmed", 500_00)
    assert dialogue.answered(fresh, turn_id) == []

    again = {
        "turn_id": turn_id,
        "now": message.created_at.isoformat(),
        "conversation_id": conversation_id,
        "said": "sí",
    }
    parts = dialogue.ask(fresh, "sí", again)
    assert [each["key"] for part in parts for each in part.phrases] == ["promise.recorded"]
    assert len(phone.state["promises"]) == 1


def test_a_turn_that_never_reached_the_tracker_needs_no_taking_back(
    start: Start, product: Product, dialogue: Dialogue
) -> None:
    phone = start(fixture(LOAN, contact=known()))
    phone.says("hola")
    with reading(product_store(product)) as session:
        tracker, _ = _newest(session)
    assert not dialogue.take_back(tracker, "another turn", uuid4().hex)
