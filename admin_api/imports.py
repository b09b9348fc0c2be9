"""Files of a lender: tried out first, then taken in; what was refused can be downloaded.

A file may hold every branch, so only who is bound to none takes it in or sees what came of it.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Annotated, Any, Literal

import sqlalchemy as sa
from fastapi import APIRouter, Query, Request, UploadFile
from fastapi.responses import Response
from pydantic import BaseModel, Field
from sqlmodel import col

from admin_api import reach
from admin_api.guard import Reading, Writing, reads, writes
from admin_api.once import once
from admin_api.paging import After, Limit, Page, page
from admin_api.problems import Problem, invalid, language_of, not_found
from desk.access import Permission
from desk.imports import messages, runs
from desk.imports.payments import import_payments
from desk.imports.portfolio import import_portfolio
from desk.imports.report import ImportReport, RowError
from desk.imports.table import Table, table_of
from desk.tables import ImportRun

router = APIRouter(prefix="/imports", tags=["imports"])
Kind = Literal["portfolio", "payments"]
MOST_BYTES = 100_000_000  # A portfolio of 100,000 loans is about 30 MB as CSV.
MOST_ERRORS_SHOWN = 1000


class Refused(BaseModel):
    line: int
    field: str
    value: str
    message: str
    fix: str


class Told(BaseModel):
    """What the file says that is no error, such as people without consent."""

    key: str
    count: int
    message: str


class Taken(BaseModel):
    id: int | None = Field(description="Of the run; null for a dry run.")
    kind: Kind
    dry_run: bool
    file_name: str
    rows: int
    written: int
    updated: int
    unchanged: int
    refused: int
    errors: list[Refused] | None = Field(
        description=f"At most {MOST_ERRORS_SHOWN}; null when the same request is answered again."
    )
    notes: list[Told]


class RunShown(BaseModel):
    id: int
    kind: Kind
    file_name: str
    file_sha256: str
    at: datetime
    rows: int
    written: int
    unchanged: int
    refused: int


@router.post("", status_code=201, response_model=Taken)
def take_file(
    request: Request,
    kind: Kind,
    file: UploadFile,
    call: Annotated[Writing, writes(Permission.IMPORT_FILES)],
    dry_run: Annotated[bool, Query(description="Say what would happen and write nothing.")] = False,
) -> Any:
    """CSV in any usual encoding and delimiter, .xlsx, .xls or .ods. Bad rows are named and the others taken in.

    The same file twice changes nothing.
    """
    _require_all_branches(call)
    table, language = _table(file), language_of(request)
    if dry_run:
        return _take(call, kind, table, language, dry_run=True)
    said = f"{kind}:{table.sha256}"
    return once(call, "import", said, lambda: _take(call, kind, table, language), hidden="errors")


@router.get("")
def list_imports(
    call: Annotated[Reading, reads(Permission.READ_PORTFOLIO)],
    kind: Kind | None = None,
    limit: Limit = 50,
    after: After = None,
) -> Page[RunShown]:
    wanted = sa.select(ImportRun)
    if kind is not None:
        wanted = wanted.where(col(ImportRun.kind) == kind)
    if call.principal.branches is not None:
        wanted = wanted.where(sa.false())
    return page(call.session, wanted, [col(ImportRun.id)], limit, after, lambda row: _shown(row[0]), newest_first=True)


@router.get("/{run_id}")
def one_import(run_id: int, call: Annotated[Reading, reads(Permission.READ_PORTFOLIO)]) -> RunShown:
    return _shown(_found(call, run_id))


@router.get(
    "/{run_id}/errors.csv",
    response_class=Response,
    responses={200: {"content": {"text/csv": {"schema": {"type": "string"}}}}},
)
def errors_of_import(
    run_id: int, request: Request, call: Annotated[Reading, reads(Permission.READ_PORTFOLIO)]
) -> Response:
    """The refused cells by line and column, without what stood in them: it may be a name or a telephone."""
    run = _found(call, run_id)
    text = messages.errors_csv(runs.errors_of(run), language_of(request))
    name = f"import-{run_id}-errors.csv"
    return Response(text, media_type="text/csv", headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _table(file: UploadFile) -> Table:
    data = file.file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise invalid("file", None, "file_over_limit", megabytes=MOST_BYTES // 1_000_000)
    return table_of(data, (file.filename or "file").replace("\0", ""))


def _take(call: Writing, kind: Kind, table: Table, language: str, *, dry_run: bool = False) -> Taken:
    take = import_portfolio if kind == "portfolio" else import_payments
    report = take(call.session, table, call.now, reach.today(call), dry_run=dry_run)
    if report.run_id is not None:
        call.audit("file_imported", f"import:{report.run_id}", kind=kind, written=report.written + report.updated)
    return Taken(
        id=report.run_id,
        kind=kind,
        dry_run=dry_run,
        file_name=table.name,
        rows=report.rows,
        written=report.written,
        updated=report.updated,
        unchanged=report.unchanged,
        refused=report.refused,
        errors=[_refused(each, language) for each in report.errors[:MOST_ERRORS_SHOWN]],
        notes=list(_notes(report, language)),
    )


def _refused(error: RowError, language: str) -> Refused:
    message, fix = messages.row_problem(error, language)
    return Refused(line=error.line, field=error.field, value=error.value, message=message, fix=fix)


def _notes(report: ImportReport, language: str) -> Iterator[Told]:
    for key, count in report.notes.items():
        if count:
            yield Told(key=key, count=count, message=messages.note(key, count, language))


def _require_all_branches(call: Writing) -> None:
    if call.principal.branches is not None:
        raise Problem(403, "not_allowed")


def _found(call: Reading, run_id: int) -> ImportRun:
    if call.principal.branches is not None:
        raise not_found()
    run: ImportRun = reach.row(call, ImportRun, run_id)
    return run


def _shown(run: ImportRun) -> RunShown:
    refused = len({each["line"] for each in run.errors})
    return RunShown.model_validate(run.model_dump() | {"refused": refused})
