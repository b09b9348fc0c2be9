from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loans.due_dates import CADENCES, Cadence, Unit
from loans.schedule import MOST_INSTALMENTS, Rounding, ScheduledInstalment, Terms, schedule
from tests.loans.ledger_vectors import day, load, minor

METHODS = {"french": "level"}
UNITS: dict[str, Unit] = {"MONTHS": "months", "WEEKS": "weeks", "DAYS": "days"}
VECTORS = [v for v in load("schedule")["vectors"] if v["input"].get("only") != "due_dates"]


def terms_of(given: Mapping[str, Any]) -> Terms:
    return Terms(
        principal=minor(given["principal"]),
        annual_rate=Decimal(given["annual_rate_pct"]),
        count=given.get("n", 1),
        disbursed_on=day(given.get("disbursed_on", "2026-01-01")),
        method=METHODS.get(given["method"], given["method"]),
        cadence=Cadence(UNITS[given["unit"]], given["every"]),
        period_rate=given.get("period_rate", ""),
        level_from=given.get("level_from", ""),
        round_to=minor(given.get("round_total_to", "0.01")),
        rounding=given.get("rounding", "HALF_EVEN"),
        interest_unrounded=given.get("interest_unrounded", False),
        grace_principal_periods=given.get("grace_principal_periods", 0),
        grace_interest_periods=given.get("grace_interest_periods", 0),
        amount=minor(given["amount"]) if "amount" in given else None,
    )


def rows(instalments: tuple[ScheduledInstalment, ...], principal: int) -> list[dict[str, Any]]:
    found = []
    for i in instalments:
        principal -= i.principal
        found.append(
            {"n": i.n, "due": i.due, "principal": i.principal, "interest": i.interest, "total": i.total}
            | {"balance": principal}
        )
    return found


@pytest.mark.parametrize("vector", VECTORS, ids=lambda v: v["id"])
def test_schedules_agree_with_other_systems(vector: dict[str, Any]) -> None:
    terms = terms_of(vector["input"])
    got = rows(schedule(terms), terms.principal)
    expected = vector["expected"]
    if isinstance(expected, list):
        tolerance = 0 if vector["reproduced_by_plain_rule"] else 2
        assert len(got) == len(expected)
        for row, want in zip(got, expected, strict=True):
            assert row["due"] == day(want["due"])
            for name in ("principal", "interest", "total", "balance"):
                assert abs(row[name] - minor(want[name])) <= tolerance, (row["n"], name)
    else:
        assert_summary(got, expected)


def assert_summary(got: list[dict[str, Any]], expected: dict[str, Any]) -> None:
    """The vector gives whole units only."""

    def whole(amount: int) -> str:
        return str(round(Decimal(amount) / 100))

    assert whole(sum(row["interest"] for row in got)) == expected["total_interest"]
    assert whole(sum(row["total"] for row in got)) == expected["total_payment"]
    if "n" in expected:
        assert len(got) == expected["n"]
    if "level_total" in expected:
        assert {row["total"] for row in got[:-1]} == {minor(expected["level_total"])}
    for want in expected.get("rows_rounded_to_unit", []):
        row = got[want["n"] - 1]
        assert {name: whole(row[name]) for name in ("principal", "interest", "balance")} == {
            name: want[name] for name in ("principal", "interest", "balance")
        }


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        # Interest-free periods: nothing but principal is due in them.
        ({"method": "flat", "grace_interest_periods": 2}, [(250, 0), (250, 0), (250, 10), (250, 10)]),
        ({"method": "equal_principal", "grace_interest_periods": 1}, [(250, 0), (250, 8), (250, 5), (250, 2)]),
        # Interest-only start.
        ({"method": "flat", "grace_principal_periods": 2}, [(0, 10), (0, 10), (500, 10), (500, 10)]),
        ({"method": "equal_principal", "grace_principal_periods": 2}, [(0, 10), (0, 10), (500, 10), (500, 5)]),
        # All principal at the end, however large the one level that is left.
        ({"grace_principal_periods": 3}, [(0, 10), (0, 10), (0, 10), (1000, 10)]),
        ({"method": "fixed_amount", "amount": 2000, "grace_principal_periods": 2}, [(0, 10), (0, 10), (1000, 10)]),
        # A level of 1000 / (1/1 + 1/1 + 1/1.01 + 1/1.01^2) after two free periods.
        ({"grace_interest_periods": 2}, [(252, 0), (252, 0), (247, 5), (249, 2)]),
        # A given level: the last instalment takes what it leaves.
        ({"amount": 300}, [(290, 10), (293, 7), (296, 4), (121, 1)]),
        # Rounding up to a large unit repays early; no empty instalment follows.
        ({"round_to": 600, "rounding": "UP"}, [(590, 10), (410, 4)]),
    ],
)
def test_graces_and_given_amounts(changes: dict[str, Any], expected: list[tuple[int, int]]) -> None:
    terms = Terms(1000, Decimal(12), 4, date(2026, 1, 1), **changes)
    assert [(i.principal, i.interest) for i in schedule(terms)] == expected


@pytest.mark.parametrize(
    ("rounding", "level"), [("HALF_EVEN", 200), ("HALF_UP", 300), ("UP", 300), ("CEILING", 300), ("DOWN", 200)]
)
def test_the_level_is_rounded_as_the_product_says(rounding: Any, level: int) -> None:
    terms = Terms(1000, Decimal(0), 4, date(2026, 1, 1), round_to=100, rounding=rounding)
    assert schedule(terms)[0].total == level


@pytest.mark.parametrize(
    ("cadence", "rate"),
    [("monthly", "0.03"), ("semimonthly", "0.015"), ("every_15_days", "0.015"), ("weekly", "0.36")],
)
def test_each_cadence_has_a_customary_period_rate(cadence: str, rate: str) -> None:
    terms = Terms(100_000, Decimal(36), 6, date(2026, 1, 1), cadence=CADENCES[cadence])
    per_period = Decimal(rate) / 52 if cadence == "weekly" else Decimal(rate)
    assert schedule(terms)[0].interest == round(100_000 * per_period)


def test_actual_days_over_360_are_counted_from_due_date_to_due_date() -> None:
    terms = Terms(36_000, Decimal(100), 2, date(2026, 1, 31), "equal_principal", period_rate="annual*days/360")
    assert [i.interest for i in schedule(terms)] == [28 * 100, 31 * 50]


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"principal": 0}, "principal is 0"),
        ({"annual_rate": Decimal(-1)}, "annual_rate is -1"),
        ({"count": 0}, "count is 0"),
        ({"grace_principal_periods": 4}, "grace periods"),
        ({"round_to": 0}, "round_to is 0"),
        ({"first_due": date(2025, 12, 31)}, "first_due 2025-12-31 is before"),
        ({"method": "fixed_amount"}, "amount is missing"),
        ({"period_rate": "yearly"}, "'yearly' is not known"),
        ({"level_from": "annual/0"}, "'annual/0' is not known"),
    ],
)
def test_wrong_terms_name_the_field_and_the_value(wrong: dict[str, Any], named: str) -> None:
    right: dict[str, Any] = {
        "principal": 1000,
        "annual_rate": Decimal(12),
        "count": 4,
        "disbursed_on": date(2026, 1, 1),
    }
    with pytest.raises(ValueError, match=named):
        Terms(**(right | wrong))


def test_a_fixed_amount_below_the_interest_is_refused() -> None:
    terms = Terms(100_000, Decimal(120), 1, date(2026, 1, 1), "fixed_amount", amount=9_999)
    with pytest.raises(ValueError, match="does not repay the loan"):
        schedule(terms)


@given(
    terms=st.builds(
        Terms,
        principal=st.integers(1, 10_000_000),
        annual_rate=st.decimals(0, 300, places=2),
        count=st.integers(5, 60),
        disbursed_on=st.dates(date(2000, 1, 1), date(2090, 1, 1)),
        method=st.sampled_from(["flat", "level", "equal_principal"]),
        cadence=st.sampled_from(sorted(CADENCES.values(), key=str)),
        period_rate=st.sampled_from(
            ["", "annual/12", "annual*days/365", "annual*14/364", "annual/365*15", "0.015", "0"]
        ),
        round_to=st.sampled_from([1, 100, 500]),
        rounding=st.sampled_from(get_args(Rounding)),
        interest_unrounded=st.booleans(),
        grace_principal_periods=st.integers(0, 4),
        grace_interest_periods=st.integers(0, 6),
    )
)
def test_principal_adds_up_to_the_loan_and_nothing_is_negative(terms: Terms) -> None:
    instalments = schedule(terms)
    assert sum(i.principal for i in instalments) == terms.principal
    assert all(i.principal >= 0 and i.interest >= 0 for i in instalments)
    assert [i.n for i in instalments] == list(range(1, len(instalments) + 1))
    assert len(instalments) <= terms.count <= MOST_INSTALMENTS
    assert all(b.due > a.due for a, b in pairwise(instalments))
    assert instalments[0].due - terms.disbursed_on <= timedelta(days=31)


@given(
    principal=st.integers(100_000, 10_000_000),
    annual_rate=st.decimals(0, 120, places=2),
    count=st.integers(1, 48),
    grace=st.integers(0, 3),
    cadence=st.sampled_from(sorted(CADENCES.values(), key=str)),
    period_rate=st.sampled_from(["", "annual*days/365", "annual/12"]),
)
def test_level_instalments_are_equal_and_the_last_takes_only_rounding(
    principal: int, annual_rate: Decimal, count: int, grace: int, cadence: Cadence, period_rate: str
) -> None:
    terms = Terms(
        principal,
        annual_rate,
        count + grace,
        date(2028, 1, 31),
        cadence=cadence,
        period_rate=period_rate,
        grace_principal_periods=grace,
    )
    instalments = schedule(terms)
    assert all(each.principal == 0 for each in instalments[:grace])
    *level, last = [each.total for each in instalments[grace:]]
    assert len({*level}) <= 1
    # Each period rounds the level and its interest, and the error grows with interest until the end.
    growth = (1 + float(annual_rate) / 1200 * 31 / 30) ** count
    assert all(abs(last - each) <= count * growth + 1 for each in level)


@given(st.integers(1_000, 1_000_000), st.decimals(0, 60, places=2), st.integers(2, 40), st.booleans())
def test_a_fixed_amount_is_paid_each_time_and_the_last_takes_the_rest(
    principal: int, annual_rate: Decimal, parts: int, unrounded: bool
) -> None:
    amount = principal // parts + int(principal * annual_rate / 1200) + 1
    terms = Terms(
        principal,
        annual_rate,
        1,
        date(2026, 1, 1),
        "fixed_amount",
        amount=amount,
        interest_unrounded=unrounded,
    )
    *full, last = schedule(terms)
    assert {each.total for each in full} <= {amount}
    assert 0 < last.total <= amount
    assert sum(each.principal for each in (*full, last)) == principal
