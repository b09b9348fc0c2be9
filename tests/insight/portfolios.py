"""Random small portfolios, made as a lender makes them: through the ledger, with mistakes and late news."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random

from sqlmodel import Session

from loans import ledger
from loans.schedule import ScheduledInstalment
from loans.tables import Borrower, Lender, Loan, Payment, Promise
from store.ids import id_of

TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 18, tzinfo=UTC)
BRANCHES = ("Centro", "Norte", "Sur")


def a_lender(session: Session) -> None:
    session.add(Lender(name="Crédito Amigo", legal_name="Crédito Amigo SA", phone="+525500000000"))


def a_borrower(session: Session, number: int, branch: str, region: str = "") -> Borrower:
    borrower = Borrower(
        external_id=f"B-{number}",
        full_name="Ana Pérez",
        given_name="Ana",
        branch=branch,
        region=region or ("Valle" if branch == "Centro" else "Costa"),
        created_at=NOW,
    )
    session.add(borrower)
    session.flush()
    return borrower


def a_loan(
    session: Session,
    borrower: Borrower,
    first_due: date,
    *,
    instalments: int = 6,
    apart: int = 14,
    principal: int = 100_00,
    interest: int = 10_00,
    currency: str = "MXN",
    product: str = "Grupal",
) -> Loan:
    disbursed = min(first_due, TODAY) - timedelta(days=apart)
    return ledger.open_loan(
        session,
        external_id=f"L-{borrower.id}-{currency}-{first_due}-{product}",
        borrower_id=id_of(borrower),
        currency=currency,
        principal=principal * instalments,
        annual_rate=Decimal(0),
        method="flat",
        frequency="biweekly",
        disbursed_on=disbursed,
        instalments=[
            ScheduledInstalment(each + 1, first_due + timedelta(days=apart * each), principal, interest)
            for each in range(instalments)
        ],
        product=product,
        today=TODAY,
    )


def pay(session: Session, loan: Loan, amount: int, on: date, key: str) -> Payment:
    """Recorded now, whenever it was paid."""
    return ledger.record_payment(
        session,
        loan=loan,
        amount=amount,
        currency=loan.currency,
        value_date=on,
        now=NOW,
        today=TODAY,
        key=key,
    ).payment


def a_promise(session: Session, loan: Loan, amount: int, made: date, due: date) -> Promise:
    promise = Promise(
        loan_id=id_of(loan),
        borrower_id=loan.borrower_id,
        amount=amount,
        currency=loan.currency,
        due=due,
        created_on=made,
        created_at=datetime(made.year, made.month, made.day, 16, tzinfo=UTC),
    )
    session.add(promise)
    session.flush()
    return promise


def random_portfolio(session: Session, seed: int) -> None:
    draw = Random(seed)
    a_lender(session)
    for number in range(draw.randint(3, 8)):
        borrower = a_borrower(session, number, draw.choice(BRANCHES))
        for _ in range(draw.randint(1, 2)):
            _random_loan(session, draw, borrower)
    session.flush()


def _random_loan(session: Session, draw: Random, borrower: Borrower) -> None:
    loan = a_loan(
        session,
        borrower,
        TODAY - timedelta(days=draw.randint(-20, 150)),
        instalments=draw.randint(2, 8),
        apart=draw.choice((7, 14, 30)),
        principal=draw.randint(50_00, 300_00),
        interest=draw.randint(0, 30_00),
        currency=draw.choice(("MXN", "MXN", "MXN", "USD")),
        product=f"P-{draw.random()}",
    )
    loan.restructured = draw.random() < 0.15
    if draw.random() < 0.5:
        made = TODAY - timedelta(days=draw.randint(0, 25))
        promise = a_promise(session, loan, draw.randint(50_00, 200_00), made, made + timedelta(days=draw.randint(0, 9)))
        promise.made_by = draw.choice(("assistant", "staff:1"))
    for at in range(draw.randint(0, 9)):
        _random_event(session, draw, loan, f"{loan.external_id}-{at}")
    ledger.refresh(session, id_of(loan), TODAY, NOW)
    if draw.random() < 0.08:
        loan.status = "written_off"


def _random_event(session: Session, draw: Random, loan: Loan, key: str) -> None:
    day = TODAY - timedelta(days=draw.randint(0, 60))
    what = draw.choice(("pay", "pay", "pay", "pay and reverse", "charge", "waive", "move"))
    if what == "charge":
        component = draw.choice(("fee", "penalty"))
        amount = draw.randint(1, 20_00)
        ledger.add_charge(
            session, loan=loan, component=component, due=day, amount=amount, rule="late", key=key, now=NOW, today=TODAY
        )
    elif what == "waive":
        ledger.waive(
            session, loan=loan, component="penalty", amount=draw.randint(1, 15_00), reason="kind", now=NOW, today=TODAY
        )
    elif what == "move":
        due = TODAY + timedelta(days=draw.randint(0, 9))
        ledger.change_due(session, loan=loan, number=draw.randint(1, 2), due=due, now=NOW, today=TODAY)
    else:
        payment = pay(session, loan, draw.randint(1, 400_00), day, key)
        if what == "pay and reverse":
            ledger.reverse_payment(session, payment, "bounced", NOW, TODAY)
