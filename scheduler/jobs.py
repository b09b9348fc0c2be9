"""What the clock does: each job claims its slot and works in the same transaction, so it runs once on any machines."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
import structlog
from sqlmodel import Session, col, select

from desk import alarm, assignment, cases, lockout
from desk.tables import Case, IdempotencyKey
from insight import funnel_days
from insight.window import Window
from loans import accounts, commitments
from loans import policies as negotiation
from loans.tables import Lender, Plan, Promise
from outreach import media, planning, policies, retention
from outreach.tables import Conversation, Hold, Message, PlanSkip
from scheduler import backups as copies
from store.clock import claim_slot, claimed_slots
from store.engine import reading, transaction

log = structlog.get_logger()

NIGHT = time(3)  # at the lender: the quietest hour for what is heavy
SKIPS_KEPT = timedelta(days=90)  # own default: a quarter, so that a report can look back over one
BROKEN_COUNTED = timedelta(days=180)  # negotiation policy, max_broken_in_180d
# A provider's report about a message in doubt comes within minutes, if it comes.
DOUBT_LASTS = timedelta(hours=1)
KEYS_KEPT = timedelta(days=7)  # own default: longer than any program that lost its answer keeps asking
YEAR = 366  # days; as far as Home looks back
PAID_LATELY = timedelta(hours=2)  # twice the longest slot of those that look at new payments


@dataclass(frozen=True, slots=True)
class Job:
    """`every` None: nightly. `work` gets a session, `now` and the channels that are switched on."""

    name: str
    work: Callable[[Session, datetime, Collection[str] | None], Mapping[str, int]]
    every: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Outside:
    """A job that asks others and may wait for them, so no transaction is open meanwhile; what fails waits a slot."""

    name: str
    work: Callable[[datetime], Mapping[str, int]]
    every: timedelta | None = None


def plan_reminders(session: Session, now: datetime, enabled: Collection[str] | None) -> dict[str, int]:
    counts = planning.plan(session, now, enabled)
    return {"planned": counts.written, "merged": counts.merged, "skipped": counts.skipped.total()}


def withdraw_paid(session: Session, now: datetime, _enabled: Collection[str] | None) -> dict[str, int]:
    return {"withdrawn": planning.cancel_settled(session, now, now - PAID_LATELY)}


def thank_payments(session: Session, now: datetime, enabled: Collection[str] | None) -> dict[str, int]:
    return {"thanked": planning.plan_thanks(session, now, enabled).written}


def check_promises(session: Session, now: datetime, _enabled: Collection[str] | None) -> dict[str, int]:
    """Judges promises whose time is over. The cadence asks the borrower; too many broken ones are for a person."""
    today = accounts.business_date(accounts.lender(session), now)
    settled = commitments.settle(session, today, now)
    counts = Counter(f"promises_{each.state}" for each in settled.promises)
    broken = [each for each in settled.promises if each.state == "broken"]
    counts["cases"] += sum(_case_for_promise(session, each, now) for each in broken)
    broken_plans = [each for each in settled.plans if each.state == "broken"]
    for plan in broken_plans:
        _open_case(session, plan, now, facts={"plan": plan.id, "broken": "plan"})
    counts["cases"] += len(broken_plans)
    return dict(counts)


def _case_for_promise(session: Session, promise: Promise, now: datetime) -> bool:
    today = accounts.business_date(accounts.lender(session), now)
    most = negotiation.in_force(session, today).promise.max_broken_in_180d
    broken = session.exec(
        select(sa.func.count())
        .select_from(Promise)
        .where(
            Promise.borrower_id == promise.borrower_id,
            Promise.state == "broken",
            col(Promise.settled_at) > now - BROKEN_COUNTED,
        )
    ).one()
    if broken < most:
        return False
    _open_case(session, promise, now, facts={"broken_in_180_days": broken, "last_promise": promise.id})
    return True


def _open_case(session: Session, about: Promise | Plan, now: datetime, facts: dict[str, Any]) -> None:
    conversation = session.exec(
        select(Conversation.id)
        .where(Conversation.borrower_id == about.borrower_id)
        .order_by(col(Conversation.last_turn_at).is_(None), col(Conversation.last_turn_at).desc())
    ).first()
    cases.open_case(
        session,
        cases.Reason.BROKEN_PROMISES,
        now=now,
        borrower_id=about.borrower_id,
        conversation_id=conversation,
        loan_id=about.loan_id,
        facts=facts,
    )


def expire_holds(session: Session, now: datetime, _enabled: Collection[str] | None) -> dict[str, int]:
    """Says in the row that a hold ended by its time; the rules have not counted it since."""
    over = (
        sa.update(Hold)
        .where(col(Hold.lifted_at).is_(None), col(Hold.until_at) <= now)
        .values(lifted_at=now, lifted_by="time")
    )
    return {"holds_expired": session.connection().execute(over).rowcount}


def report_doubts(session: Session, now: datetime, _enabled: Collection[str] | None) -> dict[str, int]:
    """A message in doubt that no report has settled is shown to a person, once."""
    doubtful = session.exec(
        select(Message).where(
            Message.direction == "out",
            Message.status == "in_doubt",
            col(Message.status_at) <= now - DOUBT_LASTS,
            ~sa.exists().where(col(Case.turn_id) == sa.literal("message:") + sa.cast(col(Message.id), sa.String)),
        )
    ).all()
    for message in doubtful:
        cases.open_case(
            session,
            cases.Reason.DELIVERY_FAILURE,
            now=now,
            borrower_id=message.borrower_id,
            conversation_id=message.conversation_id,
            loan_id=message.loan_id,
            facts={"message": message.id, "step": message.step},
            turn_id=f"message:{message.id}",
        )
    return {"doubts_reported": len(doubtful)}


def forget_skips(session: Session, now: datetime, _enabled: Collection[str] | None) -> dict[str, int]:
    old = sa.delete(PlanSkip).where(col(PlanSkip.day) < (now - SKIPS_KEPT).date())
    return {"skips_forgotten": session.connection().execute(old).rowcount}


def forget_media(session: Session, now: datetime, _enabled: Collection[str] | None) -> dict[str, int]:
    """After a year, or sooner where the policy keeps less."""
    lender = accounts.lender(session)
    policy = policies.in_force(session, accounts.business_date(lender, now))
    kept = min(media.KEPT_FOR, timedelta(days=policy.defaults.retention_days))
    return {"media_forgotten": media.forget(session, now - kept)}


def forget_texts(session: Session, now: datetime, _enabled: Collection[str] | None) -> dict[str, int]:
    """After the days that the policy gives the borrower's country."""
    today = accounts.business_date(accounts.lender(session), now)
    return {"texts_forgotten": retention.forget(session, policies.in_force(session, today), today, now)}


def assign_cases(session: Session, now: datetime, _enabled: Collection[str] | None) -> dict[str, int]:
    return {"cases_assigned": assignment.assign_waiting(session, now)}


def escalate_cases(session: Session, now: datetime, _enabled: Collection[str] | None) -> dict[str, int]:
    return {"cases_escalated": assignment.escalate(session, now)}


def forget_keys(session: Session, now: datetime, _enabled: Collection[str] | None) -> dict[str, int]:
    old = sa.delete(IdempotencyKey).where(col(IdempotencyKey.created_at) < now - KEYS_KEPT)
    return {"keys_forgotten": session.connection().execute(old).rowcount + lockout.forget(session, now)}


def count_reminders(session: Session, now: datetime, _enabled: Collection[str] | None) -> dict[str, int]:
    """Home's funnel of days that are over; a year is caught up with in a week of nights."""
    lender = accounts.lender(session)
    window = Window.ending(accounts.business_date(lender, now), YEAR, ZoneInfo(lender.zone))
    return {"days_counted": funnel_days.store_days(session, window, now)}


MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
# In this order: what is judged first may change what is planned after it.
JOBS = (
    Job("expire_holds", expire_holds, HOUR),
    Job("check_promises", check_promises, HOUR),
    Job("thank_payments", thank_payments, MINUTE),
    Job("withdraw_paid", withdraw_paid, MINUTE),
    Job(planning.JOB, plan_reminders, HOUR),
    Job("report_doubts", report_doubts, HOUR),
    Job("assign_cases", assign_cases, MINUTE),
    Job("escalate_cases", escalate_cases, MINUTE),
    Job("count_reminders", count_reminders),
    Job("forget_skips", forget_skips),
    Job("forget_media", forget_media),
    Job("forget_texts", forget_texts),
    Job("forget_keys", forget_keys),
)


def run_due(
    engine: sa.Engine,
    now: datetime,
    *,
    enabled: Collection[str] | None = None,
    backups: Path | None = None,
    outside: Sequence[Outside] = (),
    pages: Sequence[str] = (),
) -> dict[str, int]:
    """Runs every job whose slot has come. `backups` is the folder of the nightly copy; None makes none. `pages` are
    the addresses of people who are called when somebody may be in danger."""
    with reading(engine) as session:
        lender = session.get(Lender, 1)
        claimed = claimed_slots(session)
    if lender is None:
        return {}  # Nobody to act for yet.
    counts: Counter[str] = Counter()
    for job in JOBS:
        its_slot = slot(job.every, now, lender.zone)
        if job.name in claimed and claimed[job.name] >= its_slot:
            continue
        try:
            with transaction(engine) as session:
                if claim_slot(session, job.name, its_slot):
                    counts.update(job.work(session, now, enabled))
        except Exception as problem:  # One job's failure leaves the others, and its own slot, as they were.
            log.exception("job_failed", job=job.name, problem=type(problem).__name__)
            counts["jobs_failed"] += 1
    for each in outside:
        counts.update(ask_outside(engine, each, now, lender.zone))
    counts["paged"] += sound_alarm(engine, now, pages)
    if backups is not None:
        counts["backups"] += back_up(engine, now, lender.zone, backups)
    return dict(counts)


def ask_outside(engine: sa.Engine, job: Outside, now: datetime, zone: str) -> Mapping[str, int]:
    with transaction(engine) as session:
        if not claim_slot(session, job.name, slot(job.every, now, zone)):
            return {}
    try:
        return job.work(now)
    except Exception as problem:  # The edge of a job, as above.
        log.exception("job_failed", job=job.name, problem=type(problem).__name__)
        return {"jobs_failed": 1}


def sound_alarm(engine: sa.Engine, now: datetime, pages: Sequence[str]) -> int:
    """At each tick, for cases that no turn has opened and those that have gone to the supervisor."""
    try:
        with reading(engine) as session:
            due = alarm.is_due(session)
        if not due:
            return 0
        with transaction(engine) as session:
            return alarm.sound(session, now, pages)
    except Exception as problem:
        log.exception("alarm_failed", problem=type(problem).__name__)
        return 0


def slot(every: timedelta | None, now: datetime, zone: str) -> datetime:
    """The beginning of the span that `now` lies in: whole minutes or hours, or the night at the lender."""
    if every is not None:
        seconds = int(every.total_seconds())
        return datetime.fromtimestamp(int(now.timestamp()) // seconds * seconds, UTC)
    local = now.astimezone(ZoneInfo(zone))
    tonight = datetime.combine(local.date(), NIGHT, local.tzinfo)
    return (tonight if local >= tonight else tonight - timedelta(days=1)).astimezone(UTC)


def back_up(engine: sa.Engine, now: datetime, zone: str, folder: Path) -> int:
    """The slot is claimed first: the copy must not hold up writers, and one that fails is tried the next night."""
    with transaction(engine) as session:
        if not claim_slot(session, "back_up", slot(None, now, zone)):
            return 0
    try:
        copies.make(engine, folder, now)
    except (copies.BackupError, OSError) as problem:
        log.exception("backup_failed", problem=str(problem))
        return 0
    copies.keep_newest(folder)
    return 1
