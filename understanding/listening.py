"""A message as a model hears it, whole and in clauses, beside what a rule has heard in it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from understanding import alarm, undertone, wishes
from understanding.distress import has_idiom
from understanding.hardship import kind_of_hardship
from understanding.undertone import Guess
from understanding.wish import DISTRESS, Heard, Wish

STOP: Final = "opt_out"


def listen(
    said: Guess, parts: Sequence[str], ask: Callable[[str], Guess], *, stops: bool = False, asks: str | None = None
) -> Heard:
    """The wish that comes first, and the others: danger before them where it gets no more than a word of care.

    `said` is the model's guess at the whole, `ask` its guess at another text; `stops` where a rule has heard a demand
    to stop, `asks` the open question.
    """
    whole, ranking = said
    guesses = [ask(each) for each in parts]
    danger = undertone.beside(whole, ranking, guesses, ask)
    if stops and not _is_alarming(whole):
        whole = Wish(STOP, 1.0, whole.text)
    elif danger is not None and undertone.is_loud(danger, ranking):
        whole, danger = replace(danger, text=whole.text), None
    heard = wishes.hear(whole, ranking, [wish for wish, _ in guesses], asks=asks)
    return heard if danger is None else replace(heard, also=(replace(danger, text=whole.text), *heard.also))


def _is_alarming(whole: Wish) -> bool:
    """'No me escriban más; anoche por poco lo hago' asks for more than silence; the stop is honoured all the same."""
    calm = has_idiom(whole.text) or kind_of_hardship(whole.text) == "deceased"
    return whole.intent == DISTRESS and whole.confidence >= alarm.LOUD_ALARM and not calm
