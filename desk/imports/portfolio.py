"""Taking in a portfolio: one loan per row, with its borrower and addresses."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime

from sqlmodel import Session

from desk.imports.columns import Cells, find_columns, has_columns, headers
from desk.imports.portfolio_rows import PortfolioRow, read_row
from desk.imports.portfolio_writer import PortfolioWriter
from desk.imports.report import BadValue, ImportReport, RowError
from desk.imports.runs import remember
from desk.imports.schedules import Schedules, read_schedules
from desk.imports.table import Table
from loans import accounts
from loans.tables import Lender

ROWS_AT_ONCE = 500
REQUIRED = ("loan", "principal", "disbursed_on")
REQUIRED_INSTALMENTS = ("loan", "number", "due", "principal")


def import_portfolio(
    session: Session,
    table: Table,
    now: datetime,
    today: date,
    *,
    dry_run: bool = False,
    progress: Callable[[int, int], None] | None = None,
    instalments: Table | None = None,
) -> ImportReport:
    """A file taken in twice changes nothing; a refused row leaves no trace and the good ones stay.

    `instalments` holds explicit schedules; without it, a further sheet of the workbook may. `progress` is
    called with rows done and rows in all. A dry run writes nothing and reports the same.
    """
    columns = find_columns(table, headers("portfolio"), REQUIRED)
    schedules, lender = _schedules(table, instalments), accounts.lender(session)
    report = ImportReport(rows=len(columns.rows), dry_run=dry_run)
    writer = PortfolioWriter(session, table.name, now, report)
    with session.begin_nested() as everything:
        for start in range(0, report.rows, ROWS_AT_ONCE):
            cells = columns.cells(start, start + ROWS_AT_ONCE)
            writer.write(list(_read(cells, schedules, lender, today, report)))
            if progress:
                progress(min(start + ROWS_AT_ONCE, report.rows), report.rows)
        if dry_run:
            everything.rollback()
    report.errors.sort(key=lambda each: each.line)
    if not dry_run:
        report.run_id = remember(session, "portfolio", table, report, now).id
    return report


def _schedules(table: Table, instalments: Table | None) -> Schedules:
    names = headers("instalments")
    if instalments is not None:
        return read_schedules(find_columns(instalments, names, REQUIRED_INSTALMENTS))
    for sheet in table.others:
        if has_columns(sheet, names, REQUIRED_INSTALMENTS):
            return read_schedules(find_columns(sheet, names, REQUIRED_INSTALMENTS))
    return Schedules()


def _read(
    rows: Iterable[Cells], schedules: Schedules, lender: Lender, today: date, report: ImportReport
) -> Iterator[PortfolioRow]:
    for cells in rows:
        try:
            yield read_row(cells, schedules, lender, today)
        except BadValue as bad:
            report.errors.append(RowError.of(cells.line, bad))
