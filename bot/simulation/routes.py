"""The doors of the simulator: JSON for scripts and for the page, and the page itself."""

from collections.abc import Callable
from datetime import datetime
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Any

import sqlalchemy as sa
from fastapi import APIRouter, Body, Depends, HTTPException, Query, Request
from fastapi.responses import FileResponse
from sqlmodel import Session, select

from bot.simulation import collector, fixture, incoming, loading, moving, people, turn, views
from bot.simulation.people import Person
from desk.cases import CaseError
from loans.errors import LedgerError
from loans.tables import Loan
from outreach import messages
from outreach.tables import Address, Conversation
from store.clock import MovableClock
from store.engine import reading, transaction

PAGE = Path(__file__).with_name("page")
FILES = {each.name: each for each in PAGE.iterdir() if each.is_file()}
# The page loads nothing from elsewhere, and an updated product brings its own page.
HEADERS = {"Cache-Control": "no-cache", "Content-Security-Policy": "default-src 'self'; frame-ancestors 'none'"}
Json = Annotated[dict[str, Any], Body()]
NoJson = Annotated[dict[str, Any] | None, Body()]
Whose = Annotated[str | None, Query()]


def router(
    engine: sa.Engine,
    clock: MovableClock,
    *,
    settle: Callable[[], None],
    run_due: Callable[[datetime], dict[str, int]],
    restore_demo: Callable[[], None] | None,
    demo_data: Callable[[], bool],
) -> APIRouter:
    """`settle` runs inbox and outbox until nothing is ready; `run_due` the jobs whose slot has come.

    `demo_data` says whether the store holds nothing but invented people: on any other, every door is shut.
    """
    routes = APIRouter(prefix="/simulator", include_in_schema=False)
    doors = APIRouter(dependencies=[Depends(_only_here), Depends(_only_on(demo_data))])
    _scripts(doors, engine, clock, settle=settle, run_due=run_due, restore_demo=restore_demo)
    _phone(doors, engine, clock, settle)
    _desk(doors, engine, clock, settle)
    routes.include_router(doors)
    _page(routes)
    return routes


def _only_here(request: Request) -> None:
    host = request.client.host if request.client else ""
    try:
        here = ip_address(host).is_loopback
    except ValueError:
        here = False
    if not here:
        raise HTTPException(403, "The simulator answers on this machine only: open it through 127.0.0.1.")


def _only_on(demo_data: Callable[[], bool]) -> Callable[[], None]:
    def check() -> None:
        if not demo_data():
            raise HTTPException(409, "This store holds a real portfolio: start the simulator on a store of its own.")

    return check


def _scripts(
    doors: APIRouter,
    engine: sa.Engine,
    clock: MovableClock,
    *,
    settle: Callable[[], None],
    run_due: Callable[[datetime], dict[str, int]],
    restore_demo: Callable[[], None] | None,
) -> None:
    @doors.post("/reset")
    def reset(body: Json) -> dict[str, Any]:
        if body.get("demo"):
            return _restore(clock, restore_demo)
        try:
            given = fixture.read({"now": clock.now().isoformat(), **body})
            with transaction(engine) as session:
                loading.empty(session)
                loading.load_fixture(session, given)
        except fixture.FixtureError as error:
            raise HTTPException(422, error.faults) from error
        return {"now": given.now.isoformat(), "ignored": given.ignored()}

    @doors.post("/clock")
    def move_clock(body: Json) -> dict[str, Any]:
        try:
            to = _target(clock, body)
            counts = moving.move(engine, clock, to, run_due=run_due, settle=settle)
        except ValueError as error:
            raise HTTPException(422, str(error)) from error
        return {**counts, "counts": dict(counts), "now": clock.now().isoformat()}

    @doors.get("/state")
    def state(address: Whose = None) -> dict[str, Any]:
        with reading(engine) as session:
            return views.state(session, people.find(session, address), clock.now())

    @doors.get("/outbox")
    def outbox(address: Whose = None) -> dict[str, Any]:
        with reading(engine) as session:
            return {"messages": views.outbox(session, people.find(session, address))}


def _restore(clock: MovableClock, restore_demo: Callable[[], None] | None) -> dict[str, Any]:
    if restore_demo is None:
        raise HTTPException(409, "There is no demo to restore here: send a fixture.")
    restore_demo()
    return {"now": clock.now().isoformat(), "ignored": []}


def _target(clock: MovableClock, body: dict[str, Any]) -> datetime:
    if (body.get("now") is None) == (body.get("advance") is None):
        raise ValueError("now, advance: give exactly one of them")
    if body.get("advance") is not None:
        return clock.now() + moving.duration(body["advance"])
    try:
        to = datetime.fromisoformat(str(body["now"]))
    except ValueError:
        raise ValueError(f"now is {body['now']!r}: write it like 2026-11-19T10:00:00-06:00") from None
    if to.tzinfo is None:
        raise ValueError(f"now is {body['now']!r}: add its offset, such as -06:00")
    return to


def _phone(doors: APIRouter, engine: sa.Engine, clock: MovableClock, settle: Callable[[], None]) -> None:
    @doors.post("/messages")
    def send(body: Json) -> dict[str, Any]:
        try:
            return turn.take(engine, clock, settle, body)
        except incoming.IncomingError as error:
            raise HTTPException(422, str(error)) from error

    @doors.post("/seen")
    def seen(body: Json) -> dict[str, Any]:
        """The phone was looked at: what has arrived there is reported as read, as a provider would."""
        with transaction(engine) as session:
            person = people.find(session, str(body.get("address") or ""))
            return {"read": turn.see(session, person, str(body.get("channel")), clock.now()) if person else 0}

    @doors.post("/payments")
    def pay(body: Json) -> dict[str, Any]:
        """Money arrives for a loan, as it would from a bank file."""
        amount = body.get("amount")
        with transaction(engine) as session:
            loan = session.exec(select(Loan).where(Loan.external_id == str(body.get("loan")))).first()
            if loan is None:
                raise HTTPException(422, f"loan is {body.get('loan')!r}: give the id of a loan of this store")
            try:
                loading.pay(session, loan, fixture.in_currency(fixture.hundredths(amount), loan.currency), clock.now())
            except (LedgerError, ValueError) as error:
                raise HTTPException(422, f"amount is {amount!r}: {error}") from error
        moving.quietly(engine, clock, settle)
        return {"ok": True}

    @doors.get("/thread")
    def thread(address: Whose = None, channel: str = "whatsapp") -> dict[str, Any]:
        with reading(engine) as session:
            person = people.find(session, address)
            return views.thread(session, person, channel, clock.now(), clock.is_frozen())

    @doors.get("/borrowers")
    def borrowers(search: str = "", arrears: Annotated[str, Query(pattern=r"^(\d+(-\d*)?)?$")] = "") -> dict[str, Any]:
        with reading(engine) as session:
            return {"borrowers": views.borrowers(session, search, arrears, clock.now())}


def _desk(doors: APIRouter, engine: sa.Engine, clock: MovableClock, settle: Callable[[], None]) -> None:
    def in_conversation(body: dict[str, Any] | None, act: Callable[[Session, Conversation], Any]) -> dict[str, Any]:
        given = body or {}
        try:
            with transaction(engine) as session:
                talk = _conversation(session, people.find(session, given.get("address")), given.get("channel"))
                act(session, talk)
                owner = talk.owner
        except CaseError as error:
            raise HTTPException(409, str(error)) from error
        moving.quietly(engine, clock, settle)
        return {"owner": owner}

    @doors.post("/take-over")
    def take_over(body: NoJson = None) -> dict[str, Any]:
        return in_conversation(body, lambda session, talk: collector.take_over(session, talk, clock.now()))

    @doors.post("/say")
    def say(body: Json) -> dict[str, Any]:
        text = body.get("text")
        if not isinstance(text, str) or not text.strip():
            raise HTTPException(422, f"text is {text!r}: write what the borrower is to read")
        return in_conversation(body, lambda session, talk: collector.say(session, talk, text, clock.now()))

    @doors.post("/give-back")
    def give_back(body: NoJson = None) -> dict[str, Any]:
        summary = str((body or {}).get("summary") or "")
        return in_conversation(body, lambda session, talk: collector.give_back(session, talk, summary, clock.now()))

    @doors.get("/cases")
    def cases() -> dict[str, Any]:
        with reading(engine) as session:
            return {"cases": views.queue(session)}


def _conversation(session: Session, person: Person | None, channel: str | None) -> Conversation:
    """The one on the channel, else the one last used; a borrower who never wrote gets one."""
    if person is None:
        raise HTTPException(404, "Nobody has this address: load a fixture or write from it first.")
    places: dict[str, Address] = {each.channel: each for each in reversed(person.addresses)}
    if channel is not None and channel not in places:
        raise HTTPException(404, f"channel is {channel!r}: this borrower has {', '.join(sorted(places))}")
    return messages.conversation_of(session, places[channel] if channel else person.addresses[0])


def _page(routes: APIRouter) -> None:
    @routes.get("")
    @routes.get("/")
    def page() -> FileResponse:
        return FileResponse(FILES["index.html"], headers=HEADERS)

    @routes.get("/page/{name}")
    def part(name: str) -> FileResponse:
        if name not in FILES:
            raise HTTPException(404, "There is no such file.")
        return FileResponse(FILES[name], headers=HEADERS)
