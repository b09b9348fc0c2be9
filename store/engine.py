"""One engine for SQLite and PostgreSQL, and the transaction that each edge opens."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlmodel import Session

# With these names Alembic can drop a constraint on both engines.
NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

# Bytes of a SQLite file read from the system's own cache without a copy: Home over 100,000 loans takes a tenth less.
MAPPED = 2**30
# Our statements are short and the disk is a solid one: compiling them, or reading whole tables to spare random reads,
# makes Home four times as slow (docs/decisions/0007).
POSTGRES = {"options": "-c jit=off -c random_page_cost=1.1"}


def create_engine(url: str) -> sa.Engine:
    """SQLite opens every transaction with BEGIN IMMEDIATE, so that two writers wait instead of failing half-way."""
    if not url.startswith("sqlite"):
        return sa.create_engine(
            url,
            pool_size=10,
            max_overflow=20,
            pool_pre_ping=True,
            connect_args={"options": "-c jit=off -c random_page_cost=1.1"},
        )
    engine = sa.create_engine(url, connect_args={"check_same_thread": False, "timeout": 30})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_immediate)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # SQLAlchemy's BEGIN below is then the only one.
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "foreign_keys=ON",
        "busy_timeout=30000",
        "synchronous=NORMAL",
        f"mmap_size={MAPPED}",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_immediate(connection: sa.Connection) -> None:
    only_reads = connection.get_execution_options().get("only_reads", False)
    connection.exec_driver_sql("BEGIN" if only_reads else "BEGIN IMMEDIATE")


@contextmanager
def transaction(engine: sa.Engine) -> Iterator[Session]:
    """A session that commits at the end and rolls back on any error: the edge of a request, job or turn."""
    with Session(engine, expire_on_commit=False) as session, session.begin():
        yield session


@contextmanager
def reading(engine: sa.Engine) -> Iterator[Session]:
    """A session that only reads: it never waits for a writer, and what it would write is rolled back."""
    with Session(engine.execution_options(only_reads=True), expire_on_commit=False) as session:
        yield session
