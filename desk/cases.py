"""Cases: work for a person, with the whole story; and who owns the conversation meanwhile."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import uuid4

from sqlmodel import Session, col, select

from desk.tables import Case, CaseEvent
from outreach import judging, messages, windows
from outreach.contact_facts import Verdict
from outreach.tables import Conversation, Message
from store.ids import id_of


class Reason(StrEnum):
    HUMAN_REQUEST = "human_request"
    DISPUTE = "dispute"
    HARDSHIP = "hardship"
    EXTENSION_REQUEST = "extension_request"
    PAYMENT_CLAIM = "payment_claim"
    WRONG_PERSON = "wrong_person"
    COMPLAINT = "complaint"
    VULNERABLE_DISTRESS = "vulnerable_distress"
    DECEASED = "deceased"
    REPRESENTED = "represented"
    ABUSE = "abuse"
    NOT_UNDERSTOOD = "not_understood"
    BROKEN_PROMISES = "broken_promises"
    OUT_OF_POLICY = "out_of_policy"
    MEDIA_REVIEW = "media_review"
    DELIVERY_FAILURE = "delivery_failure"
    OTHER = "other"


# 0 is now. Own defaults: safety first, then rights, then money, then housekeeping.
PRIORITY = {
    Reason.VULNERABLE_DISTRESS: 0,
    Reason.ABUSE: 1,
    Reason.DECEASED: 2,
    Reason.COMPLAINT: 2,
    Reason.DISPUTE: 3,
    Reason.HUMAN_REQUEST: 3,
    Reason.HARDSHIP: 3,
    Reason.REPRESENTED: 3,
    Reason.PAYMENT_CLAIM: 4,
    Reason.EXTENSION_REQUEST: 4,
    Reason.OUT_OF_POLICY: 5,
    Reason.BROKEN_PROMISES: 5,
    Reason.NOT_UNDERSTOOD: 5,
    Reason.MEDIA_REVIEW: 6,
    Reason.WRONG_PERSON: 6,
    Reason.DELIVERY_FAILURE: 7,
    Reason.OTHER: 7,
}


MOST_URGENT = PRIORITY[Reason.VULNERABLE_DISTRESS]


class CaseError(Exception):
    """A step that this case does not allow, with what to do instead.

    `code` is a key of locales' problems: case_closed | case_taken | not_owned | window_closed | may_not_write; the
    last with the contact rules' `reason`."""

    def __init__(self, message: str, code: str = "not_owned", reason: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.reason = reason


def open_case(
    session: Session,
    reason: Reason,
    *,
    now: datetime,
    borrower_id: int | None = None,
    conversation_id: int | None = None,
    loan_id: int | None = None,
    facts: Mapping[str, Any] | None = None,
    offers: Sequence[dict[str, Any]] = (),
    turn_id: str | None = None,
) -> Case:
    """An open case of the same reason about the same person is added to, not doubled."""
    found = _living(session, reason, borrower_id, conversation_id)
    if found is not None:
        if found.turn_id != turn_id:
            found.facts = {**found.facts, **(facts or {})}
            found.offers = found.offers or list(offers)
            note(session, found, "again", now)
        return found
    case = Case(
        reason=reason,
        priority=PRIORITY[reason],
        borrower_id=borrower_id,
        conversation_id=conversation_id,
        loan_id=loan_id,
        facts=dict(facts or {}),
        offers=list(offers),
        opened_at=now,
        turn_id=turn_id,
    )
    session.add(case)
    session.flush()
    note(session, case, "opened", now)
    return case


def open_cases(session: Session, *, conversation_id: int | None = None, borrower_id: int | None = None) -> list[Case]:
    """The queue: most urgent first, then the longest waiting."""
    wanted = select(Case).where(Case.state != "closed")
    if conversation_id is not None:
        wanted = wanted.where(Case.conversation_id == conversation_id)
    if borrower_id is not None:
        wanted = wanted.where(Case.borrower_id == borrower_id)
    return list(session.exec(wanted.order_by(col(Case.priority), col(Case.opened_at), col(Case.id))))


def locked(session: Session, case_id: int) -> Case:
    """The row as it is now, held until this transaction ends: of two who reach for it the second sees the first."""
    wanted = select(Case).where(Case.id == case_id).with_for_update()
    return session.exec(wanted.execution_options(populate_existing=True)).one()


def take_over(session: Session, case: Case, staff_id: int | None, now: datetime, *, from_others: bool = False) -> None:
    """From here on the person writes and the assistant is silent. `from_others`: although somebody else has it."""
    _alive(case)
    if case.staff_id not in (None, staff_id) and not from_others:
        raise _taken(case)
    if case.conversation_id is not None:
        conversation = session.get_one(Conversation, case.conversation_id)
        theirs = conversation.owner == "person" and conversation.owner_staff_id not in (None, staff_id)
        if theirs and not from_others:
            raise _taken(case)
        own(session, conversation, staff_id)
    case.state, case.staff_id, case.taken_at = "taken", staff_id, case.taken_at or now
    session.add(case)
    note(session, case, "taken", now, staff_id)


def own(session: Session, conversation: Conversation, staff_id: int | None) -> None:
    conversation.owner, conversation.owner_staff_id, conversation.asks = "person", staff_id, None
    session.add(conversation)


def assign(session: Session, case: Case, staff_id: int | None, now: datetime) -> None:
    """Who has it next, not taken over yet. The assistant stays silent where a person has begun to write."""
    _alive(case)
    if case.state == "taken" and case.conversation_id is not None:
        conversation = session.get_one(Conversation, case.conversation_id)
        if conversation.owner == "person" and conversation.owner_staff_id == case.staff_id:
            conversation.owner_staff_id = None
            session.add(conversation)
    case.state, case.staff_id = "open", staff_id
    case.assigned_at = now if staff_id is not None else None
    session.add(case)
    note(session, case, "assigned", now, staff_id)


def answer(  # noqa: PLR0917
    session: Session,
    case: Case,
    staff_id: int | None,
    text: str,
    now: datetime,
    keys: Sequence[dict[str, Any]] = (),
) -> Message:
    """A person's message, through the same outbox as all others. With `keys` it may go where free text may not.

    Who begins a talk is bound by the contact rules: what they would throw away is refused here, with the reason."""
    _alive(case)
    conversation = _owned(session, case, staff_id)
    if not keys and not windows.is_open(session, conversation, now):
        raise CaseError(f"Case {case.id}: the channel takes free text only after the borrower wrote.", "window_closed")
    message = messages.write_reply(session, conversation, text=text, now=now, kind="collector", keys=keys)
    if judging.begins(session, message, now):
        judged = judging.would_go(session, message, now)
        if judged.verdict is Verdict.SKIP:
            raise CaseError(f"Case {case.id}: the borrower may not be written to.", "may_not_write", judged.reason)
    note(session, case, "answered", now, staff_id, text, id_of(message))
    return message


def give_back(session: Session, case: Case, staff_id: int | None, summary: str, now: datetime) -> None:
    """The assistant goes on with an empty memory of the talk, and the case is closed with what was agreed."""
    _alive(case)
    return_to_assistant(session, _owned(session, case, staff_id), summary)
    close(session, case, staff_id, summary or "given back", now)


def return_to_assistant(session: Session, conversation: Conversation, summary: str) -> None:
    conversation.owner, conversation.owner_staff_id = "assistant", None
    conversation.summary = summary or None
    conversation.misses = 0
    # What was pending before the person came is over: a new tracker starts without it.
    conversation.tracker, conversation.tracker_turns, conversation.asks = uuid4().hex, 0, None
    session.add(conversation)


def close(  # noqa: PLR0917
    session: Session, case: Case, staff_id: int | None, outcome: str, now: datetime, remark: str = ""
) -> None:
    """The borrower is not left with nobody: a conversation taken over for this case alone goes back."""
    _alive(case)
    was_taken = case.state == "taken"
    case.state, case.closed_at, case.outcome = "closed", now, outcome
    session.add(case)
    note(session, case, "closed", now, staff_id, remark or outcome)
    if was_taken and case.conversation_id is not None:
        conversation = session.get_one(Conversation, case.conversation_id)
        others = select(Case.id).where(Case.conversation_id == case.conversation_id, Case.state == "taken")
        if conversation.owner == "person" and session.exec(others).first() is None:
            return_to_assistant(session, conversation, remark)


def _alive(case: Case) -> None:
    if case.state == "closed":
        raise CaseError(f"Case {case.id} is closed. Open a new one to write to the borrower.", "case_closed")


def _taken(case: Case) -> CaseError:
    return CaseError(f"Case {case.id} is somebody else's. Ask the supervisor to re-assign it.", "case_taken")


def _owned(session: Session, case: Case, staff_id: int | None) -> Conversation:
    if case.conversation_id is None:
        raise CaseError(f"Case {case.id} has no conversation to write in.")
    conversation = session.get_one(Conversation, case.conversation_id)
    if conversation.owner != "person" or conversation.owner_staff_id != staff_id:
        raise CaseError(f"Case {case.id}: take the conversation over before you write in it or give it back.")
    return conversation


def _living(session: Session, reason: Reason, borrower_id: int | None, conversation_id: int | None) -> Case | None:
    same = select(Case).where(Case.reason == reason, Case.state != "closed")
    if conversation_id is not None:
        return session.exec(same.where(Case.conversation_id == conversation_id)).first()
    if borrower_id is not None:
        return session.exec(same.where(Case.borrower_id == borrower_id)).first()
    return None


def note(  # noqa: PLR0917
    session: Session,
    case: Case,
    kind: str,
    now: datetime,
    staff_id: int | None = None,
    text: str = "",
    message_id: int | None = None,
) -> None:
    session.add(CaseEvent(case_id=id_of(case), kind=kind, staff_id=staff_id, note=text, message_id=message_id, at=now))
