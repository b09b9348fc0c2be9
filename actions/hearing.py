"""What a message offers to pay, with the two readings that only make sense while a promise is talked about."""

import re
from dataclasses import replace
from typing import Any

from actions.turn import Turn
from understanding.identity import read_identity, without_birth_date
from understanding.normalize import normalize
from understanding.reading import Reading
from understanding.signals import offers_nothing

PAST = re.compile(r"\b(ayer|antier|anteayer|antes de ayer|pasad[oa]|yesterday|last|\d{1,2} de [a-z]+)\b", re.I)


# 'Los otros 500 anótemelos': the verb is no unit of the number before it.
NOTE_IT = re.compile(
    r"\b(?:an[oó]te|ap[uú]nte|p[aá]se|p[oó]nga|reg[ií]stre|ag[eé]nde|d[eé]je|ap[aá]rte|c[aá]rgue)n?(?:me)?l[oa]s?\b",
    re.I,
)
# 'Como quedé con la señorita': what a person has agreed with the borrower need not be said again.
AGREED = re.compile(r"\b(como|lo que|en lo que|ya) (quede|quedamos|acorde|acordamos|hable|hablamos|we agreed|agreed)\b")


def agreed(turn: Turn, words: str) -> Reading | None:
    """The offer in what the person who gave the conversation back has noted, where the words lean on it."""
    summary = turn.conversation.summary
    if not summary or not AGREED.search(normalize(words)):
        return None
    found = turn.read(text=summary)
    return found if found.date is not None or found.amount is not None else None


def hear_offer(turn: Turn, words: str, expecting: Any = None) -> Reading:
    """'0 pesos' is an amount here, and 'ayer' or 'el 10 de noviembre' a day that is over: both are refused by name."""
    proof = read_identity(words)
    if proof.birth_date is not None and proof.birth_date.year < turn.today.year:
        words = without_birth_date(words)
    said = turn.read(expecting, text=NOTE_IT.sub(",", words))
    if said.amount is None and said.amount_ref is None and offers_nothing(words):
        first = replace(said.parts[0], amount=0, currency=turn.currency)
        return replace(said, parts=(first, *said.parts[1:]), ambiguous=False, ambiguous_about=None)
    promising = expecting == "date" or (said.is_empty and turn.wish_intent == "promise_to_pay")
    if said.ambiguous_about == "date" or (promising and said.is_empty and PAST.search(words)):
        back = turn.read(text=words, look_back=True)
        if back.date is not None and back.date < turn.today and not back.ambiguous:
            return back
    return said
