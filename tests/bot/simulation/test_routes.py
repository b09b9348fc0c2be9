from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlmodel import select

from desk import cases
from desk.cases import Reason
from outreach.tables import Conversation, Message
from store.engine import reading, transaction
from tests.bot.simulation.conftest import Product
from tests.bot.simulation.fixtures import CURRENT, NOW, OVERDUE, PHONE, a_fixture


@pytest.fixture(autouse=True)
def _loaded(phone: TestClient) -> None:
    assert phone.post("/simulator/reset", json=a_fixture(OVERDUE, CURRENT)).status_code == 200


def write(phone: TestClient, **body: Any) -> dict[str, Any]:
    answer = phone.post("/simulator/messages", json={"channel": "whatsapp", "from": PHONE} | body)
    assert answer.status_code == 200, answer.text
    return answer.json()  # type: ignore[no-any-return]


def inbound(product: Product) -> Message:
    with reading(product.engine) as session:
        return session.exec(select(Message).where(Message.direction == "in")).all()[-1]


def test_a_message_is_answered_with_the_replies_of_its_turn(phone: TestClient, product: Product) -> None:
    buttons = [{"title": "Sí", "payload": "/affirm"}]
    keys = [{"key": "promise.confirm", "values": {}}, {"key": "thanks", "values": {}}]
    product.answer = lambda message: {
        "text": f"eco {message.text}",
        "keys": keys,
        "buttons": buttons,
        "asks": "confirmation",
        "intent": "promise_to_pay",
    }
    write(phone, text="uno")
    assert write(phone, text="dos") == {
        "replies": [{"text": "eco dos", "key": "promise.confirm+thanks", "buttons": buttons}],
        "intent": "promise_to_pay",
        "asks": "confirmation",
        "status": "handled",
    }


def test_a_button_is_pressed_by_payload_or_title(phone: TestClient, product: Product) -> None:
    product.answer = lambda _: {"text": "¿Sí?", "buttons": [{"title": "Sí", "payload": "/affirm"}]}
    write(phone, text="hola")
    for pressed in ("/affirm", "Sí"):
        write(phone, button=pressed)
        kept = inbound(product)
        assert (kept.kind, kept.text, kept.keys) == ("button", "Sí", [{"payload": "/affirm"}])


def test_media_come_in_as_a_providers_hook_keeps_them(phone: TestClient, product: Product) -> None:
    write(phone, media={"type": "voice", "media": "note.ogg", "seconds": 14})
    kept = inbound(product)
    assert (kept.kind, kept.text) == ("media", "")
    assert kept.media == [{"kind": "voice", "media": "note.ogg", "seconds": 14}]
    write(phone, media={"type": "image", "caption": "mi recibo"})
    assert (inbound(product).text, inbound(product).media) == ("mi recibo", [{"kind": "image"}])
    write(phone, media={"type": "location"})
    assert inbound(product).kind == "location"
    write(phone, media={"type": "hologram"})
    assert inbound(product).media == [{"kind": "other"}]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"channel": "fax", "text": "x"}, "channel is 'fax'"),
        ({"from": "", "text": "x"}, "from is ''"),
        ({}, "give exactly one"),
        ({"text": "x", "button": "y"}, "give exactly one"),
        ({"text": 5}, "text is 5"),
        ({"text": "x" * 5000}, "5000 characters"),
        ({"button": "/never"}, "press one that we sent"),
        ({"media": "photo"}, "give an object with a type"),
    ],
)
def test_what_no_phone_can_send_is_refused(phone: TestClient, body: dict[str, Any], said: str) -> None:
    answer = phone.post("/simulator/messages", json={"channel": "whatsapp", "from": PHONE} | body)
    assert answer.status_code == 422
    assert said in answer.json()["detail"]


@pytest.mark.parametrize("text", ["", "🤔🤔", "<b>x</b>'; DROP TABLE loan; --", "a\x00b", "x" * 4000])
def test_any_text_is_kept_and_answered(phone: TestClient, product: Product, text: str) -> None:
    product.answer = lambda _: {"text": "ok"}
    assert write(phone, text=text)["replies"][0]["text"] == "ok"
    assert inbound(product).text == text.replace("\x00", "")


def test_an_unknown_number_is_heard(phone: TestClient, product: Product) -> None:
    product.answer = lambda _: {"text": "hola"}
    assert write(phone, **{"from": "+525599999999"}, text="hola")["replies"]
    assert phone.get("/simulator/state").json()["contact"]["language"] is None
    assert phone.get("/simulator/state", params={"address": PHONE}).json()["contact"]["language"] == "es"


def test_the_outbox_is_what_has_left_over_all_channels(phone: TestClient, product: Product) -> None:
    product.answer = lambda message: {"text": f"a {message.channel}"}
    for channel in ("whatsapp", "sms", "telegram"):
        write(phone, channel=channel, text="hola")
    sent = phone.get("/simulator/outbox", params={"address": PHONE}).json()["messages"]
    assert [(each["text"], each["channel"], each["kind"], each["status"]) for each in sent] == [
        (f"a {channel}", channel, "reply", "sent") for channel in ("whatsapp", "sms", "telegram")
    ]
    assert phone.get("/simulator/outbox", params={"address": "+520000000000"}).json() == {"messages": []}


@pytest.mark.parametrize(
    ("advance", "hours"),
    [("P1D", 24), ("PT3H", 3), ("2 days", 48), ("1 hour", 1), (7200, 2), ("P1DT2H", 26), ("90 min", 1.5)],
)
def test_the_clock_lives_through_each_full_hour(
    phone: TestClient, product: Product, advance: Any, hours: float
) -> None:
    seen: list[tuple[datetime, datetime]] = []

    def due(now: datetime) -> dict[str, int]:
        seen.append((now, product.clock.now()))
        return {"planned": 1}

    product.due = due
    before = product.settled
    answer = phone.post("/simulator/clock", json={"advance": advance}).json()
    start = datetime.fromisoformat(NOW)
    assert datetime.fromisoformat(answer["now"]) == start + timedelta(hours=hours)
    steps = int(hours) + (hours % 1 > 0)
    assert answer["counts"] == {"planned": steps} and answer["planned"] == steps
    assert all(given == shown for given, shown in seen)
    assert [given for given, _ in seen][: int(hours)] == [start + timedelta(hours=n + 1) for n in range(int(hours))]
    assert product.settled - before == steps
    assert product.clock.is_frozen()


def test_a_message_due_between_two_hours_leaves_at_its_own_minute(phone: TestClient, product: Product) -> None:
    product.answer = lambda _: {"text": "hola"}
    write(phone, text="hola")
    at = datetime.fromisoformat("2026-11-18T12:30:00-06:00")
    with transaction(product.engine) as session:
        message = session.exec(select(Message).where(Message.direction == "out")).one()
        message.status, message.send_after, message.sent_at = "queued", at, None
    phone.post("/simulator/clock", json={"now": "2026-11-18T15:00:00-06:00"})
    sent = phone.get("/simulator/outbox", params={"address": PHONE}).json()["messages"]
    assert datetime.fromisoformat(sent[0]["at"]) == at


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"now": "2026-11-18T09:00:00-06:00"}, "time only goes on"),
        ({"now": "2029-11-18T09:00:00-06:00"}, "at most 400 days"),
        ({"now": "2026-11-19T09:00:00"}, "add its offset"),
        ({"now": "soon"}, "write it like"),
        ({"advance": "a while"}, "write seconds"),
        ({"advance": "99999999999999 days"}, "at most 400 days"),
        ({"advance": "-1 day"}, "write seconds"),
        ({}, "exactly one"),
        ({"now": NOW, "advance": 1}, "exactly one"),
    ],
)
def test_a_clock_that_cannot_move_so_says_why(phone: TestClient, body: dict[str, Any], said: str) -> None:
    answer = phone.post("/simulator/clock", json=body)
    assert answer.status_code == 422
    assert said in answer.json()["detail"]


def test_a_running_clock_runs_on_after_a_move(phone: TestClient, product: Product) -> None:
    product.clock.move(datetime.fromisoformat(NOW), frozen=False)
    phone.post("/simulator/clock", json={"advance": "PT2H"})
    assert not product.clock.is_frozen()
    assert product.clock.now() >= datetime.fromisoformat(NOW) + timedelta(hours=2)


def test_moving_to_now_runs_what_is_due_now(phone: TestClient, product: Product) -> None:
    product.due = lambda _: {"planned": 1}
    assert phone.post("/simulator/clock", json={"now": NOW}).json()["counts"] == {"planned": 1}


def _open_case(product: Product) -> Callable[[Message], None]:
    def answer(_: Message) -> None:
        with transaction(product.engine) as session:
            talk = session.exec(select(Conversation)).one()
            cases.open_case(
                session, Reason.HUMAN_REQUEST, now=product.clock.now(), conversation_id=talk.id, facts={"said": "x"}
            )

    return answer


def test_a_person_takes_over_writes_and_gives_back(phone: TestClient, product: Product) -> None:
    product.answer = lambda _: {"text": "soy el asistente"}
    write(phone, text="hola")
    _open_case(product)(inbound(product))
    assert phone.post("/simulator/take-over").json() == {"owner": "person"}
    assert phone.get("/simulator/state").json()["cases"][0]["state"] == "taken"
    assert write(phone, text="¿hay alguien?")["replies"] == []
    assert phone.post("/simulator/say", json={"text": "Soy Marta"}).json() == {"owner": "person"}
    sent = phone.get("/simulator/outbox", params={"address": PHONE}).json()["messages"]
    assert [(each["kind"], each["text"]) for each in sent][-1] == ("collector", "Soy Marta")
    assert phone.post("/simulator/give-back", json={"summary": "pagará"}).json() == {"owner": "assistant"}
    state = phone.get("/simulator/state").json()
    assert (state["cases"], state["owner"]) == ([], "assistant")
    assert write(phone, text="gracias")["replies"]


def test_a_person_may_take_over_without_a_case(phone: TestClient) -> None:
    assert phone.post("/simulator/take-over", json={}).json() == {"owner": "person"}
    assert phone.get("/simulator/state").json()["cases"] == []
    assert phone.post("/simulator/say", json={"text": "Buenos días"}).status_code == 200
    assert phone.post("/simulator/give-back", json={}).json() == {"owner": "assistant"}


def test_the_collector_is_told_what_comes_first(phone: TestClient) -> None:
    assert "take it over" in phone.post("/simulator/say", json={"text": "x"}).json()["detail"]
    assert phone.post("/simulator/give-back", json={}).status_code == 409
    assert phone.post("/simulator/say", json={"text": " "}).status_code == 422
    assert phone.post("/simulator/take-over", json={"address": "+520000000000"}).status_code == 404


def test_money_that_arrives_lowers_the_balance(phone: TestClient) -> None:
    paid = phone.post("/simulator/payments", json={"loan": "LN-1001", "amount": 800})
    assert paid.status_code == 200
    loans = phone.get("/simulator/thread", params={"address": PHONE}).json()["loans"]
    assert {each["id"]: (each["balance"], each["overdue"]) for each in loans}["LN-1001"] == (2400.0, 0.0)
    for wrong in ({"loan": "X", "amount": 1}, {"loan": "LN-1001", "amount": 0}, {"loan": "LN-1001", "amount": "1.234"}):
        assert phone.post("/simulator/payments", json=wrong).status_code == 422


def test_borrowers_are_found_by_name_and_by_arrears(phone: TestClient) -> None:
    def found(**query: str) -> list[str]:
        return [each["id"] for each in phone.get("/simulator/borrowers", params=query).json()["borrowers"]]

    assert found() == found(search="hernández") == found(search="c-1") == found(arrears="1-7") == ["C-1"]
    assert found(search="nobody") == found(arrears="0") == found(arrears="31-") == []
    one = phone.get("/simulator/borrowers").json()["borrowers"][0]
    assert one["dpd"] == 7
    assert {each["channel"] for each in one["addresses"]} == {"whatsapp", "sms", "telegram"}
    assert phone.get("/simulator/borrowers", params={"arrears": "late"}).status_code == 422


def test_the_thread_shows_both_sides_and_the_reasons(phone: TestClient, product: Product) -> None:
    product.answer = lambda _: {"text": "hola", "asks": "identity"}
    write(phone, text="hola")
    seen = phone.get("/simulator/thread", params={"address": PHONE, "channel": "whatsapp"}).json()
    assert [each["direction"] for each in seen["messages"]] == ["in", "out"]
    assert (seen["asks"], seen["owner"], seen["frozen"], seen["thinking"]) == ("identity", "assistant", True, False)
    assert phone.get("/simulator/thread", params={"address": PHONE, "channel": "sms"}).json()["messages"] == []
    assert phone.get("/simulator/thread", params={"address": "+520000000000"}).json()["messages"] == []


def test_the_queue_names_the_phone_of_each_case(phone: TestClient, product: Product) -> None:
    write(phone, text="hola")
    _open_case(product)(inbound(product))
    queue = phone.get("/simulator/cases").json()["cases"]
    assert [(each["reason"], each["address"], each["channel"]) for each in queue] == [
        ("human_request", PHONE, "whatsapp")
    ]


def test_a_phone_that_is_looked_at_has_read_what_came(phone: TestClient, product: Product) -> None:
    product.answer = lambda _: {"text": "hola"}
    write(phone, text="hola")
    assert phone.post("/simulator/seen", json={"address": PHONE, "channel": "sms"}).json() == {"read": 0}
    assert phone.post("/simulator/seen", json={"address": PHONE, "channel": "whatsapp"}).json() == {"read": 1}
    assert phone.post("/simulator/seen", json={"address": PHONE, "channel": "whatsapp"}).json() == {"read": 0}
    sent = phone.get("/simulator/outbox", params={"address": PHONE}).json()["messages"]
    assert [each["status"] for each in sent] == ["read"]


def test_the_page_and_its_parts_are_served(phone: TestClient) -> None:
    assert "/simulator/page/app.js" in phone.get("/simulator").text
    for name, kind in (("app.js", "javascript"), ("style.css", "text/css"), ("icon.svg", "image/svg")):
        answer = phone.get(f"/simulator/page/{name}")
        assert answer.status_code == 200
        assert kind in answer.headers["content-type"]
    assert phone.get("/simulator/page/routes.py").status_code == 404
    assert "default-src 'self'" in phone.get("/simulator").headers["content-security-policy"]
