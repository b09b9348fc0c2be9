"""Danger beside business that no rule hears: a model that hears the business hears next to nothing of the danger."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from understanding.alarm import without_alarm
from understanding.distress import has_idiom
from understanding.wish import DISTRESS, QUESTIONS, WAYS_TO_PAY, Wish

# From here there may be something besides the business; in ordinary messages it is next to nothing. This and what
# follows was measured on 2,961 of these and on danger beside a wish (docs/understanding-measured.md).
SOMETHING: Final = 0.005
# How sure the model must be of danger in what is left without the business, for a word of care: where the whole has a
# clear trace of it, and where it has hardly any; and for an alarm, with how much of it in the whole.
HEARD: Final = 0.7
CLEAR_TRACE: Final = 0.03
HEARD_FAINTLY: Final = 0.93
LOUD: Final = 0.97
LOUD_BESIDE: Final = 0.15
# A clause in which the model finds no danger, and of which it is so sure, is taken out.
NONE_AT_ALL: Final = 0.01
SURELY: Final = 0.8
BUSINESS: Final = QUESTIONS | WAYS_TO_PAY | {"already_paid", "ask_human", "dispute_debt", "complain"}

Ranking = Mapping[str, float]
Guess = tuple[Wish, Ranking]


def beside(whole: Wish, ranking: Ranking, parts: Sequence[Guess], ask: Callable[[str], Guess]) -> Wish | None:
    """Danger in what is left without the clauses that are surely business: 'cuándo vence, no es que importe, para
    entonces ya no voy a estar'. `ask` is asked at most once, where the whole has a trace of it and no idiom says why.
    """
    trace = ranking.get(DISTRESS, 0.0)
    if whole.intent not in BUSINESS or trace < SOMETHING or has_idiom(whole.text):
        return None
    left = _without_business(whole.text, parts)
    if not left:
        return None
    danger, of_rest = ask(left)
    enough = HEARD if trace >= CLEAR_TRACE else HEARD_FAINTLY
    heard = danger.confidence >= enough and without_alarm(danger, of_rest, None).intent == DISTRESS
    return danger if heard else None


def _without_business(text: str, parts: Sequence[Guess]) -> str:
    """'' where no part is surely business."""
    business = [part.text for part, ranking in parts if ranking.get(DISTRESS, 0.0) < NONE_AT_ALL and _sure(ranking)]
    for each in business:
        text = text.replace(each, " ", 1)
    return text.strip(" ,;.:¿?¡!") if business else ""


def _sure(ranking: Ranking) -> bool:
    return max(ranking.values(), default=0.0) >= SURELY


def is_loud(danger: Wish, whole: Ranking) -> bool:
    """Enough for an alarm, whatever business stands beside it."""
    return danger.confidence >= LOUD and whole.get(DISTRESS, 0.0) >= LOUD_BESIDE
