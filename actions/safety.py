"""Somebody may be in danger: no word about money, help that fits the country, and a person at once."""

from actions.people import case_for, hold_writer
from actions.registry import answers
from actions.turn import Turn
from desk.cases import Reason
from outreach import addresses, crisis_contacts
from understanding.distress import is_distress
from understanding.signals import is_idiom
from understanding.stop_words import is_stop


@answers("action_distress")
def distress(turn: Turn) -> None:
    if is_idiom(turn.text) and not is_distress(turn.text):
        turn.go_on_with("action_not_understood")
        return
    case_for(turn, Reason.VULNERABLE_DISTRESS)
    turn.once("distress", lambda: _leave_in_peace(turn))
    turn.end_form()
    country = turn.likely.country if turn.likely else turn.lender.country
    for each in crisis_contacts.help_in(turn.session, country):
        turn.say(each["key"], **each["values"])


def _leave_in_peace(turn: Turn) -> str:
    """'Dejen de llamarme o me mato' is also a demand to stop; nobody speaks of it now."""
    hold_writer(turn, "vulnerable")
    if is_stop(turn.text):
        addresses.opt_out(turn.session, turn.address, "borrower", turn.now)
    return "held"
