"""`alcorriente user`: the first admin of a new store, and a password that was forgotten."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlmodel import select
from typer.testing import CliRunner, Result

from alcorriente import settings as settings_file
from alcorriente.command_line import app
from desk import lockout
from desk.accounts import verified
from desk.tables import AuditEvent, Staff
from store import encryption
from store.engine import create_engine, reading, transaction

NOW = datetime.now(UTC)
SECRET = "a secret of the tests"
ADD = ("user", "add", "ana@example.mx", "--name", "Ana Pérez", "--role", "admin")
Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """Runs `alcorriente …` where no store is yet."""
    monkeypatch.setenv("ALCORRIENTE_DATABASE_URL", f"sqlite:///{tmp_path / 'store.db'}")
    monkeypatch.setenv("ALCORRIENTE_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("ALCORRIENTE_SECRET", SECRET)
    settings_file.settings.cache_clear()
    yield lambda *arguments: CliRunner().invoke(app, arguments)
    settings_file.settings.cache_clear()
    encryption.configure(encryption.keyring_from_secret("the tests' secret"))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[sa.Engine]:
    engine = create_engine(f"sqlite:///{tmp_path / 'store.db'}")
    yield engine
    engine.dispose()


def password_in(said: Result) -> str:
    assert said.exit_code == 0, said.output
    return said.stdout.split()[-1]


def test_a_new_store_has_nobody_and_the_first_admin_gets_a_strong_password(run: Run, store: sa.Engine) -> None:
    password = password_in(run(*ADD))
    assert len(password) >= 20
    with reading(store) as session:
        (ana,) = session.exec(select(Staff)).all()
        assert (ana.email, ana.role, ana.branches) == ("ana@example.mx", "admin", [])
        assert verified(session, "ana@example.mx", password) is not None
        assert password not in ana.model_dump_json()
        (event,) = session.exec(select(AuditEvent)).all()
        assert (event.actor, event.action) == ("command_line", "staff_added")


@pytest.mark.parametrize("arguments", [ADD, ("user", "add", "ana", "--name", "Ana")])
def test_who_is_there_or_has_no_address_is_refused(run: Run, store: sa.Engine, arguments: tuple[str, ...]) -> None:
    run(*ADD)
    refused = run(*arguments)
    assert refused.exit_code == 1
    assert arguments[2] in refused.stderr
    with reading(store) as session:
        assert len(session.exec(select(Staff)).all()) == 1


def test_without_a_role_a_person_is_no_admin(run: Run, store: sa.Engine) -> None:
    run("user", "add", "luz@example.mx", "--name", "Luz", "--branch", "Puebla")
    with reading(store) as session:
        luz = session.exec(select(Staff)).one()
    assert (luz.role, luz.branches) == ("collector", ["Puebla"])


def test_a_forgotten_password_is_replaced_and_the_lock_opened(run: Run, store: sa.Engine) -> None:
    old = password_in(run(*ADD))
    with transaction(store) as session:
        for _ in range(20):
            lockout.failed(session, "ana@example.mx", NOW)
    new = password_in(run("user", "password", "Ana@example.mx"))
    with reading(store) as session:
        assert verified(session, "ana@example.mx", new) is not None
        assert verified(session, "ana@example.mx", old) is None
        assert lockout.locked_until(session, "ana@example.mx", NOW) is None


def test_nobody_has_no_password(run: Run) -> None:
    refused = run("user", "password", "luz@example.mx")
    assert refused.exit_code == 1
    assert "luz@example.mx" in refused.stderr
