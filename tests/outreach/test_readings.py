"""What is kept of how a message was read, and of what the next one says about it, on both engines."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import Session

from loans.tables import Borrower
from outreach import messages, readings
from outreach.corrections import Answer, Correction
from outreach.messages import Inbound
from outreach.tables import Conversation, Message

NOW = datetime(2026, 11, 18, 16, tzinfo=UTC)


class Talk:
    """One phone's conversation, turn by turn."""

    def __init__(self, session: Session) -> None:
        self.session, self.now, self.turns = session, NOW, 0
        session.add(Borrower(external_id="C-1", full_name="Ana Núñez", given_name="Ana", created_at=NOW))

    def hears(
        self,
        text: str,
        intent: str,
        confidence: float | None,
        *keys: str,
        guess: str | None = None,
        asks: str | None = None,
        kind: str = "text",
    ) -> Message:
        self.turns += 1
        inbound = Inbound("whatsapp", "phone", "+525512345678", f"m-{self.turns}", text, message_kind=kind)
        message = messages.receive(self.session, inbound, self.now)
        assert message is not None
        talk = self.session.get_one(Conversation, message.conversation_id)
        said: dict[str, Any] = {"intent": intent, "guess": guess or intent, "confidence": confidence}
        readings.keep(self.session, message, **said, asked=talk.asks, answer=Answer(keys, asks))
        talk.asks = asks
        phrases = [{"key": each, "values": {}} for each in keys]
        turn = message.turn_id
        messages.write_reply(self.session, talk, text="…", now=self.now, turn_id=turn, keys=phrases, asks=asks)
        return message


@pytest.fixture
def talk(session: Session) -> Talk:
    return Talk(session)


def test_guess_and_confidence_are_kept_also_of_what_was_not_accepted(talk: Talk) -> None:
    said = talk.hears("kto es", "nlu_fallback", 0.31, "fallback.first", guess="ask_balance")
    talk.session.flush()
    assert (said.intent, said.guess, said.confidence) == ("nlu_fallback", "ask_balance", 0.31)
    assert said.text_index == readings.words_index("KTO  es!")
    assert said.text_index != readings.words_index("kto era")


@pytest.mark.parametrize(
    ("text", "confidence", "kind", "asked"),
    [
        ("Sí", 1.0, "button", None),
        ("alto", 1.0, "text", None),  # a rule heard it
        ("", 0.5, "text", None),
        ("mire", 0.5, "media", None),
        ("buenas", None, "text", None),  # nobody read it
        ("12/04/1985", 0.3, "text", "identity"),
        ("doce de abril del ochenta y cinco", 0.3, "text", "identity"),
        ("cuatro tres dos uno", 0.3, "text", "identity"),
    ],
)
def test_what_can_teach_nothing_or_proves_who_somebody_is_has_no_words_kept(
    talk: Talk, text: str, confidence: float | None, kind: str, asked: str | None
) -> None:
    talk.hears("hola", "greet", 0.9, "identity.ask", asks=asked)
    assert talk.hears(text, "affirm", confidence, kind=kind).text_index is None


def test_a_question_back_at_an_identity_check_can_teach(talk: Talk) -> None:
    talk.hears("cuanto debo", "ask_balance", 0.9, "identity.ask", asks="identity")
    assert talk.hears("y para que quieren saber eso", "complain", 0.4, "identity.why").text_index is not None


def test_the_next_message_corrects_the_one_before_it(talk: Talk) -> None:
    first = talk.hears("el viernes 500", "promise_to_pay", 0.8, "promise.confirm", asks="confirmation")
    then = talk.hears("no", "deny", 0.95, "promise.changed")
    assert (first.corrected, then.corrected) == (Correction.REFUSED, None)


def test_much_later_a_message_says_nothing_about_the_one_before_it(talk: Talk) -> None:
    first = talk.hears("cuanto debo", "ask_balance", 0.8, "balance.total")
    talk.now += timedelta(hours=2)
    talk.hears("cuanto debo", "ask_balance", 0.8, "balance.total")
    assert first.corrected is None


def test_the_third_miss_calls_a_person(talk: Talk) -> None:
    said = [
        talk.hears(f"mmm {each}", "nlu_fallback", 0.2, f"fallback.{each}") for each in ("first", "second", "person")
    ]
    assert [each.corrected for each in said] == [None, None, Correction.PERSON_CALLED]


def test_another_conversation_says_nothing(talk: Talk, session: Session) -> None:
    first = talk.hears("el viernes 500", "promise_to_pay", 0.8, "promise.confirm", asks="confirmation")
    other = Inbound("sms", "phone", "+525599999999", "x-1", "no")
    message = messages.receive(session, other, NOW)
    assert message is not None
    readings.keep(session, message, intent="deny", guess="deny", confidence=0.9, asked=None, answer=Answer())
    assert first.corrected is None
