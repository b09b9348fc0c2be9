"""Somebody may be in danger: no word about money, help that fits the country, and a person at once."""

import re

from actions.beside import ASKED, TOLD
from actions.people import case_for, hold_writer
from actions.registry import answers
from actions.turn import Turn
from desk.cases import Reason
from outreach import addresses, crisis_contacts
from understanding import alarm
from understanding.distress import is_distress
from understanding.hardship import tells_lost_work
from understanding.second_thoughts import wants_privacy
from understanding.signals import complains_of_hour, is_idiom
from understanding.stop_words import is_stop

PAYING = re.compile(r"\b(this month|este mes|quincena|pay(?:ing|ment)?s?|pag\w+|cuota|letra|abon\w+)\b", re.IGNORECASE)
NOT_A_WISH = frozenset({"vulnerable_distress", "nlu_fallback"})


@answers("action_distress")
def distress(turn: Turn) -> None:
    # Of a demand to stop in which the model hears danger nothing else is made.
    instead = None if is_distress(turn.text) or is_stop(turn.text) else _instead(turn)
    if instead is not None:
        turn.go_on_with(instead)
        return
    case_for(turn, Reason.VULNERABLE_DISTRESS)
    turn.once("distress", lambda: _leave_in_peace(turn))
    turn.end_form()
    country = turn.likely.country if turn.likely else turn.lender.country
    for each in crisis_contacts.help_in(turn.session, country):
        turn.say(each["key"], **each["values"])


@answers("action_care")
def care(turn: Turn) -> None:
    """Beside the answer to a long story in which the model half hears danger: where help is, and a person reads it."""
    case_for(turn, Reason.HARDSHIP)
    country = turn.likely.country if turn.likely else turn.lender.country
    turn.say("distress.care", emergency=crisis_contacts.emergency_number(country))


def _instead(turn: Turn) -> str | None:
    """What a text is that only the model takes for anguish: 'mi marido no sabe nada, no le vayan a contar'."""
    if wants_privacy(turn.text):
        return "action_reassure"
    if _is_lost_work(turn):
        return "action_hardship"
    if turn.guess[1] < alarm.BELIEVED and complains_of_hour(turn.text):
        return "action_complaint"
    return _next_best(turn) if is_idiom(turn.text) or _is_half_believed(turn) else None


def _is_lost_work(turn: Turn) -> bool:
    """'Me corrieron ayer, ¿qué va a pasar conmigo?'; beside this month's payment the model must be surer of danger."""
    enough = alarm.BELIEVED if PAYING.search(turn.text) else alarm.ALARM
    return tells_lost_work(turn.text) and turn.guess[1] < enough


def _is_half_believed(turn: Turn) -> bool:
    """By the model alone, of a text that names an amount or a day to pay."""
    said = turn.read()
    second = _next_best(turn)
    names = said.amount is not None or said.date is not None
    return names and second in ASKED.values() and turn.guess[1] < alarm.ALARM


def _next_best(turn: Turn) -> str:
    """'Me muero por acabar de pagar, cuánto es': what the model would think if nobody could be in danger."""
    ranking = turn.tracker.latest_message.get("intent_ranking") or []
    second = next((str(each["name"]) for each in ranking if each["name"] not in NOT_A_WISH), "")
    return (TOLD | ASKED).get(second, "action_not_understood")


def _leave_in_peace(turn: Turn) -> str:
    """'Dejen de llamarme o me mato' is also a demand to stop; nobody speaks of it now."""
    hold_writer(turn, "vulnerable")
    if is_stop(turn.text):
        addresses.opt_out(turn.session, turn.address, "borrower", turn.now)
    return "held"
