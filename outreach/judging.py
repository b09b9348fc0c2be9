"""One verdict per message of the clock: which of a borrower's candidates is written, when, and why the others aren't.

The same judgement is made when the plan is written and again when the message is about to be sent.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from sqlmodel import Session

from loans import accounts
from loans.tables import Borrower, Lender
from outreach import channels_on, flows, policies, proofs, recipients, template_state
from outreach.candidates import Candidate
from outreach.contact_facts import Decision, Facts, Kind, Verdict
from outreach.contact_policy import ContactPolicy
from outreach.contact_rules import decide
from outreach.quiet_hours import time_zone
from outreach.recipients import Reach, Recipient
from outreach.step import Step, spread, valid_until
from outreach.tables import Address, Message
from outreach.template_state import TemplateState
from outreach.wording import About, is_part_paid, still_open

# Another channel is tried where this one may not be used; never where the borrower or the law said no to the message.
FALLS_BACK = frozenset({"channel_not_allowed", "template"})
# Local times for a wish that names a part of the day; own defaults inside every country's weekday hours.
WISHED = {"morning": time(9), "afternoon": time(14), "evening": time(17, 30)}


@dataclass(frozen=True, slots=True)
class Frame:
    """What all judgements of one run share. A run that only looks ahead `proves` nothing: its inputs stay empty."""

    policy: ContactPolicy
    enabled: frozenset[str]
    lender: Lender
    now: datetime
    proves: bool = True
    templates: TemplateState = field(default_factory=TemplateState)


@dataclass(slots=True)
class Planned:
    candidate: Candidate
    who: Recipient
    address: Reach
    at: datetime
    valid_until: datetime
    decision: Decision
    merged: list[Candidate]

    @property
    def about(self) -> list[About]:
        return [row for each in (self.candidate, *self.merged) for row in about(each)]


@dataclass(frozen=True, slots=True)
class Skipped:
    candidate: Candidate
    reason: str
    decision: Decision | None = None


class Written(Protocol):
    """What is asked of a message that waits: a row, or one that is only foreseen."""

    @property
    def id(self) -> int | None: ...
    @property
    def kind(self) -> str: ...
    @property
    def address_id(self) -> int: ...
    @property
    def loan_id(self) -> int | None: ...
    @property
    def valid_until(self) -> datetime | None: ...
    @property
    def flow_version_id(self) -> int | None: ...


@dataclass(frozen=True, slots=True)
class Again:
    """The judgement at sending. `about` is what is left to say; `may_tell` whether details may be said here."""

    verdict: Verdict
    reason: str
    until: datetime | None
    record: dict[str, Any] | None
    about: list[About]
    may_tell: bool


def frame(session: Session, now: datetime, enabled: Collection[str] | None) -> Frame:
    """`enabled` names what is switched on, as `recipients.is_on` reads it; None takes the policy's own defaults."""
    lender = accounts.lender(session)
    policy = policies.in_force(session, accounts.business_date(lender, now))
    if enabled is None:
        enabled = [name for name, channel in policy.channels.items() if channel.enabled_by_default]
    return Frame(policy, frozenset(enabled), lender, now, templates=template_state.read(session))


def about(candidate: Candidate) -> list[About]:
    earlier = [f"payment:{each}" for each in candidate.more]
    anchor = candidate.anchor.isoformat()
    return [
        {"loan": candidate.loan_id, "subject": subject, "anchor": anchor} for subject in (candidate.subject, *earlier)
    ]


def compete(frame: Frame, who: Recipient, candidates: Iterable[Candidate]) -> list[Planned | Skipped]:
    """At most one reminder per borrower and day: the best by priority that may go, with others of its kind merged."""
    outcomes: list[Planned | Skipped] = []
    chosen: Planned | None = None
    for candidate in sorted(candidates, key=lambda each: (each.step.priority, each.anchor, each.subject)):
        if chosen is not None and not _mergeable(chosen, candidate):
            outcomes.append(Skipped(candidate, "outranked"))
            continue
        outcome = judge(frame, who, candidate)
        if chosen is not None and isinstance(outcome, Planned):
            chosen.merged.append(candidate)
            continue
        chosen = outcome if isinstance(outcome, Planned) else chosen
        outcomes.append(outcome)
    return outcomes


def _mergeable(chosen: Planned, other: Candidate) -> bool:
    first = chosen.candidate
    same = other.kind == first.kind and (first.kind == Kind.REMINDER or other.step.id == first.step.id)
    return same and all(other.loan_id != each.loan_id for each in (first, *chosen.merged))


def judge(frame: Frame, who: Recipient, candidate: Candidate) -> Planned | Skipped:
    if candidate.person_leads:
        return Skipped(candidate, "person_leads")
    if candidate.held_out:
        return Skipped(candidate, "held_out")
    if reason := _stopped(candidate.step, who, candidate.anchor, candidate.zone, part_paid=candidate.part_paid):
        return Skipped(candidate, reason)
    first: Planned | Skipped | None = None
    for address in _places(frame, who, candidate.step):
        outcome = _by(frame, who, candidate, address)
        if isinstance(outcome, Planned) or outcome.reason not in FALLS_BACK:
            return outcome
        first = first or outcome
    return first or Skipped(candidate, "no_address")


def _places(frame: Frame, who: Recipient, step: Step) -> list[Reach]:
    """Where to try, in turn; without fall-back only the first address of the first channel."""
    places = who.in_order(step.channels, frame.enabled)
    if step.fall_back or isinstance(step.channels, str):
        return places
    return [each for each in places if each.channel == step.channels[0]][:1]


def _stopped(step: Step, who: Recipient, anchor: date, zone: ZoneInfo, *, part_paid: bool) -> str | None:
    """Why the step's own conditions end it for this borrower."""
    if "partial_payment" in step.stop_on and part_paid:
        return "part_paid"
    heard = [each.last_inbound_at.astimezone(zone).date() for each in who.addresses if each.last_inbound_at]
    return "replied" if "reply" in step.stop_on and any(day >= anchor for day in heard) else None


def _by(frame: Frame, who: Recipient, candidate: Candidate, address: Reach) -> Planned | Skipped:
    if address.blocked:
        return Skipped(candidate, "unreachable")
    if candidate.kind == Kind.RECEIPT and not address.known:
        return Skipped(candidate, "unconfirmed_address")  # Thanks without saying for what would only puzzle.
    wished, own = _instants(frame, who, candidate)
    if wished is not None:
        outcome = _at(frame, who, candidate, address, wished)
        if isinstance(outcome, Planned) and outcome.decision.verdict is Verdict.SEND:
            return outcome
    return _at(frame, who, candidate, address, own)


def _at(frame: Frame, who: Recipient, candidate: Candidate, address: Reach, instant: datetime) -> Planned | Skipped:
    until, at = valid_until(candidate.step, instant), max(instant, frame.now)
    ready = _template_ready(frame, who, candidate, address)
    decision = decide(
        _facts(frame, who, address, kind=candidate.kind, loan_id=candidate.loan_id, at=at, until=until, ready=ready),
        frame.policy,
        at,
        proves=frame.proves,
    )
    if decision.verdict is Verdict.SKIP:
        return Skipped(candidate, decision.reason.value, decision)
    return Planned(candidate, who, address, decision.until or at, until, decision, [])


def _template_ready(frame: Frame, who: Recipient, candidate: Candidate, address: Reach) -> bool:
    return frame.templates.ready(
        candidate.step,
        anchor=candidate.anchor,
        day=candidate.day,
        locale=f"{who.language}_{who.country}",
        known=address.known,
    )


def _instants(frame: Frame, who: Recipient, candidate: Candidate) -> tuple[datetime | None, datetime]:
    """The time that the borrower wished for, if any, and the step's own."""
    step = candidate.step
    if step.at is None:
        return None, frame.now
    wish, day, zone = _wished(who.preferred_time), candidate.day, candidate.zone
    wished = datetime.combine(day, wish, zone).astimezone(UTC) if wish else None
    return wished, datetime.combine(day, step.at, zone).astimezone(UTC) + spread(step, candidate.borrower_id)


def _wished(preferred: str | None) -> time | None:
    if not preferred or preferred in WISHED:
        return WISHED.get(preferred or "")
    try:
        return time.fromisoformat(preferred)
    except ValueError:
        return None


def _facts(
    frame: Frame,
    who: Recipient,
    address: Reach,
    *,
    kind: str,
    loan_id: int | None,
    at: datetime,
    until: datetime | None,
    ready: bool = True,
    message_id: int | None = None,
) -> Facts:
    return recipients.facts(
        who,
        address,
        kind,
        loan_id=loan_id,
        policy=frame.policy,
        enabled=frame.enabled,
        now=at,
        lender_zone=frame.lender.zone,
        valid_until=until,
        template_ok=ready,
        without_message=message_id,
    )


def decide_again(
    session: Session, messages: Sequence[Message], now: datetime, enabled: Collection[str] | None = None
) -> dict[int, Again]:
    """By message id: may each go now, with what is known now? Paid meanwhile, promised, held, opted out, too late."""
    run = frame(session, now, enabled)
    channels_on.note(session, run.enabled)
    known = recipients.gather(session, [each.borrower_id for each in messages if each.borrower_id is not None], now)
    return {each.id or 0: _again(session, run, each, known.get(each.borrower_id or 0)) for each in messages}


def begins(session: Session, message: Message, now: datetime) -> bool:
    """A person writes to a borrower who has not written lately: hours, stops and the caps of the law hold for it."""
    if message.kind != Kind.COLLECTOR or message.borrower_id is None:
        return False
    inbound = session.get_one(Address, message.address_id).last_inbound_at
    return inbound is None or now - inbound >= recipients.CONVERSATION


def would_go(session: Session, message: Message, now: datetime) -> Again:
    """What the next look at the outbox would decide. A channel counts as on until a look has said otherwise."""
    run = frame(session, now, channels_on.names(session) or [message.channel])
    known = recipients.gather(session, [message.borrower_id or 0], now)
    return _again(session, run, message, known.get(message.borrower_id or 0))


def _again(session: Session, run: Frame, message: Message, who: Recipient | None) -> Again:
    rows: list[About] = [row for each in message.keys for row in each.get("about", ())]
    today = accounts.business_date(run.lender, run.now)
    return again(
        run,
        message,
        who,
        rows,
        left_now=lambda: still_open(session, rows, message.kind, today),
        stopped=lambda left: stopped_since(session, run, message, who, left) if who else None,
    )


def again(
    run: Frame,
    message: Written,
    who: Recipient | None,
    rows: Sequence[About],
    *,
    left_now: Callable[[], list[About]],
    stopped: Callable[[Sequence[About]], str | None],
) -> Again:
    """`left_now` says which rows of the message still give a reason to write, `stopped` why its step ends for them."""
    address = next((each for each in who.addresses if each.address_id == message.address_id), None) if who else None
    if who is None or address is None:
        return Again(Verdict.SKIP, "no_address", None, None, [], False)
    if address.blocked:
        return Again(Verdict.SKIP, "unreachable", None, None, [], False)
    left = left_now()
    if rows and not left:
        return Again(Verdict.SKIP, settled_reason(message.kind), None, None, [], False)
    if reason := stopped(left):
        return Again(Verdict.SKIP, reason, None, None, [], False)
    # A hold on one of several loans takes that loan out of the text, not the whole text.
    no_rows: list[About | None] = [None]
    decided = [
        (row, _decide_now(run, who, address, message, row["loan"] if row else message.loan_id))
        for row in left or no_rows
    ]
    going = [(row, decision) for row, decision in decided if decision.verdict is not Verdict.SKIP]
    about_first, first = (going or decided)[0]
    return Again(
        verdict=first.verdict,
        reason=first.reason.value,
        until=first.until,
        record=proof(
            first,
            who,
            address,
            loan_id=about_first["loan"] if about_first else message.loan_id,
            flow_version=message.flow_version_id,
        )
        if run.proves
        else None,
        about=[row for row, decision in going if row],
        may_tell=address.known,
    )


def stopped_since(session: Session, run: Frame, message: Message, who: Recipient, left: Sequence[About]) -> str | None:
    step = step_of(session, message) if left else None
    if step is None or not step.stop_on:
        return None
    zone = time_zone(who.zone) or ZoneInfo(run.lender.zone)
    first = left[0]
    return _stopped(step, who, date.fromisoformat(first["anchor"]), zone, part_paid=is_part_paid(session, first))


def _decide_now(run: Frame, who: Recipient, address: Reach, message: Written, loan_id: int | None) -> Decision:
    facts = _facts(
        run,
        who,
        address,
        kind=message.kind,
        loan_id=loan_id,
        at=run.now,
        until=message.valid_until,
        message_id=message.id,
    )
    return decide(facts, run.policy, run.now, proves=run.proves)


def settled_reason(kind: str) -> str:
    return "paid" if kind == Kind.REMINDER else "settled"


def record(decision: Decision) -> dict[str, Any]:
    """The decision as it is stored with a skip."""
    return {**proofs.said(decision), "policy_version": decision.policy_version, "inputs": decision.inputs}


def proof(
    decision: Decision, who: Recipient, address: Reach, *, loan_id: int | None, flow_version: int | None
) -> dict[str, Any]:
    """The decision as it is stored with a message: the proof of compliance."""
    if who.seen is None:
        raise ValueError("seen is missing: read the recipient with recipients.gather, which says where it looked")
    subject = proofs.Subject(who.borrower_id, address.address_id, loan_id, flow_version)
    return proofs.of(decision, subject, who.seen)


def local_day(frame: Frame, borrower: Borrower) -> date:
    """The borrower's own today; without a known zone, the lender's."""
    zone = time_zone(borrower.zone) or time_zone(frame.lender.zone)
    return frame.now.astimezone(zone).date()


def step_of(session: Session, message: Message) -> Step | None:
    cadence = flows.version(session, message.flow_version_id)
    return next((step for step in cadence.steps if step.id == message.step), None)
