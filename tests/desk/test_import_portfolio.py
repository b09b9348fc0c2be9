import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, col, select

from desk import search
from desk.imports.messages import FILE_PROBLEMS, NOTES, ROW_PROBLEMS, row_problem
from desk.imports.portfolio import import_portfolio
from desk.imports.report import ImportReport
from desk.imports.table import table_of
from desk.tables import ImportRun
from loans.tables import Borrower, Instalment, Loan
from outreach import addresses
from outreach.tables import Address, AddressBorrower
from tests.desk.files import HEADER, NOW, TODAY, a_lender, csv_table, row
from tests.loans.book import pay

LATER = NOW + timedelta(days=1)


@pytest.fixture(autouse=True)
def _lender(session: Session) -> None:
    a_lender(session)


def take(session: Session, *rows: list[Any], header: list[str] = HEADER, **options: Any) -> ImportReport:
    return import_portfolio(session, csv_table(*rows, header=header), NOW, TODAY, **options)


def counts(report: ImportReport) -> tuple[int, int, int, int]:
    return report.written, report.updated, report.unchanged, len(report.errors)


def test_a_row_becomes_a_borrower_with_loan_schedule_and_address(session: Session) -> None:
    report = take(session, row())
    assert counts(report) == (1, 0, 0, 0)
    borrower = session.exec(select(Borrower)).one()
    assert (borrower.external_id, borrower.full_name, borrower.given_name) == ("C-1", "Ana Pérez López", "Ana")
    assert (borrower.birth_date, borrower.document_ending) == ("1985-04-12", "4321")
    assert (borrower.zone, borrower.region, borrower.preferred_channel) == (
        "America/Mexico_City",
        "Jalisco",
        "whatsapp",
    )
    loan = session.exec(select(Loan)).one()
    assert (loan.principal, loan.annual_rate, loan.frequency) == (12_000_00, "60", "weekly")
    assert loan.cached_oldest_due == date(2026, 10, 9)
    instalments = session.exec(select(Instalment)).all()
    assert len(instalments) == 16
    assert loan.cached_balance == sum(each.principal + each.interest for each in instalments)
    address = session.exec(select(Address)).one()
    assert (address.channel, address.kind, address.value) == ("whatsapp", "phone", "+525512345678")
    assert address.confirmed_at == NOW
    link = session.exec(select(AddressBorrower)).one()
    assert (link.consent_at, link.consent_evidence) == (NOW, "cartera.csv")
    assert addresses.find(session, "whatsapp", "phone", "+525512345678") == address


def test_the_same_file_twice_changes_nothing(session: Session) -> None:
    rows = [row(), row({"No. Crédito": "L-2", "No. Cliente": "C-2", "Canal": ""}), row({"No. Crédito": "L-3"})]
    assert counts(take(session, *rows)) == (3, 0, 0, 0)
    before = _everything(session)
    assert counts(take(session, *rows)) == (0, 0, 3, 0)
    assert _everything(session) == before


def _everything(session: Session) -> list[Any]:
    session.expire_all()
    return [
        sorted(str(each.model_dump()) for each in session.exec(select(table)))
        for table in (Borrower, Loan, Instalment, Address, AddressBorrower)
    ]


def test_changed_data_of_a_borrower_is_taken_over(session: Session) -> None:
    take(session, row())
    report = take(session, row({"Cliente": "Ana María Pérez López", "Sucursal": "Norte"}))
    assert counts(report) == (0, 1, 0, 0)
    borrower = session.exec(select(Borrower)).one()
    assert (borrower.full_name, borrower.branch) == ("Ana María Pérez López", "Norte")


def test_segment_and_risk_are_kept_in_the_lenders_words(session: Session) -> None:
    header = [*HEADER, "Segmento", "Riesgo"]
    take(session, [*row(), "Oro", "alto"], header=header)
    borrower = session.exec(select(Borrower)).one()
    assert (borrower.segment, borrower.risk) == ("Oro", "alto")
    assert counts(take(session, [*row(), "Oro", "bajo"], header=header)) == (0, 1, 0, 0)


def test_borrowers_are_found_by_the_name_that_the_last_file_gave(session: Session) -> None:
    take(session, row())
    take(session, row({"Cliente": "Ana Quiroz"}))
    everybody = sa.true()
    assert search.find(session, "quir", everybody, 10) == [session.exec(select(Borrower.id)).one()]
    assert search.find(session, "perez", everybody, 10) == []


def test_a_new_telephone_is_tried_first(session: Session) -> None:
    take(session, row())
    assert counts(take(session, row({"Teléfono": "5587654321"}))) == (0, 1, 0, 0)
    links = session.exec(select(AddressBorrower).order_by(col(AddressBorrower.position))).all()
    assert [session.get_one(Address, link.address_id).value for link in links] == ["+525587654321", "+525512345678"]
    assert counts(take(session, row({"Teléfono": "5587654321"}))) == (0, 0, 1, 0)


def test_what_the_borrower_chose_is_not_overwritten(session: Session) -> None:
    take(session, row())
    borrower = session.exec(select(Borrower)).one()
    borrower.language, borrower.preferred_channel = "en", "sms"
    address = session.exec(select(Address)).one()
    addresses.opt_out(session, address, "STOP", LATER)
    session.flush()
    assert counts(take(session, row())) == (0, 0, 1, 0)
    assert (borrower.language, borrower.preferred_channel) == ("en", "sms")
    assert address.opted_out_at == LATER


def test_a_wrong_number_is_not_confirmed_again(session: Session) -> None:
    take(session, row())
    address = session.exec(select(Address)).one()
    addresses.mark_wrong_person(session, address, LATER)
    session.flush()
    take(session, row())
    assert address.confirmed_at is None


def test_a_no_withdraws_consent_and_only_a_later_day_renews_it(session: Session) -> None:
    header = [*HEADER, "Fecha de consentimiento"]
    take(session, [*row(), "02/10/2026"], header=header)
    link = session.exec(select(AddressBorrower)).one()
    assert link.consent_at is not None
    assert link.consent_at.date() == date(2026, 10, 2)
    take(session, [*row({"Consentimiento": "no"}), ""], header=header)
    assert link.consent_withdrawn_at == NOW
    take(session, [*row(), "02/10/2026"], header=header)
    assert link.consent_withdrawn_at == NOW
    tomorrow = TODAY + timedelta(days=1)
    table = csv_table([*row(), tomorrow.isoformat()], header=header)
    import_portfolio(session, table, LATER, tomorrow)
    assert link.consent_withdrawn_at is None


def test_without_consent_nobody_is_marked_as_agreeing(session: Session) -> None:
    report = take(session, row({"Consentimiento": "", "Zona horaria": "", "Región": "Occidente"}))
    link = session.exec(select(AddressBorrower)).one()
    assert link.consent_at is None
    assert session.exec(select(Address)).one().confirmed_at is None
    assert (report.notes["without_consent"], report.notes["without_zone"]) == (1, 1)


def test_consent_may_name_channels(session: Session) -> None:
    take(session, row({"Canal": "", "Consentimiento": "sms"}))
    agreed = {
        session.get_one(Address, link.address_id).channel: link.consent_at is not None
        for link in session.exec(select(AddressBorrower))
    }
    assert agreed == {"whatsapp": False, "sms": True}


def test_one_telephone_may_belong_to_several_borrowers(session: Session) -> None:
    take(session, row(), row({"No. Crédito": "L-2", "No. Cliente": "C-2", "Cliente": "Luis Pérez"}))
    assert len(session.exec(select(Address)).all()) == 1
    assert len(session.exec(select(AddressBorrower)).all()) == 2


def test_borrowers_without_a_number_are_told_apart_by_name_and_address(session: Session) -> None:
    rows = [row({"No. Cliente": "", "No. Crédito": each}) for each in ("L-1", "L-2")]
    rows.append(row({"No. Cliente": "", "No. Crédito": "L-3", "Cliente": "Luis Pérez"}))
    take(session, *rows)
    assert len(session.exec(select(Borrower)).all()) == 2
    assert counts(take(session, *rows)) == (0, 0, 3, 0)


def test_terms_may_change_until_the_first_payment(session: Session) -> None:
    take(session, row())
    assert counts(take(session, row({"Plazo": "20"}))) == (0, 1, 0, 0)
    assert len(session.exec(select(Instalment)).all()) == 20
    loan = session.exec(select(Loan)).one()
    pay(session, loan, 100_00)
    report = take(session, row({"Monto": "15000", "Sucursal": "Otra"}))
    assert counts(report) == (0, 0, 0, 1)
    assert (report.errors[0].field, report.errors[0].problem) == ("principal", "terms_locked")
    assert session.exec(select(Borrower)).one().branch == "Centro"
    assert counts(take(session, row({"Plazo": "20"}))) == (0, 0, 1, 0)


BAD_ROWS = [
    ({"No. Crédito": ""}, "loan", "value_missing"),
    ({"Cliente": ""}, "name", "value_missing"),
    ({"Monto": "doce mil"}, "principal", "amount_unreadable"),
    ({"Monto": "0"}, "principal", "amount_not_positive"),
    ({"Monto": "-500"}, "principal", "amount_not_positive"),
    ({"Tasa anual": "0.6"}, "rate", "rate_share"),
    ({"Plazo": "0"}, "count", "terms_refused"),
    ({"Plazo": "4 meses"}, "count", "count_unit"),
    ({"Plazo": "muchos"}, "count", "number_unreadable"),
    ({"Frecuencia": "diario"}, "frequency", "choice_unknown"),
    ({"Fecha de desembolso": "21/11/2026"}, "disbursed_on", "date_in_future"),
    ({"Fecha de desembolso": "10/31/2026"}, "disbursed_on", "date_unreadable"),
    ({"Teléfono": "123"}, "phone", "phone_unreadable"),
    ({"Canal": "paloma"}, "channel", "choice_unknown"),
    ({"Consentimiento": "tal vez"}, "consent", "choice_unknown"),
    ({"Zona horaria": "Luna"}, "zone", "zone_unknown"),
    ({"Últimos 4 INE": "12"}, "document", "document_short"),
    ({"Fecha de nacimiento": "1/1/2999"}, "birth_date", "date_in_future"),
]


@pytest.mark.parametrize(("changes", "field", "problem"), BAD_ROWS)
def test_a_bad_row_is_named_and_the_good_one_kept(
    session: Session, changes: dict[str, str], field: str, problem: str
) -> None:
    good = row({"No. Crédito": "L-9", "No. Cliente": "C-9"})
    report = take(session, row(changes), good)
    (error,) = report.errors
    assert (error.line, error.field, error.problem) == (2, field, problem)
    assert [each.external_id for each in session.exec(select(Loan))] == ["L-9"]
    assert [each.external_id for each in session.exec(select(Borrower))] == ["C-9"]
    assert all(all(row_problem(error, language)) for language in ("es", "en"))


def test_a_loan_twice_in_a_file_and_a_loan_of_another_borrower_are_refused(session: Session) -> None:
    report = take(session, row(), row({"Monto": "9000"}))
    assert (report.errors[0].line, report.errors[0].problem) == (3, "loan_twice")
    report = take(session, row({"No. Cliente": "C-7"}))
    assert report.errors[0].problem == "loan_of_other_borrower"
    assert len(session.exec(select(Borrower)).all()) == 1


def test_a_dry_run_reports_and_writes_nothing(session: Session) -> None:
    report = take(session, row(), row({"No. Crédito": "L-2", "Monto": "x"}), dry_run=True)
    assert counts(report) == (1, 0, 0, 1)
    assert [session.exec(select(table)).all() for table in (Borrower, Loan, Address, ImportRun)] == [[], [], [], []]


def test_progress_is_told_and_the_run_remembered_without_personal_data(session: Session) -> None:
    told: list[tuple[int, int]] = []
    take(session, row(), row({"No. Crédito": "L-2", "Teléfono": "no5512"}), progress=lambda *at: told.append(at))
    assert told == [(2, 2)]
    run = session.exec(select(ImportRun)).one()
    assert (run.kind, run.rows, run.written) == ("portfolio", 2, 1)
    assert run.errors == [{"line": 3, "field": "phone", "problem": "phone_unreadable"}]
    assert "5512" not in json.dumps(run.errors)


def test_explicit_schedules_replace_the_computed_one(session: Session) -> None:
    terms = row({"Monto": "300", "Tasa anual": "", "Plazo": "", "Frecuencia": ""})
    schedules = csv_table(
        ["L-1", 1, "16/10/2026", "200", "20"],
        ["L-1", 2, "30/10/2026", "100", "5.50"],
        ["L-2", 1, "mañana", "100", "0"],
        header=["folio", "no. pago", "vencimiento", "capital", "interés"],
    )
    other = row({"No. Crédito": "L-2", "No. Cliente": "C-2", "Monto": "100"})
    report = take(session, terms, other, instalments=schedules)
    assert [(each.line, each.field) for each in report.errors] == [(3, "due")]
    loan = session.exec(select(Loan)).one()
    assert (loan.cached_balance, loan.frequency) == (325_50, "biweekly")
    assert counts(take(session, terms, instalments=schedules)) == (0, 0, 1, 0)
    wrong = take(
        session,
        row({"No. Crédito": "L-3", "Monto": "300"}),
        instalments=csv_table(["L-3", 1, "16/10/2026", "200"], header=["folio", "pago", "vencimiento", "capital"]),
    )
    assert wrong.errors[0].problem == "schedule_sum"


@pytest.mark.parametrize(
    ("cells", "full", "given"),
    [
        ({"nombre": "PÉREZ DE LA CRUZ, ANA"}, "Ana Pérez de la Cruz", "Ana"),
        (
            {"nombre": "ANA MARÍA", "apellido paterno": "PÉREZ", "apellido materno": "LÓPEZ"},
            "Ana María Pérez López",
            "Ana",
        ),
        ({"nombre": "Ana Xochitl Tzab", "nombre de pila": "Xochitl"}, "Ana Xochitl Tzab", "Xochitl"),
        ({"nombres": "Ana", "apellidos": "Pérez"}, "Ana Pérez", "Ana"),
    ],
)
def test_names_are_put_together(session: Session, cells: dict[str, str], full: str, given: str) -> None:
    header = ["folio", "monto", "tasa", "plazo", "frecuencia", "fecha desembolso", *cells]
    table = csv_table(["L-1", "100", "60", "4", "mensual", "01/10/2026", *cells.values()], header=header)
    assert counts(import_portfolio(session, table, NOW, TODAY)) == (1, 0, 0, 0)
    borrower = session.exec(select(Borrower)).one()
    assert (borrower.full_name, borrower.given_name) == (full, given)


def test_a_monthly_rate_is_twelve_to_the_year(session: Session) -> None:
    header = ["Monthly rate" if each == "Tasa anual" else each for each in HEADER]
    take(session, row({"Tasa anual": "5%"}), header=header)
    assert Decimal(session.exec(select(Loan)).one().annual_rate) == 60


def test_every_message_is_there_in_both_languages() -> None:
    for texts in (FILE_PROBLEMS, ROW_PROBLEMS, NOTES):
        assert texts["es"].keys() == texts["en"].keys()


cells = st.one_of(
    st.sampled_from(["", "L-1", "12", "sí", "01/10/2026", "5512345678", "semanal"]),
    st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12),
)


@contextmanager
def undone(session: Session) -> Iterator[None]:
    """Each example starts from the same store."""
    nested = session.begin_nested()
    yield
    nested.rollback()


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.dictionaries(st.sampled_from(HEADER), cells, max_size=4), max_size=6))
def test_any_rows_taken_in_twice_change_nothing_the_second_time(
    session: Session, changes: list[dict[str, str]]
) -> None:
    with undone(session):
        table = csv_table(*[row({"No. Crédito": f"L-{n}", **each}) for n, each in enumerate(changes)])
        first = import_portfolio(session, table, NOW, TODAY)
        again = import_portfolio(session, table, NOW, TODAY)
        assert (again.written, again.updated) == (0, 0)
        assert again.unchanged == first.written
        assert again.errors == first.errors


def test_a_workbook_with_typed_cells_and_a_sheet_of_schedules_is_taken_in(session: Session) -> None:
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, {"in_memory": True, "default_date_format": "dd/mm/yyyy"})
    loans, schedules = book.add_worksheet("Cartera"), book.add_worksheet("Pagos")
    loans.write_row(0, 0, ["Caja Azul, cartera al 20/11/2026"])
    loans.write_row(2, 0, ["Loan ID", "Customer", "Phone", "Amount", "Disbursement date", "Rate", "Term", "Frequency"])
    loans.write_row(3, 0, [1024, "Ana Pérez", 5512345678, 300.0, date(2026, 10, 2)])
    loans.write_row(4, 0, [1025, "Luis Tzab", 5587654321, 9000, date(2026, 10, 2), 60, 12, "weekly"])
    schedules.write_row(0, 0, ["Loan ID", "Number", "Due date", "Principal", "Interest"])
    schedules.write_row(1, 0, [1024, 1, date(2026, 10, 16), 200, 20])
    schedules.write_row(2, 0, [1024, 2, date(2026, 10, 30), 100, 5.5])
    book.close()
    table = table_of(held.getvalue(), "cartera.xlsx")
    assert counts(import_portfolio(session, table, NOW, TODAY)) == (2, 0, 0, 0)
    assert counts(import_portfolio(session, table, NOW, TODAY)) == (0, 0, 2, 0)
    found = {loan.external_id: loan.cached_balance for loan in session.exec(select(Loan))}
    assert found["1024"] == 325_50
    assert found["1025"] > 9000_00
