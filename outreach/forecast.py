"""The coming days of one borrower, lived through in advance: what the clock would plan and the outbox would send.

Pure. It asks the very functions that plan and send (`candidates`, `judging`, the contact rules) with facts as they will
be: nobody pays or writes, days past due grow, promises break, holds end, and the forecast's own messages count.
"""

import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial
from itertools import count
from typing import NamedTuple

from outreach import judging, wording
from outreach.candidates import Candidate, Due, candidate_at
from outreach.contact_facts import Attempt, Kind, Verdict
from outreach.judging import Frame, Planned, Skipped
from outreach.planning import Lately
from outreach.portfolio_facts import (
    HOUR,
    Agenda,
    Calendars,
    DayRules,
    Horizon,
    PersonFacts,
    Waiting,
    changed,
    day_bounds,
    full_hour,
)
from outreach.recipients import LOOK_BACK

TICK, SEND = 0, 1  # At the same instant the clock plans before the outbox sends.


@dataclass(slots=True)
class Foreseen:
    """A message that will be planned, or waits already. `day` is the borrower's day that it was planned for."""

    id: int
    borrower_id: int
    step: str
    kind: str
    loan_id: int | None
    address_id: int
    channel: str
    day: str
    key: str
    created_at: datetime
    send_after: datetime
    valid_until: datetime | None
    about: list[wording.About]
    known: bool
    flow_version_id: int | None = None  # it is none's yet
    stopped: str | None = None
    status: str = "queued"
    reason: str = ""
    facts_seen: object = None


@dataclass(frozen=True, slots=True)
class Silence:
    """Who was due a message on a day and gets none, and why."""

    borrower_id: int
    loan_id: int
    step: str
    day: date
    reason: str


class Future(NamedTuple):
    """What comes of one borrower: messages that are sent within the horizon, and silences."""

    sent: list[Foreseen]
    silences: list[Silence]


class Life:
    """One borrower's days under one cadence."""

    def __init__(self, agenda: Agenda, places: Calendars, facts: PersonFacts, *, every_hour: bool = False) -> None:
        self._agenda, self._places, self._facts = agenda, places, facts
        self._span: Horizon = agenda.span
        self._due = agenda.days.get(facts.who.borrower_id, {})
        self._every_hour = every_hour
        self._who = replace(facts.who, attempts=list(facts.who.attempts), holds=[], promised_loans=set())
        self._lately = Lately()
        self._events: list[tuple[datetime, int, int, date | Foreseen]] = []
        self._numbers, self._ids = count(), count(-1, -1)
        self._written = 0  # how often what counts as an attempt has changed
        self._messages: list[Foreseen] = []
        self._silences: dict[tuple[str, date], Silence] = {}

    def lived(self) -> Future:
        for waiting in self._facts.waiting:
            self._queue(self._of_waiting(waiting))
        for day in self._due:
            for tick in self._ticks(day):
                self._push(tick, TICK, day)
        while self._events:
            at, _, _, what = heapq.heappop(self._events)
            if at >= self._span.end:
                break
            if isinstance(what, Foreseen):
                self._send(what, at)
            else:
                self._plan(what, at)
        sent = [each for each in self._messages if each.status == "sent"]
        return Future(sent, list(self._silences.values()))

    def _push(self, at: datetime, order: int, what: "date | Foreseen") -> None:
        heapq.heappush(self._events, (at, order, next(self._numbers), what))

    def _ticks(self, day: date) -> Iterable[datetime]:
        """When planning may find something new on that day: as it begins, with the lender's next date, where a hold
        begins or ends. At any other full hour it would find what it found before."""
        zone = self._places.of(self._rules_on(day).policy, self._who.country, self._who.zone).zone
        usual = self._places.ticks(zone, day)
        if not self._facts.holds and not self._every_hour:
            return usual
        first, ends = max(full_hour(day_bounds(zone, day)[0]), self._span.first_tick), day_bounds(zone, day)[1]
        changes = [full_hour(at) for hold in self._facts.holds for at in hold[3:] if at is not None]
        if self._every_hour:
            changes += [full_hour(first) + HOUR * n for n in range(26)]
        return sorted({*usual, *(each for each in changes if first <= each < ends)})

    def _rules_on(self, day: date) -> DayRules:
        rules = self._span.rules
        return rules.get(day) or rules[min(rules, key=lambda each: abs(each - day))]

    def _frame(self, at: datetime) -> Frame:
        rules = self._rules_on(self._span.business_date(at))
        return Frame(rules.policy, rules.enabled, self._span.lender, at, proves=False)

    def _know(self, at: datetime) -> None:
        """Brings what is known of the borrower to that instant."""
        who, facts = self._who, self._facts
        if facts.holds:
            who.holds = [hold[:3] for hold in facts.holds if hold.lives_at(at)]
        if facts.agreed:
            day = self._span.business_date(at)
            who.promised_loans = facts.promised_on(day, self._rules_on(day).promises)
        oldest = at - LOOK_BACK
        if any(attempt.at < oldest for _, attempt in who.attempts):
            who.attempts = [each for each in who.attempts if each[1].at >= oldest]

    def _seen(self, at: datetime) -> tuple[int, tuple[object, ...], frozenset[int], int]:
        """Equal answers mean that nothing has changed that a decision asks for."""
        policy = self._rules_on(self._span.business_date(at)).policy
        return id(policy), tuple(self._who.holds), frozenset(self._who.promised_loans), self._written

    def _plan(self, day: date, at: datetime) -> None:
        if (self._who.borrower_id, day.isoformat()) in self._lately.reminded:
            return
        found = [each for due in self._due[day] if (each := self._candidate(due, day, at)) is not None]
        new = self._lately.without(found) if found else []
        if day <= self._places.first_days:
            new = self._facts.lately.without(new)
        if not new:
            return
        self._know(at)
        for outcome in judging.compete(self._frame(at), self._who, new):
            candidate = outcome.candidate
            place = candidate.step.id, candidate.day
            if isinstance(outcome, Skipped):
                silence = Silence(candidate.borrower_id, candidate.loan_id, *place, outcome.reason)
                self._silences.setdefault(place, silence)
            else:
                self._silences.pop(place, None)
                self._queue(self._of_planned(outcome, at))

    def _candidate(self, due: Due, day: date, at: datetime) -> Candidate | None:
        business_date = self._span.business_date(at)
        rules, row = self._rules_on(business_date), due.row
        if row.about != "instalment":
            state = self._facts.state_on(
                f"{row.about}:{row.subject_id}", row.promise_state, business_date, rules.promises
            )
            if state not in _states(due):
                return None
            if row.about == "plan_payment" and not self._plan_lives(f"plan_payment:{row.subject_id}", business_date):
                return None
            row = changed(row, promise_state=state)
        if due.step.audience.asks_overdue:
            row = changed(row, overdue=self._agenda.owed(row.loan_id, business_date))
        moment = self._places.moment(rules.policy, row.country, row.zone, day, business_date)
        return candidate_at(self._agenda.cadence, due._replace(row=row), moment)

    def _plan_lives(self, subject: str, day: date) -> bool:
        part = self._facts.agreed.get(subject)
        limits = self._rules_on(day).promises
        return part is not None and part.plan_id is not None and self._facts.plan_is_open(part.plan_id, day, limits)

    def _queue(self, message: Foreseen) -> None:
        if all(message.id != number for number, _ in self._who.attempts):
            attempt = Attempt(message.send_after, message.channel, message.kind)
            self._who.attempts.append((message.id, attempt))
        self._written += 1
        self._messages.append(message)
        self._lately.add(message.borrower_id, message.key, said=message.kind != Kind.RECEIPT)
        message.facts_seen = self._seen(message.created_at) if message.id < 0 else None
        self._push(max(message.send_after, self._span.start), SEND, message)

    def _send(self, message: Foreseen, at: datetime) -> None:
        """A pure decision that is asked again with the same facts says the same, so it is asked where they differ."""
        self._know(at)
        lasting = message.kind in (Kind.REMINDER, Kind.RECEIPT)  # nothing but money settles those
        if not lasting or message.facts_seen != self._seen(at):
            left = partial(self._left, message, self._span.business_date(at))
            judged = judging.again(
                self._frame(at), message, self._who, message.about, left_now=left, stopped=lambda _: message.stopped
            )
            if judged.verdict is Verdict.SKIP:
                self._withdraw(message, judged.reason, at)
                return
            if judged.verdict is Verdict.LATER and judged.until is not None:
                self._attempted(message, judged.until)
                message.send_after, message.facts_seen = judged.until, None
                self._push(judged.until, SEND, message)
                return
            message.about = judged.about or message.about
        message.status, message.send_after = "sent", at
        self._attempted(message, at)

    def _attempted(self, message: Foreseen, at: datetime) -> None:
        for place, (number, attempt) in enumerate(self._who.attempts):
            if number == message.id and attempt.at != at:
                self._who.attempts[place] = (number, Attempt(at, attempt.channel, attempt.kind))
                self._written += 1

    def _withdraw(self, message: Foreseen, reason: str, at: datetime) -> None:
        """It is no attempt, and its day is free for another: planning looks again at the next full hour."""
        message.status, message.reason = "skipped", reason
        self._who.attempts = [each for each in self._who.attempts if each[0] != message.id]
        self._written += 1
        self._lately.reminded.discard((message.borrower_id, message.day))
        tick = full_hour(at + timedelta(microseconds=1))
        zone = self._places.of(self._frame(at).policy, self._who.country, self._who.zone).zone
        today = tick.astimezone(zone).date()
        if today in self._due:
            self._push(max(tick, self._span.first_tick), TICK, today)

    def _left(self, message: Foreseen, day: date) -> list[wording.About]:
        return [each for each in message.about if self._is_open(each, message.kind, day)]

    def _is_open(self, about: wording.About, kind: str, day: date) -> bool:
        """As `wording.still_open`, of a day to come: without payments an instalment stays open."""
        subject = str(about["subject"])
        name, limits = subject.partition(":")[0], self._rules_on(day).promises
        if name == "payment":
            return True
        if about["loan"] not in self._facts.loans:
            return False
        if name == "promise":
            oldest = self._facts.loans[about["loan"]]
            state = self._facts.state_on(subject, self._stored(about), day, limits)
            return wording.promise_counts(kind, state, is_late=oldest is not None and oldest < day)
        if name == "plan_payment":
            part = self._facts.agreed.get(subject)
            return part is not None and part.state_on(day, limits) == "open" and self._plan_lives(subject, day)
        return True

    def _stored(self, about: wording.About) -> str:
        """The state of a promise that is not open any more, as the rows have it."""
        number = int(str(about["subject"]).partition(":")[2])
        rows = (due.row for dues in self._due.values() for due in dues if due.row.about == "promise")
        return next((row.promise_state for row in rows if row.subject_id == number), "cancelled")

    def _of_planned(self, planned: Planned, now: datetime) -> Foreseen:
        candidate = planned.candidate
        return Foreseen(
            id=next(self._ids),
            borrower_id=candidate.borrower_id,
            step=candidate.step.id,
            kind=candidate.kind,
            loan_id=candidate.loan_id,
            address_id=planned.address.address_id,
            channel=planned.address.channel,
            day=candidate.day.isoformat(),
            key=candidate.dedupe_key,
            created_at=now,
            send_after=planned.at,
            valid_until=planned.valid_until,
            about=planned.about,
            known=planned.address.known,
        )

    def _of_waiting(self, waiting: Waiting) -> Foreseen:
        address = next((each for each in self._who.addresses if each.address_id == waiting.address_id), None)
        return Foreseen(
            id=waiting.id,
            borrower_id=self._who.borrower_id,
            step=waiting.step,
            kind=waiting.kind,
            loan_id=waiting.loan_id,
            address_id=waiting.address_id,
            channel=waiting.channel,
            day=waiting.dedupe_key.rpartition(":")[2],
            key=waiting.dedupe_key,
            created_at=waiting.created_at,
            send_after=waiting.send_after,
            valid_until=waiting.valid_until,
            about=waiting.about,
            known=address is not None and address.known,
            stopped=waiting.stopped,
        )


def _states(due: Due) -> tuple[str, ...]:
    """States in which the step's rows are looked for, as `candidates` has them."""
    if due.step.anchor == "broken_promise":
        return "broken", "partial"
    return ("open",) if due.row.about == "plan_payment" else due.step.audience.promise_states or ("open",)


def futures(
    agenda: Agenda, places: Calendars, people: Iterable[tuple[int, PersonFacts]], *, every_hour: bool = False
) -> Iterator[tuple[PersonFacts, Future]]:
    for _, facts in people:
        yield facts, Life(agenda, places, facts, every_hour=every_hour).lived()
