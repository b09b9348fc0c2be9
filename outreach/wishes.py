"""The borrower's own wishes as rows: what they asked, in which turn or by whose word, and until when."""

from datetime import datetime, time

import sqlalchemy as sa
from sqlmodel import Field, Session, SQLModel, col, select

from outreach.wish_rules import Wished
from store.columns import UTCDateTime
from store.ids import id_of
from understanding.contact_wishes import ContactWish

KINDS = ("channel", "hours", "pause")


class Wish(SQLModel, table=True):
    """One wish of one borrower. A new one of its kind takes the place of the earlier; none is ever edited away."""

    __tablename__ = "wish"
    id: int | None = Field(default=None, primary_key=True)
    borrower_id: int = Field(foreign_key="borrower.id", index=True)
    wish: str  # channel | hours | pause
    channel: str | None = None
    opens: str | None = None  # HH:MM on the borrower's clock
    closes: str | None = None
    from_at: datetime = Field(sa_type=UTCDateTime)
    until_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    withdrawn_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    evidence: str  # turn:<id> | staff:<id> and what they were told


def only_channel(session: Session, borrower_id: int, channel: str, *, evidence: str, now: datetime) -> Wish:
    """'Sólo por WhatsApp.'"""
    return _put(session, Wish(borrower_id=borrower_id, wish="channel", channel=channel, from_at=now, evidence=evidence))


def only_between(
    session: Session, borrower_id: int, opens: time, closes: time, *, evidence: str, now: datetime
) -> Wish:
    """'Sólo por la tarde.' On the borrower's clock, from `opens` to before `closes`."""
    if opens >= closes:
        raise ValueError(f"opens = {opens:%H:%M} is not before closes = {closes:%H:%M}: give hours of one day")
    wish = Wish(borrower_id=borrower_id, wish="hours", from_at=now, evidence=evidence)
    wish.opens, wish.closes = f"{opens:%H:%M}", f"{closes:%H:%M}"
    return _put(session, wish)


def pause(session: Session, borrower_id: int, until: datetime, *, evidence: str, now: datetime) -> Wish:
    """'No me escriban esta semana.' Answers still go; nothing that we begin does."""
    if until <= now:
        raise ValueError(f"until = {until.isoformat()} is over: give an instant after {now.isoformat()}")
    return _put(session, Wish(borrower_id=borrower_id, wish="pause", from_at=now, until_at=until, evidence=evidence))


def keep(session: Session, borrower_id: int, asked: ContactWish, *, evidence: str, now: datetime) -> str:
    """What was said in one turn, which may limit channel and hours at once, or end all limits.

    `now` is in the borrower's own zone: a pause ends with a night there.
    """
    for kind in KINDS if asked.lifts else ():
        withdraw(session, borrower_id, kind, now)
    if asked.channel is not None:
        only_channel(session, borrower_id, asked.channel, evidence=evidence, now=now)
    if asked.opens is not None and asked.closes is not None:
        only_between(session, borrower_id, asked.opens, asked.closes, evidence=evidence, now=now)
    if asked.until is not None:
        pause(session, borrower_id, datetime.combine(asked.until, time(), now.tzinfo), evidence=evidence, now=now)
    return "kept"


def withdraw(session: Session, borrower_id: int, wish: str, now: datetime) -> bool:
    """The borrower takes a wish back; False where there was none of that kind."""
    found = session.exec(
        select(Wish).where(Wish.borrower_id == borrower_id, Wish.wish == wish, col(Wish.withdrawn_at).is_(None))
    ).all()
    for each in found:
        each.withdrawn_at = now
        session.add(each)
    session.flush()
    return bool(found)


def living(session: Session, borrower_id: int, now: datetime) -> list[Wish]:
    """The oldest first."""
    return list(session.exec(select(Wish).where(Wish.borrower_id == borrower_id, alive(now)).order_by(col(Wish.id))))


def alive(now: datetime) -> sa.ColumnElement[bool]:
    ends_later = sa.or_(col(Wish.until_at).is_(None), col(Wish.until_at) > now)
    return sa.and_(col(Wish.withdrawn_at).is_(None), ends_later)


def read(wish: Wish) -> Wished:
    """As the rules take it."""
    return Wished(
        id_of(wish),
        wish.wish,
        wish.channel,
        time.fromisoformat(wish.opens) if wish.opens else None,
        time.fromisoformat(wish.closes) if wish.closes else None,
        wish.until_at,
    )


def _put(session: Session, wish: Wish) -> Wish:
    withdraw(session, wish.borrower_id, wish.wish, wish.from_at)
    session.add(wish)
    session.flush()
    return wish
