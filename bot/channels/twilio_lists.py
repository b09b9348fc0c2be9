"""What Twilio's own list of messages says: what reached our sender and what became of what we sent.

A hook may be lost, for Twilio gives up after a few tries, and so may the answer to a request; the list has both.
"""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from twilio.rest import Client

from bot.channels import twilio_errors
from bot.channels.base import Listed
from bot.channels.twilio_hooks import STATUSES, address_kind, media_item, plain_address

PAGE = 1000  # Message resource: the most that one page may hold
LONG_BEFORE = timedelta(days=1)  # Twilio keeps a message that it can't send for ten hours at most.
API = "https://api.twilio.com"
# Mobile numbers that are written with and without a digit: Mexico, Argentina, Brazil. Lists may hold either form.
TWO_FORMS = ((r"(\+52)1?(\d{10})", "1"), (r"(\+54)9?(\d{10})", "9"), (r"(\+55\d\d)9?(\d{8})", "9"))


def sent_to(client: Client, channel: str, to: str, since: datetime) -> Iterator[Listed]:
    """Newest first, so that a few are enough. Filtered again, since not every server obeys its own filters."""
    for form in forms(to):
        for message in client.messages.stream(to=form, page_size=20):
            if message.date_created is not None and message.date_created < since:
                break
            if message.sid and message.to == form:
                yield _listed(channel, message)


def forms(to: str) -> tuple[str, ...]:
    """Every way to write this address; a message that is sought under one of them may be listed under the other."""
    prefix, number = ("whatsapp:", to[9:]) if to.startswith("whatsapp:") else ("", to)
    for pattern, digit in TWO_FORMS:
        if match := re.fullmatch(pattern, number):
            return tuple(f"{prefix}{match[1]}{extra}{match[2]}" for extra in ("", digit))
    return (to,)


def through(client: Client, channel: str, sender: str, since: datetime) -> Iterator[Listed]:
    """What came to our sender and left it. `sender` is written as Twilio writes it."""
    for filters in ({"to": sender}, {"from_": sender}):
        for message in client.messages.stream(**filters, date_sent_after=since, page_size=PAGE):
            at = message.date_sent or message.date_created
            if at is None or at < since - LONG_BEFORE:
                break  # Newest first; a server that does not obey its filter would go on for years.
            if message.sid and at >= since and sender in (message.to, message.from_):
                yield _listed(channel, message)


def _listed(channel: str, message: Any) -> Listed:
    incoming = str(message.direction or "").startswith("inbound")
    value = plain_address(str((message.from_ if incoming else message.to) or ""))
    word = str(message.status or "")
    code = int(message.error_code) if message.error_code else None
    status = STATUSES.get(word, word)
    return Listed(
        provider_id=str(message.sid),
        incoming=incoming,
        kind=address_kind(channel, value),
        value=value,
        text=(message.body or "").replace("\x00", ""),
        at=message.date_sent or message.date_created,
        status=status,
        error_code=twilio_errors.classify(code).value if status == "failed" else "",
        retry_after=twilio_errors.wait(code),
        media=_media(message) if incoming and str(message.num_media or "0") != "0" else (),
    )


def _media(message: Any) -> tuple[dict[str, Any], ...]:
    """As the hook would have named them."""
    return tuple(
        media_item(f"{API}{str(each.uri).removesuffix('.json')}", each.content_type or "")
        for each in message.media.list()
    )
