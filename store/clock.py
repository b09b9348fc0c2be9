"""What time it is: the real clock, or in the demo one that can be moved; and the slots that jobs claim."""

from datetime import UTC, datetime, timedelta
from typing import Protocol

import sqlalchemy as sa
from sqlmodel import Field, Session, SQLModel, select

from store.columns import UTCDateTime
from store.engine import reading, transaction


class Clock(Protocol):
    def now(self) -> datetime: ...


class RealClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


class ClockSlot(SQLModel, table=True):
    """The last slot of a periodic job that some machine has claimed."""

    __tablename__ = "clock_slot"
    name: str = Field(primary_key=True)
    slot: datetime = Field(sa_type=UTCDateTime)


class MovedClock(SQLModel, table=True):
    """The demo's clock: frozen at an instant, or running with an offset to the real one. One row."""

    __tablename__ = "moved_clock"
    id: int = Field(default=1, primary_key=True)
    frozen_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    offset_seconds: float = 0.0


class MovableClock:
    """Kept as a row, so that every process of a demo agrees on the time and a restart keeps it."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def now(self) -> datetime:
        with reading(self._engine) as session:
            row = session.get(MovedClock, 1)
        if row is None:
            return datetime.now(UTC)
        return row.frozen_at or datetime.now(UTC) + timedelta(seconds=row.offset_seconds)

    def move(self, to: datetime, *, frozen: bool) -> None:
        offset = (to - datetime.now(UTC)).total_seconds()
        with transaction(self._engine) as session:
            session.merge(MovedClock(id=1, frozen_at=to if frozen else None, offset_seconds=offset))

    def is_frozen(self) -> bool:
        with reading(self._engine) as session:
            row = session.get(MovedClock, 1)
        return row is not None and row.frozen_at is not None


def free_slot(session: Session, name: str) -> None:
    """Lets the job run again at the next tick, in a slot that was claimed already."""
    table = SQLModel.metadata.tables["clock_slot"]
    session.execute(sa.update(table).where(table.c.name == name).values(slot=datetime(1970, 1, 1, tzinfo=UTC)))


def claimed_slots(session: Session) -> dict[str, datetime]:
    """The last slot of each job: a look that takes no lock, for those whose slot has not come. A claim decides."""
    return {each.name: each.slot for each in session.exec(select(ClockSlot))}


def claim_slot(session: Session, name: str, slot: datetime) -> bool:
    """True for exactly one caller per slot, on any number of machines; plan in the same transaction.

    The row is made with the first claim; later claims win by a conditional UPDATE (facts: 13 of 13 slots once
    with three clocks, one dying inside its transaction).
    """
    table = SQLModel.metadata.tables["clock_slot"]
    won = session.execute(sa.update(table).where(table.c.name == name, table.c.slot < slot).values(slot=slot))
    if won.rowcount == 1:  # type: ignore[attr-defined]
        return True
    if session.get(ClockSlot, name) is not None:
        return False
    try:
        with session.begin_nested():
            session.add(ClockSlot(name=name, slot=slot))
    except sa.exc.IntegrityError:
        return False
    return True
