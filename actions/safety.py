"""Somebody may be in danger: no word about money, help that fits the country, and a person at once."""

from typing import Any

from phonenumbers import shortnumberinfo
from sqlmodel import col, select

from actions.people import case_for, hold_writer
from actions.registry import answers
from actions.turn import Turn
from desk.cases import Reason
from outreach.tables import CrisisContact
from understanding.distress import is_distress
from understanding.signals import is_idiom


@answers("action_distress")
def distress(turn: Turn) -> None:
    if is_idiom(turn.text) and not is_distress(turn.text):
        turn.go_on_with("action_not_understood")
        return
    case_for(turn, Reason.VULNERABLE_DISTRESS)
    turn.once("distress", lambda: _leave_in_peace(turn))
    turn.end_form()
    country = turn.likely.country if turn.likely else turn.lender.country
    turn.say("distress.help", emergency=emergency_number(country))
    for contact in _contacts(turn, country):
        turn.say("distress.contact_row", text=contact.text)


def emergency_number(country: str) -> str:
    """The public one, from libphonenumber's short-number metadata; 112 is answered by mobile networks elsewhere."""
    known = [number for number in ("911", "123", "112", "999", "131", "105") if _is_emergency(number, country)]
    return known[0] if known else "112"


def _is_emergency(number: str, country: str) -> bool:
    return bool(shortnumberinfo.is_emergency_number(number, country))


def _contacts(turn: Turn, country: str) -> list[Any]:
    """Only rows that a person has confirmed: nobody invents a number."""
    return list(
        turn.session.exec(
            select(CrisisContact)
            .where(CrisisContact.country == country, col(CrisisContact.confirmed_on).is_not(None))
            .order_by(col(CrisisContact.id))
        )
    )


def _leave_in_peace(turn: Turn) -> str:
    hold_writer(turn, "vulnerable")
    return "held"
