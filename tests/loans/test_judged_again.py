"""The same facts under other limits: what stays, what is refused, what would be said instead."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from loans.judged_again import Outcome, Said, differs, is_as_recorded, judge
from loans.limits import Limits, narrowed
from loans.negotiation import Accepted, Refused, Standing
from loans.offers import Wanted
from tests.loans.test_negotiation import LATE, ON_TIME, POLICY, PROMISE, TODAY, in_days

PLAN = Said("plan", ((400_00, in_days(2)), (400_00, in_days(16))))
MOVED = Said("date_change", ((None, in_days(12)),))
OFFERED = Said("offer", wanted=Wanted(count=2))


def promise(*parts: tuple[int | None, int | None]) -> Said:
    return Said("promise", tuple((amount, None if days is None else in_days(days)) for amount, days in parts))


def by(limits: dict[str, Any], said: Said, standing: Standing) -> Outcome:
    return judge(said, standing, narrowed(POLICY, Limits(**limits)), TODAY)


def told(outcome: Outcome) -> str:
    match outcome:
        case Accepted():
            return "accepted"
        case Refused():
            return outcome.reason.value
    return " ".join(each.kind for each in outcome)


@pytest.mark.parametrize(
    ("said", "standing", "limits", "before", "after"),
    [
        (promise((300_00, 6)), LATE, {"promise_max_days": 6}, "accepted", "accepted"),
        (promise((300_00, 7)), LATE, {"promise_max_days": 6}, "accepted", "date_too_far"),
        (promise((None, 90)), LATE, {"promise_max_days": 6}, "date_too_far", "date_too_far"),
        (promise((300_00, 1)), LATE, {"promise_min_share": Decimal("0.5")}, "accepted", "amount_too_small"),
        (promise((300_00, 1), (300_00, 3)), LATE, {"promise_max_open": 1}, "accepted", "too_many_open"),
        (promise((None, None)), replace(LATE, open_promises=(PROMISE,)), {"promise_max_open": 1}, "accepted",
         "too_many_open"),
        (PLAN, LATE, {"plan_max_days": 16}, "accepted", "accepted"),
        (PLAN, LATE, {"plan_max_days": 15}, "accepted", "date_too_far"),
        (PLAN, LATE, {"plan_first_within_days": 1}, "accepted", "first_payment_too_late"),
        (PLAN, LATE, {"plan_max_in_12m": 0}, "accepted", "too_many_plans"),
        (MOVED, ON_TIME, {"date_change_max_days": 2}, "accepted", "date_too_far"),
        (MOVED, ON_TIME, {"date_change_max_in_12m": 0}, "accepted", "too_many_date_changes"),
        (OFFERED, LATE, {}, "promise plan", "promise plan"),
        (OFFERED, LATE, {"plan_max_in_12m": 0}, "promise plan", "promise"),
        (OFFERED, ON_TIME, {"promise_max_open": 0, "date_change_max_in_12m": 0}, "promise date_change", ""),
    ],
)  # fmt: skip
def test_the_outcome_of_a_turn_follows_the_limits(
    said: Said, standing: Standing, limits: dict[str, Any], before: str, after: str
) -> None:
    assert (told(by({}, said, standing)), told(by(limits, said, standing))) == (before, after)


@pytest.mark.parametrize(
    ("said", "limits", "other"),
    [
        (promise((300_00, 6)), {"promise_max_days": 9}, False),  # accepted either way
        (promise((None, 90)), {"promise_max_days": 9}, True),  # another last day is said
        (promise((None, 90)), {"plan_max_days": 9}, False),
        (OFFERED, {"promise_max_days": 9}, True),
        (OFFERED, {"plan_max_days": 200}, False),
        (OFFERED, {"plan_min_first_share": Decimal("0.75")}, True),
        (OFFERED, {"waiver_max_share": Decimal(0)}, False),  # is never laid out
    ],
)
def test_only_what_the_borrower_would_notice_differs(said: Said, limits: dict[str, Any], other: bool) -> None:
    assert differs(by({}, said, LATE), by(limits, said, LATE)) is other


def test_what_the_rows_tell_is_known_again() -> None:
    late = by({}, promise((None, 90)), LATE)
    assert isinstance(late, Refused)
    assert is_as_recorded(Refused(late.reason, last=late.last), late)
    assert not is_as_recorded(Refused(late.reason, last=in_days(1)), late)
    assert not is_as_recorded(Accepted(()), late)
    offered = by({}, OFFERED, LATE)
    assert is_as_recorded(offered, offered)
    assert not is_as_recorded((), offered)
