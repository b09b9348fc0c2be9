"""Two branches with a borrower, phone and loan each, for the tests of the portfolio's routes."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlmodel import Session

from loans import borrowers, ledger, plans, promises
from loans.schedule import ScheduledInstalment
from loans.tables import Lender, Loan
from outreach import addresses, flows, holds, policies
from store.engine import transaction
from store.ids import id_of
from tests.admin_api.door import START, Door

TODAY = date(2026, 11, 18)


@dataclass(frozen=True)
class Held:
    """Ids of one borrower's rows."""

    borrower: int
    address: int
    loan: int
    payment: int
    promise: int
    plan: int
    hold: int


def a_lender(session: Session) -> None:
    session.add(Lender(name="Crédito Amigo", legal_name="Crédito Amigo SA", phone="+525500000000"))
    policies.seed(session, START)
    flows.seed(session, START)
    session.flush()


def a_person(session: Session, number: int, name: str, branch: str, phone: str) -> tuple[int, int]:
    """Ids of the borrower and their address."""
    told: dict[str, Any] = {
        "external_id": f"C-{number}",
        "full_name": name,
        "branch": branch,
        "region": "Centro",
        "zone": "America/Mexico_City",
        "birth_date": "1990-05-17",
    }
    row = borrowers.add(session, told, START)
    address = addresses.find_or_create(session, "whatsapp", "phone", phone, START)
    addresses.link(session, address, row, consent_at=START, evidence="sign-up")
    addresses.confirm(session, address, START)
    return id_of(row), id_of(address)


def a_loan(session: Session, borrower_id: int, number: int, first_due: date = date(2026, 11, 6)) -> int:
    """Four instalments of 110.00, a fortnight apart."""
    row = ledger.open_loan(
        session,
        external_id=f"P-{number}",
        borrower_id=borrower_id,
        currency="MXN",
        principal=400_00,
        annual_rate=Decimal(60),
        method="flat",
        frequency="biweekly",
        disbursed_on=date(2026, 10, 23),
        instalments=[ScheduledInstalment(n + 1, first_due + timedelta(days=14 * n), 100_00, 10_00) for n in range(4)],
        today=TODAY,
    )
    return id_of(row)


def two_branches(door: Door) -> tuple[Held, Held]:
    """Ana in Puebla and Benito in Toluca."""
    with transaction(door.engine) as session:
        a_lender(session)
        return (
            _held(session, 1, "Ana Núñez López", "Puebla", "+522221234567"),
            _held(session, 2, "Benito Núñez Ríos", "Toluca", "+527221234567"),
        )


def _held(session: Session, number: int, name: str, branch: str, phone: str) -> Held:
    borrower, address = a_person(session, number, name, branch, phone)
    loan_id = a_loan(session, borrower, number)
    loan = session.get_one(Loan, loan_id)
    at: dict[str, Any] = {"loan": loan, "now": START, "today": TODAY}
    paid = ledger.record_payment(
        session, **at, amount=50_00, currency="MXN", value_date=TODAY - timedelta(days=3), key=f"first:{number}"
    )
    promise = promises.record(session, **at, amount=20_00, due=date(2026, 11, 25))
    plan = plans.record(session, **at, payments=[(date(2026, 11, 25), 30_00)])
    hold = holds.place(session, "dispute", now=START, loan_id=loan_id)
    return Held(borrower, address, loan_id, id_of(paid.payment), id_of(promise), id_of(plan), id_of(hold))
