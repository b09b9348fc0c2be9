"""Files are fetched behind the hook: one at a time, again after a failure, kept encrypted, never trusted.

No transaction is open while a provider is asked. A file tells a person something and changes nothing by itself: neither
a balance nor a promise.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

import sqlalchemy as sa
import structlog
from sqlmodel import Session, col, select

from bot import camera_notes, file_kinds, turns, voice
from bot.download import FetchFailed, Reason
from bot.voice import Transcriber
from desk import cases
from desk.tables import Case
from outreach import media
from outreach.tables import Conversation, MediaContent, MediaFile, Message, MessageStatus
from store.clock import Clock, RealClock
from store.engine import reading, transaction
from store.ids import id_of

log = structlog.get_logger()

# WhatsApp's largest file; Telegram lets a bot fetch a little more.
LIMIT = 16 * 2**20
# Seconds to the next try. After the last of these, half a day has gone by and a person is told.
PATIENCE = (10, 60, 300, 1800, 7200, 36_000)
# Longer than any fetch may take, so an expired lease means a dead process.
LEASE = timedelta(minutes=5)
# The turn opens the case, so it comes first; while the assistant is down a person gets the file all the same.
TURN_COMES_FIRST = timedelta(minutes=2)


class MediaSource(Protocol):
    """Where a channel's files lie. `item` is the entry of Message.media."""

    def fetch(self, item: Mapping[str, Any], limit: int) -> bytes:
        """Raises FetchFailed."""
        ...

    def forget(self, item: Mapping[str, Any]) -> None:
        """Lets the provider delete its copy; raises FetchFailed."""
        ...


@dataclass(frozen=True, slots=True)
class _Errand:
    file_id: int
    channel: str
    kind: str
    language: str
    item: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Found:
    body: bytes
    mime: str
    sha256: str


def fetch_next(
    engine: sa.Engine,
    sources: Mapping[str, MediaSource],
    clock: Clock,
    transcriber: Transcriber | None = None,
    real: Clock | None = None,
) -> bool:
    """Fetches one file that is due; False when there is none. `real` times the leases."""
    errand = _claim(engine, clock.now(), (real or RealClock()).now())
    if errand is None:
        return False
    source = sources.get(errand.channel)
    try:
        found = _fetch(source, errand)
    except FetchFailed as failure:
        log.warning("media_not_fetched", file=errand.file_id, channel=errand.channel, reason=failure.reason.value)
        with transaction(engine) as session:
            _note_failure(session, errand.file_id, failure, clock.now())
        return True
    words = _listen(transcriber, errand, found)
    with transaction(engine) as session:
        _keep(session, errand.file_id, found, words, clock.now())
    _forget(source, errand)
    return True


def _claim(engine: sa.Engine, now: datetime, real: datetime) -> _Errand | None:
    with reading(engine) as session:
        due = session.exec(_due(now, real)).first()
    if due is None:
        return None
    with transaction(engine) as session:
        won: Any = session.execute(
            sa.update(MediaFile)
            .where(col(MediaFile.id) == due, col(MediaFile.state) == "waiting", _free(real))
            .values(claimed_until=real + LEASE)
        )
        if won.rowcount != 1:
            return None
        file = session.get_one(MediaFile, due)
        message = session.get_one(Message, file.message_id)
        talk = session.get_one(Conversation, message.conversation_id)
        language, _ = turns.spoken(session, talk, now)
        return _Errand(due, message.channel, file.kind, language, message.media[file.position])


def _due(now: datetime, real: datetime) -> Any:
    return (
        select(MediaFile.id)
        .join(Message, col(Message.id) == MediaFile.message_id)
        .where(
            # Written out: SQLite uses an index over part of a table only where the statement itself names that part.
            col(MediaFile.state) == sa.literal_column("'waiting'"),
            col(MediaFile.try_after) <= now,
            _free(real),
            sa.or_(col(Message.status) != "received", col(Message.created_at) <= now - TURN_COMES_FIRST),
        )
        .order_by(col(MediaFile.try_after), col(MediaFile.id))
        .limit(1)
    )


def _free(real: datetime) -> sa.ColumnElement[bool]:
    return sa.or_(col(MediaFile.claimed_until).is_(None), col(MediaFile.claimed_until) < real)


def _fetch(source: MediaSource | None, errand: _Errand) -> _Found:
    """What came, if it is of a kind that we keep, without what the camera noted."""
    if source is None:
        raise FetchFailed(Reason.UNAVAILABLE)
    body = source.fetch(errand.item, LIMIT)
    mime = file_kinds.kind_of(body)
    size = file_kinds.pixels(body, mime) if mime else None
    if mime is None or size is None:
        raise FetchFailed(Reason.TYPE)
    if size > file_kinds.MOST_PIXELS:
        raise FetchFailed(Reason.TOO_MANY_PIXELS)
    return _Found(camera_notes.without(body, mime), mime, hashlib.sha256(body).hexdigest())


def _listen(transcriber: Transcriber | None, errand: _Errand, found: _Found) -> str:
    if transcriber is None or errand.kind != "voice":
        return ""
    try:
        return transcriber.words(found.body, found.mime, errand.language).strip()
    except Exception as problem:  # A program that somebody plugged in; a person can still listen.
        log.exception("transcriber_failed", file=errand.file_id, problem=type(problem).__name__)
        return ""


def _keep(session: Session, file_id: int, found: _Found, words: str, now: datetime) -> None:
    file = session.get_one(MediaFile, file_id)
    if file.state != "waiting":
        return
    file.state, file.kept_at, file.claimed_until = "kept", now, None
    file.mime, file.size, file.sha256 = found.mime, len(found.body), found.sha256
    session.add_all([file, MediaContent(file_id=file_id, body=found.body), _news(file, now)])
    session.flush()
    if words:
        voice.heard(session, file, words, now)
    if earlier := media.seen_before(session, file):
        _tell(session, file, now, same_receipt=_where(session, earlier))


def _where(session: Session, earlier: list[Message]) -> list[dict[str, Any]]:
    """By day and, where one was opened, by the number of the case: neither names a person."""
    return [
        {"date": each.created_at.date().isoformat()} | ({"case": case} if (case := _case_of(session, each)) else {})
        for each in earlier[:5]
    ]


def _case_of(session: Session, message: Message) -> int | None:
    wanted = select(Case.id).where(
        Case.conversation_id == message.conversation_id, Case.reason == cases.Reason.PAYMENT_CLAIM
    )
    return session.exec(wanted.order_by(col(Case.id).desc()).limit(1)).first()


def _note_failure(session: Session, file_id: int, failure: FetchFailed, now: datetime) -> None:
    file = session.get_one(MediaFile, file_id)
    file.claimed_until = None
    session.add(file)
    # What was just announced may not be there yet.
    tries = len(PATIENCE) if failure.reason.again else 2 if failure.reason is Reason.GONE else 0
    if file.attempts < tries:
        file.try_after = now + timedelta(seconds=max(PATIENCE[file.attempts], failure.retry_after or 0))
        file.attempts += 1
        return
    file.state, file.reason = "lost" if failure.reason.again else "refused", failure.reason.value
    session.add(_news(file, now))
    _tell(session, file, now, file_missing=failure.reason.value)


def _news(file: MediaFile, now: datetime) -> MessageStatus:
    """So that a screen which shows the message reads it again."""
    return MessageStatus(message_id=file.message_id, status=f"file_{file.state}", error_code=file.reason, at=now)


def _tell(session: Session, file: MediaFile, now: datetime, **facts: Any) -> None:
    """On the claim that the file belongs to, else on a case of its own."""
    message = session.get_one(Message, file.message_id)
    conversation = session.get_one(Conversation, message.conversation_id)
    claims = [
        each
        for each in cases.open_cases(session, conversation_id=id_of(conversation))
        if each.reason == cases.Reason.PAYMENT_CLAIM
    ]
    same = "same_receipt" in facts
    cases.open_case(
        session,
        cases.Reason.PAYMENT_CLAIM if claims or same else cases.Reason.MEDIA_REVIEW,
        now=now,
        borrower_id=conversation.borrower_id,
        conversation_id=id_of(conversation),
        facts=facts,
        turn_id=f"file:{file.id}",
    )


def _forget(source: MediaSource | None, errand: _Errand) -> None:
    """A copy that stays with the provider is a fault of tidiness, not of the file."""
    try:
        if source is not None:
            source.forget(errand.item)
    except FetchFailed as failure:
        log.warning("media_not_deleted", file=errand.file_id, channel=errand.channel, reason=failure.reason.value)
