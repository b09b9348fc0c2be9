"""Versions of a flow: drafted, looked at by a second person, published, retired. A published one is never edited.

One version of a flow is published at a time. Each function raises FlowError or CadenceError and leaves all as it was.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import sqlalchemy as sa
from sqlmodel import Session, col, select

from outreach import cadence, planning, publish_gate
from outreach.contact_facts import Kind
from outreach.flow_fault import Fault
from outreach.publish_gate import GateFacts
from outreach.tables import Flow, FlowVersion, Message
from store.clock import free_slot

Queued = Literal["keep", "move"]
EDITABLE = ("draft",)
WAITING = ("draft", "in_review")


class FlowError(Exception):
    """`code` is a key of locales' problems; `faults` are what the gate found."""

    def __init__(self, code: str, faults: Collection[Fault] = (), **values: Any) -> None:
        super().__init__(code)
        self.code, self.faults, self.values = code, tuple(faults), values


@dataclass(frozen=True, slots=True)
class Published:
    """`moved` queued messages were withdrawn and are planned anew; the others stay with their own version."""

    version: FlowVersion
    moved: int


def draft(session: Session, flow_id: int, base: FlowVersion, *, by: str, now: datetime) -> FlowVersion:
    """A copy to work on."""
    content = cadence.canonical(cadence.load(base.content)) | {"format": "cadence/2"}
    return _add(session, flow_id, content, by=by, now=now, based_on=base.number)


def bring_in(session: Session, flow_id: int, content: Any, *, by: str, now: datetime) -> FlowVersion:
    """A draft from a file."""
    return _add(session, flow_id, cadence.canonical(cadence.load(content)), by=by, now=now, based_on=None)


def edit(session: Session, version: FlowVersion, content: Any, *, by: str, now: datetime) -> None:
    """Takes the whole content. What the gate finds may still be wrong with a draft; what can't be read may not."""
    _require(version, EDITABLE)
    version.content = cadence.canonical(cadence.load(content))
    version.edited_by, version.edited_at = by, now
    session.add(version)


def discard(session: Session, version: FlowVersion) -> None:
    """A draft that nothing was ever written by goes without a trace but the audit's."""
    _require(version, WAITING)
    session.delete(version)


def submit(session: Session, version: FlowVersion, facts: GateFacts, *, by: str) -> None:
    """Hands a draft to a second person; from here on it is not edited."""
    _require(version, EDITABLE)
    _pass_gate(version, facts)
    version.state, version.submitted_by = "in_review", by
    session.add(version)


def take_back(session: Session, version: FlowVersion) -> None:
    """A draft again: it is to be changed."""
    _require(version, ("in_review",))
    version.state, version.submitted_by = "draft", None
    session.add(version)


def publish(
    session: Session,
    version: FlowVersion,
    facts: GateFacts,
    *,
    by: str,
    now: datetime,
    note: str,
    queued: Queued = "keep",
    review: bool = False,
) -> Published:
    """With `review` only what was submitted, and not by whoever wrote or submitted it."""
    _require(version, ("in_review",) if review else WAITING)
    if review and by in {version.edited_by, version.submitted_by}:
        raise FlowError("flow_second_person")
    return _go_live(session, version, facts, by=by, now=now, note=note, queued=queued)


def revert(
    session: Session,
    to: FlowVersion,
    facts: GateFacts,
    *,
    by: str,
    now: datetime,
    note: str,
    queued: Queued = "keep",
    review: bool = False,
) -> Published:
    """Publishes a copy of what was published before. With `review` the copy waits for a second person to publish it."""
    _require(to, ("retired",))
    if to.published_at is None:
        raise FlowError("flow_never_published", number=to.number)
    copy = _add(session, to.flow_id, to.content, by=by, now=now, based_on=to.number)
    if review:
        submit(session, copy, facts, by=by)
        return Published(copy, moved=0)
    return _go_live(session, copy, facts, by=by, now=now, note=note, queued=queued)


def retire(session: Session, version: FlowVersion, *, now: datetime, note: str) -> None:
    """Nothing follows it any more; without another published version the clock asks for no message."""
    _require(version, ("published",))
    version.state, version.retired_at = "retired", now
    version.note = note
    session.add(version)


def followed(session: Session, flow_id: int) -> FlowVersion | None:
    return session.exec(
        select(FlowVersion)
        .where(FlowVersion.flow_id == flow_id, FlowVersion.state == "published")
        .order_by(col(FlowVersion.number).desc())
    ).first()


def _go_live(
    session: Session, version: FlowVersion, facts: GateFacts, *, by: str, now: datetime, note: str, queued: Queued
) -> Published:
    _pass_gate(version, facts)
    session.exec(select(Flow).where(Flow.id == version.flow_id).with_for_update()).one()
    before = session.exec(
        select(FlowVersion).where(FlowVersion.flow_id == version.flow_id, FlowVersion.state == "published")
    ).all()
    for each in before:
        each.state, each.retired_at = "retired", now
        session.add(each)
    version.state, version.note = "published", note
    version.published_by, version.published_at = by, now
    session.add(version)
    session.flush()
    moved = _move(session, [each.id for each in before], now) if queued == "move" else 0
    return Published(version, moved)


def _move(session: Session, version_ids: Collection[int | None], now: datetime) -> int:
    """Withdraws what is queued and not yet due, and has the clock plan those borrowers anew at its next tick.

    A thanks stays: its payment counts as thanked. So does a message that was tried already. Without its unique key a
    withdrawn message does not stand in the way of the new one.
    """
    withdrawn = session.connection().execute(
        sa.update(Message)
        .where(
            col(Message.status) == "queued",
            col(Message.flow_version_id).in_(version_ids),
            col(Message.kind) != Kind.RECEIPT,
            col(Message.send_after) > now,
            col(Message.attempts) == 0,
        )
        .values(status="cancelled", status_at=now, error_code="flow_changed", dedupe_key=None)
    )
    free_slot(session, planning.JOB)
    return withdrawn.rowcount


def _pass_gate(version: FlowVersion, facts: GateFacts) -> None:
    if faults := publish_gate.check(cadence.load(version.content), facts):
        raise FlowError("flow_not_ready", faults)


def _require(version: FlowVersion, states: Collection[str]) -> None:
    if version.state not in states:
        raise FlowError("flow_wrong_state", number=version.number)


def _add(
    session: Session, flow_id: int, content: dict[str, Any], *, by: str, now: datetime, based_on: int | None
) -> FlowVersion:
    """The flow's row is held meanwhile, so that two people at once get two numbers."""
    held = select(Flow).where(Flow.id == flow_id).with_for_update().execution_options(populate_existing=True)
    flow = session.exec(held).one()
    last = session.exec(select(sa.func.max(FlowVersion.number)).where(FlowVersion.flow_id == flow_id)).one() or 0
    flow.last_number = max(flow.last_number, last) + 1
    version = FlowVersion(
        flow_id=flow_id,
        number=flow.last_number,
        state="draft",
        content=content,
        based_on=based_on,
        edited_by=by,
        edited_at=now,
        created_at=now,
    )
    session.add_all((flow, version))
    session.flush()
    return version
