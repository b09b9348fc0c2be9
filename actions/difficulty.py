"""Somebody tells of a misfortune: it is heard, reminders rest, and a person writes. Nothing is asked for."""

from datetime import datetime, timedelta

from actions.gates import not_in_distress
from actions.people import case_for, hold_writer
from actions.registry import answers
from actions.turn import Turn
from desk.cases import Reason
from loans.policies import in_force
from understanding.hardship import kind_of_hardship

CASE = {"money": Reason.HARDSHIP, "vulnerable": Reason.HARDSHIP, "deceased": Reason.DECEASED}
HOLD = {"money": "hardship", "vulnerable": "vulnerable", "deceased": "deceased"}
# In the policy's words; days without a number there have no end by time.
POLICY_EVENT = {"money": "hardship", "vulnerable": "vulnerable", "deceased": "deceased"}


@answers("action_hardship")
@not_in_distress
def hardship(turn: Turn) -> None:
    kind = kind_of_hardship(turn.text)
    turn.once("hardship", lambda: _pause(turn, kind))
    case_for(turn, CASE[kind], kind=kind)
    turn.end_form()
    if kind == "money":
        turn.say("hardship.empathy")
        turn.say("hardship.pause")
        turn.say("hardship.to_person")
    else:
        turn.say(f"hardship.{kind}")


def _pause(turn: Turn, kind: str) -> str:
    hold_writer(turn, HOLD[kind], _until(turn, POLICY_EVENT[kind]))
    return kind


def _until(turn: Turn, event: str) -> datetime | None:
    days = hold_days(turn, event)
    return turn.now + timedelta(days=days) if days else None


def hold_days(turn: Turn, event: str) -> int | None:
    """How long the policy lets this hold last; None has no end by time."""
    items = in_force(turn.session, turn.business_date).holds.items
    return next((item.max_days for item in items if item.event == event), None)
