"""Why an answer may go: its reader wrote to us in that conversation, and that message is its proof.

No hours, caps or stops hold for an answer: who writes at night, or after a stop, is answered there and then.
What a person says is an answer for a day; after that it begins something and is judged by the contact rules.
"""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any, NamedTuple, TypeGuard

import sqlalchemy as sa
from sqlmodel import Session, col

from outreach.contact_facts import Kind
from outreach.recipients import CONVERSATION
from outreach.sealing import Proof, seal
from outreach.tables import Message
from store.ids import id_of

FORMAT = "answer-proof/1"


class Heard(NamedTuple):
    """A message of theirs."""

    message: int
    at: datetime


def is_answer(proof: Proof | None) -> TypeGuard[Proof]:
    return proof is not None and proof.get("format") == FORMAT


def newest(heard: Iterable[Heard]) -> Heard | None:
    return max(heard, key=lambda each: (each.at, each.message), default=None)


def said(kind: str, heard: Heard | None, now: datetime) -> dict[str, Any] | None:
    """The verdict; None where nothing of theirs makes this an answer."""
    if heard is None or heard.at > now:
        return None
    if kind != Kind.COLLECTOR:
        return {"verdict": "send", "reason": "answer", "rules": ["answer.heard"]}
    if now - heard.at < CONVERSATION:
        return {"verdict": "send", "reason": "answer", "rules": ["answer.heard", "answer.within_a_day"]}
    return None


def proofs(session: Session, messages: Collection[Message], now: datetime) -> dict[int, Proof | None]:
    """By message id, as they are stored with messages that are about to go; None for one that answers nothing."""
    if not messages:
        return {}
    place = session.execute(sa.select(sa.func.max(Message.id))).scalar_one()
    last = {each: session.execute(_heard(each).limit(1)).first() for each in {m.conversation_id for m in messages}}
    heard = {talk: Heard(*row) if row else None for talk, row in last.items()}
    return {id_of(each): made(each, heard[each.conversation_id], now, place) for each in messages}


def made(message: Message, heard: Heard | None, now: datetime, place: int) -> Proof | None:
    verdict = said(message.kind, heard, now)
    if verdict is None or heard is None:
        return None
    kept = {
        "format": FORMAT,
        **verdict,
        "subject": {
            "borrower": message.borrower_id,
            "address": message.address_id,
            "conversation": message.conversation_id,
        },
        "seen": {"at": now.isoformat(), "message": place},
        "inputs": {
            "kind": message.kind,
            "channel": message.channel,
            "answers": heard.message,
            "heard_at": heard.at.isoformat(),
        },
    }
    return {**kept, "hash": seal(kept)}


def again(message: Message, kept: Proof, heard: Iterable[Heard]) -> Proof | None:
    """The same from the history: all that came in there, of which only the place says what had come by then."""
    place = kept["seen"]["message"]
    then = newest(each for each in heard if each.message <= place)
    return made(message, then, datetime.fromisoformat(kept["seen"]["at"]), place)


def read(session: Session, message: Message) -> list[Heard]:
    return [Heard(*row) for row in session.execute(_heard(message.conversation_id))]


def _heard(conversation_id: int) -> Any:
    """Newest first."""
    # Written out: SQLite uses an index over part of a table only where the statement itself names that part.
    theirs = col(Message.direction) == sa.literal_column("'in'")
    wanted = sa.select(col(Message.id), col(Message.created_at)).where(
        col(Message.conversation_id) == conversation_id, theirs
    )
    return wanted.order_by(col(Message.created_at).desc(), col(Message.id).desc())
