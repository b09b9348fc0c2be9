from datetime import date, timedelta

import pytest
from sqlmodel import Session

from loans import plans
from loans.errors import LedgerError
from loans.tables import Loan, Plan
from tests.loans.book import NOW, TODAY, a_loan, pay

LATER = NOW + timedelta(hours=1)


def day(days: int) -> date:
    return TODAY + timedelta(days=days)


def agreed(session: Session, loan: Loan) -> Plan:
    return plans.record(
        session, loan=loan, payments=[(day(9), 60_00), (day(2), 50_00)], now=NOW, today=TODAY, turn_id="t1"
    )


def test_a_plan_keeps_its_payments_by_day(session: Session) -> None:
    plan = agreed(session, a_loan(session))
    assert [(each.number, each.due, each.amount) for each in plans.payments_of(session, plan)] == [
        (1, day(2), 50_00),
        (2, day(9), 60_00),
    ]
    assert plans.active(session, plan.borrower_id) == [plan]


def test_a_plan_is_kept_when_each_payment_is(session: Session) -> None:
    loan = a_loan(session)
    plan = agreed(session, loan)
    pay(session, loan, 50_00, now=LATER)
    assert plan.state == "open"
    pay(session, loan, 60_00, day(8), key="p2", now=NOW + timedelta(days=8))
    assert plan.state == "kept"
    assert [each.state for each in plans.payments_of(session, plan)] == ["kept", "kept"]


def test_one_missed_payment_breaks_a_plan(session: Session) -> None:
    plan = agreed(session, a_loan(session))
    assert plans.settle(session, day(5), NOW + timedelta(days=5)) == [plan]
    assert plan.state == "broken"
    assert [each.state for each in plans.payments_of(session, plan)] == ["broken", "open"]


def test_a_cancelled_plan_takes_its_open_payments_along(session: Session) -> None:
    plan = agreed(session, a_loan(session))
    plans.cancel(session, plan)
    assert plans.settle(session, day(30), NOW + timedelta(days=30)) == []
    assert plan.state == "cancelled"
    assert {each.state for each in plans.payments_of(session, plan)} == {"cancelled"}


def test_a_repeated_turn_gets_its_plan_back(session: Session) -> None:
    loan = a_loan(session)
    assert agreed(session, loan).id == agreed(session, loan).id


def test_an_empty_plan_is_refused(session: Session) -> None:
    with pytest.raises(LedgerError):
        plans.record(session, loan=a_loan(session), payments=[], now=NOW, today=TODAY)
