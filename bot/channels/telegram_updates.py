"""What a Telegram update tells us: a message, a pressed button, a bot blocked; or nothing that concerns us.

An update that can't be read must never be refused: Telegram would repeat it for a day and hold back what comes after.
"""

import json
import re
from dataclasses import dataclass, replace
from typing import Any

from telegram import CallbackQuery, ChatMemberUpdated, Message, Update, User
from telegram.constants import ChatType

from bot.channels.telegram import provider_id
from outreach.messages import Inbound

START = re.compile(r"/start(?:@\w+)?(?:\s+(?P<payload>\S+))?\s*")
DEEP_LINK = re.compile(r"[A-Za-z0-9_-]{1,64}")  # Bot API, deep linking
FILES = {
    "animation": "video",
    "audio": "voice",
    "document": "document",
    "video": "video",
    "video_note": "video",
    "voice": "voice",
}


@dataclass(frozen=True, slots=True)
class Blocked:
    """Somebody has stopped the bot, or let it in again."""

    user_id: str
    blocked: bool


@dataclass(frozen=True, slots=True)
class Unreadable:
    """`sender` is known where at least that much of the update makes sense; `text` is the update as it came."""

    update_id: int | None
    sender: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Ignored:
    update_id: int | None
    reason: str


Event = Inbound | Blocked | Unreadable | Ignored


def read(body: bytes) -> Event:
    text = body.decode("utf-8", "replace")
    try:
        raw = json.loads(text)
    except (ValueError, RecursionError):
        return Unreadable(None, None, _clean(text))
    if not isinstance(raw, dict):
        return Unreadable(None, None, _clean(text))
    raw = _clean(raw)
    try:
        update = Update.de_json(raw, None)
        return _sound(_event(update, raw))
    except (TypeError, ValueError, KeyError, AttributeError, IndexError, OverflowError, OSError):
        # The library trusts the shape of what it reads; whatever it stumbles over is kept for a person.
        return Unreadable(_number(raw.get("update_id")), _sender(raw), json.dumps(raw, ensure_ascii=False))


def _sound(event: Event) -> Event:
    """The library passes on a list where a text belongs."""
    if isinstance(event, Inbound) and not (isinstance(event.text, str) and isinstance(event.payload, str | None)):
        raise TypeError("a text is no text")
    return event


def callback_query_id(inbound: Inbound) -> str | None:
    """The pressed button that waits for an answer."""
    query = inbound.raw.get("callback_query")
    return query["id"] if isinstance(query, dict) else None


def _event(update: Update, raw: dict[str, Any]) -> Event:
    if update.message is not None:
        return _message(update.update_id, update.message, raw)
    if update.callback_query is not None:
        return _pressed(update.update_id, update.callback_query, raw)
    if update.my_chat_member is not None:
        return _membership(update.update_id, update.my_chat_member)
    if update.edited_message is not None:
        return _edited(update.update_id, update.edited_message, raw)
    return Ignored(update.update_id, "kind")


def _edited(update_id: int, message: Message, raw: dict[str, Any]) -> Event:
    """What a message says now. It is kept for people to read; a place that moves on comes so too, every few seconds."""
    event = _message(update_id, message, raw)
    if isinstance(event, Inbound) and event.message_kind not in ("text", "media"):
        return Ignored(update_id, "edited")
    return replace(event, message_kind="edited", payload=None) if isinstance(event, Inbound) else event


def _message(update_id: int, message: Message, raw: dict[str, Any]) -> Event:
    sender = message.from_user
    if message.chat.type != ChatType.PRIVATE or sender is None or sender.is_bot:
        return Ignored(update_id, "not_private")
    kind, text, payload, media = _content(message)
    if kind is None:
        return Ignored(update_id, "service_message")
    replied = message.reply_to_message
    return Inbound(
        channel="telegram",
        kind="telegram_user",
        value=str(sender.id),
        provider_id=str(update_id),
        text=text,
        message_kind=kind,
        payload=payload,
        media=media,
        profile_name=_name(sender),
        occurred_at=message.date,
        reply_to=provider_id(str(message.chat.id), replied.message_id) if replied else None,
        raw=raw,
    )


def _content(message: Message) -> tuple[str | None, str, str | None, tuple[dict[str, Any], ...]]:
    """Kind (None: nothing was said), text, payload, media."""
    text = message.text or message.caption or ""
    start = START.fullmatch(text)
    if start is not None:
        token = start["payload"] or ""
        return "start", "/start", token if DEEP_LINK.fullmatch(token) else None, ()
    if message.web_app_data is not None:
        return "text", message.web_app_data.button_text, message.web_app_data.data, ()
    if message.contact is not None:
        # Somebody else's card is dropped. The sender's own is a number of the account, not a proof of who holds it.
        own = message.from_user is not None and message.contact.user_id == message.from_user.id
        return "contact", f"+{message.contact.phone_number.lstrip('+')}" if own else "", None, ()
    if message.venue is not None:
        return "location", ", ".join(part for part in (message.venue.title, message.venue.address) if part), None, ()
    if message.location is not None:
        return "location", text, None, ()
    media = _media(message)
    return ("media" if media else "text" if text else None), text, None, media


def _media(message: Message) -> tuple[dict[str, Any], ...]:
    """Recorded, not fetched. A sticker that moves is no picture that anybody could look at."""
    if message.photo:
        return (_file("image", message.photo[-1]),)  # sizes from the smallest to the largest
    if message.sticker is not None:
        moves = message.sticker.is_animated or message.sticker.is_video
        return ({"kind": "sticker"} if moves else _file("sticker", message.sticker),)
    for name, kind in FILES.items():
        if (attachment := getattr(message, name)) is not None:
            return (_file(kind, attachment),)
    return ({"kind": "other"},) if message.effective_attachment is not None or message.poll is not None else ()


def _file(kind: str, attachment: Any) -> dict[str, Any]:
    known = attachment.to_dict()
    names = {"mime_type": "mime"}
    wanted = ("file_id", "file_unique_id", "mime_type", "file_size", "file_name", "duration")
    return {"kind": kind} | {names.get(name, name): known[name] for name in wanted if name in known}


def _pressed(update_id: int, query: CallbackQuery, raw: dict[str, Any]) -> Event:
    message = query.message
    if message is None or message.chat.type != ChatType.PRIVATE or query.data is None:
        return Ignored(update_id, "not_private")
    return Inbound(
        channel="telegram",
        kind="telegram_user",
        value=str(query.from_user.id),
        provider_id=str(update_id),
        text=_title(message, query.data),
        message_kind="button",
        payload=query.data,
        profile_name=_name(query.from_user),
        reply_to=provider_id(str(message.chat.id), message.message_id),
        raw=raw,
    )


def _title(message: Any, data: str) -> str:
    """The words on the button; an old message comes without its keyboard."""
    markup = message.reply_markup if isinstance(message, Message) else None
    rows = markup.inline_keyboard if markup else ()
    return next((button.text for row in rows for button in row if button.callback_data == data), data)


def _membership(update_id: int, change: ChatMemberUpdated) -> Event:
    if change.chat.type != ChatType.PRIVATE:
        return Ignored(update_id, "not_private")
    return Blocked(str(change.from_user.id), blocked=change.new_chat_member.status in ("kicked", "left"))


def _name(user: User) -> str:
    return " ".join(part for part in (user.first_name, user.last_name) if part)


def _sender(raw: dict[str, Any]) -> str | None:
    message = raw.get("message", raw.get("edited_message"))
    if not isinstance(message, dict) or not isinstance(message.get("chat"), dict):
        return None
    chat = message["chat"]
    number = _number(chat.get("id"))
    return str(number) if number is not None and chat.get("type") == "private" else None


def _number(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _clean(value: Any) -> Any:
    """Without NUL and halves of surrogate pairs, which neither PostgreSQL nor UTF-8 can hold."""
    if isinstance(value, str):
        return value.replace("\x00", "").encode("utf-8", "replace").decode()
    if isinstance(value, list):
        return [_clean(item) for item in value]
    if isinstance(value, dict):
        return {_clean(name): _clean(item) for name, item in value.items()}
    return value
