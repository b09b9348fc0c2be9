"""Limits by product and segment through the API, and that people are held to their own."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session, select

from desk.access import Role
from loans.limits import Limits
from loans.tables import Loan
from tests.admin_api.door import Door, Person, sign_in
from tests.admin_api.portfolio import Held, two_branches

TOMORROW, CONTENT = "2026-11-19", {
    "assistant": {"promise_max_days": 5},
    "collector": {"promise_max_days": 10, "promise_max_open": 2, "plan_max_payments": 2, "plan_max_in_12m": 3},
    "supervisor": {"promise_max_days": 30},
}  # fmt: skip


@pytest.fixture
def ana(door: Door) -> Held:
    return two_branches(door)[0]


@pytest.fixture
def admin(door: Door, ana: Held) -> Person:
    return sign_in(door, Role.ADMIN)


def given(**more: Any) -> dict[str, Any]:
    return {"product": "", "segment": "", "valid_from": TOMORROW, "content": CONTENT} | more


def put_in_force(door: Door, admin: Person) -> None:
    proposed = admin.post("/limits/versions", given())
    assert proposed.status_code == 201, proposed.text
    approved = admin.post(f"/limits/versions/{proposed.json()['id']}/approval")
    assert approved.status_code == 201, approved.text
    door.clock.at += timedelta(days=1)


def test_limits_hold_from_their_day_once_approved(door: Door, admin: Person) -> None:
    assert admin.get("/limits").json() == {"limits": None}
    put_in_force(door, admin)
    shown = admin.get("/limits", product="any", segment="gold").json()["limits"]
    assert shown["content"]["assistant"]["promise_max_days"] == 5
    assert admin.get("/limits/versions").json()["items"] == [shown]
    trail = admin.get("/audit", subject=f"limits:{shown['id']}").json()["items"]
    assert [each["action"] for each in trail] == ["limits_approved", "limits_proposed"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"valid_from": "2026-11-18"}, "valid_from"),
        ({"content": {"assistant": {"promise_max_days": 999}}}, "content.assistant.promise_max_days"),
        ({"content": {"assistant": {"promise_days": 9}}}, "content.assistant.promise_days"),
        (
            {"content": {"assistant": {"plan_max_payments": 9}, "collector": {"plan_max_payments": 3}}},
            "content.collector.plan_max_payments",
        ),
    ],
)
def test_wrong_limits_are_refused(admin: Person, change: dict[str, Any], field: str) -> None:
    refused = admin.post("/limits/versions", given(**change))
    assert refused.status_code == 422
    (fault,) = refused.json()["errors"]
    assert (fault["field"], bool(fault["fix"])) == (field, True)


def test_what_limits_begin_from_is_told(door: Door, admin: Person) -> None:
    policy = admin.get("/policies/negotiation").json()["content"]
    told = admin.get("/limits/choices").json()
    with Session(door.engine) as session:
        products = sorted({each for each in session.exec(select(Loan.product)) if each})
    assert (told["products"], told["second_person"]) == (products, False)
    assert told["policy"].keys() == Limits.model_fields.keys()
    assert told["policy"]["plan_max_payments"] == policy["plan"]["max_instalments"]
    assert told["policy"]["promise_max_days"] == max(policy["promise"]["max_days_ahead"].values())


def test_with_a_second_person_nobody_approves_their_own(door: Door, admin: Person) -> None:
    door.app.state.context = replace(door.app.state.context, second_person=True)
    number = admin.post("/limits/versions", given()).json()["id"]
    assert admin.post(f"/limits/versions/{number}/approval").json()["errors"][0]["field"] == "proposed_by"
    other = sign_in(door, Role.SUPERVISOR)
    assert other.post(f"/limits/versions/{number}/approval").json()["approved_by"] == f"staff:{other.id}"


def a_promise(days: int) -> Callable[[Held], tuple[str, dict[str, Any]]]:
    return lambda held: (f"/loans/{held.loan}/promises", {"amount": 20_00, "due": f"2026-11-{19 + days}"})


def a_plan(payments: int) -> Callable[[Held], tuple[str, dict[str, Any]]]:
    parts = [{"due": f"2026-11-{20 + n}", "amount": 10_00} for n in range(payments)]
    return lambda held: (f"/loans/{held.loan}/plans", {"payments": parts})


@pytest.mark.parametrize(
    ("role", "agreement", "field"),
    [
        (Role.COLLECTOR, a_promise(10), None),
        (Role.COLLECTOR, a_promise(11), "due"),
        (Role.SUPERVISOR, a_promise(11), None),
        (Role.COLLECTOR, a_plan(2), None),
        (Role.COLLECTOR, a_plan(3), "payments"),
        (Role.SUPERVISOR, a_plan(3), None),
    ],
)
def test_a_person_agrees_within_their_own_limits(
    door: Door, admin: Person, ana: Held, role: Role, agreement: Any, field: str | None
) -> None:
    put_in_force(door, admin)
    answer = sign_in(door, role).post(*agreement(ana))
    assert answer.status_code == (201 if field is None else 422), answer.text
    if field is not None:
        assert [each["field"] for each in answer.json()["errors"]] == [field]
        assert "supervisor" in answer.json()["errors"][0]["fix"]
