"""Sending what is queued: claim a few, judge them again, hand each over, note what came of it.

A conversation has one message in flight. No transaction is open while a provider is called. A message whose outcome is
unknown, or whose sender died in the middle, is in doubt: `bot.doubts` settles it, and meanwhile nothing overtakes it.
"""

import random
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

import sqlalchemy as sa
import structlog
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from bot import letters
from bot.channels.base import Channel, Lists, SendError, SendFailed, Sent
from bot.doubts import settle_lost
from bot.letters import Letter
from desk.alarm import PAGE
from locales import phrases
from outreach import ahead, answers, delivery, judging, senders
from outreach.contact_facts import Kind, Verdict
from outreach.judging import Again
from outreach.messages import REPLY_PRIORITY
from outreach.senders import Pace
from outreach.tables import Conversation, Message, Sender
from store.clock import Clock, RealClock
from store.engine import reading, transaction
from store.ids import id_of

log = structlog.get_logger()

# A provider call ends after 10 s, so this is longer than twenty of them: an expired lease means a dead sender.
LEASE = timedelta(minutes=5)
# Whoever is so slow that its lease is nearly over sends nothing more: another may be asking about it already.
LAST_START = LEASE - timedelta(minutes=1)
# Seconds to wait after the first, second, … failure that another try may mend; then the message has failed.
PATIENCE_OF_REPLIES = (5, 20, 60, 300, 900)
PATIENCE_OF_BULK = (60, 300, 900, 3600)
# What somebody waits for is not judged: that they wrote is its ground. A person who begins a talk is.
ANSWERS = frozenset({Kind.REPLY, Kind.OPT_OUT_CONFIRMATION, Kind.COLLECTOR, PAGE})
CHANNELS = ("whatsapp", "sms", "telegram")
# A doubt is asked about once a minute; a later message waits for that, so that they are read in order.
DOUBT_HOLDS = timedelta(minutes=3)
# Seconds. A refusal of the account is looked at again by one message; a pace that was too fast rests a little.
REST_OF_STOPPED = 600.0
LONGEST_REST = 60.0
JITTER = 0.2  # Own default: those that were refused together don't come back together.


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


@dataclass(frozen=True, slots=True)
class Deadline:
    clock: Clock
    at: datetime


@dataclass(frozen=True, slots=True)
class Out:
    """One channel as a claim sees it. `gap` and `held_since` are there where a person's next message must wait."""

    name: str
    pace: Pace | None
    gap_since: datetime | None
    held_since: datetime | None

    @property
    def ready(self) -> Any:
        return _ready(self.held_since is not None, self.gap_since is not None)


def send_ready(
    engine: sa.Engine,
    channels: Mapping[str, Channel],
    clock: Clock,
    *,
    limit: int = 20,
    enabled: Collection[str] | None = None,
    real: Clock | None = None,
    paces: Mapping[str, Pace] | None = None,
    at_once: int = 1,
    patience: Sequence[float] | None = None,
    heard: Callable[[], bool] = lambda: True,
) -> SendCounts:
    """Sends up to `limit` messages per channel that are due, `at_once` at the same time; replies before reminders.

    `real` times the leases and the pace. `patience` takes the place of both kinds. `heard` returns once all that was
    acknowledged before is in the store, or False: nothing is sent, for somebody may have asked us to stop.
    """
    counts, real = SendCounts(), real or RealClock()
    for message_id in settle_lost(engine, channels, clock.now(), real=real.now(), before=real.now()):
        log.warning("send_in_doubt", message=message_id, why="lease expired")
        counts.in_doubt += 1
    outs = _with_something_ready(
        engine, [_out(name, channels.get(name), (paces or {}).get(name), real.now()) for name in CHANNELS], clock.now()
    )
    if not outs:
        return counts
    if not heard():
        log.warning("sends_wait_for_hooks")
        return counts
    with transaction(engine) as session:
        taken = [
            _take(session, out, now=clock.now(), real=real.now(), limit=limit, enabled=enabled, counts=counts)
            for out in outs
        ]
    ready = [letter for letters_of_one in taken for letter in letters_of_one]
    for done in _hand_over(channels, ready, at_once, Deadline(real, real.now() + LAST_START)):
        with transaction(engine) as session:
            for letter, outcome in done:
                message = delivery.locked(session, letter.outgoing.message_id)
                if message is not None:
                    waits = patience or _patience(message)
                    _note(session, message, outcome, now=clock.now(), real=real.now(), waits=waits, counts=counts)
    return counts


def _out(name: str, channel: Channel | None, pace: Pace | None, real: datetime) -> Out:
    asks = isinstance(channel, Lists) and bool(channel.settles_after)
    return Out(
        name,
        pace,
        gap_since=real - pace.gap if pace is not None and pace.gap else None,
        held_since=real - channel.settles_after - DOUBT_HOLDS if asks and isinstance(channel, Lists) else None,
    )


def _with_something_ready(engine: sa.Engine, outs: Sequence[Out], now: datetime) -> list[Out]:
    """A look that takes no lock: most often there is nothing to do."""
    with reading(engine) as session:
        return [out for out in outs if session.exec(out.ready.limit(1), params=_at(now, out)).first() is not None]


def _take(
    session: Session,
    out: Out,
    *,
    now: datetime,
    real: datetime,
    limit: int,
    enabled: Collection[str] | None,
    counts: SendCounts,
) -> list[Letter]:
    """Letters that may go now. What they use of the pace is noted before anybody else can take more."""
    # With a pace the row is held, so that two machines can't use the same second.
    sender = session.get(Sender, out.name) if out.pace is None else senders.locked(session, out.name, real)
    may = senders.among_people(session, out.name, out.pace, real, senders.allowed(sender, out.pace, real, limit))
    claimed = _claim(session, out, now, real, may) if may.count else []
    ready = _prepare(session, claimed, now, enabled, counts) if claimed else []
    if out.pace is not None and ready:
        senders.use(session, out.name, out.pace, sum(each.segments for each in ready), real)
    return ready


def _claim(session: Session, out: Out, now: datetime, real: datetime, may: senders.Allowed) -> list[Message]:
    """The next message of each conversation that has none in flight, most urgent first."""
    due, at = out.ready, _at(now, out)
    if may.answers_only:
        due = due.where(col(Message.priority) == REPLY_PRIORITY)
    heads = session.exec(due.order_by(*_URGENCY).limit(may.count * 3), params=at).all()
    in_turn = dict.fromkeys(message.conversation_id for message in heads)
    # Two senders can't both see a conversation as free: the second finds its row locked and passes on.
    free = session.exec(
        select(Conversation.id).where(col(Conversation.id).in_(in_turn)).with_for_update(skip_locked=True)
    ).all()
    first: dict[int, Message] = {}
    again = due.where(col(Message.conversation_id).in_(free)).order_by(Message.priority, Message.id)
    for message in session.exec(again.execution_options(populate_existing=True), params=at):
        first.setdefault(message.conversation_id, message)
    claimed = [first[each] for each in in_turn if each in first][: may.count]
    for message in claimed:
        message.status, message.status_at, message.claimed_until = "sending", now, real + LEASE
        message.tried_at = real
    session.flush()
    return claimed


# Written out: SQLite uses an index over part of a table only where the statement itself names that part.
_QUEUED: sa.ColumnElement[str] = sa.literal_column("'queued'")
_RECEIVED: sa.ColumnElement[str] = sa.literal_column("'received'")
_SENDING: sa.ColumnElement[str] = sa.literal_column("'sending'")
_IN_DOUBT: sa.ColumnElement[str] = sa.literal_column("'in_doubt'")
_OTHER = aliased(Message)  # Made once: an alias costs more than the question that it is used in.
_URGENCY = (col(Message.priority), col(Message.send_after), col(Message.id))


@cache
def _ready(asks: bool, rests: bool) -> Any:
    """Written once: it is asked many times a second. `_at` has its values."""
    beside = col(_OTHER.conversation_id) == Message.conversation_id
    now: sa.BindParameter[datetime] = sa.bindparam("now")
    busy = sa.exists().where(beside, col(_OTHER.status) == _SENDING)
    # An answer that waits for its next try keeps later answers behind it, so that they are read in order.
    waiting = sa.exists().where(
        beside,
        col(_OTHER.status) == _QUEUED,
        col(_OTHER.attempts) > 0,
        col(_OTHER.priority) <= Message.priority,
        col(_OTHER.id) < Message.id,
        col(_OTHER.send_after) > now,
    )
    # Whoever has just written may have asked us to stop: what the clock wants to say waits for that turn.
    unread = sa.select(col(_OTHER.conversation_id)).where(col(_OTHER.status) == _RECEIVED)
    read = col(Message.conversation_id).not_in(unread)
    free = [~busy, ~waiting, sa.or_(col(Message.priority) == REPLY_PRIORITY, read)]
    tried = col(_OTHER.tried_at)
    if asks:
        free.append(~sa.exists().where(beside, col(_OTHER.status) == _IN_DOUBT, tried > sa.bindparam("held_since")))
    if rests:
        free.append(~sa.exists().where(beside, tried > sa.bindparam("gap_since")))
    return select(Message).where(
        col(Message.status) == _QUEUED,
        Message.channel == sa.bindparam("channel"),
        Message.direction == "out",
        col(Message.send_after) <= now,
        *free,
    )


def _at(now: datetime, out: Out) -> dict[str, Any]:
    return {"now": now, "channel": out.name, "held_since": out.held_since, "gap_since": out.gap_since}


def _prepare(
    session: Session, claimed: Sequence[Message], now: datetime, enabled: Collection[str] | None, counts: SendCounts
) -> list[Letter]:
    """Letters of those that may go, worded with fresh facts; the others are put back or away."""
    held = ahead.read(session, claimed)  # and held until all are worded
    asked = [each for each in claimed if each.kind not in ANSWERS or judging.begins(session, each, now)]
    again = judging.decide_again(session, asked, now, enabled) if asked else {}
    _ground(session, [each for each in claimed if id_of(each) not in again and each.kind != PAGE], now)
    frame = judging.frame(session, now, enabled)
    ready = []
    for message in claimed:
        judged = again.get(id_of(message))
        if judged is not None and not _may_go(session, message, judged, now, counts):
            continue
        try:
            ready.append(letters.compose(session, frame, message, None if message.kind in ANSWERS else judged))
        except phrases.PhraseError:
            log.error("message_without_words", message=message.id, step=message.step)  # noqa: TRY400  (it holds names)
            _fail(session, message, SendFailed(SendError.BAD_REQUEST, "no_words"), now, counts)
        except SendFailed as problem:
            _fail(session, message, problem, now, counts)
        except Exception as problem:  # noqa: BLE001  (one broken message must not hold up all others)
            log.error("message_broke", message=message.id, error=type(problem).__name__)  # noqa: TRY400
            _fail(session, message, SendFailed(SendError.BAD_REQUEST, type(problem).__name__), now, counts)
    del held
    return ready


def _ground(session: Session, claimed: Sequence[Message], now: datetime) -> None:
    """Notes with each answer what it answers."""
    grounds = answers.proofs(session, claimed, now)
    for answer in claimed:
        answer.decision = grounds[id_of(answer)]
        if answer.decision is None:
            log.error("answer_to_nothing", message=answer.id, kind=answer.kind)


def _may_go(session: Session, message: Message, judged: Again, now: datetime, counts: SendCounts) -> bool:
    message.decision = judged.record or message.decision
    if judged.verdict is Verdict.SEND:
        if judged.about:  # of several loans some may have been left out since
            message.loan_id = judged.about[0]["loan"]
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
    channels: Mapping[str, Channel], ready: Sequence[Letter], at_once: int, deadline: Deadline
) -> Iterator[list[tuple[Letter, Sent | SendFailed]]]:
    """What came of them, as soon as it is known; together what became known together."""
    if at_once == 1 or len(ready) < 2:
        for letter in ready:
            yield [(letter, _send(channels.get(letter.channel), letter, deadline))]
        return
    with ThreadPoolExecutor(min(at_once, len(ready)), "send") as threads:
        going: dict[Future[Sent | SendFailed], Letter] = {
            threads.submit(_send, channels.get(letter.channel), letter, deadline): letter for letter in ready
        }
        while going:
            done, _ = wait(going, return_when=FIRST_COMPLETED)
            yield [(going.pop(each), each.result()) for each in done]


def _send(channel: Channel | None, letter: Letter, deadline: Deadline) -> Sent | SendFailed:
    if channel is None:
        return SendFailed(SendError.NOT_CONFIGURED)
    if deadline.clock.now() > deadline.at:
        return SendFailed(SendError.UNAVAILABLE, "lease_nearly_over")
    try:
        return channel.send(letter.outgoing)
    except SendFailed as problem:
        return problem
    except Exception:
        log.exception("send_broke", message=letter.outgoing.message_id, channel=letter.channel)
        return SendFailed(SendError.UNKNOWN_OUTCOME)


def _note(
    session: Session,
    message: Message,
    outcome: Sent | SendFailed,
    *,
    now: datetime,
    real: datetime,
    waits: Sequence[float],
    counts: SendCounts,
) -> None:
    message.claimed_until = None
    if isinstance(outcome, Sent):
        message.provider_id, message.segments = outcome.provider_id, outcome.segments
        delivery.advance(session, message, "sent", now)
        delivery.attach_reports(session, message)
        counts.sent += 1
        return
    say = log.error if outcome.error.ours else log.warning  # An error is an alarm: somebody here must act.
    say("send_failed", message=message.id, channel=message.channel, error=outcome.error, code=outcome.code)
    if message.provider_id is not None:
        # A report was quicker than the answer that got lost: the provider has the message.
        delivery.advance(session, message, "sent", now)
        counts.sent += 1
    elif outcome.error is SendError.CHANNEL_STOPPED:
        senders.rest(session, message.channel, real, REST_OF_STOPPED, outcome.code)
        _put_back(session, message, now, outcome, counts)
    elif outcome.error is SendError.WINDOW_CLOSED and _may_use_template(message):
        _put_back(session, message, now, outcome, counts)
    elif outcome.error.retry and message.attempts < len(waits):
        seconds = max(waits[message.attempts], outcome.retry_after or 0)
        _try_later(session, message, outcome, seconds, now=now, real=real)
        counts.retried += 1
    elif outcome.error is SendError.UNKNOWN_OUTCOME:
        delivery.advance(session, message, "in_doubt", now, error_code=outcome.error, raw={"code": outcome.code})
        counts.in_doubt += 1
    else:
        _fail(session, message, outcome, now, counts)


def _may_use_template(message: Message) -> bool:
    """WhatsApp counts the window otherwise than we; a second time `letters` takes the template."""
    return message.error_code != SendError.WINDOW_CLOSED and message.kind not in ANSWERS and bool(message.keys)


def _put_back(session: Session, message: Message, now: datetime, outcome: SendFailed, counts: SendCounts) -> None:
    """Certainly not sent, and no fault of this message."""
    message.status, message.status_at, message.error_code = "queued", now, outcome.error
    session.add(message)
    counts.retried += 1


def _try_later(
    session: Session, message: Message, outcome: SendFailed, seconds: float, *, now: datetime, real: datetime
) -> None:
    if outcome.error is SendError.RATE_LIMITED:
        seconds *= 1 + JITTER * random.random()  # noqa: S311  (no secret)
        senders.rest(session, message.channel, real, min(seconds, LONGEST_REST), outcome.code)
    message.status, message.attempts = "queued", message.attempts + 1
    message.send_after, message.error_code = now + timedelta(seconds=seconds), outcome.error
    session.add(message)


def _patience(message: Message) -> Sequence[int]:
    return PATIENCE_OF_REPLIES if message.priority == REPLY_PRIORITY else PATIENCE_OF_BULK


def _fail(session: Session, message: Message, problem: SendFailed, now: datetime, counts: SendCounts) -> None:
    message.claimed_until = None
    delivery.advance(session, message, "failed", now, error_code=problem.error, raw={"code": problem.code})
    counts.failed += 1
