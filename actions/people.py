"""A person, a complaint, who is writing, another time: wishes that concern people and not money."""

from datetime import datetime
from typing import Any

from actions.changes import unless_promised
from actions.gates import not_in_distress
from actions.registry import answers
from actions.turn import Turn
from desk.cases import Reason, open_case
from outreach import holds
from store.ids import id_of
from understanding.signals import asks_for_news, asks_for_person, tells_ill_treatment

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
    """Or a question about something that is open already: 'so who looks into this?'."""
    if not asks_for_person(turn.text) and tell_news(turn):
        return
    reasons = {each.reason for each in turn.open_cases}
    if _complains_too(turn, reasons):
        turn.go_on_with("action_complaint")  # It comes back here for the person.
        return
    waiting = Reason.HUMAN_REQUEST in reasons
    case_for(turn, Reason.HUMAN_REQUEST)
    turn.end_form()
    turn.say("person.known" if waiting else "person.coming")


def _complains_too(turn: Turn, reasons: set[str]) -> bool:
    """'Me gritaron, quiero hablar con un encargado', where a complaint would be answered, and is not open yet."""
    at_once = turn.in_distress or "deceased" in turn.holds or turn.address.opted_out_at is not None
    return tells_ill_treatment(turn.text) and not at_once and Reason.COMPLAINT not in reasons


@answers("action_complaint")
@not_in_distress
@unless_promised
def complaint(turn: Turn) -> None:
    """Or a question about something that is open already."""
    if "deceased" in turn.holds:
        turn.go_on_with("action_human")  # Whoever has lost somebody gets a person and no number.
        return
    if tell_news(turn):
        return
    turn.end_form()
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


def tell_news(turn: Turn) -> bool:
    """How what is open already is going, to whoever asks for it."""
    about = next((each for each in turn.open_cases if each.reason in NEWS), None)
    if about is None or not asks_for_news(turn.text):
        return False
    turn.end_form()
    turn.say(NEWS[Reason(about.reason)], case=str(about.id))
    return True
