"""Greetings, thanks, a lone yes or no, and what was not understood."""

import re

from actions import misses
from actions.account import claim_in_review, nothing_owed
from actions.beside import TOLD
from actions.changes import moves_promise, unless_promised
from actions.contact import ASKS_OF_MESSAGES
from actions.disputes import withdraws_claim
from actions.gates import LEFT_IN_PEACE, ask_identity
from actions.identity import accept, is_locked, says_to_be_meant
from actions.invitation import is_invited
from actions.loan_choice import OTHER
from actions.people import tell_news
from actions.registry import answers
from actions.turn import Turn
from loans import accounts
from store.ids import id_of
from understanding.alarm import BELIEVED
from understanding.identity import names_document, read_identity
from understanding.language import names_other_language
from understanding.normalize import normalize
from understanding.offered import is_figure_of_speech
from understanding.second_thoughts import defers_to_family, wants_privacy
from understanding.signals import is_idiom, wants_new_loan
from understanding.wish import DISTRESS, FALLBACK, QUESTIONS, UNDERSTOOD
from understanding.wish_words import asks_something

ASKS_HELP = re.compile(r"\b(ayud\w+|que (puedo|puede) hacer|opciones|menu|help|what can (i|you) do)\b")
# 'Al rato le digo cuánto puedo dar' wants no answer yet.
SOON_TOLD = re.compile(
    r"\b(luego|al rato|mas tarde|despues|en un rato|en la (noche|tarde)) (yo )?(le|les|te) (digo|aviso|confirmo)\b"
    r"(?! que)"
    r"|\bi ?ll let you know\b"
)
IS_LOST = re.compile(r"\bno (le |les |te )?(entiendo|entendi|comprendo)|\bno se (leer|que hacer)|\bdon ?t understand")
# 'Who is Marcus': the name is ours, so it is us who must say who we are.
WHO_IS = re.compile(
    r"^\W*(y |pero |and |but )?(quien (es|era|sera|diablos es|chingados es)|who ?(is|s|tf is"
    r"|the (hell|heck|f\w*) is)) \w+"
)
# An amount and nothing else: '500', '$500 pesos'; a longer number is a phone or a document.
BARE_AMOUNT = re.compile(r"\$? ?\d{2,3}(,?\d{3})?(\.\d\d)? ?(pesos|varos|mxn)?\.?", re.I)
# 'Quiero abonar 350' says what for.
PAYS = re.compile(r"\b(pag\w+|abon\w+|deposit\w+|dar|doy|mando|transfer\w+|transfier\w+|pay|send|deposit)\b")
OWING = re.compile(r"\b(pag\w+|deb\w+|termin\w+|liquid\w+|falta\w*|saldo|deuda|cuenta|owe|paid|pay|left|finished)\b")


@answers("action_greet")
def greet(turn: Turn) -> None:
    if turn.address.wrong_person_at is not None and not turn.in_distress and says_to_be_meant(turn):
        ask_identity(turn, "action_greet")  # 'Era mi hijo, soy yo la dueña': whoever owns the number may prove it.
        return
    if _quiet(turn):
        return
    if ASKS_HELP.search(normalize(turn.text)):
        turn.say("help")
    elif turn.borrower:
        turn.say("greet.known", name=turn.borrower.given_name, lender=turn.lender.name)
    else:
        turn.say("greet.unknown", lender=turn.lender.name)
    misses.forget(turn)


@answers("action_thanks")
def thanks(turn: Turn) -> None:
    """Whoever thanks is not asked on, but for a yes or no that is pending."""
    if _quiet(turn) or (turn.borrower and "?" in turn.text and _owes_nothing(turn)):
        return
    turn.say("thanks")
    if turn.slot("requested_slot") not in {"promise_confirmed", "offer_confirmed"}:
        turn.end_form()


@answers("action_goodbye")
def goodbye(turn: Turn) -> None:
    if _quiet(turn):
        return
    if turn.form == "promise_form":
        turn.say("promise.nothing_noted")
    turn.end_form()
    turn.say("goodbye")


@answers("action_affirm")
def affirm(turn: Turn) -> None:
    """Nothing was asked, so a yes answers nothing, unless it brings an amount or a date with it."""
    if not _quiet(turn) and not _promises(turn):
        turn.say("ok_idle")


@answers("action_deny")
@unless_promised
def deny(turn: Turn) -> None:
    if not _quiet(turn) and not _promises(turn):
        turn.say("help" if IS_LOST.search(normalize(turn.text)) else "no_idle")


@answers("action_out_of_scope", "action_default_fallback", "action_not_understood")
@unless_promised
def not_understood(turn: Turn) -> None:
    """In two steps, then a person. First, what the text still tells without the model."""
    if _quiet(turn) or _promises(turn) or _proves_identity(turn) or withdraws_claim(turn):
        return
    if turn.holds & LEFT_IN_PEACE - {"vulnerable"}:
        turn.say("person.known")
        return
    if _may_be_danger(turn):
        turn.go_on_with("action_distress")
        return
    if _is_told_apart(turn) or tell_news(turn):
        return
    if (other := _other_answer(turn)) is not None:
        turn.go_on_with(other)
        return
    if turn.borrower and (claim_in_review(turn) or _owes_nothing(turn)):
        return
    number = misses.count(turn)
    if number:
        turn.say("fallback.first" if number == 1 else "fallback.second")
        _options(turn)


def _is_told_apart(turn: Turn) -> bool:
    """What no intent stands for, and has an answer of its own."""
    if is_figure_of_speech(turn.text) or (is_idiom(turn.text) and not asks_something(turn.text)):
        turn.say("ok_idle")  # 'Se me murió el celular, por eso no vi nada' is an excuse, and no question.
    elif wants_new_loan(turn.text):
        turn.say("out_of_scope.new_loan")
    elif SOON_TOLD.search(normalize(turn.text)):
        turn.say("promise.no_hurry")
    elif wants_privacy(turn.text):
        turn.say("fear.private", lender=turn.lender.name)
    else:
        return False
    return True


def _may_be_danger(turn: Turn) -> bool:
    """The model was torn between danger and something else, and so said that it has not understood."""
    nearest, sure = turn.guess
    torn = turn.intent == FALLBACK and nearest == DISTRESS and sure >= UNDERSTOOD
    return torn and not is_idiom(turn.text) and turn.read().is_empty


def _either_question(turn: Turn) -> str | None:
    """'How much do I still gotta pay': torn between two questions, the model said that it has not understood."""
    ranking = turn.tracker.latest_message.get("intent_ranking") or []
    best = [(str(each["name"]), float(each["confidence"])) for each in ranking if each["name"] != FALLBACK][:2]
    both = turn.intent == FALLBACK and {name for name, _ in best} <= QUESTIONS
    return TOLD.get(best[0][0]) if both and sum(sure for _, sure in best) >= BELIEVED else None


def _other_answer(turn: Turn) -> str | None:
    """The action whose words are in the text, though the model did not see it."""
    if (question := _either_question(turn)) is not None:
        return question
    plain = normalize(turn.text)
    if names_other_language(turn.text):
        return "action_change_language"
    if defers_to_family(turn.text):
        return "action_human"
    if len(turn.loans) > 1 and OTHER.search(plain):
        return "action_balance"
    return "action_who_are_you" if WHO_IS.search(plain) or ASKS_OF_MESSAGES.search(plain) else None


def _promises(turn: Turn) -> bool:
    """'Sí, mañana' to a reminder, '300 el lunes' or a lone '500' is a promise whatever the model says."""
    said = turn.read()
    if said.ambiguous or turn.form or said.is_empty:
        return False
    whole = bool(said.date and (said.amount or said.amount_ref))
    bare = said.amount is not None and BARE_AMOUNT.fullmatch(turn.text.strip()) is not None
    pays = said.amount is not None and PAYS.search(normalize(turn.text)) is not None
    moves = moves_promise(turn)
    invited = is_invited(turn) and bool(said.date or said.date_range or said.amount)
    if not (whole or bare or pays or moves or invited):
        return False
    turn.go_on_with("action_difficulty" if moves and not said.amount else "action_promise")
    return True


def _owes_nothing(turn: Turn) -> bool:
    """'Ya terminé, ¿verdad?', said by somebody whose loans are all paid."""
    assert turn.borrower is not None  # noqa: S101  (checked by the caller)
    paid = not turn.loans and bool(accounts.borrower_loans(turn.session, id_of(turn.borrower)))
    if not (paid and OWING.search(normalize(turn.text))):
        return False
    nothing_owed(turn)
    return True


def _proves_identity(turn: Turn) -> bool:
    """A birth date that nobody asked for just now, or digits of a document: given late, or in advance."""
    proof = read_identity(turn.text)
    lacks = proof.birth_date is None and not (proof.document_ending and names_document(turn.text))
    if lacks or turn.form or turn.address.wrong_person_at is not None:
        return False
    known = turn.borrower is not None
    if not known and not accept(turn, proof):
        if is_locked(turn):
            turn.say("identity.locked")
        return is_locked(turn)
    turn.say("identity.already") if known else turn.say("identity.confirmed", name=_name(turn))
    return True


def _name(turn: Turn) -> str:
    return turn.borrower.given_name if turn.borrower else ""


def _options(turn: Turn) -> None:
    turn.button("button.balance", "/ask_balance")
    turn.button("button.how_to_pay", "/ask_payment_methods")
    turn.button("button.person", "/ask_human")


def _quiet(turn: Turn) -> bool:
    """Who wants no messages gets none that says nothing; who must be left in peace hears of the person who comes."""
    if turn.address.opted_out_at is not None:
        turn.silent = True
    elif turn.address.wrong_person_at is not None:
        turn.say("wrong_person.known")
    elif turn.in_distress:
        turn.say("distress.after")
    else:
        return False
    return True
