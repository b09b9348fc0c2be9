"""What was written, understood again: what changes, what is lost, and nobody's name."""

from datetime import timedelta

import pytest
from sqlmodel import Session

from insight import heard_again
from insight.heard_again import Reread
from outreach import messages
from outreach.messages import Inbound
from outreach.tables import Message
from tests.outreach.portfolio import MORNING, Person, a_lender, a_person

SINCE = MORNING - timedelta(days=1)
THRESHOLD = 0.4


@pytest.fixture
def ana(session: Session) -> Person:
    a_lender(session)
    return a_person(session)


def writes(session: Session, ana: Person, text: str, guess: str, confidence: float, *, read: bool = True) -> Message:
    message = messages.receive(session, Inbound("sms", "phone", ana.address.value, f"in-{text}", text), MORNING)
    assert message is not None
    message.guess, message.confidence = guess, confidence
    message.intent = guess if confidence >= THRESHOLD else "nlu_fallback"
    message.text_index = text if read else None
    session.flush()
    return message


def again(session: Session, guess: str, confidence: float) -> list[Reread]:
    pairs = heard_again.read_again(heard_again.messages(session, SINCE), lambda _: (guess, confidence), THRESHOLD)
    return heard_again.changed(session, pairs)


@pytest.mark.parametrize(
    ("before", "after", "intent"),
    [
        (("ask_balance", 0.9), ("ask_balance", 0.5), None),
        (("ask_balance", 0.9), ("complain", 0.5), "complain"),
        (("ask_balance", 0.9), ("ask_balance", 0.3), "nlu_fallback"),
        (("ask_balance", 0.3), ("complain", 0.3), None),  # understood by neither
        (("ask_balance", 0.3), ("ask_balance", 0.4), "ask_balance"),
    ],
)
def test_what_is_told_is_what_the_turn_would_go_on_with(
    session: Session, ana: Person, before: tuple[str, float], after: tuple[str, float], intent: str | None
) -> None:
    writes(session, ana, "cuánto debo", *before)
    assert [each.after.intent for each in again(session, *after)] == ([] if intent is None else [intent])


def test_what_the_model_has_not_read_alone_is_left_out(session: Session, ana: Person) -> None:
    writes(session, ana, "alto", "opt_out", 1.0, read=False)
    assert again(session, "complain", 0.9) == []


def test_names_and_numbers_are_masked(session: Session, ana: Person) -> None:
    writes(session, ana, "soy Ana Pérez, mi folio es 778812", "greet", 0.9)
    (found,) = again(session, "complain", 0.9)
    assert "Ana" not in found.text
    assert "778812" not in found.text


def test_the_summary_counts_by_what_was_understood(session: Session, ana: Person) -> None:
    for text, guess in (("uno", "greet"), ("dos", "ask_balance"), ("tres", "ask_balance"), ("cuatro", "ask_balance")):
        writes(session, ana, text, guess, 0.9)
    now = {
        "uno": ("greet", 0.9),
        "dos": ("ask_balance", 0.2),
        "tres": ("complain", 0.8),
        "cuatro": ("ask_balance", 0.9),
    }
    rows = heard_again.by_intent(
        heard_again.read_again(heard_again.messages(session, SINCE), now.__getitem__, THRESHOLD)
    )
    assert list(rows) == ["ask_balance", "greet"]
    found = rows["ask_balance"]
    assert (found.turns, found.same, found.lost, found.other["complain"]) == (3, 1, 1, 1)
