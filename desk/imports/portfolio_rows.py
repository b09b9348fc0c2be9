"""One row of a portfolio file: a loan, its borrower, and how to reach the borrower."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from desk.imports import values
from desk.imports.columns import Cells
from desk.imports.persons import Contact, read_contacts, read_person
from desk.imports.report import BadValue
from desk.imports.schedules import Schedules
from loans.due_dates import CADENCES
from loans.errors import LedgerError
from loans.opening import NewLoan, check_loan
from loans.schedule import ScheduledInstalment, Terms, schedule
from loans.tables import Lender
from store.encryption import blind_index

FREQUENCIES = {
    **{name: name for name in CADENCES},
    **dict.fromkeys(("semanal", "semana", "semanas", "cada semana", "week", "every week"), "weekly"),
    **dict.fromkeys(("catorcenal", "catorcena", "catorcenas", "bisemanal", "cada 14 dias", "fortnightly"), "biweekly"),
    **dict.fromkeys(("bi-weekly", "every two weeks", "cada dos semanas"), "biweekly"),
    **dict.fromkeys(("quincenal", "quincena", "quincenas", "semi-monthly", "twice a month"), "semimonthly"),
    **dict.fromkeys(("cada 15 dias", "every 15 days", "15 dias"), "every_15_days"),
    **dict.fromkeys(("mensual", "mes", "meses", "cada mes", "month"), "monthly"),
}
METHODS = {
    **dict.fromkeys(("flat", "global", "saldo global", "sobre saldo global", "simple", "fijo", "tasa fija"), "flat"),
    **dict.fromkeys(("level", "nivelado", "nivelada", "frances", "saldos insolutos", "insolutos", "annuity"), "level"),
    **dict.fromkeys(
        ("equal_principal", "equal principal", "aleman", "capital fijo", "capital constante"), "equal_principal"
    ),
}
COUNTRIES = {"mexico": "MX", "mex": "MX"}
USUAL_GAPS = {7: "weekly", 14: "biweekly", 15: "semimonthly", 16: "semimonthly"}


@dataclass(frozen=True, slots=True)
class PortfolioRow:
    """`person` holds only what the file says."""

    line: int
    borrower: str | None
    person: Mapping[str, Any]
    contacts: Sequence[Contact]
    loan: NewLoan
    given: frozenset[str]  # which of label, product and cycle the file names

    @property
    def derived_borrower(self) -> str:
        """For files without borrower numbers: the same name at the same address is the same person."""
        at = self.contacts[0].value if self.contacts else self.loan.external_id
        return "auto-" + blind_index(f"{values.plain(self.person['full_name'])}|{at}")[:16]


def read_row(cells: Cells, schedules: Schedules, lender: Lender, today: date) -> PortfolioRow:
    """Raises BadValue at the first cell that can't be read or is not allowed."""
    loan_id = values.text(cells.needed("loan"))
    country, borrower = _country(cells, lender), cells.get("borrower")
    money = _currency(cells, lender)
    loan = _loan(cells, loan_id, schedules.of(loan_id, money), money, today)
    return PortfolioRow(
        line=cells.line,
        borrower=None if borrower is None else values.text(borrower),
        person=read_person(cells, country, today),
        contacts=read_contacts(cells, country, today),
        loan=loan,
        given=frozenset(field for field in ("label", "product", "cycle") if cells.get(field) is not None),
    )


def _country(cells: Cells, lender: Lender) -> str:
    cell = cells.get("country")
    if cell is None:
        return lender.country
    written = values.plain(values.text(cell))
    if written in COUNTRIES or (len(written) == 2 and written.isalpha()):
        return COUNTRIES.get(written, written.upper())
    raise BadValue("country", cell, "country_unknown")


def _loan(
    cells: Cells, loan_id: str, explicit: Sequence[ScheduledInstalment] | None, money: str, today: date
) -> NewLoan:
    method, cycle = cells.get("method"), cells.get("cycle")
    loan = NewLoan(
        external_id=loan_id,
        currency=money,
        principal=values.amount("principal", cells.needed("principal"), money),
        annual_rate=_rate(cells, explicit),
        method="flat" if method is None else values.choice("method", method, METHODS),
        frequency=_frequency(cells, explicit),
        disbursed_on=values.past("disbursed_on", cells.needed("disbursed_on"), today),
        instalments=explicit or (),
        label=cells.words("label"),
        product=cells.words("product"),
        cycle=1 if cycle is None else values.whole("cycle", cycle),
    )
    if loan.principal <= 0:
        raise BadValue("principal", cells.get("principal"), "amount_not_positive")
    if not explicit:
        loan = replace(loan, instalments=_schedule(cells, loan))
    try:
        check_loan(loan, today)
    except LedgerError as refused:
        raise BadValue(refused.field, refused.value, refused.reason) from refused
    return loan


def _currency(cells: Cells, lender: Lender) -> str:
    cell = cells.get("currency")
    return lender.currency if cell is None else currency("currency", cell)


def currency(field: str, cell: Any) -> str:
    written = values.plain(values.text(cell)).upper().strip(".")
    known = {"PESOS": "MXN", "PESO": "MXN", "PESOS MEXICANOS": "MXN", "M.N": "MXN", "MN": "MXN", "$": "MXN"}
    code = known.get(written, written)
    if len(code) != 3 or not code.isalpha():
        raise BadValue(field, cell, "currency_unknown")
    return code


def _rate(cells: Cells, explicit: Sequence[ScheduledInstalment] | None) -> Decimal:
    if (cell := cells.get("rate")) is not None:
        return values.percent("rate", cell)
    if (cell := cells.get("monthly_rate")) is not None:
        return values.percent("monthly_rate", cell, share_below=Decimal("0.5")) * 12
    if explicit:
        return Decimal(0)
    raise BadValue("rate", None, "value_missing")


def _frequency(cells: Cells, explicit: Sequence[ScheduledInstalment] | None) -> str:
    cell = cells.get("frequency")
    if cell is not None:
        return values.choice("frequency", cell, FREQUENCIES)
    if explicit is None:
        raise BadValue("frequency", None, "value_missing")
    gap = (explicit[1].due - explicit[0].due).days if len(explicit) > 1 else 0
    return USUAL_GAPS.get(gap, "monthly")


def _schedule(cells: Cells, loan: NewLoan) -> Sequence[ScheduledInstalment]:
    first = cells.get("first_due")
    try:
        terms = Terms(
            principal=loan.principal,
            annual_rate=loan.annual_rate,
            count=_count(cells.needed("count"), loan.frequency),
            disbursed_on=loan.disbursed_on,
            method=loan.method,  # type: ignore[arg-type]
            cadence=CADENCES[loan.frequency],
            first_due=None if first is None else values.day("first_due", first),
        )
        return schedule(terms)
    except BadValue:
        raise
    except ValueError as refused:
        raise BadValue(str(refused).split(" ", 1)[0], None, "terms_refused", why=str(refused)) from refused


def _count(cell: Any, frequency: str) -> int:
    """'16' or '16 semanas'; months of a weekly loan are refused, because they do not say how many payments."""
    number, _, unit = values.text(cell).partition(" ")
    if unit and unit.lower() not in ("pagos", "cuotas", "payments", "instalments"):
        said = FREQUENCIES.get(values.plain(unit))
        if said is None or (said != frequency and {said, frequency} != {"semimonthly", "every_15_days"}):
            raise BadValue("count", cell, "count_unit")
    return values.whole("count", number)
