"""The ways out, one per channel: how fast they may go, when they rest, and what a person has stopped."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col, select

from outreach.messages import REPLY_PRIORITY
from outreach.tables import BEGUN, Message, Sender

# Seconds that may be taken in advance; own default, a little longer than the outbox sleeps when nothing is ready.
AHEAD = 0.25


@dataclass(frozen=True, slots=True)
class Pace:
    """`rate`: segments a second for the whole sender; `gap`: between two messages to the same person; `people`: to how
    many we may begin to write in any 24 hours (WhatsApp's messaging limit; who wrote to us is not counted there)."""

    rate: float
    gap: timedelta = timedelta(0)
    people: int | None = None


@dataclass(frozen=True, slots=True)
class Allowed:
    """What a sender may take now; `answers` alone while the rest is paused."""

    count: int
    answers_only: bool = False


def allowed(sender: Sender | None, pace: Pace | None, real: datetime, limit: int) -> Allowed:
    """A long text may use more than its second; then the next one waits until that is over."""
    if sender is None:
        return Allowed(limit)
    if (sender.rests_until is not None and sender.rests_until > real) or (sender.paused_at and sender.answers_too):
        return Allowed(0)
    count = limit if pace is None else _within(pace, sender.free_at - real, limit)
    return Allowed(count, answers_only=sender.paused_at is not None)


def _within(pace: Pace, used: timedelta, limit: int) -> int:
    left = int(pace.rate * (AHEAD - max(0.0, used.total_seconds())))
    least = 1 if used <= timedelta(0) else 0
    return max(least, min(limit, left))


def among_people(session: Session, channel: str, pace: Pace | None, real: datetime, may: Allowed) -> Allowed:
    """Answers alone once the day's people are used up; the rest waits until the first of them is a day old.

    Reminders inside an open conversation count here as well: too few is safe, too many costs the sender its standing.
    """
    if pace is None or pace.people is None or not may.count or may.answers_only:
        return may
    begun = sa.select(sa.func.count(sa.distinct(col(Message.conversation_id)))).where(
        BEGUN, col(Message.channel) == channel, col(Message.tried_at) > real - timedelta(days=1)
    )
    left = pace.people - session.execute(begun).scalar_one()
    return Allowed(min(may.count, left)) if left > 0 else Allowed(may.count, answers_only=True)


def use(session: Session, channel: str, pace: Pace, segments: int, real: datetime) -> None:
    sender = locked(session, channel, real)
    sender.free_at = max(sender.free_at, real) + timedelta(seconds=segments / pace.rate)
    session.add(sender)


def rest(session: Session, channel: str, real: datetime, seconds: float, why: str) -> None:
    """Nothing is taken until then; the first message after it shows whether the reason is gone."""
    sender = locked(session, channel, real)
    until = real + timedelta(seconds=seconds)
    if sender.rests_until is None or sender.rests_until < until:
        sender.rests_until, sender.rests_why = until, why
    session.add(sender)


def pause(session: Session, channel: str, real: datetime, *, answers_too: bool) -> None:
    """Until somebody resumes it; what is in a provider's hands can't be called back."""
    sender = locked(session, channel, real)
    sender.paused_at, sender.answers_too = sender.paused_at or real, answers_too
    session.add(sender)


def resume(session: Session, channel: str, real: datetime) -> None:
    """Also ends a rest: whoever resumes has mended what was wrong."""
    sender = locked(session, channel, real)
    sender.paused_at, sender.answers_too, sender.rests_until, sender.rests_why = None, False, None, ""
    session.add(sender)


def cancel(session: Session, now: datetime, *, channel: str | None = None, step: str | None = None) -> int:
    """Withdraws what the clock asked for and nobody has taken yet; answers stay."""
    meant = sa.and_(
        col(Message.status) == "queued",
        col(Message.direction) == "out",
        col(Message.priority) > REPLY_PRIORITY,
        *([col(Message.channel) == channel] if channel else []),
        *([col(Message.step) == step] if step else []),
    )
    withdrawn = (
        sa.update(Message).where(meant).values(status="cancelled", status_at=now, error_code="cancelled_by_staff")
    )
    return session.connection().execute(withdrawn).rowcount


def locked(session: Session, channel: str, real: datetime) -> Sender:
    """The row as it is now, held until this transaction ends; made on first use."""
    found = _held(session, channel)
    if found is not None:
        return found
    with suppress(sa.exc.IntegrityError), session.begin_nested():  # Another process may make it at this moment.
        session.add(Sender(channel=channel, free_at=real))
    return _held(session, channel) or Sender(channel=channel, free_at=real)


def _held(session: Session, channel: str) -> Sender | None:
    return session.exec(
        select(Sender).where(col(Sender.channel) == channel).with_for_update().execution_options(populate_existing=True)
    ).first()
