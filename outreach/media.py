"""Files that come with messages: awaited from the moment the message is kept, and forgotten when their time is over."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from outreach.tables import MediaContent, MediaFile, Message
from store.ids import id_of

# What can be looked at or listened to by a person. Places and cards of contacts are no files.
FETCHED = frozenset({"image", "document", "voice", "video", "sticker"})
# The types that are kept, each with the ending of its name when it is saved.
ENDINGS = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "image/gif": "gif",
    "image/heic": "heic",
    "application/pdf": "pdf",
    "audio/ogg": "ogg",
    "audio/amr": "amr",
    "audio/mp4": "m4a",
    "audio/mpeg": "mp3",
    "audio/aac": "aac",
    "video/mp4": "mp4",
}
RECEIPTS = frozenset({"image", "document"})
# Own default: a year settles any claim about a payment; the hash stays, so that a receipt used again is still known.
KEPT_FOR = timedelta(days=365)
# The same picture sent again within a day is the same claim.
SAME_CLAIM = timedelta(days=1)


def await_files(session: Session, message_id: int, media: Sequence[Mapping[str, Any]], now: datetime) -> None:
    """In the transaction that keeps the message, so that no file is lost between the two."""
    for position, item in enumerate(media):
        if item.get("kind") in FETCHED and (item.get("url") or item.get("file_id")):
            session.add(MediaFile(message_id=message_id, position=position, kind=str(item["kind"]), try_after=now))


def of_messages(session: Session, message_ids: Sequence[int]) -> list[MediaFile]:
    wanted = select(MediaFile).where(col(MediaFile.message_id).in_(message_ids))
    return list(session.exec(wanted.order_by(col(MediaFile.message_id), col(MediaFile.position))))


def of_conversation(session: Session, conversation_id: int, begun: datetime, ended: datetime | None) -> list[MediaFile]:
    """Those that came between two instants."""
    wanted = (
        select(MediaFile)
        .join(Message, col(Message.id) == MediaFile.message_id)
        .where(Message.conversation_id == conversation_id, Message.created_at >= begun)
    )
    if ended is not None:
        wanted = wanted.where(Message.created_at <= ended)
    return list(session.exec(wanted.order_by(col(MediaFile.id))))


def content_of(session: Session, file: MediaFile) -> bytes | None:
    content = session.get(MediaContent, id_of(file))
    return content.body if content else None


def seen_before(session: Session, file: MediaFile) -> list[Message]:
    """Earlier messages that brought the very same receipt: in other conversations, or in this one for another claim."""
    message = session.get_one(Message, file.message_id)
    wanted = (
        select(Message)
        .join(MediaFile, col(MediaFile.message_id) == Message.id)
        .where(
            MediaFile.sha256 == file.sha256,
            MediaFile.id != file.id,
            col(MediaFile.kind).in_(RECEIPTS),
            sa.or_(
                col(Message.conversation_id) != message.conversation_id,
                col(Message.created_at) < message.created_at - SAME_CLAIM,
            ),
        )
        .order_by(col(Message.id))
    )
    return list(session.exec(wanted)) if file.sha256 and file.kind in RECEIPTS else []


def forget(session: Session, before: datetime) -> int:
    """Deletes the files that were kept before an instant; what is known about them stays."""
    old = sa.select(col(MediaFile.id)).where(col(MediaFile.state) == "kept", col(MediaFile.kept_at) < before)
    session.execute(sa.delete(MediaContent).where(col(MediaContent.file_id).in_(old)))
    done: Any = session.execute(
        sa.update(MediaFile)
        .where(col(MediaFile.state) == "kept", col(MediaFile.kept_at) < before)
        .values(state="forgotten", transcript=None)
    )
    return int(done.rowcount)
