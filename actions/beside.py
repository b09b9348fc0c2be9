"""The other wishes of a message: what can be told is told in the same reply, and at most one may ask, at its end."""

from dataclasses import replace

from actions.gates import LEFT_IN_PEACE
from actions.loan_choice import apart
from actions.registry import ANSWERS
from actions.turn import Beside, Turn
from understanding.hardship import tells_misfortune
from understanding.identity import read_identity
from understanding.wish_words import is_spoken_of

TOLD = {
    "ask_balance": "action_balance",
    "ask_next_payment": "action_next_payment",
    "ask_payment_methods": "action_payment_methods",
    "ask_payment_history": "action_payment_history",
    "ask_who_are_you": "action_who_are_you",
    "ask_human": "action_human",
    "complain": "action_complaint",
    "already_paid": "action_already_paid",
    "dispute_debt": "action_dispute",
    "report_hardship": "action_hardship",
    "change_language": "action_change_language",
    "call_me_later": "action_call_later",
    "vulnerable_distress": "action_care",
}
ASKED = {
    "promise_to_pay": "action_promise",
    "ask_extension": "action_difficulty",
    "cannot_pay": "action_difficulty",
}
QUESTIONS = frozenset({"ask_balance", "ask_next_payment", "ask_payment_methods", "ask_payment_history"})
ABOUT_MONEY = frozenset({*ASKED, "ask_balance", "ask_next_payment", "ask_payment_history"})
# After these nothing else is answered.
LAST = frozenset(
    {"vulnerable_distress", "opt_out", "wrong_person", "threat", "minor", "represented", "drop_promise", "opt_in"}
)
# After these only an offer that is complete, or a question, is taken up: nobody is asked for more.
HEAVY = frozenset({"report_hardship", "dispute_debt"})


def misfortune_first(turn: Turn, intent: str) -> bool:
    """'Mi niño está internado, a ver si el 30 le junto 200': the misfortune leads, and the offer waits beside it."""
    told = turn.form is None and turn.at_hand is None and tells_misfortune(turn.text)
    if not told or "vulnerable" in turn.holds or "hardship" in turn.holds:
        return False
    wishes = [each for each in waiting(turn) if each["intent"] != "report_hardship"]
    turn.set(beside={"turn": turn.id, "wishes": [*wishes, {"intent": intent, "text": turn.text}]})
    turn.go_on_with("action_hardship")
    return True


def waiting(turn: Turn) -> list[Beside]:
    """Of this message, and of an earlier one that waited for an identity check."""
    noted = turn.slot("beside") or {}
    if noted.get("turn") == turn.id:
        return list(noted["wishes"])
    return [*_fresh(turn), *noted.get("wishes", [])]


def answer(turn: Turn, action: str, wishes: list[Beside]) -> None:
    """After the action that has handled the first wish, or the form that took the message as its answer."""
    if not wishes or not _is_the_place(turn, action):
        return
    if turn.silent or turn.intent in LAST or turn.holds & LEFT_IN_PEACE or turn.address.wrong_person_at is not None:
        turn.set(beside={"turn": turn.id, "wishes": []})
        return
    held = [each for each in wishes if turn.borrower is None and each["intent"] in ABOUT_MONEY]
    ready = [each for each in wishes if each not in held]
    for each in ready:
        if each["intent"] in TOLD:
            _tell(turn, each)
    if turn.next_action is None and turn.asks is None and not turn.form and not action.startswith("validate_"):
        # Whoever did not want to prove who they are is not asked again for an old wish.
        asking = [each for each in ready if each["intent"] in ASKED] + [each for each in held if each in _fresh(turn)]
        taken_up = _ask_last(turn, asking)
        held = [each for each in held if each != taken_up]
    elif turn.form == "promise_form" or turn.next_action == "promise_form":
        held += [each for each in ready if "after" in each]
    turn.set(beside={"turn": turn.id, "wishes": held})


def _fresh(turn: Turn) -> list[Beside]:
    also = [each for each in turn.metadata.get("also") or [] if each["intent"] in TOLD or each["intent"] in ASKED]
    return [*_beside_the_proof(turn), *_for_other_loans(turn), *also]


def _beside_the_proof(turn: Turn) -> list[Beside]:
    """'Nací el 12 de abril de 1985, ¿dónde deposito?': the proof takes up the wish that waited, the question is new."""
    waited = turn.slot("wish_text")
    if waited in {None, turn.text} or turn.intent not in QUESTIONS or not turn.means(turn.intent):
        return []
    proof = read_identity(turn.text)
    proves = proof.birth_date is not None or proof.document_ending is not None
    asks = proves and turn.intent != turn.slot("wish_intent") and is_spoken_of(turn.intent, turn.text)
    return [{"intent": turn.intent, "text": turn.text}] if asks else []


def _for_other_loans(turn: Turn) -> list[Beside]:
    """A promise for another loan than the first that the message names comes after it."""
    if turn.wish_intent != "promise_to_pay":
        return []
    return [
        {"intent": "promise_to_pay", "text": text, "after": "promise_form"} for text in apart(turn, turn.wish_text)[1:]
    ]


def _is_the_place(turn: Turn, action: str) -> bool:
    """Not where another action goes on with the same wish, nor where a form steps back from the message."""
    if action.startswith("action_ask_") or action == "validate_identity_form":
        return False
    if action.startswith("validate_"):
        return bool(turn.events)
    return turn.next_action is None or turn.next_action.endswith("_form")


def _tell(turn: Turn, wish: Beside) -> None:
    """Only its phrases count: what it would ask, or end, is not its business here."""
    aside = replace(turn, aside=wish, phrases=[], buttons=[], asks=None, events=[])
    ANSWERS[TOLD[wish["intent"]]](aside)
    said = {each["key"] for each in turn.phrases}
    turn.phrases += [each for each in aside.phrases if each["key"] not in said]


def _ask_last(turn: Turn, wishes: list[Beside]) -> Beside | None:
    """Goes on with the first of them that may ask now; 'luego le pago' is nothing to go on with."""
    enough = _is_whole if turn.intent in HEAVY else _is_something
    first = next((each for each in wishes if enough(turn, each)), None)
    if first is not None:
        turn.set(at_hand={"turn": turn.id, "wish": first})
        turn.go_on_with((ASKED | TOLD)[first["intent"]])
    return first


def _is_something(turn: Turn, wish: Beside) -> bool:
    return wish["intent"] != "promise_to_pay" or not turn.read(text=wish["text"]).is_empty


def _is_whole(turn: Turn, wish: Beside) -> bool:
    """An offer that leaves nothing to ask, or a question of the borrower's own, which only waits for who asks it."""
    if wish["intent"] not in ASKED:
        return True
    said = turn.read(text=wish["text"])
    return said.date is not None and bool(said.amount or said.amount_ref)
