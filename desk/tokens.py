"""API tokens: how other programs sign in, with just the permissions they were given."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from desk.access import Permission
from desk.sessions import hashed
from desk.tables import ApiToken

# So that a leaked one is found by scanners of source code.
PREFIX = "ac_"


def create(
    session: Session,
    *,
    name: str,
    scopes: Sequence[Permission],
    branches: Sequence[str],
    created_by: int,
    now: datetime,
    expires_at: datetime | None = None,
) -> tuple[ApiToken, str]:
    """With the token itself, which is nowhere else."""
    token = PREFIX + secrets.token_urlsafe(32)
    row = ApiToken(
        name=name,
        token_hash=hashed(token),
        scopes=sorted(scopes),
        branches=sorted(set(branches)),
        created_by=created_by,
        created_at=now,
        expires_at=expires_at,
    )
    session.add(row)
    session.flush()
    return row, token


def find(session: Session, token: str, now: datetime) -> ApiToken | None:
    found = session.exec(
        select(ApiToken).where(ApiToken.token_hash == hashed(token), col(ApiToken.revoked_at).is_(None))
    ).first()
    return None if found is None or (found.expires_at and found.expires_at <= now) else found


def revoke(token: ApiToken, now: datetime) -> None:
    token.revoked_at = token.revoked_at or now
