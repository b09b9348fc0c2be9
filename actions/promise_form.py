"""What is said while a promise is in the making: an answer, a change of mind, or something else altogether."""

import re

from actions import misses
from actions.amendments import LEADING_NO
from actions.confirmation import (
    SHORT,
    WAITS,
    cancel,
    clear_answer,
    confirm,
    go_on,
    is_question,
    read_confirmation,
    repeats,
)
from actions.draft import Draft
from actions.hearing import hear_offer
from actions.loan_choice import named_loan, only_names, other_loan
from actions.memory import BESIDE, STRONGER
from actions.registry import answers
from actions.turn import Turn
from understanding.hardship import tells_misfortune
from understanding.normalize import normalize
from understanding.second_thoughts import consults_family, is_unsure, takes_back, tells_later
from understanding.signals import wants_concession
from understanding.wish import QUESTIONS
from understanding.wish_words import is_spoken_of, tells_of_payment

FORM = "promise_form"
# What the model may take a short answer for.
CORRECTABLE = ("dispute_debt", "already_paid", "wrong_person", "complain", "report_hardship", "ask_human")
# 'No, al refri no, a la moto'.
NOT_THAT_ONE = re.compile(
    r"\b(?:al?|para|pa|es|not)(?: el| la| the)? \w+ no\b|\bno (?:es )?(?:al?|para)(?: el| la)? \w+\b|\bnot the \w+\b"
)
# 'Solo 400, lo demás se me fue en fotocopias' changes what was read back.
LIMITED = re.compile(r"\b(solo|solamente|nomas|nada mas|unicamente|only|just)\b (?:\w+ ){0,2}\$? ?\d")
# 'Perdón, andaba en la chamba' excuses a late answer and tells of no misfortune.
AT_WORK = re.compile(
    r"\b((and|est)(aba|uve|oy|o)|sali|salgo|saliendo|vengo|llegue|entro) (?:\w+ ){0,2}(en|de|del|al|a) (la |el |mi )?"
    r"(chamba|trabajo|jale|laburo|pega|camello|brete|oficina|fabrica|campo)\b|\bat work\b|\b(was|been|am|im) working\b"
)
# 'Una parte el 15' takes back the 'todo' that was said before.
SOME = re.compile(r"\b(una parte|parte|un poco|poquito|algo|a part|part of it|some of it|a bit)\b")
# 'Y si pago menos de la cuota, ¿qué pasa?' names an amount and offers none.
WHAT_IF = re.compile(
    r"\b(que|k) (me )?(pasa|pasaria|sucede|hacen)\b|\bwhat (happens|if)\b|^\W*y si (les? |nomas "
    r"|solo )?(no )?(pago|doy|abono)"
    r" (menos|mas|de mas|poquito|algo|despues|tarde|antes|una parte)\b"
)


@answers("validate_promise_form")
def read_answer(turn: Turn) -> None:
    """Setting nothing means: the form steps back and the other wish is handled."""
    draft = Draft.remembered(turn)
    if not turn.is_answering(FORM):
        return
    asked = str(turn.tracker.get_slot("requested_slot"))
    if _switches_loan(turn, draft):
        go_on(turn, draft)
    elif asked == "promise_confirmed" and (clear_answer(turn) is not None or repeats(turn, draft)):
        read_confirmation(turn, draft)
    elif asked == "promise_loan" and only_names(turn):
        _read_loan(turn, draft)
    elif asked == "promise_confirmed" and _unheard_takes_back(turn):
        confirm(turn, clear=False, doubted=False)
    elif _is_unsure(turn):
        turn.say("promise.no_hurry")
        turn.asked(asked.removeprefix("promise_").replace("confirmed", "confirmation"))
        turn.set(**{asked: None}, promise_doubted=WAITS if asked == "promise_confirmed" else None)
    elif (turn.means(*STRONGER) and not _is_correction(turn)) or wants_concession(turn.text) or _only_asks(turn):
        return
    elif asked == "promise_loan":
        _read_loan(turn, draft)
    elif asked == "promise_confirmed":
        read_confirmation(turn, draft)
    else:
        _read_datum(turn, draft, asked)


def _read_loan(turn: Turn, draft: Draft) -> None:
    draft.loan = named_loan(turn, turn.text, among_listed=True)
    if draft.loan is not None:
        misses.forget(turn)
        _, _, more = turn.text.partition(",")
        draft.settle(turn)
        if not (more and draft.absorb(turn, hear_offer(turn, more))):
            draft.recheck(turn)
        go_on(turn, draft)
    elif clear_answer(turn) is False:
        cancel(turn)
    elif not turn.means(*BESIDE):
        if draft.take(turn, turn.read()):
            draft.keep(turn)
        elif misses.count(turn):
            turn.set(promise_loan=None)


def _read_datum(turn: Turn, draft: Draft, asked: str) -> None:
    pending = turn.metadata.get("asks")
    said = hear_offer(turn, turn.text, expecting=pending or asked.removeprefix("promise_"))
    plain = normalize(turn.text)
    if WHAT_IF.search(plain) and said.amount is None and said.date is None:
        turn.set(**{asked: None})
        return
    if SOME.search(plain) and said.amount is None and said.amount_ref is None:
        draft.amount = None
    if draft.absorb(turn, said):
        misses.forget(turn)
        go_on(turn, draft)
    elif turn.means(*BESIDE):
        return
    elif clear_answer(turn) is False or turn.means("deny"):
        cancel(turn)
    elif misses.count(turn):
        draft.ask_back(turn, "date" if "date" in {pending, asked.removeprefix("promise_")} else "amount")
        draft.keep(turn)


def _unheard_takes_back(turn: Turn) -> bool:
    """'No apunte nada todavía', whatever the model makes of it; a grave wish has an answer of its own."""
    light = turn.intent in {"nlu_fallback", "out_of_scope", "call_me_later"}
    return light and takes_back(turn.text) and turn.read().is_empty


def _is_unsure(turn: Turn) -> bool:
    """Who must think or ask at home is waited for, unless the same breath brings an amount, a day or a question."""
    if tells_misfortune(turn.text) or (turn.means(*STRONGER) and not consults_family(turn.text)):
        return False
    waits = is_unsure(turn.text) or consults_family(turn.text)
    said = turn.read(turn.metadata.get("asks"))
    open_day = said.date is None or tells_later(turn.text)  # 'Mañana le confirmo' names the day of the answer.
    return bool(waits) and said.amount is None and open_day and not turn.means(*QUESTIONS)


def _switches_loan(turn: Turn, draft: Draft) -> bool:
    """'No, es para el otro': with the same amount and date."""
    at_the_end = turn.tracker.get_slot("requested_slot") == "promise_confirmed"
    if not at_the_end or len(turn.loans) < 2 or draft.loan is None or turn.means(*QUESTIONS):
        return False
    words = NOT_THAT_ONE.sub(" ", normalize(turn.text))
    meant = other_loan(turn, words, draft.loan) or named_loan(turn, words)
    if meant is None or meant.id == draft.loan.id:
        return False
    draft.loan = meant
    draft.take(turn, turn.read())
    draft.recheck(turn)
    return True


def _is_correction(turn: Turn) -> bool:
    """'No, 400' looks like a dispute to the model, and 'perdón, son 800' like a complaint."""
    if turn.intent not in CORRECTABLE:
        return False
    rest = LEADING_NO.sub("", turn.text)
    if turn.tracker.get_slot("requested_slot") == "promise_loan" and len(rest.split()) <= SHORT:
        denied = re.search(r"\b(no|not|nunca|ni|never)\b", normalize(rest))  # 'Yo no debo la moto'
        return not denied and named_loan(turn, rest, among_listed=True) is not None
    if turn.intent == "report_hardship" and AT_WORK.search(normalize(rest)):
        excused = AT_WORK.sub(" ", normalize(rest))
        return not is_spoken_of("report_hardship", excused) and not turn.read(turn.metadata.get("asks")).is_empty
    limited = LIMITED.search(normalize(rest)) is not None and not is_spoken_of(turn.intent, rest)
    asks = turn.metadata.get("asks")
    if turn.intent == "already_paid" and asks in {"amount", "date"} and not tells_of_payment(rest):
        said = turn.read(asks, text=rest)
        return said.date is not None or (asks == "amount" and said.amount is not None)
    short = limited or (len(rest.split()) <= SHORT and (rest != turn.text or not is_spoken_of(turn.intent, rest)))
    return short and not turn.read(turn.metadata.get("asks"), text=rest).is_empty


def _only_asks(turn: Turn) -> bool:
    """'¿Cuánto me toca este mes?' is no answer, though a month is named in it; nor is '¿cuál es mi saldo ahorita?'."""
    said = turn.read()
    return is_question(turn) and said.amount is None and said.date in {None, turn.today}
