"""Whose work brought a payment in.

A payment counts for the last person who took or answered a case of the borrower in the week before it, its own day
included; else it is unassisted. Compare people inside one age range and size of loan only.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col, select

from insight.ages import overdue_of_loan
from insight.scope import Scope
from insight.window import Window
from insight.work import CASE, CASE_EVENT
from loans.tables import Loan, Payment, Reversal

CONTACT_COUNTS = timedelta(days=7)
RIGHT_PARTY = ("taken", "answered")
STAFF_ID = CASE_EVENT.c.staff_id


class Contact(NamedTuple):
    """A talk of a person with a borrower; `at` orders those of one day."""

    day: date
    at: datetime
    staff_id: int


class Owed(NamedTuple):
    """What a borrower has not paid although it was due."""

    borrower_id: int
    currency: str
    amount: int


class Paid(NamedTuple):
    borrower_id: int
    currency: str
    amount: int
    value_date: date


@dataclass(frozen=True, slots=True)
class Recovered:
    """Payments that were not taken back; `staff_id` None is what came in unassisted.

    `still_overdue` is what the borrowers with whom this person spoke last owe now. Together with `amount` it is what
    was overdue when they spoke and fell due since, so the share of both that came in is the rate of recovery.
    """

    currency: str
    staff_id: int | None
    payments: int
    amount: int
    still_overdue: int | None = None
    rate: Decimal | None = None


def recovered(session: Session, window: Window, scope: Scope) -> list[Recovered]:
    contacts = talks_by_borrower(session, window)
    assisted = assign(_paid_after_contact(session, window, scope), contacts, _owed(session, window, scope))
    totals = {currency: (payments, amount) for currency, payments, amount in _totals(session, window, scope)}
    found = []
    for currency in sorted(totals.keys() | {each.currency for each in assisted}):
        payments, amount = totals.get(currency, (0, 0))
        own = [each for each in assisted if each.currency == currency]
        rest = payments - sum(each.payments for each in own), amount - sum(each.amount for each in own)
        found += [*own, *([Recovered(currency, None, *rest)] if currency in totals else [])]
    return found


def assign(
    payments: Iterable[Paid], contacts: Mapping[int, Sequence[Contact]], owed: Iterable[Owed] = ()
) -> list[Recovered]:
    """What each person brought in, by borrower's `contacts`; unassisted payments are left out."""
    totals: dict[tuple[str, int], list[int]] = defaultdict(lambda: [0, 0, 0])
    for paid in payments:
        staff_id = brought_in_by(contacts.get(paid.borrower_id, ()), paid.value_date)
        if staff_id is not None:
            total = totals[paid.currency, staff_id]
            total[0] += 1
            total[1] += paid.amount
    for each in owed:
        totals[each.currency, max(contacts[each.borrower_id]).staff_id][2] += each.amount
    return [
        Recovered(currency, staff_id, count, amount, left, _rate(amount, left))
        for (currency, staff_id), (count, amount, left) in sorted(totals.items())
    ]


def brought_in_by(talks: Iterable[Contact], value_date: date) -> int | None:
    """Whose payment of that date it is, by the talks with its borrower; None: nobody's."""
    counted = [each for each in talks if value_date - CONTACT_COUNTS <= each.day <= value_date]
    return max(counted).staff_id if counted else None


def _rate(came: int, left: int) -> Decimal:
    return Decimal(came) / (came + left) if came + left else Decimal(0)


def talks_by_borrower(session: Session, window: Window) -> dict[int, list[Contact]]:
    found: dict[int, list[Contact]] = defaultdict(list)
    for borrower_id, at, staff_id in session.execute(_talks(window, CASE.c.borrower_id, CASE_EVENT.c.at, STAFF_ID)):
        found[borrower_id].append(Contact(window.day_of(at), at, staff_id))
    return found


def _talks(window: Window, *columns: Any) -> Any:
    """Of people with borrowers, as long ago as a payment in the window may follow them."""
    return (
        sa.select(*columns)
        .join(CASE_EVENT, CASE_EVENT.c.case_id == CASE.c.id)
        .where(
            CASE_EVENT.c.kind.in_(RIGHT_PARTY),
            CASE_EVENT.c.at >= window.begins(window.first - CONTACT_COUNTS),
            STAFF_ID.is_not(None),
            CASE.c.borrower_id.is_not(None),
        )
    )


def of_those_talked_to(window: Window, *who: Any) -> sa.ColumnElement[bool]:
    """Loans of borrowers with whom a person spoke, if `who` says nothing narrower of the talk."""
    return col(Loan.borrower_id).in_(_talks(window, CASE.c.borrower_id).where(*who))


def _paid_after_contact(session: Session, window: Window, scope: Scope) -> list[Paid]:
    columns = map(col, (Loan.borrower_id, Payment.currency, Payment.amount, Payment.value_date))
    rows = live_payments(window, *columns).join(Loan, col(Loan.id) == Payment.loan_id)
    return [Paid(*row) for row in session.execute(rows.where(of_those_talked_to(window), *scope.of_loan()))]


def _owed(session: Session, window: Window, scope: Scope) -> list[Owed]:
    overdue = sa.func.sum(overdue_of_loan(window.last))
    late = col(Loan.status) == "active", col(Loan.cached_oldest_due) < window.last
    rows = (
        sa.select(col(Loan.borrower_id), col(Loan.currency), overdue)
        .where(*late, of_those_talked_to(window), *scope.of_loan())
        .group_by(col(Loan.borrower_id), col(Loan.currency))
    )
    return [Owed(borrower, currency, int(amount)) for borrower, currency, amount in session.execute(rows)]


def _totals(session: Session, window: Window, scope: Scope) -> list[tuple[str, int, int]]:
    """(currency, payments, amount): all that came less what was taken back, which is cheaper than to look at each."""
    figures = col(Payment.currency), sa.func.count(), sa.func.sum(Payment.amount)
    came = _within(sa.select(*figures), window, scope)
    taken_back = _within(sa.select(*figures).join(Reversal, col(Reversal.payment_id) == Payment.id), window, scope)
    gone = {currency: (int(count), int(amount)) for currency, count, amount in session.execute(taken_back)}
    found = []
    for currency, count, amount in session.execute(came):
        count_gone, amount_gone = gone.get(currency, (0, 0))
        if count > count_gone:
            found.append((currency, int(count) - count_gone, int(amount) - amount_gone))
    return sorted(found)


def _within(rows: Any, window: Window, scope: Scope) -> Any:
    if wanted := scope.of_loan():
        # Not a join, which SQLite would do from the side of the payments.
        rows = rows.where(col(Payment.loan_id).in_(sa.select(col(Loan.id)).where(*wanted)))
    received = col(Payment.value_date).between(window.first, window.last)
    return rows.where(received).group_by(col(Payment.currency))


def live_payments(window: Window, *columns: Any) -> Any:
    """Not taken back, by value date."""
    taken_back = select(Reversal.payment_id).where(Reversal.payment_id == Payment.id).exists()
    return (
        sa.select(*columns)
        .select_from(Payment)
        .where(col(Payment.value_date).between(window.first, window.last), ~taken_back)
    )
