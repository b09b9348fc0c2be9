"""How each message was read, kept with it so that people can later say what it meant."""

import re
from datetime import timedelta

from sqlmodel import Session, col, select

from outreach.corrections import Answer, Read, afterwards, at_once
from outreach.tables import Message
from store.encryption import blind_index
from understanding.identity import read_identity
from understanding.normalize import normalize

WORD = re.compile(r"\w+")
# Where a rule or a button has put an intent in the text's place, the model had nothing to read.
CERTAIN = 1.0
# A message that comes later than this is no comment on the one before it.
SOON = timedelta(hours=1)


def keep(
    session: Session,
    message: Message,
    *,
    intent: str | None,
    guess: str | None,
    confidence: float | None,
    asked: str | None,
    answer: Answer,
) -> None:
    """`asked`: the question that the message met; `answer`: the reply to it."""
    message.intent, message.guess, message.confidence = intent, guess, confidence
    message.text_index = words_index(message.text) if _can_teach(message, asked) else None
    _judge_previous(session, message)
    if message.text_index is not None:
        message.corrected = at_once(answer)


def words_index(text: str) -> str:
    """Equal for texts that differ in spelling, case and signs only."""
    return blind_index(" ".join(WORD.findall(normalize(text))) or text.strip())


def _can_teach(message: Message, asked: str | None) -> bool:
    """Typed words that the model has read; what proves an identity is nobody's lesson."""
    if message.kind != "text" or not message.text.strip() or message.confidence in {None, CERTAIN}:
        return False
    return asked != "identity" or not _proves(message.text)


def _proves(text: str) -> bool:
    proof = read_identity(text)
    return any(each.isdigit() for each in text) or proof.birth_date is not None or proof.document_ending is not None


def _judge_previous(session: Session, message: Message) -> None:
    before = session.exec(
        select(Message)
        .where(
            Message.conversation_id == message.conversation_id,
            Message.direction == "in",
            col(Message.id) < message.id,
        )
        .order_by(col(Message.id).desc())
        .limit(1)
    ).first()
    if before is None or before.text_index is None or before.corrected or message.created_at - before.created_at > SOON:
        return
    before.corrected = afterwards(_read(before), _answer_to(session, before), _read(message))


def _read(message: Message) -> Read:
    return Read(message.intent, message.guess, message.text_index, pressed=message.confidence == CERTAIN)


def _answer_to(session: Session, message: Message) -> Answer:
    replies = session.exec(
        select(Message)
        .where(Message.turn_id == message.turn_id, Message.direction == "out", Message.kind == "reply")
        .order_by(col(Message.id))
    ).all()
    keys = {str(phrase.get("key")) for reply in replies for phrase in reply.keys}
    return Answer(keys, replies[-1].asks if replies else None)
