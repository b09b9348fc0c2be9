"""A message of several clauses: the model is asked about each, and a rule says which wish comes first.

So it is with a question that words alone show: should the model not know it, the rule does.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.dialogue import Dialogue
from bot.turns import Question
from understanding import alarm, undertone, wishes
from understanding.distress import has_idiom
from understanding.offered import is_figure_of_speech
from understanding.paying import asks_of_paying, names_money_and_day, offers_to_pay, wants_to_pay
from understanding.signals import wants_concession
from understanding.stop_words import is_start
from understanding.wish import DISTRESS, Wish
from understanding.wish_words import asks_plainly, asks_to_go_on, clauses, finds_it_dear, names_authority

# What a rule has heard is not questioned; of a demand to stop it is still told what else was said, and of danger
# whether the model finds none at all.
STOP = "/opt_out"
DANGER = f"/{DISTRESS}"
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
)
# What these ask for is answered in few words, and a model takes few words for much.
ANSWERED = frozenset({"amount", "date", "confirmation"})

Ranking = dict[str, float]
Guess = tuple[Wish, Ranking]


def hear(dialogue: Dialogue, asked: Question) -> Question:
    """The question with the first wish in place of the text, and the others beside it, where there are several."""
    stopping, alarming = asked.text == STOP, asked.text == DANGER
    text = asked.metadata["said"] if stopping or alarming else asked.text
    if text.startswith("/"):
        return asked
    parts = clauses(text)
    answers = asked.metadata.get("asks") in ANSWERED
    if not parts and not answers and not alarming and not any(hears(text) for hears in PLAIN):
        return asked
    whole, ranking = _guess(dialogue, text)
    guesses = [_guess(dialogue, each) for each in parts]
    if alarming and not undertone.is_overruled(whole, [ranking, *(each for _, each in guesses)]):
        return asked
    danger = None if alarming else _danger_beside(dialogue, whole, ranking, guesses)
    if stopping and not _is_alarming(whole):
        whole = Wish(STOP.lstrip("/"), 1.0, text)
    elif danger is not None and undertone.is_loud(danger, ranking):
        whole, danger = replace(danger, text=text), None
    heard = wishes.hear(whole, ranking, [each for each, _ in guesses], asks=asked.metadata.get("asks"))
    cares = alarming or danger is not None
    if not parts and heard.first == whole and not stopping and not cares:
        return asked
    beside = [Wish(DISTRESS, 0.0, text), *heard.also] if cares else heard.also
    also = [{"intent": each.intent, "text": each.text} for each in beside]
    return replace(
        asked,
        text=f"/{heard.first.intent}@{heard.first.confidence:.4f}",
        metadata={**asked.metadata, "said": text if stopping else heard.first.text.strip(), "also": also},
    )


def _danger_beside(dialogue: Dialogue, whole: Wish, ranking: Ranking, guesses: Sequence[Guess]) -> Wish | None:
    """'Cuándo vence, no es que importe, para entonces ya no voy a estar': heard where the question is taken out."""
    left = undertone.rest(whole, ranking, [(each.text, guess) for each, guess in guesses])
    if not left:
        return None
    danger, of_rest = _guess(dialogue, left)
    return danger if undertone.is_heard(danger, of_rest, ranking) else None


def _is_alarming(whole: Wish) -> bool:
    """'No me escriban más; anoche por poco lo hago' asks for more than silence; the stop is honoured all the same."""
    return whole.intent == DISTRESS and whole.confidence >= alarm.LOUD_ALARM and not has_idiom(whole.text)


def _guess(dialogue: Dialogue, text: str) -> Guess:
    found = dialogue.parse(text)
    ranking = {str(each["name"]): float(each["confidence"]) for each in found.get("intent_ranking") or []}
    intent = found.get("intent") or {}
    return Wish(str(intent.get("name") or "nlu_fallback"), float(intent.get("confidence") or 0.0), text), ranking
