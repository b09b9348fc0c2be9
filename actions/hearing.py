"""What a message offers to pay, with the two readings that only make sense while a promise is talked about."""

import re
from dataclasses import replace
from typing import Any

from actions.turn import Turn
from understanding.identity import read_identity, without_birth_date
from understanding.reading import Reading
from understanding.signals import offers_nothing

PAST = re.compile(r"\b(ayer|antier|anteayer|antes de ayer|pasad[oa]|yesterday|last|\d{1,2} de [a-z]+)\b", re.I)


def hear_offer(turn: Turn, words: str, expecting: Any = None) -> Reading:
    """'0 pesos' is an amount here, and 'ayer' or 'el 10 de noviembre' a day that is over: both are refused by name."""
    proof = read_identity(words)
    if proof.birth_date is not None and proof.birth_date.year < turn.today.year:
        words = without_birth_date(words)
    said = turn.read(expecting, text=words)
    if said.amount is None and said.amount_ref is None and offers_nothing(words):
        first = replace(said.parts[0], amount=0, currency=turn.lender.currency)
        return replace(said, parts=(first, *said.parts[1:]), ambiguous=False, ambiguous_about=None)
    promising = expecting == "date" or (said.is_empty and turn.wish_intent == "promise_to_pay")
    if said.ambiguous_about == "date" or (promising and said.is_empty and PAST.search(words)):
        back = turn.read(text=words, look_back=True)
        if back.date is not None and back.date < turn.today and not back.ambiguous:
            return back
    return said
