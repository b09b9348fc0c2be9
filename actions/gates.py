"""What must hold before an action may speak about money: a person we know, and nobody who must be left in peace."""

from collections.abc import Callable
from functools import wraps

from actions import identity
from actions.registry import Answer
from actions.turn import Turn
from desk.cases import Reason
from understanding.identity import read_identity
from understanding.somebody_else import asks_about_another

# After these nothing about money is said any more; a person writes.
LEFT_IN_PEACE = frozenset({"vulnerable", "deceased", "minor", "represented"})
# What tells how an account stands.
TELLING = frozenset({"action_balance", "action_next_payment", "action_payment_history"})
# What speaks of no money and may be answered to somebody in distress; small talk says by itself that a person comes.
NOT_ABOUT_MONEY = frozenset(
    {
        "action_distress",
        "action_human",
        "action_opt_out",
        "action_opt_in",
        "action_wrong_person",
        "action_who_are_you",
        "action_threat",
        "action_minor",
        "action_represented",
        "action_change_language",
        "validate_language_form",
        "action_ask_language_choice",
        "action_language_done",
        "action_greet",
        "action_thanks",
        "action_goodbye",
        "action_affirm",
        "action_deny",
        "action_out_of_scope",
        "action_default_fallback",
        "action_not_understood",
    }
)


def leaving_in_peace(action: str, answer: Answer) -> Answer:
    """Whatever somebody in distress writes, nothing is asked or said about money until a person has closed the case."""
    return answer if action in NOT_ABOUT_MONEY else not_in_distress(answer)


def not_in_distress(answer: Answer) -> Answer:
    """For what needs no identity, and still is about money."""

    @wraps(answer)
    def gated(turn: Turn) -> None:
        if turn.in_distress:
            turn.end_form()
            turn.say("distress.after")
        else:
            answer(turn)

    return gated


def about_money(action: str) -> Callable[[Answer], Answer]:
    """Identity first; then the wish that led here is taken up again by `action`."""

    def gate(answer: Answer) -> Answer:
        @wraps(answer)
        def gated(turn: Turn) -> None:
            refusal = _refusal(turn, action)
            if refusal is not None:
                turn.end_form()
                turn.say(refusal)
            elif turn.borrower is None and not _proves_itself(turn):
                ask_identity(turn, action)
            elif action in TELLING and turn.borrower is not None and asks_about_another(turn.wish_text):
                turn.say("account.others", name=turn.borrower.given_name)
            else:
                answer(turn)
                # The wish that waited for identity is done: the next one is read in its own words.
                turn.forget_wish()

        return gated

    return gate


def _refusal(turn: Turn, action: str) -> str | None:
    """Why nothing is said about money, as the phrase that is said instead."""
    if turn.in_distress:
        return "distress.after"
    if _is_left_in_peace(turn, action):
        return "person.known"
    if turn.address.wrong_person_at is not None and not identity.says_to_be_meant(turn):
        return "wrong_person.known"
    if not turn.owners:
        return "account.none"
    if turn.borrower is None and identity.is_locked(turn):
        return "identity.locked"
    return None


def _is_left_in_peace(turn: Turn, action: str) -> bool:
    """What the borrower told of rests with the case: once a person has closed it, offers are taken again, though
    reminders stay away until the hold is lifted. A hold that staff placed counts by itself. Who was ill and asks how
    the account stands, or names amount and day unasked, is answered at any time: nobody presses who is answered."""
    kept = turn.holds & LEFT_IN_PEACE
    if kept == {"minor"} and identity.says_to_be_meant(turn):
        return False  # 'Era mi hijo, ya soy yo la dueña': whoever owns the number may prove it.
    if kept != {"vulnerable"}:
        return bool(kept)
    if any(each.event == "vulnerable" and each.turn_id is None for each in turn.living_holds):
        return True
    asks_nothing = action in TELLING or (action == "action_promise" and _offers_by_itself(turn))
    return not asks_nothing and any(each.reason == Reason.HARDSHIP for each in turn.open_cases)


def _offers_by_itself(turn: Turn) -> bool:
    """'Yo quiero cumplir, póngame 100 para el 27': there is nothing to ask but whether it was heard right."""
    said = turn.read(text=turn.wish_text)
    return turn.wish_intent == "promise_to_pay" and said.date is not None and bool(said.amount or said.amount_ref)


def _proves_itself(turn: Turn) -> bool:
    """'Nací el 12 de abril de 1985, ¿cuánto debo?': what was given unasked counts when it is right."""
    proof = read_identity(turn.text)
    return proof.birth_date is not None and identity.accept(turn, proof)


def ask_identity(turn: Turn, wish: str) -> None:
    if wish == "action_difficulty" and turn.form is None:
        turn.say("offer.empathy")
    turn.set(wish=wish, wish_text=turn.text, wish_intent=turn.intent)
    if turn.form != "identity_form":
        turn.set(identity_proof=None)
    turn.go_on_with("identity_form")
