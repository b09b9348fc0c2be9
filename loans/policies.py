"""Which negotiation policy is in force."""

from datetime import date

from sqlmodel import Session, col, select

from loans.negotiation_policy import NegotiationPolicy, shipped_policy
from loans.tables import NegotiationPolicyVersion


def in_force(session: Session, today: date) -> NegotiationPolicy:
    """The approved version with the latest first day not after `today`; without one, the shipped file."""
    version = session.exec(
        select(NegotiationPolicyVersion)
        .where(col(NegotiationPolicyVersion.approved_by).is_not(None), NegotiationPolicyVersion.valid_from <= today)
        .order_by(col(NegotiationPolicyVersion.valid_from).desc(), col(NegotiationPolicyVersion.id).desc())
    ).first()
    return shipped_policy() if version is None else NegotiationPolicy.model_validate(version.content)
