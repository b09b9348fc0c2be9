"""Versions of a policy: proposed, then approved by a person, and in force from a day on. Never edited."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Protocol, TypeVar

import sqlalchemy as sa
from sqlmodel import Session, select


class Proposed(Protocol):
    valid_from: date
    proposed_by: str
    approved_by: str | None


class PolicyVersion(Proposed, Protocol):
    """A table of versions; its rows are made with these names."""

    def __init__(self, **columns: Any) -> None: ...

    id: int | None
    version: str
    content: dict[str, Any]
    created_at: datetime


LONGEST_VERSION = 40
V = TypeVar("V", bound=PolicyVersion)


class VersionError(Exception):
    """`reason` is a key of locales' problems."""

    def __init__(self, field: str, value: Any, reason: str) -> None:
        super().__init__(f"{field} is {value!r}: {reason}")
        self.field, self.value, self.reason = field, value, reason


def in_force(session: Session, table: type[V], today: date) -> str | None:
    """The content, as JSON, of the approved version with the latest first day not after `today`.

    As the text that it is stored as: it is asked for at each turn and job, and read once (see the policies)."""
    columns: Any = table
    return session.exec(
        select(sa.cast(columns.content, sa.Text))
        .where(columns.approved_by.is_not(None), columns.valid_from <= today)
        .order_by(columns.valid_from.desc(), columns.id.desc())
    ).first()


def propose(
    session: Session,
    table: type[V],
    content: Mapping[str, Any],
    *,
    valid_from: date,
    shipped: str,
    by: str,
    today: date,
    now: datetime,
) -> V:
    """Its day lies ahead, so that what was done until then stays as it was judged.

    Its number is higher than `shipped` and all before it.
    """
    check_day(valid_from, today)
    columns: Any = table
    version = str(content["policy_version"])
    taken = [shipped, *session.execute(sa.select(columns.version)).scalars()]
    if len(version) > LONGEST_VERSION or _number(version) <= max(map(_number, taken)):
        raise VersionError("content.policy_version", version, "policy_version_low")
    row = table(
        version=version,
        content=dict(content),
        valid_from=valid_from,
        proposed_by=by,
        created_at=now,
    )
    session.add(row)
    session.flush()
    return row


def approve(session: Session, row: Proposed, *, by: str, today: date, second_person: bool = False) -> None:
    """With `second_person` by somebody else than who proposed it."""
    if row.approved_by is not None:
        raise VersionError("approved_by", row.approved_by, "policy_approved")
    if second_person and row.proposed_by == by:
        raise VersionError("proposed_by", row.proposed_by, "second_person_needed")
    check_day(row.valid_from, today)
    row.approved_by = by
    session.add(row)


def check_day(valid_from: date, today: date) -> None:
    if valid_from <= today:
        raise VersionError("valid_from", valid_from.isoformat(), "policy_day_past")


def _number(version: str) -> tuple[int, ...]:
    return tuple(int(each) for each in version.split("."))
