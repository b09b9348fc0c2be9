"""What the law and the lender allow: the contact policy and the negotiation policy, by version."""

import json
from collections.abc import Iterable
from datetime import date, datetime
from typing import Annotated, Any, Literal

import sqlalchemy as sa
from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from admin_api import approvals, reach
from admin_api.guard import Reading, Writing, reads, writes
from admin_api.once import once
from admin_api.paging import After, Limit, Page, page
from admin_api.problems import Problem, invalid
from admin_api.shapes import Day
from desk.access import Permission
from loans import policies as negotiation
from loans.tables import NegotiationPolicyVersion
from outreach import policies as contact
from outreach.contact_policy import PolicyError
from outreach.tables import ContactPolicyVersion
from store import policy_versions

router = APIRouter(prefix="/policies", tags=["settings"])
Kind = Literal["contact", "negotiation"]
TABLES: dict[Kind, Any] = {"contact": ContactPolicyVersion, "negotiation": NegotiationPolicyVersion}
ROOMS: dict[Kind, Any] = {"contact": contact, "negotiation": negotiation}


class InForce(BaseModel):
    version: str
    content: dict[str, Any]


class VersionShown(BaseModel):
    id: int
    version: str
    content: dict[str, Any]
    valid_from: date
    proposed_by: str
    approved_by: str | None = Field(description="Null: a proposal, which nothing follows.")
    created_at: datetime


class VersionGiven(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"valid_from": "2027-01-01", "content": {"policy_version": "1.1.0"}}]},
    )
    valid_from: Day = Field(description="The first day on which it holds, after today.")
    content: dict[str, Any] = Field(description="The whole policy, with a higher `policy_version`.")


@router.get("/{kind}")
def policy_in_force(kind: Kind, call: Annotated[Reading, reads(Permission.READ_SETTINGS)]) -> InForce:
    policy = ROOMS[kind].in_force(call.session, reach.today(call))
    content = policy.model_dump(mode="json")
    return InForce(version=content["policy_version"], content=content)


@router.get("/{kind}/versions")
def versions_of_policy(
    kind: Kind, call: Annotated[Reading, reads(Permission.READ_SETTINGS)], limit: Limit = 50, after: After = None
) -> Page[VersionShown]:
    """The newest first."""
    table = TABLES[kind]
    return page(call.session, sa.select(table), [table.id], limit, after, lambda row: _shown(row[0]), newest_first=True)


@router.post("/{kind}/versions", status_code=201, response_model=VersionShown)
def propose_version(
    kind: Kind, given: VersionGiven, call: Annotated[Writing, writes(Permission.WRITE_SETTINGS)]
) -> Any:
    """Nothing follows it until it is approved."""

    def make() -> VersionShown:
        row = _proposed(call, kind, given)
        call.audit("policy_proposed", f"policy:{kind}", version=row.version, valid_from=row.valid_from.isoformat())
        return row

    return once(call, f"policy:{kind}", given, make)


@router.post("/{kind}/versions/{version_id}/approval", status_code=201, response_model=VersionShown)
def approve_version(
    kind: Kind, version_id: int, request: Request, call: Annotated[Writing, writes(Permission.APPROVE_SETTINGS)]
) -> Any:
    """By somebody else than who proposed it, where the lender wants a second person."""
    row, second = _found(call, kind, version_id), approvals.by_second_person(call, request)

    def make() -> VersionShown:
        policy_versions.approve(
            call.session, row, by=call.principal.actor, today=reach.today(call), second_person=second
        )
        call.audit("policy_approved", f"policy:{kind}", version=row.version)
        return _shown(row)

    return once(call, f"policy:{kind}:{version_id}:approval", "", make)


def _proposed(call: Writing, kind: Kind, given: VersionGiven) -> VersionShown:
    try:
        json.dumps(given.content, allow_nan=False)
        return _shown(
            ROOMS[kind].propose(
                call.session, given.content, given.valid_from, call.principal.actor, reach.today(call), call.now
            )
        )
    except PolicyError as wrong:
        raise _refused(("content", line) for line in str(wrong).splitlines()) from wrong
    except ValidationError as wrong:
        raise _refused((_path(each), each["msg"]) for each in wrong.errors()) from wrong
    except ValueError as wrong:  # what JSON can't say, such as NaN
        raise invalid("content", None, "value_refused") from wrong


def _path(fault: Any) -> str:
    return ".".join(["content", *map(str, fault["loc"])])


def _refused(faults: Iterable[tuple[str, str]]) -> Problem:
    return Problem(422, "invalid", faults=[(name, None, "policy_refused", {"why": why}) for name, why in faults])


def _found(call: Writing, kind: Kind, version_id: int) -> Any:
    """Locked, so that of two people who approve at the same moment one is told that the other was first."""
    row = reach.row(call, TABLES[kind], version_id)
    call.session.refresh(row, with_for_update=True)
    return row


def _shown(row: Any) -> VersionShown:
    return VersionShown.model_validate(row, from_attributes=True)
