"""What is obeyed also while a person has the conversation: words of anguish, and a demand to stop.

The person goes on writing; the assistant says one thing, once, and the person sees what was heard."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from bot import turns
from desk import cases
from desk.cases import Reason
from desk.tables import Case
from loans import accounts
from loans.tables import Borrower
from locales import phrases
from outreach import addresses, crisis_contacts, holds, messages, wishes
from outreach.tables import Address, Conversation, Message
from store.effects import once
from store.ids import id_of
from understanding.contact_time import read_contact_time
from understanding.contact_wishes import read_contact_wish
from understanding.distress import is_distress
from understanding.stop_words import is_stop


def heed(session: Session, message: Message, now: datetime) -> None:
    """For a message that only a person answers."""
    said = message.text.strip()
    if is_distress(said):
        message.intent = "vulnerable_distress"
        _call_for_help(session, message, now)
    elif is_stop(said):
        message.intent = "opt_out"
        _stop(session, message, now)


def _call_for_help(session: Session, message: Message, now: datetime) -> None:
    conversation = session.get_one(Conversation, message.conversation_id)
    address = session.get_one(Address, message.address_id)
    writer = _writer(session, address, now)
    holds.place(
        session,
        "vulnerable",
        now=now,
        borrower_id=writer,
        address_id=id_of(address) if writer is None else None,
        turn_id=message.turn_id,
    )
    case = cases.open_case(
        session,
        Reason.VULNERABLE_DISTRESS,
        now=now,
        borrower_id=writer,
        conversation_id=id_of(conversation),
        turn_id=message.turn_id,
    )
    for each in _in_hand(session, conversation):
        each.priority = cases.MOST_URGENT
        cases.note(session, each, "distress_heard", now, message_id=message.id)
    if is_stop(message.text):
        addresses.opt_out(session, address, "borrower", now)
    if case.turn_id == message.turn_id:
        _, country = turns.spoken(session, conversation, now)
        _say(session, message, crisis_contacts.help_in(session, country), now)


def _stop(session: Session, message: Message, now: datetime) -> None:
    conversation = session.get_one(Conversation, message.conversation_id)
    address = session.get_one(Address, message.address_id)
    if _pause(session, message, address, now):
        return
    wish = read_contact_time(message.text)
    channel = wish.declined or wish.channel
    # The same effect as the action's, which may have run before the person took over.
    first = once(
        session,
        message.turn_id or "",
        "opt_out",
        lambda: addresses.opt_out(session, address, "borrower", now, channel=channel),
    )
    for each in _in_hand(session, conversation):
        cases.note(session, each, "stop_heard", now, message_id=message.id)
    if first:
        lender = accounts.lender(session).name
        _say(session, message, [{"key": "opt_out.done", "values": {"lender": lender}}], now)


def _pause(session: Session, message: Message, address: Address, now: datetime) -> bool:
    """'No me escriban esta semana' is no end: the limit is kept, and the person who has the conversation answers."""
    who = _writer(session, address, now)
    zone = session.get_one(Borrower, who).zone if who is not None else None
    local = now.astimezone(ZoneInfo(zone or accounts.lender(session).zone))
    asked = read_contact_wish(message.text, local)
    if who is None or asked.is_empty or asked.by_person:
        return False
    once(
        session,
        message.turn_id or "",
        "contact_wish",
        lambda: wishes.keep(session, who, asked, evidence=f"turn:{message.turn_id}", now=local),
    )
    message.intent = "call_me_later"
    return True


def _in_hand(session: Session, conversation: Conversation) -> list[Case]:
    mine = select(Case).where(Case.conversation_id == conversation.id, Case.state == "taken")
    return list(session.exec(mine.order_by(col(Case.id))))


def _writer(session: Session, address: Address, now: datetime) -> int | None:
    """Who has proven to be writing, else the only borrower behind this address."""
    known = addresses.verified_borrower(session, address, now)
    owners = [known] if known is not None else addresses.borrowers_of(session, address)
    return id_of(owners[0]) if len(owners) == 1 else None


def _say(session: Session, message: Message, said: list[dict[str, Any]], now: datetime) -> None:
    conversation = session.get_one(Conversation, message.conversation_id)
    language, country = turns.spoken(session, conversation, now)
    messages.write_reply(
        session,
        conversation,
        text="\n\n".join(phrases.render(each["key"], each["values"], f"{language}_{country}") for each in said),
        now=now,
        turn_id=message.turn_id,
        keys=said,
        language=language,
        dedupe_key=f"turn:{message.turn_id}",
    )
