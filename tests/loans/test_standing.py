from datetime import date, timedelta

from sqlmodel import Session

from loans import ledger, plans, promises
from loans.negotiation import DueAmount
from loans.standing import standing
from tests.loans.book import NOW, TODAY, a_loan, pay


def test_a_late_loan_stands_with_its_overdue_and_what_comes(session: Session) -> None:
    loan = a_loan(session, first_due=date(2026, 11, 6))
    pay(session, loan, 20_00)
    found = standing(session, loan, TODAY, frozenset({"hardship"}))
    assert (found.balance, found.overdue, found.dpd, found.instalment) == (420_00, 90_00, 14, 110_00)
    assert found.upcoming[0] == DueAmount(TODAY, 110_00)
    assert len(found.upcoming) == 3
    assert found.holds == frozenset({"hardship"})


def test_late_fees_are_the_unpaid_penalties_of_what_is_overdue(session: Session) -> None:
    loan = a_loan(session)
    charge = {"component": "penalty", "due": date(2026, 11, 6), "rule": "late", "now": NOW, "today": TODAY}
    ledger.add_charge(session, loan=loan, amount=30_00, key="c", **charge)  # type: ignore[arg-type]
    assert standing(session, loan, TODAY, frozenset()).late_fees == 30_00
    pay(session, loan, 12_00)
    assert standing(session, loan, TODAY, frozenset()).late_fees == 18_00
    pay(session, loan, 50_00, key="p2")
    assert standing(session, loan, TODAY, frozenset()).late_fees == 0


def test_what_was_agreed_before_is_counted(session: Session) -> None:
    loan = a_loan(session)
    promises.record(session, loan=loan, amount=50_00, due=TODAY, now=NOW, today=TODAY)
    plans.record(session, loan=loan, payments=[(TODAY, 50_00)], now=NOW, today=TODAY)
    ledger.change_due(session, loan=loan, number=4, due=date(2026, 12, 20), now=NOW, today=TODAY)
    promises.settle(session, TODAY + timedelta(days=3), NOW)
    live = promises.record(session, loan=loan, amount=70_00, due=TODAY + timedelta(days=5), now=NOW, today=TODAY)
    found = standing(session, loan, TODAY + timedelta(days=3), frozenset())
    assert (found.broken_in_180d, found.plans_in_12m, found.date_changes_in_12m, found.waivers_in_12m) == (1, 1, 1, 0)
    assert [(each.amount, each.on) for each in found.open_promises] == [(70_00, live.due)]
    later = standing(session, loan, TODAY + timedelta(days=400), frozenset())
    assert (later.broken_in_180d, later.plans_in_12m, later.date_changes_in_12m) == (0, 0, 0)
