"""What was written to a borrower, what was not and why, and what is about to be."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Annotated, Any

import sqlalchemy as sa
from fastapi import APIRouter, Request
from pydantic import BaseModel, Field
from sqlmodel import col, select

from admin_api import reach
from admin_api.guard import Reading, context_of, reads
from admin_api.paging import Limit
from desk.access import Permission
from locales import phrases
from outreach import judging, planning
from outreach.planning import Planned
from outreach.tables import Message, PlanSkip

router = APIRouter(tags=["contacts"])


class PastContact(BaseModel):
    """A message, or a reminder that was due and was not written; then `reason` says why."""

    message_id: int | None = None
    day: date
    at: datetime | None = Field(default=None, description="Null for what was not written.")
    loan_id: int | None
    step: str | None
    channel: str | None = None
    kind: str | None = None
    text: str | None = None
    status: str
    reason: str | None = None
    decision: dict[str, Any] | None


class ComingContact(BaseModel):
    """Queued, or what the plan of today would write or leave out now."""

    message_id: int | None = Field(default=None, description="Null while it is not queued.")
    at: datetime | None = Field(default=None, description="Null for what will not be written.")
    loan_id: int | None
    step: str | None
    channel: str | None = None
    kind: str
    text: str | None = Field(default=None, description="As it would be said now; null where that is settled later.")
    reason: str | None = Field(default=None, description="Why it will not be written.")
    decision: dict[str, Any] | None


class Contacts(BaseModel):
    past: list[PastContact]
    coming: list[ComingContact]


@router.get("/borrowers/{borrower_id}/contacts")
def contacts(
    borrower_id: int,
    request: Request,
    call: Annotated[Reading, reads(Permission.READ_PORTFOLIO)],
    limit: Limit = 50,
) -> Contacts:
    """The newest `limit` of the past first; what is coming by time."""
    reach.borrower(call, borrower_id)
    past = [*_messages(call, borrower_id, limit), *_silences(call, borrower_id, limit)]
    past.sort(key=lambda each: (each.day, each.at is not None, each.at, each.message_id), reverse=True)
    planned = _planned(call, borrower_id, context_of(request).channels)
    return Contacts(past=past[:limit], coming=[*_queued(call, borrower_id), *planned])


def _messages(call: Reading, borrower_id: int, limit: int) -> list[PastContact]:
    wanted = (
        _of(borrower_id)
        .where(col(Message.status) != "queued")
        .order_by(col(Message.created_at).desc(), col(Message.id).desc())
    )
    return [
        PastContact(
            message_id=each.id,
            day=reach.day(call, each.sent_at or each.created_at),
            at=each.sent_at or each.created_at,
            loan_id=each.loan_id,
            step=each.step,
            channel=each.channel,
            kind=each.kind,
            text=each.text or None,
            status=each.status,
            reason=each.error_code or None,
            decision=each.decision,
        )
        for each in call.session.execute(wanted.limit(limit)).scalars()
    ]


def _silences(call: Reading, borrower_id: int, limit: int) -> list[PastContact]:
    wanted = select(PlanSkip).where(PlanSkip.borrower_id == borrower_id)
    newest = wanted.order_by(col(PlanSkip.day).desc(), col(PlanSkip.id).desc()).limit(limit)
    return [
        PastContact(
            day=each.day,
            loan_id=each.loan_id,
            step=each.step,
            status="not_written",
            reason=each.reason,
            decision=each.decision,
        )
        for each in call.session.exec(newest)
    ]


def _queued(call: Reading, borrower_id: int) -> list[ComingContact]:
    wanted = _of(borrower_id).where(col(Message.status) == "queued").order_by(col(Message.send_after), col(Message.id))
    return [
        ComingContact(
            message_id=each.id,
            at=each.send_after,
            loan_id=each.loan_id,
            step=each.step,
            channel=each.channel,
            kind=each.kind,
            text=each.text or None,
            decision=each.decision,
        )
        for each in call.session.execute(wanted).scalars()
    ]


def _planned(call: Reading, borrower_id: int, channels: Collection[str] | None) -> list[ComingContact]:
    found = []
    for each in planning.preview(call.session, call.now, channels, borrower_id=borrower_id):
        about: dict[str, Any] = {
            "loan_id": each.candidate.loan_id,
            "step": each.candidate.step.id,
            "kind": each.candidate.kind,
            "decision": judging.record(each.decision) if each.decision else None,
        }
        if isinstance(each, Planned):
            about |= {"at": each.at, "channel": each.address.channel, "text": _text(call, each)}
        else:
            about |= {"reason": each.reason}
        found.append(ComingContact(**about))
    return found


def _text(call: Reading, planned: Planned) -> str:
    locale = f"{planned.who.language}_{planned.who.country}"
    words = planning.text_words(call.session, planned, call.now)
    return "\n\n".join(phrases.say(each, locale) for each in words)


def _of(borrower_id: int) -> sa.Select[Any]:
    return sa.select(Message).where(col(Message.borrower_id) == borrower_id, col(Message.direction) == "out")
