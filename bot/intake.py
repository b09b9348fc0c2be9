"""Brings what the spool holds into the store, oldest first; whoever is killed on the way brings some of it twice.

That changes nothing: providers repeat hooks themselves, so a message is known by the provider's id, and a status only
moves forward.
"""

import threading
from collections.abc import Callable, Mapping

import sqlalchemy as sa
import structlog
from sqlmodel import Session

from bot.spool import Hook, Spool
from store.engine import transaction, urgent

log = structlog.get_logger()

# Own default: a transaction of 50 hooks takes some tens of milliseconds.
SHARE = 50
# Seconds after a transaction: what comes meanwhile shares the next one, which halves the price of each.
REST = 0.02
PAUSE = 1.0  # seconds before the next try, where the store can't be written
FAULTS_OF_THE_STORE = (sa.exc.OperationalError, TimeoutError)


class Intake:
    """`take` keeps one hook and says whether somebody must look at it now, which `wake` then tells."""

    def __init__(
        self, engine: sa.Engine, spool: Spool, take: Callable[[Session, Hook], bool], wake: Callable[[], None]
    ) -> None:
        self._engine, self._spool, self._take, self._wake = urgent(engine), spool, take, wake
        self._came, self._stopping = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run, name="intake", daemon=True)

    def start(self) -> None:
        """What an earlier process has left comes first, also what it had set aside."""
        self._spool.take_up()
        self.tell()
        self._thread.start()

    def stop(self) -> None:
        """Returns when all that came is in the store, or waits there for the next start."""
        self._stopping.set()
        self.tell()
        self._thread.join()

    def tell(self) -> None:
        """Something has come."""
        self._came.set()

    def _run(self) -> None:
        last = False
        while not last:
            self._came.wait()
            self._came.clear()
            last = self._stopping.is_set()  # read first, so that what came until then is still brought
            try:
                self._empty()
            except Exception as problem:  # The loop's edge: what failed is in the file and comes again.
                log.exception("intake_failed", problem=type(problem).__name__)
                self._stopping.wait(PAUSE)
                self.tell()

    def _empty(self) -> None:
        while found := self._spool.next(SHARE):
            self._bring(found)
            self._stopping.wait(REST)

    def _bring(self, found: Mapping[int, Hook]) -> None:
        """Where one of them fails, each is done by itself."""
        try:
            self._keep(found)
        except FAULTS_OF_THE_STORE:
            raise
        except Exception:  # noqa: BLE001  (whatever it is, it comes again below and is told there)
            for number, hook in found.items():
                self._bring_alone(number, hook)

    def _bring_alone(self, number: int, hook: Hook) -> None:
        """What can't be kept must neither hold up the others nor be lost."""
        try:
            self._keep({number: hook})
        except FAULTS_OF_THE_STORE:
            raise
        except Exception as problem:
            log.exception("hook_broke", number=number, kind=hook.kind, problem=type(problem).__name__)
            self._spool.set_aside(number)

    def _keep(self, found: Mapping[int, Hook]) -> None:
        with transaction(self._engine) as session:
            new = [self._take(session, hook) for hook in found.values()]
        self._spool.forget(found)
        if any(new):
            self._wake()
