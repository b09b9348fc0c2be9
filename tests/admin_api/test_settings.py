"""Strategies, phrases and policies, as they are read and as a policy is changed by a new version."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session

from desk.access import Role
from loans import negotiation_policy
from locales import phrases
from outreach import flows, policies
from outreach.contact_policy import SHIPPED
from tests.admin_api.door import START, Door, Person, sign_in
from tests.desk.files import a_lender

NEGOTIATION = SHIPPED.parents[1] / "loans" / "negotiation_policy.json"
SHIPPED_BY_KIND = {"contact": SHIPPED, "negotiation": NEGOTIATION}
TOMORROW = "2026-11-19"


@pytest.fixture
def admin(door: Door) -> Person:
    with Session(door.engine) as session:
        a_lender(session)
        policies.seed(session, START)
        flows.seed(session, START)
        session.commit()
    return sign_in(door, Role.ADMIN)


def new(kind: str, version: str = "1.1.0", **changes: Any) -> dict[str, Any]:
    content = json.loads(SHIPPED_BY_KIND[kind].read_text(encoding="utf-8"))
    return {"valid_from": TOMORROW, "content": content | {"policy_version": version} | changes}


def test_flows_show_their_cadence(admin: Person) -> None:
    (flow,) = admin.get("/flows").json()["items"]
    assert (flow["name"], flow["active"], flow["published"]) == ("default", True, 1)
    assert admin.get(f"/flows/{flow['id']}").json() == flow
    (version,) = admin.get(f"/flows/{flow['id']}/versions").json()["items"]
    assert version["state"] == "published"
    assert [each["id"] for each in version["cadence"]["steps"]] == [each.id for each in flows.shipped().steps]
    for number in (999, 2**63, -1):
        assert admin.get(f"/flows/{number}").status_code == 404
        assert admin.get(f"/flows/{number}/versions").status_code == 404


@pytest.mark.parametrize("language", phrases.languages())
def test_phrases_are_those_that_are_said(admin: Person, language: str) -> None:
    shown = {each["key"]: each for each in admin.get("/phrases", language=language).json()["items"]}
    said = phrases.catalogue(language)
    assert shown.keys() == said.keys()
    assert all(set(each["placeholders"]) == set(said[key].names) for key, each in shown.items())


def test_a_phrase_has_its_note_and_its_catalogue(admin: Person) -> None:
    shown = {each["key"]: each for each in admin.get("/phrases", language="es_MX").json()["items"]}
    assert shown["thanks"]["note"] == "The borrower says thank you."
    assert "es" in {each["language"] for each in shown.values()}
    refused = admin.get("/phrases", language="fr")
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "language")


@pytest.mark.parametrize("kind", SHIPPED_BY_KIND)
def test_a_new_version_holds_from_its_day_once_approved(door: Door, admin: Person, kind: str) -> None:
    proposed = admin.post(f"/policies/{kind}/versions", new(kind))
    assert proposed.status_code == 201, proposed.text
    door.clock.at += timedelta(days=1)
    assert admin.get(f"/policies/{kind}").json()["version"] == "1.0.0"
    door.clock.at -= timedelta(days=1)
    approved = admin.post(f"/policies/{kind}/versions/{proposed.json()['id']}/approval")
    assert approved.json() == proposed.json() | {"approved_by": f"staff:{admin.id}"}
    assert admin.get(f"/policies/{kind}").json()["version"] == "1.0.0"
    door.clock.at += timedelta(days=1)
    assert admin.get(f"/policies/{kind}").json()["version"] == "1.1.0"
    assert admin.get(f"/policies/{kind}/versions").json()["items"][0]["approved_by"] == f"staff:{admin.id}"
    trail = admin.get("/audit", subject=f"policy:{kind}").json()["items"]
    assert [each["action"] for each in trail] == ["policy_approved", "policy_proposed"]


@pytest.mark.parametrize("kind", SHIPPED_BY_KIND)
@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"valid_from": "2026-11-18"}, "valid_from"),
        ({"valid_from": "2020-01-01"}, "valid_from"),
        ({"version": "1.0.0"}, "content.policy_version"),
        ({"version": "0.9.9"}, "content.policy_version"),
        ({"version": "9" * 5000 + ".0.0"}, "content.policy_version"),
        ({"version": "one"}, "content"),
        ({"surprise": 1}, "content"),
    ],
)
def test_a_wrong_version_is_refused(admin: Person, kind: str, body: dict[str, Any], field: str) -> None:
    changes = {name: value for name, value in body.items() if name != "valid_from"}
    day = body.get("valid_from", TOMORROW)
    answer = admin.post(f"/policies/{kind}/versions", new(kind, **changes) | {"valid_from": day})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"].startswith(field)
    assert answer.json()["errors"][0]["fix"]
    assert all(each["version"] == "1.0.0" for each in admin.get(f"/policies/{kind}/versions").json()["items"])


def test_what_no_json_can_hold_is_refused(admin: Person) -> None:
    raw = json.dumps(new("negotiation", note=float("nan")))
    headers = {"X-CSRF-Token": admin.csrf, "Idempotency-Key": "one of mine", "Content-Type": "application/json"}
    assert admin.client.post("/policies/negotiation/versions", content=raw, headers=headers).status_code == 422


def test_a_version_is_approved_once_and_never_for_days_gone_by(door: Door, admin: Person) -> None:
    first = admin.post("/policies/contact/versions", new("contact")).json()["id"]
    second = admin.post("/policies/contact/versions", new("contact", "1.2.0")).json()["id"]
    path = f"/policies/contact/versions/{first}/approval"
    assert admin.post(path, None, **{"Idempotency-Key": "the same key"}).status_code == 201
    assert admin.post(path, None, **{"Idempotency-Key": "the same key"}).headers["idempotency-replayed"] == "true"
    again = admin.post(path)
    assert (again.status_code, again.json()["errors"][0]["field"]) == (422, "approved_by")
    door.clock.at += timedelta(days=1)
    late = admin.post(f"/policies/contact/versions/{second}/approval")
    assert (late.status_code, late.json()["errors"][0]["field"]) == (422, "valid_from")
    assert admin.post(f"/policies/contact/versions/{2**63}/approval").status_code == 404


def test_the_shipped_negotiation_policy_holds_without_versions(admin: Person) -> None:
    shown = admin.get("/policies/negotiation").json()
    assert negotiation_policy.NegotiationPolicy.model_validate(shown["content"]) == negotiation_policy.shipped_policy()
    assert admin.get("/policies/other").status_code == 422


@pytest.mark.parametrize("kind", SHIPPED_BY_KIND)
def test_with_a_second_person_nobody_approves_their_own_policy(door: Door, admin: Person, kind: str) -> None:
    door.app.state.context = replace(door.app.state.context, second_person=True)
    path = f"/policies/{kind}/versions/{admin.post(f'/policies/{kind}/versions', new(kind)).json()['id']}/approval"
    assert admin.post(path).json()["errors"][0]["field"] == "proposed_by"
    supervisor = sign_in(door, Role.SUPERVISOR)
    assert supervisor.post(path).json()["approved_by"] == f"staff:{supervisor.id}"


def test_who_only_reads_settings_changes_none(door: Door, admin: Person) -> None:
    reader = sign_in(door, Role.SUPERVISOR, ("Puebla",))
    assert reader.get("/policies/contact").status_code == 200
    assert reader.post("/policies/contact/versions", new("contact")).status_code == 403
