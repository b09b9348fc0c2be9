"""Templates whose approval was taken back are not sent; what could not be asked stays as it was."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from bot import approvals
from bot.channels.base import Outgoing, SendError, SendFailed, Template
from bot.channels.twilio import TwilioChannel, TwilioSettings
from outreach import cadence, flow_versions, flows
from store.engine import transaction
from tests.bot.channels import provider as providers
from tests.bot.channels.provider import Answer, Provider

NOW = datetime(2026, 11, 18, 16, tzinfo=UTC)
SID = "HX" + "0" * 32


@pytest.fixture
def provider() -> Iterator[Provider]:
    with providers.running() as running:
        yield running


@pytest.fixture
def channel(engine: sa.Engine, provider: Provider) -> Iterator[TwilioChannel]:
    settings = TwilioSettings(
        account_sid="AC" + "0" * 32,
        auth_token="token",
        public_base_url="https://pay.example.org",
        whatsapp_from="+12065551212",
        templates={"reminder.before": SID},
        api_base_url=provider.url,
        content_base_url=provider.url,
        timeout=providers.PATIENT,
    )
    opened = TwilioChannel("whatsapp", settings, approvals.Remembered(engine).approved)
    yield opened
    opened.close()


def told(status: str) -> Answer:
    return Answer(200, {"sid": SID, "whatsapp": {"status": status, "rejection_reason": "because"}})


def send(channel: TwilioChannel) -> str:
    outgoing = Outgoing(
        1, "+525512345678", "phone", "Hola", template=Template("reminder.before", "es", {"name": "Ana"})
    )
    try:
        return channel.send(outgoing).provider_id
    except SendFailed as failure:
        return failure.error


@pytest.mark.parametrize("status", ["paused", "rejected", "disabled", "pending", "unsubmitted"])
def test_a_template_that_is_not_approved_is_not_sent(
    engine: sa.Engine, provider: Provider, channel: TwilioChannel, status: str
) -> None:
    provider.answers(told(status))
    assert approvals.poll(engine, {"whatsapp": channel}, NOW) == {"templates_changed": 1}
    assert approvals.poll(engine, {"whatsapp": channel}, NOW) == {"templates_changed": 0}
    asked = len(provider.asked)
    assert send(channel) == SendError.TEMPLATE_REJECTED
    assert len(provider.asked) == asked


def test_an_approved_one_and_one_nobody_has_asked_about_are_sent(
    engine: sa.Engine, provider: Provider, channel: TwilioChannel
) -> None:
    provider.answers(Answer(201, {"sid": "SM1"}))
    assert send(channel) == "SM1"
    provider.answers(told("approved"), Answer(201, {"sid": "SM2"}))
    approvals.poll(engine, {"whatsapp": channel}, NOW)
    assert send(channel) == "SM2"


def test_templates_that_a_draft_names_are_asked_about(
    engine: sa.Engine, provider: Provider, channel: TwilioChannel
) -> None:
    other = "HX" + "1" * 32
    raw = cadence.whole(cadence.load())
    raw["steps"][0]["templates"] = {"es": {"content_sid": other, "variables": []}}
    with transaction(engine) as session:
        flows.seed(session, NOW)
        session.flush()
        flow_versions.bring_in(session, 1, raw, by="staff:1", now=NOW)
    provider.answers(told("approved"), Answer(200, {"sid": other, "whatsapp": {"status": "pending"}}))
    assert approvals.poll(engine, {"whatsapp": channel}, NOW) == {"templates_changed": 2}
    assert not approvals.Remembered(engine).approved(other)


@pytest.mark.parametrize(
    "answer", [Answer(503, "down"), Answer(404, {"code": 20404}), Answer(reset=True), Answer(200, "[")]
)
def test_a_provider_that_does_not_say_changes_nothing(
    engine: sa.Engine, provider: Provider, channel: TwilioChannel, answer: Answer
) -> None:
    provider.answers(told("paused"))
    approvals.poll(engine, {"whatsapp": channel}, NOW)
    provider.answers(answer)
    assert approvals.poll(engine, {"whatsapp": channel}, NOW) == {"templates_changed": 0}
    assert not approvals.Remembered(engine).approved(SID)
