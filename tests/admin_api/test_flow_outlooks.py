"""A draft's coming days, asked for through the API: begun, looked at until done, replaced, refused when too many."""

import time
from typing import Any

import pytest
from sqlmodel import Session

from desk.access import Role
from insight import outlook_runs
from insight.outlook_runs import SILENT, Means
from insight.tables import Outlook
from outreach import cadence
from outreach.tables import FlowVersion
from store.engine import transaction
from tests.admin_api.door import CHANNELS, START, Door, Person, sign_in
from tests.admin_api.portfolio import TODAY, a_lender, a_loan, a_person

FORECAST = "/flows/1/versions/2/forecast"


@pytest.fixture
def admin(door: Door) -> Person:
    """Two borrowers whose payment is due today, and a draft that only speaks on that day."""
    with Session(door.engine) as session:
        a_lender(session)
        for number in (1, 2):
            borrower, _ = a_person(session, number, "Ana Núñez", "Puebla", f"+5222212345{number:02}")
            a_loan(session, borrower, number, TODAY)
        content = cadence.canonical(cadence.load())
        content["steps"] = [each for each in content["steps"] if each["id"] == "due_today"]
        for number in (2, 3, 4):
            session.add(FlowVersion(flow_id=1, number=number, state="draft", content=content, created_at=START))
        session.commit()
    return sign_in(door, Role.ADMIN)


def done(person: Person, path: str = FORECAST) -> dict[str, Any]:
    for _ in range(600):
        shown: dict[str, Any] = person.get(path).json()
        if shown["state"] != "running":
            return shown
        time.sleep(0.1)
    raise AssertionError("the forecast was not done within a minute")


def test_a_draft_is_forecast_beside_what_is_published(admin: Person) -> None:
    assert admin.get(FORECAST).status_code == 404
    begun = admin.post(FORECAST, {"days": 5})
    assert begun.status_code == 202, begun.text
    assert (begun.json()["state"], begun.json()["plans"]) == ("running", None)
    shown = done(admin)
    assert (shown["state"], shown["done"], shown["total"]) == ("done", 2, 2)
    published, draft = shown["plans"]
    assert (published["name"], draft["name"]) == ("published", "draft")
    assert published["messages"] > draft["messages"] == 2
    assert {row["value"] for row in draft["by"]["step"]} == {"due_today"}
    assert draft["samples"][0]["text"].startswith("Hola")


def test_a_new_one_takes_the_place_of_the_earlier(door: Door, admin: Person) -> None:
    with transaction(door.engine) as session:
        first = outlook_runs.ask(session, 2, 5, by="staff:1", now=START, real=START)
    assert admin.post(FORECAST, {"days": 3}).status_code == 202
    outlook_runs.work(door.engine, 2, first.run, Means(CHANNELS, {}, door.wall))  # finds that nobody waits for it
    assert done(admin)["days"] == 3


def test_a_draft_that_was_forecast_can_be_thrown_away(door: Door, admin: Person) -> None:
    with transaction(door.engine) as session:
        outlook_runs.ask(session, 2, 5, by="staff:1", now=START, real=START)
    path = "/flows/1/versions/2"
    gone = admin.write("DELETE", path, **{"If-Match": admin.get(path).headers["etag"]})
    assert gone.status_code == 204, gone.text
    with Session(door.engine) as session:
        assert session.get(Outlook, 2) is None


def test_two_are_worked_on_at_a_time(door: Door, admin: Person) -> None:
    with transaction(door.engine) as session:
        for version in (3, 4):
            outlook_runs.ask(session, version, 5, by="staff:1", now=START, real=START)
    refused = admin.post(FORECAST, {})
    assert (refused.status_code, refused.json()["code"]) == (409, "forecasts_busy")
    door.wall.at = START + 2 * SILENT  # whoever worked on them has died
    assert admin.get("/flows/1/versions/3/forecast").json()["state"] == "failed"
    assert admin.post(FORECAST, {}).status_code == 202
    assert done(admin)["state"] == "done"


def test_what_names_borrowers_is_encrypted(door: Door, admin: Person) -> None:
    admin.post(FORECAST, {})
    done(admin)
    with door.engine.connect() as connection:
        stored = connection.exec_driver_sql("SELECT result FROM outlook").scalar_one()
    assert b"Ana" not in bytes(stored)
    with transaction(door.engine) as session:
        assert "Ana" in (session.get_one(Outlook, 2).result or "")


def test_who_sees_one_branch_asks_for_none(door: Door, admin: Person) -> None:
    bound = sign_in(door, Role.ADMIN, ("Puebla",))
    assert bound.post(FORECAST, {}).status_code == 403
    assert bound.get(FORECAST).status_code == 403
