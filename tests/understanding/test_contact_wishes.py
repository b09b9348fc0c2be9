"""Limits on when and where we write; what only sounds like one is none."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understanding.contact_wishes import ContactWish, read_contact_wish

NOW = datetime(2026, 11, 18, 10, 0, tzinfo=ZoneInfo("America/Mexico_City"))  # a Wednesday
HOURS = [
    ("sólo por la tarde", 12, 19),
    ("no me manden mensajes en la noche", 6, 18),
    ("mejor no me manden mensajes de noche", 6, 18),
    ("no me llamen por la mañana", 12, 22),
    ("no me escriban antes de las 10", 10, 22),
    ("no me llamen después de las 8 de la noche", 6, 20),
    ("sólo después de las 6", 18, 22),
    ("nomás de 9 a 2", 9, 14),
    ("sólo entre 4 y 7 de la tarde", 16, 19),
    ("only text me in the evening", 18, 22),
    ("text me between 4 and 7 pm only", 16, 19),
]
PAUSES = [
    ("no me escriban esta semana", date(2026, 11, 23)),
    ("ya no me anden escribiendo lo que resta de la semana", date(2026, 11, 23)),
    ("dejen de escribirme hasta el lunes", date(2026, 11, 23)),
    ("no me busquen hasta el 30", date(2026, 11, 30)),
    ("dejen de mandar recordatorios por una semana", date(2026, 11, 25)),
    ("pausen los mensajes 15 días", date(2026, 12, 3)),
    ("denme un respiro de unos días", date(2026, 11, 21)),
    ("no me molesten este mes", date(2026, 12, 1)),
    ("hoy no me escriban por favor", date(2026, 11, 19)),
    ("no me marquen el fin de semana", date(2026, 11, 23)),
    ("please don't text me this week", date(2026, 11, 23)),
    ("stop texting me until monday", date(2026, 11, 23)),
    ("don't contact me for a couple of days", date(2026, 11, 20)),
]
CHANNELS = [
    ("sólo whatsapp", "whatsapp"),
    ("nomás por sms por favor", "sms"),
    ("no me manden sms, sólo whatsapp", "whatsapp"),
    ("only on telegram please", "telegram"),
]
BY_PERSON = [
    "no me escriban los domingos",
    "sólo los sábados",
    "sólo de lunes a viernes",
    "no me llamen, sólo mensajes",
    "no calls, just text me",
]
NONE = [
    "no me escriban más",
    "ya no me escriban nunca, ni esta semana ni la otra",
    "dejen de escribirme hoy mismo",
    "no me escriban, hoy les pago",
    "no me escriban, el viernes pago",
    "hoy pago no me escriban",
    "sólo tengo 300",
    "sólo puedo pagar 200 el viernes",
    "no puedo pagar esta semana",
    "no me alcanza hasta el lunes",
    "just 200 on friday",
    "stop texting me",
    "stop texting me at work",
]


@pytest.mark.parametrize(("text", "opens", "closes"), HOURS)
def test_hours(text: str, opens: int, closes: int) -> None:
    assert read_contact_wish(text, NOW) == ContactWish(opens=time(opens), closes=time(closes))


@pytest.mark.parametrize(("text", "until"), PAUSES)
def test_a_pause_ends_with_the_night_before(text: str, until: date) -> None:
    assert read_contact_wish(text, NOW) == ContactWish(until=until)


@pytest.mark.parametrize(("text", "channel"), CHANNELS)
def test_one_channel_alone(text: str, channel: str) -> None:
    assert read_contact_wish(text, NOW).channel == channel


@pytest.mark.parametrize("text", BY_PERSON)
def test_what_no_row_can_keep_is_for_a_person(text: str) -> None:
    assert read_contact_wish(text, NOW) == ContactWish(by_person=True)


def test_channel_and_hours_at_once() -> None:
    said = read_contact_wish("sólo por WhatsApp y en la tarde", NOW)
    assert (said.channel, said.opens, said.closes) == ("whatsapp", time(12), time(19))


@pytest.mark.parametrize("text", ["ya me pueden escribir a cualquier hora", "you can text me anytime"])
def test_limits_are_taken_back(text: str) -> None:
    assert read_contact_wish(text, NOW).lifts


@pytest.mark.parametrize("text", NONE)
def test_an_end_for_good_and_talk_of_money_are_no_limits(text: str) -> None:
    assert read_contact_wish(text, NOW).is_empty


@given(st.text(max_size=80))
def test_any_text_is_read(text: str) -> None:
    said = read_contact_wish(text, NOW)
    assert said.until is None or said.until > NOW.date()
    assert said.opens is None or (said.closes is not None and said.opens < said.closes)
