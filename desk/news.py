"""What has happened since a cursor: steps of cases, messages, and how messages were delivered."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col

from desk.cases import MOST_URGENT
from desk.tables import Case, CaseEvent
from loans.tables import Borrower
from outreach.tables import Conversation, Message, MessageStatus

# Ids are given before transactions end, so a row may show up after one with a higher id: this far back is looked again.
LOOK_BACK = 100
MOST = 200
# Reminders by the thousand are no news to anybody who looks at a conversation.
_SPOKEN = sa.or_(col(Message.direction) == "in", col(Message.kind).in_(("reply", "collector")))


class Cursor(NamedTuple):
    """The highest ids seen."""

    case_event: int
    message: int
    status: int

    def __str__(self) -> str:
        return f"{self.case_event}.{self.message}.{self.status}"


@dataclass(frozen=True, slots=True)
class News:
    kind: str  # case | message
    row: tuple[str, int]  # the table's name and the id, by which a repetition is known
    data: dict[str, Any]


def latest(session: Session) -> Cursor:
    highest = [sa.select(sa.func.coalesce(sa.func.max(each), 0)).scalar_subquery() for each in _IDS]
    return Cursor(*session.execute(sa.select(*highest)).one())


def since(session: Session, cursor: Cursor, branches: Collection[str] | None) -> list[News]:
    """At most 200 of each table, oldest first; those shortly before the cursor come again."""
    return [
        *_of_cases(session, cursor.case_event, branches),
        *_of_messages(session, sa.select(col(Message.id)), col(Message.id), cursor.message, branches),
        *_of_messages(
            session,
            sa.select(col(MessageStatus.id)).join(Message, col(Message.id) == MessageStatus.message_id),
            col(MessageStatus.id),
            cursor.status,
            branches,
        ),
    ]


_IDS = (col(CaseEvent.id), col(Message.id), col(MessageStatus.id))


def _of_cases(session: Session, seen: int, branches: Collection[str] | None) -> list[News]:
    wanted: Any = (
        sa.select(col(CaseEvent.id), col(Case.id), col(Case.state), col(Case.priority))
        .join(Case, col(Case.id) == CaseEvent.case_id)
        .join(Borrower, col(Borrower.id) == Case.borrower_id, isouter=True)
    )
    rows = session.execute(_page(wanted, col(CaseEvent.id), seen, branches))
    return [
        News(
            "case",
            ("case_event", event),
            {"id": case, "state": state, "urgent": state == "open" and priority == MOST_URGENT},
        )
        for event, case, state, priority in rows
    ]


def _of_messages(
    session: Session, start: sa.Select[Any], row_id: Any, seen: int, branches: Collection[str] | None
) -> list[News]:
    whose = sa.func.coalesce(col(Message.borrower_id), col(Conversation.borrower_id))
    wanted = (
        start.add_columns(col(Message.id), col(Message.conversation_id), whose, col(Message.status))
        .join(Conversation, col(Conversation.id) == Message.conversation_id)
        .join(Borrower, col(Borrower.id) == whose, isouter=True)
        .where(_SPOKEN)
    )
    rows = session.execute(_page(wanted, row_id, seen, branches))
    return [
        News(
            "message",
            (row_id.table.name, number),
            {"id": message, "conversation_id": talk, "borrower_id": borrower, "status": status},
        )
        for number, message, talk, borrower, status in rows
    ]


def _page(wanted: sa.Select[Any], row_id: Any, seen: int, branches: Collection[str] | None) -> sa.Select[Any]:
    within = wanted if branches is None else wanted.where(col(Borrower.branch).in_(branches))
    return within.where(row_id > seen - LOOK_BACK).order_by(row_id.desc()).limit(MOST)
