"""The first thing that somebody tries: a borrower of the filled demo who is late."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from tests.journeys.phone import Phone
from tests.product import Product

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    product = Product(tmp_path_factory.mktemp("demo"), "--demo")
    try:
        yield product.start(patience=400)
    finally:
        product.stop()


def _late_borrower(demo: Product) -> tuple[Phone, dict[str, Any]]:
    """With one loan, nothing agreed yet, and WhatsApp."""
    for each in demo.get("/simulator/borrowers?arrears=5-30")["borrowers"]:
        active = [loan for loan in each["loans"] if loan["status"] == "active"]
        number = next((place["address"] for place in each["addresses"] if place["channel"] == "whatsapp"), None)
        if number is None or len(active) != 1 or not each["language"].startswith("es"):
            continue
        phone = Phone(demo, number)
        state = phone.state
        if not (state["promises"] or state["plans"] or state["cases"] or state["holds"]):
            return phone, each | {"loan": active[0]}
    raise AssertionError("The demo has nobody who is a little late")


def test_a_late_borrower_of_the_demo_asks_promises_and_is_thanked(demo: Product) -> None:
    phone, borrower = _late_borrower(demo)
    answer = phone.says("cuánto debo")
    if answer["asks"] == "identity":
        answer = phone.says(f"{date.fromisoformat(borrower['birth_date']):%d/%m/%Y}")
    assert f"{borrower['loan']['balance']:,.2f}" in answer["text"]

    asked = phone.says("el viernes le pago 500")
    assert asked["asks"] == "confirmation" and re.search(r"viernes \d+ de \w+", asked["text"])
    assert phone.says("sí")["key"] == "promise.recorded"
    (promise,) = phone.state["promises"]
    due = date.fromisoformat(promise["date"])
    assert (promise["amount"], due.weekday()) == (500.0, 4)

    demo.post("/simulator/payments", {"loan": borrower["loan"]["id"], "amount": 500})
    demo.post("/simulator/clock", {"now": f"{due + timedelta(days=3)}T23:00:00-06:00"})
    assert phone.state["promises"] == []
    thanks = [each["key"] for each in phone.received if each["key"].startswith("payment.thanks")]
    assert thanks[-1] == "payment.thanks_kept" and thanks.count("payment.thanks_kept") == 1
