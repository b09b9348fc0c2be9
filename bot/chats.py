"""How a Telegram chat begins: a bot sees a number and no name, so a link or the own telephone number says whose it is.

Answered here, not by the dialogue engine: it is no talk yet. Nothing is said of an account before the identity check.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from bot import turns
from desk import audit
from loans import accounts
from locales import phrases
from outreach import addresses, chat_links, messages
from outreach.tables import Address, Conversation, Message
from store.ids import id_of

# Telegram turns a button with `contact` into the one that shares the sender's own number.
SHARE = {"title": "button.share_number", "payload": "share_number", "contact": True}
CONSENT = ({"title": "button.yes", "payload": "/opt_in"}, {"title": "button.no", "payload": "/deny"})


@dataclass(frozen=True, slots=True)
class _Said:
    keys: tuple[str, ...]
    buttons: tuple[dict[str, Any], ...] = ()


def answered(session: Session, message: Message, now: datetime) -> bool:
    """True where this message is dealt with and needs no turn. What a person leads is joined all the same."""
    if message.channel != "telegram" or message.kind not in {"start", "contact"}:
        return False
    address = session.get_one(Address, message.address_id)
    conversation = session.get_one(Conversation, message.conversation_id)
    said = _start(session, message, address, now) if message.kind == "start" else _card(session, message, address, now)
    if said is None or conversation.owner == "person":
        return False
    _reply(session, message, conversation, said, now)
    return True


def _start(session: Session, message: Message, address: Address, now: datetime) -> _Said | None:
    """None for those we know already: they are greeted as everybody is."""
    payload = next((str(each["payload"]) for each in message.keys if "payload" in each), "")
    message.keys = []  # A link that is still good must not lie about.
    if payload and (borrower := chat_links.redeem(session, payload, address, now)) is not None:
        return _joined(session, address, "link", [id_of(borrower)], now)
    if not addresses.borrowers_of(session, address):
        return _Said(("chat.link_over" if payload else "chat.welcome", "chat.share"), (SHARE,))
    return _Said(("chat.paused",), CONSENT) if address.opted_out_at is not None else None


def _card(session: Session, message: Message, address: Address, now: datetime) -> _Said | None:
    """Of the sender's own card the number is left; of somebody else's nothing."""
    if not message.text:
        return None
    found = chat_links.known_by_phone(session, message.text)
    if not found:
        return _Said(("chat.number_unknown",))
    chat_links.join(session, address, found)
    return _joined(session, address, "number", [id_of(each) for each in found], now)


def _joined(session: Session, address: Address, by: str, borrowers: list[int], now: datetime) -> _Said:
    """Asks for consent, which a link is not; but not those who have asked for silence anywhere."""
    audit.record(session, "system", "chat_joined", f"address:{address.id}", {"by": by, "borrowers": borrowers}, now=now)
    if any(each.opted_out_at for each in addresses.of_same_person(session, address)):
        return _Said(("chat.joined", "chat.ask_me"))
    return _Said(("chat.joined", "chat.may_we_write"), CONSENT)


def _reply(session: Session, message: Message, conversation: Conversation, said: _Said, now: datetime) -> None:
    language, country = turns.spoken(session, conversation, now)
    locale, values = f"{language}_{country}", {"lender": accounts.lender(session).name}
    messages.write_reply(
        session,
        conversation,
        text="\n\n".join(phrases.render(key, values, locale) for key in said.keys),
        now=now,
        turn_id=message.turn_id,
        keys=[{"key": key, "values": values} for key in said.keys],
        buttons=[{**each, "title": phrases.title(each["title"], locale)} for each in said.buttons],
        language=language,
        dedupe_key=f"turn:{message.turn_id}",
    )
