from datetime import date, timedelta

import pytest
from sqlmodel import Session

from loans import ledger, plans, promises
from loans.errors import LedgerError
from loans.tables import Promise
from tests.loans.book import NOW, TODAY, a_loan, pay

DUE = TODAY + timedelta(days=3)
LATER = NOW + timedelta(hours=1)


def day(days: int) -> date:
    return TODAY + timedelta(days=days)


def promised(session: Session, amount: int = 200_00, due: date = DUE) -> Promise:
    return promises.record(session, loan=a_loan(session), amount=amount, due=due, now=NOW, today=TODAY)


def test_a_promise_is_open_until_it_is_paid(session: Session) -> None:
    promise = promised(session)
    assert promises.active(session, promise.borrower_id) == [promise]
    assert promises.settle(session, day(5), NOW + timedelta(days=5)) == []
    assert promise.state == "open"


@pytest.mark.parametrize(("amount", "state"), [(200_00, "kept"), (180_00, "kept"), (179_99, "open"), (1_00, "open")])
def test_a_payment_keeps_a_promise_from_nine_tenths_on(session: Session, amount: int, state: str) -> None:
    loan = a_loan(session)
    promise = promises.record(session, loan=loan, amount=200_00, due=DUE, now=NOW, today=TODAY)
    pay(session, loan, amount, now=LATER)
    assert (promise.state, promise.credited) == (state, amount)
    assert (promise.settled_at is None) == (state == "open")


def test_time_breaks_a_promise_after_its_grace(session: Session) -> None:
    promise = promised(session)
    settled = promises.settle(session, day(6), NOW + timedelta(days=6))
    assert settled == [promise]
    assert promise.state == "broken"
    assert promises.settle(session, day(7), NOW + timedelta(days=7)) == []


def test_time_leaves_a_partly_paid_promise_partial(session: Session) -> None:
    loan = a_loan(session)
    promise = promises.record(session, loan=loan, amount=200_00, due=DUE, now=NOW, today=TODAY)
    pay(session, loan, 50_00, now=LATER)
    assert promises.settle(session, day(6), NOW + timedelta(days=6)) == [promise]
    assert promise.state == "partial"


def test_a_payment_known_before_the_promise_does_not_keep_it(session: Session) -> None:
    loan = a_loan(session)
    pay(session, loan, 200_00, now=NOW - timedelta(hours=1))
    promise = promises.record(session, loan=loan, amount=200_00, due=DUE, now=NOW, today=TODAY)
    ledger.refresh(session, promise.loan_id, TODAY, NOW)
    assert (promise.state, promise.credited) == ("open", 0)


def test_a_reversal_opens_a_kept_promise_again(session: Session) -> None:
    loan = a_loan(session)
    promise = promises.record(session, loan=loan, amount=100_00, due=DUE, now=NOW, today=TODAY)
    payment = pay(session, loan, 100_00, now=LATER).payment
    assert promise.state == "kept"
    ledger.reverse_payment(session, payment, "returned", LATER, TODAY)
    assert (promise.state, promise.credited, promise.settled_at) == ("open", 0, None)


def test_a_payment_told_late_repairs_a_broken_promise(session: Session) -> None:
    loan = a_loan(session)
    promise = promises.record(session, loan=loan, amount=100_00, due=DUE, now=NOW, today=TODAY)
    promises.settle(session, day(6), NOW + timedelta(days=6))
    assert promise.state == "broken"
    pay(session, loan, 100_00, day(2), now=NOW + timedelta(days=8))
    assert promise.state == "kept"


def test_one_payment_keeps_one_promise(session: Session) -> None:
    loan = a_loan(session)
    first = promises.record(session, loan=loan, amount=100_00, due=DUE, now=NOW, today=TODAY)
    plan = plans.record(session, loan=loan, payments=[(day(4), 100_00)], now=NOW, today=TODAY)
    pay(session, loan, 100_00, now=LATER)
    assert (first.state, plan.state) == ("kept", "open")


def test_a_cancelled_promise_stays_cancelled(session: Session) -> None:
    promise = promised(session)
    promises.cancel(session, promise, NOW)
    assert promises.settle(session, day(9), NOW + timedelta(days=9)) == []
    assert promise.state == "cancelled"
    assert promises.active(session, promise.borrower_id) == []


def test_a_repeated_turn_gets_its_promise_back(session: Session) -> None:
    loan = a_loan(session)
    first, again = (
        promises.record(session, loan=loan, amount=amount, due=DUE, now=NOW, today=TODAY, turn_id="t1")
        for amount in (100_00, 1_00)
    )
    assert again.id == first.id
    assert again.amount == 100_00


@pytest.mark.parametrize(
    ("amount", "due", "reason"), [(0, DUE, "amount_not_positive"), (1_00, TODAY - timedelta(days=1), "date_past")]
)
def test_an_impossible_promise_is_refused(session: Session, amount: int, due: date, reason: str) -> None:
    with pytest.raises(LedgerError) as refused:
        promised(session, amount, due)
    assert refused.value.reason == reason
