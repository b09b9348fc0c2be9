"""The store's schema, step by step; `upgrade` brings any store to the newest one."""

from importlib import import_module
from pathlib import Path

import sqlalchemy as sa
from sqlmodel import SQLModel

FOLDER = Path(__file__).parent
TABLES = ("store.clock", "store.effects", "loans.tables", "outreach.tables", "desk.tables")


def metadata() -> sa.MetaData:
    """All tables of all rooms."""
    for module in TABLES:
        import_module(module)
    return SQLModel.metadata


def upgrade(engine: sa.Engine, revision: str = "head") -> None:
    """In one transaction: a failed step leaves the store as it was."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
