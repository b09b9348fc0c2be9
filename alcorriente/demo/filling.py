"""Filling an empty store with the demo: the product itself lives through the months, on simulated channels."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from rich.console import Console
from rich.progress import Progress
from sqlmodel import select

from alcorriente import demo
from bot import outbox, reports
from bot.channels.simulator import Behaviour, SimulatorChannel
from bot.simulation.loading import empty
from desk.tables import AuditEvent
from loans.tables import Borrower
from outreach import flows, policies
from scheduler import jobs
from store.clock import MovableClock, MovedClock
from store.engine import reading, transaction

STARTED, FILLED = "demo_started", "demo_filled"
SEED = 2026
# Two looks a day bring everyone's morning: noon in the middle of the country, and five hours on for its west.
SECOND_LOOK = timedelta(hours=5)


def fill_if_empty(engine: sa.Engine, clock: MovableClock, channels: Collection[str], console: Console) -> None:
    """Nothing happens to a store that holds anyone; a filling that broke off begins again."""
    with reading(engine) as session:
        known = set(session.exec(select(AuditEvent.action).where(AuditEvent.actor == "demo")))
        inhabited = session.exec(select(Borrower.id)).first() is not None
    if FILLED in known or (inhabited and STARTED not in known):
        return
    fill(engine, clock, channels, console)


def fill(engine: sa.Engine, clock: MovableClock, channels: Collection[str], console: Console) -> None:
    now = datetime.now(UTC)
    with transaction(engine) as session:
        empty(session)
        session.add(AuditEvent(at=now, actor="demo", action=STARTED, subject="store"))
        policies.seed(session, now - demo_history())
        flows.seed(session, now - demo_history())
    lender = _Lender(engine, clock, channels)
    with Progress(console=console, transient=True) as bar:
        task = bar.add_task("Four months of a lender's life", total=1)
        demo.build(engine, now, lender.live_day, lambda done, total: bar.update(task, completed=done, total=total))
    clock.move(now, frozen=False)
    with transaction(engine) as session:
        session.add(AuditEvent(at=now, actor="demo", action=FILLED, subject="store"))


def holds_only_invented_people(engine: sa.Engine) -> bool:
    """An empty store, or one whose clock was moved: that happens in demo and tests only."""
    with reading(engine) as session:
        return session.get(MovedClock, 1) is not None or session.exec(select(Borrower.id)).first() is None


def demo_history() -> timedelta:
    from alcorriente.demo.portfolio import HISTORY

    return HISTORY + timedelta(days=2)


@dataclass
class _Standing:
    """The time of a simulated look; asking the store for it thousands of times would only cost time."""

    at: datetime

    def now(self) -> datetime:
        return self.at


class _Lender:
    """The lender's side of a simulated day: the jobs that are due, and what is ready to be sent."""

    def __init__(self, engine: sa.Engine, clock: MovableClock, channels: Collection[str]) -> None:
        self._engine, self._moved, self._enabled = engine, clock, channels
        self._clock = _Standing(datetime.now(UTC))
        self._channels = {name: SimulatorChannel(name, self._clock, Behaviour(SEED)) for name in channels}

    def live_day(self, noon: datetime) -> None:
        for at in (noon, noon + SECOND_LOOK):
            self._clock.at = at
            jobs.run_due(self._engine, at, enabled=self._enabled)
            while outbox.send_ready(
                self._engine, self._channels, self._clock, limit=200, enabled=self._enabled
            ).handled:
                pass
        self._moved.move(noon, frozen=True)
        with transaction(self._engine) as session:
            for channel in self._channels.values():
                for event in channel.take_reports():
                    reports.record(session, event, ("phone", ""))
