"""Home agrees with the slow way of counting, whatever happened, and never shows what is not the asker's."""

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from sqlmodel import Session

from insight import home, lists
from insight.ages import RANGES, AgeGroup
from insight.portfolio import portfolio
from insight.scope import Scope
from loans import ledger
from tests.insight import naive
from tests.insight.portfolios import (
    BRANCHES,
    NOW,
    TODAY,
    a_borrower,
    a_lender,
    a_loan,
    a_promise,
    pay,
    random_portfolio,
)
from tests.loans.ledger_vectors import load

WORKED = load("metrics")["portfolio_worked"]
ALL = Scope()


def agrees(session: Session, got: home.Home, expected: list[naive.NaiveLoan], scope: Scope = ALL) -> None:
    """Every balance figure equals the naive one."""
    assert [each.currency for each in got.portfolios] == sorted({each.currency for each in expected})
    for own in got.portfolios:
        loans = [each for each in expected if each.currency == own.currency]
        late = [each for each in loans if each.days]
        assert own.borrowers == len({each.borrower_id for each in loans})
        assert (own.loans, own.overdue_loans) == (len(loans), len(late))
        assert own.gross == sum(each.principal for each in loans)
        assert own.balance == sum(each.balance for each in loans)
        assert own.overdue == sum(each.overdue for each in loans)
        for name, days in (("par1", 0), ("par30", 30), ("par60", 60), ("par90", 90)):
            assert near(own.par[name].share, naive.par(loans, days))
            assert near(own.par[name].incl_restructured, naive.par(loans, days, restructured_too=True))
        assert near(own.imor, naive.par(loans, 89))
        borders = {"0": (0, 0), "1-7": (1, 7), "8-30": (8, 30), "31-60": (31, 60), "61-90": (61, 90), "90+": (91, 9999)}
        for bucket in own.buckets:
            low, high = borders[bucket.name]
            held = [each for each in loans if low <= each.days <= high]
            assert bucket.loans == len(held)
            assert bucket.balance == sum(each.balance for each in held)
            assert bucket.principal == sum(each.principal for each in held)
            ids = {each.id for each in lists.loans_in(session, TODAY, scope, bucket.name, limit=200)}
            assert {each.id for each in held} <= ids
        places = [each for each in got.places if each.currency == own.currency and each.branch is not None]
        assert {(each.branch, each.gross, each.overdue, each.loans) for each in places} == {
            (
                branch,
                sum(each.principal for each in loans if each.branch == branch),
                sum(each.overdue for each in loans if each.branch == branch),
                sum(1 for each in loans if each.branch == branch),
            )
            for branch in {each.branch for each in loans}
        }


def promises_agree(session: Session, figures: home.Home) -> None:
    got = {each.currency: each for each in figures.kept}
    states = naive.promises(session, TODAY)
    window = [each for each in naive.rows(session, "promise") if 0 <= (TODAY - each.due).days < 30]
    for currency, own in got.items():
        for ended, makers in ((own.all, "as"), (own.assistant, "a"), (own.people, "s")):
            held = [each for each in window if each.currency == currency and each.made_by[0] in makers]
            counts = [sum(1 for each in held if states[each.id][0] == state) for state in ("kept", "partial", "broken")]
            assert [ended.kept, ended.partial, ended.broken] == counts
            assert near(ended.rate, Fraction(counts[0], sum(counts) or 1))
    assert set(got) == {each.currency for each in window}
    unfinished = [each for each in naive.rows(session, "promise") if states[each.id][0] == "open"]
    today = sum(each.today for each in figures.due)
    assert today == sum(1 for each in unfinished if each.due == TODAY)


def money_agrees(session: Session, figures: home.Home) -> None:
    expected = naive.collected(session, TODAY - timedelta(days=29), TODAY)
    assert {each.currency: each.amount for each in figures.recovered} == expected


def near(got: Decimal, expected: Fraction) -> bool:
    return abs(Fraction(got) - expected) < Fraction(1, 10**20)


@pytest.mark.parametrize("seed", range(50))
def test_home_is_what_the_events_add_up_to(seed: int, sqlite_session: Session) -> None:
    is_what_the_events_add_up_to(sqlite_session, seed)


@pytest.mark.parametrize("seed", range(50, 52))
def test_home_is_the_same_on_each_engine(seed: int, session: Session) -> None:
    is_what_the_events_add_up_to(session, seed)


def is_what_the_events_add_up_to(session: Session, seed: int) -> None:
    random_portfolio(session, seed)
    figures, loans = home.figures(session, TODAY, NOW, ALL), naive.loans(session, TODAY)
    agrees(session, figures, loans)
    promises_agree(session, figures)
    money_agrees(session, figures)
    branch, *others = BRANCHES[seed % 3 :] + BRANCHES[: seed % 3]
    for scope, branches in ((Scope(branches=frozenset(others)), others), (Scope(branch=branch), [branch])):
        within = [each for each in loans if each.branch in branches]
        agrees(session, home.figures(session, TODAY, NOW, scope), within, scope)


def test_payments_reversals_and_backdated_payments_show_at_once(session: Session) -> None:
    a_lender(session)
    loan = a_loan(session, a_borrower(session, 1, "Centro"), TODAY - timedelta(days=40))
    a_promise(session, loan, 100_00, TODAY - timedelta(days=9), TODAY - timedelta(days=6))

    def overdue_and_kept() -> tuple[int, int, int]:
        got = home.figures(session, TODAY, NOW, ALL)
        return got.portfolios[0].overdue, got.portfolios[0].overdue_loans, got.kept[0].all.kept

    assert overdue_and_kept() == (330_00, 1, 0)
    payment = pay(session, loan, 330_00, TODAY - timedelta(days=6), "backdated")
    assert overdue_and_kept() == (0, 0, 1)
    ledger.reverse_payment(session, payment, "bounced", NOW, TODAY)
    assert overdue_and_kept() == (330_00, 1, 0)
    agrees(session, home.figures(session, TODAY, NOW, ALL), naive.loans(session, TODAY))


def test_a_promise_whose_grace_is_over_has_ended_before_the_clock_judges_it(session: Session) -> None:
    a_lender(session)
    loan = a_loan(session, a_borrower(session, 1, "Centro"), TODAY)
    a_promise(session, loan, 100_00, TODAY - timedelta(days=9), TODAY - timedelta(days=3))
    a_promise(session, loan, 100_00, TODAY - timedelta(days=9), TODAY - timedelta(days=2))
    kept = home.figures(session, TODAY, NOW, ALL).kept[0].all
    assert (kept.broken, kept.partial, kept.kept) == (1, 0, 0)


def test_the_portfolio_worked_by_hand() -> None:
    groups = [
        AgeGroup("MXN", "", "", each["restructured"], each["dpd"], 1, each["principal_outstanding"], 0, 0)
        for each in WORKED["loans"]
    ]
    got = portfolio("MXN", groups, len(groups), RANGES, 90)
    assert got.gross == WORKED["gross_portfolio"]
    assert {name: each.share for name, each in got.par.items()} == {
        "par1": Decimal(str(WORKED["PAR0"])),
        "par30": Decimal(str(WORKED["PAR30"])),
        "par60": Decimal(str(WORKED["PAR60"])),
        "par90": Decimal(str(WORKED["PAR90"])),
    }
    assert got.par["par30"].incl_restructured == Decimal(str(WORKED["PAR30_incl_restructured"]))
    assert got.imor == Decimal(str(WORKED["IMOR"]["value"]))
    assert {each.name: each.loans for each in got.buckets} == {k: len(v) for k, v in WORKED["buckets"].items()}


def test_the_effect_of_reminders_is_never_a_number(session: Session) -> None:
    a_lender(session)
    assert home.figures(session, TODAY, NOW, ALL).effect == home.Effect(effect=None, reason="not_measured")


def test_lists_come_page_by_page_and_know_their_names(session: Session) -> None:
    a_lender(session)
    for number in range(5):
        a_loan(session, a_borrower(session, number, "Centro"), TODAY - timedelta(days=40))
    first = lists.loans_in(session, TODAY, ALL, "par30", limit=3)
    rest = lists.loans_in(session, TODAY, ALL, "par30", limit=3, after=first[-1].id)
    assert len(first) == 3
    assert len(rest) == 2
    assert {each.overdue for each in first + rest} == {330_00}
    assert lists.loans_in(session, TODAY, Scope(branch="Norte"), "par30") == []
    assert lists.loans_in(session, TODAY, ALL, "par60") == []
    with pytest.raises(lists.UnknownListError, match="par30"):
        lists.loans_in(session, TODAY, ALL, "par31")
