"""Payloads, answers and signatures as providers sent them to others, through our own hooks and channels."""

import json
from typing import Any

import pytest
from httpx2 import Response

from bot.channels import telegram_updates, twilio_hooks
from bot.channels.base import Channel, Outgoing, SendFailed, Sent, Template
from bot.channels.telegram import TelegramChannel, TelegramSettings
from bot.channels.twilio import TwilioChannel, TwilioSettings
from outreach.messages import Inbound
from tests.bot.channels.conftest import NOW, Gate
from tests.bot.channels.provider import PATIENT, Answer, Asked, Provider
from tests.bot.channels.vectors import vectors

pytestmark = pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)

INBOUND = {each["id"]: each for each in vectors("inbound")}
TWILIO = [name for name, each in INBOUND.items() if each["channel"] != "telegram" and each["kind"] == "inbound"]
STATUS = [name for name, each in INBOUND.items() if each["kind"] == "status"]
TELEGRAM = [name for name, each in INBOUND.items() if each["channel"] == "telegram"]
SERVICE = "MG0123456789abcdef0123456789abcdef"


def post(gate: Gate, vector: dict[str, Any], **more: str) -> Response:
    request = vector["request"]
    hook = "status" if vector["kind"] == "status" else vector["channel"]
    signature = {"missing": None, "invalid": "c2lnbmVkIGJ5IG5vYm9keQ=="}.get(request["signature"], "valid")
    return gate.twilio(
        hook,
        [(name, value) for name, value in request["form"]],
        signature=signature,
        token=request.get("auth_token", "6789"),
        **more,
    )


def right_status(expected: str, actual: int) -> bool:
    return f"{actual // 100}xx" in expected.split("|")


@pytest.mark.parametrize("name", TWILIO)
def test_a_message_through_twilio_is_understood_as_the_vector_says(gate: Gate, name: str) -> None:
    vector = INBOUND[name]
    expect = vector["expect"]

    answer = post(gate, vector)

    assert right_status(expect["http"], answer.status_code)
    if expect["event"] is None:
        assert gate.messages() == []
        return
    assert answer.text == "<Response/>"
    message, address = gate.message(), gate.address()
    assert message.channel == address.channel == vector["channel"]
    assert (address.kind, address.value) == (expect["sender_kind"], expect["sender"])
    assert message.provider_id == expect["external_id"]
    assert message.text in expect.get("text_any_of", [expect.get("text")])
    assert [item["url"] for item in message.media] == expect["media"]
    if "media_types" in expect:
        assert [item["mime"] for item in message.media] == expect["media_types"]
    if "location" in expect:
        assert message.kind == "location"
    assert gate.wakes == [True]
    understood = twilio_hooks.inbound(vector["channel"], dict(vector["request"]["form"]))
    assert understood is not None
    assert understood.also_known_as == expect.get("also_known_as", {}).get("value")


@pytest.mark.parametrize("name", STATUS)
def test_a_status_report_is_kept_as_the_vector_says(gate: Gate, name: str) -> None:
    vector = INBOUND[name]
    expect = vector["expect"]
    ours = {"query": "message=77"} if "query" in vector["request"] else {}

    answer = post(gate, vector, **ours)

    assert right_status(expect["http"], answer.status_code)
    if "external_id" not in expect:
        assert {each.status for each in gate.reports()} <= {"huh"}
        return
    (report,) = gate.reports()
    assert (report.provider_id, report.status) == (expect["external_id"], expect["status"])
    event = twilio_hooks.status_event(dict(vector["request"]["form"]), {"message": "77"}, NOW)
    assert event is not None
    assert event.message_id == 77
    assert event.raw.get("ErrorCode") == expect.get("error_code")
    if expect.get("retry"):
        assert report.error_code == "rate_limited"


@pytest.mark.parametrize("form", ["json", "json_modern"])
@pytest.mark.parametrize("name", TELEGRAM)
def test_a_telegram_update_is_understood_as_the_vector_says(gate: Gate, name: str, form: str) -> None:
    request, expect = INBOUND[name]["request"], INBOUND[name]["expect"]
    if form not in request:
        pytest.skip("this vector has one form only")

    answer = gate.telegram(request[form])

    assert right_status(expect["http"], answer.status_code)
    parses = request["ptb_22_8_parses" if form == "json" else "ptb_22_8_parses_modern"]
    if not parses:
        assert [each.status for each in gate.messages()] == ["failed"]
        assert gate.wakes == []
    elif expect["event"] is None:
        assert gate.messages() == []
    elif expect["event"] == "message":
        _check_message(gate, telegram_updates.read(json.dumps(request[form]).encode()), expect)


def _check_message(gate: Gate, understood: telegram_updates.Event, expect: dict[str, Any]) -> None:
    message, address = gate.message(), gate.address()
    assert (address.channel, address.kind, address.value) == ("telegram", expect["sender_kind"], expect["sender"])
    assert message.text == expect["text"]
    assert message.status == "received"
    assert isinstance(understood, Inbound)
    assert understood.profile_name == expect["name"]
    assert understood.occurred_at is not None
    assert understood.occurred_at.isoformat() == expect["occurred_at"]
    if "location" in expect:
        assert message.kind == "location"
    if "payload" in expect:
        assert json.loads(understood.payload or "") == expect["payload"]
    if not expect.get("media_optional"):
        wanted = [each | {"kind": {"photo": "image"}.get(each["kind"], each["kind"])} for each in expect["media"]]
        assert [{key: got.get(key) for key in want} for want, got in zip(wanted, message.media, strict=True)] == wanted


@pytest.mark.parametrize("vector", vectors("signature"), ids=lambda each: each["id"])
def test_a_signature_is_judged_as_the_vector_says(vector: dict[str, Any], store_url: str) -> None:
    payload = vector["body"] if vector["body"] is not None else twilio_hooks.Form(map(tuple, vector["params"] or []))
    headers = {"x-twilio-signature": vector["signature"]}

    signed = twilio_hooks.is_signed(vector["url"], payload, headers, (vector["token"],))

    assert signed is vector["valid"]


@pytest.mark.parametrize("vector", vectors("outbound"), ids=lambda each: each["id"])
def test_a_message_is_sent_and_its_answer_understood_as_the_vector_says(
    vector: dict[str, Any], provider: Provider, store_url: str
) -> None:
    provider.answers(*[Answer(status, body) for status, body in vector["provider_answers"]] or [Answer()])
    expect, channel = vector["expect"], channel_of(vector, provider)
    sent: Sent | None = None
    failure: SendFailed | None = None

    try:
        sent = channel.send(outgoing_of(vector))
    except SendFailed as failed:
        failure = failed
    finally:
        channel.close()

    assert outcome(failure) in expect.get("outcome_any_of", [expect.get("outcome")])
    if "retry" in expect:
        assert failure is not None
        assert failure.error.retry is expect["retry"]
    if "retry_after" in expect:
        assert failure is not None
        assert failure.retry_after == expect["retry_after"]
    if expect.get("opt_out"):
        assert failure is not None
        assert failure.error == "opted_out"
    if expect.get("external_ids"):
        assert sent is not None
        assert sent.provider_id.split(":")[-1] == expect["external_ids"][0]
    if "requests" in expect:
        assert len(provider.asked) == expect["requests"]
    for wanted, asked in zip(vector.get("expected_requests", []), provider.asked, strict=False):
        check_request(wanted, asked)


def outcome(failure: SendFailed | None) -> str:
    if failure is None:
        return "accepted"
    if failure.error == "unknown_outcome":
        return "unknown"
    return "errored" if failure.error.retry else "failed"


def channel_of(vector: dict[str, Any], provider: Provider) -> TwilioChannel | TelegramChannel:
    if vector["channel"] == "telegram":
        return TelegramChannel(TelegramSettings("1:bot", "secret", provider.url, timeout=PATIENT))
    service = any("MessagingServiceSid" in each for each in vector.get("expected_requests", []))
    settings = TwilioSettings(
        account_sid="AC00000000000000000000000000000000",
        auth_token="token",
        public_base_url="https://pay.example.org",
        whatsapp_from="+12065551212",
        sms_from="2020",
        messaging_service_sid=SERVICE if service else "",
        api_base_url=provider.url,
    )
    return TwilioChannel(vector["channel"], settings)


def outgoing_of(vector: dict[str, Any]) -> Outgoing:
    message = vector["message"]
    default = {"telegram": "12345"}.get(vector["channel"], "+250788383383")
    return Outgoing(
        message_id=41,
        to=message.get("to", default),
        kind="phone",
        text=message.get("text", ""),
        media=[{"kind": "image", "url": url} for url in message.get("media", [])],
        template=Template("unknown", "es", {}) if "template" in message else None,
    )


def check_request(wanted: dict[str, Any], asked: Asked) -> None:
    for name, value in wanted.items():
        if name == "path":
            assert asked.path.endswith(f"/{value}")
        elif name == "StatusCallback":
            assert "message=41" in (asked.one(name) or "")
        else:
            assert asked.fields[name] == (value if isinstance(value, list) else [value])


def test_both_kinds_of_channel_keep_the_contract(store_url: str, provider: Provider) -> None:
    for name in ("sms", "telegram"):
        channel: Channel = channel_of({"channel": name}, provider)
        assert channel.name == name
