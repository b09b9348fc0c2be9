"""New loans and their schedules, and the columns that a loan without any event has."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import sqlalchemy as sa
from sqlmodel import Session, col, select

from loans import places
from loans.errors import LedgerError
from loans.schedule import ScheduledInstalment
from loans.tables import Instalment, Loan
from store.ids import id_of


@dataclass(frozen=True, slots=True)
class NewLoan:
    """The terms and schedule of a loan that is not in the store yet."""

    external_id: str
    currency: str
    principal: int
    annual_rate: Decimal
    method: str
    frequency: str
    disbursed_on: date
    instalments: Sequence[ScheduledInstalment]
    label: str = ""
    product: str = ""
    cycle: int = 1


def open_loan(
    session: Session,
    *,
    external_id: str,
    borrower_id: int,
    currency: str,
    principal: int,
    annual_rate: Decimal,
    method: str,
    frequency: str,
    disbursed_on: date,
    instalments: Sequence[ScheduledInstalment],
    label: str = "",
    product: str = "",
    cycle: int = 1,
    today: date,
) -> Loan:
    """A loan with its schedule. The principal of the instalments must add up to the loan's."""
    new = NewLoan(
        external_id=external_id,
        currency=currency,
        principal=principal,
        annual_rate=annual_rate,
        method=method,
        frequency=frequency,
        disbursed_on=disbursed_on,
        instalments=instalments,
        label=label,
        product=product,
        cycle=cycle,
    )
    check_loan(new, today)
    known = select(Loan).where(Loan.external_id == external_id)
    if session.exec(known).first() is not None:
        raise LedgerError("external_id", external_id, "this loan is already known; change it", reason="loan_known")
    open_loans(session, [(borrower_id, new)])
    return session.exec(known).one()


def check_loan(loan: NewLoan, today: date) -> None:
    """What no loan may be, however it comes in."""
    if loan.principal <= 0:
        raise LedgerError("principal", loan.principal, "give an amount above 0", reason="amount_not_positive")
    if loan.disbursed_on > today:
        raise LedgerError("disbursed_on", loan.disbursed_on, f"give {today} or an earlier day", reason="date_in_future")
    if not loan.instalments:
        raise LedgerError("instalments", 0, "give at least one instalment", reason="schedule_empty")
    total = sum(each.principal for each in loan.instalments)
    if total != loan.principal:
        fix = f"the schedule repays {total}: make them equal"
        raise LedgerError("principal", loan.principal, fix, reason="schedule_sum")
    # An instalment of 0 is fine: a grace period asks for nothing, and a charge after the end needs a place.
    lowest = min(min(each.principal, each.interest) for each in loan.instalments)
    if lowest < 0:
        raise LedgerError("instalments", lowest, "give amounts of 0 or more", reason="amount_not_positive")
    if len({each.n for each in loan.instalments}) != len(loan.instalments):
        raise LedgerError("number", 0, "number each instalment once", reason="schedule_numbers")


def open_loans(session: Session, new: Sequence[tuple[int, NewLoan]]) -> None:
    """Many checked loans at once, each with the id of its borrower."""
    if not new:
        return
    session.execute(sa.insert(Loan), [_row(borrower_id, loan) for borrower_id, loan in new])
    wanted = [loan.external_id for _, loan in new]
    found = select(Loan.external_id, Loan.id).where(col(Loan.external_id).in_(wanted))
    ids = {external_id: loan_id or 0 for external_id, loan_id in session.exec(found)}
    rows = [_unpaid(ids[loan.external_id], each) for _, loan in new for each in loan.instalments]
    session.execute(sa.insert(Instalment), rows)
    places.follow(session, {borrower_id for borrower_id, _ in new})


def change_terms(session: Session, loan: Loan, new: NewLoan) -> None:
    """For a loan without payments and charges: other terms and instalments in the place of its own."""
    for name, value in _row(loan.borrower_id, new).items():
        setattr(loan, name, value)
    session.execute(sa.delete(Instalment).where(col(Instalment.loan_id) == loan.id))
    session.execute(sa.insert(Instalment), [_unpaid(id_of(loan), each) for each in new.instalments])
    session.flush()


def _row(borrower_id: int, loan: NewLoan) -> dict[str, object]:
    return {
        "external_id": loan.external_id,
        "borrower_id": borrower_id,
        "label": loan.label,
        "product": loan.product,
        "currency": loan.currency,
        "principal": loan.principal,
        "annual_rate": str(loan.annual_rate),
        "method": loan.method,
        "frequency": loan.frequency,
        "disbursed_on": loan.disbursed_on,
        "cycle": loan.cycle,
        "cached_balance": sum(each.total for each in loan.instalments),
        "cached_principal_outstanding": loan.principal,
        "cached_oldest_due": min(each.due for each in loan.instalments),
    }


def _unpaid(loan_id: int, planned: ScheduledInstalment) -> dict[str, object]:
    return {
        "loan_id": loan_id,
        "number": planned.n,
        "due": planned.due,
        "original_due": planned.due,
        "principal": planned.principal,
        "interest": planned.interest,
        "cached_outstanding": planned.total,
    }
