"""What is foreseen is what comes: message for message, as the clock and the outbox send it."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col, select

from outreach import cadence, flows, holds, planning
from outreach.cadence import Cadence
from outreach.tables import Flow, FlowVersion, Message
from store.engine import transaction
from store.ids import id_of
from tests.outreach import foreseen
from tests.outreach.portfolio import CHANNELS, TODAY, a_lender, a_loan, a_person, at

MORNING = at(9)


def rich() -> dict[str, Any]:
    """A cadence with what the shipped one lacks: a spread, amounts, plan payments, promises found broken, arms."""
    content = cadence.load().model_dump(mode="json", exclude_defaults=True)
    for step in content["steps"]:
        if step.get("at"):
            step["at"] = step["at"][:5]
    content["format"] = "cadence/2"
    content["experiment"] = {"salt": "words", "hold_out": 10, "arms": [{"name": "a", "share": 100}]}
    plain = {"at": "11:00", "channels": "preferred", "valid_for_hours": 30, "on_closed_day": "after", "priority": 12}
    content["steps"] += [
        {**plain, "id": "found_broken", "kind": "promise_followup", "anchor": "broken_promise", "offset_days": 1,
         "phrase": "promise.broken"},
        {**plain, "id": "plan_day", "kind": "plan_reminder", "anchor": "plan_payment", "offset_days": 0,
         "phrase": "promise.reminder_today", "spread_minutes": 90},
        {**plain, "id": "owes_much", "kind": "reminder", "anchor": "due_date", "offset_days": 2,
         "phrase": "reminder.overdue_4", "audience": {"min_overdue": 80000, "currency": "MXN", "min_dpd": 1},
         "stop_on": ["partial_payment"], "channels": ["whatsapp", "sms"], "fall_back": True},
    ]  # fmt: skip
    return content


def follow(session: Session, content: dict[str, Any]) -> Cadence:
    """Puts it in the place of the shipped one."""
    version = session.exec(select(FlowVersion).join(Flow, col(Flow.id) == FlowVersion.flow_id)).one()
    version.content = content
    session.add(version)
    return cadence.load(content)


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
def test_three_hundred_loans_get_in_a_month_what_was_foreseen(engine: sa.Engine) -> None:
    _compare(engine, borrowers=200, days=30, seed=1)


@pytest.mark.parametrize("seed", [2, 3])
def test_steps_of_every_kind_come_as_foreseen(engine: sa.Engine, seed: int) -> None:
    _compare(engine, borrowers=40, days=9, seed=seed, content=rich())


def _compare(engine: sa.Engine, *, borrowers: int, days: int, seed: int, content: dict[str, Any] | None = None) -> None:
    with transaction(engine) as session:
        foreseen.fill(session, borrowers, seed, MORNING)
        if content is not None:
            follow(session, content)
    before = foreseen.as_sent(foreseen.foreseen(engine, MORNING, days))
    assert foreseen.as_sent(foreseen.foreseen(engine, MORNING, days, every_hour=True)) == before
    foreseen.lived(engine, MORNING, days)
    assert before == foreseen.sent(engine, MORNING)
    assert len(before) > borrowers // 4


def test_what_waits_already_is_foreseen_too(engine: sa.Engine) -> None:
    with transaction(engine) as session:
        a_lender(session)
        for _ in range(3):
            a_loan(session, a_person(session), TODAY)
        planning.plan(session, at(8), CHANNELS)
    start = at(9)
    before = foreseen.as_sent(foreseen.foreseen(engine, start, 2))
    foreseen.lived(engine, start, 2)
    assert before == foreseen.sent(engine, start)
    assert len(before) == 6


def test_a_forecast_writes_nothing(engine: sa.Engine) -> None:
    with transaction(engine) as session:
        a_lender(session)
        a_loan(session, a_person(session), TODAY)
    foreseen.foreseen(engine, MORNING, 30)
    with transaction(engine) as session:
        assert session.exec(select(Message.id)).all() == []


def test_a_hold_that_ends_during_a_day_frees_that_day(engine: sa.Engine) -> None:
    ends: datetime = at(7)
    with transaction(engine) as session:
        a_lender(session)
        loan = a_loan(session, a_person(session), TODAY)
        holds.place(session, "dispute", now=at(0), loan_id=id_of(loan), until=ends)
    assert [each.step for each in foreseen.foreseen(engine, at(1), 1)] == ["due_today"]
    with transaction(engine) as session:
        session.connection().execute(sa.text("UPDATE hold SET until_at = NULL"))
    assert foreseen.foreseen(engine, at(1), 1) == []


def test_a_message_moves_a_later_one(engine: sa.Engine) -> None:
    """Yesterday's went in the evening: today's waits until twenty hours are over."""
    with transaction(engine) as session:
        a_lender(session)
        person = a_person(session)
        a_loan(session, person, TODAY, instalments=1)
    sent = foreseen.foreseen(engine, at(17), 2)
    assert [(each.step, each.send_after) for each in sent] == [
        ("due_today", at(17)),
        ("overdue_1", at(13) + timedelta(days=1)),
    ]


def test_nobody_is_foreseen_where_no_flow_is_followed(engine: sa.Engine) -> None:
    with transaction(engine) as session:
        a_lender(session)
        for flow in session.exec(select(Flow)):
            flow.active = False
        assert flows.current(session) is None
