"""Which negotiation policy is in force, and new versions of it."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlmodel import Session

from loans.negotiation_policy import NegotiationPolicy, shipped_policy
from loans.tables import NegotiationPolicyVersion
from store import policy_versions


def in_force(session: Session, today: date) -> NegotiationPolicy:
    """The approved version with the latest first day not after `today`; without one, the shipped file."""
    content = policy_versions.in_force(session, NegotiationPolicyVersion, today)
    return shipped_policy() if content is None else _read(content)


def propose(  # noqa: PLR0917
    session: Session, content: Mapping[str, Any], valid_from: date, by: str, today: date, now: datetime
) -> NegotiationPolicyVersion:
    """Raises pydantic's ValidationError or VersionError."""
    NegotiationPolicy.model_validate(content)
    return policy_versions.propose(
        session,
        NegotiationPolicyVersion,
        content,
        valid_from=valid_from,
        shipped=shipped_policy().policy_version,
        by=by,
        today=today,
        now=now,
    )


@lru_cache(maxsize=8)
def _read(content: str) -> NegotiationPolicy:
    return NegotiationPolicy.model_validate_json(content)
