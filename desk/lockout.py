"""Wrong passwords in a row lock an e-mail for a while, whether or not anybody has it."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col

from desk.tables import SignInFailures
from store.encryption import blind_index

# NIST SP 800-63B allows up to 100 in a row; at five a quarter of an hour, guessing is hopeless and a typo forgiven.
ATTEMPTS = 5
LOCK = timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(days=1)


def locked_until(session: Session, email: str, now: datetime) -> datetime | None:
    found = session.get(SignInFailures, _index(email))
    return found.locked_until if found and found.locked_until and found.locked_until > now else None


def failed(session: Session, email: str, now: datetime) -> None:
    found = session.get(SignInFailures, _index(email), with_for_update=True)
    if found is None or now - found.last_at >= FORGOTTEN_AFTER or (found.locked_until and found.locked_until <= now):
        found = session.merge(SignInFailures(email_index=_index(email), count=0, last_at=now, locked_until=None))
    found.count, found.last_at = found.count + 1, now
    if found.count >= ATTEMPTS:
        found.locked_until = now + LOCK
    session.add(found)


def succeeded(session: Session, email: str) -> None:
    session.execute(sa.delete(SignInFailures).where(col(SignInFailures.email_index) == _index(email)))


def forget(session: Session, now: datetime) -> int:
    old = sa.delete(SignInFailures).where(col(SignInFailures.last_at) < now - FORGOTTEN_AFTER)
    return int(session.execute(old).rowcount)  # type: ignore[attr-defined]


def _index(email: str) -> str:
    return blind_index(email.strip().lower())
