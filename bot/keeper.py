"""Keeps what hooks bring before they are answered: in the store, or on SQLite first in a file of their own.

What waits at the same moment shares one write, so that two hundred hooks a second take a pen some dozens of times.
PostgreSQL has many pens; there each hook is a transaction of its own, since two that hold several rows might wait for
each other.
"""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from queue import Empty, SimpleQueue

import sqlalchemy as sa
from sqlmodel import Session

from bot.intake import Intake
from bot.spool import Hook, Spool
from store.engine import transaction, urgent

Waiting = tuple[Hook, Future[None]]

# Own defaults: a transaction of 50 hooks takes some tens of milliseconds; 8 wait for PostgreSQL's disk at a time.
SHARE, WRITERS = 50, 8


class Keeper:
    """What it was given survives when `keep` returns. `write` keeps all that it gets or nothing."""

    def __init__(self, write: Callable[[Sequence[Hook]], None], *, one_pen: bool) -> None:
        self._write_all = write
        self._share = SHARE if one_pen else 1
        self._writers = ThreadPoolExecutor(1 if one_pen else WRITERS, "hooks")
        self._waiting: SimpleQueue[Waiting] = SimpleQueue()

    async def keep(self, hook: Hook) -> None:
        """It may be written twice, each time in a new transaction; raises what `write` raises."""
        kept: Future[None] = Future()
        kept.set_running_or_notify_cancel()  # Who hangs up takes nothing back: not every provider comes again.
        self._waiting.put((hook, kept))
        self._writers.submit(self._write)
        await asyncio.wrap_future(kept)

    def _write(self) -> None:
        """Nothing, where an earlier turn has taken its work along."""
        if taken := self._taken():
            self._keep(taken)

    def _taken(self) -> list[Waiting]:
        taken: list[Waiting] = []
        while len(taken) < self._share:
            try:
                taken.append(self._waiting.get_nowait())
            except Empty:
                break
        return taken

    def _keep(self, taken: Sequence[Waiting]) -> None:
        """Where one of them fails, each is done by itself: another process may have stored the same address meanwhile,
        which the second look finds."""
        try:
            self._write_all([hook for hook, _ in taken])
        except Exception:  # noqa: BLE001  (whatever it is, those beside it are kept, and it comes again)
            for each in taken:
                self._keep_alone(*each)
            return
        for _, kept in taken:
            kept.set_result(None)

    def _keep_alone(self, hook: Hook, kept: Future[None]) -> None:
        try:
            self._write_all([hook])
        except Exception as problem:  # noqa: BLE001  (raised where it is waited for)
            kept.set_exception(problem)
        else:
            kept.set_result(None)


def in_store(engine: sa.Engine, take: Callable[[Session, Hook], bool], wake: Callable[[], None]) -> Keeper:
    """`take` keeps one hook and says whether somebody must look at it now, which `wake` then tells."""
    engine = urgent(engine)

    def write(hooks: Sequence[Hook]) -> None:
        with transaction(engine) as session:
            new = [take(session, hook) for hook in hooks]
        if any(new):
            wake()

    return Keeper(write, one_pen=engine.dialect.name == "sqlite")


def in_spool(spool: Spool, intake: Intake) -> Keeper:
    def write(hooks: Sequence[Hook]) -> None:
        spool.add(hooks)
        intake.tell()

    return Keeper(write, one_pen=True)
