"""How fast a morning's reminders are decided and written, on SQLite.

Loans are opened through the ledger, with due dates spread over a fortnight; a week of mornings is planned and nothing
is sent, so that every day has the same size. The goal is for a million loans: the measured speed is carried forward.
"""

import tempfile
import time
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from statistics import median
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlmodel import Session

from alcorriente.migrations import metadata
from benchmarks.figures import Figure
from loans import ledger
from loans.schedule import ScheduledInstalment
from loans.tables import Borrower, Lender
from outreach import addresses, flows, planning, policies
from store import encryption
from store.engine import create_engine, transaction
from store.ids import id_of

LOANS, MORNINGS = 4000, 7
FIRST = datetime(2026, 11, 24, 9, tzinfo=ZoneInfo("America/Mexico_City"))
MILLION = 1_000_000


def measure() -> list[Figure]:
    encryption.configure(encryption.keyring_from_secret("benchmark"))
    with tempfile.TemporaryDirectory() as folder:
        engine = create_engine(f"sqlite:///{Path(folder) / 'store.db'}")
        metadata().create_all(engine)
        _fill(engine)
        took, written = zip(*(_plan(engine, FIRST + timedelta(days=day)) for day in range(MORNINGS)), strict=True)
        engine.dispose()
    morning = median(took)
    return [
        Figure(f"a morning of {LOANS:,} loans, median of {MORNINGS}", f"{morning * 1000:,.0f} ms"),
        Figure("reminders written in a morning, median", f"{median(written):,.0f}"),
        Figure("carried forward to 1,000,000 loans", f"{morning * MILLION / LOANS:,.0f} s", "20 s"),
    ]


def _plan(engine: sa.Engine, now: datetime) -> tuple[float, int]:
    begun = time.perf_counter()
    with transaction(engine) as session:
        counts = planning.plan(session, now, ("whatsapp", "sms", "telegram"))
    return time.perf_counter() - begun, counts.written


def _fill(engine: sa.Engine) -> None:
    with transaction(engine) as session:
        session.add(Lender(name="Crédito Amigo", legal_name="Crédito Amigo SA", phone="+525500000000"))
        policies.seed(session, FIRST)
        flows.seed(session, FIRST)
        for number in range(LOANS):
            _borrower(session, number, FIRST.date() + timedelta(days=number % 14 - 3))


def _borrower(session: Session, number: int, due: date) -> None:
    borrower = Borrower(
        external_id=f"B-{number}",
        full_name="Ana Pérez",
        given_name="Ana",
        zone="America/Mexico_City",
        created_at=FIRST,
    )
    session.add(borrower)
    session.flush()
    address = addresses.find_or_create(session, "sms", "phone", f"+5255{number:08}", FIRST)
    address.confirmed_at = FIRST
    addresses.link(session, address, borrower, consent_at=FIRST, evidence="sign-up")
    ledger.open_loan(
        session,
        external_id=f"L-{number}",
        borrower_id=id_of(borrower),
        currency="MXN",
        principal=1500_00,
        annual_rate=Decimal(0),
        method="flat",
        frequency="biweekly",
        disbursed_on=due - timedelta(days=14),
        instalments=[ScheduledInstalment(n + 1, due + timedelta(days=14 * n), 500_00, 0) for n in range(3)],
        today=FIRST.date(),
    )
