"""The rows behind each of Home's figures, page by page."""

import dataclasses
from collections.abc import Iterator, Sequence
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from fastapi import APIRouter, Depends, Query
from sqlmodel import col

from admin_api import reach
from admin_api.paging import LARGEST_ID, After, Limit, Page
from admin_api.problems import invalid
from admin_api.reports import Asked, Days, Within
from admin_api.shapes import Currency
from desk.access import Permission
from insight import lists, payment_lists, promise_lists, promises, reminder_lists
from insight.window import DAYS, Window
from loans import accounts
from loans.tables import Borrower
from store.ids import id_of

router = APIRouter(prefix="/reports", tags=["reports"])
LoanList = Literal[
    "active", "overdue", "restructured", "imor", "par1", "par30", "par60", "par90",
    "0", "1-7", "8-30", "31-60", "61-90", "90+",
]  # fmt: skip
PromiseList = Literal[
    "promises_due_today", "promises_due_week",
    "promises_ended", "promises_kept", "promises_partial", "promises_broken",
]  # fmt: skip
ReminderList = Literal[
    "reminders_sent", "reminders_delivered", "reminders_answered", "reminders_promised", "reminders_paid"
]
PaymentList = Literal["payments"]
Name = LoanList | PromiseList | ReminderList | PaymentList
DUE_DAYS: dict[str, int] = {"promises_due_today": 1, "promises_due_week": promises.WEEK}
ROWS_AT_ONCE = 1000
StaffId = Annotated[int, Query(ge=1, lt=LARGEST_ID)]


@dataclasses.dataclass(frozen=True, slots=True)
class LoanListed(lists.LoanRow):
    borrower: str


@dataclasses.dataclass(frozen=True, slots=True)
class PromiseListed(promise_lists.PromiseRow):
    borrower: str


@dataclasses.dataclass(frozen=True, slots=True)
class ReminderListed(reminder_lists.ReminderRow):
    borrower: str


@dataclasses.dataclass(frozen=True, slots=True)
class PaymentListed(payment_lists.PaymentRow):
    borrower: str


Row = LoanListed | PromiseListed | ReminderListed | PaymentListed
SHOWN: dict[type[Any], type[Any]] = {
    lists.LoanRow: LoanListed,
    promise_lists.PromiseRow: PromiseListed,
    reminder_lists.ReminderRow: ReminderListed,
    payment_lists.PaymentRow: PaymentListed,
}


@dataclasses.dataclass(frozen=True, slots=True)
class Narrowing:
    """What a list is narrowed to beside its place; a list that knows nothing of it does not mind it."""

    days: int
    currency: str | None
    maker: str | None
    collector: payment_lists.Collector


def _narrowed(
    days: Days = DAYS,
    currency: Annotated[Currency | None, Query(description="All but reminders.")] = None,
    maker: Annotated[Literal["assistant", "people"] | None, Query(description="Promises that ended.")] = None,
    collector: Annotated[StaffId | Literal["unassisted"] | None, Query(description="Payments.")] = None,
) -> Narrowing:
    return Narrowing(days, currency, maker, collector)


Narrowed = Annotated[Narrowing, Depends(_narrowed)]


@router.get("/home/lists/{which}")
def rows_behind(which: Name, asked: Within, narrowing: Narrowed, limit: Limit = 50, after: After = None) -> Page[Row]:
    """`borrower` is the name; a program that may not read the portfolio gets an empty one."""
    found = rows(asked, narrowing, which, limit + 1, _after(after))
    return Page(items=found[:limit], next=str(found[limit - 1].id) if len(found) > limit else None)


def all_rows(asked: Asked, narrowing: Narrowing, which: str) -> Iterator[Row]:
    after = 0
    while found := rows(asked, narrowing, which, ROWS_AT_ONCE, after):
        yield from found
        after = found[-1].id


def rows(asked: Asked, narrowing: Narrowing, which: str, limit: int, after: int) -> list[Row]:
    found = _read(asked, narrowing, which, {"limit": limit, "after": after})
    names = _names(asked, found)
    return [SHOWN[type(each)](**dataclasses.asdict(each), borrower=names.get(each.borrower_id, "")) for each in found]


def _read(asked: Asked, narrowing: Narrowing, which: str, page: dict[str, Any]) -> Sequence[Any]:
    session, today = asked.call.session, reach.today(asked.call)
    scope = dataclasses.replace(asked.scope, currency=narrowing.currency)
    if which in DUE_DAYS:
        return promise_lists.promises_in(session, today, scope, DUE_DAYS[which], **page)
    window = Window.ending(today, narrowing.days, ZoneInfo(accounts.lender(session).zone))
    topic, _, part = which.partition("_")
    if topic == "promises":
        return promise_lists.ended_in(session, window, scope, part, maker=narrowing.maker, **page)
    if topic == "reminders":
        return reminder_lists.reminders_in(session, window, scope, part, **page)
    if topic == "payments":
        return payment_lists.payments_in(session, window, scope, narrowing.collector, **page)
    return lists.loans_in(session, today, scope, which, **page)


def _names(asked: Asked, found: Sequence[Any]) -> dict[int, str]:
    if not asked.call.principal.may(Permission.READ_PORTFOLIO):
        return {}
    ids = {each.borrower_id for each in found}
    borrowers = asked.call.session.execute(sa.select(Borrower).where(col(Borrower.id).in_(ids)))
    return {id_of(each): each.full_name for each in borrowers.scalars()}


def _after(cursor: str | None) -> int:
    if cursor is None:
        return 0
    if not (cursor.isascii() and cursor.isdigit()) or len(cursor) > 18 or int(cursor) >= LARGEST_ID:
        raise invalid("after", cursor, "cursor_unreadable")
    return int(cursor)
