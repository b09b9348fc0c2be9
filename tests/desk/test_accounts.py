"""Staff accounts: a password is made here, shown once and kept as a hash only."""

from datetime import UTC, datetime

import pytest
from sqlmodel import Session, select

from desk import sessions
from desk.access import Role
from desk.accounts import AccountError, add_staff, change_password, renew_password, verified
from desk.tables import AuditEvent, Staff
from store.ids import id_of

NOW = datetime(2026, 11, 18, 16, tzinfo=UTC)


def ana(session: Session, email: str = " Ana@Example.mx ", role: Role = Role.ADMIN) -> tuple[Staff, str]:
    return add_staff(session, email=email, name="Ana", role=role, now=NOW)


def test_the_password_fits_its_hash_and_is_nowhere_else(session: Session) -> None:
    staff, password = ana(session)
    assert (staff.email, staff.role) == ("ana@example.mx", "admin")
    assert verified(session, "ANA@example.mx", password) is staff
    assert verified(session, "ana@example.mx", password + "x") is None
    assert verified(session, "luz@example.mx", password) is None
    assert password not in str(session.exec(select(AuditEvent)).one().model_dump())


@pytest.mark.parametrize("email", ["", "ana", "@example.mx", "ana@"])
def test_what_is_no_address_is_refused(session: Session, email: str) -> None:
    with pytest.raises(AccountError, match="email_unreadable"):
        ana(session, email)


def test_nobody_is_added_twice(session: Session) -> None:
    ana(session)
    with pytest.raises(AccountError, match="email_taken"):
        ana(session, "ANA@example.mx", Role.COLLECTOR)


def test_a_renewed_password_replaces_the_old_one_and_ends_the_sessions(session: Session) -> None:
    staff, old = ana(session)
    token = sessions.begin(session, id_of(staff), NOW)
    new = renew_password(session, staff, "system", NOW)
    assert verified(session, "ana@example.mx", new) is staff
    assert verified(session, "ana@example.mx", old) is None
    assert sessions.find(session, token, NOW) is None


def test_somebody_switched_off_does_not_come_in(session: Session) -> None:
    staff, password = ana(session)
    token = sessions.begin(session, id_of(staff), NOW)
    staff.active = False
    session.add(staff)
    session.flush()
    assert verified(session, "ana@example.mx", password) is None
    assert sessions.find(session, token, NOW) is None


@pytest.mark.parametrize(
    ("current", "new", "reason"), [("wrong", "a long enough one", "password_wrong"), (None, "short", "password_short")]
)
def test_a_password_that_cannot_be_taken_changes_nothing(
    session: Session, current: str | None, new: str, reason: str
) -> None:
    staff, password = ana(session)
    with pytest.raises(AccountError, match=reason):
        change_password(session, staff, current or password, new, NOW)
    assert verified(session, "ana@example.mx", password) is staff
