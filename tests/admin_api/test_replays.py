"""The last days run again through the API: through a draft's texts and through proposed limits, in words."""

from datetime import timedelta

import pytest

from desk.access import Role
from loans import promises
from loans.tables import Loan
from outreach import cadence
from outreach.tables import FlowVersion
from store.engine import transaction
from tests.admin_api.door import START, Door, Person, sign_in
from tests.admin_api.portfolio import TODAY, a_lender, a_loan, a_person
from tests.outreach import foreseen

LIMITS = {"valid_from": "2026-11-20", "content": {"assistant": {"promise_max_days": 3}}}
OWN = "Buen día, {name}: {amount} vence hoy. Gracias, {lender}."


@pytest.fixture
def admin(door: Door) -> Person:
    """One promise in the chat, for seven days ahead; and a draft with words of its own."""
    with transaction(door.engine) as session:
        a_lender(session)
        borrower, _ = a_person(session, 1, "Ana Núñez", "Puebla", "+522221234567")
        loan = session.get_one(Loan, a_loan(session, borrower, 1))
        due = TODAY + timedelta(days=7)
        promises.record(session, loan=loan, amount=90_00, due=due, now=START, today=TODAY, turn_id="turn-1")
        content = cadence.canonical(cadence.load())
        for step in content["steps"]:
            if step["id"] == "due_today":
                step["texts"] = {"es": {"default": OWN}}
        session.add(FlowVersion(flow_id=1, number=2, state="draft", content=content, created_at=START))
    door.clock.at = START + timedelta(hours=1)
    return sign_in(door, Role.ADMIN)


def proposed(admin: Person) -> str:
    answer = admin.post("/limits/versions", LIMITS)
    assert answer.status_code == 201, answer.text
    return f"/limits/versions/{answer.json()['id']}/replay"


def test_a_promise_that_the_limits_would_refuse_is_told_in_words(admin: Person) -> None:
    shown = admin.get(proposed(admin)).json()
    assert {name: shown[name] for name in ("looked_at", "unlike", "left_out", "changed", "counts")} == {
        "looked_at": 1,
        "unlike": 0,
        "left_out": 0,
        "changed": 1,
        "counts": {"refused": 1},
    }
    (item,) = shown["items"]
    assert (item["turn_id"], item["on"], item["what"]) == ("turn-1", "2026-11-18", "refused")
    assert item["before"].startswith("Prometido: $90.00 el ")
    assert item["after"].startswith("No se acepta: fecha muy lejana")
    admin.write("PATCH", "/session", {"language": "en"})
    assert admin.get(proposed(admin)).json()["items"][0]["before"].startswith("Promised: $90.00 on ")


def test_reminders_are_said_again_in_the_drafts_words(door: Door, admin: Person) -> None:
    with transaction(door.engine) as session:
        borrower, _ = a_person(session, 2, "Benito Ríos", "Puebla", "+522221234568")
        a_loan(session, borrower, 2, TODAY)
    foreseen.lived(door.engine, START, 1)
    door.clock.at = START + timedelta(days=1)
    shown = admin.get("/flows/1/versions/2/replay", days=3).json()
    (item,) = [each for each in shown["items"] if each["step"] == "due_today"]
    assert "vence hoy. Gracias, Crédito Amigo" in item["after"]
    assert "Benito" not in item["before"] + item["after"]
    assert item["answered"] is False
    assert {"step": "due_today", "sent": 1, "answered": 0} in shown["steps"]
    assert shown["looked_at"] == sum(each["sent"] for each in shown["steps"])


def test_who_is_bound_to_a_branch_does_not_see_it(door: Door, admin: Person) -> None:
    bound = sign_in(door, Role.SUPERVISOR, branches=("Puebla",))
    for path in (proposed(admin), "/flows/1/versions/2/replay"):
        assert bound.get(path).status_code == 403
        assert sign_in(door, Role.COLLECTOR).get(path).status_code == 403
    assert admin.get("/limits/versions/99/replay").status_code == 404
    assert admin.get(proposed(admin), days=0).status_code == 422
