"""One message of the phone, from the hook to the answer: the wait for the product's own loop."""

import time
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from bot.simulation import incoming, views
from bot.simulation.people import Person
from outreach import messages
from outreach.delivery import record_status
from outreach.tables import Conversation, Message
from store.clock import Clock
from store.engine import reading, transaction
from store.ids import id_of

LONGEST_WAIT = 90.0  # seconds of real time
PAUSE = 0.02
WAITING = ("queued", "sending")


def take(engine: sa.Engine, clock: Clock, settle: Callable[[], None], body: Mapping[str, Any]) -> dict[str, Any]:
    """Raises IncomingError for what no phone can send."""
    with transaction(engine) as session:
        kept = messages.receive(session, incoming.read(session, body), clock.now())
        if kept is None:
            raise incoming.IncomingError("this message is here already: send it with another id")
        message_id = id_of(kept)
    ends = time.monotonic() + LONGEST_WAIT
    settle()
    while not _answered(engine, message_id) and time.monotonic() < ends:
        time.sleep(PAUSE)
        settle()
    with reading(engine) as session:
        return _answer(session, session.get_one(Message, message_id))


def _answered(engine: sa.Engine, message_id: int) -> bool:
    """Handled, also by another process's loop, and what it wrote has left."""
    with reading(engine) as session:
        message = session.get_one(Message, message_id)
        return message.status != "received" and all(each.status not in WAITING for each in _replies(session, message))


def _replies(session: Session, message: Message) -> list[Message]:
    wanted = select(Message).where(Message.turn_id == message.turn_id, Message.direction == "out")
    return list(session.exec(wanted.order_by(col(Message.id))))


def _answer(session: Session, message: Message) -> dict[str, Any]:
    replies = _replies(session, message)
    talk = session.get_one(Conversation, message.conversation_id)
    return {
        "replies": [views.reply(each) for each in replies],
        "intent": message.intent,
        "asks": (replies[-1].asks or talk.asks) if replies else talk.asks,
        "status": message.status,
    }


def see(session: Session, person: Person, channel: str, now: datetime) -> int:
    ids = [each.id for each in person.addresses if each.channel == channel]
    unread = select(Message).where(
        col(Message.address_id).in_(ids), Message.direction == "out", col(Message.status).in_(("sent", "delivered"))
    )
    found = session.exec(unread).all()
    for message in found:
        for status in ("delivered", "read"):
            record_status(
                session,
                channel=channel,
                provider_id=message.provider_id,
                our_message_id=message.id,
                status=status,
                now=now,
            )
    return len(found)
