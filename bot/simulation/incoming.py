"""What the phone sends, as the same Inbound that a provider's hook would make of it."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from sqlmodel import Session, col, select

from bot.simulation.fixture import CHANNELS
from bot.simulation.loading import address_kind
from outreach import addresses
from outreach.messages import Inbound
from outreach.tables import Message

MEDIA_KINDS = {
    "image": "image",
    "photo": "image",
    "picture": "image",
    "voice": "voice",
    "audio": "voice",
    "video": "video",
    "document": "document",
    "file": "document",
    "sticker": "sticker",
}
# As long as Telegram's and WhatsApp's longest text.
LONGEST_TEXT = 4096


class IncomingError(ValueError):
    """Says which field is wrong and what to send instead."""


def read(session: Session, body: Mapping[str, Any]) -> Inbound:
    """One of text, button and media, from a phone on a channel."""
    channel, value = body.get("channel"), body.get("from")
    if channel not in CHANNELS:
        raise IncomingError(f"channel is {channel!r}: give one of {', '.join(CHANNELS)}")
    if not isinstance(value, str) or not value.strip():
        raise IncomingError(f"from is {value!r}: give the phone number that writes, such as +525500000001")
    given = [name for name in ("text", "button", "media") if body.get(name) is not None]
    if len(given) != 1:
        raise IncomingError(f"text, button, media: give exactly one of them, not {', '.join(given) or 'none'}")
    what = body[given[0]]
    if given[0] == "media":
        return _media(channel, value, what)
    if not isinstance(what, str):
        raise IncomingError(f"{given[0]} is {what!r}: give a text")
    if len(what) > LONGEST_TEXT:
        raise IncomingError(f"{given[0]} has {len(what)} characters: no channel takes more than {LONGEST_TEXT}")
    if given[0] == "button":
        return _button(session, channel, value, what)
    return Inbound(channel, address_kind(channel), value, _id(), text=what)


def _id() -> str:
    return f"phone-{uuid4().hex}"


def _media(channel: str, value: str, what: Any) -> Inbound:
    if not isinstance(what, dict) or not isinstance(what.get("type"), str):
        raise IncomingError(f"media is {what!r}: give an object with a type, such as image or voice")
    caption = str(what.get("caption") or "")
    named = what["type"].lower()
    if named in ("location", "contact"):
        return Inbound(channel, address_kind(channel), value, _id(), text=caption, message_kind=named)
    about = {name: each for name, each in what.items() if name not in ("type", "caption")}
    media = ({"kind": MEDIA_KINDS.get(named, "other"), **about},)
    return Inbound(channel, address_kind(channel), value, _id(), text=caption, message_kind="media", media=media)


def _button(session: Session, channel: str, value: str, pressed: str) -> Inbound:
    """By payload or title, of what we have sent there; the newest message that has it."""
    shown = _buttons(session, channel, value)
    found = next((each for each in shown if pressed in (each.get("payload"), each.get("title"))), None)
    if found is None:
        known = ", ".join(dict.fromkeys(str(each.get("payload")) for each in shown)) or "none was sent"
        raise IncomingError(f"button is {pressed!r}: press one that we sent ({known})")
    return Inbound(
        channel,
        address_kind(channel),
        value,
        _id(),
        text=str(found.get("title", "")),
        message_kind="button",
        payload=found.get("payload"),
    )


def _buttons(session: Session, channel: str, value: str) -> list[dict[str, Any]]:
    address = addresses.find(session, channel, address_kind(channel), value)
    if address is None:
        return []
    sent = select(Message).where(Message.address_id == address.id, Message.direction == "out")
    return [button for each in session.exec(sent.order_by(col(Message.id).desc()).limit(30)) for button in each.buttons]
