"""The steps of the schema lead to exactly the tables that the code defines."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlmodel import Session, col, select

from alcorriente import migrations
from desk.tables import Staff
from loans.tables import BorrowerWord
from store.encryption import encrypt
from store.engine import create_engine
from tests import postgres

BORROWER = {
    "id": 1,
    "external_id": "C-1",
    "full_name": b"",
    "given_name": b"",
    "language": "es",
    "country": "MX",
    "region": "",
    "branch": "",
    "officer_name": "",
    "created_at": datetime(2026, 1, 1),  # noqa: DTZ001 - as it lies in the store
}


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[sa.Engine]:
    """A store without any table."""
    if request.param == "sqlite":
        engine = create_engine(f"sqlite:///{tmp_path / 'empty.db'}")
        yield engine
        engine.dispose()
        return
    server: postgres.Server = request.getfixturevalue("postgres_server")
    name = server.create()
    engine = create_engine(server.url(name))
    yield engine
    engine.dispose()
    server.drop(name)


def test_the_steps_give_the_schema_of_the_models(empty: sa.Engine) -> None:
    migrations.upgrade(empty)
    with empty.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, migrations.metadata()) == []


def test_an_upgraded_store_has_every_index(empty: sa.Engine) -> None:
    """Partial indexes too, which the comparison above does not look into."""
    migrations.upgrade(empty)
    there = sa.inspect(empty)
    for table in migrations.metadata().sorted_tables:
        names = {each["name"] for each in there.get_indexes(table.name)}
        assert {str(each.name) for each in table.indexes} <= names


def test_processes_that_start_together_upgrade_once(empty: sa.Engine) -> None:
    with ThreadPoolExecutor(3) as threads:
        list(threads.map(lambda _: migrations.upgrade(empty), range(3)))
    with empty.connect() as connection:
        assert connection.execute(sa.text("SELECT count(*) FROM alembic_version")).scalar() == 1


def test_staff_of_one_branch_keep_it(empty: sa.Engine) -> None:
    migrations.upgrade(empty, "0001")
    row = "(id, email, name, password_hash, role, branch, language, active, created_at)"
    with empty.begin() as connection:
        for number, branch in ((1, "Puebla"), (2, "")):
            values = f"({number}, 'a{number}@example.mx', 'A', 'x', 'collector', '{branch}', 'es', true, '2026-01-01')"
            connection.exec_driver_sql(f"INSERT INTO staff {row} VALUES {values}")
    migrations.upgrade(empty)
    with Session(empty) as session:
        kept = session.exec(select(Staff).order_by(col(Staff.id))).all()
    assert [each.branches for each in kept] == [["Puebla"], []]
    assert all(each.case_limit == 300 for each in kept)


def test_who_was_there_before_names_could_be_searched_is_found(empty: sa.Engine) -> None:
    migrations.upgrade(empty, "0002")
    before = sa.table("borrower", *map(sa.column, BORROWER))
    name = encrypt("Guadalupe Núñez")
    with empty.begin() as connection:
        connection.execute(before.insert().values(BORROWER | {"full_name": name, "given_name": name}))
    migrations.upgrade(empty)
    with Session(empty) as session:
        assert session.exec(select(BorrowerWord.borrower_id).distinct()).all() == [1]
