"""Limits by level, product and segment: whatever is asked for, nothing beyond them is offered or accepted."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from sqlmodel import Session

from loans import limit_versions
from loans.limits import LEVELS, Exceeded, LevelLimits, Limits, check_plan, check_promise, narrowed
from loans.negotiation import Accepted, DueAmount, OpenPromise, Standing
from loans.negotiation import check_plan as negotiated_plan
from loans.negotiation import check_promise as negotiated_promise
from loans.negotiation_policy import shipped_policy
from loans.offers import Offer, Wanted, offers
from loans.tables import Borrower, Loan
from store import policy_versions
from store.policy_versions import VersionError
from tests.loans.test_negotiation import TODAY

POLICY = shipped_policy()
days = st.integers(0, 90)
shares = st.integers(0, 100).map(lambda percent: Decimal(percent) / 100)
counts = st.integers(0, 6)
limits_of_anybody = st.builds(
    Limits,
    promise_max_days=st.none() | days,
    promise_min_share=st.none() | shares,
    promise_max_open=st.none() | counts,
    plan_max_payments=st.none() | st.integers(2, 6),
    plan_max_days=st.none() | days,
    plan_first_within_days=st.none() | days,
    plan_min_first_share=st.none() | shares,
    plan_max_in_12m=st.none() | counts,
    date_change_max_days=st.none() | days,
    date_change_max_in_12m=st.none() | counts,
    waiver_max_share=st.none() | shares,
    waiver_max_in_12m=st.none() | counts,
)


@st.composite
def standings(draw: st.DrawFn) -> Standing:
    overdue, late = draw(st.integers(0, 500_000)), draw(st.integers(0, 70))
    coming = draw(st.lists(st.integers(1_00, 90_000), max_size=4))
    return Standing(
        currency="MXN",
        balance=overdue + sum(coming) + draw(st.integers(0, 100_000)),
        overdue=overdue,
        dpd=late if overdue else 0,
        instalment=90_000,
        upcoming=tuple(DueAmount(TODAY + timedelta(days=14 * n + 1), each) for n, each in enumerate(coming)),
        open_promises=tuple(OpenPromise("1", 100, TODAY) for _ in range(draw(counts))),
        plans_in_12m=draw(st.integers(0, 2)),
        date_changes_in_12m=draw(st.integers(0, 2)),
        waivers_in_12m=draw(st.integers(0, 2)),
        late_fees=draw(st.integers(0, overdue)),
    )


wishes = st.builds(
    Wanted,
    amount=st.none() | st.integers(-100, 900_000),
    on=st.none() | st.integers(-30, 400).map(lambda n: TODAY + timedelta(days=n)),
    count=st.none() | st.integers(0, 30),
    frequency=st.sampled_from([None, "weekly", "biweekly", "every_15_days", "semimonthly", "monthly", "nonsense"]),
)


def keeps(limits: Limits, standing: Standing, offer: Offer) -> bool:
    """Said again in other words than the product's: what the row of limits says of this offer."""
    first, last = offer.payments[0], offer.payments[-1]
    match offer.kind:
        case "promise":
            wrong = check_promise(
                limits, first, overdue=standing.overdue, open_before=len(standing.open_promises), today=TODAY
            )
            # The balance may always be paid, and what is overdue by a smaller share is never asked above it.
            return wrong is None or (wrong.limit == "promise_min_share" and first.amount == standing.balance)
        case "plan":
            return (
                check_plan(
                    limits, offer.payments, overdue=standing.overdue, plans_before=standing.plans_in_12m, today=TODAY
                )
                is None
            )
        case "date_change":
            most, used = limits.date_change_max_days, limits.date_change_max_in_12m
            moved = (last.on - (offer.moved_from or last.on)).days
            return (most is None or moved <= most) and (used is None or standing.date_changes_in_12m < used)
        case "waiver":
            share, used = limits.waiver_max_share, limits.waiver_max_in_12m
            return (share is None or offer.waived <= standing.late_fees * share) and (
                used is None or standing.waivers_in_12m < used
            )


@given(limits_of_anybody, standings(), wishes)
def test_no_wish_is_answered_with_more_than_the_limits(limits: Limits, standing: Standing, wanted: Wanted) -> None:
    found = offers(standing, narrowed(POLICY, limits), TODAY, wanted)
    assert all(keeps(limits, standing, each) for each in (found if isinstance(found, tuple) else ()))


@given(
    limits_of_anybody,
    standings(),
    st.lists(st.tuples(st.integers(-10, 200), st.integers(-100, 500_000)), min_size=1, max_size=8),
)
def test_nothing_beyond_the_limits_is_accepted(
    limits: Limits, standing: Standing, asked: list[tuple[int, int]]
) -> None:
    policy = narrowed(POLICY, limits)
    payments = tuple(DueAmount(TODAY + timedelta(days=n), amount) for n, amount in asked)
    if isinstance(negotiated_plan(standing, policy, payments, TODAY), Accepted):
        assert keeps(limits, standing, Offer("plan", payments))
    on, amount = payments[0]
    if isinstance(negotiated_promise(standing, policy, amount, on, TODAY), Accepted):
        assert keeps(limits, standing, Offer("promise", payments[:1]))


@given(limits_of_anybody, standings(), wishes)
def test_limits_only_ever_narrow_the_signed_policy(limits: Limits, standing: Standing, wanted: Wanted) -> None:
    found = offers(standing, narrowed(POLICY, limits), TODAY, wanted)
    for each in found if isinstance(found, tuple) else ():
        if each.kind == "promise":
            on, amount = each.payments[0]
            assert isinstance(negotiated_promise(standing, POLICY, amount, on, TODAY), Accepted)
        if each.kind == "plan":
            assert isinstance(negotiated_plan(standing, POLICY, each.payments, TODAY), Accepted)


@pytest.mark.parametrize(
    ("assistant", "collector", "right"),
    [
        ({"promise_max_days": 10}, {"promise_max_days": 20}, True),
        ({"promise_max_days": 20}, {"promise_max_days": 10}, False),
        ({"promise_min_share": "0.5"}, {"promise_min_share": "0.2"}, True),
        ({"promise_min_share": "0.2"}, {"promise_min_share": "0.5"}, False),
        ({"promise_max_days": 20}, {}, True),
    ],
)
def test_who_stands_higher_may_do_at_least_as_much(assistant: Any, collector: Any, right: bool) -> None:
    content = {"assistant": assistant, "collector": collector}
    if right:
        LevelLimits.model_validate(content)
    else:
        with pytest.raises(ValidationError, match="reaches further"):
            LevelLimits.model_validate(content)


@pytest.mark.parametrize(
    ("limits", "payments", "exceeded"),
    [
        (Limits(plan_max_payments=2), [(1, 50_00), (8, 50_00), (15, 50_00)], "plan_max_payments"),
        (Limits(plan_max_days=10), [(1, 50_00), (15, 50_00)], "plan_max_days"),
        (Limits(plan_first_within_days=3), [(4, 50_00)], "plan_first_within_days"),
        (Limits(plan_min_first_share=Decimal("0.5")), [(1, 49_99), (2, 99_00)], "plan_min_first_share"),
        (Limits(plan_max_in_12m=1), [(1, 99_00)], "plan_max_in_12m"),
        (Limits(), [(300, 1)], None),
    ],
)
def test_a_persons_plan_is_held_against_their_own_limits(
    limits: Limits, payments: list[tuple[int, int]], exceeded: str | None
) -> None:
    agreed = [DueAmount(TODAY + timedelta(days=n), amount) for n, amount in payments]
    found = check_plan(limits, agreed, overdue=100_00, plans_before=1, today=TODAY)
    assert (found.limit if found else None) == exceeded
    assert found is None or isinstance(found, Exceeded)


def a_row(session: Session, product: str, segment: str, most: int, valid_from: date, approved: bool = True) -> None:
    content = LevelLimits(assistant=Limits(promise_max_days=most))
    row = limit_versions.propose(
        session, content, product=product, segment=segment, valid_from=valid_from, by="staff:1",
        today=valid_from - timedelta(days=1), now=NOW,
    )  # fmt: skip
    if approved:
        policy_versions.approve(session, row, by="staff:2", today=valid_from - timedelta(days=1), second_person=True)


NOW = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("product", "segment", "most"),
    [("group", "gold", 1), ("group", "new", 2), ("single", "gold", 3), ("single", "", 4)],
)
def test_the_nearest_approved_row_of_the_day_holds(session: Session, product: str, segment: str, most: int) -> None:
    past = TODAY - timedelta(days=5)
    for row in (("group", "gold", 1), ("group", "", 2), ("", "gold", 3), ("", "", 4)):
        a_row(session, *row, past)
    a_row(session, "group", "gold", 9, past - timedelta(days=3))
    a_row(session, "group", "gold", 9, TODAY + timedelta(days=1))
    a_row(session, "group", "gold", 9, TODAY, approved=False)
    found = limit_versions.in_force(session, TODAY, product=product, segment=segment)
    assert found is not None
    assert LevelLimits.model_validate(found.content).assistant.promise_max_days == most


def test_a_loan_is_negotiated_by_its_own_limits(session: Session) -> None:
    borrower = Borrower(external_id="B", full_name="Ana", given_name="Ana", segment="gold", created_at=NOW)
    session.add(borrower)
    session.flush()
    loan = Loan(external_id="L", borrower_id=borrower.id or 0, product="group", principal=1, disbursed_on=TODAY)
    session.add(loan)
    assert limit_versions.policy_of(session, loan, TODAY) == POLICY
    a_row(session, "group", "gold", 3, TODAY)
    assert limit_versions.policy_of(session, loan, TODAY).promise.max_days_ahead.on(0) == 3
    assert all(limit_versions.of_loan(session, loan, level, TODAY) is not None for level in LEVELS)


def test_who_proposed_limits_does_not_approve_them(session: Session) -> None:
    row = limit_versions.propose(
        session, LevelLimits(), product="", segment="", valid_from=TODAY, by="staff:1",
        today=TODAY - timedelta(days=1), now=NOW,
    )  # fmt: skip
    with pytest.raises(VersionError) as refused:
        policy_versions.approve(session, row, by="staff:1", today=TODAY - timedelta(days=1), second_person=True)
    assert refused.value.reason == "second_person_needed"
