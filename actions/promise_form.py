"""What is said while a promise is in the making: an answer, a change of mind, or something else altogether."""

import re
from typing import Any

from actions import misses
from actions.amendments import LEADING_NO, adds, amends
from actions.draft import Draft
from actions.hand_over import hand_over
from actions.hearing import hear_offer
from actions.invitation import is_invited
from actions.loan_choice import named_loan, only_names, other_loan
from actions.memory import BESIDE, STRONGER
from actions.registry import answers
from actions.turn import Turn
from understanding.answers import yes_or_no
from understanding.hardship import tells_misfortune
from understanding.normalize import normalize
from understanding.read_back import (
    begins_with_yes,
    ends_with_yes,
    is_conditional,
    is_instead,
    plain_answer,
    says_when,
    seals,
    without_excuse,
)
from understanding.second_thoughts import consults_family, takes_back
from understanding.signals import wants_concession
from understanding.wish_words import asks_something, is_spoken_of, tells_of_payment
from understanding.wishes import QUESTIONS

FORM = "promise_form"
CHANGE = "change"  # what is asked after a 'no' to the read-back
SHORT = 5  # words that an answer may have and still be taken for one against the model's guess
# What the model may take a short answer for.
CORRECTABLE = ("dispute_debt", "already_paid", "wrong_person", "complain", "report_hardship", "ask_human")
VERY_SURE = 0.7  # Own default: a wrong yes records money that nobody promised.
BOTH = re.compile(r"\b((los|las) (dos|tres)|ambos|ambas|todos|todas|both|all)\b")
# 'No, al refri no, a la moto'.
NOT_THAT_ONE = re.compile(
    r"\b(?:al?|para|pa|es|not)(?: el| la| the)? \w+ no\b|\bno (?:es )?(?:al?|para)(?: el| la)? \w+\b|\bnot the \w+\b"
)
# 'Solo 400, lo demás se me fue en fotocopias' changes what was read back.
LIMITED = re.compile(r"\b(solo|solamente|nomas|nada mas|unicamente|only|just)\b (?:\w+ ){0,2}\$? ?\d")
DENIES = re.compile(r"\b(no+|ni|nel|ninguno|ninguna|neither|not|none|mejor|solo|nomas|only|but|pero)\b")
COURTESIES = frozenset({"affirm", "thanks", "goodbye", "greet"})
# 'Perdón, andaba en la chamba' excuses a late answer and tells of no misfortune.
AT_WORK = re.compile(
    r"\b((and|est)(aba|uve|oy|o)|sali|salgo|saliendo|vengo|llegue|entro) (?:\w+ ){0,2}(en|de|del|al|a) (la |el |mi )?"
    r"(chamba|trabajo|jale|laburo|pega|camello|brete|oficina|fabrica|campo)\b|\bat work\b|\b(was|been|am|im) working\b"
)
# Who does not know yet is waited for.
UNSURE = re.compile(
    r"\b(no (lo |le )?se|dej\w+ (consult|pregunt|habl|platic)\w+|tengo que (ver|checar|consultar|preguntar"
    r"|hablarlo|pensar)"
    r"|(esper\w+|aguant\w+|dame|deme|permita\w*) (un|1|una|unos?|tantito)? ?(segund|moment|minut|rat|tantit)\w*"
    r"|(hold on|one|just a|give me a) (sec|second|moment|minute)\b"
    r"|let me (ask|talk)|i (have|need) to (ask|check|think)|(todavia|aun) no se|quien sabe|depende"
    r"|no estoy segur[oa]|ya vere|ya veo|dej\w+ (ver|checar"
    r"|pensar)|luego le (digo|aviso|confirmo)|not sure|don ?t know|let me (see|check|think)|i ll let you know)\b"
)
# A 'no' after which nothing is left to change.
DROPPED = re.compile(
    r"\b(olvid\w+|no (me |lo |la )?(anot|apunt|registr|agend|pong)\w+|dej[ea](lo|la|mos)\w*|cancel\w*|ya no"
    r"|mejor nada|nada"
    r"|forget|never ?mind|drop it|don ?t (note|write|record|book|put)|no need|nothing)\b"
)
# 'Una parte el 15' takes back the 'todo' that was said before.
SOME = re.compile(r"\b(una parte|parte|un poco|poquito|algo|a part|part of it|some of it|a bit)\b")
# 'Y si pago menos de la cuota, ¿qué pasa?' names an amount and offers none.
WHAT_IF = re.compile(
    r"\b(que|k) (me )?(pasa|pasaria|sucede|hacen)\b|\bwhat (happens|if)\b|^\W*y si (les? |nomas "
    r"|solo )?(no )?(pago|doy|abono)"
    r" (menos|mas|de mas|poquito|algo|despues|tarde|antes|una parte)\b"
)
WHAT_TO_CHANGE = {
    "promise_date": re.compile(r"\b(fecha|dia|date|day)\b"),
    "promise_amount": re.compile(r"\b(cantidad|monto|cuanto|dinero|amount|how much)\b"),
}


@answers("validate_promise_form")
def read_answer(turn: Turn) -> None:
    """Setting nothing means: the form steps back and the other wish is handled."""
    draft = Draft.remembered(turn)
    if not turn.is_answering(FORM):
        return
    asked = str(turn.tracker.get_slot("requested_slot"))
    if _switches_loan(turn, draft):
        _go_on(turn, draft)
    elif asked == "promise_confirmed" and (_clear(turn) is not None or _repeats(turn, draft)):
        _read_confirmation(turn, draft)
    elif asked == "promise_loan" and only_names(turn):
        _read_loan(turn, draft)
    elif asked == "promise_confirmed" and _unheard_takes_back(turn):
        _confirm(turn, clear=False, doubted=False)
    elif _is_unsure(turn):
        turn.say("promise.no_hurry")
        turn.asked(asked.removeprefix("promise_").replace("confirmed", "confirmation"))
        turn.set(**{asked: None})
    elif (turn.means(*STRONGER) and not _is_correction(turn)) or wants_concession(turn.text) or _only_asks(turn):
        return
    elif asked == "promise_loan":
        _read_loan(turn, draft)
    elif asked == "promise_confirmed":
        _read_confirmation(turn, draft)
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
        _go_on(turn, draft)
    elif _clear(turn) is False:
        _stop(turn)
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
        _go_on(turn, draft)
    elif turn.means(*BESIDE):
        return
    elif _clear(turn) is False or turn.means("deny"):
        _stop(turn)
    elif misses.count(turn):
        draft.ask_back(turn, "date" if "date" in {pending, asked.removeprefix("promise_")} else "amount")
        draft.keep(turn)


def _read_confirmation(turn: Turn, draft: Draft) -> None:
    clear, said = _clear(turn), hear_offer(turn, LEADING_NO.sub("", turn.text))
    doubted = bool(turn.slot("promise_doubted"))
    if clear is not None:
        _confirm(turn, clear=clear, doubted=doubted)
    elif _repeats(turn, draft):
        _confirm(turn, clear=True, doubted=False)
    elif adds(turn, draft, said) or amends(turn, draft) or draft.absorb(turn, said):
        misses.forget(turn)
        _go_on(turn, draft)
    elif doubted and (changed := _what_to_change(turn)) is not None:
        turn.set(promise_doubted=None, promise_confirmed=None, promise_parts=None, **{changed: None})
    elif said.ambiguous_about is not None:
        draft.ask_back(turn, said.ambiguous_about)
        draft.parts = []
        _go_on(turn, draft)
    elif not doubted and _surely_yes(turn):
        _confirm(turn, clear=True, doubted=False)
    elif doubted or (turn.means(*BESIDE) and not _is_faint(turn)) or _asks(turn):
        return
    elif turn.means("deny") and _is_worded(turn):
        _confirm(turn, clear=False, doubted=False)
    else:
        _not_confirmed(turn, draft)


def _unheard_takes_back(turn: Turn) -> bool:
    """'No apunte nada todavía', whatever the model makes of it; a grave wish has an answer of its own."""
    light = turn.intent in {"nlu_fallback", "out_of_scope", "call_me_later"}
    return light and takes_back(turn.text) and turn.read().is_empty


def _is_unsure(turn: Turn) -> bool:
    """Who must think or ask at home is waited for, unless the same breath brings an amount, a day or a question."""
    if tells_misfortune(turn.text) or (turn.means(*STRONGER) and not consults_family(turn.text)):
        return False
    waits = UNSURE.search(normalize(turn.text)) or consults_family(turn.text)
    said = turn.read(turn.metadata.get("asks"))
    return bool(waits) and said.amount is None and said.date is None and not turn.means(*QUESTIONS)


def _clear(turn: Turn) -> bool | None:
    """A plain yes or no, in words or by a button; 'sí, los dos' where two payments were read back."""
    if turn.slot("promise_parts") and BOTH.search(normalize(turn.text)):
        return _both(BOTH.sub("", normalize(turn.text)))
    if not turn.text:
        return {"affirm": True, "deny": False}.get(turn.intent)
    return plain_answer(turn.text)


def _both(rest: str) -> bool | None:
    """'Los dos', 'right, both of them'; 'ninguno de los dos, mejor 400' is something else."""
    if (said := yes_or_no(rest)) is not None:
        return said
    more = DENIES.search(rest) or any(letter.isdigit() for letter in rest)
    return None if more or not (begins_with_yes(rest) or len(rest.split()) <= SHORT) else True


def _repeats(turn: Turn, draft: Draft) -> bool:
    """'Sí, los 500 el viernes', 'ya, está bien, a fin de mes la cuota': a yes where that is what was read back,
    whatever the model takes it for."""
    said, plain = hear_offer(turn, turn.text), without_excuse(normalize(turn.text))
    if said.is_empty or said.ambiguous or draft.parts or turn.slot("promise_doubted") or not begins_with_yes(plain):
        return False
    amounts, days = ({each for each in of if each is not None} for of in zip(*draft.meant(turn, said), strict=True))
    named = amounts | days
    if is_conditional(plain) or "?" in turn.text or (is_instead(plain) and not named):
        return False
    return amounts <= {draft.amount} and days <= {draft.on}


def _confirm(turn: Turn, *, clear: bool, doubted: bool) -> None:
    misses.forget(turn)
    if clear and not doubted and not is_invited(turn):
        turn.set(promise_confirmed=True)
    elif clear:
        # After a 'no', or a reminder that came between, a 'yes' may mean anything: the read-back comes once more.
        turn.set(promise_doubted=None, promise_confirmed=None)
    elif doubted or DROPPED.search(normalize(turn.text)):
        _stop(turn)
    else:
        turn.say("promise.what_to_change")
        turn.set(promise_doubted=True, promise_confirmed=None)
        turn.asked(CHANGE)


def _surely_yes(turn: Turn) -> bool:
    """A yes that only the model sees needs words, and a model that is very sure; 'sí, seño, gracias por la paciencia'
    says it in so many words."""
    if "?" in turn.text:
        return False
    plain, said = normalize(turn.text), turn.read()
    if said.is_empty and (ends_with_yes(plain) or (turn.intent == "affirm" and seals(turn.text))):
        return True
    courteous = turn.intent in COURTESIES and begins_with_yes(plain) and said.is_empty
    if courteous or (says_when(plain) and said.amount is None):
        return not is_conditional(plain) and not is_instead(plain)
    return turn.intent == "affirm" and _is_worded(turn) and turn.confidence >= VERY_SURE


def _is_worded(turn: Turn) -> bool:
    """A button, or more than a picture: a shrug is neither yes nor no."""
    return not turn.text or any(letter.isalpha() for letter in turn.text)


def _what_to_change(turn: Turn) -> str | None:
    plain = normalize(turn.text)
    return next((slot for slot, named in WHAT_TO_CHANGE.items() if named.search(plain)), None)


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


def _is_faint(turn: Turn) -> bool:
    """'¿Y me cobran intereses?' asks for no time, whatever the model makes of it: the read-back stands."""
    return turn.intent == "ask_extension" and not is_spoken_of(turn.intent, turn.text)


def _only_asks(turn: Turn) -> bool:
    """'¿Cuánto me toca este mes?' is no answer, though a month is named in it; nor is '¿cuál es mi saldo ahorita?'."""
    said = turn.read()
    return _asks(turn) and said.amount is None and said.date in {None, turn.today}


def _asks(turn: Turn) -> bool:
    """The form of a question and a word of this one make up for a model that is not sure."""
    return turn.intent in QUESTIONS and asks_something(turn.text) and is_spoken_of(turn.intent, turn.text)


def _go_on(turn: Turn, draft: Draft) -> None:
    if draft.refused and draft.refused.human:
        hand_over(turn, draft.loan, draft.refused)
        return
    turn.set(promise_doubted=None, promise_confirmed=None)
    draft.keep(turn)


def _stop(turn: Turn) -> None:
    misses.forget(turn)
    turn.end_form()
    turn.say("promise.cancelled")


def _not_confirmed(turn: Turn, draft: Draft) -> None:
    """The same question in other words; a third time a person takes over."""
    if not misses.count(turn):
        return
    if not draft.parts:
        turn.say("promise.please_confirm", **_spoken(turn, draft))
        turn.asked("confirmation")
    turn.set(promise_confirmed=None)


def _spoken(turn: Turn, draft: Draft) -> dict[str, Any]:
    return {"amount": turn.money(draft.amount or 0), "date": turn.day(draft.on or turn.today)}
