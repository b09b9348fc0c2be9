"""Hooks as they are served, over a fresh store, and a provider on loopback."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

import pytest
import sqlalchemy as sa
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlmodel import col, select
from twilio.request_validator import RequestValidator

from bot import hooks
from bot.channels.telegram import TelegramSettings
from bot.channels.twilio import TwilioSettings
from bot.channels.twilio_hooks import Form
from bot.keeper import in_store
from bot.webhooks import router
from outreach.tables import Address, Message, MessageStatus
from store.engine import reading
from tests.bot.channels import provider as providers
from tests.bot.channels.provider import Provider

PUBLIC = "https://pay.example.org/hooks"
NOW = datetime(2026, 11, 18, 16, 0, tzinfo=UTC)
SECRET = "a-secret_of-the-hook"
TOKENS = ("6789", "the-next-token")


class FixedClock:
    def now(self) -> datetime:
        return NOW


@dataclass
class Gate:
    """The hooks from outside, and the store behind them."""

    client: TestClient
    engine: sa.Engine
    wakes: list[bool] = field(default_factory=list)

    def twilio(
        self,
        hook: str,
        fields: list[tuple[str, str]],
        *,
        query: str = "",
        token: str = TOKENS[0],
        signature: str | None = "valid",
        algorithm: str = "",
    ) -> Response:
        """`signature`: valid, another text to send as it is, or None for no header."""
        path = f"/channels/twilio/{hook}" + (f"?{query}" if query else "")
        headers = {"content-type": "application/x-www-form-urlencoded", "host": "inner:8000"}
        if algorithm:
            headers["X-Twilio-Webhooks-Signature-Settings"] = f"key=shared_1,algorithm={algorithm}"
        if signature == "valid":
            validator = RequestValidator(token)
            signature = validator.compute_signature(PUBLIC + path, Form(fields), algorithm or None)
        if signature is not None:
            headers["X-Twilio-Signature"] = signature
        raw = {name.encode(): value.encode() for name, value in headers.items()}
        return self.client.post(path, content=urlencode(fields), headers=raw)

    def telegram(self, update: Any, *, secret: str | None = SECRET) -> Response:
        headers = {"X-Telegram-Bot-Api-Secret-Token": secret} if secret is not None else {}
        if isinstance(update, str | bytes):
            return self.client.post("/channels/telegram", content=update, headers=headers)
        return self.client.post("/channels/telegram", json=update, headers=headers)

    def messages(self) -> list[Message]:
        with reading(self.engine) as session:
            return list(session.exec(select(Message).order_by(col(Message.id))))

    def message(self) -> Message:
        (only,) = self.messages()
        return only

    def address(self) -> Address:
        with reading(self.engine) as session:
            return session.exec(select(Address)).one()

    def reports(self) -> list[MessageStatus]:
        with reading(self.engine) as session:
            return list(session.exec(select(MessageStatus).order_by(col(MessageStatus.id))))


@pytest.fixture
def provider() -> Iterator[Provider]:
    with providers.running() as running:
        yield running


@pytest.fixture
def gate(engine: sa.Engine, provider: Provider) -> Iterator[Gate]:
    wakes: list[bool] = []
    app = FastAPI()
    twilio = TwilioSettings(
        account_sid="AC00000000000000000000000000000000",
        auth_token=TOKENS[0],
        signing_tokens=TOKENS,
        public_base_url=PUBLIC,
    )
    telegram = TelegramSettings(token="1:bot", secret=SECRET, base_url=provider.url)
    provider.answers(providers.Answer(200, {"ok": True, "result": True}))
    keeper = in_store(engine, hooks.take, lambda: wakes.append(True))
    app.include_router(router(keeper, FixedClock(), twilio, telegram))
    with TestClient(app, raise_server_exceptions=False) as client:
        yield Gate(client, engine, wakes)
