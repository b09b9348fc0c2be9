from decimal import Decimal

import pytest

from loans.arrears import AgeRange, checked_ranges, range_of
from loans.measures import LoanFigures, gross_portfolio, imor, imora, kept_rate, par
from tests.loans.ledger_vectors import load

METRICS = load("metrics")
WORKED = METRICS["portfolio_worked"]
LOANS = [LoanFigures(loan["principal_outstanding"], loan["dpd"], loan["restructured"]) for loan in WORKED["loans"]]


@pytest.mark.parametrize("days", [0, 30, 60, 90])
def test_par_is_the_balance_worked_by_hand(days: int) -> None:
    assert par(LOANS, days) == Decimal(str(WORKED[f"PAR{days}"]))


def test_the_other_portfolio_figures_are_as_worked_by_hand() -> None:
    assert gross_portfolio(LOANS) == WORKED["gross_portfolio"]
    assert par(LOANS, 30, include_restructured=True) == Decimal(str(WORKED["PAR30_incl_restructured"]))
    assert imor(LOANS) == Decimal(str(WORKED["IMOR"]["value"]))
    assert round(imora(LOANS, WORKED["IMORA"]["write_offs_12m"]), 6) == Decimal(str(WORKED["IMORA"]["value"]))


@pytest.mark.parametrize(
    ("dpd", "par1", "par30", "par90", "in_imor"),
    [(0, 0, 0, 0, 0), (1, 1, 0, 0, 0), (30, 1, 0, 0, 0), (31, 1, 1, 0, 0), (90, 1, 1, 0, 1), (91, 1, 1, 1, 1)],
)
def test_par_counts_above_its_days_and_imor_from_its_limit(
    dpd: int, par1: int, par30: int, par90: int, in_imor: int
) -> None:
    loan = [LoanFigures(100, dpd)]
    got = [par(loan, 0), par(loan, 30), par(loan, 90), imor(loan)]
    assert got == [Decimal(share) for share in (par1, par30, par90, in_imor)]


def test_loans_fall_into_the_buckets_worked_by_hand() -> None:
    ages = [("0", 0, 0), ("1-7", 1, 7), ("8-30", 8, 30), ("31-60", 31, 60), ("61-90", 61, 90)]
    ranges = checked_ranges([*(AgeRange(*age) for age in ages), AgeRange("90+", 91, None)])
    got: dict[str, list[str]] = {r.name: [] for r in ranges}
    for loan in WORKED["loans"]:
        found = range_of(loan["dpd"], ranges)
        assert found is not None
        got[found.name].append(loan["id"])
    assert got == WORKED["buckets"]


def test_the_kept_rate_leaves_open_promises_out() -> None:
    worked = METRICS["promises_worked"]
    states = {"partially_kept": "partial"}
    promises = [(states.get(p["status"], p["status"]), p["amount"]) for p in worked["promises"]]
    assert kept_rate(promises) == Decimal(str(worked["kept_rate_strict"]))
    assert kept_rate([("kept", 300), ("broken", 100), ("open", 900)], by_amount=True) == Decimal("0.75")


def test_an_empty_portfolio_has_ratios_of_zero() -> None:
    assert par([], 30) == imor([]) == kept_rate([]) == 0
