"""Another branch's rows answer as if they were not there, at every route of the portfolio."""

from typing import Any

import pytest
from fastapi.routing import APIRoute

from admin_api import addresses, borrowers, charges, contacts, holds, loans, payments, plans, promises
from desk.access import Role
from tests.admin_api.door import Door, sign_in
from tests.admin_api.portfolio import two_branches

BODIES: dict[str, dict[str, Any]] = {
    "/loans": {
        "external_id": "P-9",
        "currency": "MXN",
        "principal": 100_00,
        "annual_rate": "36",
        "method": "flat",
        "frequency": "weekly",
        "disbursed_on": "2026-11-02",
        "instalments": 2,
    },
    "/borrowers/{borrower_id}/addresses": {"channel": "sms", "value": "2227654321"},
    "/addresses/{address_id}/consent": {"given": True, "evidence": "told so"},
    "/loans/{loan_id}/payments": {"amount": 100, "currency": "MXN", "value_date": "2026-11-18"},
    "/loans/{loan_id}/charges": {"component": "fee", "due": "2026-11-18", "amount": 100, "rule": "x"},
    "/loans/{loan_id}/promises": {"amount": 100, "due": "2026-11-20"},
    "/loans/{loan_id}/plans": {"payments": [{"amount": 100, "due": "2026-11-20"}]},
    "/payments/{payment_id}/reversal": {"reason": "bounced"},
}
RESOURCES = (addresses, borrowers, charges, contacts, holds, loans, payments, plans, promises)
ROUTES = sorted(
    (method, route.path)
    for each in RESOURCES
    for route in each.router.routes
    if isinstance(route, APIRoute)
    for method in route.methods or ()
    if "{" in route.path
)


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_another_branch_is_not_there(door: Door, method: str, path: str) -> None:
    ours, theirs = two_branches(door)
    boss = sign_in(door, Role.ADMIN, ("Puebla",))

    def ask(path: str, ids: dict[str, object]) -> int:
        filled = path
        for name, value in ids.items():
            filled = filled.replace(f"{{{name}}}", str(value))
        if method == "GET":
            return boss.get(filled).status_code
        return boss.write(method, filled, BODIES.get(path, {})).status_code

    names = ("borrower", "address", "loan", "payment", "promise", "plan", "hold")
    assert ask(path, {f"{each}_id": getattr(theirs, each) for each in names}) == 404
    assert ask(path, {f"{each}_id": 2**63 for each in names}) == 404
    assert ask(path, {f"{each}_id": 987_654 for each in names}) == 404
    assert ask(path, {f"{each}_id": getattr(ours, each) for each in names}) in {200, 201, 428}


def test_lists_hold_only_ones_own_branches(door: Door) -> None:
    ours, theirs = two_branches(door)
    boss = sign_in(door, Role.ADMIN, ("Puebla",))
    assert [each["id"] for each in boss.get("/borrowers").json()["items"]] == [ours.borrower]
    assert boss.get("/borrowers", q="Benito").json()["items"] == []
    assert boss.get("/borrowers", q="+527221234567").json()["items"] == []
    assert [each["id"] for each in boss.get("/loans").json()["items"]] == [ours.loan]
    assert [each["id"] for each in boss.get("/promises").json()["items"]] == [ours.promise]
    assert [each["id"] for each in boss.get("/holds").json()["items"]] == [ours.hold]
    assert boss.get("/loans", borrower_id=theirs.borrower).status_code == 404
    assert boss.get("/holds", borrower_id=theirs.borrower).status_code == 404


def test_nothing_is_entered_into_another_branch(door: Door) -> None:
    _, theirs = two_branches(door)
    boss = sign_in(door, Role.ADMIN, ("Puebla",))
    refused = boss.post("/borrowers", {"external_id": "C-9", "full_name": "Eva Paz", "branch": "Toluca"})
    assert refused.json()["errors"][0]["field"] == "branch"
    assert boss.post("/loans", BODIES["/loans"] | {"borrower_id": theirs.borrower}).status_code == 404
    for scope in ("borrower", "loan", "address"):
        body = {"event": "hardship", f"{scope}_id": getattr(theirs, scope)}
        assert boss.post("/holds", body).status_code == 404


def test_a_shared_phone_shows_each_branch_its_own_borrower_only(door: Door) -> None:
    ours, theirs = two_branches(door)
    everywhere, boss = sign_in(door, Role.ADMIN), sign_in(door, Role.ADMIN, ("Puebla",))
    added = everywhere.post(f"/borrowers/{theirs.borrower}/addresses", {"channel": "whatsapp", "value": "2221234567"})
    assert added.json()["shared"] is True
    assert boss.get(f"/addresses/{ours.address}").json()["borrower_id"] == ours.borrower
    assert boss.get(f"/addresses/{ours.address}", borrower_id=theirs.borrower).status_code == 404


@pytest.mark.parametrize("number", [2**31, 2**40, 2**70])
@pytest.mark.parametrize(
    "path",
    ["/borrowers/{}", "/loans/{}", "/cases/{}", "/messages/{}", "/staff/{}"],
)
def test_a_number_larger_than_any_rows_is_nobodys_on_each_engine(door: Door, path: str, number: int) -> None:
    two_branches(door)
    assert sign_in(door, Role.ADMIN).get(path.format(number)).status_code in {404, 405, 422}
