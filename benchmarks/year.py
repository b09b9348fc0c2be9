"""A year of ten thousand borrowers through the real planner and outbox, then audited: `python -m benchmarks year`.

Another size: `python -m benchmarks.year 500 90` for five hundred borrowers and ninety days; a third number says how
many minutes this may take, and then those days are audited that went by. The audit reads every message against the rows
of the policy, with rules of its own, and rebuilds every proof from the history.
"""

import logging
import sys
import tempfile
import time
from datetime import date
from math import inf
from pathlib import Path

import sqlalchemy as sa
import structlog
from rich.console import Console
from rich.progress import Progress

from alcorriente.migrations import upgrade
from benchmarks.figures import Figure
from store import encryption
from store.engine import create_engine, reading
from tests.compliance import audit
from tests.compliance.audit import Audit
from tests.compliance.world import World

BORROWERS, DAYS = 10_000, 365
FIRST = date(2026, 1, 5)  # the shipped policy is in force from 2026 on
SHOWN = 20


def measure(borrowers: int = BORROWERS, days: int = DAYS, minutes: float = inf) -> list[Figure]:
    encryption.configure(encryption.keyring_from_secret("benchmark"))
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    with tempfile.TemporaryDirectory() as folder, Progress(console=Console(stderr=True)) as progress:
        engine = create_engine(f"sqlite:///{Path(folder) / 'store.db'}")
        upgrade(engine)
        world = World(engine, FIRST, borrowers)
        begun = time.perf_counter()
        world.begin()
        for day in progress.track(world.live(days), total=days, description=f"{borrowers:,} borrowers, days"):
            if time.perf_counter() - begun > minutes * 60:
                days = (day - FIRST).days
                break
        lived = time.perf_counter() - begun
        found = _audit(engine, world, progress)
        audited = time.perf_counter() - begun - lived
        engine.dispose()
    for each in (*found.violations[:SHOWN], *found.unproven[:SHOWN]):
        Console(stderr=True).print(each, style="red")
    return _figures(f"{borrowers:,} borrowers, {days} days", found, lived, audited)


def _audit(engine: sa.Engine, world: World, progress: Progress) -> Audit:
    task = progress.add_task("Audit, borrowers", total=len(world.people))
    with reading(engine) as session:
        return audit.run(session, world.diary, lambda done: progress.advance(task, done))


def _figures(size: str, found: Audit, lived: float, audited: float) -> list[Figure]:
    sent = found.sent.total()
    return [
        Figure(f"{size}: messages that left", f"{sent:,}"),
        Figure("of them reminders", f"{found.sent['reminder']:,}"),
        Figure("messages that break a row", f"{len(found.violations):,}", "0"),
        Figure("proofs rebuilt that hold", f"{found.proven:,}"),
        Figure("proofs that don't", f"{len(found.unproven):,}", "0"),
        Figure("the year", f"{lived / 60:,.1f} min, {sent / lived:,.0f} messages/s"),
        Figure("the audit", f"{audited:,.0f} s"),
    ]


if __name__ == "__main__":
    for figure in measure(*map(int, sys.argv[1:])):
        Console().print(f"{figure.what}: {figure.measured}")
