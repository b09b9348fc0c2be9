"""Lists by cursor: the cursor is where the page before ended, so rows that come or go shift nothing."""

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Annotated, Any, Generic, TypeVar

import sqlalchemy as sa
from fastapi import Query
from pydantic import BaseModel
from sqlmodel import Session

from admin_api.problems import invalid
from store.columns import UTCDateTime

T = TypeVar("T")
LARGEST_ID = 2**31  # As PostgreSQL keeps ids; a larger number is nobody's.
Limit = Annotated[int, Query(ge=1, le=200, description="Rows of a page.")]
After = Annotated[str | None, Query(description="`next` of the page before.")]


class Page(BaseModel, Generic[T]):
    items: list[T]
    next: str | None = None


def page(  # noqa: PLR0917
    session: Session,
    wanted: sa.Select[Any],
    keys: Sequence[Any],
    limit: int,
    after: str | None,
    show: Callable[[Any], T],
    *,
    newest_first: bool = False,
) -> Page[T]:
    """`keys` are columns that order the rows without ties; `wanted` selects them in no order. `show` gets a row."""
    if after is not None:
        values = _decode(after, keys)
        here, there = sa.tuple_(*keys), sa.tuple_(*values)
        wanted = wanted.where(here < there if newest_first else here > there)
    order = [each.desc() if newest_first else each.asc() for each in keys]
    marks = [each.label(f"key_{number}") for number, each in enumerate(keys)]
    rows = session.execute(wanted.add_columns(*marks).order_by(*order).limit(limit + 1)).all()
    shown = rows[:limit]
    more = _encode(shown[-1][-len(keys) :]) if len(rows) > limit else None
    return Page[T](items=[show(each) for each in shown], next=more)


def _encode(values: Sequence[Any]) -> str:
    plain = [each.isoformat() if isinstance(each, date) else each for each in values]
    return base64.urlsafe_b64encode(json.dumps(plain).encode()).decode().rstrip("=")


def _decode(cursor: str, keys: Sequence[Any]) -> list[Any]:
    try:
        plain = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if not isinstance(plain, list) or len(plain) != len(keys):
            raise invalid("after", cursor, "cursor_unreadable")
        return [_literal(value, key) for value, key in zip(plain, keys, strict=True)]
    except (ValueError, TypeError, binascii.Error, UnicodeDecodeError) as wrong:
        raise invalid("after", cursor, "cursor_unreadable") from wrong


def _literal(value: Any, key: Any) -> Any:
    """The type comes from the column; what does not fit is refused before the database sees it."""
    if isinstance(key.type, sa.Date):
        return sa.literal(date.fromisoformat(value), key.type)
    if isinstance(key.type, UTCDateTime):
        return sa.literal(datetime.fromisoformat(value), key.type)
    kind = int if isinstance(key.type, sa.Integer) else float if isinstance(key.type, sa.Float) else str
    too_large = isinstance(value, int) and abs(value) >= LARGEST_ID
    if type(value) is not kind or too_large or "\0" in str(value):
        raise TypeError(f"{value!r} is no {kind}")
    return sa.literal(value, key.type)
