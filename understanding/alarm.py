"""Danger that only the model hears, no rule: when it is believed, and what speaks against it."""

import re
from collections.abc import Mapping
from typing import Final

from understanding.distress import has_idiom
from understanding.hardship import goes_on, tells_escape, tells_misfortune, tells_what_is_over
from understanding.normalize import normalize
from understanding.paying import DATUM, asks_of_paying, names_money_and_day, offers_to_pay, shown
from understanding.wish import DISTRESS, FALLBACK, HARDSHIP, PROMISE, RANK, SURE, UNDERSTOOD, WAYS_TO_PAY, Wish
from understanding.wish_words import finds_it_dear, is_spoken_of, names_authority

# Below this a day or an amount in the text and a way to pay as the second guess speak against danger.
ALARM: Final = 0.7
# Below this a question about paying, in so many words, speaks against it.
LOUD_ALARM: Final = 0.8
# So many words tell a story, and a calm story of illness or loss sounds like danger to the model: there it must be
# louder. Measured by cross-validation where no rule hears danger (docs/understanding-measured.md).
LONG: Final = 12
LOUD_STORY: Final = 0.65
# Who says so of themselves must be louder still: 'se le metió el agua a mi comadre, yo estoy bien gracias a Dios'.
_UNHURT: Final = re.compile(
    r"(?:^|[,.;!?] |\by |\bpero |\band |\bbut )(?:(?:yo|nosotros|todos|todas|ya|gracias a dios) )*"
    r"(?:est(?:oy|amos) (?:tod[oa]s )?bien\b(?! de\b)|(?:im|i am|we are) (?:all )?(?:safe|ok|okay|fine)\b)"
)
LOUD_UNHURT: Final = 0.9
# 'El lunes ya no voy a estar' may answer when, and says more.
_DENIES: Final = re.compile(r"\b(?:no|ya|ni|nunca|nadie|sin|ultim\w+|last|not|never|nobody|wont|without|gone)\b")
_BETTER: Final = re.compile(r"\b(?:mejor|instead|rather|actually)\b(?! (?:me muero|no vivir|muert|dead))")
# From here an idiom beside it is no reason to doubt.
BELIEVED: Final = 0.9
# From here even a bad time that is told of as over is looked at by a person.
CERTAIN: Final = 0.97
# Below this a second guess is noise.
FAINT: Final = 0.05
# What ends a talk is no second reading of danger.
ENDINGS: Final = frozenset({"opt_out", "opt_in", "wrong_person"})


def in_danger(whole: Wish, ranking: Mapping[str, float]) -> Wish:
    """Torn between danger and something else the model says that it has not understood; then danger is what counts.

    Unless it is torn between danger and a misfortune, which the words tell of: 'me robaron todo el sábado'.
    """
    danger, second = ranking.get(DISTRESS, 0.0), _second(ranking)
    if whole.intent != FALLBACK:
        return whole
    is_told = second == HARDSHIP and (is_spoken_of(HARDSHIP, whole.text) or tells_misfortune(whole.text))
    if is_told and danger + ranking[second] >= UNDERSTOOD:
        return Wish(HARDSHIP, SURE, whole.text)
    return whole if danger < max(UNDERSTOOD, ranking.get(second, 0.0)) else Wish(DISTRESS, danger, whole.text)


def _second(ranking: Mapping[str, float], *, but: frozenset[str] = frozenset()) -> str:
    """What the model finds nearest but danger, '' if nothing."""
    others = {intent: sure for intent, sure in ranking.items() if intent not in {DISTRESS, FALLBACK} | but}
    return max(others, key=lambda intent: others[intent], default="")


def without_alarm(whole: Wish, ranking: Mapping[str, float], asks: str | None) -> Wish:
    """'Mañana sin falta, hoy me agarró la noche': the rules hear no distress, and the model half believes in it."""
    if whole.intent != DISTRESS:
        return whole
    is_joke = has_idiom(whole.text) and whole.confidence < BELIEVED
    second = _second(ranking, but=ENDINGS if is_joke else frozenset())
    complains = whole.confidence < ALARM and names_authority(whole.text)
    if complains or (whole.confidence < BELIEVED and finds_it_dear(whole.text)):
        return Wish("complain", SURE, whole.text)
    if (business := _business(whole, second, asks)) is not None:
        return Wish(business, SURE, whole.text)
    is_over = whole.confidence < CERTAIN and tells_what_is_over(whole.text) and not goes_on(whole.text)
    is_past = is_over or tells_escape(whole.text)
    resumes = second == "opt_in" and is_half_heard(whole)
    mourns = second == HARDSHIP and whole.confidence < SURE and tells_misfortune(whole.text)
    can_be = second in RANK and (second not in ENDINGS or resumes)
    if can_be and (is_half_heard(whole) or is_joke or is_past or mourns):
        return Wish(_instead(whole.text, second, ranking), SURE, whole.text)
    return whole


def _instead(text: str, second: str, ranking: Mapping[str, float]) -> str:
    """What the model finds next, unless it finds next to nothing there and the words show more."""
    return second if ranking[second] >= FAINT else shown(text) or FALLBACK


def _business(whole: Wish, second: str, asks: str | None) -> str | None:
    """What the words show of paying, where the model is not loud."""
    # Where a day or an amount was asked for, or is read back, that is what a text with one answers.
    asked = asks in {"amount", "date", "confirmation"}
    plain_answer = asked and not is_long(whole.text) and _DENIES.search(normalize(whole.text)) is None
    enough = BELIEVED if plain_answer else LOUD_ALARM if asked else ALARM
    if second in WAYS_TO_PAY and whole.confidence < enough and DATUM.search(normalize(whole.text)):
        return PROMISE if asks in {"amount", "date"} else second
    if whole.confidence >= LOUD_ALARM:
        return None
    if asked and whole.confidence < ALARM and _names_better_day(whole.text):
        return PROMISE
    if offers_to_pay(whole.text) and (whole.confidence < ALARM or names_money_and_day(whole.text)):
        return PROMISE
    return asks_of_paying(whole.text)


def _names_better_day(text: str) -> bool:
    """'Sabe que el martes mejor y ya no le muevo', where a payment is read back."""
    plain = normalize(text)
    return not is_long(text) and DATUM.search(plain) is not None and _BETTER.search(plain) is not None


def leaves_doubt(whole: Wish) -> bool:
    """Whether the answer to something else needs a word of care beside it."""
    calm = has_idiom(whole.text) or _is_unhurt(whole.text) or tells_what_is_over(whole.text)
    return is_half_heard(whole) and not calm


def is_half_heard(whole: Wish) -> bool:
    """By the model alone and not loud, in a long story, or hardly at all: the text's own wish is answered, with a word
    of care.
    """
    if not is_long(whole.text):
        return whole.intent == DISTRESS and whole.confidence < UNDERSTOOD
    enough = LOUD_UNHURT if _is_unhurt(whole.text) else LOUD_STORY
    return whole.intent == DISTRESS and whole.confidence < enough


def _is_unhurt(text: str) -> bool:
    return _UNHURT.search(normalize(text)) is not None


def is_long(text: str) -> bool:
    return len(text.split()) >= LONG
