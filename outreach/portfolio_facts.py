"""Everything that the coming days of some borrowers depend on, read once: what is due, agreed, held, lately written.

Nothing of it changes with time alone but what `PersonFacts` can tell for each day: who is held, and which promises
have broken by then.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlmodel import Session, col, select

from loans import accounts, promise_rules
from loans import policies as negotiation
from loans.negotiation_policy import PromiseLimits
from loans.tables import Borrower, Instalment, Lender, Loan, Plan, PlanPayment, Promise
from outreach import judging, planning, recipients, wording
from outreach.cadence import MOVE_DAYS, Cadence, Step, step_date
from outreach.candidates import Calendar, Due, Moment, anchor_of, calendar, open_promises, rows_of
from outreach.contact_policy import ContactPolicy
from outreach.planning import Lately
from outreach.quiet_hours import local_midnight
from outreach.recipients import HoldSpan, Recipient
from outreach.tables import Message
from store.clock import ClockSlot
from store.ids import id_of

HOUR = timedelta(hours=1)
ALL_STATES = ("open", "kept", "partial", "broken")
AT_ONCE = 2000  # borrowers; what is known of them fits into one statement each


@dataclass(frozen=True, slots=True)
class DayRules:
    """What is in force on one business date."""

    policy: ContactPolicy
    enabled: frozenset[str]
    promises: PromiseLimits


@dataclass(frozen=True)
class Horizon:
    """The time to look at, and its rules. Planning runs on the full hour, first at `first_tick`."""

    start: datetime
    end: datetime
    first_tick: datetime
    lender: Lender
    zone: ZoneInfo
    rules: dict[date, DayRules]

    dates: dict[datetime, date] = field(default_factory=dict)  # messages of many people go at the same instants

    def breaks_on(self, due: date) -> date:
        """The lender's day on which a promise for `due` is found broken if nobody pays."""
        rules = self.rules.get(due) or next(iter(self.rules.values()))
        return max(due + timedelta(days=rules.promises.grace_days + 1), self.business_date(self.first_tick))

    def business_date(self, at: datetime) -> date:
        found = self.dates.get(at)
        if found is None:
            found = self.dates[at] = at.astimezone(self.zone).date()
        return found


@dataclass(frozen=True, slots=True)
class Agreed:
    """An open promise, or a part of an open plan."""

    loan_id: int
    plan_id: int | None
    promise: promise_rules.Promise
    credited: int
    state: str

    def state_on(self, day: date, limits: PromiseLimits) -> str:
        if self.state != "open":
            return self.state
        return promise_rules.stands(
            self.promise,
            self.credited,
            day,
            grace_days=limits.grace_days,
            min_kept_share=limits.min_kept_share,
        ).state


@dataclass(frozen=True, slots=True)
class Waiting:
    """A message that is queued already; `open_rows` are those that money doesn't speak against."""

    id: int
    kind: str
    step: str
    loan_id: int | None
    address_id: int
    channel: str
    dedupe_key: str
    created_at: datetime
    send_after: datetime
    valid_until: datetime | None
    about: list[wording.About]
    stopped: str | None = None  # why its step has ended for this borrower


@dataclass(slots=True)
class PersonFacts:
    """One borrower. `who` is as of the start, without the holds; what was written lately is in `lately`."""

    who: Recipient
    region: str
    loans: dict[int, date | None]  # active loans, each with its oldest unpaid due date
    holds: list[HoldSpan] = field(default_factory=list)
    agreed: dict[str, Agreed] = field(default_factory=dict)  # by subject
    waiting: list[Waiting] = field(default_factory=list)
    lately: Lately = field(default_factory=Lately)

    def state_on(self, subject: str, stored: str, day: date, limits: PromiseLimits) -> str:
        found = self.agreed.get(subject)
        return stored if found is None else found.state_on(day, limits)

    def plan_is_open(self, plan_id: int, day: date, limits: PromiseLimits) -> bool:
        states = {each.state_on(day, limits) for each in self.agreed.values() if each.plan_id == plan_id}
        return "open" in states and not states & {"broken", "partial"}

    def promised_on(self, day: date, limits: PromiseLimits) -> set[int]:
        """Loans with a promise or a plan that is alive."""
        return {
            each.loan_id
            for each in self.agreed.values()
            if (each.state_on(day, limits) == "open" if each.plan_id is None else self._plan_lives(each, day, limits))
        }

    def _plan_lives(self, part: Agreed, day: date, limits: PromiseLimits) -> bool:
        return part.plan_id is not None and self.plan_is_open(part.plan_id, day, limits)


def horizon(session: Session, start: datetime, days: int, enabled: Collection[str] | None) -> Horizon:
    lender = accounts.lender(session)
    zone = ZoneInfo(lender.zone)
    start = start.astimezone(UTC)
    first, last = start.astimezone(zone).date(), (start + timedelta(days=days)).astimezone(zone).date()
    rules: dict[date, DayRules] = {}
    for number in range((last - first).days + 2):
        day = first + timedelta(days=number)
        noon = datetime.combine(day, datetime.min.time(), zone) + timedelta(hours=12)
        frame = judging.frame(session, noon, enabled)
        rules[day] = DayRules(frame.policy, frame.enabled, negotiation.in_force(session, day).promise)
    session.expunge(lender)
    return Horizon(start, start + timedelta(days=days), _first_tick(session, start), lender, zone, rules)


def _first_tick(session: Session, start: datetime) -> datetime:
    """Now, unless the clock has planned for this hour already."""
    hour = start.replace(minute=0, second=0, microsecond=0)
    slot = session.exec(select(ClockSlot.slot).where(ClockSlot.name == planning.JOB)).first()
    return start if slot is None or slot < hour else hour + HOUR


def people(session: Session, whose: Sequence[int], span: Horizon) -> Iterator[tuple[int, PersonFacts]]:
    """Facts of these borrowers, some thousand at a time."""
    for begin in range(0, len(whose), AT_ONCE):
        yield from _people(session, list(whose[begin : begin + AT_ONCE]), span).items()


def _people(session: Session, ids: list[int], span: Horizon) -> dict[int, PersonFacts]:
    known = recipients.gather(session, ids, span.start)
    regions = dict(
        session.execute(sa.select(col(Borrower.id), col(Borrower.region)).where(col(Borrower.id).in_(ids))).all()
    )
    found = {each: PersonFacts(who, regions[each], {}) for each, who in known.items()}
    active = sa.select(col(Loan.borrower_id), col(Loan.id), col(Loan.cached_oldest_due)).where(
        col(Loan.borrower_id).in_(ids), col(Loan.status) == "active"
    )
    for borrower_id, loan_id, oldest in session.execute(active):
        found[borrower_id].loans[loan_id] = oldest
    for borrower_id, holds in recipients.spans(session, known, span.start).items():
        found[borrower_id].holds = holds
    for borrower_id, subject, agreed in _agreements(session, ids):
        found[borrower_id].agreed[subject] = agreed
    _messages(session, found, span)
    return found


def _agreements(session: Session, ids: list[int]) -> Iterator[tuple[int, str, Agreed]]:
    open_promises = select(Promise).where(col(Promise.borrower_id).in_(ids), Promise.state == "open")
    for each in session.exec(open_promises):
        subject = f"promise:{each.id}"
        promise = promise_rules.Promise(subject, each.amount, each.due, each.created_on, each.created_at)
        yield each.borrower_id, subject, Agreed(each.loan_id, None, promise, each.credited, each.state)
    parts = (
        select(PlanPayment, Plan)
        .join(Plan, col(Plan.id) == PlanPayment.plan_id)
        .where(col(Plan.borrower_id).in_(ids), Plan.state == "open")
    )
    for part, plan in session.exec(parts):
        subject = f"plan_payment:{part.id}"
        promise = promise_rules.Promise(subject, part.amount, part.due, plan.created_on, plan.created_at)
        yield plan.borrower_id, subject, Agreed(plan.loan_id, id_of(plan), promise, part.credited, part.state)


def _messages(session: Session, found: dict[int, PersonFacts], span: Horizon) -> None:
    lately = planning.planned_lately(session, list(found), span.start)
    for facts in found.values():
        facts.lately = lately
    queued = select(Message).where(
        col(Message.borrower_id).in_(list(found)),
        Message.direction == "out",
        Message.status == "queued",
        col(Message.step).is_not(None),
    )
    for message in session.exec(queued):
        person = found[message.borrower_id or 0]
        person.waiting.append(_waiting(session, message, person.who, span))
        if message.dedupe_key:
            # It speaks for its day as long as it waits; the forecast says for how long that is.
            lately.reminded.discard((person.who.borrower_id, message.dedupe_key.rpartition(":")[2]))


def _waiting(session: Session, message: Message, who: Recipient, span: Horizon) -> Waiting:
    rows: list[wording.About] = [row for each in message.keys for row in each.get("about", ())]
    lasting = [each for each in rows if not str(each["subject"]).startswith(("promise:", "plan_payment:"))]
    left = wording.still_open(session, lasting, message.kind, span.business_date(span.start))
    about = [each for each in rows if each not in lasting or each in left]
    rules = span.rules[span.business_date(span.start)]
    frame = judging.Frame(rules.policy, rules.enabled, span.lender, span.start)
    return Waiting(
        id=id_of(message),
        kind=message.kind,
        step=message.step or "",
        loan_id=message.loan_id,
        address_id=message.address_id,
        channel=message.channel,
        dedupe_key=message.dedupe_key or "",
        created_at=message.created_at,
        send_after=message.send_after or span.start,
        valid_until=message.valid_until,
        about=about,
        stopped=judging.stopped_since(session, frame, message, who, about),
    )


@dataclass
class Agenda:
    """On which days which steps run for whom: a row has one day per step, so a plan costs what its candidates cost."""

    span: Horizon
    cadence: Cadence
    days: dict[int, dict[date, list[Due]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(list)))

    unpaid: dict[int, list[tuple[date, int]]] = field(default_factory=lambda: defaultdict(list))

    def read(self, session: Session, whose: sa.ColumnElement[bool], places: "Calendars") -> None:
        now = places.now()
        for steps, dates in self._reads():
            any_state = steps[0].audience.model_copy(update={"promise_states": ALL_STATES})
            asked = steps[0].model_copy(update={"audience": any_state})
            for row, kind in rows_of(session, self.cadence, asked, dates, moment=now, whose=whose):
                self._enter(steps, row, kind, places)
            if asked.anchor == "broken_promise":
                for row in open_promises(session, asked, now, whose):
                    self._enter(steps, changed(row, anchor=self.span.breaks_on(row.anchor)), asked.kind, places)
        if any(step.audience.asks_overdue for step in self.cadence.steps):
            unpaid = sa.select(col(Instalment.loan_id), col(Instalment.due), col(Instalment.cached_outstanding))
            theirs = unpaid.join(Loan, col(Loan.id) == Instalment.loan_id).where(
                whose, col(Loan.status) == "active", col(Instalment.cached_outstanding) > 0
            )
            for loan_id, due, left in session.execute(theirs):
                self.unpaid[loan_id].append((due, left))

    def _enter(self, steps: Sequence[Step], row: Any, kind: str, places: "Calendars") -> None:
        for step in steps:
            day = places.runs_on(step, row)
            if day is not None:
                self.days[row.borrower_id][day].append(Due(step, kind, row))

    def owed(self, loan_id: int, day: date) -> int:
        return sum(left for due, left in self.unpaid.get(loan_id, ()) if due < day)

    def _reads(self) -> Iterable[tuple[list[Step], list[date]]]:
        """Steps that ask the same rows are read together."""
        alike: dict[Any, list[Step]] = defaultdict(list)
        for step in self.cadence.steps:
            if step.active and step.anchor != "payment":
                key = (step.anchor, step.offset_days > 0, step.audience.model_dump_json(), step.kind)
                alike[key].append(step)
        first, last = self.span.start.date() - timedelta(days=1), self.span.end.date() + timedelta(days=1)
        for steps in alike.values():
            wanted: set[date] = set()
            for step in steps:
                from_day = first - timedelta(days=step.offset_days + MOVE_DAYS)
                count = (last - first).days + 2 * MOVE_DAYS + 1
                wanted |= {from_day + timedelta(days=n) for n in range(count)}
            yield steps, sorted(wanted)


class Calendars:
    """The calendars of the places where borrowers live, by policy; and the day of a step for a row."""

    def __init__(self, span: Horizon) -> None:
        self.span = span
        # Of what was planned before, this is the last day on which it can matter.
        self.first_days = span.business_date(span.start) + timedelta(days=2)
        self._now = Moment({}, span.business_date(span.start), span.zone)
        self._found: dict[tuple[int, str, str | None], Calendar] = {}
        self._moments: dict[tuple[int, str, str | None, date, date], Moment] = {}
        self._ticks: dict[tuple[str, date], list[datetime]] = {}
        self._days: dict[tuple[str, str, str | None, date], date | None] = {}

    def now(self) -> Moment:
        return self._now

    def of(self, policy: ContactPolicy, country: str, zone: str | None) -> Calendar:
        key = (id(policy), country, zone)
        if key not in self._found:
            self._found[key] = calendar(policy, country, zone, self.span.lender.zone, self.span.start)
        return self._found[key]

    def moment(self, policy: ContactPolicy, country: str, zone: str | None, day: date, business_date: date) -> Moment:
        key = (id(policy), country, zone, day, business_date)
        if key not in self._moments:
            place = replace(self.of(policy, country, zone), today=day)
            self._moments[key] = Moment({(country, zone): place}, business_date, self.span.zone)
        return self._moments[key]

    def ticks(self, zone: ZoneInfo, day: date) -> list[datetime]:
        """As that day begins there, and as the lender's date changes meanwhile."""
        key = (zone.key, day)
        if key not in self._ticks:
            begins, ends = day_bounds(zone, day)
            first = max(full_hour(begins), self.span.first_tick)
            changes = [first, *map(full_hour, day_bounds(self.span.zone, day))]
            self._ticks[key] = sorted({each for each in changes if first <= each < ends})
        return self._ticks[key]

    def runs_on(self, step: Step, row: Any) -> date | None:
        """None where that day lies outside the horizon or the step is skipped."""
        anchor = anchor_of(row, self._now)
        key = (step.id, row.country, row.zone, anchor)
        if key not in self._days:
            self._days[key] = self._run_day(step, row, anchor)
        return self._days[key]

    def _run_day(self, step: Step, row: Any, anchor: date) -> date | None:
        for policy in {id(each.policy): each.policy for each in self.span.rules.values()}.values():
            place = self.of(policy, row.country, row.zone)
            day = step_date(step, anchor, place.open_day)
            rules = self.span.rules.get(day) if day else None
            if rules is not None and rules.policy is policy:
                return day
        return None


def changed(row: Any, **values: Any) -> Any:
    """The same row as it will be."""
    known = vars(row) if isinstance(row, SimpleNamespace) else row._asdict()
    return SimpleNamespace(**{**known, **values})


def full_hour(at: datetime) -> datetime:
    """The first full hour from then on."""
    hour = at.replace(minute=0, second=0, microsecond=0)
    return hour if hour == at else hour + HOUR


@lru_cache(maxsize=4096)
def day_bounds(zone: ZoneInfo, day: date) -> tuple[datetime, datetime]:
    """The instants (UTC) between which that local day lies."""
    return local_midnight(zone, day), local_midnight(zone, day + timedelta(days=1))
