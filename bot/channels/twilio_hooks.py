"""What Twilio tells us: whether it is Twilio, the message somebody wrote, what became of a message of ours.

Twilio adds fields without notice, so nothing here is a closed schema.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from starlette.datastructures import ImmutableMultiDict
from twilio.request_validator import RequestValidator, get_signature_algorithm

from bot.channels import twilio_errors
from bot.channels.base import StatusEvent
from outreach.messages import Inbound

SIGNATURE_HEADER = "x-twilio-signature"
SIGNATURE_SETTINGS_HEADER = "x-twilio-webhooks-signature-settings"
BSUID = re.compile(r"[A-Z]{2}\.\w+")  # business-scoped user id: a WhatsApp user without a telephone number
OUR_ID = re.compile(r"[0-9]{1,18}")  # fits the database's integers
STATUSES = {
    "sent": "sent",
    "partially_delivered": "sent",
    "delivered": "delivered",
    "read": "read",
    "undelivered": "failed",
    "failed": "failed",
}
CARDS = ("text/vcard", "text/x-vcard", "text/directory")
# Personal data is in our own rows, encrypted; a report is kept without it.
PERSONAL = {"To", "From", "Body", "ChannelToAddress", "ProfileName", "WaId", "ExternalUserId"}


class Form(ImmutableMultiDict[str, str]):
    """The fields of a hook with their blanks, order and repeats."""


def is_signed(
    url: str, payload: Form | Mapping[str, str] | str, headers: Mapping[str, str], tokens: tuple[str, ...]
) -> bool:
    """`url` as Twilio called it, with its query; `payload` the fields exactly as they came, or a raw JSON body.

    A raw body is proven by bodySHA256 in the query; without it the signature says nothing about the body.
    """
    if isinstance(payload, str) and "bodySHA256=" not in url:
        return False
    signature = headers.get(SIGNATURE_HEADER, "")
    algorithm = get_signature_algorithm(headers.get(SIGNATURE_SETTINGS_HEADER))
    return any(RequestValidator(token).validate(url, payload, signature, algorithm) for token in tokens)


def inbound(channel: str, form: Mapping[str, str]) -> Inbound | None:
    """None without a message id or a sender. The channel is the hook's: not every WhatsApp sender has its prefix."""
    fields = cleaned(form)
    external_id = fields.get("MessageSid") or fields.get("SmsSid")
    sender = plain_address(fields.get("From", ""))
    user_id = plain_address(fields.get("ExternalUserId", ""))
    known_user = channel == "whatsapp" and BSUID.fullmatch(user_id) is not None
    sender = sender or (user_id if known_user else "")
    if not external_id or not sender:
        return None
    media, cards = _media(fields)
    return Inbound(
        channel=channel,
        kind=address_kind(channel, sender),
        value=sender,
        provider_id=external_id,
        text=_text(channel, fields),
        message_kind=_kind(channel, fields, media, cards),
        payload=fields.get("ButtonPayload") if channel == "whatsapp" else None,
        media=media,
        profile_name=fields.get("ProfileName", ""),
        also_known_as=user_id if known_user and user_id != sender else None,
        reply_to=fields.get("OriginalRepliedMessageSid"),
        raw=dict(fields),
    )


def opts_out(form: Mapping[str, str]) -> bool:
    """Twilio's own opt-out service has stopped this address, whatever the words were."""
    return form.get("OptOutType") == "STOP"


def status_event(form: Mapping[str, str], query: Mapping[str, str], now: datetime) -> StatusEvent | None:
    """None where nothing says which message it is about. `channel` is empty when neither id nor address tells."""
    fields = cleaned(form)
    provider_id = fields.get("MessageSid") or fields.get("SmsSid")
    ours = query.get("message", "")
    message_id = int(ours) if OUR_ID.fullmatch(ours) else None
    if not provider_id and message_id is None:
        return None
    word = fields.get("MessageStatus") or fields.get("SmsStatus") or ""
    code = fields.get("ErrorCode", "")
    status = STATUSES.get(word, word)
    return StatusEvent(
        channel=_reported_channel(fields, query),
        provider_id=provider_id,
        message_id=message_id,
        status=status,
        at=now,
        error_code=_error(status, code),
        raw={name: value for name, value in fields.items() if name not in PERSONAL},
    )


def recipient(channel: str, form: Mapping[str, str]) -> tuple[str, str]:
    """Kind and value of the address that a report is about."""
    value = plain_address(cleaned(form).get("To", ""))
    return address_kind(channel, value), value


def retry_after(form: Mapping[str, str]) -> float | None:
    """Seconds to leave between a failure of this kind and another try, where Twilio's rules name them."""
    return twilio_errors.wait(_code(form.get("ErrorCode", "")))


def plain_address(value: str) -> str:
    return value.strip().removeprefix("whatsapp:").strip()


def address_kind(channel: str, value: str) -> str:
    return "bsuid" if channel == "whatsapp" and BSUID.fullmatch(value) else "phone"


def cleaned(form: Mapping[str, str]) -> dict[str, str]:
    """Without NUL, which PostgreSQL can't hold. Only after the signature was checked over what came."""
    return {name.replace("\x00", ""): value.replace("\x00", "") for name, value in form.items()}


def _text(channel: str, fields: Mapping[str, str]) -> str:
    body = fields.get("Body", "")
    return fields.get("ButtonText") or body if channel == "whatsapp" else body


def _kind(channel: str, fields: Mapping[str, str], media: tuple[dict[str, Any], ...], cards: bool) -> str:
    if channel == "whatsapp" and (fields.get("ButtonText") or fields.get("ButtonPayload")):
        return "button"
    if media:
        return "media"
    if fields.get("Latitude") and fields.get("Longitude"):
        return "location"
    return "contact" if cards or fields.get("MessageType") in ("contact", "contacts") else "text"


def _media(fields: Mapping[str, str]) -> tuple[tuple[dict[str, Any], ...], bool]:
    """What was sent with the message, as addresses to fetch later; and whether somebody's contact card was dropped."""
    found: list[dict[str, Any]] = []
    cards = False
    number = 0
    while url := fields.get(f"MediaUrl{number}"):
        mime = fields.get(f"MediaContentType{number}", "")
        if mime.lower() in CARDS:
            cards = True
        else:
            found.append(media_item(url, mime, fields.get("MessageType", "")))
        number += 1
    return tuple(found), cards


def media_item(url: str, mime: str, message_type: str = "") -> dict[str, Any]:
    return {"kind": _media_kind(mime, message_type), "url": url, "mime": mime}


def _media_kind(mime: str, message_type: str) -> str:
    if message_type == "sticker":
        return "sticker"
    family = (mime or message_type).partition("/")[0].lower()
    if family in ("application", "text"):
        return "document"
    return {"image": "image", "audio": "voice", "video": "video", "document": "document"}.get(family, "other")


def _reported_channel(fields: Mapping[str, str], query: Mapping[str, str]) -> str:
    named = query.get("channel", "")
    if named in ("whatsapp", "sms"):
        return named
    addresses = (fields.get("To", ""), fields.get("From", ""))
    return "whatsapp" if any(each.startswith("whatsapp:") for each in addresses) else ""


def _error(status: str, code: str) -> str:
    return twilio_errors.classify(_code(code)).value if status == "failed" else ""


def _code(text: str) -> int | None:
    return int(text) if OUR_ID.fullmatch(text) else None
