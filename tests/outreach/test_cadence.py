import json
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from outreach.cadence import (
    SHIPPED,
    CadenceError,
    Situation,
    anchor_dates,
    due_steps,
    load,
    matches,
    phrase_key,
    step_date,
    step_instant,
    valid_until,
)
from outreach.contact_policy import load as load_policy
from outreach.contact_rules import Attempt, Facts, decide
from outreach.quiet_hours import effective_hours

CADENCE = load()
POLICY = load_policy()
MEXICO = ZoneInfo("America/Mexico_City")


def open_in_mexico(day: date) -> bool:
    return effective_hours(POLICY, "MX", day) is not None


@pytest.mark.parametrize(
    ("offset", "steps"),
    [(-4, []), (-3, ["before_due_3"]), (-1, []), (0, ["due_today"]), (1, ["overdue_1"]), (4, ["overdue_4"]),
     (8, ["overdue_8"]), (15, ["overdue_15"]), (30, ["overdue_30"]), (31, [])],
)  # fmt: skip
def test_the_default_cadence_runs_on_its_days(offset: int, steps: list[str]) -> None:
    due = date(2026, 11, 25)
    assert [step.id for step in due_steps(CADENCE, due, due + timedelta(days=offset))] == steps


def test_promises_are_reminded_the_day_before_and_in_the_morning_and_followed_up_after_grace() -> None:
    day = date(2026, 11, 25)
    found = {
        n: [step.id for step in due_steps(CADENCE, day, day + timedelta(days=n), "promise_date")] for n in range(-2, 5)
    }
    assert {n: ids for n, ids in found.items() if ids} == {
        -1: ["promise_before_1"],
        0: ["promise_today"],
        3: ["promise_missed"],
    }


def test_on_the_due_date_a_current_loan_is_reminded_and_the_message_still_lives_at_19_59() -> None:
    due = date(2026, 11, 25)
    step = due_steps(CADENCE, due, due)[0]
    at = step_instant(step, due, MEXICO)
    assert at is not None
    assert at == datetime(2026, 11, 25, 16, tzinfo=UTC)
    assert matches(CADENCE, step, Situation(dpd=0))
    now = datetime.fromisoformat("2026-11-25T19:59:00-06:00")
    facts = Facts("MX", "America/Mexico_City", "whatsapp", step.kind, True, valid_until=valid_until(step, at))
    assert decide(facts, POLICY, now).verdict == "send"


@pytest.mark.parametrize(
    ("step", "about", "holds"),
    [
        ("before_due_3", Situation(0), False),
        ("before_due_3", Situation(0, first_loan=True), True),
        ("before_due_3", Situation(0, past_late=True), True),
        ("before_due_3", Situation(3, past_late=True), False),
        ("due_today", Situation(60), True),
        ("due_today", Situation(61), False),
        ("overdue_1", Situation(0), False),
        ("overdue_30", Situation(30), True),
        ("overdue_30", Situation(75), False),
        ("promise_before_1", Situation(75, promise_state="open"), True),
        ("promise_before_1", Situation(5, promise_state="cancelled"), False),
        ("promise_missed", Situation(5, promise_state="partial"), True),
        ("promise_missed", Situation(5, promise_state="kept"), False),
        ("payment_thanks", Situation(90), True),
    ],
)
def test_the_audience_of_each_step(step: str, about: Situation, holds: bool) -> None:
    assert matches(CADENCE, CADENCE.step(step), about) is holds


@pytest.mark.parametrize(
    ("step", "anchor", "runs"),
    [
        ("due_today", date(2026, 11, 29), date(2026, 11, 28)),  # Sunday: the Saturday before
        ("due_today", date(2026, 11, 16), date(2026, 11, 14)),  # holiday on Monday: the Saturday before
        ("overdue_1", date(2026, 11, 28), date(2026, 11, 30)),  # Sunday: the Monday after
        ("promise_today", date(2026, 11, 29), None),
        ("due_today", date(2026, 11, 25), date(2026, 11, 25)),
    ],
)
def test_a_step_on_a_closed_day_moves_as_it_says(step: str, anchor: date, runs: date | None) -> None:
    assert step_date(CADENCE.step(step), anchor, open_in_mexico) == runs


def test_a_due_date_on_a_closed_day_is_not_called_today() -> None:
    step, sunday = CADENCE.step("due_today"), date(2026, 11, 29)
    assert phrase_key(step, sunday, date(2026, 11, 28)) == "reminder.before"
    assert phrase_key(step, date(2026, 11, 25), date(2026, 11, 25)) == "reminder.due_today"


def test_planning_asks_for_every_anchor_date_whose_step_runs_today() -> None:
    due_today, overdue = CADENCE.step("due_today"), CADENCE.step("overdue_1")
    saturday, monday = date(2026, 11, 28), date(2026, 11, 30)
    assert anchor_dates(due_today, saturday, open_in_mexico) == (saturday, date(2026, 11, 29))
    assert anchor_dates(overdue, monday, open_in_mexico) == (date(2026, 11, 28), date(2026, 11, 29))
    assert anchor_dates(due_today, date(2026, 11, 29), open_in_mexico) == ()
    assert anchor_dates(due_today, monday) == (monday,)


def test_every_anchor_date_is_planned_exactly_once_over_a_year() -> None:
    for step in CADENCE.steps:
        ran = [
            anchor
            for n in range(-40, 420)
            for anchor in anchor_dates(step, date(2026, 2, 1) + timedelta(days=n), open_in_mexico)
        ]
        assert len(ran) == len(set(ran))
        skipped = {date(2026, 2, 1) + timedelta(days=n) for n in range(330)} - set(ran)
        assert all(step_date(step, day, open_in_mexico) is None for day in skipped)


def test_a_local_time_keeps_its_hour_over_a_clock_change() -> None:
    santiago = ZoneInfo("America/Santiago")
    step = CADENCE.step("due_today")
    starts = [step_instant(step, date(2026, 9, day), santiago) for day in (4, 8)]
    assert [at.hour for at in starts if at] == [14, 13]


def test_thanks_for_a_payment_go_at_once() -> None:
    now = datetime(2026, 11, 25, 3, tzinfo=UTC)
    step = CADENCE.step("payment_thanks")
    assert step_instant(step, date(2026, 11, 24), MEXICO, now=now) == now


def test_a_loan_through_the_whole_default_cadence_breaks_no_cap() -> None:
    """Unpaid from three days before to thirty days after: all steps of MX go out, none is denied by a cap."""
    due = date(2026, 10, 7)
    sent: list[Attempt] = []
    for step in sorted((s for s in CADENCE.steps if s.anchor == "due_date"), key=lambda s: s.offset_days):
        at = step_instant(step, due, MEXICO, open_in_mexico)
        assert at is not None
        facts = Facts("MX", MEXICO.key, "sms", step.kind, True, attempts=tuple(sent))
        assert decide(facts, POLICY, at).verdict == "send", step.id
        sent.append(Attempt(at, "sms", step.kind))
    assert len(sent) == 7


def broken(index: int, **fields: Any) -> dict[str, Any]:
    raw: dict[str, Any] = json.loads(SHIPPED.read_text(encoding="utf-8"))
    raw["steps"][index] |= fields
    return raw


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"at": "21:00"}, ["'due_today'", "at", "21:00", "08:00"]),
        ({"at": "10"}, ["'due_today'", "HH:MM"]),
        ({"at": None}, ["'due_today'", "payments only"]),
        ({"channels": ["sms", "sms"]}, ["channels", "once"]),
        ({"channels": ["fax"]}, ["channels", "fax"]),
        ({"chanels": "preferred"}, ["chanels", "unknown field"]),
        ({"offset_days": 500}, ["offset_days", "500"]),
        ({"audience": {"min_dpd": 9, "max_dpd": 3}}, ["audience", "min_dpd is above max_dpd"]),
        ({"audience": {"max_dpd": 90}}, ["audience.max_dpd = 90", "60"]),
        ({"id": "before_due_3"}, ["before_due_3", "used twice"]),
        ({"kind": "threat"}, ["kind", "threat"]),
        ({"anchor": "promise_date"}, ["promise_reminder"]),
        ({"valid_for_hours": 0}, ["valid_for_hours", "0"]),
    ],
)
def test_a_wrong_step_is_refused_with_step_field_value_and_fix(fields: dict[str, Any], words: list[str]) -> None:
    with pytest.raises(CadenceError) as refused:
        load(broken(1, **fields))
    assert all(word in str(refused.value) for word in words), str(refused.value)


def test_a_cadence_that_is_no_json_is_refused() -> None:
    with pytest.raises(CadenceError, match="not JSON"):
        load("[")
