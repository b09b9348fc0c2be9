"""Who is due a message today, before any rule about contact: one set-based statement per step of the cadence."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from loans.tables import Borrower, Instalment, Loan, Payment, Plan, PlanPayment, Promise, Reversal
from outreach.cadence import Cadence, OpenDay, Situation, Step, anchor_dates, matches
from outreach.contact_policy import ContactPolicy
from outreach.quiet_hours import effective_hours, time_zone


@dataclass(frozen=True, slots=True)
class Candidate:
    """`subject` names the row the message is about, 'instalment:55'; `day` is the borrower's own today."""

    step: Step
    kind: str
    borrower_id: int
    loan_id: int
    subject: str
    anchor: date
    day: date
    zone: ZoneInfo
    open_day: OpenDay
    person_leads: bool = False
    more: tuple[int, ...] = ()  # further payments of the same thanks

    @property
    def dedupe_key(self) -> str:
        return f"{self.borrower_id}:{self.step.id}:{self.subject}:{self.day.isoformat()}"


@dataclass(frozen=True, slots=True)
class Calendar:
    """Local days of borrowers in one country and zone; an unknown zone lives by the lender's."""

    zone: ZoneInfo
    today: date
    open_day: OpenDay


class Days:
    """The calendars of all borrowers at one instant, and the anchor dates of each step in them."""

    def __init__(self, session: Session, policy: ContactPolicy, lender_zone: str, now: datetime) -> None:
        pairs = session.execute(sa.select(col(Borrower.country), col(Borrower.zone)).distinct())
        self.calendars = {(country, zone): calendar(policy, country, zone, lender_zone, now) for country, zone in pairs}
        self.business_date = now.astimezone(ZoneInfo(lender_zone)).date()
        self._anchors: dict[tuple[str, str, str | None], frozenset[date]] = {}

    def anchors(self, step: Step, country: str, zone: str | None) -> frozenset[date]:
        key = (step.id, country, zone)
        if key not in self._anchors:
            calendar = self.calendars[country, zone]
            self._anchors[key] = frozenset(anchor_dates(step, calendar.today, calendar.open_day))
        return self._anchors[key]

    def all_anchors(self, step: Step) -> list[date]:
        return sorted({each for pair in self.calendars for each in self.anchors(step, *pair)})


@dataclass(frozen=True, slots=True)
class Moment:
    """One instant as a single candidate sees it; `Days` is the same for a whole store."""

    calendars: Mapping[tuple[str, str | None], Calendar]
    business_date: date


def calendar(policy: ContactPolicy, country: str, zone: str | None, lender_zone: str, now: datetime) -> Calendar:
    row = policy.countries.get(country)
    own = time_zone(zone) or time_zone(row.single_time_zone if row else None) or ZoneInfo(lender_zone)

    @lru_cache(maxsize=512)
    def open_day(day: date) -> bool:
        # Where a country has no hours at all the rules will say so; its days are not moved about.
        return row is None or effective_hours(policy, country, day) is not None

    return Calendar(own, now.astimezone(own).date(), open_day)


def find(session: Session, cadence: Cadence, days: Days, borrower_id: int | None = None) -> Iterator[Candidate]:
    """Candidates of all reminders, of everybody or of one, step by step; receipts are `unthanked`."""
    whose = col(Loan.borrower_id) == borrower_id if borrower_id is not None else sa.true()
    for step in cadence.steps:
        dates = days.all_anchors(step) if step.active and step.anchor != "payment" else []
        for statement, kind in _statements(step, dates) if dates else ():
            for row in session.execute(statement.where(whose)):
                if row.anchor in days.anchors(step, row.country, row.zone):
                    yield from _candidate(cadence, step, kind, row, days)


def _candidate(cadence: Cadence, step: Step, kind: str, row: Any, days: Days | Moment) -> Iterator[Candidate]:
    dpd = max(0, (days.business_date - row.oldest_due).days) if row.oldest_due else 0
    about = Situation(dpd, bool(row.first_loan), bool(row.past_late), promise_state=row.promise_state)
    people_lead = step.kind == "reminder" and dpd > cadence.max_dpd
    if not people_lead and not matches(cadence, step, about):
        return
    calendar = days.calendars[row.country, row.zone]
    yield Candidate(
        step=step,
        kind=kind,
        borrower_id=row.borrower_id,
        loan_id=row.loan_id,
        subject=f"{row.about}:{row.subject_id}",
        anchor=row.anchor,
        day=calendar.today,
        zone=calendar.zone,
        open_day=calendar.open_day,
        person_leads=people_lead,
    )


def candidate_at(cadence: Cadence, step: Step, kind: str, row: Any, moment: Moment) -> Candidate | None:
    """What `find` makes of the row at that moment, on the day on which the step runs for it."""
    return next(_candidate(cadence, step, kind, row, moment), None)


def rows_of(
    session: Session, step: Step, dates: list[date], whose: sa.ColumnElement[bool]
) -> Iterator[tuple[Any, str]]:
    """Rows that `find` would look at for these anchor dates, with the kind of message they lead to."""
    for statement, kind in _statements(step, dates):
        yield from ((row, kind) for row in session.execute(statement.where(whose)))


def _statements(step: Step, dates: list[date]) -> Iterable[tuple[Any, str]]:
    if step.anchor == "due_date":
        yield (_overdue(dates) if step.offset_days > 0 else _due(step, dates)), step.kind
        return
    yield _promised(dates, step), step.kind
    if step.kind == "promise_reminder":
        yield _plan_payments(dates), "plan_reminder"


def _columns(about: str, subject_id: Any, anchor: Any, **flags: Any) -> list[Any]:
    return [
        sa.literal_column(f"'{about}'").label("about"),
        subject_id.label("subject_id"),
        anchor.label("anchor"),
        col(Loan.id).label("loan_id"),
        col(Loan.borrower_id),
        col(Loan.cached_oldest_due).label("oldest_due"),
        col(Borrower.country),
        col(Borrower.zone),
        *(flags.get(name, sa.null()).label(name) for name in ("first_loan", "past_late", "promise_state")),
    ]


def _due(step: Step, dates: list[date]) -> Any:
    """Instalments of those dates with something left to pay."""
    flags = {}
    if step.audience.any_of:
        flags = {"first_loan": col(Loan.cycle) == 1, "past_late": _paid_late()}
    return (
        sa.select(*_columns("instalment", col(Instalment.id), col(Instalment.due), **flags))
        .join_from(Instalment, Loan, col(Loan.id) == Instalment.loan_id)
        .join(Borrower, col(Borrower.id) == Loan.borrower_id)
        .where(col(Instalment.due).in_(dates), col(Instalment.cached_outstanding) > 0, col(Loan.status) == "active")
    )


def _paid_late() -> Any:
    earlier, its_loan = aliased(Instalment), aliased(Loan)
    return (
        sa.select(sa.literal(1))
        .select_from(earlier)
        .join(its_loan, col(its_loan.id) == earlier.loan_id)
        .where(col(its_loan.borrower_id) == Loan.borrower_id, col(earlier.cached_paid_on) > col(earlier.due))
        .exists()
    )


def _overdue(dates: list[date]) -> Any:
    """Loans by the age of their oldest unpaid instalment, so that each loan has one place in the cadence."""
    return (
        sa.select(*_columns("instalment", sa.func.min(Instalment.id), col(Loan.cached_oldest_due)))
        .join_from(Loan, Borrower, col(Borrower.id) == Loan.borrower_id)
        .join(
            Instalment,
            sa.and_(col(Instalment.loan_id) == Loan.id, col(Instalment.due) == col(Loan.cached_oldest_due)),
        )
        .where(
            col(Loan.cached_oldest_due).in_(dates),
            col(Loan.status) == "active",
            col(Instalment.cached_outstanding) > 0,
        )
        .group_by(col(Loan.id), col(Borrower.country), col(Borrower.zone))
    )


def _promised(dates: list[date], step: Step) -> Any:
    states = step.audience.promise_states or ("open",)
    return (
        sa.select(*_columns("promise", col(Promise.id), col(Promise.due), promise_state=col(Promise.state)))
        .join_from(Promise, Loan, col(Loan.id) == Promise.loan_id)
        .join(Borrower, col(Borrower.id) == Loan.borrower_id)
        .where(col(Promise.due).in_(dates), col(Promise.state).in_(states), col(Loan.status) == "active")
    )


def _plan_payments(dates: list[date]) -> Any:
    state = col(PlanPayment.state)
    return (
        sa.select(*_columns("plan_payment", col(PlanPayment.id), col(PlanPayment.due), promise_state=state))
        .join_from(PlanPayment, Plan, col(Plan.id) == PlanPayment.plan_id)
        .join(Loan, col(Loan.id) == Plan.loan_id)
        .join(Borrower, col(Borrower.id) == Loan.borrower_id)
        .where(col(PlanPayment.due).in_(dates), state == "open", col(Plan.state) == "open")
    )


def unthanked(session: Session, step: Step, days: Days, since: datetime, value_since: date) -> Iterator[Candidate]:
    """One thanks per loan for its new payments. Old payments that an import brings are history, not news."""
    statement = (
        sa.select(
            col(Payment.id),
            col(Payment.loan_id),
            col(Payment.value_date),
            col(Loan.borrower_id),
            col(Borrower.country),
            col(Borrower.zone),
        )
        .join_from(Payment, Loan, col(Loan.id) == Payment.loan_id)
        .join(Borrower, col(Borrower.id) == Loan.borrower_id)
        .where(
            col(Payment.recorded_at) >= since,
            col(Payment.thanked_at).is_(None),
            col(Payment.value_date) >= value_since,
            ~sa.exists().where(col(Reversal.payment_id) == Payment.id),
        )
        .order_by(col(Payment.loan_id), col(Payment.id))
    )
    by_loan: dict[int, list[Any]] = {}
    for row in session.execute(statement):
        by_loan.setdefault(row.loan_id, []).append(row)
    for rows in by_loan.values():
        last = rows[-1]
        calendar = days.calendars[last.country, last.zone]
        yield Candidate(
            step=step,
            kind=step.kind,
            borrower_id=last.borrower_id,
            loan_id=last.loan_id,
            subject=f"payment:{last.id}",
            anchor=last.value_date,
            day=calendar.today,
            zone=calendar.zone,
            open_day=calendar.open_day,
            more=tuple(row.id for row in rows[:-1]),
        )
