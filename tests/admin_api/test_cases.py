"""The queue and the steps of a case, as collectors, supervisors and those without a right meet them."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from sqlmodel import select

from bot.channels.simulator import SimulatorChannel
from bot.outbox import send_ready
from desk import cases
from desk.access import Role
from desk.cases import Reason
from loans.tables import Borrower
from outreach import messages
from outreach.messages import Inbound
from outreach.tables import Conversation, Message
from store.engine import transaction
from store.ids import id_of
from tests.admin_api.door import START, Door, Person, sign_in
from tests.outreach.portfolio import a_lender, a_person

STEPS = {
    "take-over": None,
    "answer": {"text": "Buenas tardes."},
    "note": {"text": "Llamar el lunes."},
    "give-back": {"summary": "Paga 300."},
    "close": {"outcome": "paid"},
    "assign": {"staff_id": None},
}


@dataclass
class Story:
    case: int
    talk: int
    borrower: int

    @property
    def path(self) -> str:
        return f"/cases/{self.case}"


@pytest.fixture
def story(door: Door) -> Story:
    """A borrower of Puebla who wrote on WhatsApp and asked for a person."""
    with transaction(door.engine) as session:
        a_lender(session)
    return a_story(door, "Puebla")


def a_story(door: Door, branch: str, reason: Reason = Reason.HUMAN_REQUEST) -> Story:
    with transaction(door.engine) as session:
        who = a_person(session, "whatsapp", branch=branch, region="north")
        talk = messages.conversation_of(session, who.address)
        written = Inbound("whatsapp", who.address.kind, who.address.value, None, text="Una persona, por favor")
        messages.receive(session, written, START)
        case = cases.open_case(session, reason, now=START, borrower_id=who.id, conversation_id=talk.id)
        return Story(id_of(case), id_of(talk), who.id)


@pytest.fixture
def luz(door: Door, story: Story) -> Person:
    return sign_in(door, Role.COLLECTOR, ("Puebla",))


@pytest.fixture
def boss(door: Door, story: Story) -> Person:
    return sign_in(door, Role.SUPERVISOR, ("Puebla",))


def owner(door: Door, story: Story) -> tuple[str, int | None]:
    with transaction(door.engine) as session:
        talk = session.get_one(Conversation, story.talk)
        return talk.owner, talk.owner_staff_id


def test_the_queue_shows_who_waits_most_urgent_first(door: Door, story: Story, luz: Person) -> None:
    urgent = a_story(door, "Puebla", Reason.VULNERABLE_DISTRESS)
    a_story(door, "Toluca")
    door.clock.at += timedelta(minutes=5)
    shown = luz.get("/cases").json()["items"]
    assert [each["id"] for each in shown] == [urgent.case, story.case]
    assert shown[1]["borrower"]["branch"] == "Puebla"
    assert shown[1]["waiting_seconds"] == 300
    assert shown[1]["last_message_at"]
    assert luz.get("/cases/figures").json() == {
        "waiting": 2,
        "mine": 0,
        "by_reason": {"human_request": 1, "vulnerable_distress": 1},
    }


def test_the_queue_is_narrowed_and_read_page_by_page(door: Door, story: Story, luz: Person) -> None:
    all_of_them = [story.case, *(a_story(door, "Puebla").case for _ in range(3))]
    luz.post(f"/cases/{all_of_them[1]}/take-over")
    seen, after = [], None
    while True:
        shown = luz.get("/cases", limit=2, **({"after": after} if after else {})).json()
        seen += [each["id"] for each in shown["items"]]
        if (after := shown["next"]) is None:
            break
    assert seen == all_of_them
    assert [each["id"] for each in luz.get("/cases", assigned="me").json()["items"]] == [all_of_them[1]]
    assert len(luz.get("/cases", assigned="none", state="open").json()["items"]) == 3
    assert luz.get("/cases", reason="dispute").json()["items"] == []
    assert luz.get("/cases", branch="Toluca").json()["items"] == []
    assert luz.get("/cases", assigned="nobody").status_code == 422


def test_a_case_from_taking_over_to_giving_back(door: Door, story: Story, luz: Person) -> None:
    taken = luz.post(f"{story.path}/take-over")
    assert (taken.status_code, taken.json()["state"], taken.json()["staff"]["id"]) == (200, "taken", luz.id)
    assert owner(door, story) == ("person", luz.id)
    luz.post(f"{story.path}/answer", {"text": "Buenas tardes, soy Luz."})
    thread = luz.get(f"/borrowers/{story.borrower}/messages").json()["items"]
    assert [(each["direction"], each["staff_name"]) for each in thread] == [("out", "Collector"), ("in", None)]
    back = luz.post(f"{story.path}/give-back", {"summary": "Paga 300 el lunes."})
    assert (back.status_code, back.json()["state"]) == (200, "closed")
    assert owner(door, story) == ("assistant", None)
    assert [each["kind"] for each in back.json()["events"]] == ["opened", "taken", "answered", "closed"]
    refused = luz.post(f"{story.path}/take-over")
    assert (refused.status_code, refused.json()["code"]) == (409, "case_closed")


def test_closing_leaves_nobody_in_silence(door: Door, story: Story, luz: Person) -> None:
    luz.post(f"{story.path}/take-over")
    closed = luz.post(f"{story.path}/close", {"outcome": "paid", "note": "Recibo visto."}).json()
    assert (closed["state"], closed["outcome"]) == ("closed", "paid")
    assert owner(door, story) == ("assistant", None)
    assert [each["id"] for each in luz.get("/cases", state="closed").json()["items"]] == [story.case]


def test_a_double_click_sends_one_answer(door: Door, story: Story, luz: Person) -> None:
    luz.post(f"{story.path}/take-over")
    key = {"Idempotency-Key": "the same key"}
    answers = [luz.post(f"{story.path}/answer", {"text": "Hola"}, **key) for _ in range(2)]
    assert [each.status_code for each in answers] == [200, 200]
    assert answers[1].headers["idempotency-replayed"] == "true"
    with transaction(door.engine) as session:
        assert len(session.exec(select(Message).where(Message.kind == "collector")).all()) == 1


def test_of_two_at_the_same_moment_one_gets_the_case(door: Door, story: Story, luz: Person) -> None:
    both = [luz, sign_in(door, Role.COLLECTOR, ("Puebla",))]
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda who: who.post(f"{story.path}/take-over"), both))
    assert sorted(each.status_code for each in answers) == [200, 409]
    (lost,) = [each for each in answers if each.status_code == 409]
    assert lost.json()["code"] == "case_taken"


def test_only_who_has_the_case_writes_in_it(door: Door, story: Story, luz: Person, boss: Person) -> None:
    other = sign_in(door, Role.COLLECTOR, ("Puebla",))
    assert luz.post(f"{story.path}/answer", {"text": "Hola"}).json()["code"] == "not_owned"
    luz.post(f"{story.path}/take-over")
    for step, code in (("answer", "not_owned"), ("give-back", "not_owned"), ("close", "case_taken")):
        refused = other.post(f"{story.path}/{step}", STEPS[step])
        assert (refused.status_code, refused.json()["code"]) == (409, code)
    assert boss.post(f"{story.path}/take-over").json()["staff"]["id"] == boss.id
    assert luz.post(f"{story.path}/answer", {"text": "Hola"}).json()["code"] == "not_owned"


def test_a_supervisor_hands_a_case_on(door: Door, story: Story, luz: Person, boss: Person) -> None:
    other = sign_in(door, Role.COLLECTOR, ("Puebla",))
    luz.post(f"{story.path}/take-over")
    handed = boss.post(f"{story.path}/assign", {"staff_id": other.id}).json()
    assert (handed["state"], handed["staff"]["id"]) == ("open", other.id)
    assert owner(door, story) == ("person", None)
    assert luz.post(f"{story.path}/take-over").json()["code"] == "case_taken"
    assert other.post(f"{story.path}/take-over").json()["state"] == "taken"
    assert owner(door, story) == ("person", other.id)
    assert luz.post(f"{story.path}/assign", {"staff_id": luz.id}).status_code == 403


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.COLLECTOR])
def test_a_case_is_assigned_to_who_can_work_it(door: Door, story: Story, boss: Person, role: Role) -> None:
    elsewhere = sign_in(door, role, ("Toluca",))
    refused = boss.post(f"{story.path}/assign", {"staff_id": elsewhere.id})
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "staff_id")
    assert boss.post(f"{story.path}/assign", {"staff_id": 2**70}).status_code == 422


def test_outside_the_window_only_a_template_goes(door: Door, story: Story, luz: Person) -> None:
    luz.post(f"{story.path}/take-over")
    assert luz.get(story.path).json()["conversation"]["free_text"] is True
    door.clock.at += timedelta(hours=24)
    assert luz.get(story.path).json()["conversation"]["free_text"] is False
    refused = luz.post(f"{story.path}/answer", {"text": "Hola"})
    assert (refused.status_code, refused.json()["code"]) == (409, "window_closed")
    [offered] = luz.get(f"{story.path}/templates").json()["items"]
    answered = luz.post(f"{story.path}/answer", {"template": offered["key"]}).json()
    assert answered["events"][-1]["note"] == offered["text"]
    channel = SimulatorChannel("whatsapp", door.clock)
    assert send_ready(door.engine, {"whatsapp": channel}, door.clock, enabled=["whatsapp"]).sent == 1
    sent = luz.get(f"/conversations/{story.talk}/messages").json()["items"][0]
    assert "una persona del equipo de Crédito Amigo" in sent["text"]
    assert [each["status"] for each in sent["statuses"]] == ["sent"]


@pytest.mark.parametrize(
    ("loss", "why"),
    [({"zone": None}, "zona horaria"), ({"country": "ZZ"}, "país")],
)
def test_what_the_rules_would_throw_away_is_refused_with_its_reason(
    door: Door, story: Story, luz: Person, loss: dict[str, str | None], why: str
) -> None:
    luz.post(f"{story.path}/take-over")
    door.clock.at += timedelta(hours=24)
    with transaction(door.engine) as session:
        borrower = session.get_one(Borrower, story.borrower)
        for name, value in loss.items():
            setattr(borrower, name, value)
    [offered] = luz.get(f"{story.path}/templates").json()["items"]
    refused = luz.post(f"{story.path}/answer", {"template": offered["key"]})
    assert (refused.status_code, refused.json()["code"]) == (409, "may_not_write")
    assert why in refused.json()["detail"]
    assert [each["kind"] for each in luz.get(story.path).json()["events"]][-1] == "taken"
    with transaction(door.engine) as session:
        assert session.exec(select(Message).where(Message.direction == "out")).all() == []


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"text": ""},
        {"text": "a\x00b"},
        {"text": "x" * 2000},
        {"text": "a", "template": "team.please_reply"},
        {"template": "reminder.due_today"},
        {"template": "team.please_reply", "values": {"lender": "Otra"}},
    ],
)
def test_an_answer_that_cannot_be_sent_is_refused(story: Story, luz: Person, body: dict[str, object]) -> None:
    luz.post(f"{story.path}/take-over")
    refused = luz.post(f"{story.path}/answer", body)
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["fix"]


def test_a_case_is_opened_by_hand_once(story: Story, luz: Person) -> None:
    asked = {"borrower_id": story.borrower, "reason": "complaint", "note": "Llamó a la sucursal."}
    opened, again = (luz.post("/cases", asked, **{"Idempotency-Key": "the same key"}) for _ in range(2))
    assert (opened.status_code, again.json()) == (201, opened.json())
    assert opened.json()["conversation_id"] == story.talk
    assert "Llamó a la sucursal." in str(opened.json()["events"])
    for unknown in (987654, 2**70, -1):
        refused = luz.post("/cases", asked | {"borrower_id": unknown})
        assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "borrower_id")


def test_another_branch_is_as_if_it_were_not_there(door: Door, story: Story) -> None:
    alien = sign_in(door, Role.SUPERVISOR, ("Toluca",))
    with transaction(door.engine) as session:
        message = session.exec(select(Message.id)).one()
    missing = alien.get("/cases/123456").json()
    paths = [
        story.path,
        f"/conversations/{story.talk}",
        f"/conversations/{story.talk}/messages",
        f"/borrowers/{story.borrower}/messages",
        f"/messages/{message}",
        f"/conversations?borrower_id={story.borrower}",
        f"/cases/{2**70}",
    ]
    for path in paths:
        answer = alien.client.get(path)
        assert (answer.status_code, answer.json()) == (404, missing), path
    for step, body in STEPS.items():
        assert alien.post(f"{story.path}/{step}", body).status_code == 404, step
    assert alien.get("/cases").json()["items"] == []
    assert alien.get("/cases/figures").json()["waiting"] == 0
    refused = alien.post("/cases", {"borrower_id": story.borrower, "reason": "other"})
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "borrower_id")


def test_a_case_of_nobody_known_is_for_who_sees_all_branches(door: Door, luz: Person) -> None:
    with transaction(door.engine) as session:
        case = cases.open_case(session, Reason.OTHER, now=START)
    assert luz.get(f"/cases/{case.id}").status_code == 404
    assert sign_in(door, Role.COLLECTOR).get(f"/cases/{case.id}").json()["borrower"] is None


def test_an_auditor_reads_and_changes_nothing(door: Door, story: Story) -> None:
    reader = sign_in(door, Role.AUDITOR)
    assert reader.get(story.path).status_code == 200
    assert {reader.post(f"{story.path}/{step}", body).status_code for step, body in STEPS.items()} == {403}


def test_what_proves_identity_is_not_shown(door: Door, story: Story, luz: Person) -> None:
    with transaction(door.engine) as session:
        talk = session.get_one(Conversation, story.talk)
        messages.write_reply(session, talk, text="¿Quién es?", now=START, asks="identity")
        proof = Message(
            direction="in",
            conversation_id=story.talk,
            address_id=talk.address_id,
            channel="whatsapp",
            kind="text",
            text="12/04/1985",
            status="received",
            status_at=START,
            created_at=START,
        )
        session.add(proof)
    shown = luz.get(f"/conversations/{story.talk}/messages").json()["items"][0]
    assert (shown["direction"], shown["text"]) == ("in", "••/••/••••")


def test_every_step_is_in_the_audit_trail(door: Door, story: Story, luz: Person) -> None:
    for step in ("take-over", "note", "answer", "close"):
        luz.post(f"{story.path}/{step}", STEPS[step])
    trail = sign_in(door, Role.ADMIN).get("/audit", subject=f"case:{story.case}").json()["items"]
    assert [each["action"] for each in trail] == ["case_close", "case_answer", "case_note", "case_take_over"]


def test_the_outbox_is_woken_after_an_answer_was_kept(door: Door, story: Story, luz: Person) -> None:
    door.app.state.context = replace(door.app.state.context, wake=lambda: queued.append(_queued(door)))
    queued: list[int] = []
    luz.post(f"{story.path}/take-over")
    luz.post(f"{story.path}/answer", {"text": "Hola"})
    assert queued == [0, 1]


def _queued(door: Door) -> int:
    with transaction(door.engine) as session:
        return len(session.exec(select(Message.id).where(Message.status == "queued")).all())
