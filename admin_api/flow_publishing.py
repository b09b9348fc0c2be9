"""From a draft to what borrowers get: submitted, published, retired, brought back."""

from typing import Annotated, Any

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field

from admin_api import approvals
from admin_api.flow_versions import FlowVersionShown, facts, found, held, shown
from admin_api.guard import Writing, context_of, writes
from admin_api.once import once
from admin_api.paging import LARGEST_ID
from desk.access import Permission
from outreach import flow_versions, flows
from outreach.flow_versions import Published, Queued
from outreach.tables import FlowVersion

router = APIRouter(prefix="/flows/{flow_id}", tags=["settings"])
Note = Annotated[str, Field(min_length=3, max_length=500, pattern=r"^[^\x00]*$", description="Why; kept for ever.")]
QUEUED = "`keep`: messages that wait go as they were planned. `move`: those not yet due are withdrawn and planned anew."


class NoteGiven(BaseModel):
    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"note": "Nobody is reminded in May."}]})
    note: Note


class PublicationGiven(BaseModel):
    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"note": "An hour later, as asked.", "queued": "keep"}]}
    )
    note: Note
    queued: Queued = Field(default="keep", description=QUEUED)


class ReversionGiven(PublicationGiven):
    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"to": 3, "note": "Too many replies.", "queued": "move"}]}
    )
    to: int = Field(ge=1, lt=LARGEST_ID, description="Number of a version that was published before.")


class PublishedShown(BaseModel):
    version: FlowVersionShown
    moved: int = Field(description="Queued messages that were withdrawn to be planned anew.")


@router.post("/versions/{number}/submission", status_code=201, response_model=FlowVersionShown)
def submit_version(
    flow_id: int, number: int, request: Request, call: Annotated[Writing, writes(Permission.WRITE_SETTINGS)]
) -> Any:
    """Hands a draft to a second person."""
    version = held(call, flow_id, number)

    def make() -> FlowVersionShown:
        flow_versions.submit(
            call.session, version, facts(call, request, flows.cadence_of(version)), by=call.principal.actor
        )
        call.audit("flow_submitted", f"flow:{flow_id}", version=number)
        return shown(version)

    return once(call, f"flow:{flow_id}:{number}:submission", "", make)


@router.post("/versions/{number}/return", status_code=201, response_model=FlowVersionShown)
def return_version(
    flow_id: int, number: int, given: NoteGiven, call: Annotated[Writing, writes(Permission.APPROVE_SETTINGS)]
) -> Any:
    """Makes what was submitted a draft again, to be changed."""
    version = held(call, flow_id, number)

    def make() -> FlowVersionShown:
        flow_versions.take_back(call.session, version)
        call.audit("flow_returned", f"flow:{flow_id}", version=number, note=given.note)
        return shown(version)

    return once(call, f"flow:{flow_id}:{number}:return", given, make)


@router.post("/versions/{number}/publication", status_code=201, response_model=PublishedShown)
def publish_version(
    flow_id: int,
    number: int,
    given: PublicationGiven,
    request: Request,
    call: Annotated[Writing, writes(Permission.APPROVE_SETTINGS)],
) -> Any:
    """It is followed from now on; the one before is retired. Without faults only."""
    version, review = held(call, flow_id, number), approvals.by_second_person(call, request)

    def make() -> PublishedShown:
        done = flow_versions.publish(
            call.session,
            version,
            facts(call, request, flows.cadence_of(version)),
            by=call.principal.actor,
            now=call.now,
            note=given.note,
            queued=given.queued,
            review=review,
        )
        return _published(call, "flow_published", done, given)

    return once(call, f"flow:{flow_id}:{number}:publication", given, make)


@router.post("/versions/{number}/retirement", status_code=201, response_model=FlowVersionShown)
def retire_version(
    flow_id: int, number: int, given: NoteGiven, call: Annotated[Writing, writes(Permission.WRITE_SETTINGS)]
) -> Any:
    """Without a published version nobody is reminded of anything."""
    version = held(call, flow_id, number)

    def make() -> FlowVersionShown:
        flow_versions.retire(call.session, version, now=call.now, note=given.note)
        call.audit("flow_retired", f"flow:{flow_id}", version=number, note=given.note)
        return shown(version)

    return once(call, f"flow:{flow_id}:{number}:retirement", given, make)


@router.post("/reversion", status_code=201, response_model=PublishedShown)
def revert_flow(
    flow_id: int,
    given: ReversionGiven,
    request: Request,
    call: Annotated[Writing, writes(Permission.WRITE_SETTINGS)],
) -> Any:
    """Publishes a copy of an earlier version. Where a second person is asked for, the copy is submitted to them."""
    to, review = found(call, flow_id, given.to), context_of(request).second_person

    def make() -> PublishedShown:
        done = flow_versions.revert(
            call.session,
            to,
            facts(call, request, flows.cadence_of(to)),
            by=call.principal.actor,
            now=call.now,
            note=given.note,
            queued=given.queued,
            review=review,
        )
        if review:
            return _submitted(call, done, given)
        return _published(call, "flow_reverted", done, given)

    return once(call, f"flow:{flow_id}:reversion", given, make)


def _submitted(call: Writing, done: Published, given: PublicationGiven) -> PublishedShown:
    told = {"version": done.version.number, "based_on": done.version.based_on, "note": given.note}
    call.audit("flow_submitted", f"flow:{done.version.flow_id}", **told)
    return PublishedShown(version=shown(done.version), moved=0)


def _published(call: Writing, action: str, done: Published, given: PublicationGiven) -> PublishedShown:
    version: FlowVersion = done.version
    told = {"version": version.number, "based_on": version.based_on, "note": given.note}
    if action == "flow_reverted":
        call.audit("flow_reverted", f"flow:{version.flow_id}", **told, queued=given.queued, moved=done.moved)
    else:
        call.audit("flow_published", f"flow:{version.flow_id}", **told, queued=given.queued, moved=done.moved)
    return PublishedShown(version=shown(version), moved=done.moved)
