"""The embedded loops: turns, sends and files, each in threads that note a failure and go on."""

import threading
from collections.abc import Callable, Collection, Mapping, Sequence

import sqlalchemy as sa
import structlog

from bot import inbox, media, outbox
from bot.channels.base import Channel
from bot.dialogue import Dialogue
from bot.media import MediaSource
from bot.voice import Transcriber
from desk import alarm
from outreach.senders import Pace
from store.clock import Clock
from store.engine import reading, transaction

log = structlog.get_logger()

# How long a loop sleeps when nothing is ready; `wake` cuts it short. A paced sender's next message is never far.
IDLE_SECONDS = {"turns": 0.5, "sends": 0.2, "files": 0.5}


class Worker:
    """`enabled` are the channels that may be written to; None leaves that to the policy. `pages` are the addresses of
    people who are called when somebody may be in danger. `heard` is asked before sends: see `outbox.send_ready`."""

    def __init__(
        self,
        engine: sa.Engine,
        dialogue: Dialogue,
        channels: Mapping[str, Channel],
        clock: Clock,
        *,
        turn_workers: int = 4,
        enabled: Collection[str] | None = None,
        paces: Mapping[str, Pace] | None = None,
        sends_at_once: int = 1,
        sources: Mapping[str, MediaSource] | None = None,
        transcriber: Transcriber | None = None,
        pages: Sequence[str] = (),
        heard: Callable[[], bool] = lambda: True,
    ) -> None:
        self._engine, self._dialogue, self._channels, self._clock = engine, dialogue, channels, clock
        self._turn_workers, self._enabled = turn_workers, enabled
        self._paces, self._sends_at_once = paces, sends_at_once
        self._sources, self._transcriber, self._pages = sources or {}, transcriber, pages
        self._heard = heard
        self._woken = threading.Condition()
        self._wakes = 0
        self._stopping = threading.Event()
        self._threads: list[threading.Thread] = []

    def start(self) -> None:
        loops = [("turns", self.take_turn)] * self._turn_workers + [("sends", self.send_some)]
        loops += [("files", self.fetch_file)]
        self._threads = [threading.Thread(target=self._loop, args=each, name=each[0], daemon=True) for each in loops]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Lets what is in hand be finished."""
        self._stopping.set()
        self.wake()
        for thread in self._threads:
            thread.join(timeout=30)

    def wake(self) -> None:
        with self._woken:
            self._wakes += 1
            self._woken.notify_all()

    def settle(self) -> None:
        """Works until nothing is ready."""
        while self.take_turn() or self.send_some():
            pass

    def take_turn(self) -> bool:
        if not inbox.handle_next(self._engine, self._dialogue, self._clock):
            return False
        self._sound_alarm()
        self.wake()
        return True

    def _sound_alarm(self) -> None:
        """Right after the turn: who may be in danger does not wait for the clock."""
        with reading(self._engine) as session:
            due = alarm.is_due(session)
        if due:
            with transaction(self._engine) as session:
                alarm.sound(session, self._clock.now(), self._pages)

    def send_some(self) -> bool:
        counts = outbox.send_ready(
            self._engine,
            self._channels,
            self._clock,
            enabled=self._enabled,
            paces=self._paces,
            at_once=self._sends_at_once,
            heard=self._heard,
        )
        return counts.handled > 0

    def fetch_file(self) -> bool:
        fetched = media.fetch_next(self._engine, self._sources, self._clock, self._transcriber)
        if fetched:
            self.wake()
        return fetched

    def _loop(self, name: str, step: Callable[[], bool]) -> None:
        while not self._stopping.is_set():
            seen = self._wakes
            try:
                busy = step()
            except Exception as problem:  # The edge of the loop: what failed is a row and comes again.
                log.exception("loop_failed", loop=name, problem=type(problem).__name__)
                busy = False
            if not busy:
                self._rest(seen, IDLE_SECONDS[name])

    def _rest(self, seen: int, seconds: float) -> None:
        """Not at all when somebody woke the loop while it worked."""
        with self._woken:
            self._woken.wait_for(lambda: self._wakes != seen or self._stopping.is_set(), seconds)
