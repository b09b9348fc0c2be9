"""Home's figures once more, worked out the slow way from what was recorded: no cached column, no code of the ledger.

Every payment is laid out cent by cent over the schedule, which is what the words of the rules say.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, SQLModel

ORDER = ("penalty", "fee", "interest", "principal")


@dataclass
class NaiveLoan:
    id: int
    borrower_id: int
    branch: str
    region: str
    currency: str
    restructured: bool
    principal: int
    balance: int
    overdue: int
    days: int


def rows(session: Session, table: str) -> list[Any]:
    session.flush()
    found = SQLModel.metadata.tables[table]
    return list(session.execute(sa.select(found).order_by(found.c.id)))


def loans(session: Session, today: date) -> list[NaiveLoan]:
    """Active ones: something is left and they are not written off."""
    people = {each.id: each for each in rows(session, "borrower")}
    found = []
    for loan in rows(session, "loan"):
        parts = _unpaid_parts(session, loan.id)
        balance = sum(amount for _, _, amount in parts)
        late = [(due, amount) for due, _, amount in parts if due < today and amount]
        if loan.status != "written_off" and balance:
            found.append(
                NaiveLoan(
                    id=loan.id,
                    borrower_id=loan.borrower_id,
                    branch=people[loan.borrower_id].branch,
                    region=people[loan.borrower_id].region,
                    currency=loan.currency,
                    restructured=loan.restructured,
                    principal=sum(amount for _, component, amount in parts if component == "principal"),
                    balance=balance,
                    overdue=sum(amount for _, amount in late),
                    days=(today - min(due for due, _ in late)).days if late else 0,
                )
            )
    return found


def _unpaid_parts(session: Session, loan_id: int) -> list[tuple[date, str, int]]:
    """(due, component, what is left), in the order in which money fills them."""
    dues = _asked(session, loan_id)
    reversed_ids = {each.payment_id for each in rows(session, "reversal")}
    paid = sum(p.amount for p in rows(session, "payment") if p.loan_id == loan_id and p.id not in reversed_ids)
    left = []
    for due, component, amount in dues:
        part = min(paid, amount)
        paid -= part
        left.append((due, component, amount - part))
    return left


def _asked(session: Session, loan_id: int) -> list[tuple[date, str, int]]:
    moved = {}
    for change in rows(session, "due_change"):
        if change.loan_id == loan_id:
            moved[change.instalment_number] = change.due_after
    instalments = [each for each in rows(session, "instalment") if each.loan_id == loan_id]
    schedule = sorted((moved.get(each.number, each.original_due), each.number, each) for each in instalments)
    amounts: dict[int, dict[str, int]] = {
        number: {"penalty": 0, "fee": 0, "interest": each.interest, "principal": each.principal}
        for _, number, each in schedule
    }
    for charge in (each for each in rows(session, "charge") if each.loan_id == loan_id):
        fitting = [number for due, number, _ in schedule if charge.due <= due]
        amounts[fitting[0] if fitting else schedule[-1][1]][charge.component] += charge.amount
    for waiver in (each for each in rows(session, "waiver") if each.loan_id == loan_id):
        given_up = waiver.amount
        for _, number, _ in schedule:
            part = min(given_up, amounts[number][waiver.component])
            amounts[number][waiver.component] -= part
            given_up -= part
    return [(due, component, amounts[number][component]) for due, number, _ in schedule for component in ORDER]


def par(found: list[NaiveLoan], days: int, restructured_too: bool = False) -> Fraction:
    at_risk = [each for each in found if each.days > days or (restructured_too and each.restructured)]
    gross = sum(each.principal for each in found)
    return Fraction(sum(each.principal for each in at_risk), gross) if gross else Fraction(0)


def promises(session: Session, today: date) -> dict[int, tuple[str, int]]:
    """State and credited amount of each promise, by its id."""
    reversed_ids = {each.payment_id for each in rows(session, "reversal")}
    live = [p for p in rows(session, "payment") if p.id not in reversed_ids and p.value_date <= today]
    wanted = rows(session, "promise")
    credited: dict[int, int] = defaultdict(int)
    for payment in sorted(live, key=lambda each: (each.value_date, each.id)):
        rest = payment.amount
        for promise in sorted(wanted, key=lambda each: (each.due, each.created_on, each.created_at)):
            late = (payment.value_date - promise.due).days
            counts = promise.state != "cancelled" and promise.loan_id == payment.loan_id
            counts = counts and promise.created_on <= payment.value_date and late <= 2
            if counts and payment.recorded_at > promise.created_at:
                part = min(rest, promise.amount - credited[promise.id])
                credited[promise.id] += part
                rest -= part
    return {each.id: (_ended(each, credited[each.id], today), credited[each.id]) for each in wanted}


def _ended(promise: Any, credited: int, today: date) -> str:
    if promise.state == "cancelled":
        return "cancelled"
    if 10 * credited >= 9 * promise.amount:
        return "kept"
    if (today - promise.due).days <= 2:
        return "open"
    return "partial" if credited else "broken"


def collected(session: Session, first: date, last: date) -> dict[str, int]:
    """Money by currency that came and stayed."""
    reversed_ids = {each.payment_id for each in rows(session, "reversal")}
    total: dict[str, int] = defaultdict(int)
    for payment in rows(session, "payment"):
        if payment.id not in reversed_ids and first <= payment.value_date <= last:
            total[payment.currency] += payment.amount
    return dict(total)
