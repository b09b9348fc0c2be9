"""Conversations: the thread with one address, and who writes in it."""

from datetime import datetime
from typing import Annotated

import sqlalchemy as sa
from fastapi import APIRouter
from pydantic import BaseModel, Field
from sqlmodel import col

from admin_api import reach
from admin_api.guard import Reading, reads
from admin_api.paging import After, Limit, Page, page
from admin_api.problems import not_found
from desk.access import Permission
from desk.tables import Staff
from loans.tables import Borrower
from outreach import windows
from outreach.tables import Address, Conversation
from store.ids import id_of

router = APIRouter(prefix="/conversations", tags=["conversations"])


class ConversationShown(BaseModel):
    id: int
    borrower_id: int | None
    channel: str
    owner: str = Field(description="assistant | person")
    owner_staff: str | None
    owner_staff_id: int | None
    asks: str | None = Field(description="What the assistant waits to hear.")
    window_until: datetime | None = Field(description="Until when free text may be sent; null: always, or never yet.")
    free_text: bool


@router.get("")
def list_conversations(
    borrower_id: int, call: Annotated[Reading, reads(Permission.READ_CASES)], limit: Limit = 50, after: After = None
) -> Page[ConversationShown]:
    reach.borrower(call, borrower_id)
    wanted = sa.select(Conversation).where(col(Conversation.borrower_id) == borrower_id)
    show = lambda row: shown_conversation(call, row[0])  # noqa: E731
    return page(call.session, wanted, [col(Conversation.id)], limit, after, show, newest_first=True)


@router.get("/{conversation_id}")
def one_conversation(conversation_id: int, call: Annotated[Reading, reads(Permission.READ_CASES)]) -> ConversationShown:
    return shown_conversation(call, conversation(call, conversation_id))


def conversation(call: Reading, conversation_id: int) -> Conversation:
    """That of nobody known is seen by who is bound to no branch."""
    found: Conversation = reach.row(call, Conversation, conversation_id)
    if call.principal.branches is not None:
        owner = call.session.get(Borrower, found.borrower_id) if found.borrower_id else None
        if owner is None or not call.principal.reaches(owner.branch):
            raise not_found()
    return found


def shown_conversation(call: Reading, talk: Conversation) -> ConversationShown:
    address = call.session.get_one(Address, talk.address_id)
    closes = windows.closes_at(windows.policy_at(call.session, call.now), address, call.now)
    owner = call.session.get(Staff, talk.owner_staff_id) if talk.owner_staff_id else None
    return ConversationShown(
        id=id_of(talk),
        borrower_id=talk.borrower_id,
        channel=address.channel,
        owner=talk.owner,
        owner_staff=owner.name if owner else None,
        owner_staff_id=talk.owner_staff_id,
        asks=talk.asks,
        window_until=closes if closes and address.last_inbound_at else None,
        free_text=closes is None or call.now < closes,
    )
