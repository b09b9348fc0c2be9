"""Home's figures and the rows behind each of them. Shares are decimals between 0 and 1."""

import dataclasses
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Annotated, Any, Literal

import sqlalchemy as sa
from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel
from sqlmodel import col

from admin_api import reach
from admin_api.guard import Reading, reads
from admin_api.paging import After, Limit, Page
from admin_api.problems import invalid
from admin_api.shapes import Text
from desk.access import Permission
from insight import choices, home, lists, promises
from insight.scope import Scope
from loans.tables import Borrower, Loan
from store.ids import id_of

router = APIRouter(prefix="/reports", tags=["reports"])
LoanList = Literal[
    "active", "overdue", "restructured", "imor", "par1", "par30", "par60", "par90",
    "0", "1-7", "8-30", "31-60", "61-90", "90+",
]  # fmt: skip
PromiseList = Literal["promises_due_today", "promises_due_week"]
PROMISE_DAYS: dict[str, int] = {"promises_due_today": 1, "promises_due_week": promises.WEEK}
MOST_DAYS = 366
ROWS_AT_ONCE = 1000
Days = Annotated[int, Query(ge=1, le=MOST_DAYS, description="How many days flow figures look back on.")]


@dataclasses.dataclass(frozen=True, slots=True)
class LoanListed(lists.LoanRow):
    borrower: str


class PromiseListed(BaseModel):
    id: int
    loan_id: int
    loan: str
    borrower_id: int
    borrower: str
    currency: str
    amount: int
    credited: int
    due: date
    made_by: str


@dataclasses.dataclass(frozen=True, slots=True)
class Asked:
    call: Reading
    scope: Scope


def _asked(
    call: Annotated[Reading, reads(Permission.READ_REPORTS)],
    region: Text | None = None,
    branch: Text | None = None,
    product: Text | None = None,
) -> Asked:
    return Asked(call, Scope(call.principal.branches, region, branch, product))


Within = Annotated[Asked, Depends(_asked, scope="function")]


@router.get("/home")
def home_figures(asked: Within, days: Days = 30) -> home.Home:
    return figures(asked, days)


@router.get("/home/filters")
def home_filters(asked: Within) -> choices.Choices:
    return choices.choices(asked.call.session, asked.scope)


@router.get("/home/lists/{which}")
def rows_behind(
    which: LoanList | PromiseList, asked: Within, limit: Limit = 50, after: After = None
) -> Page[LoanListed | PromiseListed]:
    """`borrower` is the name; a program that may not read the portfolio gets an empty one."""
    found = rows(asked, which, limit + 1, _after(after))
    return Page(items=found[:limit], next=str(found[limit - 1].id) if len(found) > limit else None)


def figures(asked: Asked, days: int) -> home.Home:
    return home.figures(asked.call.session, reach.today(asked.call), asked.call.now, asked.scope, days=days)


def all_rows(asked: Asked, which: str) -> Iterator[LoanListed | PromiseListed]:
    after = 0
    while found := rows(asked, which, ROWS_AT_ONCE, after):
        yield from found
        after = found[-1].id


def rows(asked: Asked, which: str, limit: int, after: int) -> list[LoanListed | PromiseListed]:
    session, today = asked.call.session, reach.today(asked.call)
    if which in PROMISE_DAYS:
        promised = lists.promises_in(session, today, asked.scope, PROMISE_DAYS[which], limit=limit, after=after)
        names, numbers = _names(asked, promised), _numbers(asked, promised)
        shown = set(PromiseListed.model_fields)
        return [
            PromiseListed(
                **each.model_dump(include=shown),
                loan=numbers[each.loan_id],
                borrower=names.get(each.borrower_id, ""),
            )
            for each in promised
        ]
    loans = lists.loans_in(session, today, asked.scope, which, limit=limit, after=after)
    names = _names(asked, loans)
    return [LoanListed(**dataclasses.asdict(each), borrower=names.get(each.borrower_id, "")) for each in loans]


def _names(asked: Asked, found: Sequence[Any]) -> dict[int, str]:
    if not asked.call.principal.may(Permission.READ_PORTFOLIO):
        return {}
    ids = {each.borrower_id for each in found}
    borrowers = asked.call.session.execute(sa.select(Borrower).where(col(Borrower.id).in_(ids)))
    return {id_of(each): each.full_name for each in borrowers.scalars()}


def _numbers(asked: Asked, found: Sequence[Any]) -> dict[int, str]:
    ids = {each.loan_id for each in found}
    numbers = sa.select(col(Loan.id), col(Loan.external_id)).where(col(Loan.id).in_(ids))
    return {row.id: row.external_id for row in asked.call.session.execute(numbers)}


def _after(cursor: str | None) -> int:
    if cursor is None:
        return 0
    if not (cursor.isascii() and cursor.isdigit()) or len(cursor) > 18:
        raise invalid("after", cursor, "cursor_unreadable")
    return int(cursor)
