"""A small lender with borrowers to remind, for the tests of planning and sending."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from loans import ledger
from loans.schedule import ScheduledInstalment
from loans.tables import Borrower, Lender, Loan
from outreach import addresses, flows, policies
from outreach.tables import Address, Message, PlanSkip
from store.ids import id_of

MEXICO = ZoneInfo("America/Mexico_City")
TODAY = date(2026, 11, 24)  # A Tuesday without holidays around it.
CHANNELS = frozenset({"whatsapp", "sms", "telegram"})
_numbers = count(1)


def at(hour: int, minute: int = 0, day: date = TODAY) -> datetime:
    """An instant on the borrowers' clock."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=MEXICO).astimezone(UTC)


MORNING = at(9)


@dataclass
class Person:
    borrower: Borrower
    address: Address

    @property
    def id(self) -> int:
        return id_of(self.borrower)


def a_lender(session: Session) -> Lender:
    lender = Lender(name="Crédito Amigo", legal_name="Crédito Amigo SA", phone="+525500000000")
    session.add(lender)
    policies.seed(session, MORNING)
    flows.seed(session, MORNING)
    session.flush()
    return lender


def a_person(
    session: Session, channel: str = "sms", *, consent: bool = True, known: bool = True, **more: Any
) -> Person:
    number = next(_numbers)
    values: dict[str, Any] = {"zone": "America/Mexico_City", "language": "es", **more}
    borrower = Borrower(
        external_id=f"B-{number}", full_name="Ana Pérez", given_name="Ana", created_at=MORNING, **values
    )
    session.add(borrower)
    session.flush()
    return Person(borrower, an_address(session, borrower, channel, consent=consent, known=known))


def an_address(
    session: Session, borrower: Borrower, channel: str, *, consent: bool = True, known: bool = True
) -> Address:
    address = addresses.find_or_create(session, channel, "phone", f"+5255{next(_numbers):08}", MORNING)
    address.confirmed_at = MORNING if known else None
    addresses.link(session, address, borrower, consent_at=MORNING if consent else None, evidence="sign-up")
    return address


def a_loan(
    session: Session, person: Person, due: date, *, instalments: int = 3, amount: int = 500_00, cycle: int = 1
) -> Loan:
    """Equal instalments a fortnight apart, the first one due on `due`."""
    number = next(_numbers)
    return ledger.open_loan(
        session,
        external_id=f"L-{number}",
        label=f"Préstamo {number}",
        borrower_id=person.id,
        currency="MXN",
        principal=amount * instalments,
        annual_rate=Decimal(0),
        method="flat",
        frequency="biweekly",
        disbursed_on=due - timedelta(days=14),
        instalments=[
            ScheduledInstalment(each + 1, due + timedelta(days=14 * each), amount, 0) for each in range(instalments)
        ],
        cycle=cycle,
        today=max(due, TODAY),
    )


def pay(session: Session, loan: Loan, amount: int, now: datetime) -> Any:
    today = now.astimezone(MEXICO).date()
    return ledger.record_payment(
        session,
        loan=loan,
        amount=amount,
        currency="MXN",
        value_date=today,
        now=now,
        today=today,
        key=f"pay-{next(_numbers)}",
    ).payment


def outgoing(session: Session) -> list[Message]:
    return list(session.exec(select(Message).where(Message.direction == "out").order_by(col(Message.id))))


def skips(session: Session) -> list[tuple[str, str]]:
    rows = session.exec(select(PlanSkip.step, PlanSkip.reason).order_by(col(PlanSkip.id)))
    return [(step, reason) for step, reason in rows]
