"""What the clock does by itself, once, on any number of machines."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import Session, select

from bot.channels.simulator import SimulatorChannel
from bot.outbox import send_ready
from desk.tables import Case
from loans import promises
from loans.tables import Loan, Promise
from outreach import flow_versions, holds, messages
from outreach.tables import Hold, Message, PlanSkip
from scheduler import jobs
from store.engine import transaction
from tests.outreach.flow_content import content, facts
from tests.outreach.portfolio import CHANNELS, MORNING, TODAY, Person, a_lender, a_loan, a_person, at, outgoing, pay


class StoppedClock:
    def __init__(self, now: datetime) -> None:
        self.time = now

    def now(self) -> datetime:
        return self.time


@pytest.fixture
def person(session: Session) -> Person:
    a_lender(session)
    session.commit()
    return a_person(session)


def live(engine: sa.Engine, start: datetime, end: datetime) -> list[str]:
    """Lets time pass by the hour and returns the texts that went out."""
    clock = StoppedClock(start)
    channels = {name: SimulatorChannel(name, clock) for name in CHANNELS}
    while clock.time <= end:
        jobs.run_due(engine, clock.time, enabled=CHANNELS)
        while send_ready(engine, channels, clock, enabled=CHANNELS).handled:
            pass
        clock.time += timedelta(hours=1)
    with transaction(engine) as session:
        return [each.text for each in outgoing(session) if each.status == "sent"]


def promise(session: Session, loan: Loan, due: date, made: datetime = MORNING, amount: int = 300_00) -> Promise:
    made_on = made.astimezone(UTC).date()
    found = promises.record(session, loan=loan, amount=amount, due=due, now=made, today=made_on)
    session.commit()
    return found


@pytest.mark.parametrize(("queued", "said"), [("keep", ["Antes, Ana."]), ("move", ["Ahora, Ana."])])
def test_what_waits_when_a_flow_changes_is_said_once(
    session: Session, engine: sa.Engine, person: Person, queued: flow_versions.Queued, said: list[str]
) -> None:
    a_loan(session, person, TODAY)
    for words, at_once in (("Antes", "keep"), ("Ahora", queued)):
        raw = content(due_today={"texts": {"es": {"default": f"{words}, {{name}}."}}})
        version = flow_versions.bring_in(session, 1, raw, by="staff:1", now=at(8))
        known = facts(heard={f"{words}, Guadalupe.": 0.0})
        flow_versions.publish(session, version, known, by="staff:1", now=at(8), note="Words", queued=at_once)  # type: ignore[arg-type]
        session.commit()
        jobs.run_due(engine, at(8, 10), enabled=CHANNELS)
    assert live(engine, at(9), at(23)) == said


def test_a_due_date_brings_its_reminder_once(session: Session, engine: sa.Engine, person: Person) -> None:
    a_loan(session, person, TODAY)
    session.commit()
    texts = live(engine, at(6), at(23))
    assert len(texts) == 1
    assert texts[0].startswith("Hola, Ana. Hoy")


def test_a_promise_is_reminded_broken_and_asked_about(session: Session, engine: sa.Engine, person: Person) -> None:
    loan = a_loan(session, person, TODAY - timedelta(days=2))
    made = promise(session, loan, TODAY + timedelta(days=2))
    texts = live(engine, at(12), at(20, day=TODAY + timedelta(days=6)))
    assert ["compromiso" in text or "Hoy es el" in text or "No vimos" in text for text in texts] == [True] * len(texts)
    assert len(texts) == 3
    session.refresh(made)
    assert made.state == "broken"


def test_a_kept_promise_is_thanked_once_and_never_chased(session: Session, engine: sa.Engine, person: Person) -> None:
    loan = a_loan(session, person, TODAY - timedelta(days=2), instalments=2)
    made = promise(session, loan, TODAY + timedelta(days=2))
    pay(session, loan, 300_00, at(13))
    session.commit()
    texts = live(engine, at(14), at(20, day=TODAY + timedelta(days=2)))
    thanks = [text for text in texts if text.startswith("Gracias")]
    assert len(thanks) == 1
    assert "Cumplio lo acordado" in thanks[0]
    session.refresh(made)
    assert made.state == "kept"
    assert not any("No vimos" in text for text in texts)


def test_two_broken_promises_bring_a_person_once(session: Session, engine: sa.Engine, person: Person) -> None:
    loan = a_loan(session, person, TODAY - timedelta(days=2))
    for days in (1, 3):
        promise(session, loan, TODAY + timedelta(days=days))
    live(engine, at(12), at(12, day=TODAY + timedelta(days=8)))
    (case,) = session.exec(select(Case)).all()
    assert (case.reason, case.borrower_id, case.facts["broken_in_180_days"]) == ("broken_promises", person.id, 2)


def test_holds_end_by_their_time(session: Session, engine: sa.Engine, person: Person) -> None:
    holds.place(session, "hardship", now=MORNING, borrower_id=person.id, until=at(11))
    holds.place(session, "dispute", now=MORNING, borrower_id=person.id)
    session.commit()
    assert jobs.run_due(engine, at(12))["holds_expired"] == 1
    lifted = {each.event: each.lifted_by for each in session.exec(select(Hold)).all()}
    assert lifted == {"hardship": "time", "dispute": ""}


def test_a_doubt_that_stays_is_shown_to_a_person_once(session: Session, engine: sa.Engine, person: Person) -> None:
    message = messages.write_reply(session, messages.conversation_of(session, person.address), text="Hola", now=MORNING)
    message.status, message.status_at = "in_doubt", MORNING
    session.commit()
    assert jobs.run_due(engine, MORNING)["doubts_reported"] == 0
    assert jobs.run_due(engine, at(10, 30))["doubts_reported"] == 1
    assert jobs.run_due(engine, at(12))["doubts_reported"] == 0
    (case,) = session.exec(select(Case)).all()
    assert case.facts["message"] == message.id


def test_old_skips_are_forgotten_at_night(session: Session, engine: sa.Engine, person: Person) -> None:
    for age in (89, 91):
        session.add(PlanSkip(borrower_id=person.id, step="s", day=TODAY - timedelta(days=age), reason="no_consent"))
    session.commit()
    assert jobs.run_due(engine, MORNING)["skips_forgotten"] == 1
    assert "skips_forgotten" not in jobs.run_due(engine, at(23))
    assert "skips_forgotten" in jobs.run_due(engine, at(3, day=TODAY + timedelta(days=1)))


def test_three_machines_tick_and_each_job_runs_once(session: Session, engine: sa.Engine, person: Person) -> None:
    for _ in range(10):
        a_loan(session, a_person(session), TODAY)
    session.commit()
    with ThreadPoolExecutor(3) as threads:
        counts = list(threads.map(lambda _: jobs.run_due(engine, MORNING, enabled=CHANNELS), range(3)))
    assert sorted(each.get("planned", -1) for each in counts) == [-1, -1, 10]
    assert sum(each.get("jobs_failed", 0) for each in counts) == 0
    assert len(session.exec(select(Message)).all()) == 10


def test_a_store_without_a_lender_has_nothing_due(engine: sa.Engine) -> None:
    assert jobs.run_due(engine, MORNING) == {}


@pytest.mark.parametrize(
    ("every", "expected"),
    [
        (timedelta(minutes=1), datetime(2026, 11, 24, 8, 59, tzinfo=UTC)),
        (timedelta(hours=1), datetime(2026, 11, 24, 8, 0, tzinfo=UTC)),
        (None, datetime(2026, 11, 23, 9, 0, tzinfo=UTC)),  # 03:00 in Mexico, the night before
    ],
)
def test_slots_begin_on_the_minute_the_hour_and_at_night(every: timedelta | None, expected: datetime) -> None:
    now = datetime(2026, 11, 24, 8, 59, 59, tzinfo=UTC)
    assert jobs.slot(every, now, "America/Mexico_City") == expected


def test_a_job_that_asks_others_runs_once_per_slot_and_its_failure_stops_nothing(
    session: Session, engine: sa.Engine
) -> None:
    a_lender(session)
    session.commit()
    ran: list[datetime] = []

    def fails(now: datetime) -> dict[str, int]:
        ran.append(now)
        raise OSError("the provider does not answer")

    def works(now: datetime) -> dict[str, int]:
        ran.append(now)
        return {"found": 2}

    outside = (jobs.Outside("fails", fails, jobs.MINUTE), jobs.Outside("works", works, jobs.MINUTE))
    first = jobs.run_due(engine, MORNING, outside=outside)
    assert (first["found"], first["jobs_failed"]) == (2, 1)
    assert "found" not in jobs.run_due(engine, MORNING, outside=outside)
    assert jobs.run_due(engine, MORNING + jobs.MINUTE, outside=outside)["found"] == 2
    assert len(ran) == 4
