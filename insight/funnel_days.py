"""The funnel over a window: days that are over from their stored count, the others counted live.

A day is over when nothing new can follow its reminders. News about it may still be recorded later: a payment or a
reversal with an earlier value date, a late report of delivery. Such a day is counted live until it is stored anew, so
the sum is always what a full count would give (but for borrowers who have moved: a stored day keeps their place).
"""

from collections.abc import Collection
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col

from insight.funnel import FOLLOWS, FunnelGroup, counted, is_reminder
from insight.scope import Scope
from insight.tables import FunnelCount, FunnelDay
from insight.window import Window
from loans.tables import Payment, Reversal
from outreach.tables import Message
from store.columns import UTCDateTime

# What is recorded carries the time at which its transaction began; none lasts as long.
LATE = timedelta(minutes=10)
ONE_DAY = timedelta(days=1)
AT_ONCE = 60  # days; own default: two seconds of counting for 100,000 loans, at night


def funnel_groups(session: Session, window: Window, scope: Scope) -> list[FunnelGroup]:
    known = _known(session, window)
    live = [day for day in window.days() if day not in known]
    return [*counted(session, window, live, scope), *_stored(session, window, scope, live)]


def store_days(session: Session, window: Window, now: datetime) -> int:
    """Counts the newest days that are over and have no valid count, some at a time; how many they were."""
    first = session.execute(sa.select(sa.func.min(Message.sent_at, type_=UTCDateTime())).where(is_reminder(Message)))
    begins = first.scalar_one()
    if begins is None:
        return 0
    known = _known(session, window)
    over = [day for day in reversed(window.days()) if window.day_of(begins) <= day and _is_over(day, window)]
    wanted = [day for day in over if day not in known][:AT_ONCE]
    for table in (FunnelCount, FunnelDay):
        session.execute(sa.delete(table).where(col(table.day).in_(wanted)))
    for day in wanted:
        session.add_all(_row(day, group) for group in counted(session, window, [day], Scope()))
    session.add_all(FunnelDay(day=day, seen_until=now) for day in wanted)
    session.flush()
    # Days that are still valid have seen everything up to now as well.
    session.execute(sa.update(FunnelDay).where(col(FunnelDay.day).in_(known)).values(seen_until=now))
    return len(wanted)


def _row(day: date, group: FunnelGroup) -> FunnelCount:
    return FunnelCount(day=day, **{name: getattr(group, name) for name in FunnelGroup.__slots__})


def _is_over(day: date, window: Window) -> bool:
    return day + FOLLOWS < window.last


def _known(session: Session, window: Window) -> set[date]:
    """Stored days about which nothing was recorded since."""
    over = [day for day in window.days() if _is_over(day, window)]
    if not over:
        return set()
    rows = sa.select(col(FunnelDay.day), col(FunnelDay.seen_until)).where(col(FunnelDay.day).between(over[0], over[-1]))
    seen: dict[date, datetime] = {row.day: row.seen_until for row in session.execute(rows)}
    if not seen:
        return set()
    return set(seen) - _changed(session, window, min(seen.values()) - LATE)


def _changed(session: Session, window: Window, since: datetime) -> set[date]:
    """Days that something recorded `since` then is about."""
    # Asked for by when they were reported alone: with a bound on the day SQLite would walk through all days before it.
    reported = sa.select(col(Message.sent_at)).where(is_reminder(Message), col(Message.status_at) > since)
    changed = {window.day_of(at) for at in session.execute(reported).scalars() if at is not None}
    for value_date in _value_dates(session, since):
        changed |= {value_date - timedelta(days=each) for each in range(FOLLOWS.days + 1)}
    return changed


def _value_dates(session: Session, since: datetime) -> set[date]:
    """Of payments and reversals. Asked for by when they were recorded alone: these are few, those of a month many."""
    recorded = sa.select(col(Payment.value_date)).where(col(Payment.recorded_at) > since)
    taken_back = sa.select(col(Payment.value_date)).join(Reversal, col(Reversal.payment_id) == Payment.id)
    taken_back = taken_back.where(col(Reversal.recorded_at) > since)
    return {day for rows in (recorded, taken_back) for day in session.execute(rows).scalars()}


def _stored(session: Session, window: Window, scope: Scope, left_out: Collection[date]) -> list[FunnelGroup]:
    keys = [col(each) for each in (FunnelCount.region, FunnelCount.branch, FunnelCount.product)]
    steps = (FunnelCount.sent, FunnelCount.delivered, FunnelCount.answered, FunnelCount.promised, FunnelCount.paid)
    rows = sa.select(*keys, *(sa.func.sum(each) for each in steps)).group_by(*keys)
    within = col(FunnelCount.day).between(window.first, window.last), col(FunnelCount.day).not_in(left_out)
    rows = rows.where(*within, *scope.within(FunnelCount))
    return [
        FunnelGroup(region, branch, product, *(int(each) for each in counts))
        for region, branch, product, *counts in session.execute(rows)
    ]
