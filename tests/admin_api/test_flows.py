"""A flow from draft to published and back, as an admin does it and a second person looks at it."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session, select

from desk.access import Role
from outreach import flows, planning
from outreach.tables import FlowVersion, Message
from tests.admin_api.door import CHANNELS, START, Door, Person, sign_in
from tests.admin_api.portfolio import TODAY, a_lender, a_loan, a_person

NOTE = {"note": "An hour earlier, as the branches asked."}


@pytest.fixture
def admin(door: Door) -> Person:
    """Two borrowers whose payment is due today."""
    with Session(door.engine) as session:
        a_lender(session)
        for number in (1, 2):
            borrower, _ = a_person(session, number, "Ana Núñez", "Puebla", f"+5222212345{number:02}")
            a_loan(session, borrower, number, TODAY)
        session.commit()
    return sign_in(door, Role.ADMIN)


def drafted(person: Person) -> dict[str, Any]:
    answer = person.post("/flows/1/versions", {})
    assert answer.status_code == 201, answer.text
    body: dict[str, Any] = answer.json()
    return body


def save(person: Person, number: int, cadence: dict[str, Any]) -> Any:
    etag = person.get(f"/flows/1/versions/{number}").headers["etag"]
    return person.write("PUT", f"/flows/1/versions/{number}", {"cadence": cadence}, **{"If-Match": etag})


def at(cadence: dict[str, Any], hour: str, step: str = "due_today") -> dict[str, Any]:
    return cadence | {"steps": [each | ({"at": hour} if each["id"] == step else {}) for each in cadence["steps"]]}


def publish(person: Person, number: int, **more: Any) -> Any:
    return person.post(f"/flows/1/versions/{number}/publication", NOTE | more)


def test_a_draft_is_edited_compared_published_and_brought_back(door: Door, admin: Person) -> None:
    draft = drafted(admin)
    assert (draft["number"], draft["state"], draft["based_on"]) == (2, "draft", 1)
    saved = save(admin, 2, at(draft["cadence"], "09:00"))
    assert saved.status_code == 200, saved.text
    told = admin.get("/flows/1/versions/2/changes").json()
    assert told["since"] == 1
    assert [each["text"] for each in told["items"]] == ['El paso "Vence hoy" sale a las 09:00 en lugar de 10:00.']
    assert admin.get("/flows/1").json()["published"] == 1
    done = publish(admin, 2)
    assert done.status_code == 201, done.text
    assert admin.get("/flows/1").json()["published"] == 2
    assert admin.get("/flows/1/versions/1").json()["state"] == "retired"
    back = admin.post("/flows/1/reversion", NOTE | {"to": 1})
    assert back.status_code == 201, back.text
    assert (back.json()["version"]["number"], back.json()["version"]["based_on"]) == (3, 1)
    assert admin.get("/flows/1/versions/3/changes", since=1).json()["items"] == []
    with Session(door.engine) as session:
        followed = flows.current(session)
        assert followed is not None
        assert f"{followed.cadence.step('due_today').at}" == "10:00:00"
    trail = admin.get("/audit", subject="flow:1").json()["items"]
    assert [each["action"] for each in trail] == ["flow_reverted", "flow_published", "flow_edited", "flow_drafted"]


def test_a_published_version_is_never_edited(admin: Person) -> None:
    content = admin.get("/flows/1/versions/1").json()["cadence"]
    refused = save(admin, 1, content)
    assert (refused.status_code, refused.json()["code"]) == (409, "flow_wrong_state")


def test_nobody_overwrites_what_they_have_not_seen(admin: Person) -> None:
    draft = drafted(admin)
    seen = admin.get("/flows/1/versions/2").headers["etag"]
    assert save(admin, 2, at(draft["cadence"], "09:00")).status_code == 200
    late = admin.write("PUT", "/flows/1/versions/2", {"cadence": draft["cadence"]}, **{"If-Match": seen})
    assert late.status_code == 412
    assert admin.write("PUT", "/flows/1/versions/2", {"cadence": draft["cadence"]}).status_code == 428


@pytest.mark.parametrize(
    ("language", "words"),
    [("es", ["Vence hoy", "nombra {nombre}", "Use solo"]), ("en", ["Due today", "it names {nombre}", "Use only"])],
)
def test_a_fault_names_step_field_value_and_fix(door: Door, admin: Person, language: str, words: list[str]) -> None:
    draft = drafted(admin)
    steps = [
        each
        | ({"texts": {"es": {"default": "Hola {nombre}"}}, "channels": ["sms"]} if each["id"] == "due_today" else {})
        for each in draft["cadence"]["steps"]
    ]
    assert save(admin, 2, draft["cadence"] | {"steps": steps}).status_code == 200
    with Session(door.engine) as session:
        from desk.tables import Staff

        staff = session.get_one(Staff, admin.id)
        staff.language = language
        session.add(staff)
        session.commit()
    listed = admin.get("/flows/1/versions/2/faults").json()["items"]
    assert [(each["step"], each["field"], each["code"]) for each in listed] == [
        ("due_today", "texts.es.default", "flow_placeholder")
    ]
    refused = publish(admin, 2)
    assert (refused.status_code, refused.json()["code"]) == (422, "flow_not_ready")
    (fault,) = refused.json()["errors"]
    assert fault["field"] == "steps.due_today.texts.es.default"
    assert fault["value"] == "Hola {nombre}"
    assert all(word in fault["message"] + fault["fix"] for word in words), fault


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"at": "21:00"}, "steps.due_today.at"),
        ({"channels": ["fax"]}, "steps.due_today.channels.0"),
        ({"surprise": 1}, "steps.due_today.surprise"),
        ({"audience": {"min_dpd": 9, "max_dpd": 3}}, "steps.due_today.audience"),
        ({"kind": "receipt"}, "steps.due_today"),
        ({"offset_days": 500}, "steps.due_today.offset_days"),
    ],
)
def test_what_can_not_be_read_is_not_saved(admin: Person, fields: dict[str, Any], field: str) -> None:
    draft = drafted(admin)
    steps = [each | (fields if each["id"] == "due_today" else {}) for each in draft["cadence"]["steps"]]
    refused = save(admin, 2, draft["cadence"] | {"steps": steps})
    assert refused.status_code == 422
    assert field in [each["field"] for each in refused.json()["errors"]]
    assert all(each["message"].startswith("Vence hoy: ") and each["fix"] for each in refused.json()["errors"])
    checked = admin.post("/flows/1/checks", {"cadence": draft["cadence"] | {"steps": steps}})
    assert (checked.status_code, len(checked.json()["items"])) == (200, len(refused.json()["errors"]))
    assert admin.get("/flows/1/versions/2").json()["cadence"] == draft["cadence"]


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("Hola, {name}. Hoy vence su pago.", None, ""),
        ("SHOUTED: hoy vence su pago.", "flow_tone", "suena duro"),
        ("A whispered word.", "flow_unheard", "el asistente no responde"),
    ],
)
def test_how_words_sound_is_asked_before_they_go_out(admin: Person, text: str, code: str | None, said: str) -> None:
    draft = drafted(admin)
    own = {"texts": {"es": {"default": text}}, "channels": ["sms"]}
    steps = [each | (own if each["id"] == "due_today" else {}) for each in draft["cadence"]["steps"]]
    checked = admin.post("/flows/1/checks", {"cadence": draft["cadence"] | {"steps": steps}}).json()["items"]
    assert [each["code"] for each in checked] == ([code] if code else [])
    assert save(admin, 2, draft["cadence"] | {"steps": steps}).status_code == 200
    assert admin.get("/flows/1/versions/2/faults").json()["items"] == checked
    done = publish(admin, 2)
    assert done.status_code == (422 if code else 201)
    if code:
        assert said in done.json()["errors"][0]["message"]


def test_with_review_somebody_else_publishes(door: Door, admin: Person) -> None:
    door.app.state.context = replace(door.app.state.context, second_person=True)
    supervisor, draft = sign_in(door, Role.SUPERVISOR), drafted(admin)
    save(admin, 2, at(draft["cadence"], "09:00"))
    assert publish(supervisor, 2).json()["code"] == "flow_wrong_state"
    assert admin.post("/flows/1/versions/2/submission").json()["state"] == "in_review"
    assert publish(admin, 2).json()["code"] == "flow_second_person"
    assert save(admin, 2, draft["cadence"]).status_code == 409
    returned = supervisor.post("/flows/1/versions/2/return", {"note": "Ten is better."})
    assert returned.json()["state"] == "draft"
    admin.post("/flows/1/versions/2/submission")
    assert publish(supervisor, 2).json()["version"]["published_by"] == f"staff:{supervisor.id}"


def test_with_review_going_back_waits_for_somebody_else(door: Door, admin: Person) -> None:
    drafted(admin)
    publish(admin, 2)
    door.app.state.context = replace(door.app.state.context, second_person=True)
    back = admin.post("/flows/1/reversion", {"to": 1, "note": "As before."})
    assert (back.status_code, back.json()["version"]["state"]) == (201, "in_review")
    assert admin.get("/flows/1").json()["published"] == 2
    assert admin.get("/audit", subject="flow:1").json()["items"][0]["action"] == "flow_submitted"
    assert publish(admin, 3).json()["code"] == "flow_second_person"
    assert publish(sign_in(door, Role.SUPERVISOR), 3).json()["version"]["based_on"] == 1


def test_without_review_only_who_may_edit_publishes(door: Door, admin: Person) -> None:
    drafted(admin)
    assert publish(sign_in(door, Role.SUPERVISOR), 2).status_code == 403
    auditor = sign_in(door, Role.AUDITOR)
    assert auditor.get("/flows/1/versions/2/changes").status_code == 200
    assert auditor.post("/flows/1/versions", {}).status_code == 403


@pytest.mark.parametrize(("queued", "moved"), [("keep", 0), ("move", 2)])
def test_queued_messages_stay_with_their_version_or_are_planned_anew(
    door: Door, admin: Person, queued: str, moved: int
) -> None:
    early = START - timedelta(hours=2)
    with Session(door.engine) as session:
        assert planning.plan(session, early, CHANNELS).written == 2
        session.commit()
    door.clock.at = early
    draft = drafted(admin)
    save(admin, 2, at(draft["cadence"], "11:30"))
    assert publish(admin, 2, queued=queued).json()["moved"] == moved
    with Session(door.engine) as session:
        planning.plan(session, early, CHANNELS)
        waiting = session.exec(select(Message).where(Message.status == "queued")).all()
        number = {each.id: each.number for each in session.exec(select(FlowVersion))}
        assert [number[each.flow_version_id] for each in waiting] == [2 if moved else 1] * 2
        hours = {each.send_after - early for each in waiting if each.send_after}
        assert hours == {timedelta(hours=3.5 if moved else 2)}


def test_the_same_request_again_does_nothing_more(admin: Person) -> None:
    key = {"Idempotency-Key": "publish once, please"}
    drafted(admin)
    first = admin.post("/flows/1/versions/2/publication", NOTE, **key)
    again = admin.post("/flows/1/versions/2/publication", NOTE, **key)
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.headers["idempotency-replayed"] == "true"
    assert again.json() == first.json()


def test_a_file_goes_out_and_comes_in_unchanged(admin: Person) -> None:
    out = admin.get("/flows/1/versions/1/file")
    assert out.headers["content-disposition"] == 'attachment; filename="flow-1-1.json"'
    files = {"file": ("flow.json", out.content, "application/json")}
    headers = {"X-CSRF-Token": admin.csrf, "Idempotency-Key": "bring it in once"}
    draft = admin.client.post("/flows/1/files", files=files, headers=headers)
    assert (draft.status_code, draft.json()["state"]) == (201, "draft")
    assert admin.get("/flows/1/versions/2/file").content == out.content
    broken = {"file": ("flow.json", b"[1,", "application/json")}
    refused = admin.client.post("/flows/1/files", files=broken, headers=headers | {"Idempotency-Key": "another one"})
    assert (refused.status_code, refused.json()["errors"][0]["fix"] != "") == (422, True)


def test_a_draft_is_thrown_away_and_a_published_one_retired(admin: Person) -> None:
    drafted(admin)
    etag = admin.get("/flows/1/versions/2").headers["etag"]
    assert admin.write("DELETE", "/flows/1/versions/2", **{"If-Match": etag}).status_code == 204
    assert admin.get("/flows/1/versions/2").status_code == 404
    assert admin.post("/flows/1/versions/1/retirement", NOTE).json()["state"] == "retired"
    assert admin.get("/flows/1").json()["published"] is None
    assert admin.post("/flows/1/versions", {}).status_code == 404
    assert admin.post("/flows/1/versions", {"based_on": 1}).status_code == 201


def test_an_editor_is_told_what_there_is(admin: Person) -> None:
    told = admin.get("/flows/1/choices").json()
    assert told["channels_on"] == ["whatsapp", "sms", "telegram"]
    assert (told["languages"], told["countries"], told["regions"]) == (["es"], ["MX"], ["Centro"])
    anchors = {each["anchor"]: each for each in told["anchors"]}
    assert anchors["plan_payment"]["kinds"] == ["plan_reminder"]
    assert "overdue" in anchors["due_date"]["placeholders"]


@pytest.mark.parametrize(
    ("text", "channel", "read", "segments"),
    [
        ("Hola, {name}: hoy vencen {amount}.", "default", "Hola, Guadalupe: hoy vencen $500.00.", 1),
        ("Pagó {name} aquí", "sms", "Pago Guadalupe aqui", 1),
        ("{name} " * 20, "sms", ("Guadalupe " * 20).strip(), 2),
    ],
)
def test_a_text_that_is_being_written_is_shown_as_it_reads(
    admin: Person, text: str, channel: str, read: str, segments: int
) -> None:
    shown = admin.post("/flows/1/sample", {"text": text, "channel": channel}).json()
    assert shown["text"].strip() == read
    assert (shown["segments"], shown["most_segments"] >= segments) == (segments, True)


@pytest.mark.parametrize(
    ("prices", "cost"),
    [({"sms:MX": "0.95", "sms": "7"}, "1.90"), ({"sms": "0.0079"}, "0.0158"), ({"sms:CO": "9", "whatsapp": "1"}, None)],
)
def test_what_a_text_costs_as_an_sms_is_told_where_a_price_is(
    door: Door, admin: Person, prices: dict[str, str], cost: str | None
) -> None:
    door.app.state.context = replace(door.app.state.context, prices=prices)
    shown = admin.post("/flows/1/sample", {"text": "{name} " * 20, "channel": "sms"}).json()
    assert (shown["segments"], shown["cost"]) == (2, cost)
    assert (shown["most_cost"] is None) == (cost is None)


@pytest.mark.parametrize("text", ["Hola {", "Hola {nombre}", "Hola {name!r}", "{}"])
def test_a_text_with_a_wrong_placeholder_is_refused_by_name(admin: Person, text: str) -> None:
    refused = admin.post("/flows/1/sample", {"text": text})
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "text")
    assert refused.json()["errors"][0]["fix"]


def test_publishing_says_why(admin: Person) -> None:
    drafted(admin)
    for note in (None, "", "x"):
        refused = admin.post("/flows/1/versions/2/publication", {} if note is None else {"note": note})
        assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "note")
    assert json.dumps(admin.get("/flows/1/versions/2").json()["note"]) == '""'
