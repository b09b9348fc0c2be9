import time
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.understanding.phrases import NOW, Phrase, agrees, phrases, written
from understanding.reading import Reading, read


@pytest.mark.parametrize("phrase", phrases("offers.txt"), ids=lambda p: p.text)
def test_an_offer_is_read(phrase: Phrase) -> None:
    assert agrees(phrase), f"expected {phrase.expected!r}, read {written(phrase.read())!r}"


@pytest.mark.parametrize(
    ("text", "currency", "amount", "named"),
    [
        ("500", "COP", 50000, "COP"),
        ("50.000 pesos", "COP", 5000000, "COP"),
        ("15.000", "CLP", 15000, "CLP"),
        ("s/ 80", "PEN", 8000, "PEN"),
        ("L 300", "HNL", 30000, "HNL"),
        ("Q250.50", "GTQ", 25050, "GTQ"),
        ("US$ 40", "MXN", 4000, "USD"),
        ("300 pesos", "ARS", 30000, "ARS"),
    ],
)
def test_the_local_currency_holds_unless_another_is_named(text: str, currency: str, amount: int, named: str) -> None:
    reading = read(text, NOW, currency=currency, expecting="amount")
    assert (reading.amount, reading.currency) == (amount, named)


def test_a_day_belongs_to_the_payment_it_is_said_with() -> None:
    reading = read("le doy 400 y el lunes le doy 350", NOW)
    assert [(part.amount, part.date) for part in reading.parts] == [(40000, None), (35000, date(2026, 11, 23))]


def test_a_lone_small_number_is_what_was_asked_for() -> None:
    assert read("15", NOW, expecting="date").date == date(2026, 12, 15)
    assert read("15", NOW, expecting="amount").amount == 1500
    assert read("15", NOW) == Reading(ambiguous=True, ambiguous_about="amount")


def test_today_is_the_borrowers_day() -> None:
    instant = datetime(2026, 11, 19, 4, 30, tzinfo=ZoneInfo("UTC"))
    assert read("pago mañana", instant.astimezone(ZoneInfo("America/Mexico_City"))).date == date(2026, 11, 19)
    assert read("pago mañana", instant).date == date(2026, 11, 20)


def test_an_amount_of_nothing_is_no_amount() -> None:
    assert read("le pago 0 el viernes", NOW).amount is None


WORDS = """
el la lunes viernes 15 31 20/11 12/05 de diciembre mañana hoy ayer pasado 500 mil $1,200 mitad todo cuota
resto y o no mejor por semana quincena en 8 días fin mes hasta antes del próximo otro que viene pago doy ya
pagué friday next half 2026 30 febrero 1.5 lucas soles % / - , . ? 🙏 <b> ' ; -- entre al
"""
TEXTS = st.one_of(st.text(max_size=300), st.lists(st.sampled_from(WORDS.split()), max_size=14).map(" ".join))
MOMENTS = st.dates(date(2024, 1, 1), date(2032, 12, 31)).map(
    lambda day: datetime(day.year, day.month, day.day, 9, tzinfo=ZoneInfo("America/Bogota"))
)


@settings(max_examples=400, deadline=None)
@given(TEXTS, MOMENTS, st.sampled_from(["amount", "date", None]), st.booleans())
def test_reading_is_total_and_never_offers_the_past(text: str, now: datetime, expecting: Any, look_back: bool) -> None:
    reading = read(text, now, look_back=look_back, expecting=expecting)
    assert reading.parts
    assert reading.ambiguous == (reading.ambiguous_about is not None)
    for part in reading.parts:
        assert part.amount is None or part.amount > 0
        assert (part.amount_ref == "fraction") == (part.fraction is not None)
        assert (part.currency is None) == (part.amount is None and part.amount_ref is None)
        assert part.date is None or part.date_range is None
        days = [part.date] if part.date else list(part.date_range or ())
        assert days == sorted(days)
        if not look_back and "20" not in text:
            assert all(day >= now.date() for day in days[-1:])
            assert all(day <= now.date() + timedelta(420) for day in days)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "🙏" * 2000,
        "<script>alert('x')</script>" * 150,
        "'; DROP TABLE loans; -- " * 170,
        "el viernes le deposito 500 y el resto el lunes. " * 85,
        "el " * 1333,
        "9" * 4000,
        "1 " * 2000,
        "no quiero " * 400,
        "ﷺ" * 4000,
    ],
    ids=lambda text: text[:12],
)
def test_long_and_strange_texts_are_read_quickly(text: str) -> None:
    began = time.perf_counter()
    read(text, NOW)
    assert time.perf_counter() - began < 0.2
