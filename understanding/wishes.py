"""Several wishes in one message: which comes first, and which others want an answer in the same reply.

A clause alone is guessed too boldly by the model, so a wish counts beside the message's own intent only where the
model is sure of the clause and the clause has a word that this wish is spoken with.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from understanding.alarm import ALARM, in_danger, leaves_doubt, without_alarm
from understanding.answers import yes_or_no
from understanding.hardship import (
    tells_misfortune,
    without_things,
)
from understanding.misheard import as_meant, is_out_of_credit
from understanding.normalize import normalize
from understanding.offered import as_offered, is_figure_of_speech, is_only_hurried, is_overcome
from understanding.paying import DATUM, asks_of_paying, means_to_pay_off
from understanding.pending import as_answer, is_bare
from understanding.stop_words import is_start
from understanding.wish import (
    DISTRESS,
    HALF_HEARD,
    HARDSHIP,
    LIGHT,
    PROMISE,
    QUESTIONS,
    RANK,
    RANKS,
    ROOM,
    SURE,
    UNDERSTOOD,
    UNHEARD,
    WAYS_TO_PAY,
    Heard,
    Wish,
)
from understanding.wish_words import (
    WORDS,
    asks_of_arrival,
    asks_plainly,
    asks_to_go_on,
    pays_others,
    speaks_of_writing,
    tells_of_payment,
)

# Below this the model's guess at a clause is no wish of its own; a question, which does no harm in vain, may be less.
VERY_SURE: Final = 0.8
# What the model takes a payment that was made for, without its accents.
MISTAKEN_FOR_PAID: Final = frozenset({"promise_to_pay", "ask_payment_history", "already_paid", "nlu_fallback"})
# Who asks for a person may be taken for one who asks who is there.
BESIDE_THE_POINT: Final = frozenset({"ask_who_are_you"})
# 'Espéreme, ¿y en qué lugares puedo pagar?' asks for a moment and no time to pay.
_WAIT: Final = re.compile(
    r"^\W*(?:(?:no|ay|oiga|pero)\W+)*(?:esper[ae]\w*|aguant[ae]\w*|permitame|un (?:momento|segundo)|wait|hold on"
    r"|hang on)(?:\W|$)"
)


def hear(whole: Wish, ranking: Mapping[str, float], parts: Sequence[Wish], asks: str | None = None) -> Heard:
    """`ranking` is the model's view of the whole text, `parts` its guess at each clause, `asks` the open question."""
    whole = in_danger(whole, ranking)
    calm = without_alarm(whole, ranking, asks)
    doubt = (whole,) if calm is not whole and leaves_doubt(whole) else ()
    if (answered := as_answer(calm, parts, asks, doubtful=bool(doubt))) is not None:
        return Heard(answered)
    hurried = is_only_hurried(calm)
    whole = _as_asked(as_offered(as_meant(calm, ranking), ranking))
    found = [each for each in map(_as_told, parts) if _is_spoken(each) and not is_bare(each.text)]
    if whole.intent in QUESTIONS:
        found = [each for each in found if not _begs_a_moment(each)]
    if hurried or is_overcome(whole.text) or is_figure_of_speech(whole.text):
        found = [each for each in found if each.intent != HARDSHIP]
    if whole.intent == PROMISE:
        found = [each for each in found if each.intent != "ask_balance" or not means_to_pay_off(each.text)]
        found = [each for each in found if each.intent != "call_me_later" or not _only_names_day(each.text)]
    if _only_asks(whole.text):
        found = [each for each in found if each.intent != "already_paid"]
    answer = _answer(parts, found, asks)
    if answer is not None:
        return Heard(answer, doubt + _merged(each for each in found if each.intent in QUESTIONS))
    first = _first(_as_sure(whole, found), ranking, found)
    others = [each for each in found if each.intent != first.intent and not _are_one(first.intent, each.intent)]
    left = _left(whole.text, [] if first.intent == DISTRESS else others)
    return Heard(replace(first, text=left), doubt + _merged(others))


def _as_sure(whole: Wish, found: Sequence[Wish]) -> Wish:
    """'Siempre no, ya no voy a poder' is as sure as the clause that says so outright."""
    return replace(
        whole, confidence=max([whole.confidence, *(e.confidence for e in found if e.intent == whole.intent)])
    )


def _left(text: str, others: Sequence[Wish]) -> str:
    """What others wish is cut out, though never of anguish: 'me corrieron ayer, ¿qué va a pasar conmigo?' is one."""
    for each in others:
        text = text.replace(each.text, " ", 1)
    return text


def _only_names_day(text: str) -> bool:
    """'Mejor el domingo después de la feria, 250': nobody is asked to call or write then."""
    return DATUM.search(normalize(text)) is not None and not speaks_of_writing(text)


def _as_asked(whole: Wish) -> Wish:
    """'And the one I made in early November, did that go through' asks of a payment, and claims none."""
    goes_on = asks_to_go_on(whole.text) or is_start(whole.text)
    if whole.intent == "opt_out" and whole.confidence < 1 and goes_on:
        return Wish("opt_in", SURE, whole.text)
    paying = asks_of_paying(whole.text) if _begs_a_moment(whole) else None
    if paying is not None:
        return Wish(paying, SURE, whole.text)
    plainly = asks_plainly(whole.text)
    if plainly is not None and (plainly == "thanks" or _is_overruled(whole, plainly)):
        return Wish(plainly, SURE, whole.text)
    asks = whole.intent in UNHEARD | {"already_paid"} and _only_asks(whole.text)
    return Wish("ask_payment_history", max(SURE, whole.confidence), whole.text) if asks else whole


def _begs_a_moment(wish: Wish) -> bool:
    return wish.intent == "ask_extension" and _WAIT.match(normalize(wish.text)) is not None


def _is_overruled(whole: Wish, plainly: str) -> bool:
    """'Hello there, kindly send me my outstanding': the model hears no more than the manners."""
    asks = plainly == "ask_human" and whole.intent in QUESTIONS and whole.confidence < HALF_HEARD
    recalls = plainly == "ask_payment_history" and whole.intent == "already_paid" and not tells_of_payment(whole.text)
    thanks = whole.intent == "thanks" and whole.confidence < HALF_HEARD
    greets = plainly in QUESTIONS and (thanks or whole.intent == "greet")
    return asks or recalls or greets or whole.intent in UNHEARD | BESIDE_THE_POINT


def _only_asks(text: str) -> bool:
    """'The last one I sent, did you get it'; 'I sent 300, did you get it' tells of a payment as well."""
    return asks_of_arrival(text) and not tells_of_payment(text)


def _first(whole: Wish, ranking: Mapping[str, float], found: Sequence[Wish]) -> Wish:
    """The message's own intent, unless a clause outranks it and the model leaves room for that."""
    first = whole
    for each in found:
        if RANK[each.intent] < RANK.get(first.intent, len(RANKS)) and _leaves_room(whole, ranking, each):
            first = each
    asked = [each for each in found if each.intent in QUESTIONS]
    leads = first is whole and whole.intent in {each.intent for each in asked} and asked[0].confidence >= VERY_SURE
    return asked[0] if leads else first


def _answer(parts: Sequence[Wish], found: Sequence[Wish], asks: str | None) -> Wish | None:
    """'Sí, ¿y dónde lo deposito?' answers what was asked, and asks something beside it."""
    asked = [each.text for each in found if each.intent in QUESTIONS]
    rest = [each.text for each in parts if each.text not in asked]
    if not asked or not rest or len(found) > len(asked):
        return None
    words = ", ".join(rest)
    if asks == "confirmation" and (clear := yes_or_no(words)) is not None:
        return Wish("affirm" if clear else "deny", 1.0, words)
    if asks in {"amount", "date"} and DATUM.search(normalize(words)):
        return Wish("promise_to_pay", 1.0, words)
    return None


def _leaves_room(whole: Wish, ranking: Mapping[str, float], part: Wish) -> bool:
    if _are_one(whole.intent, part.intent):
        return False
    unsure = whole.intent in LIGHT or whole.intent not in RANK or whole.confidence < UNDERSTOOD
    is_cause = whole.intent in WAYS_TO_PAY and part.intent == "report_hardship"
    return unsure or is_cause or ranking.get(part.intent, 0.0) >= ROOM or part.intent == "already_paid"


def _are_one(intent: str, other: str) -> bool:
    """Who asks for time and names a day says how both belong together; the whole text knows better than its parts."""
    return {intent, other} <= WAYS_TO_PAY or (intent == "report_hardship" and other in {"cannot_pay", "ask_extension"})


def _as_told(part: Wish) -> Wish:
    if part.intent not in QUESTIONS and part.confidence < ALARM and (asked := asks_of_paying(part.text)) is not None:
        return Wish(asked, SURE, part.text)
    if part.intent in MISTAKEN_FOR_PAID | LIGHT and tells_of_payment(part.text):
        return Wish("already_paid", 1.0, part.text)
    if part.intent in WAYS_TO_PAY | LIGHT and tells_misfortune(part.text):
        return Wish("report_hardship", 1.0, part.text)
    if part.intent in LIGHT and asks_of_arrival(part.text):
        return Wish("ask_payment_history", SURE, part.text)
    return part


def _is_spoken(part: Wish) -> bool:
    if part.intent == "already_paid" and tells_of_payment(part.text):
        return True
    if part.intent == "already_paid" and pays_others(part.text):
        return False
    if part.intent == "ask_balance" and is_out_of_credit(part.text):
        return False
    words = WORDS.get(part.intent)
    least = SURE if part.intent in QUESTIONS else VERY_SURE
    said = without_things(normalize(part.text))
    return words is not None and part.confidence >= least and words.search(said) is not None


def _merged(found: Iterable[Wish]) -> tuple[Wish, ...]:
    """One of each kind, with the words of all its clauses, in the order of the text."""
    merged: dict[str, Wish] = {}
    for each in found:
        known = merged.get(each.intent)
        text = f"{known.text}, {each.text}" if known else each.text
        merged[each.intent] = Wish(each.intent, max(known.confidence if known else 0.0, each.confidence), text)
    return tuple(merged.values())
