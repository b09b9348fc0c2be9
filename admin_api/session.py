"""Signing in and out, and what the console needs to know of whoever is signed in."""

from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field
from sqlmodel import Session

from admin_api.guard import COOKIE, Context, CookieValue, Reading, Writing, context_of, of_staff, reads, writes
from admin_api.problems import Problem
from admin_api.shapes import Email
from desk import accounts, lockout, sessions
from desk.access import Permission
from desk.tables import Staff
from loans.tables import Lender
from store.engine import reading, transaction
from store.ids import id_of

router = APIRouter(prefix="/session", tags=["session"])
OPEN = {"POST /session"}  # The only route that nobody has to be signed in for.


class SignIn(BaseModel):
    model_config = ConfigDict(
        json_schema_extra={"examples": [{"email": "ana@example.mx", "password": "correct horse battery"}]}
    )
    email: Email
    password: str = Field(min_length=1, max_length=256)


class Me(BaseModel):
    id: int
    name: str
    email: str
    role: str
    branches: list[str]
    language: str


class LenderShown(BaseModel):
    name: str
    zone: str
    country: str
    currency: str


class SessionShown(BaseModel):
    staff: Me
    permissions: list[Permission]
    csrf_token: str
    lender: LenderShown | None
    now: datetime


class Preferences(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"language": "en"}]}, extra="forbid")
    language: Literal["es", "en"]


class NewPassword(BaseModel):
    model_config = ConfigDict(extra="forbid")
    current: str = Field(min_length=1, max_length=256)
    new: str = Field(min_length=1, max_length=256)


@router.post("", status_code=201)
def sign_in(request: Request, response: Response, given: SignIn) -> SessionShown:
    """The cookie is HttpOnly; `csrf_token` goes with every write as X-CSRF-Token."""
    context = context_of(request)
    staff, token = _begin(context, given)
    response.set_cookie(
        COOKIE,
        token,
        max_age=int(sessions.LIFETIME.total_seconds()),
        httponly=True,
        samesite="strict",
        secure=context.secure,
        path="/",
    )
    with reading(context.engine) as session:
        return _shown(session, staff, token, context.clock.now())


@router.get("")
def who_is_signed_in(call: Annotated[Reading, reads(None)], cookie: CookieValue) -> SessionShown:
    return _shown(call.session, _own(call), cookie or "", call.now)


@router.patch("")
def change_language(given: Preferences, call: Annotated[Writing, writes(None)], cookie: CookieValue) -> SessionShown:
    staff = _own(call)
    staff.language = given.language
    call.session.add(staff)
    call.audit("language_changed", f"staff:{staff.id}", language=given.language)
    return _shown(call.session, staff, cookie or "", call.now)


@router.delete("", status_code=204)
def sign_out(response: Response, request: Request, call: Annotated[Writing, writes(None)], cookie: CookieValue) -> None:
    sessions.end(call.session, cookie or "", context_of(request).wall.now())
    call.audit("signed_out", call.principal.actor)
    response.delete_cookie(COOKIE, path="/")


@router.post("/password", status_code=204)
def change_password(given: NewPassword, request: Request, call: Annotated[Writing, writes(None)]) -> None:
    """Ends all sessions of this person: sign in again with the new password."""
    accounts.change_password(call.session, _own(call), given.current, given.new, context_of(request).wall.now())


def _begin(context: Context, given: SignIn) -> tuple[Staff, str]:
    """Failures are counted in a transaction of their own, which the refusal does not take back."""
    now = context.wall.now()
    with transaction(context.engine) as session:
        until = lockout.locked_until(session, given.email, now)
        if until is not None:
            wait = int((until - now).total_seconds())
            raise Problem(429, "locked", {"minutes": wait // 60 + 1}, headers={"Retry-After": str(wait)})
        staff = accounts.verified(session, given.email, given.password)
        if staff is None:
            lockout.failed(session, given.email, now)
        else:
            lockout.succeeded(session, given.email)
            principal = of_staff(staff)
            Writing(session, principal, context.clock.now()).audit("signed_in", principal.actor)
            return staff, sessions.begin(session, id_of(staff), now)
    raise Problem(401, "sign_in_failed")


def _own(call: Reading) -> Staff:
    if call.principal.staff_id is None:
        raise Problem(403, "not_allowed")
    return call.session.get_one(Staff, call.principal.staff_id)


def _shown(session: Session, staff: Staff, token: str, now: datetime) -> SessionShown:
    lender = session.get(Lender, 1)
    return SessionShown(
        staff=Me.model_validate(staff, from_attributes=True),
        permissions=sorted(of_staff(staff).permissions),
        csrf_token=sessions.csrf_token(token),
        lender=LenderShown.model_validate(lender, from_attributes=True) if lender else None,
        now=now,
    )
