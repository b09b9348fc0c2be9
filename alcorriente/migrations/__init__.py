"""The store's schema, step by step; `upgrade` brings any store to the newest one. The way back is a backup."""

from importlib import import_module
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlmodel import SQLModel

FOLDER = Path(__file__).parent
TABLES = (
    "store.clock",
    "store.effects",
    "loans.tables",
    "outreach.tables",
    "outreach.history",
    "outreach.wishes",
    "outreach.channels_on",
    "desk.tables",
    "insight.tables",
)
LOCK = 7_203_118  # Any number, the same for all: two processes that start together upgrade one after the other.


def metadata() -> sa.MetaData:
    """All tables of all rooms."""
    for module in TABLES:
        import_module(module)
    return SQLModel.metadata


def upgrade(engine: sa.Engine, revision: str = "head") -> None:
    """In one transaction: a failed step leaves the store as it was."""
    from alembic import command

    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(LOCK)))
        command.upgrade(_config(connection), revision)


def write(message: str, revision_id: str | None = None) -> Path:
    """Writes the step from the newest schema to what the tables now say, for a developer to read and correct."""
    from alembic import command

    from store.engine import create_engine

    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        if any((FOLDER / "versions").glob("*.py")):
            command.upgrade(_config(connection), "head")
        script = command.revision(_config(connection), message, autogenerate=True, rev_id=revision_id)
    engine.dispose()
    if script is None or isinstance(script, list):
        raise RuntimeError("Alembic wrote no single step.")
    return Path(script.path)


def _config(connection: sa.Connection) -> Any:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
