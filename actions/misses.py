"""Messages in a row that were not understood: twice the assistant asks in other words, then a person comes."""

from actions.turn import Turn
from desk.cases import Reason, open_case
from store.ids import id_of

LIMIT = 3


def forget(turn: Turn) -> None:
    if turn.conversation.misses:
        turn.conversation.misses = 0


def count(turn: Turn) -> int:
    """Which miss in a row this is, or 0 once a person was called."""
    number = int(turn.once("miss", lambda: _count(turn)))
    if number < LIMIT:
        return number
    call_person(turn)
    return 0


def call_person(turn: Turn) -> None:
    turn.once("not_understood", lambda: _open(turn))
    turn.end_form()
    turn.say("fallback.person")


def _count(turn: Turn) -> int:
    turn.conversation.misses += 1
    return turn.conversation.misses


def _open(turn: Turn) -> int | None:
    turn.conversation.misses = 0
    return open_case(
        turn.session,
        Reason.NOT_UNDERSTOOD,
        now=turn.now,
        borrower_id=id_of(turn.likely) if turn.likely else None,
        conversation_id=turn.conversation.id,
        turn_id=turn.id,
    ).id
