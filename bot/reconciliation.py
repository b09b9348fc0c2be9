"""What a lost hook missed, taken from the provider's own list: messages that came in, reports on those that went out.

A message is kept by the same door as a hook's, so it does not matter which of the two is first.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

import sqlalchemy as sa
import structlog
from sqlmodel import Session

from bot import doubts
from bot.channels.base import Channel, Listed, Lists, SendFailed
from outreach import messages
from outreach.messages import Inbound
from store.clock import ClockSlot
from store.engine import reading, transaction

log = structlog.get_logger()

# Lists lag behind, and a message may be dated by its first try: what was looked at lately is looked at again.
AGAIN = timedelta(minutes=15)
BATCH = 100  # rows in one transaction


def reconcile(
    engine: sa.Engine,
    channels: Mapping[str, Channel],
    now: datetime,
    *,
    wake: Callable[[], None],
    back: timedelta = AGAIN,
) -> Counter[str]:
    """Looks at what went through since the last time, and `back` before it. The first time there is nothing to miss."""
    counts: Counter[str] = Counter()
    for name, channel in channels.items():
        if not isinstance(channel, Lists):
            continue
        try:
            counts += _through(engine, name, channel, now, back)
        except SendFailed as silence:  # The next run begins where the last complete one ended.
            log.warning("provider_not_listing", channel=name, error=silence.error, code=silence.code)
            counts["unanswered"] += 1
    if counts["missed_messages"]:
        wake()
    return counts


def _through(engine: sa.Engine, name: str, channel: Lists, now: datetime, back: timedelta) -> Counter[str]:
    counts: Counter[str] = Counter()
    with reading(engine) as session:
        mark = session.get(ClockSlot, f"reconciled:{name}")
    if mark is not None:
        listed = sorted(channel.listed(mark.slot - back), key=lambda each: each.at)  # as they were written
        for start in range(0, len(listed), BATCH):
            with transaction(engine) as session:
                for each in listed[start : start + BATCH]:
                    counts[_take(session, name, each, now)] += 1
    with transaction(engine) as session:
        session.merge(ClockSlot(name=f"reconciled:{name}", slot=now))
    counts.pop("known", None)
    return counts


def _take(session: Session, name: str, listed: Listed, now: datetime) -> str:
    if not listed.incoming:
        return "missed_reports" if doubts.report(session, name, listed, now) else "known"
    inbound = Inbound(
        channel=name,
        kind=listed.kind,
        value=listed.value,
        provider_id=listed.provider_id,
        text=listed.text,
        message_kind="media" if listed.media else "text",
        media=listed.media,
        occurred_at=listed.at,
    )
    # Kept with the time at which it was written: 'mañana' means the day after that.
    kept = messages.receive(session, inbound, min(now, listed.at)) if listed.value else None
    if kept is not None:
        log.warning("hook_was_lost", message=kept.id, channel=name)
    return "missed_messages" if kept is not None else "known"
