"""The clock: it only says that it is time. What is due is a query, and the slots in the store keep it to once."""

from collections.abc import Callable
from datetime import UTC, datetime

import structlog
from apscheduler.schedulers.background import BackgroundScheduler

log = structlog.get_logger()

TICK_SECONDS = 20  # Own default: a third of the shortest slot, so that no slot is missed.


class Ticker:
    """Calls `step` now and every 20 seconds, one call at a time; any number of machines may tick."""

    def __init__(self, step: Callable[[], None], seconds: float = TICK_SECONDS) -> None:
        self._step = step
        self._scheduler = BackgroundScheduler(timezone=UTC)
        self._scheduler.add_job(
            self._tick,
            "interval",
            seconds=seconds,
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
            next_run_time=datetime.now(UTC),
        )

    def start(self) -> None:
        self._scheduler.start()

    def stop(self) -> None:
        """Lets a tick in hand be finished."""
        self._scheduler.shutdown(wait=True)

    def _tick(self) -> None:
        try:
            self._step()
        except Exception as problem:  # The edge of the loop: the next tick finds what this one left.
            log.exception("tick_failed", problem=type(problem).__name__)
