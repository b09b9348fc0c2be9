"""Telegram through its Bot API: one message, one request, and what its answer means."""

import asyncio
import concurrent.futures
import json
import logging
import os
import threading
import time
from collections.abc import Coroutine
from dataclasses import dataclass, field
from typing import Any

import httpx
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, KeyboardButton, Message, ReplyKeyboardMarkup
from telegram.error import TelegramError
from telegram.request import HTTPXRequest, RequestData

from bot.channels.base import Outgoing, SendError, SendFailed, Sent

CALLBACK_BYTES = 64  # Bot API, InlineKeyboardButton.callback_data
# A 429 that names no time. The true limits are unspecified; one message a second per chat is the documented pace.
DEFAULT_WAIT = 5.0
# Raised before the request left.
NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
UNKNOWN_CHAT = ("chat not found", "user not found", "peer_id_invalid", "chat_id_invalid", "upgraded to a supergroup")
GONE = ("bot was blocked by the user", "user is deactivated")

# Spans of time as timedelta: the library's way to come, and the present one warns at every use.
os.environ.setdefault("PTB_TIMEDELTA", "true")

# The address of every request holds the bot's token, and these loggers would write it down.
for noisy in ("httpx", "httpcore", "telegram"):
    logging.getLogger(noisy).setLevel(max(logging.WARNING, logging.getLogger(noisy).level))


@dataclass(frozen=True, slots=True)
class TelegramSettings:
    """`secret` comes back in a header of every hook call (1 to 256 of A-Z a-z 0-9 _ -)."""

    token: str = field(repr=False)
    secret: str = field(repr=False)
    base_url: str = "https://api.telegram.org"
    timeout: float = 10


class TelegramChannel:
    """May be used from several threads: requests run in one event loop, in a thread that the first of them starts."""

    name = "telegram"

    def __init__(self, settings: TelegramSettings) -> None:
        self._request = BotRequest(
            connection_pool_size=64,
            read_timeout=settings.timeout,
            write_timeout=settings.timeout,
            connect_timeout=settings.timeout,
            pool_timeout=settings.timeout,
        )
        self._bot = Bot(
            settings.token,
            base_url=f"{settings.base_url.rstrip('/')}/bot",
            request=self._request,
            get_updates_request=self._request,
        )
        # A body that drips never meets the timeouts of single reads.
        self._deadline = 3 * settings.timeout
        self._loop: asyncio.AbstractEventLoop | None = None
        self._starting = threading.Lock()
        self._rests_until = 0.0  # time.monotonic(): Telegram's 'too many' is meant for the whole bot

    def send(self, outgoing: Outgoing) -> Sent:
        if (rest := self._rests_until - time.monotonic()) > 0:
            raise SendFailed(SendError.RATE_LIMITED, "429", rest)
        try:
            message = self._run(self._deliver(outgoing))
        except Refused as refusal:
            if refusal.retry_after is not None:
                self._rests_until = time.monotonic() + refusal.retry_after
            raise SendFailed(_error(refusal), str(refusal.status), refusal.retry_after) from refusal
        except (TelegramError, concurrent.futures.TimeoutError, TimeoutError) as problem:
            raise SendFailed(_network_error(problem), type(problem).__name__) from problem
        if not isinstance(message, Message):
            raise SendFailed(SendError.UNKNOWN_OUTCOME, "message_id_missing")
        return Sent(provider_id=provider_id(outgoing.to, message.message_id))

    def answer(self, callback_query_id: str) -> None:
        """Ends the waiting sign on a pressed button; raises SendFailed, which no one need act on."""
        try:
            self._run(self._bot.answer_callback_query(callback_query_id))
        except (TelegramError, concurrent.futures.TimeoutError, TimeoutError) as problem:
            raise SendFailed(SendError.UNAVAILABLE, type(problem).__name__) from problem

    def close(self) -> None:
        with self._starting:
            if self._loop is None:
                return
            loop, self._loop = self._loop, None
        asyncio.run_coroutine_threadsafe(self._request.shutdown(), loop).result(self._deadline)
        loop.call_soon_threadsafe(loop.stop)

    async def _deliver(self, outgoing: Outgoing) -> Any:
        keyboard = _keyboard(outgoing.buttons)
        media = outgoing.media[0] if outgoing.media else None
        if media is None:
            return await self._bot.send_message(outgoing.to, outgoing.text, reply_markup=keyboard)
        send = self._bot.send_photo if media.get("kind") == "image" else self._bot.send_document
        return await send(outgoing.to, media["url"], caption=outgoing.text, reply_markup=keyboard)

    def _run(self, work: Coroutine[Any, Any, Any]) -> Any:
        waiting = asyncio.wait_for(work, self._deadline)
        return asyncio.run_coroutine_threadsafe(waiting, self._running_loop()).result(self._deadline + 5)

    def _running_loop(self) -> asyncio.AbstractEventLoop:
        with self._starting:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                threading.Thread(target=_serve, args=(self._loop,), name="telegram", daemon=True).start()
            return self._loop


class Refused(TelegramError):  # noqa: N818  (as the library names its own: Forbidden, Conflict)
    """Telegram's own 'no', with the HTTP status or, inside a 200, the error code of the answer."""

    def __init__(self, status: int, description: str, retry_after: float | None) -> None:
        super().__init__(description or str(status))
        self.status = status
        self.description = description
        self.retry_after = retry_after


class BotRequest(HTTPXRequest):
    """Keeps of an answer what the library drops: the status of a refusal, and a message that has only its id."""

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *times: Any, **more: Any
    ) -> tuple[int, bytes]:
        status, payload = await super().do_request(url, method, request_data, *times, **more)
        answer = _parsed(payload)
        if status >= 300 or answer.get("ok") is False:
            raise _refused(status, answer)
        result = answer.get("result")
        if isinstance(result, dict) and isinstance(result.get("message_id"), int):
            # Telegram has taken the message, whatever else this answer leaves out.
            result = {"date": 0, "chat": {"id": 0, "type": "private"}, "message_id": result["message_id"]}
        elif result is not True:
            raise TelegramError("An answer without a result that we asked for.")
        return status, json.dumps({"ok": True, "result": result}).encode()


def provider_id(chat: str, message_id: int) -> str:
    """A message's number is unique in its chat only."""
    return f"{chat}:{message_id}"


def _parsed(payload: bytes) -> dict[str, Any]:
    try:
        answer = json.loads(payload)
    except ValueError:
        return {}
    return answer if isinstance(answer, dict) else {}


def _refused(status: int, answer: dict[str, Any]) -> Refused:
    code = answer.get("error_code") if status < 300 else status
    parameters = answer.get("parameters")
    named = parameters.get("retry_after") if isinstance(parameters, dict) else None
    wait = float(named) if isinstance(named, int | float) else None
    code = code if isinstance(code, int) else 0
    return Refused(code, str(answer.get("description", "")), wait or (DEFAULT_WAIT if code == 429 else None))


def _error(refusal: Refused) -> SendError:
    """A failure of Telegram's own servers leaves the outcome open: no method lists what a bot has sent."""
    words = refusal.description.lower()
    if refusal.status == 403:
        # Only a block is a wish; a chat that never began just can't be reached.
        return SendError.OPTED_OUT if any(each in words for each in GONE) else SendError.UNREACHABLE_ADDRESS
    if refusal.status == 400:
        known = any(each in words for each in UNKNOWN_CHAT)
        return SendError.UNREACHABLE_ADDRESS if known else SendError.BAD_REQUEST
    if refusal.status in (401, 404):
        return SendError.NOT_CONFIGURED
    if refusal.status == 429:
        return SendError.RATE_LIMITED
    return SendError.BAD_REQUEST if 400 <= refusal.status < 500 else SendError.UNKNOWN_OUTCOME


def _network_error(problem: BaseException) -> SendError:
    return SendError.UNAVAILABLE if isinstance(problem.__cause__, NOT_SENT) else SendError.UNKNOWN_OUTCOME


def _keyboard(buttons: list[dict[str, Any]]) -> InlineKeyboardMarkup | ReplyKeyboardMarkup | None:
    """One button a row, so that a title is never cut. Only a button of the keyboard itself can share a number."""
    if shared := [KeyboardButton(each["title"], request_contact=True) for each in buttons if each.get("contact")]:
        return ReplyKeyboardMarkup([shared], resize_keyboard=True, one_time_keyboard=True)
    rows = [[InlineKeyboardButton(button["title"], callback_data=_callback_data(button))] for button in buttons]
    return InlineKeyboardMarkup(rows) if rows else None


def _callback_data(button: dict[str, Any]) -> str:
    """A payload too long for Telegram is replaced by the button's words, which are understood as if typed."""
    payload = str(button.get("payload") or button["title"])
    return payload if len(payload.encode()) <= CALLBACK_BYTES else str(button["title"])


def _serve(loop: asyncio.AbstractEventLoop) -> None:
    asyncio.set_event_loop(loop)
    loop.run_forever()
    loop.close()
