"""Every request that we make is one that Twilio's own description of its API accepts, judged by Prism."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.channels.base import Outgoing, SendFailed, Template
from bot.channels.twilio import TwilioChannel, TwilioSettings
from tests.bot.channels.vectors import vectors
from tests.counterparts import programs

pytestmark = pytest.mark.slow

CONTENT, SERVICE = "HX" + "0" * 32, "MG" + "0" * 32


@pytest.fixture(scope="module")
def strict(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with programs.judge(tmp_path_factory.mktemp("prism"), strict=True) as url:
        yield url


def channel_to(url: str, name: str, **changed: Any) -> TwilioChannel:
    given: dict[str, Any] = {
        "account_sid": programs.ACCOUNT,
        "auth_token": programs.TOKEN,
        "public_base_url": "https://pay.example.org/hooks",
        "whatsapp_from": programs.SMS,
        "sms_from": programs.SMS,
        "templates": {"reminder.due_today": CONTENT},
        "api_base_url": url,
        "content_base_url": url,
    }
    return TwilioChannel(name, TwilioSettings(**(given | changed)))


def outgoing(text: str = "Hola, Ana.", **more: Any) -> Outgoing:
    given: dict[str, Any] = {"message_id": 41, "to": "+525512345678", "kind": "phone", "text": text}
    return Outgoing(**(given | more))


MESSAGES: dict[str, tuple[str, dict[str, Any], Outgoing]] = {
    "a text by sms": ("sms", {}, outgoing()),
    "a text by whatsapp": ("whatsapp", {}, outgoing("¿Cuánto? 👋")),
    "the longest text": ("sms", {}, outgoing("a" * 1600)),
    "buttons": ("whatsapp", {}, outgoing(buttons=[{"title": "Sí"}, {"title": "No"}])),
    "a picture": ("whatsapp", {}, outgoing(media=[{"kind": "image", "url": "https://m.example/1.jpg"}])),
    "pictures without a text": (
        "sms",
        {},
        outgoing("", media=[{"url": "https://m.example/1.jpg"}, {"url": "https://m.example/2.jpg"}]),
    ),
    "a template": ("whatsapp", {}, outgoing(template=Template("reminder.due_today", "es", {"name": "Ana"}))),
    "a user without a phone": ("whatsapp", {}, outgoing(to="MX.1234", kind="bsuid")),
    "a limited validity": ("sms", {}, outgoing(valid_seconds=600)),
    "a messaging service": ("sms", {"sms_from": "", "messaging_service_sid": SERVICE}, outgoing()),
    "a sender within a service": ("whatsapp", {"messaging_service_sid": SERVICE}, outgoing()),
    "a short code": ("sms", {"sms_from": "2020"}, outgoing()),
}


@pytest.mark.parametrize("name", MESSAGES)
def test_what_we_send_is_accepted(strict: str, name: str) -> None:
    kind, changed, message = MESSAGES[name]
    channel = channel_to(strict, kind, **changed)
    assert channel.send(message).provider_id
    channel.close()


@pytest.mark.parametrize(
    "vector", [each for each in vectors("outbound") if each["channel"] != "telegram"], ids=lambda each: each["id"]
)
def test_the_vectors_messages_are_accepted(strict: str, vector: dict[str, Any]) -> None:
    told = vector["message"]
    if "template" in told:
        pytest.skip("nothing may be asked for it")
    media = [{"kind": "image", "url": url} for url in told.get("media", [])]
    channel = channel_to(strict, vector["channel"])
    assert channel.send(outgoing(told["text"], to=told.get("to", "+250788383383"), media=media)).provider_id
    channel.close()


def test_lists_and_approvals_are_asked_for_rightly(strict: str) -> None:
    since = datetime(2026, 11, 18, 12, tzinfo=UTC) - timedelta(hours=1)
    for name in ("whatsapp", "sms"):
        channel = channel_to(strict, name)
        list(channel.listed(since))
        list(channel.listed(since, "+525512345678"))
        assert [each.content_sid for each in channel.approvals()] == ([CONTENT] if name == "whatsapp" else [])
        channel.close()


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({}, outgoing(to="banana")),
        ({}, outgoing("a" * 1601)),
        ({"account_sid": "AC1"}, outgoing()),
        ({"sms_from": "", "messaging_service_sid": "MG1"}, outgoing()),
        ({"public_base_url": "nowhere"}, outgoing()),
    ],
)
def test_the_judge_refuses_what_is_wrong(strict: str, changed: dict[str, Any], message: Outgoing) -> None:
    channel = channel_to(strict, "sms", **changed)
    with pytest.raises(SendFailed) as refused:
        channel.send(message)
    assert refused.value.error.final
    channel.close()


def test_what_the_judge_lets_through_is_taken_by_a_twilio_with_memory(tmp_path: Path) -> None:
    with (
        programs.emulate("http://127.0.0.1:9") as upstream,
        programs.judge(tmp_path, strict=True, upstream=upstream) as url,
    ):
        channel = channel_to(url, "whatsapp")
        sent = channel.send(outgoing("¿Cuánto?\n\n1. Sí"))
        (listed,) = channel.listed(datetime.now(UTC) - timedelta(minutes=1), "+525512345678")
        assert (listed.provider_id, listed.text, listed.value) == (
            sent.provider_id,
            "¿Cuánto?\n\n1. Sí",
            "+525512345678",
        )
        channel.close()
