"""Signed-in browsers: opaque tokens of 256 bits, of which only the hash is stored."""

import hashlib
import secrets
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col, select

from desk.tables import Staff, StaffSession

# A collector's day; and a break after which somebody else may be at the desk. OWASP ASVS 5.0, 7.3, leaves both figures
# to the risk; these are our own.
LIFETIME = timedelta(hours=12)
IDLE = timedelta(hours=2)
# Written at most this often, so that reading a page seldom costs a write.
TOUCH = timedelta(minutes=5)


def begin(session: Session, staff_id: int, now: datetime) -> str:
    """The cookie's value."""
    token = secrets.token_urlsafe(32)
    session.add(StaffSession(staff_id=staff_id, token_hash=hashed(token), created_at=now, last_used_at=now))
    return token


def find(session: Session, token: str, now: datetime) -> tuple[StaffSession, Staff] | None:
    """None for a token that nobody has, that has ended, or whose owner has been switched off."""
    row = session.exec(
        select(StaffSession, Staff)
        .join(Staff, col(Staff.id) == StaffSession.staff_id)
        .where(StaffSession.token_hash == hashed(token), col(StaffSession.ended_at).is_(None), Staff.active)
    ).first()
    if row is None or now - row[0].created_at >= LIFETIME or now - row[0].last_used_at >= IDLE:
        return None
    return row[0], row[1]


def is_stale(found: StaffSession, now: datetime) -> bool:
    return now - found.last_used_at >= TOUCH


def touch(session: Session, session_id: int, now: datetime) -> None:
    session.execute(sa.update(StaffSession).where(col(StaffSession.id) == session_id).values(last_used_at=now))


def end(session: Session, token: str, now: datetime) -> None:
    alive = col(StaffSession.ended_at).is_(None)
    one = sa.update(StaffSession).where(col(StaffSession.token_hash) == hashed(token), alive)
    session.execute(one.values(ended_at=now))


def end_all(session: Session, staff_id: int, now: datetime) -> None:
    alive = col(StaffSession.ended_at).is_(None)
    theirs = sa.update(StaffSession).where(col(StaffSession.staff_id) == staff_id, alive)
    session.execute(theirs.values(ended_at=now))


def csrf_token(token: str) -> str:
    """Follows from the cookie, which scripts of other sites can neither read nor set."""
    return hashlib.sha256(f"csrf:{token}".encode()).hexdigest()


def hashed(token: str) -> str:
    """No salt and no slow hash: 256 random bits can't be guessed from their hash."""
    return hashlib.sha256(token.encode()).hexdigest()
