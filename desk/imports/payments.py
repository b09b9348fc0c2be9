"""Taking in payments: money received on known loans, each row once however often a file comes."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from desk.imports import values
from desk.imports.columns import Cells, find_columns, headers
from desk.imports.portfolio_rows import currency
from desk.imports.report import BadValue, ImportReport, RowError
from desk.imports.runs import remember
from desk.imports.table import Table
from loans import accounts, balances
from loans.errors import LedgerError
from loans.ledger import check_payment
from loans.tables import Lender, Loan, Payment
from locales.currencies import in_units
from store.ids import id_of

ROWS_AT_ONCE = 500
REQUIRED = ("loan", "amount", "date")
CHANNELS = {
    "efectivo": "cash",
    "transferencia": "spei",
    "transfer": "spei",
    "deposito": "deposit",
    "ventanilla": "branch",
    "sucursal": "branch",
}


@dataclass(frozen=True, slots=True)
class PaymentRow:
    line: int
    loan: str
    amount: int
    currency: str
    on: date
    reference: str
    channel: str
    key: str


def import_payments(
    session: Session,
    table: Table,
    now: datetime,
    today: date,
    *,
    dry_run: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> ImportReport:
    columns = find_columns(table, headers("payments"), REQUIRED)
    report, times = ImportReport(rows=len(columns.rows), dry_run=dry_run), Counter[str]()
    lender, touched = accounts.lender(session), set[int]()
    with session.begin_nested() as everything:
        for start in range(0, report.rows, ROWS_AT_ONCE):
            rows = list(_read(columns.cells(start, start + ROWS_AT_ONCE), lender, times, report))
            touched |= _write(session, rows, now, today, report)
            if progress:
                progress(min(start + ROWS_AT_ONCE, report.rows), report.rows)
        balances.refresh_many(session, touched, today, now)
        if dry_run:
            everything.rollback()
    report.errors.sort(key=lambda each: each.line)
    if not dry_run:
        report.run_id = remember(session, "payments", table, report, now).id
    return report


def _read(rows: Iterable[Cells], lender: Lender, times: Counter[str], report: ImportReport) -> Iterable[PaymentRow]:
    for cells in rows:
        try:
            yield _row(cells, lender, times)
        except BadValue as bad:
            report.errors.append(RowError.of(cells.line, bad))


def _row(cells: Cells, lender: Lender, times: Counter[str]) -> PaymentRow:
    loan, reference = values.text(cells.needed("loan")), cells.words("reference")
    code, channel = cells.get("currency"), values.plain(cells.words("channel"))
    money = lender.currency if code is None else currency("currency", code)
    amount = values.amount("amount", cells.needed("amount"), money)
    on = values.day("date", cells.needed("date"))
    return PaymentRow(
        line=cells.line,
        loan=loan,
        amount=amount,
        currency=money,
        on=on,
        reference=reference,
        channel=CHANNELS.get(channel, channel),
        key=_key(loan, amount, on, reference, times),
    )


def _key(loan: str, amount: int, on: date, reference: str, times: Counter[str]) -> str:
    """The same row is the same payment.

    A reference alone is no key: many are the loan's own and come back with each payment. Without one, equal
    rows of a file are separate payments, told apart by their order.
    """
    said = f"{loan}|{on.isoformat()}|{amount}|{reference}"
    times[said] += 1
    which = 1 if reference else times[said]
    return "import:" + hashlib.sha256(f"{said}|{which}".encode()).hexdigest()[:40]


def _write(session: Session, rows: Sequence[PaymentRow], now: datetime, today: date, report: ImportReport) -> set[int]:
    """The ids of the loans that got a payment."""
    loans = {
        loan.external_id: loan
        for loan in session.exec(select(Loan).where(col(Loan.external_id).in_({row.loan for row in rows})))
    }
    keys = {row.key for row in rows}
    taken = set(session.exec(select(Payment.idempotency_key).where(col(Payment.idempotency_key).in_(keys))))
    touched, fresh = set(), []
    for row in rows:
        if row.key in taken:
            report.unchanged += 1
            continue
        try:
            loan = _loan_of(row, loans, today)
        except BadValue as bad:
            report.errors.append(RowError.of(row.line, bad))
            continue
        fresh.append(_payment(row, loan, now))
        taken.add(row.key)
        touched.add(id_of(loan))
        report.written += 1
    if fresh:
        session.execute(sa.insert(Payment), fresh)
    return touched


def _loan_of(row: PaymentRow, loans: dict[str, Loan], today: date) -> Loan:
    loan = loans.get(row.loan)
    if loan is None:
        raise BadValue("loan", row.loan, "loan_unknown")
    try:
        check_payment(loan, row.amount, row.currency, row.on, today)
    except LedgerError as refused:
        field = "date" if refused.field == "value_date" else refused.field
        value = str(in_units(row.amount, row.currency)) if field == "amount" else refused.value
        limits = {"currency": loan.currency, "today": today.isoformat()}
        raise BadValue(field, value, refused.reason, **limits) from refused
    return loan


def _payment(row: PaymentRow, loan: Loan, now: datetime) -> dict[str, Any]:
    return {
        "loan_id": id_of(loan),
        "amount": row.amount,
        "currency": row.currency,
        "value_date": row.on,
        "channel": row.channel,
        "reference": row.reference,
        "source": "import",
        "idempotency_key": row.key,
        "recorded_at": now,
    }
