"""A message of several clauses: the model is asked about each, and a rule says which wish comes first.

So it is with a question that words alone show: should the model not know it, the rule does.
"""

from dataclasses import replace
from functools import partial

from bot.dialogue import Dialogue
from bot.turns import Question
from understanding import alarm
from understanding.instead_of_proof import lacks_document
from understanding.listening import STOP, listen
from understanding.misheard import may_be_misheard
from understanding.offered import is_figure_of_speech
from understanding.paying import asks_of_paying, names_money_and_day, offers_to_pay, wants_to_pay
from understanding.signals import wants_concession
from understanding.somebody_else import speaks_from_own_phone
from understanding.stop_words import is_start
from understanding.undertone import Guess
from understanding.wish import Wish
from understanding.wish_words import asks_plainly, asks_to_go_on, clauses, finds_it_dear, names_authority

# What a rule has heard is not questioned; of a demand to stop it is still told what else was said.
STOPPED = f"/{STOP}"
# What words show so plainly that a message of one clause is looked at, too.
PLAIN = (
    asks_plainly,
    asks_of_paying,
    asks_to_go_on,
    names_authority,
    finds_it_dear,
    offers_to_pay,
    names_money_and_day,
    wants_to_pay,
    is_start,
    wants_concession,
    is_figure_of_speech,
    alarm.is_long,
    lacks_document,
    speaks_from_own_phone,
    may_be_misheard,
)
# What these ask for is answered in few words, and a model takes few words for much.
ANSWERED = frozenset({"identity", "amount", "date", "confirmation"})


def hear(dialogue: Dialogue, asked: Question) -> Question:
    """The question with the first wish in place of the text, and the others beside it, where there are several."""
    stops = asked.text == STOPPED
    text = asked.metadata["said"] if stops else asked.text
    if asked.text.startswith("/") and not stops:
        return asked
    parts, asks = clauses(text), asked.metadata.get("asks")
    if not (parts or asks in ANSWERED or any(hears(text) for hears in PLAIN)):
        return asked
    said = _guess(dialogue, text)
    heard = listen(said, parts, partial(_guess, dialogue), stops=stops, asks=asks)
    if heard.first == said[0] and not parts and not stops:
        return asked
    return replace(
        asked,
        text=f"/{heard.first.intent}@{heard.first.confidence:.4f}",
        metadata={
            **asked.metadata,
            "said": text if stops else heard.first.text.strip(),
            "also": [{"intent": each.intent, "text": each.text} for each in heard.also],
        },
    )


def _guess(dialogue: Dialogue, text: str) -> Guess:
    found = dialogue.parse(text)
    ranking = {str(each["name"]): float(each["confidence"]) for each in found.get("intent_ranking") or []}
    intent = found.get("intent") or {}
    return Wish(str(intent.get("name") or "nlu_fallback"), float(intent.get("confidence") or 0.0), text), ranking
