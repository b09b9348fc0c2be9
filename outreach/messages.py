"""Messages come in once and are kept before anything else happens; replies are queued, never sent from here."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select

from outreach import addresses, media
from outreach.tables import Address, Conversation, Message
from store.ids import id_of

REPLY_PRIORITY = 0  # Somebody is waiting for it.


@dataclass(frozen=True, slots=True)
class Inbound:
    """What a channel's hook understood of one message; `payload` is set for a button that we sent."""

    channel: str
    kind: str  # phone | bsuid | telegram_user
    value: str
    provider_id: str | None
    text: str = ""
    message_kind: str = "text"  # text | button | media | location | contact | start
    payload: str | None = None
    media: tuple[dict[str, Any], ...] = ()
    profile_name: str = ""
    also_known_as: str | None = None
    occurred_at: datetime | None = None
    reply_to: str | None = None
    raw: dict[str, Any] = field(default_factory=dict)


def receive(session: Session, inbound: Inbound, now: datetime) -> Message | None:
    """Keeps the message; None when this provider id is there already, also if another process stores it right now."""
    kept = keep(session, inbound, now)
    if kept is None:
        return None
    message = session.get_one(Message, kept)
    session.get_one(Address, message.address_id, populate_existing=True)
    return message


def keep(session: Session, inbound: Inbound, now: datetime) -> int | None:
    """The same for who needs no more than the message's id: three statements, since hundreds may come in a second."""
    place = _place(session, inbound, now)
    kept = _insert(session, inbound, place, now)
    if kept is not None:
        session.connection().execute(_HEARD, {"here": place.address_id, "at": now})
        media.await_files(session, kept, inbound.media, now)
    return kept


class Place(NamedTuple):
    """Where a message belongs."""

    address_id: int
    conversation_id: int
    borrower_id: int | None


def _place(session: Session, inbound: Inbound, now: datetime) -> Place:
    index = addresses.index_of(inbound.kind, inbound.value)
    asked = {"channel": inbound.channel, "kind": inbound.kind, "index": index}
    found: Any = session.connection().execute(_KNOWN, asked).first()
    if found is not None:
        return Place(*found)
    address = addresses.find_or_create(session, inbound.channel, inbound.kind, inbound.value, now)
    conversation = conversation_of(session, address)
    return Place(id_of(address), id_of(conversation), conversation.borrower_id)


def _insert(session: Session, inbound: Inbound, place: Place, now: datetime) -> int | None:
    """One statement that either keeps it or finds it kept: two hundred hooks a second wait for each other here."""
    row = dict(_BLANK) | {
        "conversation_id": place.conversation_id,
        "address_id": place.address_id,
        "borrower_id": place.borrower_id,
        "channel": inbound.channel,
        "kind": inbound.message_kind,
        "turn_id": uuid4().hex,
        "provider_id": inbound.provider_id,
        "text": inbound.text.replace("\x00", ""),  # PostgreSQL's text can't hold NUL.
        "keys": [{"payload": inbound.payload}] if inbound.payload is not None else [],
        "media": list(inbound.media),
        "status_at": now,
        "created_at": now,
    }
    return session.connection().execute(_KEEP[session.get_bind().dialect.name], row).scalar_one_or_none()


# Statements that are built once.
_KEEP = {
    dialect.name: insert(Message).on_conflict_do_nothing().returning(col(Message.id))
    for dialect, insert in ((sqlite.dialect, sqlite.insert), (postgresql.dialect, postgresql.insert))
}
_KNOWN = (
    sa.select(col(Address.id), col(Conversation.id), col(Conversation.borrower_id))
    .join_from(Address, Conversation, col(Conversation.address_id) == col(Address.id))
    .where(
        col(Address.channel) == sa.bindparam("channel"),
        col(Address.kind) == sa.bindparam("kind"),
        col(Address.value_index) == sa.bindparam("index"),
    )
)
_HEARD = (
    sa.update(Address)
    .where(
        col(Address.id) == sa.bindparam("here"),
        sa.or_(col(Address.last_inbound_at).is_(None), col(Address.last_inbound_at) < sa.bindparam("at")),
    )
    .values(last_inbound_at=sa.bindparam("at"))
)
# What is the same for every inbound message.
_BLANK: dict[str, Any] = {
    "direction": "in",
    "status": "received",
    "language": "es",
    "buttons": [],
    "error_code": "",
    "attempts": 0,
    "priority": 5,
    "segments": 0,
}


def conversation_of(session: Session, address: Address) -> Conversation:
    found = session.exec(select(Conversation).where(Conversation.address_id == address.id)).first()
    if found is not None:
        return found
    owners = addresses.borrowers_of(session, address)
    conversation = Conversation(address_id=id_of(address), borrower_id=owners[0].id if len(owners) == 1 else None)
    session.add(conversation)
    session.flush()
    return conversation


def write_reply(
    session: Session,
    conversation: Conversation,
    *,
    text: str,
    now: datetime,
    kind: str = "reply",
    turn_id: str | None = None,
    keys: Sequence[dict[str, Any]] = (),
    buttons: Sequence[dict[str, Any]] = (),
    asks: str | None = None,
    language: str = "es",
    dedupe_key: str | None = None,
) -> Message:
    """Queues a message of a turn (`reply`) or of a person (`collector`) in this conversation."""
    address = session.get_one(Address, conversation.address_id)
    message = Message(
        direction="out",
        conversation_id=id_of(conversation),
        address_id=conversation.address_id,
        borrower_id=conversation.borrower_id,
        channel=address.channel,
        kind=kind,
        turn_id=turn_id,
        text=text,
        keys=list(keys),
        buttons=list(buttons),
        asks=asks,
        language=language,
        status="queued",
        status_at=now,
        priority=REPLY_PRIORITY,
        send_after=now,
        dedupe_key=dedupe_key,
        created_at=now,
    )
    session.add(message)
    session.flush()
    return message
