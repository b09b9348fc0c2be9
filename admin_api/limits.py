"""How far assistant, collector and supervisor may go, by product and segment: read, proposed, approved."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

import sqlalchemy as sa
from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field
from sqlmodel import col

from admin_api import approvals, reach
from admin_api.flow_words import distinct
from admin_api.guard import Reading, Writing, context_of, reads, writes
from admin_api.once import once
from admin_api.paging import After, Limit, Page, page
from admin_api.problems import invalid
from admin_api.shapes import Day, Text
from desk.access import Permission
from loans import limit_versions, policies
from loans.limits import LEAST, Exceeded, Level, LevelLimits, of_policy
from loans.tables import Borrower, Loan, NegotiationLimits
from store import policy_versions

router = APIRouter(prefix="/limits", tags=["settings"])


class LimitsShown(BaseModel):
    id: int
    product: str = Field(description="Empty: every product.")
    segment: str = Field(description="Empty: every segment.")
    content: LevelLimits
    valid_from: date
    proposed_by: str
    approved_by: str | None = Field(description="Null: a proposal, which nothing follows.")
    created_at: datetime


class LimitsInForce(BaseModel):
    limits: LimitsShown | None = Field(description="Null: the negotiation policy alone holds.")


class LimitsChoices(BaseModel):
    """What there is among this lender's loans and borrowers, and what limits begin from."""

    products: list[str]
    segments: list[str]
    policy: dict[str, int | Decimal | None] = Field(description="What the assistant may do without limits of its own.")
    second_person: bool = Field(description="Whoever proposed limits does not approve them.")


class LimitsGiven(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "product": "group loan",
                    "segment": "",
                    "valid_from": "2027-01-01",
                    "content": {
                        "assistant": {"promise_max_days": 10, "plan_max_payments": 3},
                        "collector": {"promise_max_days": 20, "plan_max_payments": 4, "plan_max_days": 60},
                        "supervisor": {"plan_max_payments": 8},
                    },
                }
            ]
        },
    )
    product: Text = ""
    segment: Text = ""
    valid_from: Day = Field(description="The first day on which they hold, after today.")
    content: LevelLimits


@router.get("")
def limits_in_force(
    call: Annotated[Reading, reads(Permission.READ_SETTINGS)], product: str = "", segment: str = ""
) -> LimitsInForce:
    """What holds today for a product and a segment; the nearest row counts alone."""
    if "\0" in product + segment:
        return LimitsInForce(limits=None)
    row = limit_versions.in_force(call.session, reach.today(call), product=product, segment=segment)
    return LimitsInForce(limits=_shown(row) if row else None)


@router.get("/choices")
def choices_of_limits(request: Request, call: Annotated[Reading, reads(Permission.READ_SETTINGS)]) -> LimitsChoices:
    return LimitsChoices(
        products=distinct(call.session, Loan.product),
        segments=distinct(call.session, Borrower.segment),
        policy=of_policy(policies.in_force(call.session, reach.today(call))),
        second_person=context_of(request).second_person,
    )


@router.get("/versions")
def versions_of_limits(
    call: Annotated[Reading, reads(Permission.READ_SETTINGS)], limit: Limit = 50, after: After = None
) -> Page[LimitsShown]:
    """The newest first."""
    wanted = sa.select(NegotiationLimits)
    keys = [col(NegotiationLimits.id)]
    return page(call.session, wanted, keys, limit, after, lambda row: _shown(row[0]), newest_first=True)


@router.post("/versions", status_code=201, response_model=LimitsShown)
def propose_limits(given: LimitsGiven, call: Annotated[Writing, writes(Permission.WRITE_SETTINGS)]) -> Any:
    """Nothing follows them until they are approved."""

    def make() -> LimitsShown:
        row = limit_versions.propose(
            call.session,
            given.content,
            product=given.product,
            segment=given.segment,
            valid_from=given.valid_from,
            by=call.principal.actor,
            today=reach.today(call),
            now=call.now,
        )
        told = {"product": row.product, "segment": row.segment, "valid_from": row.valid_from.isoformat()}
        call.audit("limits_proposed", f"limits:{row.id}", **told)
        return _shown(row)

    return once(call, "limits", given, make)


@router.post("/versions/{version_id}/approval", status_code=201, response_model=LimitsShown)
def approve_limits(
    version_id: int, request: Request, call: Annotated[Writing, writes(Permission.APPROVE_SETTINGS)]
) -> Any:
    """By somebody else than who proposed them, where the lender wants a second person."""
    row, second_person = _held(call, version_id), approvals.by_second_person(call, request)

    def make() -> LimitsShown:
        policy_versions.approve(
            call.session, row, by=call.principal.actor, today=reach.today(call), second_person=second_person
        )
        call.audit("limits_approved", f"limits:{version_id}")
        return _shown(row)

    return once(call, f"limits:{version_id}:approval", "", make)


def level(call: Reading) -> Level:
    """Whose limits bind whoever asks: who assigns work to others is no collector."""
    return "supervisor" if call.principal.may(Permission.ASSIGN_CASES) else "collector"


def refuse(found: Exceeded | None) -> None:
    if found is not None:
        field = "amount" if found.limit in LEAST else "payments" if found.limit.startswith("plan_") else "due"
        raise invalid(field, None, f"limit_{found.limit}", allowed=found.allowed)


def _held(call: Writing, version_id: int) -> NegotiationLimits:
    """Locked, so that of two people who approve at the same moment one is told that the other was first."""
    row: NegotiationLimits = reach.row(call, NegotiationLimits, version_id)
    call.session.refresh(row, with_for_update=True)
    return row


def _shown(row: NegotiationLimits) -> LimitsShown:
    return LimitsShown.model_validate(row, from_attributes=True)
