"""Settings: what is refused, and by which words; which senders somebody must have declared."""

from typing import Any

import pytest
import sqlalchemy as sa
from pydantic import ValidationError

from alcorriente import composition
from alcorriente.settings import Settings
from store.clock import RealClock

TWILIO: dict[str, Any] = {
    "twilio_account_sid": "AC1",
    "twilio_auth_token": "t",
    "twilio_sms_from": "+525511111111",
    "twilio_whatsapp_from": "+525522222222",
}
TELEGRAM: dict[str, Any] = {"telegram_token": "110201543:secret", "telegram_secret": "s"}
ALL = ["whatsapp:+525522222222", "sms:+525511111111", "telegram:110201543"]
HERE = {"twilio_base_url": "http://127.0.0.1:4030", "telegram_base_url": "http://localhost:8088"}


def given(**more: Any) -> Settings:
    return Settings(**({"secret": "a long random text", "public_url": "https://pagos.example.mx"} | more))


@pytest.mark.parametrize(
    ("settings", "undeclared"),
    [
        ({}, []),
        (TWILIO | TELEGRAM, ALL),
        (TWILIO | {"twilio_sms_from": "", "twilio_messaging_service_sid": "MG1"}, [ALL[0], "sms:MG1"]),
        (TWILIO | TELEGRAM | {"first_party": {ALL[1]: "Ana Pérez, 2026-11-20"}}, [ALL[0], ALL[2]]),
        (TWILIO | TELEGRAM | {"first_party": dict.fromkeys(ALL, "Ana Pérez, 2026-11-20")}, []),
        (TELEGRAM | {"first_party": {ALL[2]: "  "}}, [ALL[2]]),
        (TWILIO | TELEGRAM | HERE, []),
        (TWILIO | TELEGRAM | {"simulator": True}, []),
    ],
)
def test_a_sender_that_nobody_has_declared_sends_nothing(settings: dict[str, Any], undeclared: list[str]) -> None:
    chosen = given(**settings)
    assert chosen.undeclared_senders == undeclared
    if not undeclared:
        composition.channels(chosen, RealClock(), sa.create_engine("sqlite://"))
        return
    with pytest.raises(composition.Undeclared) as refused:
        composition.channels(chosen, RealClock(), sa.create_engine("sqlite://"))
    assert all(each in str(refused.value) for each in [*undeclared, "ALCORRIENTE_FIRST_PARTY"])
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize("value", ["whatsapp:MX,sms", "sms:MX, sms:GT", "telegram", ""])
def test_reminders_go_where_they_were_switched_on(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALCORRIENTE_REMINDER_CHANNELS", value)
    assert given().reminder_channels == tuple(each.strip() for each in value.split(",") if each)


@pytest.mark.parametrize("value", ["fax", "sms:mx", "sms:MEX", "sms:", "whatsapp MX"])
def test_what_is_no_channel_is_named(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALCORRIENTE_REMINDER_CHANNELS", value)
    with pytest.raises(ValidationError, match="ALCORRIENTE_REMINDER_CHANNELS"):
        given()
