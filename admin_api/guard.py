"""Who asks, and whether they may: each route names its rule with `reads(...)` or `writes(...)`.

A route without a rule fails the tests. What a route gets has the session, the time and whoever asks; a write's
session commits before the answer goes out.
"""

import hmac
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, Any

import sqlalchemy as sa
from fastapi import Depends, Header, Request
from fastapi.security import APIKeyCookie, HTTPAuthorizationCredentials, HTTPBearer
from sqlmodel import Session

from admin_api.problems import Problem
from desk import audit, sessions, tokens
from desk.access import PERMISSIONS, Permission, Principal, Role, branches_of
from desk.tables import Staff
from outreach.gate_facts import Hear
from store.clock import Clock
from store.engine import reading, transaction
from store.ids import id_of

COOKIE = "ac_session"
_cookie = APIKeyCookie(name=COOKIE, auto_error=False, scheme_name="session", description="Set by POST /session.")
_bearer = HTTPBearer(auto_error=False, scheme_name="token", description="An API token.")
CookieValue = Annotated[str | None, Depends(_cookie)]
BearerValue = Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]


@dataclass(frozen=True, slots=True)
class Context:
    """`wall` is real time, by which sessions live; `clock` may be moved in a demo.

    `channels` are those that reminders go out on; None takes the policy's own.
    """

    engine: sa.Engine
    clock: Clock
    wall: Clock
    secure: bool  # served over https
    wake: Callable[[], object] = lambda: None  # called after each write: there may be something to send
    channels: Collection[str] | None = None
    telegram_bot: str = ""  # its name, for links; empty: not set up
    prices: Mapping[str, str] = field(default_factory=dict)  # of a segment, by `sms:MX` or `sms`
    hear: Hear = lambda _: {}  # how unkind texts sound; where nobody listens, none is published
    second_person: bool = False  # what changes flows and limits is published by somebody else than wrote it


@dataclass(frozen=True, slots=True)
class Reading:
    session: Session
    principal: Principal
    now: datetime


@dataclass(frozen=True, slots=True)
class Writing(Reading):
    idempotency_key: str | None = None

    def audit(self, action: str, subject: str, **detail: Any) -> None:
        audit.record(self.session, self.principal.actor, action, subject, detail, now=self.now)


@dataclass(frozen=True, slots=True)
class Reads:
    """A rule; None lets everybody in who is signed in."""

    permission: Permission | None

    def __call__(self, request: Request, cookie: CookieValue, bearer: BearerValue) -> Iterator[Reading]:
        context = context_of(request)
        with reading(context.engine) as session:
            principal = _identify(request, session, context, cookie, bearer)
            _require(principal, self.permission)
            yield Reading(session, principal, context.clock.now())


@dataclass(frozen=True, slots=True)
class Writes:
    """A rule; a browser must show besides that the request comes from our own page."""

    permission: Permission | None

    def __call__(
        self,
        request: Request,
        cookie: CookieValue,
        bearer: BearerValue,
        x_csrf_token: Annotated[str, Header(description="From GET /session; browsers only.")] = "",
        idempotency_key: Annotated[str | None, Header(min_length=8, max_length=200)] = None,
    ) -> Iterator[Writing]:
        context = context_of(request)
        with transaction(context.engine) as session:
            principal = _identify(request, session, context, cookie, bearer)
            if bearer is None and not hmac.compare_digest(
                sessions.csrf_token(cookie or "").encode(), x_csrf_token.encode()
            ):
                raise Problem(403, "csrf_missing")
            _require(principal, self.permission)
            yield Writing(session, principal, context.clock.now(), idempotency_key)
        context.wake()


def reads(permission: Permission | None) -> Any:
    return Depends(Reads(permission), scope="function")


def writes(permission: Permission | None) -> Any:
    return Depends(Writes(permission), scope="function")


def context_of(request: Request) -> Context:
    context: Context = request.app.state.context
    return context


def of_staff(staff: Staff) -> Principal:
    return Principal(
        actor=f"staff:{staff.id}",
        name=staff.name,
        permissions=PERMISSIONS[Role(staff.role)],
        branches=branches_of(staff.branches),
        staff_id=id_of(staff),
        language=staff.language,
    )


def _identify(
    request: Request,
    session: Session,
    context: Context,
    cookie: str | None,
    bearer: HTTPAuthorizationCredentials | None,
) -> Principal:
    now = context.wall.now()
    if bearer is not None:
        return _of_token(session, bearer.credentials, now)
    found = sessions.find(session, cookie, now) if cookie else None
    if found is None:
        raise Problem(401, "not_signed_in", headers={"WWW-Authenticate": "Bearer"})
    signed_in, staff = found
    if sessions.is_stale(signed_in, now):
        _touch(session, context, id_of(signed_in), now)
    request.state.language = staff.language
    return of_staff(staff)


def _touch(session: Session, context: Context, session_id: int, now: datetime) -> None:
    """In the request's own transaction where it writes; else in one of its own, which a reader does not hold up."""
    if session.get_bind().get_execution_options().get("only_reads"):
        with transaction(context.engine) as own:
            sessions.touch(own, session_id, now)
    else:
        sessions.touch(session, session_id, now)


def _of_token(session: Session, token: str, now: datetime) -> Principal:
    found = tokens.find(session, token, now)
    if found is None:
        raise Problem(401, "not_signed_in", headers={"WWW-Authenticate": "Bearer"})
    scopes = frozenset(Permission(each) for each in found.scopes)
    return Principal(f"token:{found.id}", found.name, scopes, branches_of(found.branches))


def _require(principal: Principal, permission: Permission | None) -> None:
    if permission is not None and not principal.may(permission):
        raise Problem(403, "not_allowed")
