"""'¿Y el de la estufa?' asks again, of another loan, what was answered last."""

import re
from collections.abc import Sequence
from typing import Final

from sqlmodel import Session

from loans import accounts
from outreach.tables import Conversation, Message
from understanding.labels import names
from understanding.normalize import normalize

_LONGEST: Final = 7  # words
_FOLLOWS: Final = re.compile(r"^\W*(?:y|e|and|what about|how about|que tal|que hay|tambien|also)\b")
_OTHER: Final = re.compile(r"\b(?:otr[oa]|other)(?: one| loan| credito| prestamo)?\W*$")
_ASKS_ITSELF: Final = re.compile(r"\b(?:cuan\w+|don\w+|como|quien|when|where|how (?!about)\w+|who|pag\w+|pay\w*)\b")
# The first part of what we said, and the question that it answered.
_ANSWERED: Final = {"balance": "ask_balance", "next": "ask_next_payment", "history": "ask_payment_history"}


def same_question(session: Session, conversation: Conversation, said: str, last: Sequence[Message]) -> str | None:
    """The intent in place of the text; None where the words are a wish of their own."""
    plain = normalize(said)
    if not (last and last[0].keys and conversation.borrower_id) or not _FOLLOWS.match(plain):
        return None
    intent = _ANSWERED.get(str(last[0].keys[0]["key"]).partition(".")[0])
    if intent is None or len(plain.split()) > _LONGEST or _ASKS_ITSELF.search(plain):
        return None
    loans = accounts.borrower_loans(session, conversation.borrower_id)
    named = [each for each in loans if each.label and names(each.label, said)]
    return f"/{intent}" if len(named) == 1 or (len(loans) > 1 and _OTHER.search(plain)) else None
