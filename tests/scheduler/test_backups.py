"""A backup can be put back, and nothing else is."""

from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlmodel import Session

from alcorriente.migrations import metadata
from loans.tables import Lender
from scheduler import backups, jobs
from scheduler.backups import BackupError
from store.engine import create_engine, reading, transaction
from tests.outreach.portfolio import MORNING, a_lender, at


@pytest.fixture(autouse=True)
def lender(session: Session) -> None:
    a_lender(session)
    session.commit()


def rename(engine: sa.Engine, name: str) -> None:
    with transaction(engine) as session:
        session.get_one(Lender, 1).name = name


def name_of(engine: sa.Engine) -> str:
    with reading(engine) as session:
        return session.get_one(Lender, 1).name


def put_back(engine: sa.Engine, copy: Path) -> Path | None:
    if engine.dialect.name == "postgresql":
        backups.restore_postgres(copy, engine)
        return None
    return backups.restore_sqlite(copy, Path(engine.url.database or ""), at(12))


def test_what_was_copied_comes_back(session: Session, engine: sa.Engine, tmp_path: Path) -> None:
    copy = backups.make(engine, tmp_path / "backups", MORNING)
    assert copy.name.startswith("alcorriente-20261124T150000Z")
    rename(engine, "Another")
    session.close()
    engine.dispose()
    kept = put_back(engine, copy)
    assert name_of(engine) == "Crédito Amigo"
    if kept is not None:
        old = create_engine(f"sqlite:///{kept}")
        assert name_of(old) == "Another"
        old.dispose()


def test_a_store_in_use_is_not_replaced(session: Session, engine: sa.Engine, tmp_path: Path) -> None:
    copy = backups.make(engine, tmp_path / "backups", MORNING)
    rename(engine, "Another")
    session.close()
    busy = create_engine(engine.url.render_as_string(hide_password=False))
    with busy.connect() as idle:
        idle.execute(sa.text("SELECT count(*) FROM lender"))
        idle.rollback()  # connected, with nothing in hand: `alcorriente up` at night
        with pytest.raises(BackupError, match=r"in use|other connections"):
            put_back(engine, copy)
    busy.dispose()
    assert name_of(engine) == "Another"


@pytest.mark.parametrize("content", [b"", b"not a store", b"SQLite format 3\x00" + b"\x07" * 5000])
def test_a_damaged_copy_is_refused_and_changes_nothing(
    session: Session, engine: sa.Engine, tmp_path: Path, content: bytes
) -> None:
    bad = tmp_path / ("bad.dump" if engine.dialect.name == "postgresql" else "bad.db")
    bad.write_bytes(content)
    session.close()
    with pytest.raises(BackupError):
        put_back(engine, bad)
    assert name_of(engine) == "Crédito Amigo"


def test_half_a_copy_is_refused(session: Session, engine: sa.Engine, tmp_path: Path) -> None:
    copy = backups.make(engine, tmp_path / "backups", MORNING)
    copy.write_bytes(copy.read_bytes()[: copy.stat().st_size // 2])
    session.close()
    with pytest.raises(BackupError):
        put_back(engine, copy)
    assert name_of(engine) == "Crédito Amigo"


def test_another_programs_database_is_refused(tmp_path: Path, session: Session) -> None:
    stranger = create_engine(f"sqlite:///{tmp_path / 'stranger.db'}")
    with stranger.begin() as connection:
        connection.execute(sa.text("CREATE TABLE lender (id int)"))
    stranger.dispose()
    with pytest.raises(BackupError, match="not a store"):
        backups.verify(tmp_path / "stranger.db")


def test_every_night_has_one_backup_and_two_weeks_are_kept(engine: sa.Engine, tmp_path: Path, session: Session) -> None:
    session.close()
    for day in range(16):
        now = MORNING + timedelta(days=day)
        assert jobs.run_due(engine, now, backups=tmp_path / "nightly")["backups"] == 1
        assert jobs.run_due(engine, now + timedelta(hours=1), backups=tmp_path / "nightly")["backups"] == 0
    copies = sorted((tmp_path / "nightly").iterdir())
    assert len(copies) == backups.KEPT
    assert "20261209" in copies[-1].name


def test_all_tables_are_in_the_copy(engine: sa.Engine, tmp_path: Path, session: Session) -> None:
    if engine.dialect.name == "postgresql":
        pytest.skip("pg_dump's own business")
    copy = create_engine(f"sqlite:///{backups.make(engine, tmp_path, MORNING)}")
    assert set(sa.inspect(copy).get_table_names()) == set(metadata().tables)
    copy.dispose()
