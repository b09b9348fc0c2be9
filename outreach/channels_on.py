"""Which channels were switched on when something was decided: a row that changes with the settings."""

from collections.abc import Collection

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Field, Session, SQLModel, select


class ChannelsOn(SQLModel, table=True):
    """One row; what it said before is in the history, as of any row."""

    __tablename__ = "channels_on"
    id: int = Field(default=1, primary_key=True)
    names: str  # as `recipients.is_on` reads them, in order, with spaces between


def names(session: Session) -> list[str] | None:
    """None before the first decision."""
    noted = session.exec(select(ChannelsOn.names)).first()
    return None if noted is None else noted.split()


def note(session: Session, enabled: Collection[str]) -> None:
    """Before anything is decided that is kept. Most often the row says so already."""
    names = " ".join(sorted(enabled))
    if session.exec(select(ChannelsOn.names)).first() == names:
        return
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    table = ChannelsOn.__table__  # type: ignore[attr-defined]
    put = insert(table).values(id=1, names=names)
    session.execute(put.on_conflict_do_update(index_elements=["id"], set_={"names": names}))
