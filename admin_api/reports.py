"""Home's figures, and what they can be narrowed to. Shares are decimals between 0 and 1."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Query

from admin_api import reach
from admin_api.guard import Reading, reads
from admin_api.shapes import Text
from desk.access import Permission
from insight import choices, home
from insight.scope import Scope

router = APIRouter(prefix="/reports", tags=["reports"])
MOST_DAYS = 366
Days = Annotated[int, Query(ge=1, le=MOST_DAYS, description="How many days flow figures look back on.")]


@dataclass(frozen=True, slots=True)
class Asked:
    call: Reading
    scope: Scope


def asked_for(
    call: Annotated[Reading, reads(Permission.READ_REPORTS)],
    region: Text | None = None,
    branch: Text | None = None,
    product: Text | None = None,
) -> Asked:
    return Asked(call, Scope(call.principal.branches, region, branch, product))


Within = Annotated[Asked, Depends(asked_for, scope="function")]


@router.get("/home")
def home_figures(asked: Within, days: Days = 30) -> home.Home:
    return figures(asked, days)


@router.get("/home/filters")
def home_filters(asked: Within) -> choices.Choices:
    return choices.choices(asked.call.session, asked.scope)


def figures(asked: Asked, days: int) -> home.Home:
    return home.figures(asked.call.session, reach.today(asked.call), asked.call.now, asked.scope, days=days)
