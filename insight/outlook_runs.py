"""An outlook asked for in the console: a row that says how far it is, and then what came of it.

At most two are worked on at a time, whoever asks; a new one for the same version takes the place of the earlier.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
import structlog
from sqlmodel import Session, col, select

from insight import outlook
from insight.tables import Outlook
from outreach import flows
from outreach.tables import FlowVersion
from store.clock import Clock
from store.engine import reading, transaction

log = structlog.get_logger()

AT_ONCE = 2
# Real time without a sign of life after which whoever worked on it is taken for dead; parts take some seconds.
SILENT = timedelta(minutes=3)


class Busy(Exception):  # noqa: N818
    """Others are being worked on: ask again in a minute."""


class Replaced(Exception):  # noqa: N818
    """Somebody has asked anew, and nobody waits for this one any more."""


@dataclass(frozen=True, slots=True)
class Means:
    """What the installation sends on, what it pays, real time, and how many processes it may use."""

    enabled: Collection[str] | None
    prices: Mapping[str, str]
    real: Clock
    processes: int = outlook.PROCESSES


def ask(session: Session, version_id: int, days: int, *, by: str, now: datetime, real: datetime) -> Outlook:
    """Raises Busy. `real` times the signs of life, `now` is the day from which it looks ahead."""
    running = session.exec(
        select(sa.func.count())
        .select_from(Outlook)
        .where(Outlook.state == "running", Outlook.seen_at > real - SILENT, Outlook.flow_version_id != version_id)
    ).one()
    if running >= AT_ONCE:
        raise Busy
    row = Outlook(flow_version_id=version_id, run=uuid4().hex, days=days, asked_by=by, asked_at=now, seen_at=real)
    return session.merge(row)


def of_version(session: Session, version_id: int, real: datetime) -> Outlook | None:
    """One that nobody works on any more has failed."""
    row = session.get(Outlook, version_id)
    if row is not None and row.state == "running" and row.seen_at < real - SILENT:
        row.state = "failed"
    return row


def forget(session: Session, version_id: int) -> None:
    """To be called before a version goes; whoever is still looking finds that out and stops."""
    session.execute(sa.delete(Outlook).where(col(Outlook.flow_version_id) == version_id))


def work(engine: sa.Engine, version_id: int, run: str, means: Means) -> None:
    """Never raises: what goes wrong is in the row and in the log."""
    try:
        found = _look(engine, version_id, run, means)
        _note(engine, version_id, run, means.real, state="done", result=json.dumps(found))
    except Replaced:
        log.info("outlook_replaced", version=version_id)
    except Exception as problem:  # The edge of the job.
        log.exception("outlook_failed", version=version_id, problem=type(problem).__name__)
        _note(engine, version_id, run, means.real, state="failed")


def _look(engine: sa.Engine, version_id: int, run: str, means: Means) -> dict[str, Any]:
    with reading(engine) as session:
        row = session.get_one(Outlook, version_id)
        version = session.get_one(FlowVersion, version_id)
        draft = None if version.state == "published" else flows.cadence_of(version)

    def progress(done: int, total: int) -> None:
        if not _note(engine, version_id, run, means.real, done=done, total=total):
            raise Replaced

    return outlook.look_ahead(
        engine,
        row.asked_at,
        row.days,
        enabled=means.enabled,
        draft=draft,
        prices=dict(means.prices),
        progress=progress,
        processes=means.processes,
    )


def _note(engine: sa.Engine, version_id: int, run: str, real: Clock, **values: Any) -> bool:
    """False where it has been replaced."""
    mine = sa.update(Outlook).where(col(Outlook.flow_version_id) == version_id, col(Outlook.run) == run)
    with transaction(engine) as session:
        noted = session.connection().execute(mine.values(seen_at=real.now(), **values))
        return noted.rowcount == 1
