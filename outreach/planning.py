"""The plan: which messages the clock asks for today. Planned again, it writes nothing new.

Every message has a unique key of borrower, step, subject and day, so that any number of planners may run at once.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, TypeVar
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel, col, select

from loans import accounts
from loans.tables import Borrower, Loan, Payment
from outreach import channels_on, flows, judging, recipients, wording
from outreach.candidates import Candidate, Days, find, unthanked
from outreach.contact_facts import Kind
from outreach.flows import Followed
from outreach.judging import Frame, Planned, Skipped, compete, decide_again, frame, judge, record
from outreach.tables import AddressBorrower, Conversation, Message, PlanSkip

__all__ = ["PlanCounts", "Planned", "Skipped", "cancel_settled", "decide_again", "plan", "plan_thanks", "preview"]

T = TypeVar("T")

JOB = "plan_reminders"  # the clock's name for it

BATCH = 2000  # borrowers judged at once; what is known of them fits into one statement each
RECENT = timedelta(hours=48)  # Whatever was planned for a borrower's today was written within two days.
NOT_SAID = ("cancelled", "skipped")
PRIORITY = {Kind.RECEIPT: 4, Kind.PROMISE_REMINDER: 5, Kind.PLAN_REMINDER: 5}
BULK = 7


@dataclass(slots=True)
class PlanCounts:
    """`merged` candidates share another one's message; `later` are written for another time than their step's."""

    candidates: int = 0
    written: int = 0
    merged: int = 0
    later: int = 0
    skipped: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class Lately:
    """What was planned before: its keys, and who has a reminder for which day of theirs."""

    keys: set[str] = field(default_factory=set)
    reminded: set[tuple[int, str]] = field(default_factory=set)

    def add(self, borrower_id: int, key: str, *, said: bool) -> None:
        self.keys.add(key)
        if said:
            self.reminded.add((borrower_id, key.rpartition(":")[2]))

    def without(self, candidates: Iterable[Candidate]) -> list[Candidate]:
        """Those that are new, of borrowers who have no reminder for that day."""
        return [
            each
            for each in candidates
            if each.dedupe_key not in self.keys and (each.borrower_id, each.day.isoformat()) not in self.reminded
        ]


@dataclass(frozen=True, slots=True)
class Run:
    frame: Frame
    followed: Followed
    days: Days


def plan(session: Session, now: datetime, enabled: Collection[str] | None = None) -> PlanCounts:
    """Writes today's reminders and the named reasons of those who get none."""
    counts = PlanCounts()
    run = _run(session, now, enabled)
    if run:
        channels_on.note(session, run.frame.enabled)
    for outcomes in _reminders(session, run) if run else ():
        _write(session, run, outcomes, counts)  # type: ignore[arg-type]
    return counts


def preview(
    session: Session, now: datetime, enabled: Collection[str] | None = None, *, borrower_id: int | None = None
) -> list[Planned | Skipped]:
    """The same without writing: who would get what, and who not and why. `text_words` gives the words."""
    run = _run(session, now, enabled)
    return [each for outcomes in _reminders(session, run, borrower_id) for each in outcomes] if run else []


def text_words(session: Session, planned: Planned, now: datetime) -> wording.Words:
    lender = accounts.lender(session)
    scene = wording.Scene(
        lender=lender,
        borrower=session.get_one(Borrower, planned.who.borrower_id),
        business_date=accounts.business_date(lender, now),
        day=planned.at.astimezone(planned.candidate.zone).date(),
        channel=planned.address.channel,
    )
    return wording.words(session, scene, planned.candidate.step, planned.about, may_tell=planned.address.known)


def plan_thanks(session: Session, now: datetime, enabled: Collection[str] | None = None) -> PlanCounts:
    """One message for the payments of each loan that nobody has been thanked for; then they count as thanked."""
    counts = PlanCounts()
    run = _run(session, now, enabled)
    steps = [each for each in run.followed.cadence.steps if each.active and each.anchor == "payment"] if run else []
    if run is None or not steps:
        return counts
    since = now - timedelta(hours=steps[0].valid_for_hours)
    channels_on.note(session, run.frame.enabled)
    new = list(unthanked(session, steps[0], run.days, since, run.days.business_date - (now - since)))
    for batch in _batches(new):
        known = recipients.gather(session, [each.borrower_id for each in batch], now)
        _write(session, run, [judge(run.frame, known[each.borrower_id], each) for each in batch], counts)
        ids = [payment for each in batch for payment in (int(each.subject.partition(":")[2]), *each.more)]
        session.execute(sa.update(Payment).where(col(Payment.id).in_(ids)).values(thanked_at=now))
    return counts


def cancel_settled(session: Session, now: datetime, since: datetime) -> int:
    """Withdraws queued reminders of borrowers who paid since then, where nothing is left to remind of."""
    lender = accounts.lender(session)
    today = accounts.business_date(lender, now)
    paid = select(Loan.borrower_id).join(Payment, col(Payment.loan_id) == Loan.id).where(Payment.recorded_at >= since)
    queued = session.exec(
        select(Message).where(
            Message.status == "queued",
            Message.direction == "out",
            col(Message.step).is_not(None),
            Message.kind != Kind.RECEIPT,
            col(Message.borrower_id).in_(paid),
        )
    ).all()
    cancelled = 0
    for message in queued:
        rows = [row for each in message.keys for row in each.get("about", ())]
        if rows and not wording.still_open(session, rows, message.kind, today):
            message.status, message.status_at, message.error_code = (
                "cancelled",
                now,
                judging.settled_reason(message.kind),
            )
            session.add(message)
            cancelled += 1
    return cancelled


def _run(session: Session, now: datetime, enabled: Collection[str] | None) -> Run | None:
    followed = flows.current(session)
    if followed is None:
        return None
    shared = frame(session, now, enabled)
    return Run(shared, followed, Days(session, shared.policy, shared.lender.zone, now))


def _reminders(session: Session, run: Run, borrower_id: int | None = None) -> Iterator[list[Planned | Skipped]]:
    """Outcomes for some thousand borrowers at a time, or for this one."""
    by_borrower: dict[int, list[Candidate]] = defaultdict(list)
    for candidate in find(session, run.followed.cadence, run.days, borrower_id):
        by_borrower[candidate.borrower_id].append(candidate)
    for ids in _batches(sorted(by_borrower)):
        new = _not_yet_planned(session, {each: by_borrower[each] for each in ids}, run.frame.now)
        known = recipients.gather(session, new, run.frame.now)
        yield [outcome for each, found in new.items() for outcome in compete(run.frame, known[each], found)]


def _batches(rows: Sequence[T]) -> Iterator[Sequence[T]]:
    return (rows[start : start + BATCH] for start in range(0, len(rows), BATCH))


def _not_yet_planned(
    session: Session, candidates: dict[int, list[Candidate]], now: datetime
) -> dict[int, list[Candidate]]:
    """Without borrowers who have a reminder for their today, and without what was planned before."""
    planned = planned_lately(session, candidates, now)
    new = {borrower_id: planned.without(found) for borrower_id, found in candidates.items()}
    return {borrower_id: found for borrower_id, found in new.items() if found}


def planned_lately(session: Session, borrower_ids: Collection[int], now: datetime) -> Lately:
    lately = Lately()
    m = _table(Message).c
    rows = session.execute(
        sa.select(m.borrower_id, m.dedupe_key, m.status, m.kind).where(
            m.borrower_id.in_(list(borrower_ids)),
            m.created_at >= now - RECENT,
            m.direction == "out",
            m.dedupe_key.is_not(None),
        )
    )
    for borrower_id, key, status, kind in rows:
        lately.add(borrower_id, key, said=status not in NOT_SAID and kind != Kind.RECEIPT)
    return lately


def _write(session: Session, run: Run, outcomes: list[Planned | Skipped], counts: PlanCounts) -> None:
    planned = [each for each in outcomes if isinstance(each, Planned)]
    skipped = [each for each in outcomes if isinstance(each, Skipped)]
    counts.candidates += len(outcomes) + sum(len(each.merged) for each in planned)
    counts.merged += sum(len(each.merged) for each in planned)
    counts.later += sum(each.decision.until is not None for each in planned)
    counts.skipped.update(each.reason for each in skipped)
    conversations = _conversations(session, planned)
    rows = [_message(run, each, conversations[each.address.address_id]) for each in planned]
    counts.written += _insert(session, Message, rows, ["dedupe_key"])
    _forget_skips(session, planned)
    _insert(session, PlanSkip, [_skip(each) for each in skipped], ["borrower_id", "step", "day"])


def _message(run: Run, planned: Planned, conversation_id: int) -> dict[str, Any]:
    candidate, now = planned.candidate, run.frame.now
    return {
        "direction": "out",
        "conversation_id": conversation_id,
        "address_id": planned.address.address_id,
        "borrower_id": candidate.borrower_id,
        "loan_id": candidate.loan_id,
        "channel": planned.address.channel,
        "kind": candidate.kind,
        "text": "",
        "keys": [{"key": candidate.step.phrase, "values": {}, "about": planned.about}],
        "buttons": [],
        "media": [],
        "language": planned.who.language,
        "status": "queued",
        "status_at": now,
        "error_code": "",
        "attempts": 0,
        "priority": PRIORITY.get(Kind(candidate.kind), BULK),
        "send_after": planned.at,
        "valid_until": planned.valid_until,
        "dedupe_key": candidate.dedupe_key,
        "step": candidate.step.id,
        "flow_version_id": run.followed.version_id,
        "decision": judging.proof(
            planned.decision,
            planned.who,
            planned.address,
            loan_id=candidate.loan_id,
            flow_version=run.followed.version_id,
        ),
        "segments": 0,
        "created_at": now,
    }


def _skip(skipped: Skipped) -> dict[str, Any]:
    candidate = skipped.candidate
    return {
        "borrower_id": candidate.borrower_id,
        "loan_id": candidate.loan_id,
        "step": candidate.step.id,
        "day": candidate.day,
        "reason": skipped.reason,
        "decision": record(skipped.decision) if skipped.decision else None,
    }


def _conversations(session: Session, planned: Iterable[Planned]) -> dict[int, int]:
    """Conversation ids by address; the first message to an address begins its conversation."""
    found = {each.address.address_id: each.address.conversation_id for each in planned}
    missing = sorted(address for address, conversation in found.items() if conversation is None)
    if missing:
        link = _table(AddressBorrower).c
        owners = sa.select(link.address_id, sa.func.min(link.borrower_id), sa.func.count())
        blank = Conversation(address_id=0).model_dump(exclude={"id"})
        rows = [
            blank | {"address_id": address, "borrower_id": owner if count == 1 else None, "tracker": uuid4().hex}
            for address, owner, count in session.execute(
                owners.where(link.address_id.in_(missing)).group_by(link.address_id)
            )
        ]
        _insert(session, Conversation, rows, ["address_id"])
        c = _table(Conversation).c
        found |= {
            row.address_id: row.id
            for row in session.execute(sa.select(c.address_id, c.id).where(c.address_id.in_(missing)))
        }
    return {address: conversation or 0 for address, conversation in found.items()}


def _forget_skips(session: Session, planned: Iterable[Planned]) -> None:
    """Who got a message after all was not skipped."""
    s = _table(PlanSkip).c
    by_step: dict[tuple[str, date], list[int]] = defaultdict(list)
    for each in planned:
        by_step[each.candidate.step.id, each.candidate.day].append(each.candidate.borrower_id)
    for (step, day), borrowers in by_step.items():
        session.execute(sa.delete(PlanSkip).where(s.step == step, s.day == day, s.borrower_id.in_(borrowers)))


def _insert(session: Session, model: type[SQLModel], rows: list[dict[str, Any]], unique: list[str]) -> int:
    """How many rows were new. In one order for all planners, so that two of them never wait for each other."""
    if not rows:
        return 0
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    ordered = sorted(rows, key=lambda row: [str(row[name]) for name in unique])
    table = _table(model)
    # RETURNING tells which rows were new; the count of an executemany differs between drivers.
    new = insert(table).on_conflict_do_nothing(index_elements=unique).returning(table.c.id)
    return len(session.connection().execute(new, ordered).all())


def _table(model: type[SQLModel]) -> sa.Table:
    return model.__table__  # type: ignore[attr-defined, no-any-return]
