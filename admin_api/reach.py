"""The part of the portfolio that the caller's branches reach; the rest answers as if it were not there."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import SQLModel, col

from admin_api.guard import Reading
from admin_api.paging import LARGEST_ID
from admin_api.problems import not_found
from loans import accounts
from loans.tables import Borrower, Loan
from outreach.tables import Address, AddressBorrower


def reached(call: Reading) -> sa.ColumnElement[bool]:
    """A condition on `Borrower`."""
    branches = call.principal.branches
    return sa.true() if branches is None else col(Borrower.branch).in_(branches)


def borrower(call: Reading, borrower_id: int) -> Borrower:
    found: Borrower = row(call, Borrower, borrower_id)
    if not call.principal.reaches(found.branch):
        raise not_found()
    return found


def loan(call: Reading, loan_id: int) -> Loan:
    found: Loan = row(call, Loan, loan_id)
    borrower(call, found.borrower_id)
    return found


def address(call: Reading, address_id: int, borrower_id: int | None = None) -> tuple[Address, AddressBorrower]:
    """With whose it is: the borrower named, else the first one within reach. A shared phone has several."""
    wanted = (
        sa.select(Address, AddressBorrower)
        .join(AddressBorrower, col(AddressBorrower.address_id) == Address.id)
        .join(Borrower, col(Borrower.id) == AddressBorrower.borrower_id)
        .where(col(Address.id) == _storable(address_id), reached(call))
        .order_by(col(Borrower.id))
    )
    if borrower_id is not None:
        wanted = wanted.where(col(Borrower.id) == _storable(borrower_id))
    found = call.session.execute(wanted).first()
    if found is None:
        raise not_found()
    return found[0], found[1]


def row(call: Reading, table: type[SQLModel], row_id: int) -> Any:
    found = call.session.get(table, _storable(row_id))
    if found is None:
        raise not_found()
    return found


def today(call: Reading) -> date:
    """The lender's business date."""
    return day(call, call.now)


def day(call: Reading, at: datetime) -> date:
    return accounts.business_date(accounts.lender(call.session), at)


def _storable(row_id: int) -> int:
    if not 0 < row_id < LARGEST_ID:
        raise not_found()
    return row_id
