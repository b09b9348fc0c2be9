"""The demo's lender: built once, through the product's own doors."""

import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from sqlmodel import Session, SQLModel, col, select

from alcorriente import demo
from alcorriente.demo.history import live
from alcorriente.demo.portfolio import BORROWERS, generate, portfolio_csv
from bot.simulation.seeding import seed_lender
from desk.tables import Case, ImportRun
from loans import accounts
from loans.tables import Borrower, Instalment, Loan, Payment, Promise
from outreach.tables import Address, AddressBorrower, Message
from scheduler import jobs
from store.engine import create_engine, reading, transaction

TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 16, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def days() -> list[datetime]:
    return []


@pytest.fixture(scope="module")
def lived(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory, days: list[datetime]) -> Iterator[sa.Engine]:
    path = tmp_path_factory.mktemp("demo") / "store.db"
    shutil.copy(sqlite_template, path)
    engine = create_engine(f"sqlite:///{path}")

    def plan_day(now: datetime) -> None:
        days.append(now)
        with transaction(engine) as session:
            jobs.check_promises(session, now, None)

    demo.build(engine, NOW, plan_day)
    yield engine
    engine.dispose()


@pytest.fixture
def book(lived: sa.Engine) -> Iterator[Session]:
    with reading(lived) as session:
        yield session


def test_every_day_is_planned_once_up_to_yesterday(lived: sa.Engine, days: list[datetime]) -> None:
    zone = ZoneInfo("America/Mexico_City")
    assert [each.astimezone(zone).date() for each in days] == [TODAY - timedelta(days=n) for n in range(120, 0, -1)]


def test_borrowers_live_in_many_places_and_speak_two_languages(book: Session) -> None:
    borrowers = book.exec(select(Borrower)).all()
    assert len(borrowers) == BORROWERS >= 320
    assert len({each.region for each in borrowers}) >= 4
    assert len({each.branch for each in borrowers}) >= 8
    zones = {each.zone for each in borrowers}
    assert {"America/Tijuana", "America/Cancun", "America/Hermosillo", "America/Mexico_City"} <= zones
    assert 0.08 < sum(each.language == "en" for each in borrowers) / len(borrowers) < 0.12
    assert all(each.birth_date and len(each.document_ending or "") == 4 for each in borrowers)


def test_telephones_are_unassigned_and_some_are_shared(book: Session) -> None:
    phones = [each.value for each in book.exec(select(Address)) if each.kind == "phone"]
    assert phones
    assert all(each.startswith("+52550000") for each in phones)
    links = Counter(book.exec(select(AddressBorrower.address_id)))
    assert 5 <= sum(times > 1 for times in links.values()) <= 20


def test_a_quarter_of_the_loans_is_late_in_every_range(book: Session) -> None:
    active = book.exec(select(Loan).where(Loan.status == "active")).all()
    ages = [accounts.days_past_due(each, TODAY) for each in active]
    assert 0.2 <= sum(age > 0 for age in ages) / len(ages) <= 0.3
    for first, last in ((1, 7), (8, 30), (31, 60), (61, 90), (91, 400)):
        assert sum(first <= age <= last for age in ages) >= 5, (first, last)
    assert len(book.exec(select(Loan).where(Loan.status == "closed")).all()) >= 50
    owners = Counter(each.borrower_id for each in active)
    assert sum(times > 1 for times in owners.values()) >= 10


def test_lateness_looks_like_real_microloans(book: Session) -> None:
    first = [each for each in book.exec(select(Instalment).where(Instalment.number == 1)) if each.cached_paid_on]
    late = [(each.cached_paid_on - each.due).days for each in first if each.cached_paid_on]
    shares = [
        sum(low <= days <= high for days in late) / len(late) for low, high in ((-99, -1), (0, 0), (1, 7), (8, 99))
    ]
    assert shares == pytest.approx([0.64, 0.19, 0.11, 0.06], abs=0.05)


def test_something_falls_due_today_and_tomorrow(book: Session) -> None:
    for day in (TODAY, TODAY + timedelta(days=1)):
        due = select(Instalment).where(Instalment.due == day, Instalment.cached_outstanding > 0)
        assert len(book.exec(due).all()) >= 5


def test_promises_have_every_outcome_and_cases_wait(book: Session) -> None:
    states = Counter(book.exec(select(Promise.state)))
    assert min(states[each] for each in ("open", "kept", "partial", "broken")) >= 5
    assert states["kept"] > states["broken"]
    assert len(set(book.exec(select(Case.reason).where(Case.state == "open")))) >= 5
    assert book.exec(select(Message).where(Message.status == "received")).all() == []
    assert book.exec(select(Message).where(col(Message.status).in_(["queued", "sending"]))).all() == []


def test_all_went_through_the_import_and_nothing_was_refused(book: Session) -> None:
    runs = book.exec(select(ImportRun)).all()
    assert {each.kind for each in runs} == {"portfolio", "payments"}
    assert [each.errors for each in runs if each.errors] == []
    assert max(book.exec(select(Payment.recorded_at))) < NOW


def test_the_same_day_gives_the_same_portfolio_and_another_seed_another_one() -> None:
    first, again, other = (portfolio_csv(generate(TODAY, seed)) for seed in (1, 1, 2))
    assert first == again != other


def test_a_history_can_be_lived_again(engine: sa.Engine) -> None:
    stories = []
    for _ in range(2):
        with transaction(engine) as session:
            for table in reversed(SQLModel.metadata.sorted_tables):
                session.execute(sa.delete(table))
            seed_lender(session)
        live(engine, TODAY - timedelta(days=5), TODAY, lambda now: None, seed=7)
        with reading(engine) as session:
            paid = session.exec(select(Payment).order_by(col(Payment.id)))
            told = session.exec(select(Promise).order_by(col(Promise.id)))
            stories.append(
                ([(each.amount, each.value_date, each.channel) for each in paid], [(p.amount, p.due) for p in told])
            )
    assert stories[0] == stories[1]
