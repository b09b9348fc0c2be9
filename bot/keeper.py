"""Keeps what hooks bring before they are answered.

On SQLite there is one pen for all: what waits at the same moment shares one transaction, so that two hundred hooks a
second take the pen some dozens of times. PostgreSQL has many; there each hook is a transaction of its own, since two
that hold several rows might wait for each other.
"""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlmodel import Session

from store.engine import transaction, urgent

Result = TypeVar("Result")
Work = tuple[Callable[[Session], Any], Future[Any]]

# Own defaults: a transaction of 50 hooks takes some tens of milliseconds; 8 wait for PostgreSQL's disk at a time.
SHARE, WRITERS = 50, 8


class Keeper:
    """What it was given is in the store when `keep` returns."""

    def __init__(self, engine: sa.Engine) -> None:
        one_pen = engine.dialect.name == "sqlite"
        self._engine = urgent(engine)
        self._share = SHARE if one_pen else 1
        self._writers = ThreadPoolExecutor(1 if one_pen else WRITERS, "hooks")
        self._waiting: SimpleQueue[Work] = SimpleQueue()

    async def keep(self, work: Callable[[Session], Result]) -> Result:
        """`work` may run twice, each time in a new transaction; raises what it raises."""
        kept: Future[Result] = Future()
        kept.set_running_or_notify_cancel()  # Who hangs up takes nothing back: not every provider comes again.
        self._waiting.put((work, kept))
        self._writers.submit(self._write)
        return await asyncio.wrap_future(kept)

    def _write(self) -> None:
        """Nothing, where an earlier turn has taken its work along."""
        if works := self._taken():
            self._keep(works)

    def _taken(self) -> list[Work]:
        works: list[Work] = []
        while len(works) < self._share:
            try:
                works.append(self._waiting.get_nowait())
            except Empty:
                break
        return works

    def _keep(self, works: Sequence[Work]) -> None:
        """Where one of them fails, each is done by itself: another process may have stored the same address meanwhile,
        which the second look finds."""
        try:
            with transaction(self._engine) as session:
                results = [work(session) for work, _ in works]
        except Exception:  # noqa: BLE001  (whatever it is, those beside it are kept, and it comes again)
            for each in works:
                self._keep_alone(*each)
            return
        for (_, kept), result in zip(works, results, strict=True):
            kept.set_result(result)

    def _keep_alone(self, work: Callable[[Session], Any], kept: Future[Any]) -> None:
        try:
            with transaction(self._engine) as session:
                result = work(session)
        except Exception as problem:  # noqa: BLE001  (raised where it is waited for)
            kept.set_exception(problem)
        else:
            kept.set_result(result)
