"""Empties the store and puts a fixture there, through the product's own ledger and addresses."""

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlmodel import Session, SQLModel, select

from bot.simulation.fixture import CHANNELS, Contact, Fixture, FixtureError, LoanGiven, PromiseGiven, in_currency
from bot.simulation.loan_history import Figures, FiguresError, History, history
from bot.simulation.seeding import seed_lender, seed_policies
from desk import tables as desk_tables
from loans import accounts, ledger, promises
from loans.due_dates import CADENCES
from loans.errors import LedgerError
from loans.tables import Borrower, Loan, Payment
from outreach import addresses
from outreach import tables as outreach_tables
from store import effects
from store.clock import MovedClock
from store.ids import id_of

# Imported so that their tables are known and emptied with the others.
EMPTIED_WITH = (desk_tables, outreach_tables, effects)


def empty(session: Session) -> None:
    """Every row of every table, children first; the schema and its version stay."""
    for table in reversed(SQLModel.metadata.sorted_tables):
        if table.name != "alembic_version":
            session.execute(sa.delete(table))
    session.expunge_all()


def load_fixture(session: Session, fixture: Fixture) -> None:
    """Raises FixtureError; the caller's transaction then leaves the store as it was. The clock stands at its `now`."""
    session.add(MovedClock(frozen_at=fixture.now))
    contact = fixture.contact
    seed_lender(session, contact)
    seed_policies(session, fixture.policy, contact.country if contact else "MX", contact, fixture.now)
    if contact is None:
        return
    borrower = _borrower(session, contact, fixture.now)
    for index, given in enumerate(fixture.loans):
        _loan(session, borrower, given, f"loans.{index}", fixture.now)
    for index, promise in enumerate(fixture.promises):
        _promise(session, borrower, promise, f"promises.{index}", fixture.now)
    _addresses(session, borrower, contact, fixture.now)


def _borrower(session: Session, contact: Contact, now: datetime) -> Borrower:
    borrower = Borrower(
        external_id=contact.id,
        full_name=contact.name,
        given_name=contact.given_name,
        birth_date=contact.identity.birth_date.isoformat(),
        document_ending=contact.identity.document_ending,
        language=contact.language,
        zone=contact.home_zone,
        country=contact.country,
        region=contact.region,
        branch=contact.branch,
        preferred_channel=contact.preferred_channel,
        preferred_time=contact.preferred_time,
        created_at=now,
    )
    session.add(borrower)
    session.flush()
    return borrower


def _addresses(session: Session, borrower: Borrower, contact: Contact, now: datetime) -> None:
    for channel in CHANNELS:
        kind = address_kind(channel)
        address = addresses.find_or_create(session, channel, kind, contact.phone, now)
        consent = now if channel in contact.consent and channel in contact.channels else None
        addresses.link(session, address, borrower, consent_at=consent, evidence="fixture" if consent else "")
        if contact.identity_verified:
            addresses.verify(session, address, borrower, now)
        if contact.confirmed:
            address.confirmed_at = now
        if contact.wrong_person:
            addresses.mark_wrong_person(session, address, now)
        if contact.opted_out:
            addresses.opt_out(session, address, "fixture", now)
    session.flush()


def address_kind(channel: str) -> str:
    return "telegram_user" if channel == "telegram" else "phone"


def _loan(session: Session, borrower: Borrower, given: LoanGiven, path: str, now: datetime) -> Loan:
    if given.status in ("closed", "paid") and given.balance:
        fault = f"a loan that is {given.status} has balance 0.00"
        raise FixtureError([{"field": f"{path}.status", "value": given.status, "fix": fault}])
    try:
        return _record(session, borrower, given, now)
    except FiguresError as error:
        raise _fault(path, error.field, error.value, error.fix) from error
    except LedgerError as error:
        raise _fault(path, error.field, error.value, error.fix) from error


def _fault(path: str, field: str, value: Any, fix: str) -> FixtureError:
    return FixtureError([{"field": f"{path}.{field}", "value": str(value), "fix": fix}])


def _record(session: Session, borrower: Borrower, given: LoanGiven, now: datetime) -> Loan:
    lender = accounts.lender(session)
    today = accounts.business_date(lender, now)
    planned = history(_figures(given, today))
    loan = ledger.open_loan(
        session,
        external_id=given.id,
        borrower_id=id_of(borrower),
        currency=given.currency,
        principal=sum(each.principal for each in planned.instalments),
        annual_rate=Decimal(0),
        method="flat",
        frequency=given.frequency,
        disbursed_on=planned.disbursed_on,
        instalments=planned.instalments,
        label=given.label,
        today=today,
    )
    _payments(session, loan, given, planned, ZoneInfo(lender.zone))
    ledger.refresh(session, id_of(loan), today, now)
    if given.status == "written_off":
        loan.status = "written_off"
    session.flush()
    return loan


def _figures(given: LoanGiven, today: date) -> Figures:
    return Figures(
        balance=given.minor(given.balance),
        overdue=given.minor(given.overdue_amount),
        instalment=given.minor(given.installment_amount),
        next_due=given.next_due_date,
        next_amount=None if given.next_due_amount is None else given.minor(given.next_due_amount),
        paid_count=given.paid_installments,
        total_count=given.total_installments,
        payments=tuple((each.date, given.minor(each.amount)) for each in given.payments),
        cadence=CADENCES[given.frequency],
        today=today,
    )


def _payments(session: Session, loan: Loan, given: LoanGiven, planned: History, zone: ZoneInfo) -> None:
    """Known since the noon of their day, and thanked for: nobody is to be thanked again for the past."""
    earlier = [(on, amount, "") for on, amount in planned.earlier]
    listed = sorted((each.date, given.minor(each.amount), each.channel) for each in given.payments)
    for number, (on, amount, channel) in enumerate([*earlier, *listed], start=1):
        known = datetime.combine(on, time(12), zone)
        recorded = ledger.record_payment(
            session,
            loan=loan,
            amount=amount,
            currency=given.currency,
            value_date=on,
            now=known,
            today=on,
            key=f"fixture:{given.id}:{number}",
            channel=channel,
            source="fixture",
        )
        recorded.payment.thanked_at = known


def _promise(session: Session, borrower: Borrower, given: PromiseGiven, path: str, now: datetime) -> None:
    """Made now, or on its own day if that is over."""
    loan = session.exec(select(Loan).where(Loan.external_id == given.loan)).first()
    if loan is None:
        raise _fault(path, "loan", given.loan, "name the id of one of the fixture's loans")
    lender = accounts.lender(session)
    today = min(accounts.business_date(lender, now), given.date)
    made = min(now, datetime.combine(today, time(12), ZoneInfo(lender.zone)))
    try:
        promises.record(
            session, loan=loan, amount=in_currency(given.amount, loan.currency), due=given.date, now=made, today=today
        )
    except LedgerError as error:
        raise _fault(path, error.field, error.value, error.fix) from error


def pay(session: Session, loan: Loan, amount: int, now: datetime) -> Payment:
    """Money that arrives while the simulation runs; it will be thanked for by the clock."""
    today = accounts.business_date(accounts.lender(session), now)
    return ledger.record_payment(
        session,
        loan=loan,
        amount=amount,
        currency=loan.currency,
        value_date=today,
        now=now,
        today=today,
        key=f"simulator:{uuid4().hex}",
        channel="simulator",
        source="simulator",
    ).payment
