"""A person, a complaint, who is writing, another time: wishes that concern people and not money."""

from typing import Any

from actions.registry import answers
from actions.turn import Turn
from desk.cases import Reason, open_case, open_cases
from locales.values import moment, phrase
from store.ids import id_of
from understanding.contact_time import read_contact_time


def case_for(turn: Turn, reason: Reason, **facts: Any) -> str:
    """The number of the case that this turn opened or added to."""
    return str(
        turn.once(
            f"case:{reason}",
            lambda: (
                open_case(
                    turn.session,
                    reason,
                    now=turn.now,
                    borrower_id=id_of(turn.likely) if turn.likely else None,
                    conversation_id=turn.conversation.id,
                    facts={"proven": turn.borrower is not None, **facts},
                    turn_id=turn.id,
                ).id
            ),
        )
    )


@answers("action_human")
def human(turn: Turn) -> None:
    waiting = any(each.reason == Reason.HUMAN_REQUEST for each in _cases(turn))
    case_for(turn, Reason.HUMAN_REQUEST)
    turn.end_form()
    turn.say("person.known" if waiting else "person.coming")


@answers("action_complaint")
def complaint(turn: Turn) -> None:
    number = case_for(turn, Reason.COMPLAINT)
    turn.end_form()
    turn.say("complaint.opened", case=number, contact=turn.lender.complaints_contact)


@answers("action_who_are_you")
def who_are_you(turn: Turn) -> None:
    key = "who.known" if turn.borrower else "who.neutral"
    turn.say(key, lender=turn.lender.name)


@answers("action_call_later")
def call_later(turn: Turn) -> None:
    """Noted when it says when or where; else the form asks."""
    if not _note_wish(turn, turn.text):
        turn.go_on_with("contact_form")


@answers("validate_contact_form")
def read_time(turn: Turn) -> None:
    if not turn.is_answering("contact_form"):
        return
    if _note_wish(turn, turn.text):
        turn.set(contact_time="noted")
    elif turn.means("deny", "nlu_fallback") or turn.intent == "nlu_fallback":
        turn.set(contact_time="open")
        turn.say("ok_idle")


@answers("action_ask_contact_time")
def ask_time(turn: Turn) -> None:
    turn.say("later.ask")
    turn.asks = "contact_time"


@answers("action_contact_done")
def time_done(turn: Turn) -> None:
    turn.set(contact_time=None)


def _note_wish(turn: Turn, text: str) -> bool:
    wish = read_contact_time(text)
    day = turn.read("date", text=text).date
    who = turn.likely
    if wish.channel:
        if who:
            who.preferred_channel = wish.channel
        turn.say("later.channel", channel={"whatsapp": "WhatsApp", "sms": "SMS", "telegram": "Telegram"}[wish.channel])
    elif wish.clock:
        if who:
            who.preferred_time = wish.clock.strftime("%H:%M")
        at = day or turn.today
        turn.say("later.noted", when=moment(at, wish.clock))
    elif wish.part_of_day:
        if who:
            who.preferred_time = wish.part_of_day
        turn.say("later.noted", when=phrase(f"time.{wish.part_of_day}"))
    elif day is not None and day > turn.today:
        turn.say("later.noted", when=turn.day(day))
    else:
        return False
    return True


def _cases(turn: Turn) -> list[Any]:
    return open_cases(turn.session, conversation_id=turn.conversation.id)
