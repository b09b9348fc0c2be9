"""Borrowers by what somebody types: words of the name, a phone, the borrower's or a loan's own number."""

from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from desk.imports.report import BadValue
from desk.imports.values import phone
from loans import accounts, names
from loans.tables import Borrower, Loan
from outreach import addresses
from outreach.tables import Address, AddressBorrower

# The shortest that dialling knows; fewer digits are somebody's number at the lender.
PHONE_DIGITS = 8


def find(session: Session, asked: str, within: sa.ColumnElement[bool], limit: int) -> list[int]:
    """Ids: whoever has just this number, then whose begins so, then by name. `within` is a condition on `Borrower`."""
    found: dict[int, None] = {}
    for condition in (sa.or_(_numbered(asked), _by_phone(session, asked)), _numbered(asked, begins=True)):
        found |= dict.fromkeys(session.execute(_ids(condition, within, limit)).scalars())
    found |= dict.fromkeys(_by_name(session, asked, within))
    return list(found)[:limit]


def _ids(condition: Any, within: Any, limit: int) -> Any:
    return sa.select(col(Borrower.id)).where(within, condition).order_by(col(Borrower.id)).limit(limit)


def _by_name(session: Session, asked: str, within: sa.ColumnElement[bool]) -> list[int]:
    words = names.words(asked)
    if not words:
        return []
    rows = session.execute(
        _ids(names.candidates(words), within, names.MOST_CANDIDATES).add_columns(col(Borrower.full_name))
    ).all()
    fitting = [row for row in rows if names.fits(row.full_name, words)]
    return [row.id for row in sorted(fitting, key=lambda row: (names.words(row.full_name), row.id))]


def _numbered(asked: str, *, begins: bool = False) -> sa.ColumnElement[bool]:
    number = asked.strip().lower()

    def fits(own: Any) -> sa.ColumnElement[bool]:
        lowered = sa.func.lower(own)
        return lowered.startswith(number, autoescape=True) if begins else lowered == number

    loans = sa.select(col(Loan.borrower_id)).where(fits(Loan.external_id))
    return sa.or_(fits(Borrower.external_id), col(Borrower.id).in_(loans)) if number else sa.false()


def _by_phone(session: Session, asked: str) -> sa.ColumnElement[bool]:
    if sum(each.isdigit() for each in asked) < PHONE_DIGITS:
        return sa.false()
    try:
        number = phone("q", asked, accounts.lender(session).country)
    except BadValue:
        return sa.false()
    owners = (
        sa.select(col(AddressBorrower.borrower_id))
        .join(Address, col(Address.id) == AddressBorrower.address_id)
        .where(col(Address.value_index) == addresses.index_of("phone", number))
    )
    return col(Borrower.id).in_(owners)
