"""Stored counts of days that are over, and the news that overtakes them."""

from datetime import timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import Session, col, select

from insight.funnel import DELIVERED, Funnel, counted, funnel
from insight.funnel_days import funnel_groups, store_days
from insight.scope import Scope
from insight.tables import FunnelDay
from insight.window import Window
from loans import ledger
from loans.tables import Payment
from outreach.tables import Message
from tests.insight.portfolios import BRANCHES, NOW, TODAY, a_borrower, a_lender, a_loan, a_promise, pay
from tests.insight.stories import Thread

WINDOW = Window.ending(TODAY, 30, ZoneInfo("America/Mexico_City"))


def live(session: Session, scope: Scope = Scope()) -> Funnel:  # noqa: B008 - frozen
    return funnel(counted(session, WINDOW, WINDOW.days(), scope))


SCOPES = (Scope(), Scope(branch="Norte"), Scope(branches=frozenset(["Centro", "Sur"])), Scope(product="P1"))


def agrees(session: Session, scope: Scope) -> None:
    assert funnel(funnel_groups(session, WINDOW, scope)) == live(session, scope)


def store_all(session: Session, minutes: int) -> None:
    while store_days(session, WINDOW, NOW + timedelta(minutes=minutes)):
        pass


@pytest.mark.parametrize("seed", range(4))
def test_the_sum_is_what_a_full_count_gives_whatever_comes_late(sqlite_session: Session, seed: int) -> None:
    is_what_a_full_count_gives(sqlite_session, seed)


@pytest.mark.parametrize("seed", range(4, 5))
def test_the_sum_is_the_same_on_each_engine(session: Session, seed: int) -> None:
    is_what_a_full_count_gives(session, seed)


def is_what_a_full_count_gives(session: Session, seed: int) -> None:
    draw = Random(seed)
    a_lender(session)
    threads = []
    for number in range(6):
        loan = a_loan(session, a_borrower(session, number, draw.choice(BRANCHES)), TODAY, product=f"P{number % 2}")
        threads.append(Thread(session, loan, NOW - timedelta(days=35)))
        for _ in range(draw.randint(0, 5)):
            threads[-1].reminder(draw.randint(0, 34 * 24), draw.choice(("delivered", "read", "sent", "failed")))
        for _ in range(draw.randint(0, 5)):
            threads[-1].message(draw.randint(0, 34 * 24))
    for step in range(8):
        if draw.random() < 0.6:
            store_all(session, step * 30)
        _news(session, draw, draw.choice(threads), NOW + timedelta(minutes=step * 30 + 15), f"{step}")
        agrees(session, draw.choice(SCOPES))


def _news(session: Session, draw: Random, thread: Thread, now: object, key: str) -> None:
    what = draw.choice(("pay", "pay", "reverse", "report", "promise"))
    day = TODAY - timedelta(days=draw.randint(0, 30))
    paid = session.exec(select(Payment).where(Payment.loan_id == thread.loan.id)).first()
    if what == "reverse" and paid is not None:
        ledger.reverse_payment(session, paid, "bounced", now, TODAY)  # type: ignore[arg-type]
    elif what == "report":
        sent = session.exec(select(Message).where(Message.kind == "reminder", Message.status == "sent")).first()
        if sent is not None:
            sent.status, sent.status_at = DELIVERED[0], now  # type: ignore[assignment]
    elif what == "promise":
        a_promise(session, thread.loan, 100_00, TODAY, TODAY)
    else:
        pay(session, thread.loan, draw.randint(1, 50_00), day, key).recorded_at = now  # type: ignore[assignment]
    session.flush()


def test_only_days_that_are_over_are_stored_from_the_first_reminder_on(session: Session) -> None:
    a_lender(session)
    assert store_days(session, WINDOW, NOW) == 0
    thread = Thread(session, a_loan(session, a_borrower(session, 1, "Centro"), TODAY), NOW - timedelta(days=20))
    thread.reminder()
    assert store_days(session, WINDOW, NOW) == 17
    days = list(session.exec(select(col(FunnelDay.day))))
    assert (min(days), max(days)) == (TODAY - timedelta(days=20), TODAY - timedelta(days=4))
    assert store_days(session, WINDOW, NOW + timedelta(minutes=2)) == 0
