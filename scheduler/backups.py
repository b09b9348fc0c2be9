"""Copies of the store: a consistent one while it is in use, verified, and put back only after it was verified again."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

KEPT = 14  # own default: two weeks of nights
SQLITE, POSTGRES = ".db", ".dump"


class BackupError(Exception):
    """A copy that could not be made, is not sound, or must not be put back now."""


def make(engine: sa.Engine, folder: Path, now: datetime) -> Path:
    """A verified copy named by its time. A half-written one never gets that name."""
    folder.mkdir(parents=True, exist_ok=True)
    ending = SQLITE if engine.dialect.name == "sqlite" else POSTGRES
    final = folder / f"alcorriente-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}{ending}"
    partial = final.with_name(final.name + ".partial")
    partial.touch(mode=0o600)
    try:
        if ending == SQLITE:
            _copy_sqlite(engine, partial)
        else:
            _run("pg_dump", "--format=custom", f"--file={partial}", f"--dbname={_libpq(engine)}")
        verify(partial, ending)
        partial.replace(final)
    finally:
        partial.unlink(missing_ok=True)
    return final


def verify(copy: Path, ending: str | None = None) -> None:
    """Raises BackupError unless the copy can be read whole and holds a store of this product."""
    if not copy.is_file() or copy.stat().st_size == 0:
        raise BackupError(f"{copy}: no such file, or it is empty. Choose one that `alcorriente backup` wrote.")
    if (ending or copy.suffix) == POSTGRES:
        listing = _run("pg_restore", "--list", str(copy))
        if " lender " not in listing:
            raise BackupError(f"{copy}: this is not a store of Al Corriente.")
        _run("pg_restore", f"--file={os.devnull}", str(copy))  # reads all of it
        return
    try:
        with closing(sqlite3.connect(f"file:{copy}?mode=ro", uri=True)) as connection:
            verdict = connection.execute("PRAGMA integrity_check").fetchone()[0]
            tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    except sqlite3.DatabaseError as problem:
        raise BackupError(f"{copy}: damaged: {problem}. Choose an older copy.") from problem
    if verdict != "ok":
        raise BackupError(f"{copy}: damaged: {verdict}. Choose an older copy.")
    if not {"lender", "loan", "message"} <= tables:
        raise BackupError(f"{copy}: this is not a store of Al Corriente.")


def restore_sqlite(copy: Path, store: Path, now: datetime) -> Path | None:
    """Puts a verified copy in the store's place and returns where the old store is kept; refused while in use."""
    verify(copy, SQLITE)
    kept = None
    if store.exists():
        _refuse_in_use(store)
        kept = store.with_name(f"{store.stem}-before-restore-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}{store.suffix}")
        store.replace(kept)
    store.parent.mkdir(parents=True, exist_ok=True)
    partial = store.with_name(store.name + ".partial")
    shutil.copyfile(copy, partial)
    partial.chmod(0o600)
    partial.replace(store)
    return kept


def restore_postgres(copy: Path, engine: sa.Engine) -> None:
    """In one transaction: the old tables go only if all of the copy comes in. Refused while others are connected."""
    verify(copy, POSTGRES)
    with engine.connect() as connection:
        others = connection.execute(
            sa.text(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        ).scalar_one()
    engine.dispose()
    if others:
        raise BackupError(f"The database has {others} other connections. End `alcorriente up` everywhere first.")
    options = ("--clean", "--if-exists", "--single-transaction", "--no-owner")
    _run("pg_restore", *options, f"--dbname={_libpq(engine)}", str(copy))


def keep_newest(folder: Path) -> None:
    copies = sorted(each for each in folder.glob("alcorriente-*") if each.suffix in (SQLITE, POSTGRES))
    for old in copies[:-KEPT]:
        old.unlink()


def _copy_sqlite(engine: sa.Engine, target: Path) -> None:
    """SQLite's own way to copy a store in use: pages that change meanwhile are copied again."""
    source = engine.url.database
    with (
        closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as store,
        closing(sqlite3.connect(target)) as copy,
    ):
        store.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, without a log beside it


def _refuse_in_use(store: Path) -> None:
    """Whoever is alone can lock the whole file; the log is folded into it and goes with it."""
    with closing(sqlite3.connect(store, timeout=1, isolation_level=None)) as connection:
        try:
            connection.execute("PRAGMA locking_mode=EXCLUSIVE")
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("COMMIT")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except sqlite3.OperationalError as problem:
            raise BackupError(f"{store} is in use ({problem}). End `alcorriente up` first.") from problem
        except sqlite3.DatabaseError:
            return  # What is damaged may be replaced; it is kept beside.


def _libpq(engine: sa.Engine) -> str:
    return engine.url.set(drivername="postgresql").render_as_string(hide_password=False)


def _run(program: str, *arguments: str) -> str:
    found = shutil.which(program) or next(
        (str(each) for each in sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"), reverse=True)), None
    )
    if found is None:
        raise BackupError(f"{program} is not installed: install the PostgreSQL client of the server's version.")
    done = subprocess.run([found, *arguments], capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise BackupError(f"{program} failed: {done.stderr.strip()[-500:]}")
    return done.stdout
