"""Staff accounts: who works here, in which branches, with which role."""

from datetime import datetime
from typing import Annotated, Any, Literal

import sqlalchemy as sa
from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field
from sqlmodel import col, select

from admin_api import etags, reach
from admin_api.guard import Reading, Writing, reads, writes
from admin_api.once import once
from admin_api.paging import After, Limit, Page, page
from admin_api.problems import invalid, not_found
from admin_api.shapes import Email, Name, Text
from desk import accounts, sessions
from desk.access import Permission, Role
from desk.tables import Staff

router = APIRouter(prefix="/staff", tags=["staff"])
Branches = Annotated[list[Text], Field(max_length=200, description="Empty: all branches.")]


class StaffShown(BaseModel):
    id: int
    name: str
    email: str
    role: Role
    branches: list[str]
    regions: list[str]
    languages: list[str]
    case_limit: int
    language: str
    active: bool
    created_at: datetime


class StaffGiven(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"email": "luz@example.mx", "name": "Luz Ortiz", "role": "collector", "branches": ["Puebla"]}]
        },
    )
    email: Email
    name: Name
    role: Role
    branches: Branches = []


class StaffAdded(StaffShown):
    password: str | None = Field(description="Shown only now; null when the same request is answered again.")


class StaffChange(BaseModel):
    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"branches": ["Puebla", "Cholula"]}]})
    name: Name | None = None
    role: Role | None = None
    branches: Branches | None = None
    regions: list[Text] | None = Field(default=None, max_length=200)
    languages: list[Literal["es", "en"]] | None = None
    case_limit: int | None = Field(default=None, ge=0, le=100_000)
    active: bool | None = None


class PasswordShown(BaseModel):
    password: str | None = Field(description="Shown only now; null when the same request is answered again.")


@router.get("")
def list_staff(
    call: Annotated[Reading, reads(Permission.READ_STAFF)],
    role: Role | None = None,
    active: bool | None = None,
    limit: Limit = 50,
    after: After = None,
) -> Page[StaffShown]:
    """Whoever is bound to branches sees the people of these, and those of all branches."""
    wanted = sa.select(Staff)
    if role is not None:
        wanted = wanted.where(col(Staff.role) == role)
    if active is not None:
        wanted = wanted.where(col(Staff.active) == active)
    reached = [
        number
        for number, branches in call.session.execute(sa.select(col(Staff.id), col(Staff.branches))).all()
        if _reached(call, branches)
    ]
    wanted = wanted.where(col(Staff.id).in_(reached))
    return page(call.session, wanted, [col(Staff.name), col(Staff.id)], limit, after, lambda row: _shown(row[0]))


@router.post("", status_code=201, response_model=StaffAdded)
def add_staff(given: StaffGiven, call: Annotated[Writing, writes(Permission.MANAGE_STAFF)]) -> Any:
    def make() -> StaffAdded:
        staff, password = accounts.add_staff(
            call.session,
            email=given.email,
            name=given.name,
            role=given.role,
            branches=given.branches,
            now=call.now,
            by=call.principal.actor,
        )
        return StaffAdded(**_shown(staff).model_dump(), password=password)

    return once(call, "staff", given, make, hidden="password")


@router.get("/{staff_id}")
def one_of_staff(
    staff_id: int, response: Response, call: Annotated[Reading, reads(Permission.READ_STAFF)]
) -> StaffShown:
    shown = _shown(_found(call, staff_id))
    etags.tag(response, shown)
    return shown


@router.patch("/{staff_id}")
def change_staff(
    staff_id: int,
    given: StaffChange,
    response: Response,
    call: Annotated[Writing, writes(Permission.MANAGE_STAFF)],
    if_match: etags.IfMatch = None,
) -> StaffShown:
    """Switching somebody off, or another role, signs them out."""
    staff = _found(call, staff_id)
    etags.check(if_match, _shown(staff))
    changes = given.model_dump(exclude_none=True)
    if (
        staff.role == Role.ADMIN
        and staff.active
        and (changes.get("role", Role.ADMIN) != Role.ADMIN or given.active is False)
    ):
        _keep_one_admin(call, staff)
    for name, value in changes.items():
        setattr(staff, name, value)
    call.session.add(staff)
    if changes.keys() & {"role", "active", "branches"}:
        sessions.end_all(call.session, staff_id, call.now)
    call.audit("staff_changed", f"staff:{staff_id}", **changes)
    shown = _shown(staff)
    etags.tag(response, shown)
    return shown


@router.post("/{staff_id}/password", status_code=201, response_model=PasswordShown)
def renew_password(staff_id: int, call: Annotated[Writing, writes(Permission.MANAGE_STAFF)]) -> Any:
    """For somebody who has forgotten theirs."""
    staff = _found(call, staff_id)

    def make() -> PasswordShown:
        return PasswordShown(password=accounts.renew_password(call.session, staff, call.principal.actor, call.now))

    return once(call, f"staff:{staff_id}:password", "", make, hidden="password")


def _found(call: Reading, staff_id: int) -> Staff:
    staff: Staff = reach.row(call, Staff, staff_id)
    if not _reached(call, staff.branches):
        raise not_found()
    return staff


def _reached(call: Reading, branches: list[str]) -> bool:
    return not branches or any(call.principal.reaches(each) for each in branches)


def _keep_one_admin(call: Writing, staff: Staff) -> None:
    """Locked, so that two admins who switch each other off at the same moment do not both succeed."""
    admins = call.session.exec(select(Staff).where(Staff.role == Role.ADMIN, Staff.active).with_for_update()).all()
    if all(each.id == staff.id for each in admins):
        raise invalid("role", staff.role, "last_admin")


def _shown(staff: Staff) -> StaffShown:
    return StaffShown.model_validate(staff, from_attributes=True)
