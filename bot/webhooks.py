"""The hooks that providers call: check who calls, keep what came, answer 200. Everything else happens later."""

import hmac
from typing import Annotated, NamedTuple

import structlog
from fastapi import APIRouter, BackgroundTasks, Depends, HTTPException, Request, Response

from bot import hooks
from bot.channels import telegram_updates, twilio_hooks
from bot.channels.base import SendFailed
from bot.channels.telegram import TelegramChannel, TelegramSettings
from bot.channels.twilio import TwilioSettings
from bot.channels.twilio_hooks import Form
from bot.keeper import Keeper
from bot.spool import Hook
from outreach.messages import Inbound
from store.clock import Clock

log = structlog.get_logger()

MAX_BODY = 1_048_576  # Bytes; a real hook has a few kilobytes.
TELEGRAM_SECRET = "x-telegram-bot-api-secret-token"  # noqa: S105  (the header's name)


class Signed(NamedTuple):
    """What Twilio sent: a form as it came, and read. Empty where it was none."""

    body: bytes
    form: Form


def router(keeper: Keeper, clock: Clock, twilio: TwilioSettings | None, telegram: TelegramSettings | None) -> APIRouter:
    """The hooks of the providers that are set up."""
    routes = APIRouter(prefix="/channels", include_in_schema=False)
    if twilio is not None:
        routes.include_router(_twilio_routes(keeper, clock, twilio))
    if telegram is not None:
        routes.include_router(_telegram_routes(keeper, clock, telegram))
    return routes


def _twilio_routes(keeper: Keeper, clock: Clock, settings: TwilioSettings) -> APIRouter:
    routes = APIRouter(prefix="/twilio")

    async def signed(request: Request) -> Signed:
        body = await _body(request)
        content = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        is_form = not body or content == "application/x-www-form-urlencoded"
        payload = _form(body) if is_form else body.decode("utf-8", "replace")
        if not twilio_hooks.is_signed(_public_url(settings, request), payload, request.headers, settings.tokens):
            log.warning("twilio_signature_refused", path=request.url.path)
            raise HTTPException(403)
        return Signed(body, payload) if isinstance(payload, Form) else Signed(b"", Form())

    async def take(channel: str, hook: Signed) -> Response:
        if twilio_hooks.inbound(channel, hook.form) is None:
            log.warning("twilio_message_incomplete", channel=channel)
            raise HTTPException(400, "MessageSid and From are needed.")
        await keeper.keep(Hook(channel, hook.body, "", clock.now()))
        return _nothing_to_say()

    @routes.post("/whatsapp")
    async def whatsapp(hook: Annotated[Signed, Depends(signed)]) -> Response:
        return await take("whatsapp", hook)

    @routes.post("/sms")
    async def sms(hook: Annotated[Signed, Depends(signed)]) -> Response:
        return await take("sms", hook)

    @routes.post("/status")
    async def status(request: Request, hook: Annotated[Signed, Depends(signed)]) -> Response:
        await keeper.keep(Hook("status", hook.body, request.url.query, clock.now()))
        return _nothing_to_say()

    return routes


def _telegram_routes(keeper: Keeper, clock: Clock, settings: TelegramSettings) -> APIRouter:
    routes = APIRouter()
    channel = TelegramChannel(settings)

    async def authentic(request: Request) -> bytes:
        given = request.headers.get(TELEGRAM_SECRET, "").encode()
        if not hmac.compare_digest(given, settings.secret.encode()):
            log.warning("telegram_secret_refused")
            raise HTTPException(403)
        return await _body(request)

    def answer(callback_query_id: str) -> None:
        try:
            channel.answer(callback_query_id)
        except SendFailed as failure:
            log.info("telegram_button_unanswered", error=failure.error.value, code=failure.code)

    @routes.post("/telegram")
    async def update(body: Annotated[bytes, Depends(authentic)], later: BackgroundTasks) -> Response:
        await keeper.keep(Hook("telegram", body, "", clock.now()))
        event = telegram_updates.read(body)
        if isinstance(event, Inbound) and (pressed := telegram_updates.callback_query_id(event)):
            later.add_task(answer, pressed)
        return Response()

    return routes


def _public_url(settings: TwilioSettings, request: Request) -> str:
    """As Twilio called it. What a proxy says about host and scheme is not ours to believe."""
    path = request.scope.get("raw_path") or request.scope["path"].encode()
    query = request.scope["query_string"]
    url: bytes = path + (b"?" + query if query else b"")
    return settings.public_base_url.rstrip("/") + url.decode("latin-1")


def _form(body: bytes) -> Form:
    try:
        return hooks.read_form(body)
    except ValueError as problem:
        raise HTTPException(413) from problem


async def _body(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY:
            raise HTTPException(413)
    return bytes(body)


def _nothing_to_say() -> Response:
    """Replies go through the outbox, never as an answer to the hook."""
    return Response("<Response/>", media_type="text/xml")
