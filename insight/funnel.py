"""What follows a reminder: delivered, answered, promised, paid; each step counted by itself.

The steps are what followed, not what the reminder caused: without a hold-out nobody can tell.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from insight.scope import Scope
from insight.window import Window
from loans.tables import Borrower, Loan, Payment, Promise, Reversal
from outreach.tables import Message
from store.columns import UTCDateTime

# Own default, until the end of the third business date after the reminder's: one before the due date still sees the
# payment on that date and on the day after, and a second reminder seldom comes sooner.
FOLLOWS = timedelta(days=3)
DELIVERED = ("delivered", "read")
STEPS = ("delivered", "answered", "promised", "paid")


@dataclass(frozen=True, slots=True)
class FunnelGroup:
    """Reminders of one place and product; '' is the product of a reminder that is about no loan."""

    region: str
    branch: str
    product: str
    sent: int
    delivered: int
    answered: int
    promised: int
    paid: int


@dataclass(frozen=True, slots=True)
class Funnel:
    sent: int
    delivered: int
    answered: int
    promised: int
    paid: int

    @property
    def reply_rate(self) -> Decimal:
        """Answered over delivered."""
        return Decimal(self.answered) / self.delivered if self.delivered else Decimal(0)


def funnel(groups: Collection[FunnelGroup]) -> Funnel:
    return Funnel(*(sum(getattr(each, step) for each in groups) for step in ("sent", *STEPS)))


def counted(session: Session, window: Window, days: Iterable[date], scope: Scope) -> list[FunnelGroup]:
    """Reminders sent on each of some business dates, by place and product, as they stand now."""
    statement = _counted(scope)
    return [
        FunnelGroup(region, branch, product, *(int(each) for each in steps))
        for day in days
        for region, branch, product, *steps in session.execute(statement, borders(window, day))
    ]


def borders(window: Window, day: date) -> dict[str, Any]:
    """One day's values for the statement, which is built once: building it costs more than running it."""
    return {
        "day": day,
        "last": day + FOLLOWS,
        "begins": window.begins(day),
        "ends": window.begins(day + timedelta(days=1)),
        "over": window.begins(day + FOLLOWS + timedelta(days=1)),
    }


DAY, LAST = sa.bindparam("day", type_=sa.Date), sa.bindparam("last", type_=sa.Date)
BEGINS, ENDS, OVER = (sa.bindparam(name, type_=UTCDateTime) for name in ("begins", "ends", "over"))


def _counted(scope: Scope) -> Any:
    reminder = reminders()
    keys = reminder.c.region, reminder.c.branch, reminder.c.product
    steps = (sa.func.sum(reminder.c[step]) for step in STEPS)
    return sa.select(*keys, sa.func.count(), *steps).where(*scope.within(reminder.c)).group_by(*keys)


def reminders(*more: Any) -> Any:
    """Those of one day, whose `borders` are its parameters: where each belongs, and 1 or 0 for each of STEPS."""
    steps: dict[str, sa.ColumnElement[bool]] = {
        "delivered": col(Message.status).in_(DELIVERED),
        "answered": _answered(),
        "promised": _promised(),
        "paid": _paid(),
    }
    return (
        sa.select(
            *(
                sa.func.coalesce(col(getattr(Loan, name)), _of_borrower(name)).label(name)
                for name in ("region", "branch")
            ),
            sa.func.coalesce(Loan.product, "").label("product"),
            *(sa.case((happened, 1), else_=0).label(step) for step, happened in steps.items()),
            *more,
        )
        .select_from(Message)
        .outerjoin(Loan, col(Loan.id) == Message.loan_id)
        .where(is_reminder(Message), col(Message.sent_at) >= BEGINS, col(Message.sent_at) < ENDS)
        .where(col(Message.borrower_id).is_not(None))
        .subquery()
    )


def _of_borrower(name: str) -> Any:
    """Looked up only for a reminder that is about no loan: a loan has the place of its borrower."""
    return sa.select(getattr(Borrower, name)).where(col(Borrower.id) == Message.borrower_id).scalar_subquery()


def is_reminder(message: Any) -> sa.ColumnElement[bool]:
    # Written out for the same reason as the direction of an answer.
    return col(message.kind) == sa.literal_column("'reminder'")


def _answered() -> sa.ColumnElement[bool]:
    """Something came in before the next reminder in the same conversation, which would be what it answers."""
    answer: Any = aliased(Message)
    between: Any = aliased(Message)
    later = sa.exists().where(
        between.conversation_id == Message.conversation_id,
        is_reminder(between),
        between.sent_at > Message.sent_at,
        between.sent_at <= answer.created_at,
    )
    return sa.exists().where(
        answer.conversation_id == Message.conversation_id,
        # Written out, so that SQLite sees that the partial index holds all such rows.
        answer.direction == sa.literal_column("'in'"),
        answer.created_at >= Message.sent_at,
        answer.created_at < OVER,
        ~later.correlate(Message, answer),
    )


def _promised() -> sa.ColumnElement[bool]:
    return sa.exists().where(
        col(Promise.borrower_id) == Message.borrower_id,
        col(Promise.created_at) >= col(Message.sent_at),
        col(Promise.created_at) < OVER,
    )


def _paid() -> sa.ColumnElement[bool]:
    taken_back = sa.exists().where(col(Reversal.payment_id) == Payment.id)
    return sa.exists().where(
        col(Payment.loan_id) == Message.loan_id,
        col(Payment.value_date).between(DAY, LAST),
        ~taken_back,
    )
