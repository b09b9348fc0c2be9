"""A person, a complaint, who is writing, another time: wishes that concern people and not money."""

from datetime import datetime
from typing import Any

from actions.changes import unless_promised
from actions.gates import not_in_distress
from actions.registry import answers
from actions.turn import Turn
from desk.cases import Reason, open_case
from desk.tables import Case
from locales.values import moment, phrase
from outreach import holds
from store.ids import id_of
from understanding.contact_time import ContactTime, read_contact_time
from understanding.signals import asks_for_news, asks_for_person

CHANNEL_NAMES = {"whatsapp": "WhatsApp", "sms": "SMS", "telegram": "Telegram"}
# What is said about a case that is still open.
NEWS = {
    Reason.DISPUTE: "dispute.known",
    Reason.PAYMENT_CLAIM: "claim.in_review",
    Reason.COMPLAINT: "complaint.known",
}


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


def hold_writer(turn: Turn, event: str, until: datetime | None = None) -> None:
    """On the borrower, or on the address while it is not known who writes."""
    who = turn.likely
    holds.place(
        turn.session,
        event,
        now=turn.now,
        borrower_id=id_of(who) if who else None,
        address_id=None if who else id_of(turn.address),
        until=until,
        turn_id=turn.id,
    )


@answers("action_human")
def human(turn: Turn) -> None:
    waiting = any(each.reason == Reason.HUMAN_REQUEST for each in turn.open_cases)
    case_for(turn, Reason.HUMAN_REQUEST)
    turn.end_form()
    turn.say("person.known" if waiting else "person.coming")


@answers("action_complaint")
@not_in_distress
@unless_promised
def complaint(turn: Turn) -> None:
    """Or a question about something that is open already."""
    about = _asked_about(turn) if asks_for_news(turn.text) else None
    turn.end_form()
    if about is not None:
        turn.say(NEWS[Reason(about.reason)], case=str(about.id))
        return
    number = case_for(turn, Reason.COMPLAINT)
    if turn.address.opted_out_at is not None:
        turn.silent = True
        return
    turn.say("complaint.opened", case=number, contact=turn.lender.complaints_contact)
    if _wants_person_too(turn):
        human(turn)


def _wants_person_too(turn: Turn) -> bool:
    """Unless another clause of the message asks for it, or has."""
    answered = {each["intent"] for each in turn.metadata.get("also") or []} | {each.reason for each in turn.open_cases}
    return asks_for_person(turn.text) and not answered & {"ask_human", Reason.HUMAN_REQUEST}


@answers("action_who_are_you")
@unless_promised
def who_are_you(turn: Turn) -> None:
    if turn.address.wrong_person_at is not None:
        turn.say("who.stopped", lender=turn.lender.name)
    else:
        turn.say("who.known" if turn.borrower else "who.neutral", lender=turn.lender.name)


@answers("action_call_later")
@not_in_distress
@unless_promised
def call_later(turn: Turn) -> None:
    """Noted when it says when or where; else the form asks, unless a person is coming anyway."""
    if _note_wish(turn, turn.text):
        return
    if any(each.reason == Reason.HUMAN_REQUEST for each in turn.open_cases):
        turn.say("person.known")
    else:
        turn.go_on_with("contact_form")


@answers("validate_contact_form")
def read_time(turn: Turn) -> None:
    if not turn.is_answering("contact_form"):
        return
    if _note_wish(turn, turn.text, asked=True):
        turn.set(contact_time="noted")
    elif turn.means("deny", "nlu_fallback", "thanks") or turn.intent == "nlu_fallback":
        turn.set(contact_time="open")
        turn.say("ok_idle")


@answers("action_ask_contact_time")
def ask_time(turn: Turn) -> None:
    turn.say("later.ask")
    turn.asks = "contact_time"


@answers("action_contact_done")
def time_done(turn: Turn) -> None:
    turn.set(contact_time=None)


def _note_wish(turn: Turn, text: str, *, asked: bool = False) -> bool:
    wish = read_contact_time(text)
    day = turn.read("date" if asked else None, text=wish.rest).date
    if day is not None and day <= turn.today:
        day = None
    _prefer(turn, wish)
    if wish.channel:
        turn.say("later.channel", channel=CHANNEL_NAMES[wish.channel])
    elif wish.clock:
        turn.say("later.noted", when=moment(day or turn.today, wish.clock))
    elif wish.part_of_day:
        part = phrase(f"time.{wish.part_of_day}")
        turn.say("later.noted", when=phrase("moment", date=turn.day(day), time=part) if day else part)
    elif day is not None:
        turn.say("later.noted", when=turn.day(day))
    else:
        return False
    return True


def _prefer(turn: Turn, wish: ContactTime) -> None:
    who = turn.likely
    if who is None:
        return
    who.preferred_channel = wish.channel or who.preferred_channel
    time = wish.clock.strftime("%H:%M") if wish.clock else wish.part_of_day
    who.preferred_time = time or who.preferred_time


def _asked_about(turn: Turn) -> Case | None:
    return next((each for each in turn.open_cases if each.reason in NEWS), None)
