"""A lender with all kinds of borrowers, and the days that follow, lived through by the clock and the outbox."""

import random
from collections.abc import Collection
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col, select

from bot import outbox
from bot.channels.simulator import SimulatorChannel
from bot.simulation import moving
from loans import plans, promises
from loans.tables import Loan
from outreach import holds, planning
from outreach.flows import current
from outreach.forecast import Foreseen, futures
from outreach.portfolio_facts import Agenda, Calendars, horizon, people
from outreach.tables import Conversation, Message
from scheduler import jobs
from store.clock import MovableClock
from store.engine import reading, transaction
from store.ids import id_of
from tests.outreach.portfolio import CHANNELS, TODAY, a_lender, a_loan, a_person, an_address, pay

ZONES = ("America/Mexico_City", "America/Mexico_City", "America/Tijuana", "America/Cancun", None)
WISHES = (None, None, None, "morning", "evening", "12:30")
DECIDING = ("expire_holds", "check_promises", "withdraw_paid", planning.JOB)
Sent = tuple[int | None, str | None, str, str]  # borrower, step, local day of sending, channel


def fill(session: Session, count: int, seed: int, start: datetime) -> None:
    """Borrowers in four zones and one unknown, with wishes, ending holds, promises, plans, parts paid, no consent."""
    chance = random.Random(seed)
    a_lender(session)
    for _ in range(count):
        person = a_person(
            session,
            chance.choice(("sms", "whatsapp", "telegram")),
            consent=chance.random() < 0.93,
            known=chance.random() < 0.9,
            zone=chance.choice(ZONES),
            preferred_time=chance.choice(WISHES),
        )
        if chance.random() < 0.2:
            an_address(session, person.borrower, "sms")
            person.borrower.preferred_channel = "sms"
        loans = [
            a_loan(
                session,
                person,
                TODAY + timedelta(days=chance.randint(-75, 25)),
                instalments=chance.randint(1, 6),
                cycle=chance.randint(1, 2),
            )
            for _ in range(chance.choice((1, 1, 1, 2, 3)))
        ]
        _history(session, chance, person.id, id_of(person.address), loans, start)


def _history(
    session: Session, chance: random.Random, borrower_id: int, address_id: int, loans: list[Loan], start: datetime
) -> None:
    loan, today = loans[0], TODAY
    ends = start + timedelta(hours=chance.randint(1, 600))
    drawn = chance.random()
    if drawn < 0.15:
        holds.place(
            session, chance.choice(("dispute", "hardship", "vulnerable")), now=start, loan_id=loan.id, until=ends
        )
    elif drawn < 0.2:
        holds.place(session, "payment_claim", now=start, borrower_id=borrower_id, until=ends)
    elif drawn < 0.23:
        holds.place(session, "wrong_person", now=start, address_id=address_id)
    elif drawn < 0.5:
        due = today + timedelta(days=chance.randint(0, 20))
        made = start - timedelta(days=1)
        promises.record(session, loan=loan, amount=300_00, due=due, now=made, today=today - timedelta(days=1))
    elif drawn < 0.55:
        first = today + timedelta(days=chance.randint(0, 9))
        parts = [(first, 200_00), (first + timedelta(days=7), 200_00)]
        plans.record(session, loan=loan, payments=parts, now=start, today=today)
    if chance.random() < 0.25:
        payment = pay(session, loan, chance.randint(50_00, 400_00), start - timedelta(hours=3))
        payment.thanked_at = start
    if chance.random() < 0.03:
        session.add(Conversation(address_id=address_id, borrower_id=borrower_id, owner="person"))
    session.flush()


def foreseen(engine: sa.Engine, start: datetime, days: int, *, every_hour: bool = False) -> list[Foreseen]:
    with reading(engine) as session:
        span = horizon(session, start, days, CHANNELS)
        followed = current(session)
        assert followed is not None
        places = Calendars(span)
        agenda = Agenda(span, followed.cadence)
        agenda.read(session, sa.true(), places)
        ids = session.exec(select(col(Loan.borrower_id)).distinct()).all()
        found = futures(agenda, places, list(people(session, sorted(ids), span)), every_hour=every_hour)
        return [each for _, future in found for each in future.sent]


def lived(engine: sa.Engine, start: datetime, days: int, enabled: Collection[str] = CHANNELS) -> None:
    """The clock's jobs and the outbox, hour by hour, and at each instant at which a message is due."""
    clock = MovableClock(engine)
    clock.move(start, frozen=True)
    channels = {name: SimulatorChannel(name, clock) for name in CHANNELS}

    def settle() -> None:
        while outbox.send_ready(engine, channels, clock, limit=200, enabled=enabled).handled:
            pass

    def tick(now: datetime) -> dict[str, int]:
        # What decides about reminders, of the clock's own list and in its order, as at each full hour.
        if now.minute == 0:
            with transaction(engine) as session:
                for job in jobs.JOBS:
                    if job.name in DECIDING:
                        job.work(session, now, enabled)
        return {}

    tick(start)
    settle()
    end = start + timedelta(days=days) - timedelta(microseconds=1)
    moving.move(engine, clock, end, run_due=tick, settle=settle)


def sent(engine: sa.Engine, since: datetime) -> list[Sent]:
    with reading(engine) as session:
        rows = session.exec(
            select(Message).where(
                Message.direction == "out", col(Message.step).is_not(None), col(Message.sent_at) >= since
            )
        )
        return sorted((each.borrower_id, each.step, _instant(each.sent_at), each.channel) for each in rows)


def _instant(at: datetime | None) -> str:
    return (at or datetime.min.replace(tzinfo=UTC)).isoformat()


def as_sent(messages: list[Foreseen]) -> list[Sent]:
    return sorted((each.borrower_id, each.step, _instant(each.send_after), each.channel) for each in messages)
