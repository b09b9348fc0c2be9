"""Sessions end by time and by rest; wrong passwords in a row lock an e-mail."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session

from desk import lockout, sessions
from desk.access import PERMISSIONS, Permission, Role
from desk.accounts import add_staff
from store.ids import id_of

NOW = datetime(2026, 11, 18, 16, tzinfo=UTC)


@pytest.mark.parametrize(
    ("later", "alive"),
    [
        (timedelta(0), True),
        (sessions.IDLE - timedelta(seconds=1), True),
        (sessions.IDLE, False),
        (sessions.LIFETIME, False),
    ],
)
def test_a_session_rests_only_so_long(session: Session, later: timedelta, alive: bool) -> None:
    staff, _ = add_staff(session, email="ana@example.mx", name="Ana", role=Role.ADMIN, now=NOW)
    token = sessions.begin(session, id_of(staff), NOW)
    assert (sessions.find(session, token, NOW + later) is not None) is alive


def test_use_keeps_a_session_alive_up_to_its_lifetime(session: Session) -> None:
    staff, _ = add_staff(session, email="ana@example.mx", name="Ana", role=Role.ADMIN, now=NOW)
    token = sessions.begin(session, id_of(staff), NOW)
    now, reached = NOW, timedelta(0)
    while (found := sessions.find(session, token, now)) is not None:
        sessions.touch(session, id_of(found[0]), now)
        session.expire_all()
        reached, now = now - NOW, now + timedelta(hours=1)
    assert reached == sessions.LIFETIME - timedelta(hours=1)


def test_five_wrong_ones_lock_for_a_quarter_of_an_hour(session: Session) -> None:
    for _ in range(lockout.ATTEMPTS):
        assert lockout.locked_until(session, "nobody@example.mx", NOW) is None
        lockout.failed(session, "nobody@example.mx", NOW)
    assert lockout.locked_until(session, " Nobody@Example.mx", NOW) == NOW + lockout.LOCK
    assert lockout.locked_until(session, "ana@example.mx", NOW) is None
    after = NOW + lockout.LOCK
    assert lockout.locked_until(session, "nobody@example.mx", after) is None
    lockout.failed(session, "nobody@example.mx", after)
    assert lockout.locked_until(session, "nobody@example.mx", after) is None


def test_a_right_one_forgets_the_wrong_ones(session: Session) -> None:
    for _ in range(3 * lockout.ATTEMPTS):
        lockout.failed(session, "ana@example.mx", NOW)
        lockout.succeeded(session, "ana@example.mx")
    assert lockout.locked_until(session, "ana@example.mx", NOW) is None


def test_the_auditor_reads_everything_and_writes_nothing() -> None:
    assert PERMISSIONS[Role.AUDITOR] == {each for each in Permission if each.startswith("read_")}
    assert PERMISSIONS[Role.COLLECTOR] < PERMISSIONS[Role.SUPERVISOR] < PERMISSIONS[Role.ADMIN]
