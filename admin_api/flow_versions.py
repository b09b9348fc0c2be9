"""The versions of a flow: read, drafted, edited, checked, compared. Only a draft is edited."""

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Any, Literal

import sqlalchemy as sa
from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field
from sqlmodel import col, select

from admin_api import etags, reach
from admin_api.flow_problems import FlowFault, worded
from admin_api.guard import Reading, Writing, context_of, reads, writes
from admin_api.once import once
from admin_api.paging import LARGEST_ID, After, Limit, Page, page
from admin_api.problems import language_of, not_found
from desk.access import Permission
from insight import outlook_runs
from locales import changes as words
from outreach import cadence, flow_diff, flow_versions, flows, gate_facts, publish_gate
from outreach.cadence import CadenceError
from outreach.flow_fault import Fault
from outreach.publish_gate import GateFacts
from outreach.tables import Flow, FlowVersion
from store.ids import id_of

router = APIRouter(prefix="/flows/{flow_id}", tags=["settings"])
State = Literal["draft", "in_review", "published", "retired"]


class FlowVersionShown(BaseModel):
    id: int
    number: int
    state: State
    note: str = Field(description="Why it was published, or retired.")
    based_on: int | None = Field(description="Number of the version that it was copied from.")
    cadence: dict[str, Any] = Field(description="The whole content, every field written out.")
    edited_by: str
    edited_at: datetime | None
    submitted_by: str | None
    published_by: str | None
    created_at: datetime
    published_at: datetime | None
    retired_at: datetime | None


class DraftGiven(BaseModel):
    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"based_on": 3}, {}]})
    based_on: int | None = Field(default=None, ge=1, lt=LARGEST_ID, description="Null: the published version.")


class ContentGiven(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "cadence": {
                        "format": "cadence/2",
                        "name": "default",
                        "max_dpd": 60,
                        "steps": [
                            {
                                "id": "due_today",
                                "name": "Vence hoy",
                                "kind": "reminder",
                                "anchor": "due_date",
                                "offset_days": 0,
                                "at": "10:00",
                                "spread_minutes": 60,
                                "phrase": "reminder.due_today",
                                "texts": {
                                    "es": {"default": "Hola, {name}. Hoy vence su pago de {amount} con {lender}."}
                                },
                                "channels": ["sms", "telegram"],
                                "audience": {"max_dpd": 60, "languages": ["es"]},
                                "stop_on": ["reply"],
                                "valid_for_hours": 8,
                                "on_closed_day": "before",
                                "priority": 20,
                            }
                        ],
                    }
                }
            ]
        },
    )
    cadence: dict[str, Any] = Field(description="The whole content: docs/flows.md describes each field.")


class Faults(BaseModel):
    """Empty: it may be published."""

    items: list[FlowFault]


class ChangeShown(BaseModel):
    code: str
    step: str = Field(description="Id of the step; empty: the flow as a whole.")
    field: str
    before: Any
    after: Any
    text: str = Field(description="The change in words, in the caller's language.")


class Changes(BaseModel):
    since: int = Field(description="Number of the version that this one is compared with.")
    items: list[ChangeShown]


@router.get("/versions")
def versions_of_flow(
    flow_id: int, call: Annotated[Reading, reads(Permission.READ_SETTINGS)], limit: Limit = 50, after: After = None
) -> Page[FlowVersionShown]:
    """The newest first."""
    reach.row(call, Flow, flow_id)
    wanted = sa.select(FlowVersion).where(col(FlowVersion.flow_id) == flow_id)
    keys = [col(FlowVersion.number)]
    return page(call.session, wanted, keys, limit, after, lambda row: shown(row[0]), newest_first=True)


@router.post("/versions", status_code=201, response_model=FlowVersionShown)
def draft_version(flow_id: int, given: DraftGiven, call: Annotated[Writing, writes(Permission.WRITE_SETTINGS)]) -> Any:
    """A copy to work on; nothing follows it until it is published."""
    reach.row(call, Flow, flow_id)
    base = found(call, flow_id, given.based_on) if given.based_on else flow_versions.followed(call.session, flow_id)
    if base is None:
        raise not_found()

    def make() -> FlowVersionShown:
        version = flow_versions.draft(call.session, flow_id, base, by=call.principal.actor, now=call.now)
        call.audit("flow_drafted", f"flow:{flow_id}", version=version.number, based_on=base.number)
        return shown(version)

    return once(call, f"flow:{flow_id}:draft", given, make)


@router.get("/versions/{number}")
def one_version(
    flow_id: int, number: int, response: Response, call: Annotated[Reading, reads(Permission.READ_SETTINGS)]
) -> FlowVersionShown:
    return tagged(response, found(call, flow_id, number))


@router.put("/versions/{number}")
def save_version(  # noqa: PLR0917
    flow_id: int,
    number: int,
    given: ContentGiven,
    response: Response,
    call: Annotated[Writing, writes(Permission.WRITE_SETTINGS)],
    if_match: etags.IfMatch = None,
) -> FlowVersionShown:
    """Takes the whole content of a draft. What only stands in the way of publishing is told by `/faults`."""
    version = held(call, flow_id, number)
    etags.check(if_match, shown(version))
    flow_versions.edit(call.session, version, given.cadence, by=call.principal.actor, now=call.now)
    call.audit("flow_edited", f"flow:{flow_id}", version=number)
    return tagged(response, version)


@router.delete("/versions/{number}", status_code=204)
def discard_version(
    flow_id: int,
    number: int,
    call: Annotated[Writing, writes(Permission.WRITE_SETTINGS)],
    if_match: etags.IfMatch = None,
) -> None:
    """Throws a draft away."""
    version = held(call, flow_id, number)
    etags.check(if_match, shown(version))
    outlook_runs.forget(call.session, id_of(version))
    flow_versions.discard(call.session, version)
    call.audit("flow_discarded", f"flow:{flow_id}", version=number)


@router.get("/versions/{number}/faults")
def faults_of_version(
    flow_id: int, number: int, request: Request, call: Annotated[Reading, reads(Permission.READ_SETTINGS)]
) -> Faults:
    """What stands in the way of publishing it."""
    content = flows.cadence_of(found(call, flow_id, number))
    return _faults(publish_gate.check(content, facts(call, request, content)), content, request)


@router.post("/checks")
def check_content(
    flow_id: int, given: ContentGiven, request: Request, call: Annotated[Writing, writes(Permission.WRITE_SETTINGS)]
) -> Faults:
    """The same of content that nobody has saved yet. Nothing is kept."""
    reach.row(call, Flow, flow_id)
    try:
        content = cadence.load(given.cadence)
    except CadenceError as wrong:
        return _faults(wrong.faults, None, request)
    return _faults(publish_gate.check(content, facts(call, request, content)), content, request)


@router.get("/versions/{number}/changes")
def changes_of_version(
    flow_id: int,
    number: int,
    request: Request,
    call: Annotated[Reading, reads(Permission.READ_SETTINGS)],
    since: Annotated[int | None, Query(description="Number of another version; none: the published one.")] = None,
) -> Changes:
    """What this version has different, in words."""
    version = found(call, flow_id, number)
    other = found(call, flow_id, since) if since is not None else flow_versions.followed(call.session, flow_id)
    other, language = other or version, language_of(request)
    told = flow_diff.changes(flows.cadence_of(other), flows.cadence_of(version))
    return Changes(since=other.number, items=[_change(each, language) for each in told])


def found(call: Reading, flow_id: int, number: int) -> FlowVersion:
    reach.row(call, Flow, flow_id)
    wanted = select(FlowVersion).where(FlowVersion.flow_id == flow_id, FlowVersion.number == number)
    version = call.session.exec(wanted).first() if 0 < number < LARGEST_ID else None
    if version is None:
        raise not_found()
    return version


def held(call: Writing, flow_id: int, number: int) -> FlowVersion:
    """Locked, so that of two people who change it at the same moment one is told that the other was first."""
    version = found(call, flow_id, number)
    call.session.refresh(version, with_for_update=True)
    return version


def facts(call: Reading, request: Request, content: cadence.Cadence | None = None) -> GateFacts:
    """`content` is what is going to be held against them."""
    context = context_of(request)
    return gate_facts.gather(call.session, reach.today(call), context.channels, content, hear=context.hear)


def shown(version: FlowVersion) -> FlowVersionShown:
    content = cadence.whole(flows.cadence_of(version))
    return FlowVersionShown(**version.model_dump(exclude={"content", "flow_id"}), cadence=content)


def tagged(response: Response, version: FlowVersion) -> FlowVersionShown:
    answer = shown(version)
    etags.tag(response, answer)
    return answer


def _faults(found: Iterable[Fault], content: cadence.Cadence | None, request: Request) -> Faults:
    names = {step.id: step.name for step in content.steps} if content else {}
    return Faults(items=list(worded(found, language_of(request), names)))


def _change(change: flow_diff.Change, language: str) -> ChangeShown:
    text = words.text(
        change.code,
        language,
        step=change.step,
        name=change.name,
        field=change.field,
        before=change.before,
        after=change.after,
        about=change.about,
    )
    return ChangeShown(
        code=change.code, step=change.step, field=change.field, before=change.before, after=change.after, text=text
    )
