from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loans.promise_rules import Promise, broken_since, evaluate
from loans.replay import Payment
from tests.loans.ledger_vectors import day, load, minor

METRICS = load("metrics")
STATES = {"partially_kept": "partial"}


@pytest.mark.parametrize("case", METRICS["promises_worked"]["promises"], ids=lambda c: c["id"])
def test_single_promises_are_judged_as_worked_by_hand(case: dict[str, Any]) -> None:
    promise = Promise(case["id"], minor(case["amount"]), day(case["due"]), day("2026-03-01"))
    paid = [] if case.get("reversed") else case["paid"]
    payments = [Payment(str(n), day(on), minor(amount)) for n, (on, amount) in enumerate(paid)]
    (outcome,) = evaluate([promise], payments, day(case["as_of"]))
    assert outcome.state == STATES.get(case["status"], case["status"])


@pytest.mark.parametrize("case", METRICS["promises_overlapping_worked"]["cases"], ids=lambda c: c["id"])
def test_overlapping_promises_share_payments_as_worked_by_hand(case: dict[str, Any]) -> None:
    promises = [Promise(p["id"], minor(p["amount"]), day(p["due"]), day(p["created_on"])) for p in case["promises"]]
    payments = [
        Payment(str(n), day(on), minor(amount))
        for n, (on, amount) in enumerate(case["payments"])
        if n not in case.get("reversed_payments", [])
    ]
    got = {o.id: (o.credited, o.state) for o in evaluate(promises, payments, day("2026-04-30"))}
    assert got == {
        name: (minor(amount), STATES.get(state, state)) for name, (amount, state) in case["expected"].items()
    }


MADE = datetime(2026, 3, 1, 18, 0, tzinfo=UTC)
PROMISE = Promise("A", 20_000, date(2026, 3, 10), date(2026, 3, 1), MADE)


@pytest.mark.parametrize(("minutes", "credited"), [(-1, 0), (0, 0), (1, 20_000)])
def test_money_recorded_before_the_promise_does_not_keep_it(minutes: int, credited: int) -> None:
    payment = Payment("1", date(2026, 3, 1), 20_000, MADE + timedelta(minutes=minutes))
    assert evaluate([PROMISE], [payment], date(2026, 3, 2))[0].credited == credited


def test_a_cancelled_promise_takes_no_money() -> None:
    cancelled = Promise("A", 20_000, date(2026, 3, 10), date(2026, 3, 1), cancelled=True)
    later = Promise("B", 20_000, date(2026, 3, 20), date(2026, 3, 1))
    outcomes = evaluate([cancelled, later], [Payment("1", date(2026, 3, 5), 20_000)], date(2026, 3, 6))
    assert [(o.state, o.credited) for o in outcomes] == [("cancelled", 0), ("kept", 20_000)]


@pytest.mark.parametrize(("as_of", "state"), [("2026-03-12", "open"), ("2026-03-13", "broken")])
def test_a_promise_breaks_the_day_after_its_grace(as_of: str, state: str) -> None:
    assert evaluate([PROMISE], [], day(as_of))[0].state == state


def test_only_broken_promises_of_the_span_are_counted() -> None:
    outcomes = evaluate([PROMISE], [], date(2026, 6, 1))
    assert broken_since(outcomes, date(2026, 3, 13)) == 1
    assert broken_since(outcomes, date(2026, 3, 14)) == 0
    partly = evaluate([PROMISE], [Payment("1", date(2026, 3, 9), 100)], date(2026, 6, 1))
    assert broken_since(partly, date(2026, 1, 1)) == 0


days = st.integers(0, 60).map(lambda n: date(2026, 3, 1) + timedelta(days=n))
promises = st.lists(
    st.builds(Promise, st.uuids().map(str), st.integers(1, 50_000), days, days, cancelled=st.booleans()),
    max_size=4,
)
payments = st.lists(st.builds(Payment, st.uuids().map(str), days, st.integers(1, 50_000)), max_size=6)


@given(promises, payments, days)
def test_every_cent_counts_once(promised: list[Promise], paid: list[Payment], as_of: date) -> None:
    outcomes = evaluate(promised, paid, as_of)
    assert sum(o.credited for o in outcomes) <= sum(p.amount for p in paid)
    for promise, outcome in zip(promised, outcomes, strict=True):
        assert 0 <= outcome.credited <= promise.amount
        assert (outcome.state == "kept") == (
            not promise.cancelled and outcome.credited >= Decimal("0.9") * promise.amount
        )


@given(promises, payments, days, st.randoms())
def test_the_order_of_promises_does_not_matter(
    promised: list[Promise], paid: list[Payment], as_of: date, random: Any
) -> None:
    unique = list({(p.due, p.created_on): p for p in promised}.values())
    shuffled = list(unique)
    random.shuffle(shuffled)
    assert set(evaluate(shuffled, paid, as_of)) == set(evaluate(unique, paid, as_of))
