"""Brings what the spool holds into the store, oldest first, and again after a kill: each hook may come twice.

That changes nothing: a message is known by the provider's id, and a status only moves forward.
"""

import threading
from collections.abc import Callable, Sequence

import sqlalchemy as sa
import structlog
from sqlmodel import Session

from bot.spool import Hook, Spool
from store.engine import transaction, urgent

log = structlog.get_logger()

# Own defaults: a transaction of 50 hooks takes some tens of milliseconds; what failed is tried again once a minute.
SHARE, AGAIN = 50, 60.0


class Intake:
    """`take` keeps one hook and says whether somebody must look at it now, which `wake` then tells."""

    def __init__(
        self, engine: sa.Engine, spool: Spool, take: Callable[[Session, Hook], bool], wake: Callable[[], None]
    ) -> None:
        self._engine, self._spool, self._take, self._wake = urgent(engine), spool, take, wake
        self._last = 0  # the number of the newest hook that was tried
        self._came, self._stopping = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run, name="intake", daemon=True)

    def start(self) -> None:
        """What an earlier process has left is in the store when this returns."""
        self._empty()
        self._thread.start()

    def stop(self) -> None:
        """Returns when all that came is in the store, or has failed and waits for the next start."""
        self._stopping.set()
        self._came.set()
        self._thread.join()

    def tell(self) -> None:
        """Something has come."""
        self._came.set()

    def _run(self) -> None:
        while not self._stopping.is_set():
            if not self._came.wait(AGAIN):
                self._last = 0
            self._came.clear()
            try:
                self._empty()
            except Exception as problem:  # The loop's edge: the next hook, or the next minute, tries again.
                log.exception("intake_failed", problem=type(problem).__name__)

    def _empty(self) -> None:
        while found := self._spool.next(self._last, SHARE):
            kept = self._keep(found)
            self._last = found[-1][0]
            self._spool.forget(kept)

    def _keep(self, found: Sequence[tuple[int, Hook]]) -> list[int]:
        """The numbers of those that are in the store. Where one of them fails, each is done by itself."""
        try:
            with transaction(self._engine) as session:
                new = [self._take(session, hook) for _, hook in found]
        except Exception as problem:
            if len(found) > 1:
                return [number for each in found for number in self._keep([each])]
            log.exception("hook_broke", kind=found[0][1].kind, problem=type(problem).__name__)
            return []
        if any(new):
            self._wake()
        return [number for number, _ in found]
