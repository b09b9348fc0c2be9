"""Sending what is queued: claim a few, judge them again, hand each over, note what came of it.

A conversation has one message in flight. No transaction is open while a provider is called. A message whose outcome is
unknown, or whose sender died in the middle, is in doubt and is never sent again by itself.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
import structlog
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from bot import letters
from bot.channels.base import AsksProvider, Channel, SendError, SendFailed, Sent
from bot.letters import Letter
from desk.alarm import PAGE
from locales import phrases
from outreach import delivery, judging
from outreach.contact_facts import Kind, Verdict
from outreach.judging import Again
from outreach.tables import Conversation, Message
from store.clock import Clock, RealClock
from store.engine import reading, transaction
from store.ids import id_of

log = structlog.get_logger()

# A provider call ends after 10 s, so this is longer than twenty of them: an expired lease means a dead sender.
LEASE = timedelta(minutes=5)
# Seconds to wait after the first, second, … failure that another try may mend; then the message has failed.
PATIENCE_OF_REPLIES = (5, 20, 60, 300, 900)
PATIENCE_OF_BULK = (60, 300, 900, 3600)
# What somebody waits for is not judged: the turn or the person that wrote it was.
ANSWERS = frozenset({Kind.REPLY, Kind.OPT_OUT_CONFIRMATION, Kind.COLLECTOR, PAGE})


@dataclass(slots=True)
class SendCounts:
    sent: int = 0
    skipped: int = 0
    later: int = 0
    retried: int = 0
    failed: int = 0
    in_doubt: int = 0

    @property
    def handled(self) -> int:
        return self.sent + self.skipped + self.later + self.retried + self.failed + self.in_doubt


def send_ready(
    engine: sa.Engine,
    channels: Mapping[str, Channel],
    clock: Clock,
    *,
    limit: int = 20,
    enabled: Collection[str] | None = None,
    real: Clock | None = None,
) -> SendCounts:
    """Sends up to `limit` messages that are due; replies before reminders. `real` times the leases."""
    counts, real = SendCounts(), real or RealClock()
    for message_id in settle_lost(engine, channels, clock.now(), before=real.now()):
        log.warning("send_in_doubt", message=message_id, why="lease expired")
        counts.in_doubt += 1
    if not _anything_ready(engine, clock.now()):
        return counts
    with transaction(engine) as session:
        claimed = _claim(session, clock.now(), real.now() + LEASE, limit)
        ready = _prepare(session, claimed, clock.now(), enabled, counts) if claimed else []
    for letter in ready:
        _hand_over(engine, channels, letter, clock, counts)
    return counts


def _anything_ready(engine: sa.Engine, now: datetime) -> bool:
    """A look that takes no lock: most often there is nothing to do."""
    with reading(engine) as session:
        return session.exec(_ready(now).limit(1)).first() is not None


def _claim(session: Session, now: datetime, until: datetime, limit: int) -> list[Message]:
    """The next message of each conversation that has none in flight, most urgent first."""
    heads = session.exec(_ready(now).order_by(*_URGENCY).limit(limit * 3)).all()
    in_turn = dict.fromkeys(message.conversation_id for message in heads)
    # Two senders can't both see a conversation as free: the second finds its row locked and passes on.
    free = session.exec(
        select(Conversation.id).where(col(Conversation.id).in_(in_turn)).with_for_update(skip_locked=True)
    ).all()
    first: dict[int, Message] = {}
    again = _ready(now).where(col(Message.conversation_id).in_(free)).order_by(Message.priority, Message.id)
    for message in session.exec(again.execution_options(populate_existing=True)):
        first.setdefault(message.conversation_id, message)
    claimed = [first[each] for each in in_turn if each in first][:limit]
    for message in claimed:
        message.status, message.status_at, message.claimed_until = "sending", now, until
    session.flush()
    return claimed


# Written out: SQLite uses an index over part of a table only where the statement itself names that part.
_QUEUED: sa.ColumnElement[str] = sa.literal_column("'queued'")
_SENDING: sa.ColumnElement[str] = sa.literal_column("'sending'")
_URGENCY = (col(Message.priority), col(Message.send_after), col(Message.id))


def _ready(now: datetime) -> Any:
    other = aliased(Message)
    busy = sa.exists().where(col(other.conversation_id) == Message.conversation_id, col(other.status) == _SENDING)
    # An answer that waits for its next try keeps later answers behind it, so that they are read in order.
    waiting = sa.exists().where(
        col(other.conversation_id) == Message.conversation_id,
        col(other.status) == _QUEUED,
        col(other.attempts) > 0,
        col(other.priority) <= Message.priority,
        col(other.id) < Message.id,
        col(other.send_after) > now,
    )
    return select(Message).where(
        col(Message.status) == _QUEUED, Message.direction == "out", col(Message.send_after) <= now, ~busy, ~waiting
    )


def _prepare(
    session: Session, claimed: Sequence[Message], now: datetime, enabled: Collection[str] | None, counts: SendCounts
) -> list[Letter]:
    """Letters of those that may go, worded with fresh facts; the others are put back or away."""
    asked = [each for each in claimed if each.kind not in ANSWERS]
    again = judging.decide_again(session, asked, now, enabled) if asked else {}
    frame = judging.frame(session, now, enabled)
    ready = []
    for message in claimed:
        judged = again.get(id_of(message))
        if judged is not None and not _may_go(session, message, judged, now, counts):
            continue
        try:
            ready.append(letters.compose(session, frame, message, judged))
        except phrases.PhraseError:
            log.error("message_without_words", message=message.id, step=message.step)  # noqa: TRY400  (it holds names)
            _fail(session, message, SendFailed(SendError.BAD_REQUEST, "no_words"), now, counts)
        except SendFailed as problem:
            _fail(session, message, problem, now, counts)
        except Exception as problem:  # noqa: BLE001  (one broken message must not hold up all others)
            log.error("message_broke", message=message.id, error=type(problem).__name__)  # noqa: TRY400
            _fail(session, message, SendFailed(SendError.BAD_REQUEST, type(problem).__name__), now, counts)
    return ready


def _may_go(session: Session, message: Message, judged: Again, now: datetime, counts: SendCounts) -> bool:
    message.decision = judged.record or message.decision
    if judged.verdict is Verdict.SEND:
        return True
    message.status, message.claimed_until = "queued", None
    if judged.verdict is Verdict.LATER:
        message.send_after = judged.until
        counts.later += 1
    else:
        delivery.advance(session, message, "skipped", now, error_code=judged.reason)
        counts.skipped += 1
    return False


def _hand_over(
    engine: sa.Engine, channels: Mapping[str, Channel], letter: Letter, clock: Clock, counts: SendCounts
) -> None:
    outcome = _send(channels.get(letter.channel), letter)
    with transaction(engine) as session:
        message = delivery.locked(session, letter.outgoing.message_id)
        if message is not None:
            _note(session, message, outcome, clock.now(), counts)


def _send(channel: Channel | None, letter: Letter) -> Sent | SendFailed:
    if channel is None:
        return SendFailed(SendError.NOT_CONFIGURED)
    try:
        return channel.send(letter.outgoing)
    except SendFailed as problem:
        return problem
    except Exception:
        log.exception("send_broke", message=letter.outgoing.message_id, channel=letter.channel)
        return SendFailed(SendError.UNKNOWN_OUTCOME)


def _note(session: Session, message: Message, outcome: Sent | SendFailed, now: datetime, counts: SendCounts) -> None:
    message.claimed_until = None
    if isinstance(outcome, Sent):
        message.provider_id, message.segments = outcome.provider_id, outcome.segments
        delivery.advance(session, message, "sent", now)
        delivery.attach_reports(session, message)
        counts.sent += 1
        return
    log.warning("send_failed", message=message.id, channel=message.channel, error=outcome.error, code=outcome.code)
    patience = PATIENCE_OF_REPLIES if message.priority == 0 else PATIENCE_OF_BULK
    if outcome.error.retry and message.attempts < len(patience):
        wait = max(patience[message.attempts], outcome.retry_after or 0)
        message.status, message.attempts = "queued", message.attempts + 1
        message.send_after, message.error_code = now + timedelta(seconds=wait), outcome.error
        session.add(message)
        counts.retried += 1
    elif outcome.error is SendError.UNKNOWN_OUTCOME:
        delivery.advance(session, message, "in_doubt", now, error_code=outcome.error, raw={"code": outcome.code})
        counts.in_doubt += 1
    else:
        _fail(session, message, outcome, now, counts)


def _fail(session: Session, message: Message, problem: SendFailed, now: datetime, counts: SendCounts) -> None:
    message.claimed_until = None
    delivery.advance(session, message, "failed", now, error_code=problem.error, raw={"code": problem.code})
    counts.failed += 1


def settle_lost(
    engine: sa.Engine, channels: Mapping[str, Channel], now: datetime, *, before: datetime | None
) -> list[int]:
    """Messages whose sender died: sent, never sent (queued again) or, where nobody can tell, in doubt: these come back.

    `before` is the instant at which a lease counts as expired; None settles all, when no other sender can be alive.
    """
    with reading(engine) as session:
        expired = select(Message.id, Message.channel).where(col(Message.status) == _SENDING, Message.direction == "out")
        if before is not None:
            expired = expired.where(col(Message.claimed_until) < before)
        lost = session.exec(expired).all()
    doubtful = []
    for message_id, channel in lost:
        known, sent = _ask(channels.get(channel), message_id or 0)
        with transaction(engine) as session:
            message = delivery.locked(session, message_id or 0)
            if message is None or message.status != "sending":
                continue
            message.claimed_until = None
            if sent is not None:
                _note(session, message, sent, now, SendCounts())
            elif known:
                message.status, message.status_at = "queued", now
            else:
                delivery.advance(session, message, "in_doubt", now, error_code=SendError.UNKNOWN_OUTCOME)
                doubtful.append(message_id or 0)
    return doubtful


def _ask(channel: Channel | None, message_id: int) -> tuple[bool, Sent | None]:
    """Whether the channel can say what became of it, and the proof that it was sent."""
    if not isinstance(channel, AsksProvider):
        return False, None
    try:
        return True, channel.find(message_id)
    except SendFailed:
        return False, None
