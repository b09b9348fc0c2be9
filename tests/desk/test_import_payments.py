from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, col, select

from desk.imports.messages import row_problem
from desk.imports.payments import import_payments
from desk.imports.report import ImportReport
from loans.tables import Instalment, Loan, Payment
from tests.desk.files import NOW, TODAY, a_lender, csv_table
from tests.loans.book import a_borrower, a_loan

HEADER = ["Folio", "Importe", "Fecha de pago", "Referencia", "Canal"]


@pytest.fixture(autouse=True)
def _book(session: Session) -> None:
    a_lender(session)
    borrower = a_borrower(session)
    for each in ("L-1", "L-2"):
        a_loan(session, each, borrower=borrower)


def take(session: Session, *rows: list[Any], header: list[str] = HEADER, **options: Any) -> ImportReport:
    return import_payments(session, csv_table(*rows, header=header), NOW, TODAY, **options)


def balances(session: Session) -> list[int]:
    return [loan.cached_balance for loan in session.exec(select(Loan).order_by(col(Loan.external_id)))]


def test_payments_reach_their_loans(session: Session) -> None:
    report = take(session, ["L-1", "$110.00", "18/11/2026", "R1", "OXXO"], ["L-2", "10", TODAY, "", "Efectivo"])
    assert (report.written, report.errors) == (2, [])
    assert balances(session) == [330_00, 430_00]
    assert [each.channel for each in session.exec(select(Payment).order_by(col(Payment.id)))] == ["oxxo", "cash"]
    assert session.exec(select(Payment)).first().source == "import"  # type: ignore[union-attr]


def test_the_same_file_twice_changes_nothing(session: Session) -> None:
    rows = [["L-1", "100", "18/11/2026", "R1", ""], ["L-1", "50", "18/11/2026", "", ""]]
    take(session, *rows)
    report = take(session, *rows)
    assert (report.written, report.unchanged) == (0, 2)
    assert balances(session) == [290_00, 440_00]


def test_equal_rows_without_reference_are_two_payments_and_with_one_a_single_payment(session: Session) -> None:
    report = take(session, ["L-1", "50", "18/11/2026", "", ""], ["L-1", "50", "18/11/2026", "", ""])
    assert report.written == 2
    report = take(session, ["L-2", "50", "18/11/2026", "R", ""], ["L-2", "50", "18/11/2026", "R", ""])
    assert (report.written, report.unchanged) == (1, 1)


def test_a_reference_that_comes_back_every_month_is_no_duplicate(session: Session) -> None:
    report = take(session, ["L-1", "50", "18/10/2026", "7001", ""], ["L-1", "50", "18/11/2026", "7001", ""])
    assert report.written == 2


@pytest.mark.parametrize(
    ("cells", "field", "problem"),
    [
        (["L-9", "50", "18/11/2026", "", ""], "loan", "loan_unknown"),
        (["", "50", "18/11/2026", "", ""], "loan", "value_missing"),
        (["L-1", "0", "18/11/2026", "", ""], "amount", "amount_not_positive"),
        (["L-1", "-5", "18/11/2026", "", ""], "amount", "amount_not_positive"),
        (["L-1", "x", "18/11/2026", "", ""], "amount", "amount_unreadable"),
        (["L-1", "50", "21/11/2026", "", ""], "date", "date_in_future"),
        (["L-1", "50", "ayer", "", ""], "date", "date_unreadable"),
    ],
)
def test_a_bad_row_is_named_and_the_good_one_kept(session: Session, cells: list[str], field: str, problem: str) -> None:
    report = take(session, cells, ["L-2", "40", "18/11/2026", "", ""])
    (error,) = report.errors
    assert (error.line, error.field, error.problem) == (2, field, problem)
    assert report.written == 1
    assert balances(session) == [440_00, 400_00]
    assert all(all(row_problem(error, language)) for language in ("es", "en"))


def test_another_currency_is_refused(session: Session) -> None:
    report = take(session, ["L-1", "50", "18/11/2026", "USD"], header=["loan", "amount", "date", "currency"])
    assert (report.errors[0].problem, report.errors[0].value) == ("wrong_currency", "USD")


def test_a_dry_run_writes_nothing(session: Session) -> None:
    report = take(session, ["L-1", "440", "18/11/2026", "R1", ""], dry_run=True)
    assert report.written == 1
    assert session.exec(select(Payment)).all() == []
    session.expire_all()
    assert balances(session) == [440_00, 440_00]


payments = st.lists(st.tuples(st.integers(1, 200), st.integers(0, 50)), min_size=1, max_size=8)


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(payments=payments, order=st.randoms(use_true_random=False))
def test_files_in_any_order_lead_to_the_same_ledger(session: Session, payments: Any, order: Any) -> None:
    by_day = {days: amount for amount, days in payments}
    shuffled = order.sample(sorted(by_day.items()), len(by_day))
    nested = session.begin_nested()
    for loan, entries in (("L-1", sorted(by_day.items())), ("L-2", shuffled)):
        for days, amount in entries:
            take(session, [loan, amount, TODAY - timedelta(days=days), "", ""])
    first, second = (_ledger(session, loan) for loan in ("L-1", "L-2"))
    nested.rollback()
    session.expire_all()
    assert first == second


def _ledger(session: Session, external_id: str) -> list[tuple[int, int, date | None]]:
    rows = select(Instalment).join(Loan).where(Loan.external_id == external_id).order_by(col(Instalment.number))
    return [(each.cached_paid, each.cached_outstanding, each.cached_paid_on) for each in session.exec(rows)]
