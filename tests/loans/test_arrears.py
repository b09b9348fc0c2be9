from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loans.arrears import (
    AgeRange,
    arrears,
    checked_ranges,
    cut_pauses,
    delinquent_days,
    next_due,
    overdue_by_range,
    paused_days,
    range_of,
)
from loans.replay import Event, Instalment, Pause, Payment, Resume, replay
from tests.loans.ledger_vectors import day, load, minor
from tests.loans.test_replay import event_of, instalments_of

DELINQUENCY = load("delinquency")
RANGES = checked_ranges(AgeRange(name, *ages) for name, ages in DELINQUENCY["buckets"].items())


@pytest.mark.parametrize("vector", DELINQUENCY["vectors"], ids=lambda v: v["id"])
def test_lateness_agrees_with_other_systems(vector: dict[str, Any]) -> None:
    for check in vector["checks"]:
        events = [event_of(given) for given in vector["events"][: check["after_events"]]]
        state, pauses, as_of = replay(instalments_of(vector), events), cut_pauses(events), day(check["as_of"])
        if check["kind"] == "instalments":
            want = {name: minor(amount) for name, amount in check["overdue_by_bucket"].items()}
            assert overdue_by_range(state, as_of, RANGES, pauses=pauses) == want, as_of
            continue
        got = arrears(state, as_of, grace_days=vector["grace_days_loan_level"], pauses=pauses)
        found = range_of(got.delinquent_days, RANGES)
        assert (got.days_past_due, got.delinquent_days) == (check["dpd"], check["dpd_after_grace_and_pause"])
        if "bucket_after_grace_and_pause" in check:
            assert (found.name if found else "NO_DELINQUENCY") == check["bucket_after_grace_and_pause"]
        if "overdue_amount" in check:
            assert got.overdue == minor(check["overdue_amount"])


DUE = date(2026, 3, 10)
LOAN = replay([Instalment(1, DUE, 900, 100), Instalment(2, date(2026, 4, 10), 900, 100)], [])


@pytest.mark.parametrize(("days", "dpd", "overdue"), [(-1, 0, 0), (0, 0, 0), (1, 1, 1000), (31, 31, 1000)])
def test_an_instalment_is_overdue_from_the_day_after(days: int, dpd: int, overdue: int) -> None:
    got = arrears(LOAN, DUE + timedelta(days=days))
    assert (got.days_past_due, got.overdue) == (dpd, overdue)


def test_a_paid_loan_is_never_late() -> None:
    paid = replay([Instalment(1, DUE, 900, 100)], [Payment("1", DUE, 5000)])
    assert arrears(paid, date(2027, 1, 1)).days_past_due == 0
    assert next_due(paid, DUE) is None


def test_the_next_due_instalment_may_be_due_today() -> None:
    row = next_due(LOAN, DUE)
    assert row is not None
    assert row.n == 1


def test_one_resume_cuts_two_touching_pauses() -> None:
    def march(d: int) -> date:
        return date(2026, 3, d)

    events: list[Event] = [Pause(march(1), march(10)), Pause(march(10), march(20)), Resume(march(10))]
    assert cut_pauses(events) == (Pause(march(1), march(10)), Pause(march(10), march(10)))
    assert paused_days(cut_pauses(events), march(30)) == 9
    with pytest.raises(ValueError, match="before its start"):
        cut_pauses([Pause(march(2), march(1))])


@pytest.mark.parametrize(
    "ranges",
    [
        [],
        [("a", 2, None)],
        [("a", 1, 7)],
        [("a", 1, 7), ("b", 9, None)],
        [("a", 1, 7), ("b", 7, None)],
        [("a", 1, None), ("b", 8, None)],
    ],
)
def test_ranges_with_gaps_or_overlaps_are_refused(ranges: list[tuple[str, int, int | None]]) -> None:
    with pytest.raises(ValueError, match="age range"):
        checked_ranges(AgeRange(*r) for r in ranges)


@given(st.integers(0, 1000), st.integers(0, 10), st.integers(0, 400))
def test_grace_and_pauses_only_ever_make_a_loan_look_younger(dpd: int, grace: int, paused: int) -> None:
    pauses = [Pause(DUE - timedelta(days=paused), DUE)]
    got = delinquent_days(dpd, DUE, grace_days=grace, pauses=pauses)
    assert 0 <= got <= dpd
    assert range_of(got, RANGES) is not None or got == 0
