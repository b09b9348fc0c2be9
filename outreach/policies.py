"""Which contact policy is in force."""

import json
from datetime import date, datetime
from functools import lru_cache

from sqlmodel import Session, col, select

from outreach.contact_policy import SHIPPED, ContactPolicy, load
from outreach.tables import ContactPolicyVersion


def in_force(session: Session, today: date) -> ContactPolicy:
    """The approved version with the latest first day not after `today`; without one, the shipped file."""
    content = session.exec(
        select(ContactPolicyVersion.content)
        .where(col(ContactPolicyVersion.approved_by).is_not(None), ContactPolicyVersion.valid_from <= today)
        .order_by(col(ContactPolicyVersion.valid_from).desc(), col(ContactPolicyVersion.id).desc())
    ).first()
    return shipped() if content is None else _loaded(json.dumps(content))


def seed(session: Session, now: datetime) -> None:
    """Makes the shipped file the first version, so that the store says under which policy it has always acted."""
    if session.exec(select(ContactPolicyVersion.id)).first() is not None:
        return
    content = json.loads(SHIPPED.read_text(encoding="utf-8"))
    session.add(
        ContactPolicyVersion(
            version=content["policy_version"],
            content=content,
            valid_from=date.min,
            proposed_by="shipped",
            approved_by="shipped",
            created_at=now,
        )
    )


@lru_cache(maxsize=1)
def shipped() -> ContactPolicy:
    return load()


@lru_cache(maxsize=8)
def _loaded(content: str) -> ContactPolicy:
    """By content: the rules remember their results by the identity of a policy."""
    return load(content)
