"""API tokens for other programs."""

from datetime import datetime
from typing import Annotated, Any

import sqlalchemy as sa
from fastapi import APIRouter
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field
from sqlmodel import col

from admin_api import reach
from admin_api.guard import Reading, Writing, reads, writes
from admin_api.once import once
from admin_api.paging import After, Limit, Page, page
from admin_api.problems import Problem
from admin_api.shapes import Name, Text
from desk import tokens
from desk.access import Permission
from desk.tables import ApiToken

router = APIRouter(prefix="/tokens", tags=["tokens"])


class TokenShown(BaseModel):
    id: int
    name: str
    scopes: list[Permission]
    branches: list[str]
    created_by: int
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None


class TokenGiven(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"name": "Core banking", "scopes": ["read_portfolio", "record_payments"]}]},
    )
    name: Name
    scopes: list[Permission] = Field(min_length=1)
    branches: list[Text] = Field(default=[], max_length=200, description="Empty: all branches.")
    expires_at: AwareDatetime | None = None


class TokenAdded(TokenShown):
    token: str | None = Field(description="Shown only now; null when the same request is answered again.")


@router.get("")
def list_tokens(
    call: Annotated[Reading, reads(Permission.MANAGE_STAFF)], limit: Limit = 50, after: After = None
) -> Page[TokenShown]:
    return page(call.session, sa.select(ApiToken), [col(ApiToken.id)], limit, after, lambda row: _shown(row[0]))


@router.post("", status_code=201, response_model=TokenAdded)
def add_token(given: TokenGiven, call: Annotated[Writing, writes(Permission.MANAGE_STAFF)]) -> Any:
    """Only a person makes tokens: one token can't make another."""
    created_by = call.principal.staff_id
    if created_by is None:
        raise Problem(403, "not_allowed")

    def make() -> TokenAdded:
        row, token = tokens.create(
            call.session,
            name=given.name,
            scopes=given.scopes,
            branches=given.branches,
            created_by=created_by,
            now=call.now,
            expires_at=given.expires_at,
        )
        call.audit("token_added", f"token:{row.id}", scopes=row.scopes, branches=row.branches)
        return TokenAdded(**_shown(row).model_dump(), token=token)

    return once(call, "token", given, make, hidden="token")


@router.delete("/{token_id}", status_code=204)
def revoke_token(token_id: int, call: Annotated[Writing, writes(Permission.MANAGE_STAFF)]) -> None:
    row: ApiToken = reach.row(call, ApiToken, token_id)
    tokens.revoke(row, call.now)
    call.session.add(row)
    call.audit("token_revoked", f"token:{token_id}")


def _shown(row: ApiToken) -> TokenShown:
    return TokenShown.model_validate(row, from_attributes=True)
