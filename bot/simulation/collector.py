"""The collector's side of the phone: takes a conversation over, writes in it, gives it back."""

from datetime import datetime

from sqlmodel import Session, col, select

from desk import cases
from desk.cases import CaseError
from desk.tables import Case
from outreach.messages import write_reply
from outreach.tables import Conversation, Message


def take_over(session: Session, conversation: Conversation, now: datetime) -> Case | None:
    """With the most urgent open case, if there is one."""
    case = _case(session, conversation, "open")
    if case is None:
        cases.own(session, conversation, None)
        return None
    cases.take_over(session, case, None, now, from_others=True)
    return case


def say(session: Session, conversation: Conversation, text: str, now: datetime) -> Message:
    if conversation.owner != "person":
        raise CaseError("The assistant has this conversation: take it over before you write.")
    case = _case(session, conversation, "taken")
    if case is not None:
        return cases.answer(session, case, None, text, now)
    return write_reply(session, conversation, text=text, now=now, kind="collector")


def give_back(session: Session, conversation: Conversation, summary: str, now: datetime) -> None:
    """Closes the case that was taken; the others stay open."""
    if conversation.owner != "person":
        raise CaseError("The assistant has this conversation already: there is nothing to give back.")
    case = _case(session, conversation, "taken")
    if case is not None:
        cases.give_back(session, case, None, summary, now)
    else:
        cases.return_to_assistant(session, conversation, summary)


def _case(session: Session, conversation: Conversation, state: str) -> Case | None:
    return session.exec(
        select(Case)
        .where(Case.conversation_id == conversation.id, Case.state == state)
        .order_by(col(Case.priority), col(Case.opened_at), col(Case.id))
    ).first()
