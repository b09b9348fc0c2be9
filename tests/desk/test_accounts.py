"""Staff accounts: a password is made here, shown once and kept as a hash only."""

from datetime import UTC, datetime

import pytest
from pwdlib import PasswordHash
from sqlmodel import Session, select

from desk.accounts import AccountError, add_staff, renew_password
from desk.tables import AuditEvent, Staff

NOW = datetime(2026, 11, 18, 16, tzinfo=UTC)


def test_the_password_fits_its_hash_and_is_nowhere_else(session: Session) -> None:
    password = add_staff(session, " Ana@Example.mx ", "Ana", "admin", "", NOW)
    staff = session.exec(select(Staff)).one()
    assert (staff.email, staff.role) == ("ana@example.mx", "admin")
    assert PasswordHash.recommended().verify(password, staff.password_hash)
    assert password not in str(session.exec(select(AuditEvent)).one().model_dump())


@pytest.mark.parametrize("email", ["", "ana", "@example.mx", "ana@"])
def test_what_is_no_address_is_refused(session: Session, email: str) -> None:
    with pytest.raises(AccountError, match="email"):
        add_staff(session, email, "Ana", "admin", "", NOW)


def test_nobody_is_added_twice(session: Session) -> None:
    add_staff(session, "ana@example.mx", "Ana", "admin", "", NOW)
    with pytest.raises(AccountError, match="already"):
        add_staff(session, "ANA@example.mx", "Ana", "collector", "", NOW)


def test_a_renewed_password_replaces_the_old_one(session: Session) -> None:
    old = renew_password(session, "admin@demo.example", NOW)
    new = renew_password(session, "admin@demo.example", NOW)
    staff = session.exec(select(Staff)).one()
    assert PasswordHash.recommended().verify(new, staff.password_hash)
    assert not PasswordHash.recommended().verify(old, staff.password_hash)
