"""Turns are taken from the inbox: oldest first, one at a time per conversation, again after a crash or a failure.

No transaction is open while Rasa is called. A turn is idempotent: its id travels to the actions, whose writes happen
once per id, and an attempt that got as far as an answer in Rasa's tracker is not asked again.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
import structlog
from sqlmodel import Session, col, select

from bot import chats, protection, turns, voice, wishes
from bot.dialogue import Dialogue, DialogueDown, Part
from desk.cases import Reason, open_case
from locales import phrases
from outreach import messages
from outreach.tables import Conversation, Message
from store.clock import Clock
from store.effects import TurnEffect
from store.engine import reading, transaction
from store.ids import id_of

log = structlog.get_logger()

# Longer than any turn may take (three calls of 20 s at most), so an expired lease means a dead process.
LEASE = timedelta(seconds=75)
# Seconds before the next attempt. After the last of these, two minutes have gone by: the borrower gets one apology
# and a person a case; attempts go on once a minute.
PATIENCE = (1, 2, 4, 8, 15, 30, 30, 30)
AFTERWARDS = 60
LONG_ENOUGH = timedelta(minutes=2)


def handle_next(engine: sa.Engine, dialogue: Dialogue, clock: Clock, patience: Sequence[float] = PATIENCE) -> bool:
    """Takes one turn; False when no conversation is waiting."""
    message_id = _claim(engine)
    if message_id is None:
        return False
    try:
        _take(engine, dialogue, clock, message_id)
    except DialogueDown as problem:
        log.warning("turn_failed", message=message_id, why=str(problem))
        _put_back(engine, clock, message_id, patience)
    except Exception as problem:  # One broken turn must not hold up the others, nor be lost or spin.
        log.exception("turn_broke", message=message_id, problem=type(problem).__name__)
        _put_back(engine, clock, message_id, patience)
    finally:
        _release(engine, message_id)
    return True


def free_leases(engine: sa.Engine) -> None:
    """When no other process takes turns, what the last one had in hand when it ended need not wait."""
    with transaction(engine) as session:
        session.execute(
            sa.update(Conversation).where(col(Conversation.claimed_until).is_not(None)).values(claimed_until=None)
        )


def _claim(engine: sa.Engine) -> int | None:
    """The oldest waiting message of a conversation that nobody is working on."""
    real = datetime.now(UTC)
    # A look that takes no lock: most often there is nothing to do, and several loops ask.
    with reading(engine) as session:
        if session.execute(_waiting(real)).first() is None:
            return None
    with transaction(engine) as session:
        for message_id, conversation_id in session.execute(_waiting(real)):
            claimed = session.execute(
                sa.update(Conversation)
                .where(col(Conversation.id) == conversation_id, _free(real))
                .values(claimed_until=real + LEASE)
            )
            if claimed.rowcount == 1:  # type: ignore[attr-defined]
                return int(message_id)
    return None


def _waiting(real: datetime) -> Any:
    oldest = (
        sa.select(sa.func.min(col(Message.id)).label("id"), col(Message.conversation_id))
        .where(col(Message.status) == "received")
        .group_by(col(Message.conversation_id))
        .subquery()
    )
    return (
        sa.select(col(Message.id), col(Message.conversation_id))
        .join(oldest, oldest.c.id == col(Message.id))
        .join(Conversation, col(Conversation.id) == col(Message.conversation_id))
        .where(_free(real), sa.or_(col(Message.send_after).is_(None), col(Message.send_after) <= real))
        .order_by(col(Message.id))
        .limit(20)
    )


def _free(real: datetime) -> sa.ColumnElement[bool]:
    return sa.or_(col(Conversation.claimed_until).is_(None), col(Conversation.claimed_until) < real)


def _take(engine: sa.Engine, dialogue: Dialogue, clock: Clock, message_id: int) -> None:
    with transaction(engine) as session:
        message = session.get_one(Message, message_id)
        if chats.answered(session, message, clock.now()):
            _handled(message, clock.now())
            return
        # A repeated turn is asked with the time of the first attempt, so that 'mañana' stays the same day.
        asked = turns.question(session, message, message.created_at)
        if asked is None:
            protection.heed(session, message, clock.now())
            _handled(message, clock.now())
            return
        asked = voice.confirmed(session, message, asked)
        tried_before = message.attempts > 0
        message.attempts += 1
    parts = _ask_again(engine, dialogue, message_id, asked) if tried_before else _ask(dialogue, asked)
    with transaction(engine) as session:
        if _broken(session, str(asked.metadata["turn_id"])):
            raise DialogueDown("an action failed")
        _finish(session, message_id, parts, clock.now())


def _ask(dialogue: Dialogue, asked: turns.Question) -> list[Part]:
    if asked.carries_over is not None:
        dialogue.carry_over(asked.carries_over, asked.tracker)
    heard = wishes.hear(dialogue, asked)
    return dialogue.ask(heard.tracker, heard.text, heard.metadata)


def _ask_again(engine: sa.Engine, dialogue: Dialogue, message_id: int, asked: turns.Question) -> list[Part]:
    """The answer of an attempt that died after Rasa had saved it, else a new one; half an attempt is taken back."""
    turn_id = str(asked.metadata["turn_id"])
    with reading(engine) as session:
        broken = _broken(session, turn_id)
    parts = [] if broken else dialogue.answered(asked.tracker, turn_id)
    log.info("turn_again", message=message_id, answered=bool(parts), broken=broken)
    if parts:
        return parts
    fresh = uuid4().hex
    if dialogue.take_back(asked.tracker, turn_id, fresh):
        asked = replace(asked, tracker=fresh)
    with transaction(engine) as session:
        message = session.get_one(Message, message_id)
        session.get_one(Conversation, message.conversation_id).tracker = asked.tracker
        session.execute(
            sa.delete(TurnEffect).where(col(TurnEffect.turn_id) == turn_id, col(TurnEffect.kind).like("broken:%"))
        )
    return _ask(dialogue, asked)


def _broken(session: Session, turn_id: str) -> bool:
    """Rasa answers with what the other actions said when one of them failed, so that one leaves a mark."""
    mark = select(TurnEffect.id).where(TurnEffect.turn_id == turn_id, col(TurnEffect.kind).like("broken:%"))
    return session.exec(mark).first() is not None


def _finish(session: Session, message_id: int, parts: list[Part], now: datetime) -> None:
    """The reply and 'handled' are one transaction; a person who took over meanwhile answers instead."""
    message = session.get_one(Message, message_id, populate_existing=True)
    conversation = session.get_one(Conversation, message.conversation_id, populate_existing=True)
    if message.status != "received":
        return
    if conversation.owner != "person":
        turns.reply(session, message, parts, now)
    else:
        protection.heed(session, message, now)
    _handled(message, now)


def _handled(message: Message, now: datetime) -> None:
    message.status, message.status_at, message.send_after = "handled", now, None


def _put_back(engine: sa.Engine, clock: Clock, message_id: int, patience: Sequence[float]) -> None:
    now = clock.now()
    with transaction(engine) as session:
        message = session.get_one(Message, message_id)
        tried = max(1, message.attempts)
        wait = patience[tried - 1] if tried <= len(patience) else AFTERWARDS
        message.send_after = datetime.now(UTC) + timedelta(seconds=wait)
        # By the time as well, since an attempt at a hanging Rasa takes a third of a minute itself.
        if tried >= len(patience) or now - message.created_at >= LONG_ENOUGH:
            _apologise(session, message, now)


def _apologise(session: Session, message: Message, now: datetime) -> None:
    """Once per message, and not while a person has the conversation: they see it themselves."""
    conversation = session.get_one(Conversation, message.conversation_id)
    key = f"apology:{message.id}"
    if conversation.owner == "person" or session.exec(select(Message.id).where(Message.dedupe_key == key)).first():
        return
    language, country = turns.spoken(session, conversation, now)
    messages.write_reply(
        session,
        conversation,
        text=phrases.render("apology.down", {}, f"{language}_{country}"),
        now=now,
        turn_id=message.turn_id,
        keys=[{"key": "apology.down", "values": {}}],
        asks=conversation.asks,
        language=language,
        dedupe_key=key,
    )
    open_case(
        session,
        Reason.OTHER,
        now=now,
        borrower_id=conversation.borrower_id,
        conversation_id=id_of(conversation),
        facts={"why": "assistant_down"},
        turn_id=message.turn_id,
    )


def _release(engine: sa.Engine, message_id: int) -> None:
    with transaction(engine) as session:
        conversation_id = session.get_one(Message, message_id).conversation_id
        session.execute(
            sa.update(Conversation).where(col(Conversation.id) == conversation_id).values(claimed_until=None)
        )
