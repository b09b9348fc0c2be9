"""Turns: taken once, tried again, apologised for once, and never lost."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col, select

from bot import inbox
from bot.dialogue import Dialogue
from desk.tables import Case
from outreach import messages
from outreach.messages import Inbound
from outreach.tables import Conversation, Message
from store.effects import TurnEffect
from store.engine import reading, transaction
from tests.bot.rasa import Rasa, serving
from tests.outreach.portfolio import MORNING, a_lender, a_person

PATIENCE = (0, 0, 0)
Serve = Callable[..., Rasa]


class StoppedClock:
    def now(self) -> datetime:
        return MORNING


@pytest.fixture
def serve() -> Iterator[Serve]:
    with ExitStack() as running:
        yield lambda *answers: running.enter_context(serving(Rasa(*answers)))


def _came(engine: sa.Engine, text: str = "hola", **borrower: Any) -> int:
    with transaction(engine) as session:
        a_lender(session)
        person = a_person(session, "sms", **borrower)
        kept = messages.receive(session, Inbound("sms", "phone", person.address.value, "p-1", text=text), MORNING)
        assert kept is not None and kept.id is not None
        return kept.id


def _take(engine: sa.Engine, rasa: Rasa, times: int = 1) -> list[bool]:
    with closing(Dialogue(rasa.url, "token")) as dialogue:
        return [inbox.handle_next(engine, dialogue, StoppedClock(), PATIENCE) for _ in range(times)]


def _replies(session: Session) -> list[str]:
    sent = session.exec(select(Message).where(Message.direction == "out").order_by(col(Message.id)))
    return [str(each.keys[0]["key"]) for each in sent]


def _at_once(engine: sa.Engine, message_id: int) -> None:
    with transaction(engine) as session:
        session.get_one(Message, message_id).send_after = None


@pytest.mark.parametrize("failure", [503, []], ids=["down", "silent"])
def test_a_failing_dialogue_is_apologised_for_once_and_answered_when_back(
    engine: sa.Engine, serve: Serve, failure: int | list[str]
) -> None:
    message_id = _came(engine)
    rasa = serve(failure)
    assert _take(engine, rasa, 4) == [True] * 4
    assert _take(engine, rasa) == [False]  # From here on once a minute.
    for _ in range(2):
        _at_once(engine, message_id)
        _take(engine, rasa)
    with reading(engine) as session:
        assert _replies(session) == ["apology.down"]
        assert [each.facts for each in session.exec(select(Case))] == [{"why": "assistant_down"}]
        assert session.get_one(Message, message_id).status == "received"
    rasa.answers = [["thanks"]]
    _at_once(engine, message_id)
    _take(engine, rasa)
    with reading(engine) as session:
        assert _replies(session) == ["apology.down", "thanks"]
        assert session.get_one(Message, message_id).status == "handled"


def test_an_apology_is_in_the_borrowers_language(engine: sa.Engine, serve: Serve) -> None:
    _came(engine, "hello", language="en")
    _take(engine, serve(503), 3)
    with reading(engine) as session:
        (apology,) = session.exec(select(Message).where(Message.direction == "out"))
        assert apology.language == "en" and "sorry" in apology.text.lower()


def test_a_person_who_took_over_meanwhile_answers_instead(engine: sa.Engine, serve: Serve) -> None:
    message_id = _came(engine)
    rasa = serve(503)
    _take(engine, rasa, 2)
    with transaction(engine) as session:
        session.exec(select(Conversation)).one().owner = "person"
    _take(engine, rasa)
    with reading(engine) as session:
        assert _replies(session) == []
        assert session.get_one(Message, message_id).status == "handled"


def test_an_answer_that_rasa_had_saved_is_given_without_asking_again(engine: sa.Engine, serve: Serve) -> None:
    message_id = _came(engine)
    rasa = serve(["thanks"])
    with transaction(engine) as session:
        message = session.get_one(Message, message_id)
        message.attempts = 1
        talk = session.get_one(Conversation, message.conversation_id)
        rasa.answer({"sender": talk.tracker, "metadata": {"turn_id": message.turn_id}})
    _take(engine, rasa)
    assert len(rasa.asked) == 1
    with reading(engine) as session:
        assert _replies(session) == ["thanks"]


def test_a_turn_whose_action_failed_is_taken_back_and_asked_again(engine: sa.Engine, serve: Serve) -> None:
    message_id = _came(engine)
    rasa = serve(["goodbye"], ["thanks"])
    with transaction(engine) as session:
        turn_id = session.get_one(Message, message_id).turn_id or ""
        before = session.exec(select(Conversation)).one().tracker
        session.add(TurnEffect(turn_id=turn_id, kind="broken:action_thanks"))
    rasa.trackers[before] = [{"event": "action", "name": "action_listen"}]
    _take(engine, rasa, 2)
    with reading(engine) as session:
        assert _replies(session) == ["thanks"]
        after = session.exec(select(Conversation)).one().tracker
    assert after != before
    assert [each["event"] for each in rasa.trackers[after]] == ["action", "user", "bot"]


def test_a_turn_that_breaks_here_waits_and_is_counted(engine: sa.Engine, serve: Serve) -> None:
    message_id = _came(engine)
    rasa = serve(["there.is.no.such.phrase"])
    assert _take(engine, rasa, 3) == [True] * 3
    with reading(engine) as session:
        message = session.get_one(Message, message_id)
        assert (message.status, message.attempts) == ("received", 3)
        assert _replies(session) == ["apology.down"]


def test_a_conversation_is_worked_on_by_one_at_a_time(engine: sa.Engine, serve: Serve) -> None:
    _came(engine)
    rasa = serve(["thanks"])
    with transaction(engine) as session:
        session.exec(select(Conversation)).one().claimed_until = datetime.now(UTC) + timedelta(seconds=60)
    assert _take(engine, rasa) == [False]
    inbox.free_leases(engine)
    assert _take(engine, rasa) == [True]


@pytest.mark.parametrize(
    ("turns", "asks", "idle", "renewed", "carried"),
    [
        (39, None, 0, False, False),
        (40, None, 0, True, True),
        (40, "amount", 0, True, True),
        (1, None, 13, True, False),
        (1, "amount", 13, False, False),
        (40, "amount", 25, True, False),
    ],
)
def test_a_long_talk_goes_on_in_a_short_tracker(
    engine: sa.Engine, serve: Serve, turns: int, asks: str | None, idle: int, renewed: bool, carried: bool
) -> None:
    _came(engine)
    rasa = serve(["thanks"])
    with transaction(engine) as session:
        talk = session.exec(select(Conversation)).one()
        talk.tracker_turns, talk.asks, talk.last_turn_at = turns, asks, MORNING - timedelta(hours=idle)
        before = talk.tracker
    rasa.memories[before] = {"slots": {"promise_loan": 7, "wish": None}, "active_loop": {"name": "promise_form"}}
    _take(engine, rasa)
    with reading(engine) as session:
        after = session.exec(select(Conversation)).one().tracker
    assert (after != before) is renewed
    first = rasa.trackers[after][0]
    assert (first == {"event": "slot", "name": "promise_loan", "value": 7}) is carried
    if carried:
        assert [each["event"] for each in rasa.trackers[after]] == ["slot", "active_loop", "action", "user", "bot"]


def _guess(intent: str, confidence: float = 0.95) -> dict[str, Any]:
    found = {"name": intent, "confidence": confidence}
    return {"intent": found, "intent_ranking": [found]}


def test_the_first_wish_is_asked_and_the_others_go_with_it(engine: sa.Engine, serve: Serve) -> None:
    _came(engine, "hola, cuanto debo y donde pago")
    rasa = serve(["thanks"])
    rasa.guesses = {
        "hola, cuanto debo y donde pago": _guess("greet"),
        "hola": _guess("greet"),
        "cuanto debo": _guess("ask_balance"),
        "donde pago": _guess("ask_payment_methods"),
    }
    _take(engine, rasa)
    (asked,) = rasa.asked
    assert asked["message"] == "/ask_balance@0.9500"
    assert asked["metadata"]["also"] == [{"intent": "ask_payment_methods", "text": "donde pago"}]
    assert "donde" not in asked["metadata"]["said"]


@pytest.mark.parametrize(
    ("beside", "asked", "cares"), [(0.2, "/vulnerable_distress@0.9800", False), (0.05, "/promise_to_pay@0.9900", True)]
)
def test_danger_beside_an_offer_is_heard_where_the_offer_is_taken_out(
    engine: sa.Engine, serve: Serve, beside: float, asked: str, cares: bool
) -> None:
    offer, dread = "le pago el viernes", "esta noche ya veo qué hago con el frasco"
    _came(engine, f"{offer}, {dread}")
    rasa = serve(["thanks"])
    whole = _guess("promise_to_pay", 0.9)
    whole["intent_ranking"].append({"name": "vulnerable_distress", "confidence": beside})
    rasa.guesses = {f"{offer}, {dread}": whole, offer: _guess("promise_to_pay", 0.99)}
    rasa.guesses[dread] = _guess("vulnerable_distress", 0.98)
    _take(engine, rasa)
    (turn,) = rasa.asked
    assert turn["message"] == asked
    assert ("vulnerable_distress" in [each["intent"] for each in turn["metadata"]["also"]]) is cares


@pytest.mark.parametrize("text", ["cuanto debo", "me quiero morir, cuanto debo"])
def test_one_wish_or_a_rule_needs_no_second_look(engine: sa.Engine, serve: Serve, text: str) -> None:
    _came(engine, text)
    rasa = serve(["thanks"])
    rasa.guesses = {text: _guess("ask_balance")}
    _take(engine, rasa)
    (asked,) = rasa.asked
    assert "also" not in asked["metadata"]
