"""What every test may use: a store on both engines; and what none may do: reach out, read the developer's settings."""

import os
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import settings
from sqlmodel import Session

from alcorriente.migrations import metadata
from store import encryption
from store.engine import create_engine
from tests import postgres

# Machines that run the suite may be busy; a slow example is no failure.
settings.register_profile("suite", deadline=None)
settings.load_profile("suite")

for name in [each for each in os.environ if each.startswith("ALCORRIENTE_")]:
    del os.environ[name]

SECRET = "the tests' secret"
encryption.configure(encryption.keyring_from_secret(SECRET))

_connect = socket.socket.connect
_connect_ex = socket.socket.connect_ex


def _refuse_strangers(to: Any) -> None:
    host = to[0] if isinstance(to, tuple) else None  # None: a Unix socket
    if host is not None and host != "localhost" and not host.startswith("127.") and host != "::1":
        raise PermissionError(f"A test tried to reach {to!r}: only loopback is allowed.")


def _guarded_connect(self: socket.socket, to: Any) -> None:
    _refuse_strangers(to)
    _connect(self, to)


def _guarded_connect_ex(self: socket.socket, to: Any) -> int:
    _refuse_strangers(to)
    return _connect_ex(self, to)


socket.socket.connect = _guarded_connect  # type: ignore[method-assign, assignment]
socket.socket.connect_ex = _guarded_connect_ex  # type: ignore[method-assign, assignment]


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty store, copied for each test."""
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    _create_tables(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[postgres.Server]:
    """One server per test process, started by the first test that needs it."""
    folder = postgres.binaries()
    if folder is None:
        pytest.skip("PostgreSQL is not installed (Debian: apt install postgresql)")
    with postgres.running(folder) as server:
        yield server


@pytest.fixture(scope="session")
def postgres_template(postgres_server: postgres.Server) -> str:
    template = postgres_server.create()
    _create_tables(postgres_server.url(template))
    return template


def _create_tables(url: str) -> None:
    engine = create_engine(url)
    metadata().create_all(engine)
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty store with all tables, for tests that start processes."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_template"), tmp_path / "store.db")
        yield f"sqlite:///{tmp_path / 'store.db'}"
        return
    server: postgres.Server = request.getfixturevalue("postgres_server")
    name = server.create(request.getfixturevalue("postgres_template"))
    yield server.url(name)
    server.drop(name)


@pytest.fixture
def engine(store_url: str) -> Iterator[sa.Engine]:
    engine = create_engine(store_url)
    yield engine
    engine.dispose()


@pytest.fixture
def session(engine: sa.Engine) -> Iterator[Session]:
    """A session inside one transaction; `session.commit()` starts the next."""
    with Session(engine, expire_on_commit=False) as session:
        yield session
