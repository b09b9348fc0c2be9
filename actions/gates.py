"""What must hold before an action may speak about money: a person we know, and nobody who must be left in peace."""

from collections.abc import Callable
from functools import wraps

from actions.registry import Answer
from actions.turn import Turn

# After these nothing about money is said any more; a person writes.
LEFT_IN_PEACE = frozenset({"vulnerable", "deceased", "minor", "represented"})


def about_money(action: str) -> Callable[[Answer], Answer]:
    """Identity first; then the wish that led here is taken up again by `action`."""

    def gate(answer: Answer) -> Answer:
        @wraps(answer)
        def gated(turn: Turn) -> None:
            if turn.holds & LEFT_IN_PEACE:
                turn.end_form()
                turn.say("distress.after" if turn.slot("in_distress") else "person.known")
            elif not turn.owners:
                turn.end_form()
                turn.say("account.none")
            elif turn.borrower is None:
                ask_identity(turn, action)
            else:
                answer(turn)
                # The wish that waited for identity is done: the next one is read in its own words.
                turn.set(wish=None, wish_text=None)

        return gated

    return gate


def ask_identity(turn: Turn, wish: str) -> None:
    turn.set(wish=wish, wish_text=turn.text)
    if turn.form != "identity_form":
        turn.set(identity_proof=None)
    turn.go_on_with("identity_form")
