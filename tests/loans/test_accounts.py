from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import Session

from loans import accounts
from loans.errors import LedgerError
from loans.tables import Lender, PaymentMethod
from store.ids import id_of
from tests.loans.book import TODAY, a_borrower, a_loan, pay


def test_an_instalment_due_today_is_next_and_not_overdue(session: Session) -> None:
    loan = a_loan(session, first_due=TODAY)
    following = accounts.next_instalment(session, loan, TODAY)
    assert following is not None
    assert following.due == TODAY
    assert accounts.overdue(session, loan, TODAY) == 0
    assert accounts.days_past_due(loan, TODAY) == 0
    assert accounts.days_past_due(loan, TODAY + timedelta(days=1)) == 1


def test_a_paid_instalment_is_not_next(session: Session) -> None:
    loan = a_loan(session, first_due=TODAY)
    pay(session, loan, 110_00)
    following = accounts.next_instalment(session, loan, TODAY)
    assert following is not None
    assert following.number == 2


def test_active_loans_come_first_and_the_longest_overdue_in_front(session: Session) -> None:
    borrower = a_borrower(session)
    closed = a_loan(session, "closed", borrower=borrower)
    pay(session, closed, 440_00)
    a_loan(session, "late", borrower=borrower)
    a_loan(session, "later", borrower=borrower, first_due=date(2026, 9, 1))
    found = accounts.borrower_loans(session, id_of(borrower))
    assert [loan.external_id for loan in found] == ["later", "late", "closed"]


def test_payments_come_newest_first(session: Session) -> None:
    loan = a_loan(session)
    for days in (5, 1, 3):
        pay(session, loan, 10_00, TODAY - timedelta(days=days), key=str(days))
    assert [each.idempotency_key for each in accounts.payments(session, id_of(loan), 2)] == ["1", "3"]


def test_the_business_date_is_the_lenders(session: Session) -> None:
    with pytest.raises(LedgerError):
        accounts.lender(session)
    session.add(Lender(name="Caja", legal_name="Caja SC", phone="+525500000000"))
    lender = accounts.lender(session)
    assert accounts.business_date(lender, datetime(2026, 11, 21, 5, 59, tzinfo=UTC)) == date(2026, 11, 20)
    assert accounts.business_date(lender, datetime(2026, 11, 21, 6, 0, tzinfo=UTC)) == date(2026, 11, 21)


def test_only_active_ways_to_pay_are_listed(session: Session) -> None:
    session.add_all(
        [
            PaymentMethod(kind="oxxo", name="OXXO", position=2),
            PaymentMethod(kind="spei", name="SPEI", position=1),
            PaymentMethod(kind="app", name="App", active=False),
        ]
    )
    assert [each.name for each in accounts.payment_methods(session)] == ["SPEI", "OXXO"]
