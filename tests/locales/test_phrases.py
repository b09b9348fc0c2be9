"""Rendering: by key, with values a borrower's way, whole or not at all."""

import time
from typing import Any

import pytest

from locales.phrases import PhraseError, catalogue, languages, read_catalogue, render, title

PESOS_500 = {"money": 50000, "currency": "MXN"}
FRIDAY = {"date": "2026-11-20"}


def test_a_promise_is_read_back_with_amount_and_calendar_date() -> None:
    text = render("promise.confirm", {"amount": PESOS_500, "date": FRIDAY}, "es_MX")
    assert text == "Para confirmar: usted pagará $500.00 el viernes 20 de noviembre. ¿Es correcto? Responda sí o no."


def test_the_same_phrase_in_english() -> None:
    text = render("promise.confirm", {"amount": PESOS_500, "date": FRIDAY}, "en_MX")
    assert text == "To confirm your payment: $500.00 on Friday, November 20. Is that right? Please answer yes or no."


def test_mexico_says_some_things_its_own_way_and_the_rest_like_everybody() -> None:
    assert render("paid_by.oxxo", {}, "es_MX") == "en Oxxo"
    assert render("paid_by.oxxo", {}, "es_CO") == "en tienda de conveniencia"
    assert render("thanks", {}, "es_MX") == render("thanks", {}, "es_PE") == render("thanks", {}, "es")


@pytest.mark.parametrize(
    ("count", "words"), [(1, "Le queda 1 intento,"), (2, "Le quedan 2 intentos,"), (0, "Le quedan 0 intentos,")]
)
def test_plurals_follow_the_count(count: int, words: str) -> None:
    assert words in render("identity.ask_again", {"count": count}, "es_MX")


def test_a_list_is_one_line_for_each_row() -> None:
    rows = [
        {"name": "Oxxo", "account": "1234 5678", "note": "Diga que es un depósito"},
        {"name": "Sucursal", "account": "", "note": ""},
    ]
    text = render("methods.list", {"rows": {"rows": rows, "row": "methods.row"}}, "es_MX")
    assert "\n• Oxxo\n  1234 5678\n  Diga que es un depósito\n• Sucursal\n" in text


def test_a_list_may_hold_rows_of_several_kinds() -> None:
    blocks = [
        {"rows": [{"loan": "LN-1", "overdue": PESOS_500}], "row": "reminder.row_overdue"},
        {"rows": [{"loan": "LN-2", "amount": PESOS_500, "date": FRIDAY}], "row": "reminder.row"},
    ]
    text = render("reminder.several", {"name": "Lupe", "lender": "Caja", "rows": blocks}, "es_MX")
    assert "\n• LN-1: $500.00 por cubrir\n• LN-2: $500.00 para el viernes 20 de noviembre\n" in text


def test_an_empty_contact_takes_its_words_along() -> None:
    told = render("complaint.opened", {"case": 7, "contact": "CONDUSEF"}, "es_MX")
    untold = render("complaint.opened", {"case": 7, "contact": ""}, "es_MX")
    assert told == f"{untold}\nTambién puede acudir a: CONDUSEF"


@pytest.mark.parametrize(
    ("value", "spoken"),
    [
        (7, "7"),
        ("mañana", "mañana"),
        ("{name}", "{name}"),
        (FRIDAY, "viernes 20 de noviembre"),
        ({"date": "2027-01-15", "year": True}, "viernes 15 de enero de 2027"),
        ({"time": "18:00"}, "6:00 p.m."),
        ({"date": "2026-11-20", "time": "09:00"}, "viernes 20 de noviembre, 9:00 a.m."),
        ({"duration": 7200}, "2 horas"),
        ({"currency": "MXN"}, "pesos mexicanos"),
        ({"phrase": "time.afternoon"}, "por la tarde"),
        ({"phrase": "moment", "values": {"date": FRIDAY, "time": "temprano"}}, "viernes 20 de noviembre, temprano"),
    ],
)
def test_each_kind_of_value_is_spoken(value: Any, spoken: str) -> None:
    assert f"({spoken})" in render("later.noted", {"when": value}, "es_MX")


@pytest.mark.parametrize(
    "value",
    [
        None,
        "",
        1.5,
        True,
        [],
        {},
        {"money": 500},
        {"currency": 500},
        {"money": "500", "currency": "MXN"},
        {"money": 5.0, "currency": "MXN"},
        {"date": "2026-02-30"},
        {"date": "tomorrow"},
        {"time": "25:00"},
        {"phrase": "no.such"},
        {"phrase": "greet.known"},
        {"rows": [], "row": "history.row"},
        {"rows": [{}], "row": "history.row"},
        {"rows": "ab", "row": "history.row"},
        {"unknown": 1},
    ],
)
def test_a_value_that_cannot_be_spoken_stops_the_phrase(value: Any) -> None:
    with pytest.raises(PhraseError):
        render("later.noted", {"when": value}, "es_MX")


@pytest.mark.parametrize(
    ("key", "values", "locale"),
    [
        ("no.such", {}, "es_MX"),
        ("greet.known", {"name": "Lupe"}, "es_MX"),
        ("greet.known", {"name": "", "lender": "Caja"}, "es_MX"),
        ("identity.ask_again", {"count": "2"}, "es_MX"),
        ("identity.ask_again", {}, "en"),
        ("thanks", {}, "fr"),
        ("thanks", {}, ""),
        ("thanks", {}, "../es"),
    ],
)
def test_half_a_phrase_is_never_said(key: str, values: dict[str, Any], locale: str) -> None:
    with pytest.raises(PhraseError, match=r"missing|no such|no catalogue|must be"):
        render(key, values, locale)


def test_what_a_borrower_typed_is_never_read_as_a_placeholder() -> None:
    text = render("greet.known", {"name": "{lender}{0.__class__}", "lender": "Caja"}, "es")
    assert text.startswith("Hola, {lender}{0.__class__}. ")


def test_values_that_a_phrase_does_not_say_are_ignored() -> None:
    assert render("thanks", {"name": "Lupe"}, "es") == render("thanks", {}, "es")


def test_button_titles_fit_and_longer_texts_are_refused() -> None:
    assert title("button.yes", "es_MX") == "Sí"
    with pytest.raises(PhraseError, match="longer than 20"):
        title("help", "es_MX")


def test_the_catalogues_are_spanish_its_mexican_variant_and_english() -> None:
    assert languages() == ["en", "es", "es_MX"]
    assert read_catalogue("es_MX").keys() < read_catalogue("es").keys()
    assert catalogue("es_MX").keys() == catalogue("en").keys()


def test_twenty_thousand_phrases_take_about_a_second() -> None:
    values = {"name": "Lupe", "amount": PESOS_500, "date": FRIDAY}
    render("promise.recorded", values, "es_MX")
    start = time.process_time()
    for _ in range(20_000):
        render("promise.recorded", values, "es_MX")
    assert time.process_time() - start < 1
