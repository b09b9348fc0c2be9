"""Each number of Home is as long as the list behind it and adds up to it, whatever happened."""

from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from itertools import product
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import Session, select

from desk.tables import Case, CaseEvent, Staff
from insight import home, lists, payment_lists, promise_lists, reminder_lists
from insight.funnel_days import store_days
from insight.promises import ENDS, WEEK
from insight.scope import Scope
from insight.window import Window
from loans.tables import Borrower, Loan
from store.ids import id_of
from tests.insight.portfolios import BRANCHES, NOW, TODAY, a_borrower, a_lender, a_loan, pay, random_portfolio
from tests.insight.stories import Thread

WINDOW = Window.ending(TODAY, 30, ZoneInfo("America/Mexico_City"))
STATES = ("delivered", "read", "sent", "failed")
Reader = Callable[..., Sequence[Any]]


def random_work(session: Session, seed: int) -> None:
    """On top of a random portfolio: reminders and answers, and people who spoke with borrowers."""
    draw = Random(seed)
    people = [a_colleague(session, number) for number in range(3)]
    for borrower in session.exec(select(Borrower)).all():
        loan = session.exec(select(Loan).where(Loan.borrower_id == borrower.id)).first()
        assert loan is not None
        thread = Thread(session, loan, NOW - timedelta(days=33))
        for _ in range(draw.randint(0, 4)):
            thread.reminder(draw.randint(0, 32 * 24), draw.choice(STATES))
            thread.message(draw.randint(0, 32 * 24))
        for _ in range(draw.randint(0, 2)):
            a_talk(session, borrower, draw.choice(people), draw.randint(0, 40))


def a_colleague(session: Session, number: int) -> Staff:
    staff = Staff(email=f"{number}@example.mx", name="Ana", password_hash="", role="collector", created_at=NOW)
    session.add(staff)
    session.flush()
    return staff


def a_talk(session: Session, borrower: Borrower, staff: Staff, days_ago: int) -> None:
    at = NOW - timedelta(days=days_ago)
    case = Case(reason="hardship", priority=2, borrower_id=borrower.id, opened_at=at)
    session.add(case)
    session.flush()
    session.add(CaseEvent(case_id=id_of(case), kind="answered", staff_id=staff.id, at=at))
    session.flush()


def whole(read: Reader, *asked: Any, **more: Any) -> list[Any]:
    """Page by page, as the console and the files read it."""
    rows: list[Any] = []
    while page := read(*asked, limit=7, after=rows[-1].id if rows else 0, **more):
        rows += page
    assert len({each.id for each in rows}) == len(rows)
    return rows


def sums(rows: Iterable[Any], field: str = "amount") -> tuple[int, int]:
    found = [getattr(each, field) for each in rows]
    return len(found), sum(found)


def lists_agree(session: Session, **scope: Any) -> None:
    got = home.figures(session, TODAY, NOW, Scope(**scope))
    for own in got.portfolios:
        narrowed = Scope(**scope, currency=own.currency)
        loans_agree(session, narrowed, own)
    for due in got.due:
        narrowed = Scope(**scope, currency=due.currency)
        for days, figure in ((1, (due.today, due.today_amount)), (WEEK, (due.week, due.week_amount))):
            assert sums(whole(promise_lists.promises_in, session, TODAY, narrowed, days)) == figure
    for kept in got.kept:
        promises_agree(session, Scope(**scope, currency=kept.currency), kept)
    for each in got.recovered:
        narrowed, who = Scope(**scope, currency=each.currency), each.staff_id or "unassisted"
        assert sums(whole(payment_lists.payments_in, session, WINDOW, narrowed, who)) == (each.payments, each.amount)
    everything = sums(whole(payment_lists.payments_in, session, WINDOW, Scope(**scope)))
    assert everything == (sum(each.payments for each in got.recovered), sum(each.amount for each in got.recovered))
    for step in reminder_lists.LISTED:
        rows = whole(reminder_lists.reminders_in, session, WINDOW, Scope(**scope), step)
        assert len(rows) == getattr(got.funnel, step)
        assert step == reminder_lists.SENT or all(getattr(row, step) for row in rows)


def loans_agree(session: Session, narrowed: Scope, own: Any) -> None:
    read = lists.loans_in
    assert sums(whole(read, session, TODAY, narrowed, "active"), "principal") == (own.loans, own.gross)
    assert sums(whole(read, session, TODAY, narrowed, "overdue"), "overdue") == (own.overdue_loans, own.overdue)
    for bucket in own.buckets:
        rows = whole(read, session, TODAY, narrowed, bucket.name)
        assert sums(rows, "principal") == (bucket.loans, bucket.principal)
    for name, par in own.par.items():
        at_risk = sums(whole(read, session, TODAY, narrowed, name), "principal")[1]
        assert at_risk == round(par.share * own.gross)


def promises_agree(session: Session, narrowed: Scope, kept: home.Kept) -> None:
    for maker, end in product((None, *promise_lists.MAKERS), ENDS):
        ended = getattr(kept, maker or "all")
        rows = whole(promise_lists.ended_in, session, WINDOW, narrowed, end, maker=maker)
        assert sums(rows) == (getattr(ended, end), getattr(ended, f"{end}_amount"))
        assert {each.state for each in rows} <= {end}
    ended = whole(promise_lists.ended_in, session, WINDOW, narrowed, "ended")
    assert len(ended) == sum(getattr(kept.all, end) for end in ENDS)


def every_list_agrees(session: Session, seed: int) -> None:
    random_portfolio(session, seed)
    random_work(session, seed)
    if seed % 2:
        store_days(session, WINDOW, NOW)
    lists_agree(session)
    branch = BRANCHES[seed % 3]
    lists_agree(session, **({"branch": branch} if seed % 2 else {"branches": frozenset(BRANCHES) - {branch}}))


@pytest.mark.parametrize("seed", range(100, 104))
def test_each_list_adds_up_to_its_figure(sqlite_session: Session, seed: int) -> None:
    every_list_agrees(sqlite_session, seed)


@pytest.mark.parametrize("seed", range(104, 105))
def test_each_list_adds_up_to_its_figure_on_each_engine(session: Session, seed: int) -> None:
    every_list_agrees(session, seed)


def test_a_payment_is_listed_for_the_last_person_who_spoke_with_its_borrower(session: Session) -> None:
    a_lender(session)
    borrower = a_borrower(session, 1, "Centro")
    loan = a_loan(session, borrower, TODAY)
    first, last = (a_colleague(session, number) for number in range(2))
    a_talk(session, borrower, first, 5)
    a_talk(session, borrower, last, 3)
    for days_ago in (9, 4, 1):
        pay(session, loan, 10_00, TODAY - timedelta(days=days_ago), f"{days_ago}")

    def listed(collector: payment_lists.Collector) -> list[int]:
        rows = payment_lists.payments_in(session, WINDOW, Scope(), collector)
        return [(TODAY - each.value_date).days for each in rows]

    assert (listed(id_of(first)), listed(id_of(last))) == ([4], [1])
    assert (listed("unassisted"), listed(None)) == ([9], [1, 4, 9])


def test_the_newest_reminder_comes_first_and_lists_know_their_names(session: Session) -> None:
    a_lender(session)
    thread = Thread(session, a_loan(session, a_borrower(session, 1, "Centro"), TODAY), NOW - timedelta(days=20))
    for hours in (48, 0, 1, 24):
        thread.reminder(hours)
    rows = whole(reminder_lists.reminders_in, session, WINDOW, Scope(), "delivered")
    assert [(each.sent_at - thread.begins) // timedelta(hours=1) for each in rows] == [48, 24, 1, 0]
    with pytest.raises(lists.UnknownListError, match="paid"):
        reminder_lists.reminders_in(session, WINDOW, Scope(), "payed")
    with pytest.raises(lists.UnknownListError, match="kept"):
        promise_lists.ended_in(session, WINDOW, Scope(), "open")
