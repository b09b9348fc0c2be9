"""People and situations that the talk about money stops for: a threat, a minor, a lawyer, fear of the law."""

from actions.consent import stop_number
from actions.people import case_for, hold_writer
from actions.registry import answers
from actions.turn import Turn
from desk.cases import Reason
from outreach import holds
from store.ids import id_of
from understanding.second_thoughts import wants_privacy
from understanding.signals import was_threatened


@answers("action_threat")
def threat(turn: Turn) -> None:
    """Ends politely; a person reads it before anything else but distress, and from now on only people write."""
    case_for(turn, Reason.ABUSE)
    turn.once("abuse", lambda: _hold(turn))
    turn.end_form()
    turn.say("abuse.end")


@answers("action_minor")
def minor(turn: Turn) -> None:
    """Nothing is asked or told; this number rests until a person has looked."""
    case_for(turn, Reason.WRONG_PERSON, minor=True)
    turn.once("minor", lambda: _leave_alone(turn))
    turn.end_form()
    turn.say("wrong_person.apology")


@answers("action_represented")
def represented(turn: Turn) -> None:
    case_for(turn, Reason.REPRESENTED)
    turn.once("represented", lambda: hold_writer(turn, "represented"))
    turn.end_form()
    turn.say("represented.noted")


@answers("action_reassure")
def reassure(turn: Turn) -> None:
    """Owing money is no crime. What somebody is said to have threatened is a complaint; an offer beside is heard."""
    turn.say("fear.private" if wants_privacy(turn.text) else "fear.reassurance", lender=turn.lender.name)
    if was_threatened(turn.text):
        turn.say("fear.reported", case=case_for(turn, Reason.COMPLAINT, threatened=True))
    said = turn.read()
    if turn.form is None and said.date and (said.amount or said.amount_ref):
        turn.go_on_with("action_promise")


def _leave_alone(turn: Turn) -> str:
    holds.place(turn.session, "minor", now=turn.now, address_id=id_of(turn.address), turn_id=turn.id)
    return stop_number(turn)


def _hold(turn: Turn) -> str:
    hold_writer(turn, "abuse")
    return "held"
