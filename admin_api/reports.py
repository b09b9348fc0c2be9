"""Home's figures, the rows behind each of them, and both as files. Shares are decimals between 0 and 1."""

import dataclasses
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal, get_args

from fastapi import APIRouter, Depends, Query
from fastapi.responses import Response
from pydantic import BaseModel

from admin_api import reach
from admin_api.guard import Reading, reads
from admin_api.paging import After, Limit, Page
from admin_api.problems import invalid
from admin_api.shapes import Text
from desk.access import Permission
from insight import exports, home, lists, promises
from insight.recovery import Recovered
from insight.scope import Scope
from store.ids import id_of

router = APIRouter(prefix="/reports", tags=["reports"])
LoanList = Literal[
    "active", "overdue", "restructured", "imor", "par1", "par30", "par60", "par90",
    "0", "1-7", "8-30", "31-60", "61-90", "90+",
]  # fmt: skip
PromiseList = Literal["promises_due_today", "promises_due_week"]
Table = Literal["places", "recovered"]
PROMISE_DAYS: dict[str, int] = {"promises_due_today": 1, "promises_due_week": promises.WEEK}
MOST_DAYS = 366
ROWS_AT_ONCE = 1000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
AMOUNTS = frozenset({"principal", "balance", "overdue", "amount", "gross", "credited"})
Days = Annotated[int, Query(ge=1, le=MOST_DAYS, description="How many days flow figures look back on.")]


class PromiseRow(BaseModel):
    id: int
    loan_id: int
    borrower_id: int
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
    return _figures(asked, days)


@router.get("/home/lists/{which}")
def rows_behind(
    which: LoanList | PromiseList, asked: Within, limit: Limit = 50, after: After = None
) -> Page[lists.LoanRow | PromiseRow]:
    rows = _rows(asked, which, limit + 1, _after(after))
    return Page(items=rows[:limit], next=str(rows[limit - 1].id) if len(rows) > limit else None)


def _file(kind: str) -> dict[int | str, dict[str, Any]]:
    return {200: {"content": {kind: {"schema": {"type": "string", "format": "binary"}}}}}


@router.get("/{name}.csv", response_class=Response, responses=_file("text/csv"))
def as_csv(name: LoanList | PromiseList | Table, asked: Within, days: Days = 30) -> Response:
    """With the mark by which spreadsheets know UTF-8; amounts in whole units of their currency."""
    header, rows = _table(asked, name, days)
    return _download(b"".join(exports.csv_bytes(header, rows)), "text/csv", f"{name}.csv")


@router.get("/{name}.xlsx", response_class=Response, responses=_file(XLSX))
def as_workbook(name: LoanList | PromiseList | Table, asked: Within, days: Days = 30) -> Response:
    header, rows = _table(asked, name, days)
    with exports.xlsx_file(header, rows) as file:
        return _download(file.read(), XLSX, f"{name}.xlsx")


def _download(data: bytes, kind: str, name: str) -> Response:
    return Response(data, media_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _figures(asked: Asked, days: int) -> home.Home:
    return home.figures(asked.call.session, reach.today(asked.call), asked.call.now, asked.scope, days=days)


def _table(asked: Asked, name: str, days: int) -> tuple[list[str], Iterator[Sequence[Any]]]:
    if name in get_args(Table):
        kind, rows = _table_rows(asked, name, days)
    else:
        kind, rows = PromiseRow if name in PROMISE_DAYS else lists.LoanRow, _all_rows(asked, name)
    fields = _fields(kind)
    return fields, ([_cell(each, getattr(row, each)) for each in fields] for row in rows)


def _table_rows(asked: Asked, name: str, days: int) -> tuple[type[Any], Iterator[Any]]:
    figures = _figures(asked, days)
    if name == "places":
        return home.Place, iter(figures.places)
    return Recovered, iter(figures.recovered)


def _fields(kind: type[Any]) -> list[str]:
    return list(kind.model_fields) if issubclass(kind, BaseModel) else [each.name for each in dataclasses.fields(kind)]


def _cell(field: str, value: Any) -> Any:
    if field in AMOUNTS:
        return Decimal(value) / 100
    return value.share if field == "par30" else value


def _all_rows(asked: Asked, which: str) -> Iterator[Any]:
    after = 0
    while rows := _rows(asked, which, ROWS_AT_ONCE, after):
        yield from rows
        after = rows[-1].id


def _rows(asked: Asked, which: str, limit: int, after: int) -> list[Any]:
    session, today = asked.call.session, reach.today(asked.call)
    if which not in PROMISE_DAYS:
        return list(lists.loans_in(session, today, asked.scope, which, limit=limit, after=after))
    found = lists.promises_in(session, today, asked.scope, PROMISE_DAYS[which], limit=limit, after=after)
    return [PromiseRow(**each.model_dump(include=set(PromiseRow.model_fields)) | {"id": id_of(each)}) for each in found]


def _after(cursor: str | None) -> int:
    if cursor is None:
        return 0
    if not (cursor.isascii() and cursor.isdigit()) or len(cursor) > 18:
        raise invalid("after", cursor, "cursor_unreadable")
    return int(cursor)
