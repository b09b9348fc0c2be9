"""Whether a WhatsApp template may be used: asked of the provider now and then, and remembered.

Asked about are the templates of the settings and those that flows name, drafts among them.
"""

import threading
import time
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

import sqlalchemy as sa
import structlog
from sqlmodel import select

from bot.channels.base import Approval, Approves, Channel, SendFailed
from outreach import flows
from outreach.tables import TemplateApproval
from outreach.template_state import APPROVED
from store.engine import reading, transaction

log = structlog.get_logger()

FRESH = 60.0  # seconds that what the store says is kept in memory


class Remembered:
    """What the last poll of any machine found. A template that nobody has asked about yet is taken as approved."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        self._lock = threading.Lock()
        self._refused: frozenset[str] = frozenset()
        self._read_at = float("-inf")

    def approved(self, content_sid: str) -> bool:
        with self._lock:
            if time.monotonic() - self._read_at > FRESH:
                with reading(self._engine) as session:
                    bad = select(TemplateApproval.content_sid).where(TemplateApproval.status != APPROVED)
                    self._refused = frozenset(session.exec(bad))
                self._read_at = time.monotonic()
            return content_sid not in self._refused


def poll(engine: sa.Engine, channels: Mapping[str, Channel], now: datetime) -> dict[str, int]:
    """What could not be asked stays as it was."""
    counts = {"templates_changed": 0}
    with reading(engine) as session:
        chosen = flows.template_ids(session)
    for name, channel in channels.items():
        if not isinstance(channel, Approves):
            continue
        try:
            found = list(channel.approvals(chosen))
        except SendFailed as silence:
            log.warning("templates_not_asked", channel=name, error=silence.error, code=silence.code)
            continue
        counts["templates_changed"] += _remember(engine, found, now)
    return counts


def _remember(engine: sa.Engine, found: list[Approval], now: datetime) -> int:
    changed = 0
    with transaction(engine) as session:
        for each in found:
            before = session.get(TemplateApproval, each.content_sid)
            if before is None or before.status != each.status:
                changed += 1
                say = log.info if each.status == APPROVED else log.error  # An error is an alarm.
                say("template_status", template=each.content_sid, status=each.status, reason=each.reason)
            session.merge(TemplateApproval(**_row(each), checked_at=now))
    return changed


def _row(approval: Approval) -> dict[str, Any]:
    return asdict(approval) | {"names": list(approval.names)}
