"""Phrases to label: which, in which order, without a name or number; labels that nobody overwrites unseen; exports."""

import json
from datetime import timedelta
from typing import Any

import pytest
import yaml

from desk.access import Role
from insight.labels import Intent
from outreach import messages, readings
from outreach.corrections import Answer, Correction
from outreach.messages import Inbound
from outreach.tables import Conversation
from store.engine import transaction
from tests.admin_api.door import Door, Person, sign_in, stranger
from tests.admin_api.portfolio import Held, two_branches

ANA, BENITO = "+522221234567", "+527221234567"


class Phones:
    """What borrowers write, as the assistant read it."""

    def __init__(self, door: Door) -> None:
        self.door, self.count = door, 0

    def says(self, text: str, intent: str, confidence: float, phone: str = ANA, *, language: str = "es") -> int:
        self.count += 1
        with transaction(self.door.engine) as session:
            inbound = Inbound("whatsapp", "phone", phone, f"in-{self.count}", text)
            message = messages.receive(session, inbound, self.door.clock.at)
            assert message is not None
            message.language = language
            miss = intent == "nlu_fallback"
            readings.keep(
                session,
                message,
                intent=intent,
                guess="ask_balance" if miss else intent,
                confidence=confidence,
                asked=session.get_one(Conversation, message.conversation_id).asks,
                answer=Answer(["fallback.first"] if miss else ["balance.total"]),
            )
            assert message.id is not None
            return message.id

    def later(self, **gap: float) -> None:
        self.door.clock.at += timedelta(**gap)


@pytest.fixture
def held(door: Door) -> tuple[Held, Held]:
    return two_branches(door)


@pytest.fixture
def phones(door: Door, held: tuple[Held, Held]) -> Phones:
    return Phones(door)


@pytest.fixture
def admin(door: Door, held: tuple[Held, Held]) -> Person:
    return sign_in(door, Role.ADMIN)


def listed(person: Person, **query: Any) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = person.get("/labels", **query).json()["items"]
    return items


def label(person: Person, phrase: dict[str, Any], intent: str, **headers: str) -> Any:
    return person.write("PUT", f"/labels/{phrase['id']}", {"intent": intent}, **{"If-Match": phrase["etag"]} | headers)


def test_the_least_certain_come_first_and_the_sure_not_at_all(phones: Phones, admin: Person) -> None:
    phones.says("kto es", "nlu_fallback", 0.2)
    phones.says("cuanto debo", "ask_balance", 0.98)
    phones.says("q paso con mi pago", "already_paid", 0.51, BENITO)
    phones.says("ya deposite", "already_paid", 0.69, BENITO)
    found = listed(admin)
    assert [each["text"] for each in found] == ["kto es", "q paso con mi pago", "ya deposite"]
    assert [each["certainty"] for each in found] == ["missed", "doubted", "likely"]
    assert (found[0]["intent"], found[0]["guess"]) == ("nlu_fallback", "ask_balance")


def test_the_corrected_are_there_however_sure(phones: Phones, admin: Person) -> None:
    phones.says("el viernes 500", "promise_to_pay", 0.97)
    phones.says("el viernes 500", "promise_to_pay", 0.97)
    (found,) = listed(admin, which="corrected")
    assert (found["corrected"], found["certainty"], found["times"]) == (Correction.ASKED_AGAIN, "sure", 1)
    assert listed(admin, which="unsure") == []
    assert len(listed(admin, which="all")) == 1


def test_equal_words_come_once_with_how_often_they_were_said(phones: Phones, admin: Person) -> None:
    for text, phone in (("¿Kto es?", ANA), ("kto es", BENITO), ("KTO ES!!", "+525511112222")):
        phones.says(text, "nlu_fallback", 0.3, phone)
    (found,) = listed(admin)
    assert (found["text"], found["times"]) == ("¿Kto es?", 3)


def test_nobody_is_known_from_what_is_shown(phones: Phones, admin: Person) -> None:
    phones.says("soy ana nuñez, mi cel es 222 123 4567 y mi folio P-1; el viernes 500", "greet", 0.4)
    phones.says("benito rios me dio el celular", "wrong_person", 0.4)  # Another borrower's name is not Ana's to know.
    phones.says("I am Benito, call +527221234567", "greet", 0.3, BENITO, language="en")
    english, spanish, _ = listed(admin)
    assert spanish["text"] == "soy NOMBRE, mi cel es NUMERO y mi folio NUMERO; el viernes 500"
    assert english["text"] == "I am NAME, call NUMBER"


@pytest.mark.parametrize(
    ("query", "texts"),
    [
        ({}, ["uno", "dos", "three"]),
        ({"language": "en"}, ["three"]),
        ({"intent": "complain"}, ["dos"]),
        ({"intent": "ask_balance"}, ["uno"]),
        ({"days": 1}, ["dos", "three"]),
        ({"labelled": "true"}, []),
        ({"labelled": "false"}, ["uno", "dos", "three"]),
    ],
)
def test_a_list_is_narrowed(phones: Phones, admin: Person, query: dict[str, Any], texts: list[str]) -> None:
    phones.says("uno", "nlu_fallback", 0.1)
    phones.later(days=2)
    phones.says("dos", "complain", 0.2)
    phones.says("three", "thanks", 0.3, BENITO, language="en")
    assert [each["text"] for each in listed(admin, **query)] == texts
    counts = admin.get("/labels/progress", **{k: v for k, v in query.items() if k != "labelled"}).json()
    assert counts == {"phrases": 3 if "labelled" in query else len(texts), "labelled": 0}


def test_a_list_is_read_page_by_page(phones: Phones, admin: Person) -> None:
    for number in range(7):
        phones.says(f"frase {number}", "thanks", 0.1 + (number % 3) / 10)
    found: list[str] = []
    after: dict[str, str] = {}
    while True:
        shown = admin.get("/labels", limit=2, **after).json()
        found += [each["text"] for each in shown["items"]]
        if shown["next"] is None:
            break
        after = {"after": shown["next"]}
    assert found == [f"frase {number}" for number in (0, 3, 6, 1, 4, 2, 5)]


@pytest.mark.parametrize("cursor", ["x", "WyJhIiwxXQ", "WzEsMV0", "W251bGwsMV0"])
def test_a_cursor_of_nobody_is_refused(admin: Person, cursor: str) -> None:
    assert admin.get("/labels", after=cursor).status_code == 422


def test_a_label_holds_for_the_words_and_is_in_the_audit_trail(phones: Phones, admin: Person) -> None:
    said = phones.says("kto es", "nlu_fallback", 0.2)
    (found,) = listed(admin)
    answer = label(admin, found, "ask_balance")
    assert answer.status_code == 200
    assert (answer.json()["label"]["intent"], answer.json()["label"]["by"]) == ("ask_balance", f"staff:{admin.id}")
    phones.says("KTO ES", "nlu_fallback", 0.1, BENITO)
    (again,) = listed(admin, labelled="true")
    assert (again["id"] != said, again["label"]["intent"]) == (True, "ask_balance")
    assert admin.get("/labels/progress").json() == {"phrases": 1, "labelled": 1}
    (event,) = admin.get("/audit", action="phrase_labelled").json()["items"]
    assert event["subject"] == f"message:{said}"
    assert event["detail"] == {"intent": "ask_balance", "read_as": "nlu_fallback", "before": None}


def test_of_two_who_label_the_second_sees_the_first(phones: Phones, door: Door, admin: Person) -> None:
    phones.says("kto es", "nlu_fallback", 0.2)
    (found,) = listed(admin)
    other = sign_in(door, Role.ADMIN)
    assert label(other, found, "ask_next_payment").status_code == 200
    late = label(admin, found, "ask_balance")
    assert (late.status_code, late.json()["code"]) == (412, "stale")
    path = f"/labels/{found['id']}"
    assert admin.write("PUT", path, {"intent": "ask_balance"}).status_code == 428
    seen = admin.get(path)
    assert seen.headers["etag"] == seen.json()["etag"]
    assert label(admin, seen.json(), "ask_balance").json()["label"]["intent"] == "ask_balance"


def test_a_lost_answer_is_given_again(phones: Phones, admin: Person) -> None:
    phones.says("kto es", "nlu_fallback", 0.2)
    (found,) = listed(admin)
    first, second = (label(admin, found, "ask_balance", **{"Idempotency-Key": "the same key"}) for _ in range(2))
    assert second.headers["idempotency-replayed"] == "true"
    assert (second.status_code, second.json()) == (200, first.json())


@pytest.mark.parametrize("body", [{"intent": "nlu_fallback"}, {"intent": ""}, {}, {"intent": "greet", "more": 1}])
def test_a_wrong_label_is_refused_in_words(phones: Phones, admin: Person, body: dict[str, Any]) -> None:
    phones.says("kto es", "nlu_fallback", 0.2)
    (found,) = listed(admin)
    answer = admin.write("PUT", f"/labels/{found['id']}", body, **{"If-Match": found["etag"]})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["message"]


def test_what_can_teach_nothing_has_no_label(phones: Phones, admin: Person) -> None:
    said = phones.says("ALTO", "opt_out", 1.0)
    assert admin.get(f"/labels/{said}").status_code == 404
    assert admin.get("/labels/999999").status_code == 404


def test_auditors_read_and_others_do_not_even_that(phones: Phones, door: Door, admin: Person) -> None:
    phones.says("kto es", "nlu_fallback", 0.2)
    (found,) = listed(admin)
    auditor = sign_in(door, Role.AUDITOR)
    assert listed(auditor) == [found]
    assert label(auditor, found, "ask_balance").status_code == 403
    for role in (Role.COLLECTOR, Role.SUPERVISOR):
        assert sign_in(door, role).get("/labels").status_code == 403
    assert stranger(door).get("/labels/export.yml", params={"language": "es"}).status_code == 401


def test_whoever_is_bound_to_a_branch_reads_its_phrases_only(phones: Phones, door: Door) -> None:
    phones.says("kto es", "nlu_fallback", 0.2)
    hidden = phones.says("donde es", "nlu_fallback", 0.2, BENITO)
    phones.says("quien es", "nlu_fallback", 0.2, "+525511112222")
    bound = sign_in(door, Role.ADMIN, ("Puebla",))
    (found,) = listed(bound)
    assert found["text"] == "kto es"
    assert bound.get(f"/labels/{hidden}").status_code == 404
    label(bound, found, "ask_balance")
    assert "kto es" in bound.get("/labels/export.jsonl").text
    other = sign_in(door, Role.ADMIN, ("Toluca",))
    assert other.get("/labels/export.jsonl").text == ""


def test_labelled_phrases_are_training_data(phones: Phones, admin: Person) -> None:
    phones.says("kto es [lo] mio", "nlu_fallback", 0.2)
    phones.says("soy Ana: ya pague\nfolio 998877", "complain", 0.5)
    phones.says("hola soy Benito", "complain", 0.5, BENITO)
    phones.says("hola soy Ana", "complain", 0.6)  # The same once the names are gone.
    phones.says("where do I pay", "ask_balance", 0.4, BENITO, language="en")
    meant = {"kto": "ask_balance", "soy": "already_paid", "hola": "greet", "where": "ask_payment_methods"}
    for each in listed(admin):
        assert label(admin, each, meant[each["text"].split()[0]]).status_code == 200
    file = admin.get("/labels/export.yml", language="es")
    assert file.headers["content-disposition"] == 'attachment; filename="labelled-es.yml"'
    assert yaml.safe_load(file.text) == {
        "version": "3.1",
        "nlu": [
            {"intent": "greet", "examples": "- hola soy NOMBRE\n"},
            {"intent": "ask_balance", "examples": "- kto es (lo) mio\n"},
            {"intent": "already_paid", "examples": "- soy NOMBRE: ya pague folio NUMERO\n"},
        ],
    }
    lines = [json.loads(line) for line in admin.get("/labels/export.jsonl").text.splitlines()]
    assert len(lines) == 4
    assert lines[-1] == {
        "text": "where do I pay",
        "intent": "ask_payment_methods",
        "lang": "en",
        "guess": "ask_balance",
        "confidence": 0.4,
    }
    assert admin.get("/labels/export.jsonl", language="en").text.count("\n") == 1


def test_nothing_labelled_gives_an_empty_file(admin: Person) -> None:
    assert yaml.safe_load(admin.get("/labels/export.yml", language="en").text) == {"version": "3.1", "nlu": []}


def test_every_intent_can_be_a_label(phones: Phones, admin: Person) -> None:
    for number, intent in enumerate(Intent):
        phones.says(f"frase {number}", "thanks", 0.4)
        (found,) = listed(admin, labelled="false")
        assert label(admin, found, intent).status_code == 200
    file = yaml.safe_load(admin.get("/labels/export.yml", language="es").text)
    assert [each["intent"] for each in file["nlu"]] == list(Intent)
