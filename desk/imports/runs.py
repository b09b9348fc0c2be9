"""The record of each file that was taken in."""

from datetime import datetime
from typing import Any

from sqlmodel import Session

from desk.imports.report import ImportReport, RowError
from desk.imports.table import Table
from desk.tables import ImportRun

MOST_ERRORS_KEPT = 1000
# What a text of desk.imports.messages needs and that names nobody.
VALUES_KEPT = {"line", "choices", "currency", "today", "why"}


def remember(session: Session, kind: str, table: Table, report: ImportReport, now: datetime) -> ImportRun:
    """Refused cells are kept without their values, which may be names or telephones."""
    run = ImportRun(
        kind=kind,
        file_name=table.name,
        file_sha256=table.sha256,
        at=now,
        rows=report.rows,
        written=report.written + report.updated,
        unchanged=report.unchanged,
        errors=[_kept(each) for each in report.errors[:MOST_ERRORS_KEPT]],
    )
    session.add(run)
    session.flush()
    return run


def _kept(error: RowError) -> dict[str, Any]:
    kept = {"line": error.line, "field": error.field, "problem": error.problem}
    values = {name: value for name, value in error.values.items() if name in VALUES_KEPT}
    return kept | ({"values": values} if values else {})


def errors_of(run: ImportRun) -> list[RowError]:
    """As they were kept: without the cells' values."""
    return [RowError(each["line"], each["field"], "", each["problem"], each.get("values", {})) for each in run.errors]
