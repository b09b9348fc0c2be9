"""What an offer outweighs: a wavering guess, a misfortune that is over, a hurry, a figure of speech."""

from collections.abc import Mapping
from typing import Final

from understanding.alarm import FAINT, LOUD_ALARM, is_long
from understanding.hardship import (
    kind_of_hardship,
    tells_lost_work,
    tells_misfortune,
    tells_recovery,
    tells_what_is_over,
    without_things,
)
from understanding.normalize import normalize
from understanding.paying import names_money_and_day, offers_to_pay, shown, wants_to_pay
from understanding.signals import wants_concession
from understanding.tense import tells_payment_made
from understanding.wish import FALLBACK, HALF_HEARD, HARDSHIP, PROMISE, ROOM, SURE, UNHEARD, WAYS_TO_PAY, Wish
from understanding.wish_words import is_spoken_of

# Of a long story in which no word tells of misfortune, beside an offer with its day and amount.
SURE_STORY: Final = 0.95
# An offer with its money and day, told with a long story, outweighs an unsure guess at one of these.
OUTWEIGHED: Final = frozenset({"call_me_later", "ask_who_are_you", "out_of_scope", "complain", "goodbye", "thanks"})


def as_offered(whole: Wish, ranking: Mapping[str, float]) -> Wish:
    """'Te puedo tirar 20 lucas el viernes': the model wavers between ways to pay, and money is named with a day."""
    if whole.intent == FALLBACK and wants_concession(whole.text):
        return Wish("ask_extension", SURE, whole.text)
    if _is_meant_to_be_paid(whole, ranking):
        return Wish(PROMISE, SURE, whole.text)
    if whole.intent == FALLBACK and _nearest(ranking) == HARDSHIP and kind_of_hardship(whole.text) == "vulnerable":
        return Wish(HARDSHIP, SURE, whole.text)
    if whole.intent == HARDSHIP and is_figure_of_speech(whole.text):
        return Wish(shown(whole.text) or FALLBACK, SURE, whole.text)
    if whole.intent == PROMISE and whole.confidence < HALF_HEARD and tells_payment_made(whole.text):
        return Wish("already_paid", SURE, whole.text)
    words = shown(whole.text) if whole.confidence < FAINT else None
    return whole if words is None else Wish(words, SURE, whole.text)


def _is_meant_to_be_paid(whole: Wish, ranking: Mapping[str, float]) -> bool:
    best = _nearest(ranking)
    near = best in WAYS_TO_PAY or (offers_to_pay(whole.text) and ranking.get(PROMISE, 0.0) >= FAINT)
    wavers = whole.intent == FALLBACK and near and names_money_and_day(whole.text)
    overcome = is_only_hurried(whole) or (whole.intent == HARDSHIP and is_overcome(whole.text))
    return wavers or overcome or _is_offered_beside(whole, ranking) or _is_part_payment(whole)


def _nearest(ranking: Mapping[str, float]) -> str:
    sure = {intent: share for intent, share in ranking.items() if intent not in UNHEARD}
    return max(sure, key=lambda intent: sure[intent], default="")


def is_figure_of_speech(text: str) -> bool:
    """'Casi me da un infarto cuando sonó su mensaje, ¿dónde pago?' tells of no illness."""
    rest = without_things(normalize(text))
    return rest != normalize(text) and not is_spoken_of(HARDSHIP, rest)


def _is_offered_beside(whole: Wish, ranking: Mapping[str, float]) -> bool:
    """'Con las manos llenas de grasa no puedo escribir, que el martes le caigo con 650' asks for no other hour."""
    offered = offers_to_pay(whole.text) and names_money_and_day(whole.text)
    return whole.intent in OUTWEIGHED and whole.confidence < HALF_HEARD and ranking.get(PROMISE, 0.0) > ROOM and offered


def _is_part_payment(whole: Wish) -> bool:
    """'I want make one payment of 400 only' asks for no more time."""
    unsure = whole.intent == "ask_extension" and whole.confidence < HALF_HEARD
    return unsure and wants_to_pay(whole.text) and not is_spoken_of("ask_extension", whole.text)


def is_only_hurried(whole: Wish) -> bool:
    """'Ando bien apurada con lo del salón y el vestido, 480 y que sea el lunes': a long story, and no misfortune."""
    told = tells_misfortune(whole.text) or tells_lost_work(whole.text) or is_spoken_of(HARDSHIP, whole.text)
    offered = offers_to_pay(whole.text) and names_money_and_day(whole.text)
    enough = SURE_STORY if is_long(whole.text) else LOUD_ALARM
    return whole.intent == HARDSHIP and whole.confidence < enough and offered and not told


def is_overcome(text: str) -> bool:
    """'Ya dieron de alta a mi papá, mañana le transfiero 200': the misfortune is over, and what is offered counts."""
    return (tells_recovery(text) or tells_what_is_over(text)) and offers_to_pay(text) and names_money_and_day(text)
