"""Sixty days at a lender in every country: no message breaks a row, and every proof holds."""

from datetime import date
from pathlib import Path

import sqlalchemy as sa

from alcorriente.migrations import upgrade
from store.engine import create_engine, reading
from tests.compliance import audit
from tests.compliance.world import World

DAYS, BORROWERS = 60, 150


def test_nothing_that_was_sent_breaks_a_row_and_every_proof_holds(tmp_path: Path) -> None:
    engine: sa.Engine = create_engine(f"sqlite:///{tmp_path / 'store.db'}")
    upgrade(engine)
    world = World(engine, date(2026, 3, 1), BORROWERS)  # Clocks change in Tijuana, London, New York and Santiago.
    world.begin()
    for _ in world.live(DAYS):
        pass
    with reading(engine) as session:
        found = audit.run(session, world.diary)
    engine.dispose()
    assert found.violations == []
    assert found.unproven == []
    assert found.proven >= found.sent.total() > found.sent["reminder"] > BORROWERS
