"""How fast Home's figures are read from 100,000 loans, live, on each engine that this machine has.

Rows are written in bulk, not through the ledger, with their cached columns as a replay would leave them: twelve
instalments a loan, a fortnight apart, one loan in five late, six months of payments and promises, two months of
reminders and answers.
"""

import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from alcorriente.migrations import metadata
from benchmarks.figures import Figure
from insight import funnel_days, home
from insight.scope import Scope
from insight.window import DAYS, Window
from store import encryption
from store.engine import create_engine, reading, transaction
from tests import postgres

LOANS, RUNS = 100_000, 7
INSTALMENTS, APART = 12, 14
TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 16, tzinfo=UTC)
PRINCIPAL, INTEREST = 100_00, 10_00
BRANCHES, REGIONS, COLLECTORS = 20, 4, 15
BATCH = 5000


def measure() -> list[Figure]:
    encryption.configure(encryption.keyring_from_secret("benchmark"))
    with tempfile.TemporaryDirectory() as folder:
        figures = _measure(f"sqlite:///{Path(folder) / 'store.db'}", "SQLite")
    if found := postgres.binaries():
        with postgres.running(found) as server:
            figures += _measure(server.url(server.create()), "PostgreSQL")
    return figures


def _measure(url: str, name: str) -> list[Figure]:
    engine = create_engine(url)
    metadata().create_all(engine)
    fill(engine)
    fresh = _read(engine, Scope())
    _count_days(engine)
    whole = median(_read(engine, Scope()) for _ in range(RUNS))
    one = median(_read(engine, Scope(branch="Sucursal 3")) for _ in range(RUNS))
    engine.dispose()
    return [
        Figure(f"Home over {LOANS:,} loans, {name}, median of {RUNS}", f"{whole * 1000:,.0f} ms", "300 ms"),
        Figure(f"before any day of the funnel is counted, {name}", f"{fresh * 1000:,.0f} ms", ""),
        Figure(f"one of {BRANCHES} branches, {name}", f"{one * 1000:,.0f} ms", "300 ms"),
    ]


def _count_days(engine: sa.Engine) -> None:
    """As the clock does it in the course of the first minutes."""
    window = Window.ending(TODAY, DAYS, ZoneInfo("America/Mexico_City"))
    counted = 1
    while counted:
        with transaction(engine) as session:
            counted = funnel_days.store_days(session, window, NOW)


def _read(engine: sa.Engine, scope: Scope) -> float:
    begun = time.perf_counter()
    with reading(engine) as session:
        home.figures(session, TODAY, NOW, scope)
    return time.perf_counter() - begun


def fill(engine: sa.Engine, loans: int = LOANS) -> None:
    numbers = range(1, loans + 1)
    lender = {"id": 1, "name": "Crédito Amigo", "legal_name": "Crédito Amigo SA", "phone": "+525500000000"}
    for table, rows in (
        ("lender", iter([lender])),
        ("borrower", map(_borrower, numbers)),
        ("loan", map(_loan, numbers)),
        ("instalment", (row for number in numbers for row in _instalments(number))),
        ("payment", (row for number in numbers for row in _payments(number))),
        ("promise", map(_promise, numbers)),
        ("address", map(_address, numbers)),
        ("conversation", map(_conversation, numbers)),
        ("message", (row for number in numbers for row in _messages(number))),
        ("staff", map(_staff, range(1, COLLECTORS + 1))),
        ("case", map(_case, range(1, loans // 50 + 1))),
        ("case_event", map(_case_event, range(1, loans // 50 + 1))),
    ):
        _insert(engine, table, rows)
    _reverse_some(engine)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE" if engine.dialect.name == "sqlite" else "VACUUM ANALYZE")


def _insert(engine: sa.Engine, name: str, rows: Iterator[dict[str, Any]]) -> None:
    with engine.begin() as connection:
        batch: list[dict[str, Any]] = []
        for row in rows:
            batch.append(row)
            if len(batch) == BATCH:
                connection.execute(metadata().tables[name].insert(), batch)
                batch = []
        if batch:
            connection.execute(metadata().tables[name].insert(), batch)
        if engine.dialect.name == "postgresql" and "id" in metadata().tables[name].c:
            sequence = f"setval(pg_get_serial_sequence('\"{name}\"', 'id'), (SELECT max(id) FROM \"{name}\"))"
            connection.exec_driver_sql(f"SELECT {sequence}")


def _dues(number: int) -> Sequence[date]:
    """First due dates are spread over half a year, so that some loans are new and some nearly paid."""
    first = TODAY - timedelta(days=number * 7919 % 150 - 7)
    return [first + timedelta(days=APART * each) for each in range(INSTALMENTS)]


def _paid(number: int) -> int:
    """How many instalments are paid: one loan in five has left out between one and six of the due ones."""
    due = sum(1 for each in _dues(number) if each < TODAY)
    return max(0, due - number % 6 - 1) if number // 100 % 5 == 0 else due


def _borrower(number: int) -> dict[str, Any]:
    branch = number * 31 % BRANCHES
    return {
        "id": number,
        "external_id": f"B-{number}",
        "full_name": "Ana Pérez",
        "given_name": "Ana",
        "region": f"Región {branch % REGIONS}",
        "branch": f"Sucursal {branch}",
        "created_at": NOW,
    }


def _loan(number: int) -> dict[str, Any]:
    left = INSTALMENTS - _paid(number)
    return {
        "id": number,
        "external_id": f"L-{number}",
        "borrower_id": number,
        "product": "Grupal" if number % 3 else "Individual",
        "region": _borrower(number)["region"],
        "branch": _borrower(number)["branch"],
        "principal": PRINCIPAL * INSTALMENTS,
        "disbursed_on": _dues(number)[0] - timedelta(days=APART),
        "restructured": number % 40 == 0,
        "cached_balance": left * (PRINCIPAL + INTEREST),
        "cached_principal_outstanding": left * PRINCIPAL,
        "cached_oldest_due": _dues(number)[_paid(number)],
    }


def _instalments(number: int) -> Iterator[dict[str, Any]]:
    paid = _paid(number)
    for at, due in enumerate(_dues(number)):
        yield {
            "loan_id": number,
            "number": at + 1,
            "due": due,
            "original_due": due,
            "principal": PRINCIPAL,
            "interest": INTEREST,
            "cached_paid": PRINCIPAL + INTEREST if at < paid else 0,
            "cached_outstanding": 0 if at < paid else PRINCIPAL + INTEREST,
            "cached_paid_on": due if at < paid else None,
        }


def _payments(number: int) -> Iterator[dict[str, Any]]:
    for at, due in enumerate(_dues(number)[: _paid(number)]):
        yield {
            "loan_id": number,
            "amount": PRINCIPAL + INTEREST,
            "currency": "MXN",
            "value_date": due,
            "idempotency_key": f"{number}-{at}",
            "recorded_at": datetime(due.year, due.month, due.day, 20, tzinfo=UTC),
        }


def _reverse_some(engine: sa.Engine) -> None:
    with engine.begin() as connection:
        at = sa.bindparam("at", NOW - timedelta(days=1), metadata().tables["reversal"].c.recorded_at.type)
        payment = metadata().tables["payment"]
        taken_back = sa.select(payment.c.id, sa.literal("bounced"), at).where(payment.c.id % 200 == 0)
        reversal = metadata().tables["reversal"]
        connection.execute(reversal.insert().from_select(["payment_id", "reason", "recorded_at"], taken_back))


def _promise(number: int) -> dict[str, Any]:
    due = TODAY - timedelta(days=number * 104729 % 180 - 7)
    made = due - timedelta(days=3)
    state = ("kept", "kept", "kept", "broken", "partial")[number % 5] if due < TODAY else "open"
    return {
        "loan_id": number,
        "borrower_id": number,
        "amount": PRINCIPAL,
        "currency": "MXN",
        "due": due,
        "created_on": made,
        "created_at": datetime(made.year, made.month, made.day, 18, tzinfo=UTC),
        "made_by": f"staff:{number % COLLECTORS + 1}" if number % 7 == 0 else "assistant",
        "state": state,
        "credited": PRINCIPAL if state == "kept" else 0,
    }


def _address(number: int) -> dict[str, Any]:
    return {
        "id": number,
        "channel": "whatsapp",
        "kind": "phone",
        "value": f"+5255{number:08}",
        "value_index": f"index-{number}",
    }


def _conversation(number: int) -> dict[str, Any]:
    return {"id": number, "address_id": number, "borrower_id": number}


def _messages(number: int) -> Iterator[dict[str, Any]]:
    """Two reminders in two months, and an answer to every third of them."""
    for fortnight in range(2):
        sent = NOW - timedelta(days=number % 30 + 30 * fortnight, hours=1)
        yield _message(number, sent, "out", "reminder", "read" if number % 4 else "failed")
        if number % 3 == fortnight:
            yield _message(number, sent + timedelta(minutes=40), "in", "text", "handled")


def _message(number: int, at: datetime, direction: str, kind: str, status: str) -> dict[str, Any]:
    return {
        "direction": direction,
        "conversation_id": number,
        "address_id": number,
        "borrower_id": number,
        "loan_id": number if direction == "out" else None,
        "channel": "whatsapp",
        "kind": kind,
        "text": "Hola Ana, tu pago vence el viernes." if direction == "out" else "ya voy",
        "keys": [],
        "buttons": [],
        "media": [],
        "status": status,
        "status_at": at,
        "created_at": at,
        "sent_at": at if direction == "out" else None,
    }


def _staff(number: int) -> dict[str, Any]:
    return {
        "id": number,
        "email": f"{number}@example.com",
        "name": f"Persona {number}",
        "password_hash": "",
        "role": "collector",
        "created_at": NOW,
    }


def _case(number: int) -> dict[str, Any]:
    is_open = number % 5 == 0
    return {
        "id": number,
        "reason": ("human_request", "dispute", "hardship")[number % 3],
        "state": "open" if is_open else "closed",
        "priority": 3,
        "borrower_id": number * 13,
        "staff_id": number % COLLECTORS + 1,
        "opened_at": NOW - timedelta(days=number % 40),
    }


def _case_event(number: int) -> dict[str, Any]:
    return {
        "case_id": number,
        "kind": "taken",
        "staff_id": number % COLLECTORS + 1,
        "note": "",
        "at": NOW - timedelta(days=number % 40, hours=-1),
    }
