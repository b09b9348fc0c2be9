"""Links by which one borrower opens the chat with the bot: made here, sent by whoever made them."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field

from admin_api import reach
from admin_api.guard import Writing, context_of, writes
from admin_api.once import once
from admin_api.problems import conflict
from desk.access import Permission
from outreach import chat_links

router = APIRouter(tags=["chat links"])


class ChatLinkShown(BaseModel):
    url: str | None = Field(description="Given once; null in a repeated answer.")
    expires_at: datetime


@router.post("/borrowers/{borrower_id}/chat-links", status_code=201, response_model=ChatLinkShown)
def make_chat_link(borrower_id: int, request: Request, call: Annotated[Writing, writes(Permission.WORK_CASES)]) -> Any:
    """For Telegram, good for one use: it joins the chat to the borrower. No proof of who writes, and no consent."""
    owner = reach.borrower(call, borrower_id)
    bot = context_of(request).telegram_bot
    if not bot:
        raise conflict("telegram_not_set_up")

    def make() -> ChatLinkShown:
        payload, expires = chat_links.make(call.session, owner, call.principal.actor, call.now)
        call.audit("chat_link_made", f"borrower:{borrower_id}")
        return ChatLinkShown(url=f"https://t.me/{bot}?start={payload}", expires_at=expires)

    return once(call, f"borrower:{borrower_id}:chat_link", "", make, hidden="url")
