"""The audit trail, newest first."""

from datetime import datetime
from typing import Annotated, Any

import sqlalchemy as sa
from fastapi import APIRouter, Query
from pydantic import AwareDatetime, BaseModel
from sqlmodel import col

from admin_api.guard import Reading, reads
from admin_api.paging import After, Limit, Page, page
from admin_api.shapes import Text
from desk.access import Permission
from desk.tables import AuditEvent

router = APIRouter(prefix="/audit", tags=["audit"])


class AuditShown(BaseModel):
    id: int
    at: datetime
    actor: str
    action: str
    subject: str
    detail: dict[str, Any]


@router.get("")
def list_audit_events(  # noqa: PLR0917
    call: Annotated[Reading, reads(Permission.READ_AUDIT)],
    actor: Text | None = None,
    action: Text | None = None,
    subject: Text | None = None,
    since: Annotated[AwareDatetime | None, Query(alias="from")] = None,
    until: Annotated[AwareDatetime | None, Query(alias="to")] = None,
    limit: Limit = 50,
    after: After = None,
) -> Page[AuditShown]:
    wanted = sa.select(AuditEvent)
    for column, value in ((AuditEvent.actor, actor), (AuditEvent.action, action), (AuditEvent.subject, subject)):
        if value is not None:
            wanted = wanted.where(col(column) == value)
    if since is not None:
        wanted = wanted.where(col(AuditEvent.at) >= since)
    if until is not None:
        wanted = wanted.where(col(AuditEvent.at) < until)
    show = lambda row: AuditShown.model_validate(row[0], from_attributes=True)  # noqa: E731
    return page(call.session, wanted, [col(AuditEvent.id)], limit, after, show, newest_first=True)
