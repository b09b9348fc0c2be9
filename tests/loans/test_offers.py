from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loans.negotiation import (
    Accepted,
    DueAmount,
    Reason,
    Standing,
    Verdict,
    check_date_change,
    check_plan,
    check_promise,
    check_waiver,
)
from loans.negotiation_policy import shipped_policy
from loans.offers import SPACING, HumanNeeded, Kind, Offer, Wanted, offers
from tests.loans.test_negotiation import LATE, ON_TIME, POLICY, PROMISE, TODAY, in_days


def of_kind(kind: Kind, standing: Standing, wanted: Wanted | None = None) -> list[Offer]:
    found = offers(standing, POLICY, TODAY, wanted)
    return [o for o in found if o.kind == kind] if isinstance(found, tuple) else []


def rows(offer: Offer) -> list[tuple[int, int]]:
    return [((on - TODAY).days, amount) for on, amount in offer.payments]


@pytest.mark.parametrize(
    ("standing", "kinds"),
    [
        (ON_TIME, ["promise", "date_change"]),
        (replace(LATE, dpd=5), ["promise"]),
        (LATE, ["promise", "plan", "plan", "plan"]),
        (replace(LATE, late_fees=50_00), ["promise", "plan", "plan", "plan", "waiver"]),
        (replace(LATE, open_promises=(PROMISE,) * 3), ["plan", "plan", "plan"]),
        (replace(LATE, plans_in_12m=1), ["promise"]),
        (replace(LATE, balance=0, overdue=0), []),
    ],
)
def test_the_feasible_set_follows_the_standing(standing: Standing, kinds: list[str]) -> None:
    found = offers(standing, POLICY, TODAY)
    assert isinstance(found, tuple)
    assert [offer.kind for offer in found] == kinds


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"dpd": 61}, Reason.DPD_TOO_HIGH),
        ({"broken_in_180d": 2}, Reason.TOO_MANY_BROKEN),
        ({"holds": frozenset({"represented"})}, Reason.ON_HOLD),
        ({"open_promises": (PROMISE,) * 3, "plans_in_12m": 1}, Reason.TOO_MANY_OPEN),
    ],
)
def test_a_person_is_needed_when_nothing_may_be_offered(change: dict[str, Any], reason: Reason) -> None:
    assert offers(replace(LATE, **change), POLICY, TODAY) == HumanNeeded(reason)


def test_a_promise_offer_comes_as_near_to_the_wish_as_the_limits_allow() -> None:
    (promise,) = of_kind("promise", LATE, Wanted(amount=999_999, on=in_days(45)))
    assert rows(promise) == [(30, 320_000)]
    (promise,) = of_kind("promise", LATE, Wanted(amount=500_00, on=in_days(4)))
    assert rows(promise) == [(4, 500_00)]
    assert promise.latest == in_days(30)


def test_plans_split_into_whole_pesos_two_weeks_apart() -> None:
    plans = of_kind("plan", replace(LATE, overdue=100_050))
    assert [rows(plan) for plan in plans] == [
        [(7, 500_50), (21, 500_00)],
        [(7, 334_50), (21, 333_00), (35, 333_00)],
        [(7, 250_50), (21, 250_00), (35, 250_00), (49, 250_00)],
    ]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Wanted(count=2, frequency="monthly"), [(7, 400_00), (37, 400_00)]),
        # Four payments a month apart would last 97 days: two weeks apart they end in time.
        (Wanted(count=4, frequency="monthly"), [(7, 200_00), (22, 200_00), (37, 200_00), (52, 200_00)]),
        (Wanted(amount=300_00, on=TODAY, frequency="weekly"), [(0, 300_00), (7, 300_00), (14, 200_00)]),
    ],
)
def test_a_plan_follows_the_wanted_count_amount_and_rhythm(wanted: Wanted, expected: list[tuple[int, int]]) -> None:
    (plan,) = of_kind("plan", LATE, wanted)
    assert rows(plan) == expected


def test_a_wish_outside_the_limits_still_gets_what_is_possible() -> None:
    assert len(of_kind("plan", LATE, Wanted(amount=50_00, count=16, frequency="weekly"))) == 3


def test_a_remainder_too_small_for_a_payment_falls_back_to_equal_parts() -> None:
    (plan,) = of_kind("plan", replace(LATE, overdue=620_00), Wanted(amount=300_00, count=2))
    assert rows(plan) == [(7, 310_00), (21, 310_00)]


def verdict_on(offer: Offer, standing: Standing) -> Verdict:
    on, amount = offer.payments[0]
    match offer.kind:
        case "promise":
            return check_promise(standing, POLICY, amount, on, TODAY)
        case "plan":
            return check_plan(standing, POLICY, offer.payments, TODAY)
        case "date_change":
            return check_date_change(standing, POLICY, on, TODAY)
        case _:
            return check_waiver(standing, POLICY, TODAY)


@st.composite
def standings(draw: st.DrawFn) -> Standing:
    overdue = draw(st.integers(0, 500_000))
    upcoming = draw(st.lists(st.integers(0, 90), max_size=3, unique=True))
    return Standing(
        currency="MXN",
        balance=overdue + draw(st.integers(0, 500_000)),
        overdue=overdue,
        dpd=draw(st.integers(1, 70)) if overdue else 0,
        instalment=80_000,
        upcoming=tuple(DueAmount(in_days(days), 80_000) for days in sorted(upcoming)),
        open_promises=(PROMISE,) * draw(st.integers(0, 3)),
        broken_in_180d=draw(st.integers(0, 2)),
        plans_in_12m=draw(st.integers(0, 1)),
        date_changes_in_12m=draw(st.integers(0, 1)),
        waivers_in_12m=draw(st.integers(0, 1)),
        late_fees=draw(st.integers(0, overdue)),
        restructured=draw(st.booleans()),
    )


wishes = st.builds(
    Wanted,
    amount=st.none() | st.integers(-100, 600_000),
    on=st.none() | st.integers(-30, 120).map(lambda n: TODAY + timedelta(days=n)),
    count=st.none() | st.integers(-1, 20),
    frequency=st.none() | st.sampled_from([*SPACING, "yearly"]),
)


@given(standings(), wishes)
def test_every_offer_passes_the_check_of_its_kind(standing: Standing, wanted: Wanted) -> None:
    found = offers(standing, POLICY, TODAY, wanted)
    if isinstance(found, HumanNeeded):
        return
    for offer in found:
        verdict = verdict_on(offer, standing)
        assert isinstance(verdict, Accepted), (offer, verdict)
        assert verdict.payments == offer.payments
        if offer.kind == "plan":
            assert sum(amount for _, amount in offer.payments) == standing.overdue


def test_the_policy_decides_not_the_code() -> None:
    plan = shipped_policy().plan.model_copy(update={"max_instalments": 2, "first_payment_within_days": 3})
    stricter = shipped_policy().model_copy(update={"plan": plan})
    found = offers(LATE, stricter, date(2026, 3, 2))
    assert isinstance(found, tuple)
    assert [rows(o) for o in found if o.kind == "plan"] == [[(3, 400_00), (17, 400_00)]]


@pytest.mark.parametrize(("currency", "unit"), [("MXN", 100), ("CLP", 1)])
def test_payments_of_a_plan_are_whole_units_of_the_currency(currency: str, unit: int) -> None:
    plans = of_kind("plan", replace(LATE, currency=currency, overdue=80_001))
    later = [amount for offer in plans for _, amount in offer.payments[1:]]
    assert later
    assert all(amount % unit == 0 for amount in later)
    assert all(sum(amount for _, amount in offer.payments) == 80_001 for offer in plans)
    assert (unit == 100) is all(amount % 100 == 0 for amount in later)
