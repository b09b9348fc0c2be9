"""A year of ten thousand borrowers through the real planner and outbox, then audited: `python -m benchmarks year`.

They are shared out among as many lenders as there are processors, each with a store and a process of its own. Another
size: `python -m benchmarks.year 500 90` for five hundred borrowers and ninety days; a third number says how many
minutes this may take, and then those days are audited that went by. The audit reads every message against the rows of
the policy, with rules of its own, and rebuilds every proof from the history.
"""

import logging
import multiprocessing
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from math import inf
from pathlib import Path
from typing import Any

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
# Days that each lender has lived, for the bar on the screen.
_lived: Any = None


@dataclass(frozen=True, slots=True)
class Part:
    """What became of one lender. Times in seconds."""

    days: int
    found: Audit
    lived: float
    audited: float


def measure(borrowers: int = BORROWERS, days: int = DAYS, minutes: float = inf) -> list[Figure]:
    lenders = min(os.cpu_count() or 1, borrowers)
    sizes = [borrowers // lenders + (number < borrowers % lenders) for number in range(lenders)]
    processes = multiprocessing.get_context("spawn")
    lived = processes.Array("i", lenders)
    with (
        Progress(console=Console(stderr=True)) as progress,
        ProcessPoolExecutor(lenders, processes, _share, (lived,)) as pool,
    ):
        task = progress.add_task(f"{borrowers:,} borrowers, days of {lenders} lenders", total=days * lenders)
        running = [pool.submit(_part, number, size, days, minutes) for number, size in enumerate(sizes)]
        while not all(each.done() for each in running):
            progress.update(task, completed=sum(lived[:]))
            time.sleep(1)
        parts = [each.result() for each in running]
    found = _all(parts)
    for each in (*found.violations[:SHOWN], *found.unproven[:SHOWN]):
        Console(stderr=True).print(each, style="red")
    return _figures(f"{borrowers:,} borrowers, {min(each.days for each in parts)} days", parts, found)


def _share(lived: Any) -> None:
    global _lived  # noqa: PLW0603  (a process of the pool gets it at its start, and no other way)
    _lived = lived
    encryption.configure(encryption.keyring_from_secret("benchmark"))
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))


def _part(number: int, borrowers: int, days: int, minutes: float) -> Part:
    with tempfile.TemporaryDirectory() as folder:
        engine = create_engine(f"sqlite:///{Path(folder) / 'store.db'}")
        upgrade(engine)
        world = World(engine, FIRST, borrowers, seed=number + 1)
        begun = time.perf_counter()
        world.begin()
        for day in world.live(days):
            _lived[number] = (day - FIRST).days
            if time.perf_counter() - begun > minutes * 60:
                break
        lived = time.perf_counter() - begun
        with reading(engine) as session:
            found = audit.run(session, world.diary)
        engine.dispose()
    return Part(_lived[number], found, lived, time.perf_counter() - begun - lived)


def _all(parts: Sequence[Part]) -> Audit:
    found = [each.found for each in parts]
    return Audit(
        sum((each.sent for each in found), Counter()),
        [line for each in found for line in each.violations],
        sum(each.proven for each in found),
        [line for each in found for line in each.unproven],
    )


def _figures(size: str, parts: Sequence[Part], found: Audit) -> list[Figure]:
    sent, lived = found.sent.total(), max(each.lived for each in parts)
    return [
        Figure(f"{size}: messages that left", f"{sent:,}"),
        Figure("of them reminders", f"{found.sent['reminder']:,}"),
        Figure("messages that break a row", f"{len(found.violations):,}", "0"),
        Figure("proofs rebuilt that hold", f"{found.proven:,}"),
        Figure("proofs that don't", f"{len(found.unproven):,}", "0"),
        Figure("the year", f"{lived / 60:,.1f} min, {sent / lived:,.0f} messages/s"),
        Figure("the audit", f"{max(each.audited for each in parts):,.0f} s"),
    ]


if __name__ == "__main__":
    for figure in measure(*map(int, sys.argv[1:])):
        Console().print(f"{figure.what}: {figure.measured}")
