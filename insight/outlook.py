"""The outlook: what a cadence will write in the coming days, in figures; the published one beside a draft of it.

Borrowers don't depend on each other, so parts of the portfolio are lived through in several processes.
"""

import gc
import multiprocessing
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from insight import outlook_totals
from insight.outlook_samples import priced
from insight.outlook_totals import Totals
from loans.tables import Borrower, Loan
from outreach import flows
from outreach.cadence import Cadence
from outreach.forecast import Foreseen, futures
from outreach.portfolio_facts import Agenda, Calendars, Horizon, horizon, people
from outreach.tables import Message
from store import encryption
from store.engine import create_engine, reading

DAYS = 30
PART = 4000  # borrowers; enough parts for progress, few enough statements
PROCESSES = 2  # own default: one for each core of a small machine
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Question:
    """`cadences` by name: what is published, and the draft where there is one."""

    start: datetime
    days: int
    enabled: tuple[str, ...] | None
    cadences: dict[str, Cadence]


def look_ahead(
    engine: sa.Engine,
    start: datetime,
    days: int = DAYS,
    *,
    enabled: Collection[str] | None = None,
    draft: Cadence | None = None,
    prices: dict[str, str] | None = None,
    progress: Progress | None = None,
    processes: int = 1,
) -> dict[str, Any]:
    """The figures as JSON; nothing is written. Prices are of one segment, decimals in the lender's currency, by
    `sms:MX` or `sms`."""
    with reading(engine) as session:
        question = _question(session, start, days, enabled, draft)
        everybody = _everybody(session)
    totals = {name: Totals() for name in question.cadences}
    done = 0
    for borrowers, part in _parts(engine, question, everybody, processes):
        for name, counted in part.items():
            totals[name].add(counted)
        done += borrowers
        if progress is not None:
            progress(done, len(everybody))
    with reading(engine) as session:
        plans = [
            priced(session, name, totals[name], question.cadences[name], prices or {}) for name in question.cadences
        ]
    return {"from": start.isoformat(), "days": days, "borrowers": len(everybody), "plans": plans}


def messages(
    engine: sa.Engine, start: datetime, days: int, enabled: Collection[str] | None = None, draft: Cadence | None = None
) -> Iterator[Foreseen]:
    """One by one, of the draft where there is one."""
    with reading(engine) as session:
        question = _question(session, start, days, enabled, draft)
        everybody = _everybody(session)
    for begin in range(0, len(everybody), PART):
        with reading(engine) as session:
            span = horizon(session, question.start, question.days, question.enabled)
            content = list(question.cadences.values())[-1]
            for _, future in _lives(session, span, content, everybody[begin : begin + PART]):
                yield from future.sent


def _question(
    session: Session, start: datetime, days: int, enabled: Collection[str] | None, draft: Cadence | None
) -> Question:
    followed = flows.current(session)
    cadences = {"published": followed.cadence} if followed else {}
    cadences |= {"draft": draft} if draft else {}
    return Question(
        start,
        days,
        None if enabled is None else tuple(enabled),
        cadences,
    )


def _everybody(session: Session) -> list[int]:
    """Borrowers with an active loan, or with a message that waits."""
    active = select(col(Loan.borrower_id)).where(col(Loan.status) == "active")
    waiting = select(col(Message.borrower_id)).where(col(Message.status) == "queued", col(Message.step).is_not(None))
    ids = sa.union(active, waiting).subquery()
    return [row[0] for row in session.execute(sa.select(ids).order_by(ids.c[0])) if row[0] is not None]


def _parts(
    engine: sa.Engine, question: Question, everybody: Sequence[int], processes: int
) -> Iterator[tuple[int, dict[str, Totals]]]:
    parts = [everybody[begin : begin + PART] for begin in range(0, len(everybody), PART)]
    if processes == 1 or len(parts) < 2:
        yield from ((len(part), _count(engine, question, part)) for part in parts)
        return
    url = engine.url.render_as_string(hide_password=False)
    context = multiprocessing.get_context("spawn")  # A copy of a process with threads may hold a lock for ever.
    keys = encryption.keyring()
    with ProcessPoolExecutor(processes, context, initializer=encryption.configure, initargs=(keys,)) as pool:
        running: dict[Future[dict[str, Totals]], int] = {
            pool.submit(_count_elsewhere, url, question, part): len(part) for part in parts
        }
        try:
            for done in as_completed(running):
                yield running[done], done.result()
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _count_elsewhere(url: str, question: Question, ids: Sequence[int]) -> dict[str, Totals]:
    # Facts of a part are millions of small objects that all live until it is counted: a third of the time would go into
    # looking for some to clear away.
    gc.disable()
    engine = create_engine(url)
    try:
        return _count(engine, question, ids)
    finally:
        engine.dispose()
        gc.collect()


def _count(engine: sa.Engine, question: Question, ids: Sequence[int]) -> dict[str, Totals]:
    with reading(engine) as session:
        span = horizon(session, question.start, question.days, question.enabled)
        names = dict(
            session.execute(
                sa.select(col(Borrower.id), col(Borrower.given_name)).where(col(Borrower.id).between(ids[0], ids[-1]))
            ).all()
        )
        facts = list(people(session, ids, span))
        return {
            name: outlook_totals.count(_lived(session, span, content, ids, facts), span, names)
            for name, content in question.cadences.items()
        }


def _lives(session: Session, span: Horizon, followed: Cadence, ids: Sequence[int]) -> Any:
    return _lived(session, span, followed, ids, list(people(session, ids, span)))


def _lived(session: Session, span: Horizon, followed: Cadence, ids: Sequence[int], facts: Any) -> Any:
    places = Calendars(span)
    agenda = Agenda(span, followed)
    agenda.read(session, col(Loan.borrower_id).between(ids[0], ids[-1]), places)
    return futures(agenda, places, facts)
