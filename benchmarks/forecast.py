"""The next 30 days in advance: how long 100,000 loans take, and whether 10,000 come as they were foreseen.

The portfolio is written straight into the tables: four time zones, wishes, holds that end, open promises, lost consent,
loans up to 75 days late. Then the clock's own jobs and the outbox live through the days hour by hour, and message is
compared with message. `ALCORRIENTE_BENCH_LOANS` and `…_DAYS` make it smaller.
"""

import os
import random
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlmodel import SQLModel, col, select

from alcorriente.migrations import metadata
from benchmarks.figures import Figure
from bot import outbox
from bot.channels.simulator import SimulatorChannel
from bot.simulation import moving
from insight import outlook
from loans.tables import Borrower, Instalment, Lender, Loan, Promise
from outreach import flows, policies
from outreach.tables import Address, AddressBorrower, Hold, Message
from scheduler import jobs
from store import encryption
from store.clock import MovableClock
from store.engine import create_engine, reading, transaction

START = datetime(2026, 11, 24, 9, tzinfo=ZoneInfo("America/Mexico_City")).astimezone(UTC)
TODAY = date(2026, 11, 24)
CHANNELS = ("whatsapp", "sms", "telegram")
ZONES = ("America/Mexico_City", "America/Mexico_City", "America/Tijuana", "America/Cancun")
SEED = 7
FIRST_MANY, COMPARED, DAYS = 100_000, 10_000, 30
AT_ONCE = 5000


def measure() -> list[Figure]:
    encryption.configure(encryption.keyring_from_secret("benchmark"))
    many = int(os.environ.get("ALCORRIENTE_BENCH_LOANS", FIRST_MANY))
    few = int(os.environ.get("ALCORRIENTE_BENCH_COMPARED", COMPARED))
    days = int(os.environ.get("ALCORRIENTE_BENCH_DAYS", DAYS))
    return [*(_speed(many, days) if many else ()), *(_compared(few, days) if few else ())]


def _speed(count: int, days: int) -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'store.db'}"
        engine = create_engine(url)
        fill(engine, count)
        begun = time.perf_counter()
        found = outlook.look_ahead(engine, START, days, enabled=CHANNELS, processes=2)
        took = time.perf_counter() - begun
        engine.dispose()
    plan = found["plans"][0]
    return [
        Figure(f"{count:,} loans, {days} days, 2 processes", f"{took:,.1f} s", "60 s"),
        Figure("messages foreseen", f"{plan['messages']:,}"),
    ]


def _compared(count: int, days: int) -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        engine = create_engine(f"sqlite:///{Path(folder) / 'store.db'}")
        fill(engine, count)
        foreseen = sorted(
            (each.borrower_id, each.step, each.send_after.isoformat(), each.channel)
            for each in outlook.messages(engine, START, days, CHANNELS)
        )
        begun = time.perf_counter()
        live(engine, days)
        took = time.perf_counter() - begun
        came = _sent(engine)
        engine.dispose()
    both = set(foreseen) & set(came)
    return [
        Figure(f"{count:,} loans lived through for {days} days", f"{took:,.0f} s"),
        Figure("foreseen messages", f"{len(foreseen):,}"),
        Figure("sent by clock and outbox", f"{len(came):,}"),
        Figure(
            "in one but not in both (borrower, step, instant, channel)",
            f"{len(set(foreseen) ^ both) + len(set(came) ^ both)}",
            "0",
        ),
    ]


def live(engine: sa.Engine, days: int) -> None:
    """Every job of the clock at every full hour, and the outbox at every instant at which a message is due."""
    clock = MovableClock(engine)
    clock.move(START, frozen=True)
    channels = {name: SimulatorChannel(name, clock) for name in CHANNELS}

    def settle() -> None:
        while outbox.send_ready(engine, channels, clock, limit=500, enabled=CHANNELS).handled:
            pass

    def run_due(now: datetime) -> dict[str, int]:
        return jobs.run_due(engine, now, enabled=CHANNELS)

    run_due(START)
    settle()
    end = START + timedelta(days=days) - timedelta(microseconds=1)
    moving.move(engine, clock, end, run_due=run_due, settle=settle)


def _sent(engine: sa.Engine) -> list[tuple[int | None, str | None, str, str]]:
    with reading(engine) as session:
        rows = session.execute(
            select(Message.borrower_id, Message.step, Message.sent_at, Message.channel).where(
                Message.direction == "out", col(Message.step).is_not(None), col(Message.sent_at).is_not(None)
            )
        ).all()
    return sorted((borrower, step, at.isoformat(), channel) for borrower, step, at, channel in rows)


def fill(engine: sa.Engine, count: int) -> None:
    metadata().create_all(engine)
    with transaction(engine) as session:
        session.add(Lender(name="Crédito Amigo", legal_name="Crédito Amigo SA", phone="+525500000000"))
        policies.seed(session, START)
        flows.seed(session, START)
    chance = random.Random(SEED)
    for begin in range(1, count + 1, AT_ONCE):
        rows: dict[type[SQLModel], list[dict[str, Any]]] = {}
        for number in range(begin, min(begin + AT_ONCE, count + 1)):
            for table, row in _rows(chance, number):
                rows.setdefault(table, []).append(row)
        with transaction(engine) as session:
            for table, values in rows.items():
                session.execute(sa.insert(table), values)
    with transaction(engine) as session:
        session.execute(sa.text("ANALYZE"))


def _rows(chance: random.Random, number: int) -> Iterator[tuple[type[SQLModel], dict[str, Any]]]:
    """One borrower with one loan; every twelfth loan is a second one of the borrower before."""
    owner = number - 1 if number % 12 == 0 else number
    if owner == number:
        yield from _borrower(chance, number)
    first = TODAY + timedelta(
        days=chance.choice((chance.randint(0, 27), chance.randint(0, 27), chance.randint(-75, 0)))
    )
    count, amount = chance.randint(2, 8), chance.randrange(300, 900, 50) * 100
    yield Loan, {
        "id": number, "external_id": f"L-{number}", "borrower_id": owner, "label": "Capital", "product": "grupal",
        "principal": amount * count, "disbursed_on": first - timedelta(days=14), "cycle": chance.randint(1, 3),
        "region": f"R{owner % 9}", "branch": f"S{owner % 40}", "cached_balance": amount * count,
        "cached_principal_outstanding": amount * count, "cached_oldest_due": first,
    }  # fmt: skip
    for n in range(count):
        due = first + timedelta(days=14 * n)
        yield Instalment, {
            "loan_id": number, "number": n + 1, "due": due, "original_due": due, "principal": amount,
            "cached_outstanding": amount,
        }  # fmt: skip
    if chance.random() < 0.06:
        due = TODAY + timedelta(days=chance.randint(0, 15))
        yield Promise, {
            "loan_id": number, "borrower_id": owner, "amount": amount, "currency": "MXN", "due": due,
            "created_on": TODAY - timedelta(days=1), "created_at": START - timedelta(days=1),
        }  # fmt: skip
    elif chance.random() < 0.05:
        yield Hold, {
            "event": chance.choice(("dispute", "hardship", "payment_claim")), "loan_id": number, "from_at": START,
            "until_at": START + timedelta(hours=chance.randint(1, 700)),
        }  # fmt: skip


def _borrower(chance: random.Random, number: int) -> Iterator[tuple[type[SQLModel], dict[str, Any]]]:
    name = chance.choice(("Ana", "Luis", "María Guadalupe", "José de Jesús", "Xóchitl"))
    yield Borrower, {
        "id": number, "external_id": f"B-{number}", "full_name": f"{name} Pérez", "given_name": name,
        "language": chance.choice(("es", "es", "es", "en")), "zone": chance.choice(ZONES), "region": f"R{number % 9}",
        "branch": f"S{number % 40}", "created_at": START,
        "preferred_time": chance.choice((None, None, None, None, "evening", "12:30")),
    }  # fmt: skip
    address = f"+5255{number:08}"
    yield Address, {
        "id": number, "channel": chance.choice(CHANNELS), "kind": "phone", "value": address,
        "value_index": encryption.blind_index(address), "confirmed_at": START if chance.random() < 0.95 else None,
    }  # fmt: skip
    yield AddressBorrower, {
        "address_id": number, "borrower_id": number, "consent_at": START if chance.random() < 0.97 else None,
    }  # fmt: skip
