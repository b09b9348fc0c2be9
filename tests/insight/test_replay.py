"""What was sent is said again in a draft's words: only what changes is told, and nobody's name."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import Session

from insight import replay
from outreach import cadence, planning
from store.engine import transaction
from tests.outreach import foreseen
from tests.outreach.portfolio import CHANNELS, TODAY, a_lender, a_loan, a_person, at

MORNING = at(9)
OWN = "Buen día, {name}: {amount} vence hoy. Gracias, {lender}."


@pytest.fixture
def sent(engine: sa.Engine) -> sa.Engine:
    """Two reminders on the due date, one of them to an address that nobody has confirmed, and one overdue."""
    with transaction(engine) as session:
        a_lender(session)
        a_loan(session, a_person(session), TODAY)
        a_loan(session, a_person(session, known=False), TODAY)
        a_loan(session, a_person(session), TODAY - timedelta(days=4), instalments=1)
    foreseen.lived(engine, MORNING, 1)
    return engine


def draft(change: Any) -> cadence.Cadence:
    content = cadence.canonical(cadence.load())
    content["steps"] = change(content["steps"])
    return cadence.load(content)


def read(engine: sa.Engine, content: cadence.Cadence) -> list[replay.Changed]:
    with Session(engine) as session:
        assert replay.counted(session, MORNING) == 3
        return list(replay.changed(session, content, MORNING))


def test_the_same_cadence_changes_nothing(sent: sa.Engine) -> None:
    assert read(sent, cadence.load()) == []


def test_own_words_are_shown_beside_what_was_said(sent: sa.Engine) -> None:
    texts = {"es": {"default": OWN}}
    (found,) = read(
        sent, draft(lambda steps: [each | ({"texts": texts} if each["id"] == "due_today" else {}) for each in steps])
    )
    assert (found.step, found.what) == ("due_today", "text_changed")
    assert found.after is not None
    assert "vence hoy. Gracias, Crédito Amigo" in found.after
    assert "500.00" in found.before
    assert "500.00" in found.after
    assert "Ana" not in found.before + found.after


def test_a_step_that_is_gone_is_told_for_whomever_it_wrote_to(sent: sa.Engine) -> None:
    found = read(sent, draft(lambda steps: [each for each in steps if each["id"] != "due_today"]))
    assert [(each.what, each.after) for each in found] == [("step_gone", None)] * 2


def test_what_was_only_planned_is_not_told(engine: sa.Engine) -> None:
    with transaction(engine) as session:
        a_lender(session)
        a_loan(session, a_person(session), TODAY)
        planning.plan(session, MORNING, CHANNELS)
    with Session(engine) as session:
        assert replay.counted(session, MORNING) == 0
