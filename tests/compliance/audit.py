"""The end of a simulated year: every message against the rows, and every proof against the history."""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from outreach import hindsight, proofs
from outreach.contact_policy import ContactPolicy
from outreach.tables import Message
from tests.compliance import checker
from tests.compliance.checker import Sent
from tests.compliance.diary import Diary

ANSWERING = timedelta(hours=24)
AT_ONCE = 300  # borrowers


@dataclass(slots=True)
class Audit:
    sent: Counter[str] = field(default_factory=Counter)
    violations: list[str] = field(default_factory=list)
    proven: int = 0
    unproven: list[str] = field(default_factory=list)


def run(session: Session, diary: Diary, tell: Callable[[int], None] = lambda _: None) -> Audit:
    """`tell` hears of each borrower that is done."""
    audit, policy, policies = Audit(), checker.rows(), dict[str, ContactPolicy | None]()
    borrowers = sorted(diary)
    for start in range(0, len(borrowers), AT_ONCE):
        some = borrowers[start : start + AT_ONCE]
        sent = _sent(session, some, diary)
        for borrower_id in some:
            audit.sent.update(each.kind for each in sent[borrower_id])
            found = checker.violations(policy, diary.of(borrower_id), sent[borrower_id])
            audit.violations += [f"borrower {borrower_id}, {each}" for each in found]
        _prove(session, some, audit, policies)
        session.expunge_all()
        tell(len(some))
    return audit


def _sent(session: Session, borrowers: list[int], diary: Diary) -> dict[int, list[Sent]]:
    m = Message.__table__.c  # type: ignore[attr-defined]
    columns = (m.id, m.sent_at, m.channel, m.address_id, m.kind, m.loan_id, m.borrower_id, m["keys"].label("said"))
    wanted = sa.select(*columns).where(m.borrower_id.in_(borrowers), m.direction == "out", m.sent_at.is_not(None))
    found: dict[int, list[Sent]] = defaultdict(list)
    for row in session.execute(wanted):
        asked = row.kind == "collector" and any(
            address == row.address_id and row.sent_at - ANSWERING < at <= row.sent_at
            for at, _, address in diary.of(row.borrower_id).inbound
        )
        found[row.borrower_id].append(
            Sent(row.id, row.sent_at, row.channel, row.address_id, row.kind, _only_loan(row), asked_in=asked)
        )
    return found


def _only_loan(row: Any) -> int | None:
    """A text about several loans is judged by each of them when it is made; here it is about none."""
    loans = {about["loan"] for each in row.said for about in each.get("about", ())}
    return row.loan_id if len(loans) < 2 else None


def _prove(session: Session, borrowers: list[int], audit: Audit, policies: dict[str, ContactPolicy | None]) -> None:
    past = hindsight.read(session, borrowers)
    for message in _decided(session, borrowers):
        proof = message.decision or {}
        name = json.dumps(proof.get("policy_version"))
        if name not in policies:
            policies[name] = proofs.policy_named(session, proof)
        verified = proofs.verify_in(past, message, proof, policies[name])
        if verified.holds:
            audit.proven += 1
        else:
            audit.unproven.append(f"message {message.id}: {verified}")


def _decided(session: Session, borrowers: list[int]) -> Iterator[Message]:
    """All that left, and also what was never sent: it carries the decision that kept it back."""
    wanted = select(Message).where(col(Message.borrower_id).in_(borrowers), Message.direction == "out")
    yield from (each for each in session.exec(wanted) if each.decision or each.sent_at)
