"""Strategies: whom to write to, when, with which text. What they hold lives in their versions."""

from typing import Annotated, Any

import sqlalchemy as sa
from fastapi import APIRouter
from pydantic import BaseModel, Field
from sqlmodel import col

from admin_api import reach
from admin_api.guard import Reading, reads
from admin_api.paging import After, Limit, Page, page
from desk.access import Permission
from outreach.tables import Flow, FlowVersion

router = APIRouter(prefix="/flows", tags=["settings"])


class FlowShown(BaseModel):
    id: int
    name: str
    active: bool
    published: int | None = Field(description="Number of the version that is followed.")


@router.get("")
def list_flows(
    call: Annotated[Reading, reads(Permission.READ_SETTINGS)], limit: Limit = 50, after: After = None
) -> Page[FlowShown]:
    return page(call.session, _flows(), [col(Flow.id)], limit, after, _shown)


@router.get("/{flow_id}")
def one_flow(flow_id: int, call: Annotated[Reading, reads(Permission.READ_SETTINGS)]) -> FlowShown:
    reach.row(call, Flow, flow_id)
    return _shown(call.session.execute(_flows().where(col(Flow.id) == flow_id)).one())


def _flows() -> sa.Select[Any]:
    published = (
        sa.select(sa.func.max(FlowVersion.number))
        .where(col(FlowVersion.flow_id) == col(Flow.id), col(FlowVersion.state) == "published")
        .scalar_subquery()
    )
    return sa.select(Flow, published.label("published"))


def _shown(row: Any) -> FlowShown:
    return FlowShown(**row[0].model_dump(), published=row[1])
