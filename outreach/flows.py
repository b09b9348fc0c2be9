"""Which cadence is followed: the published version of the active flow."""

import json
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

import sqlalchemy as sa
from sqlmodel import Session, col, select

from outreach import cadence
from outreach.cadence import Cadence
from outreach.tables import Flow, FlowVersion

DEFAULT = "default"


@dataclass(frozen=True, slots=True)
class Followed:
    """`version_id` is None for the shipped cadence of a store that has no flow yet."""

    version_id: int | None
    cadence: Cadence


def current(session: Session) -> Followed | None:
    """None where every flow is switched off or unpublished: then the clock asks for no message."""
    found = session.exec(
        select(FlowVersion.id, sa.cast(col(FlowVersion.content), sa.Text))
        .join(Flow, col(Flow.id) == FlowVersion.flow_id)
        .where(Flow.active, FlowVersion.state == "published")
        .order_by(col(Flow.id), col(FlowVersion.number).desc())
    ).first()
    if found is not None:
        return Followed(found[0], _loaded(found[1]))
    return Followed(None, shipped()) if session.exec(select(Flow.id)).first() is None else None


def version(session: Session, version_id: int | None) -> Cadence:
    """The cadence that a message was planned by; versions are never edited."""
    found = session.get(FlowVersion, version_id) if version_id is not None else None
    return shipped() if found is None else cadence_of(found)


def cadence_of(version: FlowVersion) -> Cadence:
    return _loaded(json.dumps(version.content))


def template_ids(session: Session) -> set[str]:
    """The WhatsApp templates that versions name which are followed or may be."""
    versions = session.exec(select(FlowVersion).where(FlowVersion.state != "retired"))
    steps = (step for version in versions for step in cadence_of(version).steps)
    named = (each for step in steps for each in (step.templates, step.templates_if_moved))
    return {template.content_sid for templates in named for template in templates.values()}


def seed(session: Session, now: datetime) -> None:
    """Makes the shipped cadence the published version of the flow `default`, in a store without flows."""
    if session.exec(select(Flow.id)).first() is not None:
        return
    flow = Flow(name=DEFAULT)
    session.add(flow)
    session.flush()
    session.add(
        FlowVersion(
            flow_id=flow.id or 0,
            number=1,
            state="published",
            content=json.loads(cadence.SHIPPED.read_text(encoding="utf-8")),
            created_at=now,
            published_at=now,
        )
    )


@lru_cache(maxsize=1)
def shipped() -> Cadence:
    return cadence.load()


@lru_cache(maxsize=32)
def _loaded(content: str) -> Cadence:
    return cadence.load(content)
