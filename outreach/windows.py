"""The time in which a channel takes free text: on some only for a while after the borrower wrote."""

from datetime import datetime, timedelta

from sqlmodel import Session

from loans import accounts
from outreach import policies
from outreach.contact_policy import ContactPolicy
from outreach.tables import Address, Conversation


def closes_at(policy: ContactPolicy, address: Address, now: datetime) -> datetime | None:
    """None: never. For who never wrote, the beginning of time."""
    known = address.channel in policy.channels
    hours = policy.window_hours(address.channel, now.date()) if known else None
    if hours is None:
        return None
    inbound = address.last_inbound_at
    return inbound + timedelta(hours=hours) if inbound else datetime.min.replace(tzinfo=now.tzinfo)


def open_to(policy: ContactPolicy, address: Address, now: datetime) -> bool:
    closes = closes_at(policy, address, now)
    return closes is None or now < closes


def is_open(session: Session, conversation: Conversation, now: datetime) -> bool:
    return open_to(policy_at(session, now), session.get_one(Address, conversation.address_id), now)


def policy_at(session: Session, now: datetime) -> ContactPolicy:
    return policies.in_force(session, accounts.business_date(accounts.lender(session), now))
