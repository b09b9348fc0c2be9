"""Outside the limits a person goes on, and knows what was asked for."""

from actions.turn import Turn
from desk.cases import Reason, open_case
from loans import negotiation
from loans.negotiation import Refused
from loans.tables import Loan
from store.ids import id_of


def hand_over(turn: Turn, loan: Loan | None, refused: Refused) -> None:
    broken = refused.reason is negotiation.Reason.TOO_MANY_BROKEN
    turn.once(
        "hand_over",
        lambda: (
            open_case(
                turn.session,
                Reason.BROKEN_PROMISES if broken else Reason.OUT_OF_POLICY,
                now=turn.now,
                borrower_id=id_of(turn.likely) if turn.likely else None,
                conversation_id=turn.conversation.id,
                loan_id=loan.id if loan else None,
                facts={"refused": refused.reason.value},
                turn_id=turn.id,
            ).id
        ),
    )
    turn.end_form()
    if refused.reason is negotiation.Reason.TOO_MANY_OPEN:
        turn.say("promise.too_many", count=refused.limit)
    turn.say("promise.to_person")
