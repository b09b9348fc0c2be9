"""The audit trail: who changed what, written in the transaction of the change itself."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session

from desk.tables import AuditEvent


def record(
    session: Session,
    actor: str,
    action: str,
    subject: str,
    detail: Mapping[str, Any] | None = None,
    *,
    now: datetime,
) -> None:
    """`actor` is 'staff:3', 'token:2', 'system' or 'command_line'. `detail` names no person and no phone."""
    session.add(AuditEvent(at=now, actor=actor, action=action, subject=subject, detail=dict(detail or {})))
