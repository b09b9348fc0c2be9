"""What a turn has already done, so that a repeated turn changes nothing."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field, Session, SQLModel, select


class TurnEffect(SQLModel, table=True):
    """One write of one turn, with the answer that the write gave."""

    __tablename__ = "turn_effect"
    __table_args__ = (UniqueConstraint("turn_id", "kind"),)
    id: int | None = Field(default=None, primary_key=True)
    turn_id: str = Field(index=True)
    kind: str
    result: Any = Field(default=None, sa_type=JSON)


def once(session: Session, turn_id: str, kind: str, write: Callable[[], Any]) -> Any:
    """Runs `write` in the first attempt of this turn; a repetition gets the stored, JSON-able answer instead."""
    done = session.exec(select(TurnEffect).where(TurnEffect.turn_id == turn_id, TurnEffect.kind == kind)).first()
    if done is not None:
        return done.result
    result = write()
    session.add(TurnEffect(turn_id=turn_id, kind=kind, result=result))
    session.flush()
    return result
