"""Files that came with messages: what is known of one, and the file itself for those who may read the conversation."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field
from sqlmodel import Session

from admin_api import conversations, reach
from admin_api.guard import Reading, reads
from admin_api.problems import not_found
from desk.access import Permission
from desk.tables import Case
from loans.tables import Borrower
from outreach import media
from outreach.tables import MediaFile, Message
from store.ids import id_of

router = APIRouter(prefix="/files", tags=["files"])

# Somebody unknown made this file. It is saved or shown as what it is, in a page of nobody, and lies in no cache.
_GUARDED = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, no-store",
}
# A receipt often comes before the words that open the case.
BEFORE = timedelta(hours=1)


class FileShown(BaseModel):
    id: int
    kind: str = Field(description="image | document | voice | video | sticker")
    state: str = Field(description="waiting | kept | refused | lost | forgotten")
    reason: str = Field(description="Why it is not here, if it was refused or lost.")
    mime: str = Field(description="What the file is, whatever its sender said.")
    size: int
    transcript: str | None = Field(description="A voice note's words, where a program could tell them.")


class MediaShown(BaseModel):
    """One thing that came with a message: a picture, a voice note, a sticker."""

    kind: str = Field(description="image | document | voice | video | sticker | other")
    name: str = Field(description="As its sender called it.")
    seconds: int | None
    file: FileShown | None


@router.get(
    "/{file_id}",
    response_class=Response,
    responses={200: {"content": {"*/*": {"schema": {"type": "string", "format": "binary"}}}}},
)
def one_file(file_id: int, call: Annotated[Reading, reads(Permission.READ_CASES)]) -> Response:
    """For whoever may read the conversation that it came in."""
    found: MediaFile = reach.row(call, MediaFile, file_id)
    _reach(call, call.session.get_one(Message, found.message_id))
    body = media.content_of(call.session, found)
    if body is None:
        raise not_found()
    name = f"{found.kind}-{file_id}.{media.ENDINGS.get(found.mime, 'bin')}"
    headers = {**_GUARDED, "Content-Disposition": f'attachment; filename="{name}"'}
    return Response(body, media_type=found.mime, headers=headers)


def of_case(session: Session, case: Case) -> list[FileShown]:
    """What came in the conversation from shortly before the case was opened until it was closed."""
    if case.conversation_id is None:
        return []
    found = media.of_conversation(session, case.conversation_id, case.opened_at - BEFORE, case.closed_at)
    return [shown(each) for each in found]


def of_messages(session: Session, messages: Sequence[Message]) -> dict[int, list[MediaShown]]:
    """By message. Where a file lies at the provider is nobody's business."""
    with_media = [each for each in messages if each.media]
    files = {
        (each.message_id, each.position): each for each in media.of_messages(session, list(map(id_of, with_media)))
    }
    return {
        id_of(message): [_item(item, files.get((id_of(message), at))) for at, item in enumerate(message.media)]
        for message in with_media
    }


def shown(file: MediaFile) -> FileShown:
    return FileShown.model_validate(file, from_attributes=True)


def _item(item: dict[str, Any], file: MediaFile | None) -> MediaShown:
    seconds = item.get("duration", item.get("seconds"))
    return MediaShown(
        kind=str(item.get("kind") or "other"),
        name=str(item.get("file_name") or ""),
        seconds=int(seconds) if isinstance(seconds, int | float) else None,
        file=shown(file) if file else None,
    )


def _reach(call: Reading, message: Message) -> None:
    """As the message itself is reached."""
    if message.borrower_id is None:
        conversations.conversation(call, message.conversation_id)
    else:
        reach.borrower(call, id_of(call.session.get_one(Borrower, message.borrower_id)))
