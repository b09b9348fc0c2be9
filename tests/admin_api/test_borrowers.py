"""Borrowers, their loans and addresses: entered, found, edited from two tabs, and what is never shown."""

from datetime import UTC, datetime
from typing import Any

import pytest

from desk.access import Role
from outreach import planning
from store.engine import transaction
from tests.admin_api.door import CHANNELS, Door, Person, sign_in
from tests.admin_api.portfolio import Held, two_branches

EVA = {"external_id": "C-7", "full_name": "Eva Paz Soto", "branch": "Puebla", "birth_date": "1991-02-03"}


@pytest.fixture
def ana(door: Door) -> Held:
    return two_branches(door)[0]


@pytest.fixture
def admin(door: Door, ana: Held) -> Person:
    return sign_in(door, Role.ADMIN)


@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("nunez", ["C-1", "C-2"]),
        ("NÚÑEZ a", ["C-1"]),
        ("222 123 4567", ["C-1"]),
        ("+52 1 722 123 4567", ["C-2"]),
        ("c-2", ["C-2"]),
        ("P-1", ["C-1"]),
        ("C-", ["C-1", "C-2"]),
        ("zzz", []),
        ("%", []),
        ("12345678901234567890", []),
    ],
)
def test_a_borrower_is_found(admin: Person, q: str, found: list[str]) -> None:
    assert [each["external_id"] for each in admin.get("/borrowers", q=q).json()["items"]] == found


def test_the_very_number_comes_before_those_that_begin_with_it(admin: Person) -> None:
    for number in ("K-10", "K-100", "K-1"):
        assert admin.post("/borrowers", {"external_id": number, "full_name": "Eva Cruz"}).status_code == 201
    found = admin.get("/borrowers", q="k-1", limit=2).json()["items"]
    assert [each["external_id"] for each in found] == ["K-1", "K-10"]


@pytest.mark.parametrize(("arrears", "count"), [("any", 2), ("1-30", 2), ("31-60", 0), ("over_90", 0), ("none", 0)])
def test_borrowers_by_how_late_they_are(admin: Person, arrears: str, count: int) -> None:
    items = admin.get("/borrowers", arrears=arrears).json()["items"]
    assert [each["days_past_due"] for each in items] == [12] * count


def test_a_borrower_is_entered_once_and_no_identity_comes_back(admin: Person) -> None:
    added = admin.post("/borrowers", EVA)
    assert added.status_code == 201, added.text
    assert (added.json()["given_name"], added.json()["has_identity"]) == ("Eva", True)
    assert "1991" not in added.text
    assert "1990-05" not in admin.get("/borrowers", q="Ana").text
    again = admin.post("/borrowers", EVA)
    assert [each["field"] for each in again.json()["errors"]] == ["external_id"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"full_name": " "}, "full_name"),
        ({"full_name": "E\0va"}, "full_name"),
        ({"zone": "Mars"}, "zone"),
        ({"country": "Mexico"}, "country"),
        ({"preferred_time": "25:00"}, "preferred_time"),
        ({"document_ending": "12"}, "document_ending"),
        ({"birth_date": "1891-02-03"}, "birth_date"),
    ],
)
def test_what_no_borrower_may_be(admin: Person, change: dict[str, Any], field: str) -> None:
    refused = admin.post("/borrowers", EVA | change)
    assert refused.status_code == 422
    assert [each["field"] for each in refused.json()["errors"]] == [field]


def test_a_tab_that_is_stale_overwrites_nothing(admin: Person, ana: Held) -> None:
    path = f"/borrowers/{ana.borrower}"
    tag = admin.get(path).headers["etag"]
    changed = admin.write("PATCH", path, {"preferred_time": "18:30"}, **{"If-Match": tag})
    assert changed.json()["preferred_time"] == "18:30"
    stale = admin.write("PATCH", path, {"region": "Sur"}, **{"If-Match": tag})
    assert (stale.status_code, stale.json()["code"]) == (412, "stale")
    emptied = admin.write("PATCH", path, {"preferred_time": None}, **{"If-Match": changed.headers["etag"]})
    assert (emptied.json()["preferred_time"], emptied.json()["region"]) == (None, "Centro")
    assert admin.write("PATCH", path, {"region": "Sur"}).status_code == 428


def test_a_loan_is_entered_by_its_terms(admin: Person, ana: Held) -> None:
    given = {
        "borrower_id": ana.borrower,
        "external_id": "P-9",
        "currency": "MXN",
        "principal": 600_000,
        "annual_rate": "36",
        "method": "flat",
        "frequency": "weekly",
        "disbursed_on": "2026-11-02",
        "instalments": 3,
    }
    added = admin.post("/loans", given)
    assert added.status_code == 201, added.text
    rows = admin.get(f"/loans/{added.json()['id']}/instalments").json()["items"]
    assert [each["due"] for each in rows] == ["2026-11-09", "2026-11-16", "2026-11-23"]
    assert sum(each["principal"] for each in rows) == 600_000
    for change, field in (
        ({"external_id": "P-9"}, "external_id"),
        ({"disbursed_on": "2026-11-19"}, "disbursed_on"),
        ({"first_due": "2026-11-01"}, "first_due"),
        ({"frequency": "monthly", "instalments": 601}, "instalments"),
        ({"principal": 0}, "principal"),
    ):
        refused = admin.post("/loans", given | {"external_id": "P-10"} | change)
        assert [each["field"] for each in refused.json()["errors"]] == [field], refused.text


def test_an_address_is_added_told_wrong_and_confirmed(admin: Person, ana: Held) -> None:
    path = f"/borrowers/{ana.borrower}/addresses"
    added = admin.post(path, {"channel": "sms", "value": "222 765 4321", "consent_evidence": "Signed"}).json()
    assert (added["value"], added["position"], added["consent_evidence"]) == ("+522227654321", 0, "Signed")
    assert admin.post(path, {"channel": "sms", "value": "+522227654321"}).json()["code"] == "address_known"
    assert admin.post(path, {"channel": "sms", "value": "12"}).json()["errors"][0]["field"] == "value"
    one = f"/addresses/{added['id']}"
    tag = admin.get(one).headers["etag"]
    told = admin.write("PATCH", one, {"wrong_person": True}, **{"If-Match": tag})
    assert told.json()["wrong_person_at"] is not None
    assert admin.write("PATCH", one, {"opted_out": True}, **{"If-Match": tag}).status_code == 412
    assert admin.post(f"{one}/confirm", {}).json()["wrong_person_at"] is None


def test_a_consent_is_withdrawn_and_given_anew(door: Door, admin: Person, ana: Held) -> None:
    luz, path = sign_in(door, Role.COLLECTOR, ("Puebla",)), f"/addresses/{ana.address}/consent"
    withdrawn = luz.post(path, {"given": False, "evidence": "by phone"}).json()
    assert withdrawn["consent_withdrawn_at"] is not None
    anew = luz.post(path, {"given": True, "evidence": "signed again"}).json()
    assert (anew["consent_withdrawn_at"], anew["consent_evidence"]) == (None, "signed again")


def test_contacts_tell_what_is_coming_and_why_not(door: Door, admin: Person, ana: Held) -> None:
    door.clock.at = datetime(2026, 11, 21, 16, tzinfo=UTC)  # The oldest instalment was due 15 days ago.
    path = f"/borrowers/{ana.borrower}/contacts"
    held = admin.get(path).json()["coming"]
    assert [(each["step"], each["reason"], each["at"]) for each in held] == [("overdue_15", "held", None)]
    admin.post(f"/holds/{ana.hold}/lift")
    admin.post(f"/promises/{ana.promise}/cancel")
    admin.post(f"/plans/{ana.plan}/cancel")
    (planned,) = admin.get(path).json()["coming"]
    assert (planned["step"], planned["channel"], planned["reason"]) == ("overdue_15", "whatsapp", None)
    assert "Ana" in planned["text"]
    with transaction(door.engine) as session:
        planning.plan(session, door.clock.now(), CHANNELS)
    (queued,) = admin.get(path).json()["coming"]
    assert (queued["at"], queued["message_id"] is None) == (planned["at"], False)
