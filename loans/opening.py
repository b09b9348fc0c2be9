"""New loans and their schedules, and the columns that a loan without any event has."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import sqlalchemy as sa
from sqlmodel import Session, col, select

from loans.errors import LedgerError
from loans.schedule import ScheduledInstalment
from loans.tables import Instalment, Loan
from store.ids import id_of

Planned = tuple[Loan, Sequence[ScheduledInstalment]]


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
    loan = Loan(
        external_id=external_id,
        borrower_id=borrower_id,
        label=label,
        product=product,
        currency=currency,
        principal=principal,
        annual_rate=str(annual_rate),
        method=method,
        frequency=frequency,
        disbursed_on=disbursed_on,
        cycle=cycle,
    )
    check_loan(loan, instalments, today)
    if session.exec(select(Loan.id).where(Loan.external_id == external_id)).first() is not None:
        raise LedgerError("external_id", external_id, "this loan is already known; change it", reason="loan_known")
    open_loans(session, [(loan, instalments)])
    return loan


def check_loan(loan: Loan, instalments: Sequence[ScheduledInstalment], today: date) -> None:
    """What no loan may be, however it comes in."""
    if loan.principal <= 0:
        raise LedgerError("principal", loan.principal, "give an amount above 0", reason="amount_not_positive")
    if loan.disbursed_on > today:
        raise LedgerError("disbursed_on", loan.disbursed_on, f"give {today} or an earlier day", reason="date_in_future")
    if not instalments:
        raise LedgerError("instalments", 0, "give at least one instalment", reason="schedule_empty")
    total = sum(each.principal for each in instalments)
    if total != loan.principal:
        fix = f"the schedule repays {total}: make them equal"
        raise LedgerError("principal", loan.principal, fix, reason="schedule_sum")
    if any(each.principal < 0 or each.interest < 0 or each.total == 0 for each in instalments):
        raise LedgerError("instalments", 0, "each instalment needs an amount above 0", reason="amount_not_positive")
    if len({each.n for each in instalments}) != len(instalments):
        raise LedgerError("number", 0, "number each instalment once", reason="schedule_numbers")


def open_loans(session: Session, planned: Sequence[Planned]) -> None:
    """Many checked loans at once; each gets its id, its instalments and its cached columns."""
    for loan, instalments in planned:
        _owe_everything(loan, instalments)
    session.add_all([loan for loan, _ in planned])
    session.flush()
    rows = [_unpaid(loan, each) for loan, instalments in planned for each in instalments]
    if rows:
        session.execute(sa.insert(Instalment), rows)


def change_schedule(session: Session, loan: Loan, instalments: Sequence[ScheduledInstalment]) -> None:
    """For a loan without payments: these instalments in the place of the earlier ones."""
    session.execute(sa.delete(Instalment).where(col(Instalment.loan_id) == loan.id))
    open_loans(session, [(loan, instalments)])


def _owe_everything(loan: Loan, instalments: Sequence[ScheduledInstalment]) -> None:
    loan.cached_balance = sum(each.total for each in instalments)
    loan.cached_principal_outstanding = loan.principal
    loan.cached_overpaid = 0
    loan.cached_oldest_due = min(each.due for each in instalments)


def _unpaid(loan: Loan, planned: ScheduledInstalment) -> dict[str, object]:
    return {
        "loan_id": id_of(loan),
        "number": planned.n,
        "due": planned.due,
        "original_due": planned.due,
        "principal": planned.principal,
        "interest": planned.interest,
        "cached_outstanding": planned.total,
    }
