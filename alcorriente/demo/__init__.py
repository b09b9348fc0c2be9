"""A lender with four months behind it, for the demo: the same every time for the same day."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlalchemy as sa


def build(
    engine: "sa.Engine",
    clock_now: datetime,
    plan_day: Callable[[datetime], None],
    progress: Callable[[int, int], None] | None = None,
) -> None:
    """Fills an empty store up to the evening before `clock_now`.

    `plan_day` is called once a simulated day with that day's noon: it does what the scheduler (promises judged,
    reminders planned) and the outbox do.
    """
    from alcorriente.demo.history import live
    from alcorriente.demo.portfolio import HISTORY
    from bot.simulation.seeding import seed_lender
    from loans import accounts
    from loans.tables import Lender
    from store.engine import transaction

    with transaction(engine) as session:
        if session.get(Lender, 1) is None:
            seed_lender(session)
        end = accounts.business_date(accounts.lender(session), clock_now)
    live(engine, end - HISTORY, end, plan_day, progress)
