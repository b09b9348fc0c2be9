"""Old messages are forgotten: their words go when the country's time is over; that they were sent, and why, stays."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, or_, select

from loans.tables import Borrower
from outreach.contact_policy import ContactPolicy
from outreach.policy_items import in_force
from outreach.tables import Message

AT_ONCE = 5000  # messages in one night's transaction; the next night goes on


def kept_days(policy: ContactPolicy, country: str, day: date) -> int:
    """The country's own, else the product's."""
    row = policy.countries.get(country)
    default = in_force(row.default, day) if row else None
    return (default.retention_days if default else None) or policy.defaults.retention_days


def forget(session: Session, policy: ContactPolicy, today: date, now: datetime) -> int:
    """How many messages lost their words: text, buttons, what was said of people and amounts. The proof stays."""
    oldest = session.exec(select(Message.created_at).order_by(col(Message.id)).limit(1)).first()
    days = {country: kept_days(policy, country, today) for country in policy.countries}
    shortest = min(*days.values(), policy.defaults.retention_days)
    if oldest is None or oldest > now - timedelta(days=shortest):
        return 0
    over = [
        (col(Borrower.country) == country) & (col(Message.created_at) < now - timedelta(days=kept))
        for country, kept in days.items()
    ]
    elsewhere = or_(col(Borrower.country).is_(None), col(Borrower.country).not_in(days))
    over.append(elsewhere & (col(Message.created_at) < now - timedelta(days=policy.defaults.retention_days)))
    wanted = (
        select(Message)
        .outerjoin(Borrower, col(Borrower.id) == Message.borrower_id)
        .where(col(Message.forgotten_at).is_(None), or_(*over))
        .order_by(col(Message.id))
        .limit(AT_ONCE)
    )
    return _without_words(session, session.exec(wanted).all(), now)


def _without_words(session: Session, messages: Iterable[Message], now: datetime) -> int:
    count = 0
    for message in messages:
        message.text, message.text_index, message.buttons, message.forgotten_at = "", None, [], now
        message.keys = [{name: each[name] for name in ("key", "about") if name in each} for each in message.keys]
        session.add(message)
        count += 1
    return count
