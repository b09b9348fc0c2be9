"""A store in memory, for the many portfolios that need not run on both engines."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from sqlmodel import Session

from alcorriente.migrations import metadata
from store.engine import create_engine


@pytest.fixture(scope="package")
def memory() -> Iterator[sa.Engine]:
    """One for all tests here: what it has compiled once it need not compile again."""
    engine = create_engine("sqlite://")
    metadata().create_all(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def sqlite_session(memory: sa.Engine) -> Iterator[Session]:
    """Nothing is committed, so that the next test finds the store empty."""
    with Session(memory, expire_on_commit=False) as session:
        yield session
