"""Promises to pay, made in the chat or taken down by staff."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

import sqlalchemy as sa
from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field
from sqlmodel import col

from admin_api import limits, reach
from admin_api.guard import Reading, Writing, reads, writes
from admin_api.once import once
from admin_api.paging import After, Limit, Page, page
from admin_api.shapes import Amount, Day
from desk.access import Permission
from loans import limit_versions, promises
from loans.negotiation import DueAmount
from loans.tables import Borrower, Promise

router = APIRouter(tags=["promises"])
State = Literal["open", "kept", "partial", "broken", "cancelled"]


class PromiseShown(BaseModel):
    id: int
    loan_id: int
    borrower_id: int
    amount: int
    currency: str
    due: date
    state: State
    credited: int = Field(description="Paid towards it so far.")
    made_by: str
    created_at: datetime
    settled_at: datetime | None


class PromiseGiven(BaseModel):
    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"amount": 62_500, "due": "2026-11-27"}]})
    amount: Amount
    due: Day


@router.get("/promises")
def list_promises(
    call: Annotated[Reading, reads(Permission.READ_PORTFOLIO)],
    *,
    state: State | None = None,
    due_from: Day | None = None,
    due_to: Day | None = None,
    limit: Limit = 50,
    after: After = None,
) -> Page[PromiseShown]:
    """By due day; `due_to` is included."""
    wanted = sa.select(Promise).join(Borrower, col(Borrower.id) == Promise.borrower_id).where(reach.reached(call))
    wanted = wanted.where(col(Promise.state) == state) if state is not None else wanted
    wanted = wanted.where(col(Promise.due) >= due_from) if due_from is not None else wanted
    wanted = wanted.where(col(Promise.due) <= due_to) if due_to is not None else wanted
    return _page(call, wanted, limit, after)


@router.get("/loans/{loan_id}/promises")
def list_promises_of_loan(
    loan_id: int,
    call: Annotated[Reading, reads(Permission.READ_PORTFOLIO)],
    limit: Limit = 50,
    after: After = None,
) -> Page[PromiseShown]:
    reach.loan(call, loan_id)
    return _page(call, sa.select(Promise).where(col(Promise.loan_id) == loan_id), limit, after)


@router.post("/loans/{loan_id}/promises", status_code=201, response_model=PromiseShown)
def add_promise(loan_id: int, given: PromiseGiven, call: Annotated[Writing, writes(Permission.MAKE_AGREEMENTS)]) -> Any:
    """Today or later, and no more than is owed."""
    loan = reach.loan(call, loan_id)

    def make() -> PromiseShown:
        agreed = DueAmount(given.due, given.amount)
        level, today = limits.level(call), reach.today(call)
        limits.refuse(limit_versions.promise_exceeds(call.session, loan, level, agreed, today))
        row = promises.record(
            call.session,
            loan=loan,
            amount=given.amount,
            due=given.due,
            now=call.now,
            today=today,
            made_by=call.principal.actor,
        )
        call.audit("promise_recorded", f"promise:{row.id}", loan=loan_id, amount=row.amount, due=row.due.isoformat())
        return _shown(row)

    return once(call, f"loan:{loan_id}:promise", given, make)


@router.post("/promises/{promise_id}/cancel", status_code=201, response_model=PromiseShown)
def cancel_promise(promise_id: int, call: Annotated[Writing, writes(Permission.MAKE_AGREEMENTS)]) -> Any:
    """What is settled already stays as it is."""
    row = reach.row(call, Promise, promise_id)
    reach.borrower(call, row.borrower_id)

    def make() -> PromiseShown:
        promises.cancel(call.session, row, call.now)
        call.audit("promise_cancelled", f"promise:{promise_id}", state=row.state)
        return _shown(row)

    return once(call, f"promise:{promise_id}:cancel", "", make)


def _page(call: Reading, wanted: sa.Select[Any], limit: int, after: str | None) -> Page[PromiseShown]:
    return page(call.session, wanted, [col(Promise.due), col(Promise.id)], limit, after, lambda row: _shown(row[0]))


def _shown(row: Promise) -> PromiseShown:
    return PromiseShown.model_validate(row, from_attributes=True)
