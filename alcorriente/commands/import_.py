"""`alcorriente import`: a portfolio or payments from a CSV file or a spreadsheet."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from sqlmodel import Session

    from desk.imports.report import ImportReport
    from desk.imports.table import Table

Progress = Callable[[int, int], None]

app = typer.Typer(help="Take in a portfolio or payments from a CSV file or a spreadsheet.", no_args_is_help=True)

MOST_ERRORS_SHOWN = 50
UNNAMED = "Su financiera"  # until the lender's own name is entered


class Lang(StrEnum):
    ES = "es"
    EN = "en"


File = Annotated[Path, typer.Argument(help="CSV (any usual encoding and delimiter), .xlsx, .xls or .ods.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Report what would happen and write nothing.")]
Language = Annotated[Lang, typer.Option("--lang", help="Language of the report.")]
Instalments = Annotated[
    Path | None,
    typer.Option("--instalments", help="Explicit schedules: loan, number, due, principal, interest."),
]


LenderName = Annotated[
    str, typer.Option("--lender", help="On the very first import: the lender's name, as borrowers know it.")
]


@app.command()
def portfolio(
    file: File,
    dry_run: DryRun = False,
    lang: Language = Lang.ES,
    instalments: Instalments = None,
    lender: LenderName = "",
) -> None:
    """Take in loans with their borrowers: one loan per row.

    Needed columns: loan, name, principal, rate, count, frequency, disbursed_on. Spanish and English headers
    are known, such as 'No. Crédito', 'Cliente', 'Teléfono', 'Monto', 'Tasa', 'Plazo', 'Frecuencia',
    'Fecha de desembolso'. The same file twice changes nothing. Ends with 1 when a row was refused.

    Example: alcorriente import portfolio cartera.xlsx --dry-run
    """
    from desk.imports.portfolio import import_portfolio
    from desk.imports.table import read_table

    def take(table: "Table", progress: Progress) -> "ImportReport":
        explicit = None if instalments is None else read_table(instalments)
        with _opened(dry_run, lender or UNNAMED) as (session, now, today):
            return import_portfolio(
                session, table, now, today, dry_run=dry_run, progress=progress, instalments=explicit
            )

    _run(file, lang, take)


@app.command()
def payments(file: File, dry_run: DryRun = False, lang: Language = Lang.ES) -> None:
    """Take in payments on known loans.

    Needed columns: loan, amount, date; also currency, reference and channel. A payment that comes again is
    recognised by loan, date, amount and reference. Ends with 1 when a row was refused.

    Example: alcorriente import payments pagos.csv
    """
    from desk.imports.payments import import_payments

    def take(table: "Table", progress: Progress) -> "ImportReport":
        with _opened(dry_run) as (session, now, today):
            return import_payments(session, table, now, today, dry_run=dry_run, progress=progress)

    _run(file, lang, take)


@contextmanager
def _opened(dry_run: bool, new_lender: str = "") -> Iterator[tuple["Session", datetime, date]]:
    """One transaction: the file is taken in as a whole, or, after a crash, not at all."""
    from alcorriente.composition import open_store
    from loans import accounts
    from loans.tables import Lender
    from store.clock import MovableClock
    from store.engine import transaction

    engine = open_store()
    now = MovableClock(engine).now()
    with transaction(engine) as session, session.begin_nested() as everything:
        if new_lender and session.get(Lender, 1) is None:
            session.add(Lender(name=new_lender, legal_name=new_lender, phone=""))
            session.flush()
        yield session, now, accounts.business_date(accounts.lender(session), now)
        if dry_run:
            everything.rollback()


def _run(file: Path, lang: Lang, take: "Callable[[Table, Progress], ImportReport]") -> None:
    from rich.console import Console
    from rich.progress import Progress as Bar

    from desk.imports import messages
    from desk.imports.report import ImportProblem
    from desk.imports.table import read_table
    from loans.errors import LedgerError

    errors = Console(stderr=True)
    try:
        table = read_table(file)
        with Bar(console=errors, transient=True) as bar:
            task = bar.add_task(file.name, total=len(table.rows))
            report = take(table, lambda done, total: bar.update(task, completed=done, total=total))
    except ImportProblem as problem:
        errors.print(" ".join(messages.file_problem(problem, lang)), markup=False)
        raise typer.Exit(1) from problem
    except LedgerError as problem:
        errors.print(str(problem), markup=False)
        raise typer.Exit(1) from problem
    _show(report, lang)
    if report.errors:
        raise typer.Exit(1)


def _show(report: "ImportReport", lang: Lang) -> None:
    from rich.console import Console
    from rich.table import Table as Grid

    from desk.imports import messages

    console = Console()
    if report.errors:
        grid = Grid(*messages.ERROR_COLUMNS[lang])
        for error in report.errors[:MOST_ERRORS_SHOWN]:
            problem, fix = messages.row_problem(error, lang)
            grid.add_row(str(error.line), messages.field_name(error.field, lang), error.value[:60], problem, fix)
        console.print(grid)
    for key, count in report.notes.items():
        if count:
            console.print(messages.note(key, count, lang), markup=False)
    console.print(messages.summary(report, lang), markup=False)
