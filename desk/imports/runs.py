"""The record of each file that was taken in."""

from datetime import datetime

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
        errors=[
            {
                "line": each.line,
                "field": each.field,
                "problem": each.problem,
                "values": {name: value for name, value in each.values.items() if name in VALUES_KEPT},
            }
            for each in report.errors[:MOST_ERRORS_KEPT]
        ],
    )
    session.add(run)
    session.flush()
    return run


def errors_of(run: ImportRun) -> list[RowError]:
    """As they were kept: without the cells' values."""
    return [RowError(each["line"], each["field"], "", each["problem"], each.get("values", {})) for each in run.errors]
