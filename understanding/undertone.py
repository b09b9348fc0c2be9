"""Danger and business in one breath: where a rule hears danger and the model business, and the other way round."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from understanding.alarm import BELIEVED, ENDINGS, without_alarm
from understanding.distress import has_idiom
from understanding.stop_words import is_stop
from understanding.wish import DISTRESS, FALLBACK, LIGHT, QUESTIONS, RANK, UNHEARD, WAYS_TO_PAY, Wish

# Below this the model finds no danger at all. Of 2,015 phrases of danger that the rules hear four lie there, and of
# their mixtures with an ordinary wish, clause by clause, one in a hundred (docs/understanding.md).
NONE_AT_ALL: Final = 0.01
# From here there may be something besides the business; in ordinary messages it is next to nothing. This and what
# follows was measured on 2,961 of these and on danger beside a wish (docs/understanding.md).
SOMETHING: Final = 0.005
# How sure the model must be of danger in what is left without the business, for a word of care: where the whole has a
# clear trace of it, and where it has hardly any; and for an alarm, with how much of it in the whole.
HEARD: Final = 0.7
CLEAR_TRACE: Final = 0.03
HEARD_FAINTLY: Final = 0.93
LOUD: Final = 0.97
LOUD_BESIDE: Final = 0.15
# A clause that the model is so sure of is taken out.
SURELY: Final = 0.8
BUSINESS: Final = QUESTIONS | WAYS_TO_PAY | {"already_paid", "ask_human", "dispute_debt", "complain"}

Ranking = Mapping[str, float]


def is_overruled(whole: Wish, rankings: Iterable[Ranking]) -> bool:
    """A rule hears danger, and the model, of the whole and of each part, none at all and surely an ordinary wish:
    'la cuota de este mes me da un infarto, ¿cuánto era?'. A courtesy is too few words to tell.
    """
    ordinary = whole.intent in RANK.keys() - {DISTRESS} - ENDINGS - LIGHT - UNHEARD
    if not ordinary or whole.confidence < BELIEVED or is_stop(whole.text):
        return False
    return all(_at_most(ranking) < NONE_AT_ALL for ranking in rankings)


def _at_most(ranking: Ranking) -> float:
    """A ranking names ten intents and leaves so much to the others; one that names none knows nothing."""
    return ranking.get(DISTRESS, 1 - sum(sure for intent, sure in ranking.items() if intent != FALLBACK))


def rest(whole: Wish, ranking: Ranking, parts: Sequence[tuple[str, Ranking]]) -> str:
    """What to ask the model about once more: the text without the clauses that are surely business.

    '' where the text shows no sign of anything else.
    """
    if whole.intent not in BUSINESS or ranking.get(DISTRESS, 0.0) < SOMETHING or has_idiom(whole.text):
        return ""
    business = [text for text, guess in parts if guess.get(DISTRESS, 0.0) < NONE_AT_ALL and _sure(guess) >= SURELY]
    left = whole.text
    for each in business:
        left = left.replace(each, " ", 1)
    return left.strip(" ,;.:¿?¡!") if business else ""


def _sure(ranking: Ranking) -> float:
    return max(ranking.values(), default=0.0)


def is_heard(left: Wish, ranking: Ranking, whole: Ranking) -> bool:
    """Danger, in what `rest` has left, with nothing that speaks against it. `ranking` is of that, `whole` of all."""
    enough = HEARD if whole.get(DISTRESS, 0.0) >= CLEAR_TRACE else HEARD_FAINTLY
    return left.confidence >= enough and without_alarm(left, ranking, None).intent == DISTRESS


def is_loud(left: Wish, whole: Ranking) -> bool:
    """Enough for an alarm, whatever business stands beside it."""
    return left.confidence >= LOUD and whole.get(DISTRESS, 0.0) >= LOUD_BESIDE
