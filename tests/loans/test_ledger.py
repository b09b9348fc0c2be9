from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, col, select

from loans import accounts, ledger
from loans.errors import LedgerError
from loans.schedule import ScheduledInstalment
from loans.tables import Instalment, Loan, Payment
from store.ids import id_of
from tests.loans.book import NOW, TODAY, a_borrower, a_loan, pay

TOMORROW = TODAY + timedelta(days=1)


def paid(session: Session, loan: Loan) -> list[int]:
    rows = session.exec(select(Instalment).where(Instalment.loan_id == loan.id).order_by(col(Instalment.number)))
    return [row.cached_paid for row in rows]


def picture(session: Session, loan: Loan) -> tuple[Any, ...]:
    rows = session.exec(select(Instalment).where(Instalment.loan_id == loan.id).order_by(col(Instalment.number)))
    derived = [(row.cached_paid, row.cached_outstanding, row.cached_paid_on) for row in rows]
    return loan.status, loan.cached_balance, loan.cached_overpaid, loan.cached_oldest_due, *derived


def test_a_new_loan_owes_its_whole_schedule(session: Session) -> None:
    loan = a_loan(session)
    assert (loan.cached_balance, loan.cached_principal_outstanding) == (440_00, 400_00)
    assert loan.cached_oldest_due == date(2026, 11, 6)
    assert accounts.days_past_due(loan, TODAY) == 14
    assert accounts.overdue(session, loan, TODAY) == 110_00


def test_a_payment_fills_the_oldest_instalment_first(session: Session) -> None:
    loan = a_loan(session)
    recorded = pay(session, loan, 150_00)
    assert not recorded.duplicate
    assert recorded.overpaid == 0
    assert paid(session, loan) == [110_00, 40_00, 0, 0]
    assert loan.cached_balance == 290_00
    assert accounts.days_past_due(loan, TODAY) == 0


def test_the_same_key_changes_nothing(session: Session) -> None:
    loan = a_loan(session)
    first = pay(session, loan, 150_00)
    before = picture(session, loan)
    again = pay(session, loan, 999_00)
    assert again.duplicate
    assert again.payment.id == first.payment.id
    assert picture(session, loan) == before
    assert len(session.exec(select(Payment)).all()) == 1


def test_paying_too_much_closes_the_loan_and_keeps_a_credit(session: Session) -> None:
    loan = a_loan(session)
    recorded = pay(session, loan, 500_00)
    assert recorded.overpaid == 60_00
    assert (loan.status, loan.cached_balance, loan.cached_overpaid) == ("closed", 0, 60_00)
    assert loan.cached_oldest_due is None


def test_a_reversal_reopens_the_loan(session: Session) -> None:
    loan = a_loan(session)
    before = picture(session, loan)
    payment = pay(session, loan, 500_00).payment
    ledger.reverse_payment(session, payment, "the bank returned it", NOW, TODAY)
    ledger.reverse_payment(session, payment, "told twice", NOW, TODAY)
    assert picture(session, loan) == before
    assert accounts.payments(session, id_of(loan), 10) == []


@pytest.mark.parametrize(
    ("change", "field", "reason"),
    [
        ({"amount": 0}, "amount", "amount_not_positive"),
        ({"amount": -5}, "amount", "amount_not_positive"),
        ({"currency": "USD"}, "currency", "wrong_currency"),
        ({"value_date": TOMORROW}, "value_date", "date_in_future"),
    ],
)
def test_a_bad_payment_is_refused_with_field_value_and_fix(
    session: Session, change: dict[str, Any], field: str, reason: str
) -> None:
    loan = a_loan(session)
    good = {"amount": 10_00, "currency": "MXN", "value_date": TODAY}
    with pytest.raises(LedgerError) as refused:
        ledger.record_payment(session, loan=loan, now=NOW, today=TODAY, key="k", **{**good, **change})
    assert (refused.value.field, refused.value.reason) == (field, reason)
    assert repr(change[field]) in str(refused.value)
    assert refused.value.fix
    assert session.exec(select(Payment)).all() == []


def test_a_charge_raises_the_instalment_and_a_waiver_takes_it_back(session: Session) -> None:
    loan = a_loan(session)
    for _ in range(2):
        ledger.add_charge(
            session,
            loan=loan,
            component="penalty",
            due=date(2026, 11, 6),
            amount=25_00,
            rule="late",
            key="late-1",
            now=NOW,
            today=TODAY,
        )
    assert loan.cached_balance == 465_00
    ledger.waive(session, loan=loan, component="penalty", amount=25_00, reason="offer", now=NOW, today=TODAY)
    assert loan.cached_balance == 440_00


def test_a_moved_date_moves_the_days_past_due(session: Session) -> None:
    loan = a_loan(session, first_due=TOMORROW)
    ledger.change_due(session, loan=loan, number=1, due=TOMORROW + timedelta(days=7), now=NOW, today=TODAY)
    assert loan.cached_oldest_due == TOMORROW + timedelta(days=7)
    moved = accounts.next_instalment(session, loan, TODAY)
    assert moved is not None
    assert (moved.due, moved.original_due) == (TOMORROW + timedelta(days=7), TOMORROW)


@pytest.mark.parametrize(
    ("schedule", "reason"),
    [
        ([], "schedule_empty"),
        ([ScheduledInstalment(1, TOMORROW, 90_00, 0)], "schedule_sum"),
        ([ScheduledInstalment(1, TOMORROW, 50_00, 0), ScheduledInstalment(1, TOMORROW, 50_00, 0)], "schedule_numbers"),
        ([ScheduledInstalment(1, TOMORROW, 100_01, 0), ScheduledInstalment(2, TOMORROW, -1, 5)], "amount_not_positive"),
    ],
)
def test_a_schedule_that_does_not_add_up_is_refused(
    session: Session, schedule: list[ScheduledInstalment], reason: str
) -> None:
    borrower = a_borrower(session)
    with pytest.raises(LedgerError) as refused:
        ledger.open_loan(
            session,
            external_id="L",
            borrower_id=id_of(borrower),
            currency="MXN",
            principal=100_00,
            annual_rate=Decimal(0),
            method="flat",
            frequency="weekly",
            disbursed_on=TODAY,
            instalments=schedule,
            today=TODAY,
        )
    assert refused.value.reason == reason
    assert session.exec(select(Loan)).all() == []


def test_many_loans_are_refreshed_together(session: Session) -> None:
    borrower = a_borrower(session)
    loans = [a_loan(session, f"L-{n}", borrower=borrower) for n in range(3)]
    for loan in loans[:2]:
        session.add(
            Payment(
                loan_id=id_of(loan),
                amount=440_00,
                currency="MXN",
                value_date=TODAY,
                idempotency_key=loan.external_id,
                recorded_at=NOW,
            )
        )
    session.flush()
    changed = ledger.refresh_many(session, [id_of(loan) for loan in loans], TODAY, NOW)
    assert [loan.external_id for loan in changed.closed] == ["L-0", "L-1"]
    assert [loan.status for loan in loans] == ["closed", "closed", "active"]


amounts = st.lists(st.tuples(st.integers(1, 200_00), st.integers(0, 60)), min_size=1, max_size=6)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(amounts=amounts, order=st.randoms(use_true_random=False))
def test_payments_in_any_order_of_entry_lead_to_the_same_ledger(
    session: Session, amounts: list[tuple[int, int]], order: Any
) -> None:
    # Two payments of one day are told apart by their entry only, so each gets its own day.
    entries = list({days: amount for amount, days in amounts}.items())
    shuffled = order.sample(entries, len(entries))
    with session.begin_nested() as savepoint:
        borrower = a_borrower(session)
        pictures = []
        for name, chosen in (("A", sorted(entries)), ("B", shuffled)):
            loan = a_loan(session, name, borrower=borrower)
            for days, amount in chosen:
                pay(session, loan, amount, TODAY - timedelta(days=days), key=f"{name}{days}")
            pictures.append(picture(session, loan))
        savepoint.rollback()
    assert pictures[0] == pictures[1]
