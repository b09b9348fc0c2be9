"""Keeps what hooks bring before they are answered: in the store, or on SQLite first in a file beside it."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import sqlalchemy as sa
from sqlmodel import Session

from bot.intake import Intake
from bot.spool import Hook, Spool
from store.engine import transaction

WRITERS = 8  # Own default: so many wait for PostgreSQL's disk at a time.


class Keeper:
    """What it was given survives when `keep` returns."""

    def __init__(self, write: Callable[[Hook], None], writers: int) -> None:
        self._write = write
        self._writers = ThreadPoolExecutor(writers, "hooks")

    async def keep(self, hook: Hook) -> None:
        """Raises what `write` raises. Who hangs up takes nothing back: not every provider comes again."""
        await asyncio.shield(asyncio.wrap_future(self._writers.submit(self._write, hook)))


def in_store(engine: sa.Engine, take: Callable[[Session, Hook], bool], wake: Callable[[], None]) -> Keeper:
    """`take` keeps one hook and says whether somebody must look at it now, which `wake` then tells.

    Each is a transaction of its own, since two that hold several rows might wait for each other.
    """

    def taken(hook: Hook) -> bool:
        with transaction(engine) as session:
            return take(session, hook)

    def write(hook: Hook) -> None:
        try:
            new = taken(hook)
        except sa.exc.DBAPIError:
            # Another has stored the same address at the same moment, which the second look finds.
            new = taken(hook)
        if new:
            wake()

    return Keeper(write, WRITERS)


def in_spool(spool: Spool, intake: Intake) -> Keeper:
    def write(hook: Hook) -> None:
        spool.add(hook)
        intake.tell()

    return Keeper(write, 1)
