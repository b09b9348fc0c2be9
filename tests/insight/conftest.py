"""A store on SQLite alone, for the many portfolios that need not run on both engines."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import Session

from store.engine import create_engine


@pytest.fixture
def sqlite_session(sqlite_template: Path, tmp_path: Path) -> Iterator[Session]:
    shutil.copy(sqlite_template, tmp_path / "random.db")
    engine = create_engine(f"sqlite:///{tmp_path / 'random.db'}")
    with Session(engine, expire_on_commit=False) as session:
        yield session
    engine.dispose()
