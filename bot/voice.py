"""Voice notes made into words. Nothing that does so is shipped: a lender may plug in a local program; else a person
listens.

What was understood is repeated, and nothing is done with it before a yes. Only words of distress and a wish to be left
in peace are taken as they were heard: acting on them in error harms nobody.
"""

from dataclasses import replace
from datetime import datetime
from typing import Protocol
from uuid import uuid4

from sqlmodel import Session, col, select

from bot import turns
from bot.turns import Question
from locales import phrases
from outreach import messages
from outreach.tables import Conversation, MediaFile, Message
from understanding.answers import yes_or_no

TAKEN_AT_ONCE = frozenset({"/vulnerable_distress", "/opt_out"})
# A longer speech is for the person who listens; nobody reads it back to check it.
LONGEST = 300
REPEATED = "voice:"


class Transcriber(Protocol):
    """Runs on our own machine: a voice note is personal data and leaves it for nobody."""

    def words(self, audio: bytes, mime: str, language: str) -> str:
        """What is said in it; empty where that can't be told. May take its time: no transaction is open."""
        ...


def heard(session: Session, file: MediaFile, words: str, now: datetime) -> None:
    """Keeps the words for whoever works the case, and asks the borrower whether they are right."""
    message = session.get_one(Message, file.message_id)
    conversation = session.get_one(Conversation, message.conversation_id)
    file.transcript = words
    if conversation.owner == "person":
        return
    if turns.heard_first(words, opted_out=False) in TAKEN_AT_ONCE:
        # As if it had been typed: in a turn of its own, since the note itself has been answered.
        message.text, message.status, message.turn_id = words, "received", uuid4().hex
    elif 0 < len(words) <= LONGEST:
        _repeat(session, file, conversation, words, now)


def confirmed(session: Session, message: Message, asked: Question) -> Question:
    """After a yes the words of the note are what was said."""
    newest = select(Message).where(Message.conversation_id == message.conversation_id, Message.direction == "out")
    last = session.exec(newest.order_by(col(Message.id).desc()).limit(1)).first()
    if last is None or not (last.dedupe_key or "").startswith(REPEATED):
        return asked
    file = session.get(MediaFile, int((last.dedupe_key or "").removeprefix(REPEATED)))
    if file is None or not file.transcript or not (asked.text == "/affirm" or yes_or_no(message.text) is True):
        return asked
    text = turns.heard_first(file.transcript, opted_out=False) or turns.COMMAND.sub("", file.transcript)
    return replace(asked, text=text, metadata={**asked.metadata, "said": file.transcript, "media": "text"})


def _repeat(session: Session, file: MediaFile, conversation: Conversation, words: str, now: datetime) -> None:
    language, country = turns.spoken(session, conversation, now)
    locale = f"{language}_{country}"
    messages.write_reply(
        session,
        conversation,
        text=phrases.render("voice.repeat", {"text": words}, locale),
        now=now,
        # Without the words: only the text itself is encrypted.
        keys=[{"key": "voice.repeat", "values": {}}],
        buttons=[
            {"title": phrases.title(f"button.{each}", locale), "payload": payload}
            for each, payload in (("yes", "/affirm"), ("no", "/deny"))
        ],
        language=language,
        dedupe_key=f"{REPEATED}{file.id}",
    )
