"""Simulated time: every full hour of the way is lived through, and every instant at which a message is due."""

import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from sqlmodel import col, select

from outreach.tables import Message
from store.clock import MovableClock
from store.engine import reading

HOUR = timedelta(hours=1)
PATIENCE = 5.0  # seconds of real time; a message that nobody sends must not stop the clock
LONGEST = timedelta(days=400)
UNITS = {
    "s": 1,
    "second": 1,
    "m": 60,
    "min": 60,
    "minute": 60,
    "h": 3600,
    "hour": 3600,
    "d": 86400,
    "day": 86400,
    "w": 604800,
    "week": 604800,
}
ISO_DURATION = re.compile(
    r"P(?:(?P<weeks>\d+)W)?(?:(?P<days>\d+)D)?(?:T(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+)S)?)?"
)


def duration(value: object) -> timedelta:
    """Seconds, an ISO 8601 duration such as P2DT3H, or words such as '2 days'. ValueError says how to write it."""
    text = str(value).strip()
    iso = ISO_DURATION.fullmatch(text.upper())
    words = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([a-z]+?)s?", text.lower())
    try:
        if re.fullmatch(r"\d+(\.\d+)?", text):
            return timedelta(seconds=float(text))
        if iso and any(iso.groupdict().values()):
            return timedelta(**{unit: int(number or 0) for unit, number in iso.groupdict().items()})
        if words and (seconds := UNITS.get(words[2])):
            return timedelta(seconds=float(words[1]) * seconds)
    except OverflowError:
        raise ValueError(f"advance is {text!r}: give at most {LONGEST.days} days") from None
    raise ValueError(f"advance is {text!r}: write seconds, P1DT2H or '2 days'")


def quietly(engine: sa.Engine, clock: MovableClock, settle: Callable[[], None]) -> None:
    """Settles, and waits a little for what other threads or processes have in hand."""
    settle()
    ends = time.monotonic() + PATIENCE
    while _in_hand(engine, clock.now()) and time.monotonic() < ends:
        time.sleep(0.05)
        settle()


def _in_hand(engine: sa.Engine, now: datetime) -> bool:
    due = (col(Message.status) == "queued") & (col(Message.send_after) <= now)
    with reading(engine) as session:
        waiting = select(Message.id).where(Message.direction == "out", due | (col(Message.status) == "sending"))
        return session.exec(waiting.limit(1)).first() is not None


def move(
    engine: sa.Engine,
    clock: MovableClock,
    to: datetime,
    *,
    run_due: Callable[[datetime], dict[str, int]],
    settle: Callable[[], None],
) -> Counter[str]:
    """Lives through the time up to `to` and returns the counts of all jobs. A running clock runs on from there."""
    start, was_frozen = clock.now(), clock.is_frozen()
    if to < start:
        raise ValueError(f"now is {to.isoformat()}: time only goes on; it is {start.isoformat()} already")
    if to - start > LONGEST:
        raise ValueError(f"now is {to.isoformat()}: move at most {LONGEST.days} days at once")
    counts: Counter[str] = Counter()
    for instant in _instants(engine, start, to):
        clock.move(instant, frozen=True)
        counts.update(run_due(instant))
        quietly(engine, clock, settle)
    clock.move(to, frozen=was_frozen)
    return counts


def _instants(engine: sa.Engine, start: datetime, end: datetime) -> Iterator[datetime]:
    at = start
    while at < end:
        hour = at.astimezone(UTC).replace(minute=0, second=0, microsecond=0) + HOUR
        at = min(_next_send(engine, after=at) or end, hour, end)
        yield at
    if start == end:
        yield end


def _next_send(engine: sa.Engine, *, after: datetime) -> datetime | None:
    with reading(engine) as session:
        return session.exec(
            select(sa.func.min(Message.send_after)).where(
                Message.status == "queued", Message.direction == "out", col(Message.send_after) > after
            )
        ).one()
