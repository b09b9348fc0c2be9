"""What a borrower's account said at an instant is told again later, whatever has been recorded since."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import Session, select

from alcorriente.migrations import metadata
from loans import ledger, plans, policies, promises, standing_then
from loans.negotiation import Standing
from loans.standing import standing
from loans.tables import Loan, Payment
from store.engine import create_engine
from store.ids import id_of
from tests.loans.book import NOW, TODAY, a_loan

HOLDS = frozenset({"hardship"})
DEEDS = ("pay", "take_back", "charge", "promise", "cancel", "plan", "move", "wait")


@pytest.fixture(scope="module")
def memory() -> Iterator[sa.Engine]:
    engine = create_engine("sqlite://")
    metadata().create_all(engine)
    yield engine
    engine.dispose()


def do(session: Session, loan: Loan, deed: str, at: datetime) -> None:
    today, key = at.date(), at.isoformat()
    promised = promises.active(session, loan.borrower_id)
    match deed:
        case "pay":
            ledger.record_payment(
                session, loan=loan, amount=35_00, currency="MXN", value_date=today, now=at, today=today, key=key
            )
        case "take_back":
            first = session.exec(select(Payment).where(Payment.loan_id == loan.id)).first()
            if first is not None:
                ledger.reverse_payment(session, payment=first, reason="bounced", now=at, today=today)
        case "charge":
            ledger.add_charge(
                session,
                loan=loan,
                component="penalty",
                due=today,
                amount=9_00,
                rule="late",
                key=key,
                now=at,
                today=today,
            )
        case "promise" if loan.cached_balance >= 20_00:
            due = today + timedelta(days=4)
            promises.record(session, loan=loan, amount=20_00, due=due, now=at, today=today)
        case "cancel" if promised:
            promises.cancel(session, promised[0], at)
        case "plan" if loan.cached_balance >= 20_00:
            plans.record(session, loan=loan, payments=[(today, 20_00)], now=at, today=today)
        case "move":
            ledger.change_due(session, loan=loan, number=4, due=today + timedelta(days=40), now=at, today=today)
    promises.settle(session, today, at)


def seen(session: Session, loan: Loan, at: datetime) -> Standing:
    return standing(session, loan, at.date(), HOLDS)


def told(session: Session, loan: Loan, at: datetime) -> Standing:
    records = standing_then.of_borrowers(session, [loan.borrower_id])[id_of(loan)]
    return records.standing(at, at.date(), HOLDS, policies.in_force(session, at.date()).promise)


def live(session: Session, deeds: list[tuple[str, int]]) -> None:
    """Between any two deeds the account is looked at; in the end each look is repeated from what was recorded."""
    loan, at, looks = a_loan(session), NOW, []
    for deed, days in deeds:
        do(session, loan, deed, at)
        session.flush()
        at += timedelta(days=days, minutes=1)
        promises.settle(session, at.date(), at)
        looks.append((at + timedelta(seconds=1), seen(session, loan, at)))
        at += timedelta(minutes=1)
    for when, look in looks:
        assert told(session, loan, when) == look


def test_every_deed_leaves_the_past_as_it_was(session: Session) -> None:
    live(session, [(deed, 3) for deed in (*DEEDS, *DEEDS)])


def test_a_promise_kept_by_a_payment_that_bounced_was_kept_meanwhile(session: Session) -> None:
    live(session, [("promise", 0), ("pay", 0), ("take_back", 0)])


@settings(max_examples=25)
@given(st.lists(st.tuples(st.sampled_from(DEEDS), st.integers(0, 9)), max_size=6))
def test_any_life_of_a_loan_is_told_again(memory: sa.Engine, deeds: list[tuple[str, int]]) -> None:
    with Session(memory, expire_on_commit=False) as session:  # Never committed: the next life finds it empty.
        live(session, deeds)


def test_a_turn_does_not_see_what_it_agreed_on_itself(session: Session) -> None:
    loan = a_loan(session)
    before = seen(session, loan, NOW)
    old = promises.record(session, loan=loan, amount=20_00, due=TODAY, now=NOW - timedelta(days=1), today=TODAY)
    promises.cancel(session, old, NOW)
    promises.record(session, loan=loan, amount=30_00, due=TODAY, now=NOW, today=TODAY)
    plans.record(session, loan=loan, payments=[(TODAY, 20_00)], now=NOW, today=TODAY)
    ledger.change_due(session, loan=loan, number=4, due=TODAY + timedelta(days=60), now=NOW, today=TODAY)
    assert told(session, loan, NOW) == before
