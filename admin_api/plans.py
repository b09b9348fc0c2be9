"""Payment plans, made in the chat or agreed by staff."""

from datetime import date, datetime
from typing import Annotated, Any

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
from loans import limit_versions, plans
from loans.negotiation import DueAmount
from loans.tables import Plan

router = APIRouter(tags=["plans"])


class PlanPaymentShown(BaseModel):
    number: int
    due: date
    amount: int
    state: str
    credited: int


class PlanShown(BaseModel):
    id: int
    loan_id: int
    borrower_id: int
    state: str
    made_by: str
    created_at: datetime
    payments: list[PlanPaymentShown]


class PlanPaymentGiven(BaseModel):
    model_config = ConfigDict(extra="forbid")
    due: Day
    amount: Amount


class PlanGiven(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"payments": [{"due": "2026-11-27", "amount": 40_000}, {"due": "2026-12-11", "amount": 40_000}]}
            ]
        },
    )
    payments: list[PlanPaymentGiven] = Field(min_length=1, max_length=60)


@router.get("/loans/{loan_id}/plans")
def list_plans(
    loan_id: int,
    call: Annotated[Reading, reads(Permission.READ_PORTFOLIO)],
    limit: Limit = 50,
    after: After = None,
) -> Page[PlanShown]:
    reach.loan(call, loan_id)
    wanted = sa.select(Plan).where(col(Plan.loan_id) == loan_id)
    return page(call.session, wanted, [col(Plan.id)], limit, after, lambda row: _shown(call, row[0]))


@router.post("/loans/{loan_id}/plans", status_code=201, response_model=PlanShown)
def add_plan(loan_id: int, given: PlanGiven, call: Annotated[Writing, writes(Permission.MAKE_AGREEMENTS)]) -> Any:
    """Today or later, and no more in all than is owed."""
    loan = reach.loan(call, loan_id)

    def make() -> PlanShown:
        agreed = [DueAmount(each.due, each.amount) for each in given.payments]
        level, today = limits.level(call), reach.today(call)
        limits.refuse(limit_versions.plan_exceeds(call.session, loan, level, agreed, today))
        row = plans.record(
            call.session,
            loan=loan,
            payments=agreed,
            now=call.now,
            today=today,
            made_by=call.principal.actor,
        )
        call.audit("plan_recorded", f"plan:{row.id}", loan=loan_id, payments=len(given.payments))
        return _shown(call, row)

    return once(call, f"loan:{loan_id}:plan", given, make)


@router.post("/plans/{plan_id}/cancel", status_code=201, response_model=PlanShown)
def cancel_plan(plan_id: int, call: Annotated[Writing, writes(Permission.MAKE_AGREEMENTS)]) -> Any:
    """Takes the payments that are still open with it."""
    row = reach.row(call, Plan, plan_id)
    reach.borrower(call, row.borrower_id)

    def make() -> PlanShown:
        plans.cancel(call.session, row)
        call.audit("plan_cancelled", f"plan:{plan_id}", state=row.state)
        return _shown(call, row)

    return once(call, f"plan:{plan_id}:cancel", "", make)


def _shown(call: Reading, row: Plan) -> PlanShown:
    parts = [
        PlanPaymentShown.model_validate(each, from_attributes=True) for each in plans.payments_of(call.session, row)
    ]
    return PlanShown(**row.model_dump(include=set(PlanShown.model_fields)), payments=parts)
