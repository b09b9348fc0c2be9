"""Staff accounts: argon2id passwords, the first one made here so that nobody starts with a weak one."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

from pwdlib import PasswordHash
from sqlmodel import Session, select

from desk import audit, sessions
from desk.access import Role
from desk.tables import Staff
from store.ids import id_of

_HASH = PasswordHash.recommended()
SHORTEST_PASSWORD = 12

# 15 random bytes make 20 characters: 120 bits.
PASSWORD_BYTES = 15


class AccountError(Exception):
    """`reason` is a key of locales' problems; `values` fill it."""

    def __init__(self, field: str, reason: str, **values: Any) -> None:
        super().__init__(f"{field}: {reason}")
        self.field, self.reason, self.values = field, reason, values


def add_staff(
    session: Session,
    *,
    email: str,
    name: str,
    role: Role,
    now: datetime,
    branches: Sequence[str] = (),
    by: str = "command_line",
) -> tuple[Staff, str]:
    """With the password, which is nowhere else."""
    plain = email.strip().lower()
    if "@" not in plain or plain.startswith("@") or plain.endswith("@"):
        raise AccountError("email", "email_unreadable", value=email)
    if staff_with(session, plain) is not None:
        raise AccountError("email", "email_taken", value=email)
    password, hashed = _new_password()
    staff = Staff(
        email=plain, name=name.strip(), password_hash=hashed, role=role, branches=sorted(set(branches)), created_at=now
    )
    session.add(staff)
    session.flush()
    audit.record(session, by, "staff_added", f"staff:{staff.id}", {"role": role, "branches": staff.branches}, now=now)
    return staff, password


def renew_password(session: Session, staff: Staff, by: str, now: datetime) -> str:
    """A new password; whoever is signed in with the old one is signed out."""
    password, staff.password_hash = _new_password()
    session.add(staff)
    sessions.end_all(session, id_of(staff), now)
    audit.record(session, by, "password_renewed", f"staff:{staff.id}", now=now)
    return password


def change_password(session: Session, staff: Staff, current: str, new: str, now: datetime) -> None:
    """By the person: ends all sessions, this one too. Length only, no composition rules (NIST SP 800-63B)."""
    if not _HASH.verify(current, staff.password_hash):
        raise AccountError("current", "password_wrong")
    if len(new) < SHORTEST_PASSWORD:
        raise AccountError("new", "password_short", length=SHORTEST_PASSWORD)
    staff.password_hash = _HASH.hash(new)
    session.add(staff)
    sessions.end_all(session, id_of(staff), now)
    audit.record(session, f"staff:{staff.id}", "password_changed", f"staff:{staff.id}", now=now)


def staff_with(session: Session, email: str) -> Staff | None:
    return session.exec(select(Staff).where(Staff.email == email.strip().lower())).first()


def verified(session: Session, email: str, password: str) -> Staff | None:
    """Takes as long for an e-mail that nobody has as for a wrong password."""
    staff = staff_with(session, email)
    right = _HASH.verify(password, staff.password_hash if staff else _nobody())
    return staff if right and staff is not None and staff.active else None


def _new_password() -> tuple[str, str]:
    password = secrets.token_urlsafe(PASSWORD_BYTES)
    return password, _HASH.hash(password)


@cache
def _nobody() -> str:
    return _HASH.hash(secrets.token_urlsafe(PASSWORD_BYTES))
