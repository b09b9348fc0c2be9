"""Messages: a thread newest first, with how each was delivered; and one with the decision behind it."""

import re
from collections import defaultdict
from datetime import datetime
from typing import Annotated, Any

import sqlalchemy as sa
from fastapi import APIRouter
from pydantic import BaseModel, Field
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from admin_api import conversations, files, reach
from admin_api.files import MediaShown
from admin_api.guard import Reading, reads
from admin_api.paging import After, Limit, Page, page
from admin_api.problems import not_found
from desk.access import Permission
from desk.tables import CaseEvent, Staff
from loans.tables import Borrower
from outreach.tables import Conversation, Message, MessageStatus

router = APIRouter(tags=["messages"])
Seeing = Annotated[Reading, reads(Permission.READ_CASES)]


class StatusShown(BaseModel):
    status: str
    at: datetime
    error_code: str


class MessageShown(BaseModel):
    id: int
    conversation_id: int
    borrower_id: int | None
    direction: str = Field(description="in | out")
    channel: str
    kind: str
    text: str = Field(description="Digits of an answer to 'who are you' are hidden: they prove identity.")
    buttons: list[dict[str, Any]]
    media: list[MediaShown]
    status: str
    status_at: datetime
    statuses: list[StatusShown]
    intent: str | None
    step: str | None
    created_at: datetime
    sent_at: datetime | None
    staff_name: str | None = Field(description="Who wrote it, if a person did.")


class MessageStory(MessageShown):
    error_code: str
    send_after: datetime | None
    decision: dict[str, Any] | None = Field(description="The verdict and all that it was based on.")


@router.get("/conversations/{conversation_id}/messages")
def conversation_messages(
    conversation_id: int, call: Seeing, limit: Limit = 50, after: After = None
) -> Page[MessageShown]:
    conversations.conversation(call, conversation_id)
    return _thread(call, col(Message.conversation_id) == conversation_id, limit, after)


@router.get("/borrowers/{borrower_id}/messages")
def borrower_messages(borrower_id: int, call: Seeing, limit: Limit = 50, after: After = None) -> Page[MessageShown]:
    """Over all channels, with what they wrote before they had proved who they are."""
    reach.borrower(call, borrower_id)
    theirs = sa.select(col(Conversation.id)).where(col(Conversation.borrower_id) == borrower_id)
    before = sa.and_(col(Message.conversation_id).in_(theirs), col(Message.borrower_id).is_(None))
    return _thread(call, sa.or_(col(Message.borrower_id) == borrower_id, before), limit, after)


@router.get("/messages/{message_id}")
def one_message(message_id: int, call: Seeing) -> MessageStory:
    found: Message = reach.row(call, Message, message_id)
    row = call.session.execute(_rows(call).where(col(Message.id) == found.id)).first()
    if row is None:
        raise not_found()
    if found.borrower_id is None:
        conversations.conversation(call, found.conversation_id)
    shown = _shown(row, _statuses(call.session, [message_id]), files.of_messages(call.session, [found]))
    return MessageStory(
        **shown.model_dump(), error_code=found.error_code, send_after=found.send_after, decision=found.decision
    )


def _thread(call: Reading, which: sa.ColumnElement[bool], limit: int, after: str | None) -> Page[MessageShown]:
    rows: Page[Any] = page(
        call.session, _rows(call).where(which), [col(Message.id)], limit, after, lambda row: row, newest_first=True
    )
    statuses = _statuses(call.session, [row[0].id for row in rows.items])
    media = files.of_messages(call.session, [row[0] for row in rows.items])
    return Page[MessageShown](items=[_shown(row, statuses, media) for row in rows.items], next=rows.next)


def _rows(call: Reading) -> sa.Select[Any]:
    """(message, what the message before it asked, who wrote it). A shared phone's other people may be out of reach."""
    earlier = aliased(Message)
    asked = (
        sa.select(col(earlier.asks))
        .where(
            col(earlier.conversation_id) == Message.conversation_id,
            col(earlier.direction) == "out",
            col(earlier.id) < Message.id,
        )
        .order_by(col(earlier.id).desc())
        .limit(1)
        .correlate(Message)
        .scalar_subquery()
    )
    writer = (
        sa.select(col(Staff.name))
        .join(CaseEvent, col(CaseEvent.staff_id) == Staff.id)
        .where(col(CaseEvent.message_id) == Message.id)
        .limit(1)
        .correlate(Message)
        .scalar_subquery()
    )
    wanted = sa.select(Message, asked, writer)
    if call.principal.branches is None:
        return wanted
    joined = wanted.join(Borrower, col(Borrower.id) == Message.borrower_id, isouter=True)
    return joined.where(sa.or_(col(Message.borrower_id).is_(None), reach.reached(call)))


def _statuses(session: Session, message_ids: list[int]) -> dict[int, list[StatusShown]]:
    found: dict[int, list[StatusShown]] = defaultdict(list)
    wanted = select(MessageStatus).where(col(MessageStatus.message_id).in_(message_ids))
    for each in session.exec(wanted.order_by(col(MessageStatus.id))):
        shown = StatusShown(status=each.status, at=each.at, error_code=each.error_code)
        found[each.message_id or 0].append(shown)
    return found


def _shown(row: Any, statuses: dict[int, list[StatusShown]], media: dict[int, list[MediaShown]]) -> MessageShown:
    message, asked, writer = row[:3]
    proves = message.direction == "in" and asked == "identity"
    return MessageShown(
        id=message.id,
        conversation_id=message.conversation_id,
        borrower_id=message.borrower_id,
        direction=message.direction,
        channel=message.channel,
        kind=message.kind,
        text=re.sub(r"\d", "•", message.text) if proves else message.text,
        buttons=message.buttons,
        media=media.get(message.id, []),
        status=message.status,
        status_at=message.status_at,
        statuses=statuses.get(message.id, []),
        intent=message.intent,
        step=message.step,
        created_at=message.created_at,
        sent_at=message.sent_at,
        staff_name=writer,
    )
