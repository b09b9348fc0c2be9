"""The life of an outgoing message: it only moves forward, whatever order the provider's reports arrive in.

Every report is kept. The state is the furthest one that any report or our own send has named, so that callbacks may
come before the answer to our request, twice, or backwards.
"""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from outreach.tables import Address, Message, MessageStatus

# A failure after 'sent' is final, but a phone that shows the message proves that it arrived.
# What the provider says about a message beats what we believed: a doubt, a cancellation.
RANK = {
    "queued": 0,
    "cancelled": 1,
    "skipped": 1,
    "sending": 2,
    "in_doubt": 3,
    "sent": 4,
    "failed": 5,
    "delivered": 6,
    "read": 7,
}
REPORTED = frozenset({"sent", "delivered", "read", "failed"})
# After these the provider has told us that the address is of no use.
UNREACHABLE = frozenset({"unreachable_address", "blocked"})

# Built once: they are asked for each message that leaves and for each report.
_LOCKED = (
    select(Message)
    .where(col(Message.id) == sa.bindparam("message_id"), Message.direction == "out")
    .with_for_update()
    .execution_options(populate_existing=True)
)
_EARLY = select(MessageStatus).where(
    col(MessageStatus.provider_id) == sa.bindparam("provider_id"), col(MessageStatus.message_id).is_(None)
)


def advance(
    session: Session,
    message: Message,
    status: str,
    now: datetime,
    *,
    error_code: str = "",
    raw: dict[str, Any] | None = None,
) -> bool:
    """Records the event and moves the message if that is a step forward; True if it moved."""
    session.add(
        MessageStatus(
            message_id=message.id,
            provider_id=message.provider_id,
            status=status,
            error_code=error_code,
            raw=raw or {},
            at=now,
        )
    )
    return _apply(session, message, status, now, error_code)


def record_status(
    session: Session,
    *,
    channel: str,
    provider_id: str | None,
    our_message_id: int | None,
    status: str,
    now: datetime,
    error_code: str = "",
    raw: dict[str, Any] | None = None,
) -> Message | None:
    """Keeps a provider's report; None where it is not known yet whose it is: `attach_reports` finds it later."""
    message = _find(session, channel, provider_id, our_message_id)
    session.add(
        MessageStatus(
            message_id=message.id if message else None,
            provider_id=provider_id,
            status=status,
            error_code=error_code,
            raw=raw or {},
            at=now,
        )
    )
    if message is not None:
        message.provider_id = message.provider_id or provider_id
        if status in REPORTED:
            _apply(session, message, status, now, error_code)
        elif message.status == "in_doubt" and message.provider_id == provider_id is not None:
            # Whatever it says, the provider has the message.
            _apply(session, message, "sent", now, "")
    session.flush()
    return message


def attach_reports(session: Session, message: Message) -> None:
    """Applies the reports that came before we knew the provider's name for this message."""
    for event in session.exec(_EARLY, params={"provider_id": message.provider_id}).all():
        event.message_id = message.id
        if event.status in REPORTED:
            _apply(session, message, event.status, event.at, event.error_code)


def locked(session: Session, message_id: int) -> Message | None:
    """The row as it is now, held until this transaction ends, so that two reports can't overwrite each other."""
    return session.exec(_LOCKED, params={"message_id": message_id}).first()


def _find(session: Session, channel: str, provider_id: str | None, our_message_id: int | None) -> Message | None:
    message = locked(session, our_message_id) if our_message_id is not None else None
    if message is not None and message.channel == channel and message.provider_id in (None, provider_id):
        return message
    return of_provider(session, channel, provider_id) if provider_id else None


def of_provider(session: Session, channel: str, provider_id: str) -> Message | None:
    """Our message by the provider's name for it, locked."""
    known = session.exec(
        select(Message.id).where(
            Message.channel == channel, Message.direction == "out", Message.provider_id == provider_id
        )
    ).first()
    return locked(session, known) if known is not None else None


def _apply(session: Session, message: Message, status: str, at: datetime, error_code: str) -> bool:
    ahead = RANK[status] - RANK[message.status]
    # What the provider refused at once has no name of its and never left.
    if RANK[status] >= RANK["sent"] and (status != "failed" or message.provider_id is not None):
        message.sent_at = min(message.sent_at or at, at)
    # Of the same report twice the first one counts.
    if ahead > 0 or (ahead == 0 and at < message.status_at):
        message.status, message.status_at, message.error_code = status, at, error_code
        _learn_about_address(session, message, at)
    session.add(message)
    return ahead > 0


def _learn_about_address(session: Session, message: Message, at: datetime) -> None:
    """Only the phone's own word and a refusal say something about it."""
    if message.status not in ("delivered", "read", "failed"):
        return
    address = session.get(Address, message.address_id)
    if address is None:
        return
    if message.status in ("delivered", "read"):
        address.blocked_at = None
    elif message.status == "failed" and message.error_code in UNREACHABLE:
        address.blocked_at = at
        if message.step is not None:
            message.dedupe_key = None  # The next plan may ask for it again, on another channel.
    elif message.status == "failed" and message.error_code == "opted_out":
        address.opted_out_at, address.opted_out_why = address.opted_out_at or at, "provider"
    session.add(address)
