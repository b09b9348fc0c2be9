"""Greetings, thanks, a lone yes or no, and what was not understood."""

from actions import misses
from actions.account import claim_in_review
from actions.gates import LEFT_IN_PEACE
from actions.registry import answers
from actions.turn import Turn

# After one of these, a bare date or amount answers it.
INVITING = frozenset({"reminder", "promise_reminder", "plan_reminder", "promise_followup"})


@answers("action_greet")
def greet(turn: Turn) -> None:
    if _quiet(turn):
        return
    if turn.borrower:
        turn.say("greet.known", name=turn.borrower.given_name, lender=turn.lender.name)
    else:
        turn.say("greet.unknown", lender=turn.lender.name)
    misses.forget(turn)


@answers("action_thanks")
def thanks(turn: Turn) -> None:
    if not _quiet(turn):
        turn.say("thanks")


@answers("action_goodbye")
def goodbye(turn: Turn) -> None:
    if not _quiet(turn):
        turn.say("goodbye")


@answers("action_affirm")
def affirm(turn: Turn) -> None:
    """Nothing was asked, so a yes answers nothing, unless it brings an amount or a date with it."""
    if not _quiet(turn) and not _promises(turn):
        turn.say("ok_idle")


@answers("action_deny")
def deny(turn: Turn) -> None:
    if not _quiet(turn):
        turn.say("no_idle")


@answers("action_out_of_scope", "action_default_fallback", "action_not_understood")
def not_understood(turn: Turn) -> None:
    """In two steps, then a person; a payment under review is worth a word meanwhile."""
    if _quiet(turn) or _promises(turn):
        return
    if turn.borrower and claim_in_review(turn):
        return
    number = misses.count(turn)
    if number:
        turn.say("fallback.first" if number == 1 else "fallback.second")
        _options(turn)


def _promises(turn: Turn) -> bool:
    """'Sí, mañana' to a reminder, or '300 el lunes' out of the blue, is a promise whatever the model says."""
    said = turn.read()
    invited = turn.metadata.get("after") in INVITING
    if said.ambiguous or turn.form or not ((said.amount and said.date) or (invited and (said.date or said.amount))):
        return False
    turn.go_on_with("action_promise")
    return True


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
    elif turn.holds & LEFT_IN_PEACE and turn.slot("in_distress"):
        turn.say("distress.after")
    else:
        return False
    return True
