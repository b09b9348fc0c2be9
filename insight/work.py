"""What waits for people. Reads the desk's tables by name: two rooms side by side import nothing of each other."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from insight.scope import Scope
from loans.tables import Borrower
from store.columns import UTCDateTime

CASE = sa.table(
    "case",
    sa.column("id", sa.Integer),
    sa.column("reason", sa.String),
    sa.column("priority", sa.Integer),
    sa.column("state", sa.String),
    sa.column("borrower_id", sa.Integer),
    sa.column("opened_at", UTCDateTime),
)
CASE_EVENT = sa.table(
    "case_event",
    sa.column("case_id", sa.Integer),
    sa.column("kind", sa.String),
    sa.column("staff_id", sa.Integer),
    sa.column("at", UTCDateTime),
)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Cases that nobody has closed, of one reason and priority (0 = now)."""

    reason: str
    priority: int
    cases: int
    longest_seconds: int


def waiting(session: Session, now: datetime, scope: Scope) -> list[Waiting]:
    """The most urgent first, then the longest wait."""
    keys = CASE.c.reason, CASE.c.priority
    oldest = sa.func.min(CASE.c.opened_at, type_=UTCDateTime())
    counted = open_cases(scope, *keys, sa.func.count(), oldest).group_by(*keys)
    found = [
        Waiting(reason, priority, cases, int((now - since).total_seconds()))
        for reason, priority, cases, since in session.execute(counted)
    ]
    return sorted(found, key=lambda each: (each.priority, -each.longest_seconds))


def open_cases(scope: Scope, *columns: Any) -> Any:
    """A case of nobody we know belongs to no branch: only who sees all of them sees it. Products don't matter."""
    return (
        sa.select(*columns)
        .select_from(CASE.outerjoin(Borrower, col(Borrower.id) == CASE.c.borrower_id))
        .where(CASE.c.state != "closed", *scope.of_borrower())
    )
