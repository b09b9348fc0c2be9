"""Home's tables and lists as files for spreadsheets, with headings in the language of whoever asks."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlmodel import col

from admin_api.problems import language_of
from admin_api.report_lists import Name, Narrowed, Narrowing, all_rows
from admin_api.reports import Asked, Within, figures
from desk.tables import Staff
from insight import exports
from loans import accounts
from locales import console
from locales import problems as texts
from locales.currencies import in_units

router = APIRouter(prefix="/reports", tags=["reports"])
Table = Literal["places", "recovered"]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LOAN = (
    "external_id", "borrower", "region", "branch", "product", "currency",
    "principal", "balance", "overdue", "days_past_due", "restructured",
)  # fmt: skip
PROMISE = ("loan", "borrower", "due", "currency", "amount", "credited", "made_by", "state")
REMINDER = ("sent_at", "loan", "borrower", "channel", "delivered", "answered", "promised", "paid")
PAYMENT = ("value_date", "loan", "borrower", "currency", "amount", "pay_channel", "staff_id")
LISTS = {"promises": PROMISE, "reminders": REMINDER, "payments": PAYMENT}
WORDS = {"state": "promise_state", "channel": "channel", "pay_channel": "pay_channel"}  # Said as the console says them.
PLACE = ("region", "branch", "currency", "loans", "gross", "overdue", "par30", "kept_rate", "reply_rate")
RECOVERED = ("currency", "staff_id", "payments", "amount", "still_overdue", "rate")
AMOUNTS = frozenset({"principal", "balance", "overdue", "amount", "gross", "credited", "still_overdue"})
SHARES = frozenset({"par30", "kept_rate", "reply_rate", "rate"})
SHARE_PLACES = 4


def _file(kind: str) -> dict[int | str, dict[str, Any]]:
    return {200: {"content": {kind: {"schema": {"type": "string", "format": "binary"}}}}}


@router.get("/{name}.csv", response_class=Response, responses=_file("text/csv"))
def as_csv(name: Name | Table, asked: Within, narrowing: Narrowed, request: Request) -> Response:
    """With the mark by which spreadsheets know UTF-8; amounts in whole units of their currency."""
    sheet = _Sheet(asked, narrowing, language_of(request))
    return _download(b"".join(exports.csv_bytes(*sheet.table(name))), "text/csv", f"{name}.csv")


@router.get("/{name}.xlsx", response_class=Response, responses=_file(XLSX))
def as_workbook(name: Name | Table, asked: Within, narrowing: Narrowed, request: Request) -> Response:
    sheet = _Sheet(asked, narrowing, language_of(request))
    with exports.xlsx_file(*sheet.table(name), sheet.say("sheet")) as file:
        return _download(file.read(), XLSX, f"{name}.xlsx")


def _download(data: bytes, kind: str, name: str) -> Response:
    return Response(data, media_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


class _Sheet:
    def __init__(self, asked: Asked, narrowing: Narrowing, language: str) -> None:
        self._asked, self._narrowing, self._language = asked, narrowing, language
        people = asked.call.session.execute(sa.select(col(Staff.id), col(Staff.name)))
        self._zone = ZoneInfo(accounts.lender(asked.call.session).zone)
        self._staff = {each.id: each.name for each in people}

    def say(self, key: str) -> str:
        return texts.text(f"file.{key}", {}, self._language)

    def table(self, name: str) -> tuple[list[str], Iterator[list[exports.Cell]]]:
        fields, rows = self._rows(name)
        headings = [self.say(each) for each in fields]
        return headings, ([self._cell(row, each) for each in fields] for row in rows)

    def _rows(self, name: str) -> tuple[Sequence[str], Iterable[Any]]:
        if name == "places":
            return PLACE, figures(self._asked, self._narrowing.days).places
        if name == "recovered":
            return RECOVERED, figures(self._asked, self._narrowing.days).recovered
        fields = LISTS.get(name.split("_", maxsplit=1)[0], LOAN)
        return fields, all_rows(self._asked, self._narrowing, name)

    def _cell(self, row: Any, field: str) -> exports.Cell:
        value = getattr(row, field)
        if field in AMOUNTS:
            return "" if value is None else in_units(value, row.currency)
        if field in SHARES:
            return _share(value)
        if field in {"staff_id", "made_by"}:
            return self._maker(value)
        return self._said(field, value)

    def _said(self, field: str, value: Any) -> exports.Cell:
        if field == "branch":
            return self.say("whole_region") if value is None else str(value)
        if field in WORDS:
            return console.named(WORDS[field], value, self._language)
        if isinstance(value, bool):
            return self.say("yes" if value else "no")
        cell: exports.Cell = value.astimezone(self._zone) if isinstance(value, datetime) else value
        return cell

    def _maker(self, value: int | str | None) -> str:
        """`value` is an id, 'staff:<id>', 'assistant', or None for what nobody brought in."""
        if value is None:
            return self.say("unassisted")
        if value == "assistant":
            return self.say("assistant")
        number = str(value).removeprefix("staff:")
        return self._staff.get(int(number), number) if number.isdigit() else number


def _share(value: Any) -> exports.Cell:
    """What came in unassisted has no rate."""
    return "" if value is None else round(Decimal(getattr(value, "share", value)), SHARE_PLACES)
