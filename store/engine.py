"""One engine for SQLite and PostgreSQL, and the transaction that each edge opens."""

import sqlite3
import time
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
# Seconds for which a writer waits for another, and between two looks of one that is urgent.
LONGEST_WAIT = 30
LOOKS = 0.001
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
            connect_args=POSTGRES,
        )
    engine = sa.create_engine(url, connect_args={"check_same_thread": False, "timeout": LONGEST_WAIT})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_immediate)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # SQLAlchemy's BEGIN below is then the only one.
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "foreign_keys=ON",
        f"busy_timeout={LONGEST_WAIT * 1000}",
        "synchronous=NORMAL",
        f"mmap_size={MAPPED}",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_immediate(connection: sa.Connection) -> None:
    options = connection.get_execution_options()
    if options.get("urgent"):
        _begin_soon(connection.connection.driver_connection)
    else:
        connection.exec_driver_sql("BEGIN" if options.get("only_reads") else "BEGIN IMMEDIATE")


def _begin_soon(driver: Any) -> None:
    """SQLite itself looks ever less often, up to ten times a second, and overlooks the moments between two writers."""
    ends = time.monotonic() + LONGEST_WAIT
    driver.execute("PRAGMA busy_timeout=0")
    try:
        while not _begun(driver):
            if time.monotonic() > ends:
                raise TimeoutError(f"The store's other writers have not let go for {LONGEST_WAIT} s.")
            time.sleep(LOOKS)
    finally:
        driver.execute(f"PRAGMA busy_timeout={LONGEST_WAIT * 1000}")


def _begun(driver: Any) -> bool:
    try:
        driver.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as problem:
        if problem.sqlite_errorcode != sqlite3.SQLITE_BUSY:
            raise
        return False
    return True


def urgent(engine: sa.Engine) -> sa.Engine:
    """The same store for a writer that somebody waits for: it looks for its turn every millisecond."""
    return engine.execution_options(urgent=True)


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
