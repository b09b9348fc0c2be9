"""What the store knows that a cadence is held against before it is published."""

from collections.abc import Collection
from datetime import date

import sqlalchemy as sa
from sqlmodel import Session, col

from loans.tables import Borrower
from outreach import policies
from outreach.publish_gate import GateFacts
from outreach.tables import TemplateApproval


def gather(session: Session, today: date, enabled: Collection[str] | None) -> GateFacts:
    """`enabled` as `recipients.is_on` reads it; None takes the policy's own defaults."""
    policy = policies.in_force(session, today)
    if enabled is None:
        enabled = [name for name, channel in policy.channels.items() if channel.enabled_by_default]
    borrowers = session.execute(sa.select(col(Borrower.country), col(Borrower.language)).distinct()).all()
    approvals = session.execute(sa.select(col(TemplateApproval.content_sid), col(TemplateApproval.status))).all()
    return GateFacts(
        policy=policy,
        today=today,
        countries=frozenset(country for country, _ in borrowers),
        # A lender without borrowers yet still writes in Spanish.
        languages=frozenset(language[:2] for _, language in borrowers) or frozenset({"es"}),
        channels=frozenset(name.partition(":")[0] for name in enabled),
        templates={each.content_sid: each.status for each in approvals},
    )
