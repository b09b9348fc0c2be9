"""Which contact policy is in force, and new versions of it."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlmodel import Session, select

from outreach.contact_policy import SHIPPED, ContactPolicy, load
from outreach.tables import ContactPolicyVersion
from store import policy_versions


def in_force(session: Session, today: date) -> ContactPolicy:
    """The approved version with the latest first day not after `today`; without one, the shipped file."""
    content = policy_versions.in_force(session, ContactPolicyVersion, today)
    return shipped() if content is None else loaded(content)


def propose(  # noqa: PLR0917
    session: Session, content: Mapping[str, Any], valid_from: date, by: str, today: date, now: datetime
) -> ContactPolicyVersion:
    """Raises PolicyError or VersionError."""
    load(dict(content))
    return policy_versions.propose(
        session,
        ContactPolicyVersion,
        content,
        valid_from=valid_from,
        shipped=shipped().policy_version,
        by=by,
        today=today,
        now=now,
    )


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
def loaded(content: str) -> ContactPolicy:
    """By content: the rules remember their results by the identity of a policy."""
    return load(content)
