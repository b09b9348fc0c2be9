"""What a borrower lives through: asked, promised, reminded, thanked, helped by a person. Real Rasa, store and clock."""

import pytest

from tests.journeys.conftest import Start
from tests.journeys.phone import BORN, CURRENT, ENGLISH, LOAN, SPANISH, fixture, known
from tests.product import Product

pytestmark = pytest.mark.slow


def test_a_balance_is_told_after_identity_only(start: Start) -> None:
    phone = start(fixture(LOAN))
    asked = phone.says("cuánto debo")
    assert asked["asks"] == "identity"
    assert not any(digit in asked["text"] for digit in ("3,200", "800"))
    told = phone.says(BORN)
    assert "$3,200.00" in told["text"] and "$800.00" in told["text"]
    assert phone.state["contact"]["identity_verified"]


def test_a_promise_is_read_back_with_its_calendar_date_and_stored_once(start: Start) -> None:
    phone = start(fixture(LOAN))
    phone.says("cuánto debo")
    phone.says(BORN)
    asked = phone.says("el viernes le pago 500")
    assert asked["asks"] == "confirmation"
    assert "$500.00" in asked["text"] and "viernes 20 de noviembre" in asked["text"]
    assert phone.state["promises"] == []
    done = phone.says("sí")
    assert done["key"] == "promise.recorded"
    promise = {"loan": "LN-1001", "amount": 500.0, "currency": "MXN", "date": "2026-11-20", "state": "open"}
    assert phone.state["promises"] == [promise]
    assert phone.says("sí")["key"] != "promise.recorded"
    assert phone.state["promises"] == [promise]


def test_a_promise_without_payment_breaks_after_its_grace(start: Start, product: Product) -> None:
    phone = start(fixture(LOAN, contact=known()))
    phone.says("el viernes le pago 500")
    phone.says("sí")
    product.post("/simulator/clock", {"now": "2026-11-20T23:00:00-06:00"})
    assert [each["state"] for each in phone.state["promises"]] == ["open"]
    product.post("/simulator/clock", {"now": "2026-11-24T12:00:00-06:00"})
    assert phone.state["promises"] == []
    assert [each["key"] for each in phone.received].count("promise.broken") == 1


def test_a_payment_keeps_the_promise_and_is_thanked_for_once(start: Start, product: Product) -> None:
    phone = start(fixture(LOAN, contact=known()))
    phone.says("el viernes le pago 500")
    phone.says("sí")
    product.post("/simulator/clock", {"now": "2026-11-20T11:00:00-06:00"})
    product.post("/simulator/payments", {"loan": "LN-1001", "amount": 500})
    product.post("/simulator/clock", {"now": "2026-11-24T12:00:00-06:00"})
    assert phone.state["promises"] == []
    keys = [each["key"] for each in phone.received]
    assert [key for key in keys if key.startswith("payment.thanks")] == ["payment.thanks_kept"]
    assert "promise.broken" not in keys


@pytest.mark.parametrize(("contact", "greeting"), [(SPANISH, "Hola, Guadalupe"), (ENGLISH, "Hello, Marcus")])
def test_the_clock_brings_exactly_the_planned_reminder_in_the_borrowers_language(
    start: Start, product: Product, contact: dict[str, str], greeting: str
) -> None:
    """Who was never late hears on the day itself only."""
    phone = start(fixture(CURRENT, contact=contact | {"confirmed": True}))
    product.post("/simulator/clock", {"now": "2026-11-20T23:00:00-06:00"})
    (came,) = phone.received
    assert (came["kind"], came["key"], came["at"]) == ("reminder", "reminder.due_today", "2026-11-20T16:00:00+00:00")
    assert came["text"].startswith(greeting) and "$800.00" in came["text"]
    product.post("/simulator/clock", {"advance": "PT30M"})
    assert len(phone.received) == 1


def test_a_person_takes_over_answers_and_gives_back(start: Start) -> None:
    phone = start(fixture(LOAN, contact=known()))
    assert phone.says("quiero hablar con una persona")["key"].startswith("person.")
    assert [each["reason"] for each in phone.state["cases"]] == ["human_request"]
    phone.collector("take-over")
    assert phone.says("¿hola?")["replies"] == []
    phone.collector("say", text="Soy Ana, de la cooperativa. ¿En qué le ayudo?")
    newest = phone.received[-1]
    assert (newest["kind"], newest["text"]) == ("collector", "Soy Ana, de la cooperativa. ¿En qué le ayudo?")
    assert phone.says("quería saber mi saldo")["replies"] == []
    phone.collector("give-back", summary="Resuelto")
    assert phone.state["cases"] == []
    assert "$3,200.00" in phone.says("cuánto debo")["text"]
