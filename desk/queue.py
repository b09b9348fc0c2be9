"""The queue of cases as the desk sees it: with the borrower, who has it and when it last moved."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from desk.tables import Case, Staff
from loans.tables import Borrower
from outreach.tables import Conversation, Message

# Written out: SQLite uses the index over what is open only where the statement itself names that part.
LIVING = col(Case.state) != sa.literal_column("'closed'")
ORDER = (col(Case.priority), col(Case.opened_at), col(Case.id))


@dataclass(frozen=True, slots=True)
class Figures:
    waiting: int
    mine: int
    by_reason: dict[str, int]


def rows(branches: Collection[str] | None) -> sa.Select[Any]:
    """(case, borrower or None, colleague's name or None, when the conversation last moved).

    A case of nobody known is seen by who is bound to no branch."""
    last = (
        sa.select(col(Message.created_at))
        .where(col(Message.conversation_id) == Case.conversation_id)
        .order_by(col(Message.id).desc())
        .limit(1)
        .correlate(Case)
        .scalar_subquery()
    )
    wanted: Any = sa.select(Case, Borrower, col(Staff.name), last.label("last_message_at"))
    return _within(wanted, branches).join(Staff, col(Staff.id) == Case.staff_id, isouter=True)


def figures(session: Session, branches: Collection[str] | None, staff_id: int | None) -> Figures:
    mine = col(Case.staff_id) == staff_id if staff_id is not None else sa.false()
    counted: Any = sa.select(col(Case.reason), col(Case.state), mine.label("mine"), sa.func.count())
    found = session.execute(
        _within(counted, branches).where(LIVING).group_by(col(Case.reason), col(Case.state), sa.text("mine"))
    ).all()
    by_reason: dict[str, int] = {}
    for reason, _, _, count in found:
        by_reason[reason] = by_reason.get(reason, 0) + count
    return Figures(
        waiting=sum(count for _, state, _, count in found if state == "open"),
        mine=sum(count for _, _, own, count in found if own),
        by_reason=by_reason,
    )


def talk_of(session: Session, borrower_id: int) -> int | None:
    """The conversation in which they were last spoken with."""
    theirs = select(Conversation.id).where(Conversation.borrower_id == borrower_id)
    latest = theirs.order_by(col(Conversation.last_turn_at).is_(None), col(Conversation.last_turn_at).desc())
    return session.exec(latest).first()


def waited(case: Case, now: datetime) -> int:
    """Whole seconds until somebody took it over, or it was closed."""
    return max(0, int(((case.taken_at or case.closed_at or now) - case.opened_at).total_seconds()))


def _within(wanted: sa.Select[Any], branches: Collection[str] | None) -> sa.Select[Any]:
    joined = wanted.select_from(Case).join(Borrower, col(Borrower.id) == Case.borrower_id, isouter=True)
    return joined if branches is None else joined.where(col(Borrower.branch).in_(branches))
