"""What a provider says later about a message of ours: kept, applied forward only, and a passing failure tried again."""

from datetime import timedelta

from sqlmodel import Session, col, select

from bot.channels.base import SendError, StatusEvent
from outreach import addresses
from outreach.delivery import record_status
from outreach.tables import Message, MessageStatus

# Own default, after the practice of public gateways: three attempts, the second after five minutes.
ATTEMPTS = 3
PAUSE = timedelta(minutes=5)


def record(
    session: Session, event: StatusEvent, recipient: tuple[str, str], retry_after: float | None = None
) -> Message | None:
    """`recipient`: kind and value of the address that the report names. None while nobody knows whose report it is."""
    channel = event.channel or _channel_of(session, event.provider_id)
    message = record_status(
        session,
        channel=channel,
        provider_id=event.provider_id,
        # A late report of an attempt that failed says nothing about the one that follows it.
        our_message_id=None if _failed_before(session, event.provider_id) else event.message_id,
        status=event.status,
        now=event.at,
        error_code=event.error_code,
        raw=event.raw,
    )
    if message is None and event.error_code == SendError.OPTED_OUT:
        _opt_out(session, channel, recipient, event)
    if message is not None and _worth_another_try(message, event):
        _queue_again(session, message, event, retry_after)
    return message


def _worth_another_try(message: Message, event: StatusEvent) -> bool:
    failed_now = event.status == message.status == "failed" and message.error_code == event.error_code
    # Whoever is still sending it would take the answer of this attempt for that of the next.
    in_hand = message.claimed_until is not None and message.claimed_until > event.at
    if not failed_now or in_hand:
        return False
    # WhatsApp counts its window otherwise than we: a text of the clock goes once more, as a template.
    as_template = event.error_code == SendError.WINDOW_CLOSED and message.step is not None and message.attempts == 0
    return as_template or (SendError(event.error_code).retry and message.attempts < ATTEMPTS - 1)


def _queue_again(session: Session, message: Message, event: StatusEvent, retry_after: float | None) -> None:
    """The next attempt gets a name of its own from the provider."""
    message.attempts += 1
    pause = max(PAUSE * message.attempts, timedelta(seconds=retry_after or 0))
    message.status, message.status_at, message.send_after = "queued", event.at, event.at + pause
    message.provider_id = message.sent_at = message.claimed_until = None
    session.add(message)


def _failed_before(session: Session, provider_id: str | None) -> bool:
    seen = select(MessageStatus.id).where(MessageStatus.provider_id == provider_id, MessageStatus.status == "failed")
    # While the message still goes by this name, its later reports count: what was read has arrived.
    current = select(Message.id).where(Message.provider_id == provider_id, Message.direction == "out")
    if provider_id is None:
        return False
    return session.exec(seen).first() is not None and session.exec(current).first() is None


def _channel_of(session: Session, provider_id: str | None) -> str:
    found = session.exec(
        select(Message.channel).where(
            col(Message.channel).in_(("whatsapp", "sms")),
            Message.direction == "out",
            Message.provider_id == provider_id,
        )
    ).first()
    return found or "sms"


def _opt_out(session: Session, channel: str, recipient: tuple[str, str], event: StatusEvent) -> None:
    """Somebody has opted out of this sender, whether or not we know the message that told so."""
    kind, value = recipient
    address = addresses.find(session, channel, kind, value)
    if address is not None:
        addresses.opt_out(session, address, "provider", event.at)
