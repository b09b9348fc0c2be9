"""Loans: their terms, where they stand today, their instalments, and new ones entered by hand."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

import sqlalchemy as sa
from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field, JsonValue
from sqlmodel import col

from admin_api import etags, reach
from admin_api.guard import Reading, Writing, reads, writes
from admin_api.once import once
from admin_api.paging import After, Limit, Page, page
from admin_api.problems import invalid
from admin_api.shapes import Amount, Currency, Day, Name, Text
from desk.access import Permission
from loans import accounts, ledger
from loans.due_dates import CADENCES
from loans.schedule import ScheduledInstalment, Terms, schedule
from loans.tables import Borrower, Instalment, Loan

router = APIRouter(prefix="/loans", tags=["loans"])
_EXAMPLE: dict[str, JsonValue] = {
    "borrower_id": 12,
    "external_id": "P-2088",
    "currency": "MXN",
    "principal": 600_000,
    "annual_rate": "36",
    "method": "level",
    "frequency": "biweekly",
    "disbursed_on": "2026-11-02",
    "first_due": "2026-11-16",
    "instalments": 12,
}


class BorrowerNamed(BaseModel):
    id: int
    external_id: str
    name: str
    branch: str


class LoanShown(BaseModel):
    id: int
    external_id: str
    borrower: BorrowerNamed
    label: str
    product: str
    currency: str
    principal: int
    annual_rate: str = Field(description="Percent a year.")
    method: str
    frequency: str
    disbursed_on: date
    cycle: int = Field(description="Which loan of this borrower; 1 is the first.")
    status: str
    restructured: bool
    balance: int = Field(description="All that is still to pay, interest and charges included.")
    principal_outstanding: int
    credit: int = Field(description="Paid beyond what is owed.")
    oldest_due: date | None = Field(description="Of the oldest instalment with something left to pay.")
    days_past_due: int


class LoanStanding(LoanShown):
    overdue: int
    next_due: date | None
    next_amount: int | None
    payoff: int = Field(description="What closes the loan today: the balance of its schedule.")


class LoanGiven(BaseModel):
    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [_EXAMPLE]})
    borrower_id: int
    external_id: Name
    currency: Currency
    principal: Amount
    annual_rate: Decimal = Field(ge=0, le=1000, max_digits=12, decimal_places=6, description="Percent a year.")
    method: Literal["flat", "level", "equal_principal"]
    frequency: Literal["weekly", "biweekly", "every_15_days", "semimonthly", "monthly"]
    disbursed_on: Day
    first_due: Day | None = Field(default=None, description="One period after the disbursement if none is given.")
    instalments: int = Field(ge=1, le=600)
    label: Text = ""
    product: Text = ""
    cycle: int = Field(default=1, ge=1, le=1000)


class InstalmentShown(BaseModel):
    number: int
    due: date
    original_due: date
    principal: int
    interest: int
    fee: int
    penalty: int
    paid: int
    outstanding: int
    paid_on: date | None


@router.get("")
def list_loans(
    call: Annotated[Reading, reads(Permission.READ_PORTFOLIO)],
    *,
    borrower_id: int | None = None,
    status: Literal["active", "closed", "written_off"] | None = None,
    which: Literal["overdue", "current"] | None = None,
    limit: Limit = 50,
    after: After = None,
) -> Page[LoanShown]:
    today = reach.today(call)
    wanted = (
        sa.select(Loan)
        .add_columns(Borrower)
        .join(Borrower, col(Borrower.id) == Loan.borrower_id)
        .where(reach.reached(call))
    )
    if borrower_id is not None:
        wanted = wanted.where(col(Loan.borrower_id) == reach.borrower(call, borrower_id).id)
    if status is not None:
        wanted = wanted.where(col(Loan.status) == status)
    if which is not None:
        late = sa.and_(col(Loan.status) == "active", sa.func.coalesce(Loan.cached_oldest_due, today) < today)
        wanted = wanted.where(late if which == "overdue" else sa.and_(col(Loan.status) == "active", ~late))
    return page(call.session, wanted, [col(Loan.id)], limit, after, lambda row: shown(row[0], row[1], today))


@router.post("", status_code=201, response_model=LoanStanding)
def add_loan(given: LoanGiven, call: Annotated[Writing, writes(Permission.WRITE_PORTFOLIO)]) -> Any:
    """The schedule follows from the terms; the last instalment takes what rounding leaves over."""

    def make() -> LoanStanding:
        owner = reach.borrower(call, given.borrower_id)
        row = ledger.open_loan(
            call.session,
            **given.model_dump(exclude={"first_due", "instalments"}),
            instalments=_schedule(given),
            today=reach.today(call),
        )
        call.audit("loan_added", f"loan:{row.id}", principal=row.principal, currency=row.currency)
        return _standing(call, row, owner)

    return once(call, "loan", given, make)


@router.get("/{loan_id}")
def one_loan(
    loan_id: int, response: Response, call: Annotated[Reading, reads(Permission.READ_PORTFOLIO)]
) -> LoanStanding:
    row = reach.loan(call, loan_id)
    found = _standing(call, row, reach.borrower(call, row.borrower_id))
    etags.tag(response, found)
    return found


@router.get("/{loan_id}/instalments")
def list_instalments(
    loan_id: int,
    call: Annotated[Reading, reads(Permission.READ_PORTFOLIO)],
    limit: Limit = 200,
    after: After = None,
) -> Page[InstalmentShown]:
    reach.loan(call, loan_id)
    wanted = sa.select(Instalment).where(col(Instalment.loan_id) == loan_id)
    return page(call.session, wanted, [col(Instalment.number)], limit, after, lambda row: _instalment(row[0]))


def shown(row: Loan, owner: Borrower, today: date) -> LoanShown:
    return LoanShown(
        **row.model_dump(include=set(LoanShown.model_fields)),
        borrower=named(owner),
        balance=row.cached_balance,
        principal_outstanding=row.cached_principal_outstanding,
        credit=row.cached_overpaid,
        oldest_due=row.cached_oldest_due,
        days_past_due=accounts.days_past_due(row, today),
    )


def named(owner: Borrower) -> BorrowerNamed:
    return BorrowerNamed(id=owner.id or 0, external_id=owner.external_id, name=owner.full_name, branch=owner.branch)


def _standing(call: Reading, row: Loan, owner: Borrower) -> LoanStanding:
    today = reach.today(call)
    coming = accounts.next_instalment(call.session, row, today)
    return LoanStanding(
        **shown(row, owner, today).model_dump(),
        overdue=accounts.overdue(call.session, row, today),
        next_due=coming.due if coming else None,
        next_amount=coming.cached_outstanding if coming else None,
        payoff=row.cached_balance,
    )


def _schedule(given: LoanGiven) -> tuple[ScheduledInstalment, ...]:
    first = given.first_due
    if first is not None and first < given.disbursed_on:
        raise invalid("first_due", first, "date_before", least=given.disbursed_on.isoformat())
    terms = Terms(
        principal=given.principal,
        annual_rate=given.annual_rate,
        count=given.instalments,
        disbursed_on=given.disbursed_on,
        method=given.method,
        cadence=CADENCES[given.frequency],
        first_due=first,
    )
    try:
        return schedule(terms)
    except (ArithmeticError, ValueError) as wrong:  # Terms that no calendar or no number can hold.
        raise invalid("instalments", given.instalments, "schedule_impossible") from wrong


def _instalment(row: Instalment) -> InstalmentShown:
    return InstalmentShown(
        **row.model_dump(include=set(InstalmentShown.model_fields)),
        fee=row.cached_fee,
        penalty=row.cached_penalty,
        paid=row.cached_paid,
        outstanding=row.cached_outstanding,
        paid_on=row.cached_paid_on,
    )
