"""Whatever the amount and the day are, each written form of them is read back."""

import time
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.understanding import spoken
from tests.understanding.phrases import NOW
from understanding.reading import read

DAYS = st.dates(date(2025, 1, 1), date(2031, 12, 31))
AMOUNTS = st.one_of(st.integers(32, 999), st.integers(1, 99).map(lambda n: n * 50), st.integers(1000, 99_999))
AMOUNTS = AMOUNTS.filter(lambda amount: amount > 31)
FRAMES = ["{}", "le doy {}", "le pago {} sin falta", "i can pay {}", "nomás tengo {} señorita, se los mando"]


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 11, tzinfo=ZoneInfo("America/Mexico_City"))


@settings(max_examples=300, deadline=None)
@given(AMOUNTS, st.data())
def test_each_form_of_an_amount_is_read_back(amount: int, data: st.DataObject) -> None:
    form = data.draw(st.sampled_from(list(spoken.amounts(amount))))
    reading = read(data.draw(st.sampled_from(FRAMES)).format(form), NOW)
    assert (reading.amount, reading.currency) == (amount * 100, "MXN")
    assert not reading.ambiguous


@settings(max_examples=300, deadline=None)
@given(DAYS, st.integers(0, 21), st.data())
def test_each_form_of_a_near_day_is_read_back(today: date, ahead: int, data: st.DataObject) -> None:
    form = data.draw(st.sampled_from(list(spoken.near_days(today, ahead))))
    frame = data.draw(st.sampled_from(["{}", "{} le pago", "le deposito {}", "i'll pay {}", "puedo pagar {}?"]))
    reading = read(frame.format(form), at(today))
    assert reading.date == today + timedelta(ahead), form
    assert not reading.ambiguous


@settings(max_examples=200, deadline=None)
@given(DAYS, st.integers(0, 200), st.data())
def test_each_form_of_a_payment_day_in_the_past_is_read_back(today: date, ago: int, data: st.DataObject) -> None:
    day = today - timedelta(ago)
    forms = list(spoken.dated(day))
    if 0 < ago <= 7:
        forms += [f"el {spoken.WEEKDAYS[day.weekday()]}", f"el {spoken.WEEKDAYS[day.weekday()]} pasado"]
        forms += [f"last {spoken.DAYS[day.weekday()]}"]
    if 1 < ago <= 90 and ago not in {8, 15}:
        forms += [f"hace {ago} días", f"{ago} days ago"]
    form = data.draw(st.sampled_from(forms))
    assert read(f"pagué {form}", at(today), look_back=True).date == day, form


@settings(max_examples=200, deadline=None)
@given(AMOUNTS, DAYS, st.integers(0, 21), st.data())
def test_an_amount_and_a_day_in_one_text_keep_apart(amount: int, today: date, ahead: int, data: st.DataObject) -> None:
    money = data.draw(st.sampled_from([f"${amount}", f"{amount} pesos", f"{spoken.spanish(amount)} pesos"]))
    day = data.draw(st.sampled_from(list(spoken.near_days(today, ahead))))
    frame = data.draw(st.sampled_from(["{day} le pago {money}", "le deposito {money} {day}", "{money} {day}"]))
    reading = read(frame.format(day=day, money=money), at(today))
    assert (reading.amount, reading.date) == (amount * 100, today + timedelta(ahead)), (money, day)


@settings(max_examples=200, deadline=None)
@given(st.integers(1, 60), st.integers(0, 9_999_999_999), st.data())
def test_numbers_that_are_no_money_are_no_amount(small: int, long: int, data: st.DataObject) -> None:
    hour = small % 12 + 1
    said = [
        f"mi folio es {long}",
        f"mi cel es {5_500_000_000 + long % 99_999_999}",
        f"la cuenta termina en {long % 9999:04}",
        f"llámeme a las {hour}",
        f"trabajo hasta las {hour} de la noche",
        f"call me at {hour}pm",
        f"{hour}:30 am",
        f"tengo {small + 17} años",
        f"i'm {small + 17} years old",
        f"son {small + 1} niños",
        f"llevo {small + 1} meses sin trabajo",
        f"vivo en la calle Hidalgo {small}",
        f"casa {small} manzana {hour}",
        f"mi número de cliente es {long}",
        f"debo {small + 1} cuotas",
        f"me faltan {small + 1} pagos",
        f"pedí {long % 99_999} y no es cierto",
        f"me robaron {long % 99_999} pesos",
        f"gano {long % 9_999} por semana",
        f"no tengo ni {small} pesos",
        f"estuve {small + 1} días en el hospital",
        f"{small + 1} tamales",
        f"son {small + 1} personas",
        f"referencia {long}",
    ]
    text = data.draw(st.sampled_from(said))
    assert read(text, NOW).amount is None, text


@pytest.mark.parametrize("separator", ["y", "o", "a"])
@given(low=st.integers(40, 900), more=st.integers(1, 900))
def test_a_span_of_amounts_is_asked_back(separator: str, low: int, more: int) -> None:
    text = (
        f"le doy entre {low} y {low + more} el viernes"
        if separator == "y"
        else f"le doy {low} {separator} {low + more}"
    )
    reading = read(text, NOW)
    assert reading.amount is None
    assert reading.ambiguous_about == "amount"


def test_a_text_is_read_within_two_milliseconds() -> None:
    texts = [form for amount in (350, 1500) for form in spoken.amounts(amount)]
    texts += [f"le pago {form}" for ahead in range(15) for form in spoken.near_days(NOW.date(), ahead)]
    for text in texts:
        read(text, NOW)
    began = time.process_time()
    for text in texts:
        read(text, NOW)
    assert (time.process_time() - began) / len(texts) < 0.002
