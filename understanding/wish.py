"""A wish that a text may hold, and which of several comes first."""

from dataclasses import dataclass
from typing import Final

# From the lender's conventions: what must be handled first. Questions are of one rank: the first one asked.
RANKS: Final = (
    ("vulnerable_distress",),
    ("opt_out",),
    ("wrong_person",),
    ("dispute_debt",),
    ("already_paid",),
    ("ask_human",),
    ("report_hardship",),
    ("promise_to_pay",),
    ("ask_extension",),
    ("cannot_pay",),
    ("complain",),
    ("ask_balance", "ask_next_payment", "ask_payment_methods", "ask_payment_history", "ask_who_are_you"),
    ("call_me_later", "change_language", "opt_in", "out_of_scope"),
    ("affirm", "deny", "goodbye", "thanks", "greet"),
)
RANK: Final = {intent: number for number, intents in enumerate(RANKS) for intent in intents}
QUESTIONS: Final = frozenset(RANKS[11])
LIGHT: Final = frozenset(RANKS[13])
DISTRESS: Final = "vulnerable_distress"
PROMISE: Final = "promise_to_pay"
HARDSHIP: Final = "report_hardship"
FALLBACK: Final = "nlu_fallback"
WAYS_TO_PAY: Final = frozenset({"promise_to_pay", "ask_extension", "cannot_pay"})
UNDERSTOOD: Final = 0.4  # as config.yml's FallbackClassifier
# How sure of a wish is what words alone show, whatever the model says.
SURE: Final = 0.5
# Who asks for a person in so many words is taken at them, unless the model is surer of another question.
HALF_HEARD: Final = 0.7
# A clause may outrank the whole message only where the whole leaves that much room for it.
ROOM: Final = 0.02
UNHEARD: Final = frozenset({"out_of_scope", FALLBACK})


@dataclass(frozen=True, slots=True)
class Wish:
    """A guess at what a text wants, and how sure it is."""

    intent: str
    confidence: float
    text: str


@dataclass(frozen=True, slots=True)
class Heard:
    """The wish to handle first, in the words that are left when those of the others are taken out."""

    first: Wish
    also: tuple[Wish, ...] = ()
