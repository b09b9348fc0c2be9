"""Who is due a message today, before any rule about contact: one set-based statement per step of the cadence."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from loans.tables import Borrower, Instalment, Loan, Payment, Plan, PlanPayment, Promise, Reversal
from outreach.audience import Audience, Situation
from outreach.cadence import Cadence, OpenDay, anchor_dates, matches
from outreach.contact_policy import ContactPolicy
from outreach.experiment import arm_of, is_held_out
from outreach.quiet_hours import effective_hours, time_zone
from outreach.step import Anchor, Step


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
    held_out: bool = False  # by the cadence's experiment
    part_paid: bool = False  # something was paid on what the message is about
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
        self.lender_zone = ZoneInfo(lender_zone)
        self.business_date = now.astimezone(self.lender_zone).date()
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
    lender_zone: ZoneInfo


class Due(NamedTuple):
    """A row and the step that runs for it some day."""

    step: Step
    kind: str
    row: Any


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
    for step in cadence.steps:
        dates = days.all_anchors(step) if step.active and step.anchor != "payment" else []
        for statement, kind in _statements(cadence, step, dates, days) if dates else ():
            wanted = statement if borrower_id is None else statement.where(col(Loan.borrower_id) == borrower_id)
            for row in session.execute(wanted):
                anchor = anchor_of(row, days)
                if anchor in days.anchors(step, row.country, row.zone):
                    yield from _candidate(cadence, step, kind, anchor=anchor, row=row, days=days)


def anchor_of(row: Any, days: Days | Moment) -> date:
    """A promise was broken at an instant: its day is the lender's."""
    at = row.anchor
    return at.astimezone(days.lender_zone).date() if isinstance(at, datetime) else at


def _candidate(
    cadence: Cadence, step: Step, kind: str, *, anchor: date, row: Any, days: Days | Moment
) -> Iterator[Candidate]:
    about = _situation(cadence, row, days)
    people_lead = step.kind == "reminder" and about.dpd > cadence.max_dpd
    if not people_lead and not matches(cadence, step, about):
        return
    calendar = days.calendars[row.country, row.zone]
    yield Candidate(
        step=step,
        kind=kind,
        borrower_id=row.borrower_id,
        loan_id=row.loan_id,
        subject=f"{row.about}:{row.subject_id}",
        anchor=anchor,
        day=calendar.today,
        zone=calendar.zone,
        open_day=calendar.open_day,
        person_leads=people_lead,
        held_out=step.kind == "reminder" and is_held_out(cadence.experiment, row.borrower_id),
        part_paid=bool(row.part_paid),
    )


def candidate_at(cadence: Cadence, due: Due, moment: Moment) -> Candidate | None:
    """What `find` makes of the row at that moment, on the day on which the step runs for it."""
    made = _candidate(cadence, due.step, due.kind, anchor=anchor_of(due.row, moment), row=due.row, days=moment)
    return next(made, None)


def rows_of(
    session: Session, cadence: Cadence, step: Step, dates: list[date], *, moment: Moment, whose: sa.ColumnElement[bool]
) -> Iterator[tuple[Any, str]]:
    """Rows that `find` would look at for these anchor dates, with the kind of message they lead to."""
    for statement, kind in _statements(cadence, step, dates, moment):
        yield from ((row, kind) for row in session.execute(statement.where(whose)))


def open_promises(session: Session, step: Step, moment: Moment, whose: sa.ColumnElement[bool]) -> Iterator[Any]:
    """Rows of promises that may still break; their anchor is the promised day."""
    statement = _promises(col(Promise.due), _asked(step.audience, moment.business_date))
    yield from session.execute(statement.where(whose, col(Promise.state) == "open"))


def _situation(cadence: Cadence, row: Any, days: Days | Moment) -> Situation:
    return Situation(
        max(0, (days.business_date - row.oldest_due).days) if row.oldest_due else 0,
        bool(row.first_loan),
        bool(row.past_late),
        promise_state=row.promise_state,
        segment=row.segment,
        risk=row.risk,
        product=row.product,
        region=row.region,
        language=row.language,
        overdue=row.overdue,
        currency=row.currency,
        arm=arm_of(cadence.experiment, row.borrower_id),
    )


def _statements(cadence: Cadence, step: Step, dates: list[date], days: Days | Moment) -> Iterable[tuple[Any, str]]:
    """A cadence without steps for the payments of plans reminds of them as of promises."""
    of_plans = step.kind == "promise_reminder" and all(each.anchor != "plan_payment" for each in cadence.steps)
    late = step.offset_days > 0
    yield _statement(step.anchor, late, step.audience, tuple(dates), days.business_date), step.kind
    if of_plans:
        yield _statement("plan_payment", late, step.audience, tuple(dates), days.business_date), "plan_reminder"


@lru_cache(maxsize=256)
def _statement(anchor: Anchor, late: bool, audience: Audience, dates: tuple[date, ...], today: date) -> Any:
    """It takes longer to make than a small store to answer, and is the same at every hour of a day."""
    asked = _asked(audience, today)
    match anchor:
        case "due_date":
            return (_overdue if late else _due)(dates, asked)
        case "plan_payment":
            return _plan_payments(dates, asked)
        case "broken_promise":
            return _broken(dates, asked)
    return _promised(dates, audience, asked)


def _asked(audience: Audience, business_date: date) -> dict[str, Any]:
    """The columns that the audience asks about; what nobody asks is not read."""
    columns = {
        "segment": (audience.segments, col(Borrower.segment)),
        "risk": (audience.risks, col(Borrower.risk)),
        "product": (audience.products, col(Loan.product)),
        "region": (audience.regions, col(Borrower.region)),
        "language": (audience.languages, col(Borrower.language)),
        "currency": (audience.currency, col(Loan.currency)),
        "first_loan": ("first_loan" in audience.any_of, col(Loan.cycle) == 1),
    }
    found = {name: column for name, (wanted, column) in columns.items() if wanted}
    if "past_late" in audience.any_of:
        found["past_late"] = _paid_late()
    if audience.asks_overdue:
        found["overdue"] = _owed(business_date)
    return found


def _owed(business_date: date) -> Any:
    unpaid = aliased(Instalment)
    return (
        sa.select(sa.func.coalesce(sa.func.sum(unpaid.cached_outstanding), 0))
        .where(col(unpaid.loan_id) == Loan.id, col(unpaid.due) < business_date, col(unpaid.cached_outstanding) > 0)
        .correlate(Loan)
        .scalar_subquery()
    )


ATTRIBUTES = (
    "first_loan", "past_late", "promise_state", "segment", "risk", "product", "region", "language", "overdue",
    "currency", "part_paid",
)  # fmt: skip


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
        *(flags.get(name, sa.null()).label(name) for name in ATTRIBUTES),
    ]


def _due(dates: Sequence[date], asked: dict[str, Any]) -> Any:
    """Instalments of those dates with something left to pay."""
    part_paid = col(Instalment.cached_paid) > 0
    return (
        sa.select(*_columns("instalment", col(Instalment.id), col(Instalment.due), part_paid=part_paid, **asked))
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


def _overdue(dates: Sequence[date], asked: dict[str, Any]) -> Any:
    """Loans by the age of their oldest unpaid instalment, so that each loan has one place in the cadence."""
    part_paid = sa.func.max(Instalment.cached_paid) > 0
    first = sa.func.min(Instalment.id)
    return (
        sa.select(*_columns("instalment", first, col(Loan.cached_oldest_due), part_paid=part_paid, **asked))
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
        .group_by(col(Loan.id), col(Borrower.id))
    )


def _promised(dates: Sequence[date], audience: Audience, asked: dict[str, Any]) -> Any:
    states = audience.promise_states or ("open",)
    return _promises(col(Promise.due), asked).where(col(Promise.due).in_(dates), col(Promise.state).in_(states))


def _broken(dates: Sequence[date], asked: dict[str, Any]) -> Any:
    """Promises that were found broken around those days; which day that was is the lender's to say."""
    first, last = (datetime.combine(each, time(), UTC) for each in (min(dates), max(dates)))
    around = col(Promise.settled_at).between(first - timedelta(days=1), last + timedelta(days=2))
    return _promises(col(Promise.settled_at), asked).where(around, col(Promise.state).in_(("broken", "partial")))


def _promises(anchor: Any, asked: dict[str, Any]) -> Any:
    flags = {"promise_state": col(Promise.state), "part_paid": col(Promise.credited) > 0, **asked}
    return (
        sa.select(*_columns("promise", col(Promise.id), anchor, **flags))
        .join_from(Promise, Loan, col(Loan.id) == Promise.loan_id)
        .join(Borrower, col(Borrower.id) == Loan.borrower_id)
        .where(col(Loan.status) == "active")
    )


def _plan_payments(dates: Sequence[date], asked: dict[str, Any]) -> Any:
    state = col(PlanPayment.state)
    flags = {"promise_state": state, "part_paid": col(PlanPayment.credited) > 0, **asked}
    return (
        sa.select(*_columns("plan_payment", col(PlanPayment.id), col(PlanPayment.due), **flags))
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
