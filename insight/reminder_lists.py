"""The reminders behind each step of the funnel, page by page."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from insight.funnel import STEPS, borders, reminders
from insight.lists import LIMIT, UnknownListError
from insight.scope import Scope
from insight.window import Window
from loans.tables import Loan
from outreach.tables import Message

SENT = "sent"
LISTED = (SENT, *STEPS)
BEFORE, MOST = sa.bindparam("before", type_=sa.BigInteger), sa.bindparam("most", type_=sa.Integer)
NEWEST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class ReminderRow:
    """`loan` is its number, '' for a reminder that is about no loan."""

    id: int
    loan_id: int | None
    loan: str
    borrower_id: int
    channel: str
    sent_at: datetime
    delivered: bool
    answered: bool
    promised: bool
    paid: bool


def reminders_in(
    session: Session, window: Window, scope: Scope, step: str, *, limit: int = LIMIT, after: int = 0
) -> list[ReminderRow]:
    """Those of the window that came to `step`, 'sent' = all; the newest day first, and the newest row of it.

    Days are counted live: a borrower who has moved since is listed where they are now.
    """
    if step not in LISTED:
        raise UnknownListError(f"there is no step {step!r}: give one of {', '.join(LISTED)}")
    statement = _of_one_day(scope, step)
    found: list[ReminderRow] = []
    last, before = _place(session, window, after)
    for day in reversed([each for each in window.days() if each <= last]):
        asked = borders(window, day) | {"before": before if day == last else NEWEST, "most": limit - len(found)}
        found += [_row(each) for each in session.execute(statement, asked).mappings()]
        if len(found) == limit:
            break
    return found


def _place(session: Session, window: Window, after: int) -> Any:
    """The day and the id before which to go on."""
    sent_at = session.execute(sa.select(col(Message.sent_at)).where(col(Message.id) == after)).scalar_one_or_none()
    return (window.last, NEWEST) if sent_at is None else (window.day_of(sent_at), after)


def _of_one_day(scope: Scope, step: str) -> Any:
    columns = (Message.id, Message.loan_id, Message.borrower_id, Message.channel, Message.sent_at)
    reminder = reminders(*map(col, columns), sa.func.coalesce(Loan.external_id, "").label("loan"))
    shown = (reminder.c[name] for name in ReminderRow.__slots__)
    came = [] if step == SENT else [reminder.c[step] == 1]
    return (
        sa.select(*shown)
        .where(*came, *scope.within(reminder.c), reminder.c.id < BEFORE)
        .order_by(reminder.c.id.desc())
        .limit(MOST)
    )


def _row(values: Any) -> ReminderRow:
    return ReminderRow(**{**values, **{step: bool(values[step]) for step in STEPS}})
