from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from timeit import repeat
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loans.replay import (
    COMPONENTS,
    Charge,
    Event,
    Instalment,
    LedgerState,
    Pause,
    Payment,
    Resume,
    Reversal,
    Waiver,
    replay,
)
from tests.loans.ledger_vectors import day, load, minor

AMOUNTS = ("due_total", "paid", "in_advance", "late", "outstanding")


def instalments_of(vector: Mapping[str, Any]) -> list[Instalment]:
    return [
        Instalment(i["n"], day(i["due"]), minor(i["principal"]), minor(i["interest"])) for i in vector["instalments"]
    ]


def event_of(given: Mapping[str, Any]) -> Event:
    match given["type"]:
        case "payment":
            return Payment(given["id"], day(given["date"]), minor(given["amount"]))
        case "charge":
            return Charge(given["component"], day(given["due"]), minor(given["amount"]))
        case "reversal":
            return Reversal(given["ref"])
        case "delinquency_pause":
            return Pause(day(given["start"]), day(given["end"]))
        case _:
            return Resume(day(given["start"]))


def state_after(vector: Mapping[str, Any], count: int) -> LedgerState:
    events = [event_of(given) for given in vector["events"][:count]]
    return replay(instalments_of(vector), events, tuple(vector.get("allocation_order", COMPONENTS)))


@pytest.mark.parametrize("vector", load("allocation")["vectors"], ids=lambda v: v["id"])
def test_balances_agree_with_other_systems(vector: dict[str, Any]) -> None:
    for check in vector["checks"]:
        state = state_after(vector, check["after_events"])
        if check["kind"] == "instalments":
            check_instalments(state, check)
        elif check["kind"] == "payment_splits":
            check_splits(state, check, vector["events"][: check["after_events"]])
        else:
            check_totals(state, check)


def check_instalments(state: LedgerState, check: Mapping[str, Any]) -> None:
    for row, want in zip(state.rows, check["rows"], strict=True):
        assert (row.n, row.due) == (want["n"], day(want["due"]))
        for name in AMOUNTS:
            assert getattr(row, name) == minor(want[name]), (row.n, name)
        for component in COMPONENTS:
            assert row.due_of(component) == minor(want[component])
        assert row.paid_on == (day(want["paid_on"]) if want["paid_on"] else None), row.n


def check_totals(state: LedgerState, check: Mapping[str, Any]) -> None:
    names = [name for name in (*AMOUNTS, "overpaid") if name in check]
    assert names, check
    for name in names:
        assert getattr(state, name) == minor(check[name]), name


def check_splits(state: LedgerState, check: Mapping[str, Any], events: Sequence[Mapping[str, Any]]) -> None:
    """The vector has a row for every payment, but what it says of reversed ones is not compared."""
    payments = sorted((e for e in events if e["type"] == "payment"), key=lambda e: day(e["date"]))
    splits = {split.id: split for split in state.splits}
    for payment, want in zip(payments, check["rows"], strict=True):
        if split := splits.pop(payment["id"], None):
            assert (split.on, split.amount) == (day(want["date"]), minor(want["amount"]))
            for component in COMPONENTS:
                assert split.of(component) == minor(want[component]), (split.id, component)
    assert not splits


START = date(2026, 1, 15)
LOAN = [Instalment(n, START + timedelta(days=30 * n), 10_000, 1_000) for n in range(4)]


def test_a_waiver_lowers_what_is_owed_by_exactly_its_amount() -> None:
    events: Sequence[Event] = [Charge("penalty", START, 500), Payment("1", START, 400)]
    before = replay(LOAN, events)
    after = replay(LOAN, [*events, Waiver("penalty", 500)])
    assert before.outstanding - after.outstanding == 500
    # The 400 that had gone to the penalty now pay interest.
    assert (after.rows[0].paid_of("penalty"), after.rows[0].paid_of("interest")) == (0, 400)
    assert after.rows[0].waived == 500


def test_a_waiver_may_name_its_instalment() -> None:
    state = replay(LOAN, [Waiver("interest", 5_000, n=2)])
    assert [row.due_of("interest") for row in state.rows] == [1_000, 1_000, 0, 1_000]


def test_a_charge_after_the_last_date_goes_on_the_last_instalment() -> None:
    state = replay(LOAN, [Charge("fee", date(2027, 1, 1), 70)])
    assert state.rows[-1].due_of("fee") == 70


@pytest.mark.parametrize(
    ("events", "named"),
    [
        ([Reversal("9")], "reversal of '9'"),
        ([Payment("1", START, 5), Payment("1", START, 5)], "occurs twice"),
        ([Payment("1", START, 0)], "amount of payment '1' is 0"),
        ([Charge("fee", START, -1)], "charge of -1"),
        ([Waiver("fee", 0)], "waiver of 0"),
    ],
)
def test_impossible_events_are_named(events: list[Event], named: str) -> None:
    with pytest.raises(ValueError, match=named):
        replay(LOAN, events)


def test_an_order_must_name_each_component() -> None:
    with pytest.raises(ValueError, match="order is"):
        replay(LOAN, [], ("fee", "fee", "interest", "principal"))


days = st.integers(-20, 120).map(lambda n: START + timedelta(days=n))
charges = st.builds(Charge, st.sampled_from(["fee", "penalty"]), days, st.integers(1, 5_000))


@st.composite
def histories(draw: st.DrawFn) -> list[Event]:
    """Payments on different days, some reversed, with charges, all in any order of entry."""
    dates = draw(st.lists(days, max_size=8, unique=True))
    paid: list[Event] = [Payment(str(n), on, draw(st.integers(1, 20_000))) for n, on in enumerate(dates)]
    back = draw(st.sets(st.sampled_from(range(len(dates))))) if dates else set()
    events = [*paid, *(Reversal(str(n)) for n in back), *draw(st.lists(charges, max_size=4))]
    return draw(st.permutations(events))


@given(histories(), st.permutations(COMPONENTS))
def test_every_cent_of_live_payments_is_somewhere(events: list[Event], order: Any) -> None:
    state = replay(LOAN, events, tuple(order))
    assert state.paid + state.overpaid == sum(split.amount for split in state.splits)
    assert state.paid + state.outstanding == state.due_total
    assert state.overpaid == 0 or state.outstanding == 0
    for split in state.splits:
        assert sum(part.amount for part in split.parts) + split.overpaid == split.amount
    for row in state.rows:
        assert row.outstanding >= 0
        assert (row.paid_on is not None) == (row.outstanding == 0)


@given(histories(), st.randoms())
def test_the_order_of_entry_changes_nothing(events: list[Event], random: Any) -> None:
    shuffled = list(events)
    random.shuffle(shuffled)
    assert replay(LOAN, shuffled) == replay(LOAN, events)


@given(histories())
def test_reversing_every_payment_brings_the_start_back(events: list[Event]) -> None:
    reversals = [Reversal(e.id) for e in events if isinstance(e, Payment)]
    rest = [e for e in events if isinstance(e, Charge)]
    assert replay(LOAN, [*events, *reversals]) == replay(LOAN, rest)


def test_a_long_history_replays_within_a_millisecond_or_so() -> None:
    loan = [Instalment(n, START + timedelta(days=7 * n), 10_000, 1_000) for n in range(30)]
    events: list[Event] = [Payment(str(n), START + timedelta(days=5 * n), 7_300) for n in range(30)]
    events += [Charge("penalty", START + timedelta(days=14 * n), 500) for n in range(8)]
    events += [Reversal("3"), Reversal("9")]
    best = min(repeat(lambda: replay(loan, events), number=20, repeat=5)) / 20
    # Measured 0.15 ms; the bound only catches a change of order.
    assert best < 0.005
