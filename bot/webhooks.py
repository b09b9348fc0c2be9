"""The hooks that providers call: check who calls, keep what came in one transaction, answer 200. Handled later."""

import hmac
from collections.abc import Callable, Mapping
from typing import Annotated
from urllib.parse import parse_qsl

import sqlalchemy as sa
import structlog
from fastapi import APIRouter, BackgroundTasks, Depends, HTTPException, Request, Response
from sqlmodel import Session

from bot import reports
from bot.channels import telegram_updates, twilio_hooks
from bot.channels.base import SendFailed
from bot.channels.telegram import TelegramChannel, TelegramSettings
from bot.channels.telegram_updates import Blocked, Unreadable
from bot.channels.twilio import TwilioSettings
from bot.channels.twilio_hooks import Form
from bot.keeper import Keeper
from bot.turns import heard_first
from outreach import addresses, messages
from outreach.messages import Inbound
from outreach.tables import Address, Message
from store.clock import Clock

log = structlog.get_logger()

MAX_BODY = 1_048_576  # Bytes; a real hook has a few kilobytes.
MAX_FIELDS = 1000  # A real one has about forty.
TELEGRAM_SECRET = "x-telegram-bot-api-secret-token"  # noqa: S105  (the header's name)


def router(
    engine: sa.Engine,
    clock: Clock,
    twilio: TwilioSettings | None,
    telegram: TelegramSettings | None,
    wake: Callable[[], None],
) -> APIRouter:
    """The hooks of the providers that are set up. `wake` is called after a message was kept."""
    routes = APIRouter(prefix="/channels", include_in_schema=False)
    hooks = Hooks(Keeper(engine), clock, wake)
    if twilio is not None:
        routes.include_router(_twilio_routes(hooks, twilio))
    if telegram is not None:
        routes.include_router(_telegram_routes(hooks, telegram))
    return routes


class Hooks:
    """What a hook does with the store."""

    def __init__(self, keeper: Keeper, clock: Clock, wake: Callable[[], None]) -> None:
        self._keeper = keeper
        self._clock = clock
        self._wake = wake

    async def take(self, inbound: Inbound, *, opted_out: bool = False) -> bool:
        """False for a message that was here before."""
        now = self._clock.now()

        def keep(session: Session) -> bool:
            kept = messages.keep(session, inbound, now)
            if kept is not None and opted_out:
                address = session.get_one(Address, session.get_one(Message, kept).address_id)
                addresses.opt_out(session, address, "provider", now)
            return kept is not None

        new = await self._keeper.keep(keep)
        if new:
            self._wake()
        return new

    async def take_status(self, form: Mapping[str, str], query: Mapping[str, str]) -> None:
        event = twilio_hooks.status_event(form, query, self._clock.now())
        if event is None:
            log.info("status_report_without_id")
            return
        recipient = twilio_hooks.recipient(event.channel, form)
        wait = twilio_hooks.retry_after(form)
        await self._keeper.keep(lambda session: reports.record(session, event, recipient, wait))

    async def take_block(self, event: Blocked) -> None:
        def keep(session: Session) -> None:
            address = addresses.find_or_create(session, "telegram", "telegram_user", event.user_id, self._clock.now())
            address.blocked_at = self._clock.now() if event.blocked else None
            if event.blocked:
                addresses.opt_out(session, address, "blocked", self._clock.now())
            session.add(address)

        await self._keeper.keep(keep)

    async def keep_edit(self, edited: Inbound) -> None:
        """What somebody has made of an earlier message is for people to read: a promise or a payment was answered as it
        was first said. Only a wish to be left in peace and words of distress are heard."""

        def keep(session: Session) -> bool:
            message = messages.receive(session, edited, self._clock.now())
            if message is None:
                return False
            heard = heard_first(edited.text, opted_out=False) in {"/opt_out", "/vulnerable_distress"}
            message.status = "received" if heard else "handled"
            return heard

        if await self._keeper.keep(keep):
            self._wake()

    async def bury(self, event: Unreadable) -> None:
        """A dead letter: kept in the sender's conversation, encrypted, for a person; no turn is made of it."""
        log.warning("telegram_update_unreadable", update_id=event.update_id, sender_known=event.sender is not None)
        if event.sender is None:
            return
        external_id = str(event.update_id) if event.update_id is not None else None
        letter = Inbound("telegram", "telegram_user", event.sender, external_id, text=event.text)

        def keep(session: Session) -> None:
            message = messages.receive(session, letter, self._clock.now())
            if message is not None:
                message.status, message.error_code = "failed", "unreadable"
                session.add(message)

        await self._keeper.keep(keep)


def _twilio_routes(hooks: Hooks, settings: TwilioSettings) -> APIRouter:
    routes = APIRouter(prefix="/twilio")

    async def signed(request: Request) -> Form:
        body = await _body(request)
        content = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        is_form = not body or content == "application/x-www-form-urlencoded"
        payload = _form(body) if is_form else body.decode("utf-8", "replace")
        if not twilio_hooks.is_signed(_public_url(settings, request), payload, request.headers, settings.tokens):
            log.warning("twilio_signature_refused", path=request.url.path)
            raise HTTPException(403)
        return payload if isinstance(payload, Form) else Form()

    async def take(channel: str, form: Form) -> Response:
        inbound = twilio_hooks.inbound(channel, form)
        if inbound is None:
            log.warning("twilio_message_incomplete", channel=channel)
            raise HTTPException(400, "MessageSid and From are needed.")
        await hooks.take(inbound, opted_out=twilio_hooks.opts_out(form))
        return _nothing_to_say()

    @routes.post("/whatsapp")
    async def whatsapp(form: Annotated[Form, Depends(signed)]) -> Response:
        return await take("whatsapp", form)

    @routes.post("/sms")
    async def sms(form: Annotated[Form, Depends(signed)]) -> Response:
        return await take("sms", form)

    @routes.post("/status")
    async def status(request: Request, form: Annotated[Form, Depends(signed)]) -> Response:
        await hooks.take_status(form, request.query_params)
        return _nothing_to_say()

    return routes


def _telegram_routes(hooks: Hooks, settings: TelegramSettings) -> APIRouter:
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
        event = telegram_updates.read(body)
        if isinstance(event, Inbound) and event.message_kind == "edited":
            await hooks.keep_edit(event)
        elif isinstance(event, Inbound):
            await hooks.take(event)
            if pressed := telegram_updates.callback_query_id(event):
                later.add_task(answer, pressed)
        elif isinstance(event, Blocked):
            await hooks.take_block(event)
        elif isinstance(event, Unreadable):
            await hooks.bury(event)
        else:
            log.info("telegram_update_ignored", update_id=event.update_id, reason=event.reason)
        return Response()

    return routes


def _public_url(settings: TwilioSettings, request: Request) -> str:
    """As Twilio called it. What a proxy says about host and scheme is not ours to believe."""
    path = request.scope.get("raw_path") or request.scope["path"].encode()
    query = request.scope["query_string"]
    url: bytes = path + (b"?" + query if query else b"")
    return settings.public_base_url.rstrip("/") + url.decode("latin-1")


def _form(body: bytes) -> Form:
    """Every field as it came: blanks, order and repeats are part of what was signed."""
    try:
        return Form(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=MAX_FIELDS))
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
