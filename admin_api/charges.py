"""Fees and penalties that a loan was charged with."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

import sqlalchemy as sa
from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field
from sqlmodel import col

from admin_api import reach
from admin_api.guard import Reading, Writing, reads, writes
from admin_api.once import once
from admin_api.paging import After, Limit, Page, page
from admin_api.shapes import Amount, Day, Name
from desk.access import Permission
from loans import ledger
from loans.tables import Charge

router = APIRouter(prefix="/loans/{loan_id}/charges", tags=["charges"])


class ChargeShown(BaseModel):
    id: int
    loan_id: int
    component: str
    due: date
    amount: int
    rule: str
    recorded_at: datetime


class ChargeGiven(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"component": "penalty", "due": "2026-11-16", "amount": 5_000, "rule": "late_fee"}]
        },
    )
    component: Literal["fee", "penalty"]
    due: Day
    amount: Amount
    rule: Name = Field(description="The contract's rule that it follows.")


@router.get("")
def list_charges(
    loan_id: int,
    call: Annotated[Reading, reads(Permission.READ_PORTFOLIO)],
    limit: Limit = 50,
    after: After = None,
) -> Page[ChargeShown]:
    reach.loan(call, loan_id)
    wanted = sa.select(Charge).where(col(Charge.loan_id) == loan_id)
    return page(call.session, wanted, [col(Charge.due), col(Charge.id)], limit, after, lambda row: _shown(row[0]))


@router.post("", status_code=201, response_model=ChargeShown)
def charge(loan_id: int, given: ChargeGiven, call: Annotated[Writing, writes(Permission.WRITE_PORTFOLIO)]) -> Any:
    loan = reach.loan(call, loan_id)

    def make() -> ChargeShown:
        row = ledger.add_charge(
            call.session,
            loan=loan,
            **given.model_dump(),
            key=f"{call.principal.actor}:{call.idempotency_key}",
            now=call.now,
            today=reach.today(call),
        )
        call.audit("charge_recorded", f"charge:{row.id}", loan=loan_id, component=row.component, amount=row.amount)
        return _shown(row)

    return once(call, f"loan:{loan_id}:charge", given, make)


def _shown(row: Charge) -> ChargeShown:
    return ChargeShown.model_validate(row, from_attributes=True)
