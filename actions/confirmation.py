"""What is said to the read-back of a promise: yes, no, a change, or neither."""

import re
from typing import Any

from actions import misses
from actions.amendments import LEADING_NO, adds, amends
from actions.draft import Draft
from actions.hand_over import hand_over
from actions.hearing import hear_offer
from actions.invitation import is_invited
from actions.memory import BESIDE
from actions.turn import Turn
from understanding.answers import yes_or_no
from understanding.normalize import normalize
from understanding.read_back import (
    begins_with_yes,
    ends_with_yes,
    is_conditional,
    is_firm,
    is_hedged,
    is_instead,
    is_on_condition,
    names_it_again,
    plain_answer,
    says_when,
    seals,
    without_excuse,
)
from understanding.wish import QUESTIONS
from understanding.wish_words import asks_something, is_spoken_of, speaks_of_writing

CHANGE = "change"  # what is asked after a 'no' to the read-back
WAITS = "waits"  # who wished to think it over: an 'ok, hasta luego' is then no yes
BOTH = re.compile(r"\b((los|las) (dos|tres)|ambos|ambas|todos|todas|(de )?(a )?mitad y mitad|both|all|half and half)\b")
DENIES = re.compile(r"\b(no+|ni|nel|ninguno|ninguna|neither|not|none|mejor|solo|nomas|only|but|pero)\b")
COURTESIES = frozenset({"affirm", "thanks", "goodbye", "greet"})
SHORT = 5  # words that an answer may have and still be taken for one against the model's guess
VERY_SURE = 0.7  # Own default: a wrong yes records money that nobody promised.
# 'Sí, el sábado nomás' repeats a day; it changes nothing where that is the day.
ONLY = re.compile(r"\b(solo|solamente|nomas|nada mas|only|just)\b")
# A 'no' after which nothing is left to change.
DROPPED = re.compile(
    r"\b(olvid\w+|no (me |lo |la )?(anot|apunt|registr|agend|pong)\w+|dej[ea](lo|la|mos)\w*|cancel\w*|ya no"
    r"|mejor nada|nada"
    r"|forget|never ?mind|drop it|don ?t (note|write|record|book|put)|no need|nothing)\b"
)
WHAT_TO_CHANGE = {
    "promise_date": re.compile(r"\b(fecha|dia|date|day)\b"),
    "promise_amount": re.compile(r"\b(cantidad|monto|cuanto|dinero|amount|how much)\b"),
}


def read_confirmation(turn: Turn, draft: Draft) -> None:
    clear, said = clear_answer(turn), hear_offer(turn, LEADING_NO.sub("", turn.text))
    doubted = turn.slot("promise_doubted") is True
    if clear and turn.slot("promise_doubted") == WAITS and turn.text and not is_firm(turn.text):
        turn.say("ok_idle")
        turn.asked("confirmation")
        turn.set(promise_confirmed=None)
    elif clear is not None:
        confirm(turn, clear=clear, doubted=doubted)
    elif repeats(turn, draft):
        confirm(turn, clear=True, doubted=False)
    elif turn.means("call_me_later") and speaks_of_writing(turn.text) and said.amount is None:
        return  # 'Mejor hábleme el domingo' moves the talk and no payment.
    elif adds(turn, draft, said) or amends(turn, draft) or draft.absorb(turn, said):
        misses.forget(turn)
        go_on(turn, draft)
    elif doubted and (changed := _what_to_change(turn)) is not None:
        turn.set(promise_doubted=None, promise_confirmed=None, promise_parts=None, **{changed: None})
    elif said.ambiguous_about is not None:
        draft.ask_back(turn, said.ambiguous_about)
        draft.parts = []
        go_on(turn, draft)
    elif not doubted and _surely_yes(turn):
        confirm(turn, clear=True, doubted=False)
    elif doubted or (turn.means(*BESIDE) and not _is_faint(turn)) or is_question(turn):
        return
    elif turn.means("deny") and _is_worded(turn):
        confirm(turn, clear=False, doubted=False)
    else:
        _not_confirmed(turn, draft)


def clear_answer(turn: Turn) -> bool | None:
    """A plain yes or no, in words or by a button; 'sí, los dos' where two payments were read back."""
    if turn.slot("promise_parts") and BOTH.search(normalize(turn.text)):
        return _both(BOTH.sub("", normalize(turn.text)))
    if not turn.text:
        return {"affirm": True, "deny": False}.get(turn.intent)
    return plain_answer(turn.text)


def _both(rest: str) -> bool | None:
    """'Los dos', 'right, both of them'; 'ninguno de los dos, mejor 400' is something else."""
    if (said := yes_or_no(rest)) is not None:
        return said
    more = DENIES.search(rest) or any(letter.isdigit() for letter in rest)
    return None if more or not (begins_with_yes(rest) or len(rest.split()) <= SHORT) else True


def repeats(turn: Turn, draft: Draft) -> bool:
    """'Sí, los 500 el viernes', 'eso, el 30, confirmado': a yes where that is what was read back, whatever the model
    takes it for."""
    said, plain = hear_offer(turn, turn.text), without_excuse(normalize(turn.text))
    if said.is_empty or said.ambiguous or draft.parts or turn.slot("promise_doubted") is True:
        return False
    if is_on_condition(plain) or not (begins_with_yes(plain) or names_it_again(plain)):
        return False
    amounts, days = ({each for each in of if each is not None} for of in zip(*draft.meant(turn, said), strict=True))
    named = amounts | days
    if is_conditional(ONLY.sub("", plain) if named else plain) or "?" in turn.text or (is_instead(plain) and not named):
        return False
    return amounts <= {draft.amount} and days <= {draft.on}


def confirm(turn: Turn, *, clear: bool, doubted: bool) -> None:
    misses.forget(turn)
    if clear and not doubted and not is_invited(turn):
        turn.set(promise_confirmed=True)
    elif clear:
        # After a 'no', or a reminder that came between, a 'yes' may mean anything: the read-back comes once more.
        turn.set(promise_doubted=None, promise_confirmed=None)
    elif doubted or DROPPED.search(normalize(turn.text)):
        cancel(turn)
    else:
        turn.say("promise.what_to_change")
        turn.set(promise_doubted=True, promise_confirmed=None)
        turn.asked(CHANGE)


def _surely_yes(turn: Turn) -> bool:
    """A yes that only the model sees needs words, and a model that is very sure; 'sí, seño, gracias por la paciencia'
    says it in so many words."""
    if "?" in turn.text:
        return False
    plain, said = normalize(turn.text), turn.read()
    if said.is_empty and (ends_with_yes(plain) or (turn.intent == "affirm" and seals(turn.text))):
        return True
    courteous = turn.intent in COURTESIES and begins_with_yes(plain) and said.is_empty
    if is_hedged(plain):
        return False
    if courteous or (says_when(plain) and said.amount is None):
        return not is_conditional(plain) and not is_instead(plain)
    return turn.intent == "affirm" and _is_worded(turn) and turn.confidence >= VERY_SURE


def _is_worded(turn: Turn) -> bool:
    """A button, or more than a picture or a letter: a shrug is neither yes nor no."""
    return not turn.text or sum(letter.isalpha() for letter in turn.text) > 1


def _what_to_change(turn: Turn) -> str | None:
    plain = normalize(turn.text)
    return next((slot for slot, named in WHAT_TO_CHANGE.items() if named.search(plain)), None)


def _is_faint(turn: Turn) -> bool:
    """'¿Y me cobran intereses?' asks for no time, whatever the model makes of it: the read-back stands."""
    return turn.intent == "ask_extension" and not is_spoken_of(turn.intent, turn.text)


def is_question(turn: Turn) -> bool:
    """The form of a question and a word of this one make up for a model that is not sure."""
    return turn.intent in QUESTIONS and asks_something(turn.text) and is_spoken_of(turn.intent, turn.text)


def go_on(turn: Turn, draft: Draft) -> None:
    if draft.refused and draft.refused.human:
        hand_over(turn, draft.loan, draft.refused)
        return
    turn.set(promise_doubted=None, promise_confirmed=None)
    draft.keep(turn)


def cancel(turn: Turn) -> None:
    misses.forget(turn)
    turn.end_form()
    turn.say("promise.cancelled")


def _not_confirmed(turn: Turn, draft: Draft) -> None:
    """The same question in other words; a third time a person takes over."""
    if not misses.count(turn):
        return
    if not draft.parts:
        turn.say("promise.please_confirm", **_spoken(turn, draft))
        turn.asked("confirmation")
    turn.set(promise_confirmed=None)


def _spoken(turn: Turn, draft: Draft) -> dict[str, Any]:
    return {"amount": turn.money(draft.amount or 0), "date": turn.day(draft.on or turn.today)}
