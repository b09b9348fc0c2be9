"""Promises, plans and holds that staff take down."""

from typing import Any

import pytest

from desk.access import Role
from tests.admin_api.door import Door, Person, sign_in
from tests.admin_api.portfolio import Held, two_branches


@pytest.fixture
def ana(door: Door) -> Held:
    return two_branches(door)[0]


@pytest.fixture
def luz(door: Door) -> Person:
    return sign_in(door, Role.COLLECTOR, ("Puebla",))


def test_a_promise_is_kept_in_mind_and_can_be_cancelled(luz: Person, ana: Held) -> None:
    made = luz.post(f"/loans/{ana.loan}/promises", {"amount": 60_00, "due": "2026-11-18"}).json()
    assert (made["state"], made["made_by"]) == ("open", f"staff:{luz.id}")
    listed = luz.get(f"/loans/{ana.loan}/promises").json()["items"]
    assert [each["id"] for each in listed] == [made["id"], ana.promise]
    assert luz.post(f"/promises/{made['id']}/cancel").json()["state"] == "cancelled"
    assert luz.post(f"/promises/{made['id']}/cancel").json()["state"] == "cancelled"
    window = luz.get("/promises", state="open", due_from="2026-11-25", due_to="2026-11-25").json()["items"]
    assert [each["id"] for each in window] == [ana.promise]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"amount": 60_00, "due": "2026-11-17"}, "due"),
        ({"amount": 390_01, "due": "2026-11-20"}, "amount"),
        ({"amount": 0, "due": "2026-11-20"}, "amount"),
        ({"amount": 60_00, "due": "9999-12-31"}, "due"),
        ({"amount": 60_00, "due": "tomorrow"}, "due"),
    ],
)
def test_what_no_promise_may_be(luz: Person, ana: Held, given: dict[str, Any], field: str) -> None:
    refused = luz.post(f"/loans/{ana.loan}/promises", given)
    assert refused.status_code == 422
    assert [each["field"] for each in refused.json()["errors"]] == [field]


def test_nothing_is_promised_for_a_loan_that_is_paid_off(luz: Person, ana: Held) -> None:
    luz.post(f"/loans/{ana.loan}/payments", {"amount": 390_00, "currency": "MXN", "value_date": "2026-11-18"})
    refused = luz.post(f"/loans/{ana.loan}/promises", {"amount": 1, "due": "2026-11-20"})
    assert refused.json()["errors"][0]["message"] == "ya está liquidado"


def test_a_plan_holds_its_payments_by_day(luz: Person, ana: Held) -> None:
    parts = [{"due": "2026-12-04", "amount": 30_00}, {"due": "2026-11-20", "amount": 40_00}]
    made = luz.post(f"/loans/{ana.loan}/plans", {"payments": parts}).json()
    assert [(each["due"], each["amount"]) for each in made["payments"]] == [("2026-11-20", 4000), ("2026-12-04", 3000)]
    cancelled = luz.post(f"/plans/{made['id']}/cancel").json()
    assert {cancelled["state"], *(each["state"] for each in cancelled["payments"])} == {"cancelled"}
    assert [each["id"] for each in luz.get(f"/loans/{ana.loan}/plans").json()["items"]] == [ana.plan, made["id"]]


@pytest.mark.parametrize(
    ("parts", "field"),
    [
        ([], "payments"),
        ([{"due": "2026-11-17", "amount": 1}], "due"),
        ([{"due": "2026-11-20", "amount": 390_00}, {"due": "2026-11-27", "amount": 1}], "payments"),
        ([{"due": "2026-11-20", "amount": -1}], "payments.0.amount"),
    ],
)
def test_what_no_plan_may_be(luz: Person, ana: Held, parts: list[dict[str, Any]], field: str) -> None:
    refused = luz.post(f"/loans/{ana.loan}/plans", {"payments": parts})
    assert refused.status_code == 422
    assert [each["field"] for each in refused.json()["errors"]] == [field]


def test_a_hold_stops_messages_until_it_is_lifted(luz: Person, ana: Held) -> None:
    given = {
        "event": "hardship",
        "borrower_id": ana.borrower,
        "note": "Lost her stall",
        "until": "2026-12-01T12:00:00Z",
    }
    placed = luz.post("/holds", given).json()
    assert placed["note"] == "Lost her stall"
    longer = luz.post("/holds", given | {"until": "2026-12-09T12:00:00Z"}).json()
    assert (longer["id"], longer["until_at"][:10]) == (placed["id"], "2026-12-09")
    assert {each["id"] for each in luz.get(f"/borrowers/{ana.borrower}").json()["holds"]} == {placed["id"], ana.hold}
    assert luz.post(f"/holds/{placed['id']}/lift").json()["lifted_by"] == f"staff:{luz.id}"
    assert [each["id"] for each in luz.get("/holds", borrower_id=ana.borrower).json()["items"]] == [ana.hold]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"loan_id": 1}, "borrower_id"),
        ({"borrower_id": None}, "borrower_id"),
        ({"event": "holiday"}, "event"),
        ({"until": "2026-11-18T15:00:00Z"}, "until"),
        ({"until": "2026-12-01T12:00:00"}, "until"),
        ({"note": "a\0b"}, "note"),
    ],
)
def test_what_no_hold_may_be(luz: Person, ana: Held, change: dict[str, Any], field: str) -> None:
    refused = luz.post("/holds", {"event": "hardship", "borrower_id": ana.borrower} | change)
    assert refused.status_code == 422
    assert [each["field"] for each in refused.json()["errors"]] == [field]
