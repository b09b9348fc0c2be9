"""When a later message shows that an earlier one was misread: two messages and a reply in, a named reason out."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

# Replies whose keys begin so say that nothing, or nothing certain, was understood.
MISS = "fallback."
PERSON_CALLED = "fallback.person"
# What people say twice without anything being wrong.
SMALL_TALK = frozenset({"greet", "goodbye", "thanks", "affirm", "deny"})


class Correction(StrEnum):
    REFUSED = "refused"  # no to what was read back
    CHOSE_OTHER = "chose_other"  # a button for something else than the nearest guess
    ASKED_AGAIN = "asked_again"  # the same words once more
    PERSON_CALLED = "person_called"  # a person, after it was not understood


@dataclass(frozen=True, slots=True)
class Read:
    """One message of the borrower's; `words` is equal where the words are, `pressed` what stood for a button."""

    intent: str | None
    guess: str | None
    words: str | None
    pressed: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What the assistant replied: the keys of its phrases and the question that it left open."""

    keys: Collection[str] = ()
    asks: str | None = None

    @property
    def is_miss(self) -> bool:
        return any(key.startswith(MISS) for key in self.keys)


def at_once(answer: Answer) -> Correction | None:
    """What the reply to a message says about it."""
    return Correction.PERSON_CALLED if PERSON_CALLED in answer.keys else None


def afterwards(before: Read, answer: Answer, then: Read) -> Correction | None:
    """What the next message says about the one before it."""
    if then.intent == "deny" and (answer.asks == "confirmation" or answer.is_miss):
        return Correction.REFUSED
    if answer.is_miss and then.intent == "ask_human":
        return Correction.PERSON_CALLED
    if answer.is_miss and then.pressed and then.intent not in {None, "affirm", before.guess}:
        return Correction.CHOSE_OTHER
    if then.words is not None and then.words == before.words and before.intent not in SMALL_TALK:
        return Correction.ASKED_AGAIN
    return None
