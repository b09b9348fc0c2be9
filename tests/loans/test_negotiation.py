from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loans.negotiation import (
    Accepted,
    DueAmount,
    OpenPromise,
    Reason,
    Refused,
    Standing,
    Verdict,
    check_date_change,
    check_plan,
    check_promise,
    check_waiver,
)
from loans.negotiation_policy import shipped_policy

POLICY = shipped_policy()
TODAY = date(2026, 3, 2)
# Overdue 800.00 of 3,200.00 pesos, ten days late, the next instalment in nine days.
LATE = Standing(
    currency="MXN",
    balance=320_000,
    overdue=80_000,
    dpd=10,
    instalment=80_000,
    upcoming=(DueAmount(date(2026, 3, 11), 80_000), DueAmount(date(2026, 4, 11), 80_000)),
)
ON_TIME = replace(LATE, overdue=0, dpd=0)
PROMISE = OpenPromise("L1", 10_000, TODAY)


def in_days(days: int) -> date:
    return TODAY + timedelta(days=days)


def reason_of(verdict: Verdict) -> str | None:
    return verdict.reason if isinstance(verdict, Refused) else None


@pytest.mark.parametrize(
    ("amount", "reason"),
    [
        (50_00, None),
        (49_99, "amount_too_small"),
        (320_000, None),
        (320_001, "amount_over_balance"),
        (0, "amount_not_positive"),
        (-100, "amount_not_positive"),
    ],
)
def test_the_promised_amount_lies_between_50_and_the_balance(amount: int, reason: str | None) -> None:
    verdict = check_promise(LATE, POLICY, amount, TODAY, TODAY)
    assert reason_of(verdict) == reason
    if isinstance(verdict, Refused):
        assert (verdict.human, verdict.minimum, verdict.maximum) == (False, 50_00, 320_000)


def test_a_balance_below_the_minimum_may_be_promised_whole() -> None:
    small = replace(LATE, balance=30_00, overdue=30_00)
    assert check_promise(small, POLICY, 30_00, TODAY, TODAY) == Accepted((DueAmount(TODAY, 30_00),))
    assert reason_of(check_promise(small, POLICY, 29_99, TODAY, TODAY)) == "amount_too_small"


def test_limits_are_counted_as_finely_as_the_currency_of_the_loan() -> None:
    chilean = replace(LATE, currency="CLP")
    assert reason_of(check_promise(chilean, POLICY, 50, TODAY, TODAY)) is None
    assert reason_of(check_promise(chilean, POLICY, 49, TODAY, TODAY)) == "amount_too_small"


@pytest.mark.parametrize(
    ("dpd", "days", "reason"),
    [
        (0, 0, None),
        (0, 30, None),
        (0, 31, "date_too_far"),
        (30, 30, None),
        (31, 7, None),
        (31, 8, "date_too_far"),
        (60, 7, None),
        (10, -1, "date_past"),
    ],
)
def test_the_promised_date_lies_within_30_or_7_days(dpd: int, days: int, reason: str | None) -> None:
    verdict = check_promise(replace(LATE, dpd=dpd), POLICY, 100_00, in_days(days), TODAY)
    assert reason_of(verdict) == reason
    if isinstance(verdict, Refused):
        assert (verdict.first, verdict.last) == (TODAY, in_days(30 if dpd <= 30 else 7))


@pytest.mark.parametrize(
    ("change", "reason", "human"),
    [
        ({"balance": 0, "overdue": 0}, "no_debt", False),
        ({"holds": frozenset({"dispute"})}, "on_hold", True),
        ({"holds": frozenset({"payment_claim", "hardship"})}, None, False),
        ({"dpd": 61}, "dpd_too_high", True),
        ({"broken_in_180d": 1}, None, False),
        ({"broken_in_180d": 2}, "too_many_broken", True),
        ({"open_promises": (PROMISE,) * 2}, None, False),
        ({"open_promises": (PROMISE,) * 3}, "too_many_open", True),
    ],
)
def test_some_promises_are_for_a_person(change: dict[str, Any], reason: str | None, human: bool) -> None:
    verdict = check_promise(replace(LATE, **change), POLICY, 100_00, TODAY, TODAY)
    assert reason_of(verdict) == reason
    assert not isinstance(verdict, Refused) or verdict.human == human


def test_an_amount_can_be_checked_before_the_date_is_known() -> None:
    assert check_promise(LATE, POLICY, 100_00, None, TODAY) == Accepted(())
    assert reason_of(check_promise(LATE, POLICY, None, in_days(-1), TODAY)) == "date_past"


def payments(*rows: tuple[int, int]) -> list[DueAmount]:
    return [DueAmount(in_days(days), amount) for days, amount in rows]


GOOD = payments((7, 160_00), (20, 320_00), (60, 320_00))


@pytest.mark.parametrize(
    ("plan", "reason"),
    [
        (GOOD, None),
        (payments((0, 200_00), (7, 200_00), (14, 200_00), (21, 200_00)), None),
        ([], "total_not_overdue"),
        (payments((7, 400_00), (14, 399_99)), "total_not_overdue"),
        (payments((7, 400_00), (14, 400_01)), "total_not_overdue"),
        (payments((7, 760_01), (14, 39_99)), "amount_too_small"),
        (payments((7, 900_00), (14, -100_00)), "amount_too_small"),
        (payments((7, 400_00), (7, 400_00)), "dates_out_of_order"),
        (payments((-1, 400_00), (7, 400_00)), "date_past"),
        (payments((8, 400_00), (14, 400_00)), "first_payment_too_late"),
        (payments((7, 159_99), (14, 640_01)), "first_payment_too_small"),
        (payments((7, 400_00), (61, 400_00)), "date_too_far"),
        (payments(*((n, 160_00) for n in range(5))), "too_many_payments"),
    ],
)
def test_a_plan_keeps_its_limits(plan: list[DueAmount], reason: str | None) -> None:
    assert reason_of(check_plan(LATE, POLICY, plan, TODAY)) == reason


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"dpd": 7}, "dpd_too_low"),
        ({"dpd": 8}, None),
        ({"dpd": 60}, None),
        ({"dpd": 61}, "dpd_too_high"),
        ({"plans_in_12m": 1}, "too_many_plans"),
        ({"restructured": True}, "restructured"),
        # The payments of a plan are no promises: a full list of those does not stand in the way.
        ({"open_promises": (PROMISE,) * 3}, None),
    ],
)
def test_a_plan_is_for_loans_8_to_60_days_late_once_a_year(change: dict[str, Any], reason: str | None) -> None:
    assert reason_of(check_plan(replace(LATE, **change), POLICY, GOOD, TODAY)) == reason


def test_instalments_of_the_span_stay_due_beside_a_plan() -> None:
    verdict = check_plan(LATE, POLICY, GOOD, TODAY)
    assert isinstance(verdict, Accepted)
    assert verdict.beside == LATE.upcoming


@pytest.mark.parametrize(
    ("change", "days_after_due", "reason"),
    [
        ({}, 1, None),
        ({}, 7, None),
        ({}, 8, "date_too_far"),
        ({}, 0, "date_not_later"),
        ({"date_changes_in_12m": 1}, 7, "too_many_date_changes"),
        ({"dpd": 1, "overdue": 100}, 7, "not_allowed"),
        ({"upcoming": ()}, 7, "nothing_due_ahead"),
        ({"upcoming": (DueAmount(TODAY, 80_000),)}, 7, "nothing_due_ahead"),
    ],
)
def test_a_date_moves_at_most_7_days_and_only_before_it_comes(
    change: dict[str, Any], days_after_due: int, reason: str | None
) -> None:
    to = date(2026, 3, 11) + timedelta(days=days_after_due)
    assert reason_of(check_date_change(replace(ON_TIME, **change), POLICY, to, TODAY)) == reason


def test_late_fees_fall_away_when_the_rest_is_paid_within_72_hours() -> None:
    charged = replace(LATE, late_fees=50_00)
    assert check_waiver(charged, POLICY, TODAY) == Accepted((DueAmount(in_days(3), 750_00),), waived=50_00)
    assert reason_of(check_waiver(LATE, POLICY, TODAY)) == "no_late_fees"
    assert reason_of(check_waiver(replace(charged, waivers_in_12m=1), POLICY, TODAY)) == "too_many_waivers"


standings = st.builds(
    Standing,
    currency=st.just("MXN"),
    balance=st.integers(0, 500_000),
    overdue=st.just(0),
    dpd=st.integers(0, 90),
    instalment=st.just(80_000),
    upcoming=st.just(()),
    open_promises=st.integers(0, 4).map(lambda n: (PROMISE,) * n),
    broken_in_180d=st.integers(0, 3),
    holds=st.sampled_from([frozenset(), frozenset({"dispute"}), frozenset({"payment_claim"})]),
)


@given(standings, st.integers(-100, 600_000), st.integers(-5, 40))
def test_a_worse_standing_never_turns_a_refusal_into_a_yes(standing: Standing, amount: int, days: int) -> None:
    if isinstance(check_promise(standing, POLICY, amount, in_days(days), TODAY), Accepted):
        return
    for worse in (
        replace(standing, dpd=standing.dpd + 1),
        replace(standing, broken_in_180d=standing.broken_in_180d + 1),
        replace(standing, open_promises=(*standing.open_promises, PROMISE)),
        replace(standing, holds=standing.holds | {"vulnerable"}),
    ):
        assert isinstance(check_promise(worse, POLICY, amount, in_days(days), TODAY), Refused)


@given(standings, st.integers(-100, 600_000), st.integers(-5, 40))
def test_what_a_refusal_says_is_possible_is_accepted(standing: Standing, amount: int, days: int) -> None:
    verdict = check_promise(standing, POLICY, amount, in_days(days), TODAY)
    if not isinstance(verdict, Refused):
        return
    for possible in (verdict.minimum, verdict.maximum):
        if possible is not None:
            assert isinstance(check_promise(standing, POLICY, possible, None, TODAY), Accepted)
    for on in (verdict.first, verdict.last):
        if on is not None:
            assert isinstance(check_promise(standing, POLICY, amount, on, TODAY), Accepted)


def test_every_reason_can_be_told_apart() -> None:
    assert len({reason.value for reason in Reason}) == len(Reason)
