"""Holds: reasons not to write, each on one borrower, loan or address."""

from datetime import datetime
from typing import Annotated, Any, Literal

import sqlalchemy as sa
from fastapi import APIRouter
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field
from sqlmodel import col

from admin_api import reach
from admin_api.guard import Reading, Writing, reads, writes
from admin_api.once import once
from admin_api.paging import After, Limit, Page, page
from admin_api.problems import invalid
from admin_api.shapes import LongText
from desk.access import Permission
from loans.tables import Borrower, Loan
from outreach import holds
from outreach.tables import AddressBorrower, Hold

router = APIRouter(prefix="/holds", tags=["holds"])
Event = Literal[
    "dispute",
    "payment_claim",
    "hardship",
    "vulnerable",
    "wrong_person",
    "deceased",
    "represented",
    "minor",
    "abuse",
    "opt_out",
]


class HoldShown(BaseModel):
    id: int
    event: str
    borrower_id: int | None
    loan_id: int | None
    address_id: int | None
    from_at: datetime
    until_at: datetime | None = Field(description="Null: until somebody lifts it.")
    lifted_at: datetime | None
    lifted_by: str
    note: str | None


class HoldGiven(BaseModel):
    """On exactly one borrower, loan or address."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"event": "hardship", "borrower_id": 12, "note": "Lost work"}]}
    )
    event: Event
    borrower_id: int | None = None
    loan_id: int | None = None
    address_id: int | None = None
    until: AwareDatetime | None = None
    note: LongText = ""


@router.get("")
def list_holds(
    call: Annotated[Reading, reads(Permission.READ_PORTFOLIO)],
    borrower_id: int | None = None,
    limit: Limit = 50,
    after: After = None,
) -> Page[HoldShown]:
    """Those that hold now, the newest first."""
    if borrower_id is None:
        within = _scope(sa.select(col(Borrower.id)).where(reach.reached(call)))
    else:
        within = _scope([reach.borrower(call, borrower_id).id])
    wanted = sa.select(Hold).where(within, holds.alive(call.now))
    return page(call.session, wanted, [col(Hold.id)], limit, after, lambda row: shown(row[0]), newest_first=True)


@router.post("", status_code=201, response_model=HoldShown)
def place_hold(given: HoldGiven, call: Annotated[Writing, writes(Permission.MAKE_AGREEMENTS)]) -> Any:
    """The same hold once more lasts until the later of both ends."""

    def make() -> HoldShown:
        _check(call, given)
        row = holds.place(
            call.session,
            given.event,
            now=call.now,
            loan_id=given.loan_id,
            borrower_id=given.borrower_id,
            address_id=given.address_id,
            until=given.until,
            note=given.note or None,
        )
        call.session.flush()
        call.audit(
            "hold_placed", f"hold:{row.id}", **given.model_dump(exclude={"note"}, exclude_none=True, mode="json")
        )
        return shown(row)

    return once(call, "hold", given, make)


@router.post("/{hold_id}/lift", status_code=201, response_model=HoldShown)
def lift_hold(hold_id: int, call: Annotated[Writing, writes(Permission.MAKE_AGREEMENTS)]) -> Any:
    row = reach.row(call, Hold, hold_id)
    _reach_scope(call, row)

    def make() -> HoldShown:
        holds.lift(call.session, row, call.principal.actor, call.now)
        call.session.flush()
        call.audit("hold_lifted", f"hold:{hold_id}", event=row.event)
        return shown(row)

    return once(call, f"hold:{hold_id}:lift", "", make)


def of_borrower(call: Reading, borrower_id: int, loan_ids: list[int]) -> list[HoldShown]:
    """Those on the borrower and the loans; an address shows its own."""
    found = holds.living(call.session, now=call.now, borrower_id=borrower_id, loan_ids=loan_ids)
    return [shown(each) for each in found]


def shown(row: Hold) -> HoldShown:
    return HoldShown.model_validate(row, from_attributes=True)


def _scope(borrower_ids: Any) -> sa.ColumnElement[bool]:
    """Holds on these borrowers, their loans and their addresses."""
    loans = sa.select(col(Loan.id)).where(col(Loan.borrower_id).in_(borrower_ids))
    links = sa.select(col(AddressBorrower.address_id)).where(col(AddressBorrower.borrower_id).in_(borrower_ids))
    return sa.or_(
        col(Hold.borrower_id).in_(borrower_ids), col(Hold.loan_id).in_(loans), col(Hold.address_id).in_(links)
    )


def _check(call: Writing, given: HoldGiven) -> None:
    named = [each for each in (given.borrower_id, given.loan_id, given.address_id) if each is not None]
    if len(named) != 1:
        raise invalid("borrower_id", None, "scope_not_one")
    if given.until is not None and given.until <= call.now:
        raise invalid("until", given.until.isoformat(), "date_past")
    _reach_scope(call, given)


def _reach_scope(call: Reading, scope: Hold | HoldGiven) -> None:
    if scope.borrower_id is not None:
        reach.borrower(call, scope.borrower_id)
    elif scope.loan_id is not None:
        reach.loan(call, scope.loan_id)
    else:
        reach.address(call, scope.address_id or 0)
