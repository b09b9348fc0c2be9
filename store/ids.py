"""The id of a row that is in the store; a row that was never flushed has none."""

from typing import Protocol


class Row(Protocol):
    id: int | None


def id_of(row: Row) -> int:
    if row.id is None:
        raise ValueError(f"{type(row).__name__} has no id yet: flush the session first")
    return row.id
