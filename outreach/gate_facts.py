"""What the store knows that a cadence is held against before it is published."""

from collections.abc import Callable, Collection, Mapping
from datetime import date

import sqlalchemy as sa
from sqlmodel import Session, col

from loans.tables import Borrower
from outreach import policies, publish_gate
from outreach.cadence import Cadence
from outreach.publish_gate import GateFacts
from outreach.tables import TemplateApproval

# Texts as borrowers read them; how sure the model is that each is unkind. It leaves out what it could not judge.
Hear = Callable[[Collection[str]], Mapping[str, float]]


def gather(
    session: Session, today: date, enabled: Collection[str] | None, content: Cadence | None = None, *, hear: Hear
) -> GateFacts:
    """`enabled` as `recipients.is_on` reads it; None takes the policy's own defaults. `content` is what is held
    against the facts; nothing is heard without."""
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
        heard=hear(publish_gate.own_words(content)) if content else {},
    )
