"""Live events (text/event-stream): what moved, so that a screen reads it again."""

import json
import re
import time
from collections import deque
from collections.abc import AsyncIterator, Callable, Collection, Sequence
from typing import Annotated, Any

import anyio
import anyio.to_thread
import sqlalchemy as sa
from fastapi import APIRouter, Header, Request
from fastapi.responses import StreamingResponse

from admin_api.guard import BearerValue, Context, CookieValue, Reading, context_of, reads
from desk import news, sessions, tokens
from desk.access import Permission
from desk.news import Cursor, News
from store.engine import reading

router = APIRouter(tags=["live"])
LOOK_SECONDS = 1.0  # a person does not notice less
BEAT_SECONDS = 15.0  # shorter than any proxy's patience
REMEMBERED = 2000  # events already told, by which a repetition is known: more than one look finds
_CURSOR = re.compile(r"(\d{1,18})\.(\d{1,18})\.(\d{1,18})")


@router.get(
    "/live",
    response_class=StreamingResponse,
    responses={200: {"content": {"text/event-stream": {}}, "description": "Events `hello`, `case` and `message`."}},
)
def live(
    request: Request,
    call: Annotated[Reading, reads(Permission.READ_CASES)],
    cookie: CookieValue,
    bearer: BearerValue,
    last_event_id: Annotated[str | None, Header(max_length=80)] = None,
) -> StreamingResponse:
    """`case` {id,state,urgent}; `message` {id,conversation_id,borrower_id,status}; an event may come twice.

    Ends with the session. With Last-Event-ID it goes on where it was broken off."""
    context = context_of(request)
    started = news.latest(call.session)
    known = _CURSOR.fullmatch(last_event_id or "")
    cursor = Cursor(*(int(each) for each in known.groups())) if known else started
    stream = events(
        context.engine, cursor, call.principal.branches, lambda: _signed_in(context, cookie, bearer), again=bool(known)
    )
    return StreamingResponse(stream, media_type="text/event-stream", headers={"Cache-Control": "no-store"})


async def events(
    engine: sa.Engine,
    cursor: Cursor,
    branches: Collection[str] | None,
    signed_in: Callable[[], bool],
    *,
    again: bool = False,
    look: float = LOOK_SECONDS,
) -> AsyncIterator[str]:
    """`again`: what came after the cursor is told, else only what comes from now on."""
    told: deque[tuple[str, int]] = deque(maxlen=REMEMBERED)
    if not again:
        told.extend(each.row for each in await anyio.to_thread.run_sync(_look, engine, cursor, branches))
    yield _event("hello", cursor, {})
    seen, beat = None if again else cursor, time.monotonic()
    while True:
        newest = await anyio.to_thread.run_sync(_latest, engine)
        if newest != seen:
            found = await anyio.to_thread.run_sync(_look, engine, cursor, branches)
            cursor = seen = newest
            for each in _untold(found, told):
                yield _event(each.kind, cursor, each.data)
        if time.monotonic() - beat >= BEAT_SECONDS:
            beat = time.monotonic()
            if not await anyio.to_thread.run_sync(signed_in):
                return
            yield ": still here\n\n"
        await anyio.sleep(look)


def _untold(found: Sequence[News], told: deque[tuple[str, int]]) -> list[News]:
    """Several steps of one message or case in one look are one event."""
    fresh = [each for each in reversed(found) if each.row not in told]
    told.extend(each.row for each in fresh)
    return list({(each.kind, each.data["id"]): each for each in fresh}.values())


def _look(engine: sa.Engine, cursor: Cursor, branches: Collection[str] | None) -> list[News]:
    with reading(engine) as session:
        return news.since(session, cursor, branches)


def _latest(engine: sa.Engine) -> Cursor:
    with reading(engine) as session:
        return news.latest(session)


def _signed_in(context: Context, cookie: str | None, bearer: Any) -> bool:
    """Reading along does not count as use: a screen that nobody touches ends like any other."""
    now = context.wall.now()
    with reading(context.engine) as session:
        if bearer is not None:
            return tokens.find(session, bearer.credentials, now) is not None
        return cookie is not None and sessions.find(session, cookie, now) is not None


def _event(kind: str, cursor: Cursor, data: dict[str, Any]) -> str:
    return f"id: {cursor}\nevent: {kind}\ndata: {json.dumps(data)}\n\n"
