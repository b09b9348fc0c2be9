"""A borrower and a loan in the store, for the tests of the ledger's sessions."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from sqlmodel import Session

from loans import ledger
from loans.schedule import ScheduledInstalment
from loans.tables import Borrower, Loan
from store.ids import id_of

TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)


def a_borrower(session: Session, external_id: str = "B-1") -> Borrower:
    borrower = Borrower(external_id=external_id, full_name="Ana Pérez", given_name="Ana", created_at=NOW)
    session.add(borrower)
    session.flush()
    return borrower


def a_loan(
    session: Session,
    external_id: str = "L-1",
    *,
    borrower: Borrower | None = None,
    instalments: int = 4,
    first_due: date = date(2026, 11, 6),
    principal: int = 100_00,
    interest: int = 10_00,
) -> Loan:
    """Instalments of `principal` and `interest` cents, a fortnight apart."""
    borrower = borrower or a_borrower(session)
    return ledger.open_loan(
        session,
        external_id=external_id,
        borrower_id=id_of(borrower),
        currency="MXN",
        principal=principal * instalments,
        annual_rate=Decimal("60"),
        method="flat",
        frequency="biweekly",
        disbursed_on=first_due - timedelta(days=14),
        instalments=[
            ScheduledInstalment(n + 1, first_due + timedelta(days=14 * n), principal, interest)
            for n in range(instalments)
        ],
        today=TODAY,
    )


def pay(
    session: Session, loan: Loan, amount: int, on: date = TODAY, *, key: str = "p1", now: datetime = NOW
) -> ledger.Recorded:
    today = max(TODAY, on)
    return ledger.record_payment(
        session, loan=loan, amount=amount, currency="MXN", value_date=on, now=now, today=today, key=key
    )
