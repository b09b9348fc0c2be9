"""What shows that a message was misread: said no, chose something else, asked again, a person came."""

import pytest

from outreach.corrections import Answer, Correction, Read, afterwards, at_once

PROMISE = Read("promise_to_pay", "promise_to_pay", "el viernes 500")
MISSED = Read("nlu_fallback", "ask_balance", "kto es")
READ_BACK = Answer(["promise.confirm"], "confirmation")
NOTED = Answer(["promise.noted"])
MISS = Answer(["fallback.first"])


@pytest.mark.parametrize(
    ("before", "answer", "then", "correction"),
    [
        (PROMISE, READ_BACK, Read("deny", "deny", "no"), Correction.REFUSED),
        (PROMISE, READ_BACK, Read("deny", "deny", None, pressed=True), Correction.REFUSED),
        (PROMISE, READ_BACK, Read("affirm", "affirm", "si"), None),
        (PROMISE, NOTED, Read("deny", "deny", "no"), None),
        (PROMISE, Answer(["promise.ask_amount"], "amount"), Read("deny", "deny", "no"), None),
        (MISSED, MISS, Read("ask_payment_methods", "ask_payment_methods", None, pressed=True), Correction.CHOSE_OTHER),
        (MISSED, MISS, Read("ask_balance", "ask_balance", None, pressed=True), None),
        (MISSED, MISS, Read("affirm", "affirm", None, pressed=True), None),
        (MISSED, MISS, Read("deny", "deny", "no"), Correction.REFUSED),
        (MISSED, MISS, Read("ask_payment_methods", "ask_payment_methods", "donde pago"), None),
        (MISSED, MISS, Read("ask_human", "ask_human", None, pressed=True), Correction.PERSON_CALLED),
        (MISSED, MISS, Read("ask_human", "ask_human", "una persona"), Correction.PERSON_CALLED),
        (PROMISE, NOTED, Read("ask_human", "ask_human", "una persona"), None),
        (PROMISE, NOTED, PROMISE, Correction.ASKED_AGAIN),
        (MISSED, MISS, MISSED, Correction.ASKED_AGAIN),
        (Read("greet", "greet", "hola"), Answer(["greet.known"]), Read("greet", "greet", "hola"), None),
        (Read("affirm", "affirm", "si"), Answer(["ok_idle"]), Read("affirm", "affirm", "si"), None),
        (PROMISE, Answer(), Read("thanks", "thanks", "gracias"), None),
    ],
)
def test_the_next_message_tells(before: Read, answer: Answer, then: Read, correction: Correction | None) -> None:
    assert afterwards(before, answer, then) == correction


@pytest.mark.parametrize(
    ("answer", "correction"),
    [(Answer(["fallback.person"]), Correction.PERSON_CALLED), (MISS, None), (NOTED, None), (Answer(), None)],
)
def test_a_person_who_was_called_tells_at_once(answer: Answer, correction: Correction | None) -> None:
    assert at_once(answer) == correction
