"""The coming days in figures: the parts add up, a draft stands beside what is published, prices make costs."""

from typing import Any

import pytest
import sqlalchemy as sa

from insight import outlook
from outreach import cadence
from outreach.cadence import Cadence
from store.engine import transaction
from tests.outreach import foreseen
from tests.outreach.portfolio import CHANNELS, TODAY, a_lender, a_loan, a_person, at

MORNING = at(9)
PRICES = {"sms:MX": "0.955", "whatsapp": "0.2"}


def quieter() -> Cadence:
    """The shipped cadence without what follows a due date."""
    content = cadence.canonical(cadence.load())
    content["steps"] = [each for each in content["steps"] if not each["id"].startswith("overdue")]
    return cadence.load(content)


def look(engine: sa.Engine, **more: Any) -> dict[str, Any]:
    return outlook.look_ahead(engine, MORNING, 12, enabled=CHANNELS, **more)


def test_figures_count_each_message_once(engine: sa.Engine) -> None:
    with transaction(engine) as session:
        foreseen.fill(session, 40, 5, MORNING)
    told: list[tuple[int, int]] = []
    found = look(engine, prices=PRICES, progress=lambda done, total: told.append((done, total)))
    (plan,) = found["plans"]
    assert told[-1] == (40, 40)
    assert plan["messages"] == len(foreseen.foreseen(engine, MORNING, 12)) > 0
    for rows in plan["by"].values():
        assert sum(row["messages"] for row in rows) == plan["messages"]
        assert sum(row["segments"] for row in rows) == plan["segments"]
    assert plan["borrowers_written_to"] + plan["borrowers_left_alone"] == 40
    assert sum(plan["left_alone_because"].values()) == plan["borrowers_left_alone"]
    costs = {row["value"]: row["cost"] for row in plan["by"]["channel"]}
    assert costs["telegram"] is None  # no price is known
    assert plan["cost"] == costs["sms"] + costs["whatsapp"]
    assert all(each["text"] for each in plan["samples"])


def test_a_draft_is_counted_beside_what_is_published(engine: sa.Engine) -> None:
    with transaction(engine) as session:
        foreseen.fill(session, 20, 6, MORNING)
    published, draft = look(engine, draft=quieter())["plans"]
    assert (published["name"], draft["name"]) == ("published", "draft")
    assert 0 < draft["messages"] < published["messages"]
    assert published == look(engine)["plans"][0]


def test_a_sample_has_the_longest_name(engine: sa.Engine) -> None:
    with transaction(engine) as session:
        a_lender(session)
        for name in ("Ana", "María de los Ángeles Guadalupe", "Luis"):
            person = a_person(session)
            person.borrower.given_name = name
            a_loan(session, person, TODAY, instalments=1)
    samples = {each["step"]: each["text"] for each in look(engine)["plans"][0]["samples"]}
    assert "Maria de los Angeles Guadalupe" in samples["due_today"]
    assert "Maria de los Angeles Guadalupe" in samples["overdue_4"]


@pytest.mark.parametrize("processes", [2])
def test_several_processes_count_what_one_counts(
    engine: sa.Engine, monkeypatch: pytest.MonkeyPatch, processes: int
) -> None:
    with transaction(engine) as session:
        foreseen.fill(session, 24, 7, MORNING)
    whole = look(engine)
    monkeypatch.setattr(outlook, "PART", 7)
    assert look(engine, processes=processes) == whole
