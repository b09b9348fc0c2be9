from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.simulation.loan_history import Figures, FiguresError, History, history
from loans import arrears, replay
from loans.due_dates import CADENCES

TODAY = date(2026, 11, 18)


def figures(**changes: Any) -> Figures:
    plain: dict[str, Any] = {
        "balance": 3200_00,
        "overdue": 800_00,
        "instalment": 800_00,
        "next_due": date(2026, 11, 25),
        "next_amount": 800_00,
        "paid_count": 6,
        "total_count": 10,
        "payments": ((date(2026, 11, 4), 800_00), (date(2026, 10, 21), 800_00)),
        "cadence": CADENCES["biweekly"],
        "today": TODAY,
    }
    return Figures(**(plain | changes))


def ledger(given: Figures, made: History) -> replay.LedgerState:
    payments = [*made.earlier, *sorted(given.payments)]
    return replay.replay(
        [replay.Instalment(each.n, each.due, each.principal, each.interest) for each in made.instalments],
        [replay.Payment(str(n), on, amount) for n, (on, amount) in enumerate(payments)],
    )


def test_the_plain_case_is_ten_equal_instalments_around_the_next_due_date() -> None:
    made = history(figures())
    assert [each.total for each in made.instalments] == [800_00] * 10
    assert made.instalments[7].due == date(2026, 11, 25)
    assert made.instalments[6].due == date(2026, 11, 11)
    assert made.instalments[0].due == date(2026, 8, 19)
    assert sum(amount for _, amount in made.earlier) == 3200_00
    assert max(on for on, _ in made.earlier) < date(2026, 10, 21)


CASES = [
    pytest.param(figures(overdue=0, balance=3200_00), 0, id="nothing overdue"),
    pytest.param(figures(balance=5600_00, overdue=2400_00, paid_count=3), 35, id="35 days late on 3 instalments"),
    pytest.param(
        figures(balance=6400_00, overdue=4000_00, paid_count=2, payments=()), 63, id="63 days late, no listed payment"
    ),
    pytest.param(figures(balance=2700_00, overdue=300_00), 7, id="the overdue one is partly paid"),
    pytest.param(
        figures(balance=500_00, overdue=500_00, next_due=None, next_amount=None, paid_count=9), 14, id="matured"
    ),
    pytest.param(figures(balance=400_00, overdue=0, next_amount=400_00, paid_count=9), 0, id="last one, partly paid"),
    pytest.param(figures(next_due=TODAY), 14, id="due today is not overdue"),
    pytest.param(figures(paid_count=None, total_count=None), 7, id="no counts"),
    pytest.param(figures(payments=((date(2026, 9, 1), 20_000_00),)), 7, id="more received than the paid instalments"),
    pytest.param(figures(instalment=0, next_amount=None, paid_count=0), 7, id="no instalment amount"),
    pytest.param(figures(cadence=CADENCES["weekly"], balance=6400_00, overdue=4000_00), 35, id="weekly, one due today"),
    pytest.param(
        figures(cadence=CADENCES["monthly"], next_due=date(2026, 11, 30)), 19, id="monthly at the month's end"
    ),
    pytest.param(figures(cadence=CADENCES["semimonthly"], next_due=date(2026, 11, 30)), 3, id="semimonthly"),
    pytest.param(figures(next_due=date(2026, 12, 20)), 10, id="a next date more than one step ahead"),
    pytest.param(figures(balance=0, overdue=0, next_due=None, next_amount=None), 0, id="paid off"),
    pytest.param(
        figures(balance=0, overdue=0, instalment=0, next_due=None, next_amount=None, paid_count=None, total_count=None),
        0,
        id="paid off and no counts",
    ),
]


@pytest.mark.parametrize(("given_figures", "dpd"), CASES)
def test_the_ledger_comes_out_at_the_figures(given_figures: Figures, dpd: int) -> None:
    made = history(given_figures)
    assert_figures(given_figures, made)
    assert arrears.arrears(ledger(given_figures, made), TODAY).days_past_due == dpd


def assert_figures(given_figures: Figures, made: History) -> None:
    state, today = ledger(given_figures, made), given_figures.today
    assert state.outstanding == given_figures.balance
    assert state.overpaid == 0
    assert arrears.arrears(state, today).overdue == given_figures.overdue
    following = arrears.next_due(state, today)
    if given_figures.balance == given_figures.overdue:
        assert following is None
    elif given_figures.next_due is not None and following is not None:
        assert following.due >= today
        if given_figures.next_due >= today:
            assert following.due == given_figures.next_due
        if given_figures.next_amount:
            assert following.outstanding == given_figures.next_amount
    dues = [each.due for each in made.instalments]
    assert dues == sorted(set(dues))
    assert all(each.total > 0 for each in made.instalments)
    assert made.disbursed_on <= min(today, dues[0])
    listed = {on for on, _ in given_figures.payments}
    assert all(on <= today and on < min(listed, default=date.max) for on, _ in made.earlier)


@st.composite
def any_figures(draw: st.DrawFn) -> Figures:
    overdue = draw(st.integers(1_000, 500_000) | st.just(0))
    coming = draw(st.integers(1_000, 900_000) | st.just(0))
    next_amount = draw(st.none() | st.integers(1_000, coming)) if coming else None
    days = st.integers(0, 400).map(lambda back: TODAY - timedelta(days=back))
    return Figures(
        balance=overdue + coming,
        overdue=overdue,
        instalment=draw(st.just(0) | st.integers(1_000, 100_000)),
        next_due=draw(st.none() | st.integers(-40, 70).map(lambda ahead: TODAY + timedelta(days=ahead))),
        next_amount=next_amount,
        paid_count=draw(st.none() | st.integers(0, 30)),
        total_count=draw(st.none() | st.integers(0, 60)),
        payments=tuple(draw(st.lists(st.tuples(days, st.integers(1_000, 300_000)), max_size=5))),
        cadence=CADENCES[draw(st.sampled_from(sorted(CADENCES)))],
        today=TODAY,
    )


@given(any_figures())
def test_any_figures_that_agree_come_out_exactly(given_figures: Figures) -> None:
    assert_figures(given_figures, history(given_figures))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"overdue": 4000_00}, "overdue_amount is 4000.00: give at most the balance 3200.00"),
        ({"next_amount": 2500_00}, "next_due_amount is 2500.00: give at most what is not overdue"),
        ({"payments": ((date(2026, 11, 19), 1),)}, "payments.date is 2026-11-19: give 2026-11-18 or an earlier day"),
    ],
)
def test_figures_that_contradict_each_other_are_named(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(FiguresError, match=message):
        history(figures(**changes))


def test_where_all_is_overdue_the_next_payment_is_the_one_that_is() -> None:
    all_of_it = {"overdue": 3200_00, "next_due": TODAY - timedelta(days=2), "next_amount": 3200_00}
    assert sum(each.total for each in history(figures(**all_of_it)).instalments if each.due < TODAY) >= 3200_00
