"""Live events: what is told, to whom, and going on after a break."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import anyio
import sqlalchemy as sa

from admin_api.live import events
from desk import cases, news
from desk.access import Role
from desk.cases import Reason
from desk.tables import Case
from outreach import messages
from store.engine import reading, transaction
from tests.admin_api.door import START, Door, sign_in
from tests.outreach.portfolio import a_person

Scene = Callable[[AsyncIterator[str]], Awaitable[None]]


def watch(engine: sa.Engine, scene: Scene, branches: frozenset[str] | None = None, cursor: str | None = None) -> None:
    async def run() -> None:
        with reading(engine) as session:
            at = news.Cursor(*map(int, cursor.split("."))) if cursor else news.latest(session)
        stream = events(engine, at, branches, lambda: True, again=cursor is not None, look=0.01)
        with anyio.fail_after(20):
            await scene(stream)
        await stream.aclose()  # type: ignore[attr-defined]

    anyio.run(run)


def told(event: str) -> tuple[str, dict[str, Any]]:
    lines = dict(line.split(": ", 1) for line in event.strip().splitlines())
    return lines["event"], json.loads(lines["data"])


def a_case(engine: sa.Engine, branch: str) -> Case:
    with transaction(engine) as session:
        return cases.open_case(session, Reason.DISPUTE, now=START, borrower_id=a_person(session, branch=branch).id)


def test_news_of_ones_own_branches_is_told_once(engine: sa.Engine) -> None:
    a_case(engine, "Puebla")

    async def scene(stream: AsyncIterator[str]) -> None:
        assert told(await anext(stream)) == ("hello", {})
        a_case(engine, "Toluca")
        case = a_case(engine, "Puebla")
        assert told(await anext(stream)) == ("case", {"id": case.id, "state": "open", "urgent": False})
        with transaction(engine) as session:
            cases.take_over(session, cases.locked(session, case.id or 0), None, START)
        assert told(await anext(stream)) == ("case", {"id": case.id, "state": "taken", "urgent": False})

    watch(engine, scene, frozenset({"Puebla"}))


def test_messages_are_told_and_reminders_are_not(engine: sa.Engine) -> None:
    with transaction(engine) as session:
        who = a_person(session, branch="Puebla")
        talk = messages.conversation_of(session, who.address)

    async def scene(stream: AsyncIterator[str]) -> None:
        await anext(stream)
        with transaction(engine) as session:
            messages.write_reply(session, talk, text="Recordatorio", now=START, kind="reminder")
            answer = messages.write_reply(session, talk, text="Hola", now=START, kind="collector")
        seen = told(await anext(stream))
        assert seen == (
            "message",
            {"id": answer.id, "conversation_id": talk.id, "borrower_id": who.id, "status": "queued"},
        )

    watch(engine, scene)


def test_what_was_missed_is_told_after_a_break(engine: sa.Engine) -> None:
    with reading(engine) as session:
        broke_off = str(news.latest(session))
    case = a_case(engine, "Puebla")

    async def scene(stream: AsyncIterator[str]) -> None:
        assert told(await anext(stream))[0] == "hello"
        assert told(await anext(stream)) == ("case", {"id": case.id, "state": "open", "urgent": False})

    watch(engine, scene, cursor=broke_off)


def test_nobody_listens_without_a_session(door: Door) -> None:
    ana = sign_in(door, Role.COLLECTOR)
    ana.client.cookies.clear()
    assert ana.get("/live").status_code == 401
