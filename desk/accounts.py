"""Staff accounts: argon2id passwords, made here so that nobody chooses a weak one."""

import secrets
from datetime import datetime

from pwdlib import PasswordHash
from sqlmodel import Session, select

from desk.tables import AuditEvent, Staff

# 15 random bytes make 20 characters: 120 bits.
PASSWORD_BYTES = 15


class AccountError(Exception):
    """What is wrong with an account, and how to mend it."""


def add_staff(session: Session, email: str, name: str, role: str, branch: str, now: datetime) -> str:  # noqa: PLR0917
    """Returns the password, which is nowhere else."""
    plain = email.strip().lower()
    if "@" not in plain or plain.startswith("@") or plain.endswith("@"):
        raise AccountError(f"email is {email!r}: give an address such as ana@example.mx")
    if session.exec(select(Staff).where(Staff.email == plain)).first() is not None:
        raise AccountError(f"email is {email!r}: this person is there already")
    password, hashed = _new_password()
    session.add(Staff(email=plain, name=name, password_hash=hashed, role=role, branch=branch, created_at=now))
    session.flush()
    session.add(AuditEvent(at=now, actor="command_line", action="staff_added", subject=f"staff:{plain}"))
    return password


def renew_password(session: Session, email: str, now: datetime) -> str:
    """The demo's admin is made at its first start."""
    known = session.exec(select(Staff).where(Staff.email == email)).first()
    if known is None:
        return add_staff(session, email, "Demo", "admin", "", now)
    password, known.password_hash = _new_password()
    session.add(known)
    return password


def _new_password() -> tuple[str, str]:
    password = secrets.token_urlsafe(PASSWORD_BYTES)
    return password, PasswordHash.recommended().hash(password)
