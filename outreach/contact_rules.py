"""The contact rules: may this message go to this borrower now?

One pure decision, used at planning, again at sending, in previews and in reports. It denies by default, names the
first line of the policy that failed, and keeps what it saw as proof.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from outreach import wish_rules
from outreach.contact_facts import Attempt, Decision, Facts, Kind, Reason, Verdict
from outreach.contact_policy import ContactPolicy
from outreach.frequency import Limits, broken, contacts, limits, next_allowed
from outreach.policy_items import in_force
from outreach.quiet_hours import SEARCH_DAYS, country_zones, time_zone

__all__ = ["ANSWERS", "STOPPED_BY", "Attempt", "Decision", "Facts", "Kind", "Reason", "Verdict", "decide"]

# Answers to what the borrower wrote: allowed at any hour, without consent and under any hold.
ANSWERS = frozenset({Kind.REPLY, Kind.OPT_OUT_CONFIRMATION})
ASKS = frozenset(
    {Kind.REMINDER, Kind.PROMISE_REMINDER, Kind.PLAN_REMINDER, Kind.PROMISE_FOLLOWUP, Kind.HARDSHIP_CHECKIN}
)
EVERYTHING = frozenset(Kind) - ANSWERS

# Kinds of message that each hold stops; a hold that is not listed (opt_out, wrong_person, deceased, represented,
# minor, an unknown one) stops everything.
STOPPED_BY: dict[str, frozenset[Kind]] = {
    "promise_alive": frozenset({Kind.REMINDER, Kind.PROMISE_FOLLOWUP}),
    "dispute": ASKS,
    "payment_claim": ASKS,
    "hardship": ASKS - {Kind.HARDSHIP_CHECKIN},
    "vulnerable": EVERYTHING - {Kind.COLLECTOR},
    "abuse": EVERYTHING - {Kind.COLLECTOR},  # after a threat only a person writes
    "person_owns": frozenset(),  # its own line of the policy, human_owns_thread
}
SEVERITY = {Verdict.SEND: 0, Verdict.LATER: 1, Verdict.SKIP: 2}
WAITABLE = frozenset({Reason.BORROWER_WISH, Reason.OUTSIDE_HOURS, Reason.CAP_REACHED})
OTHER_CHANNEL = "wish:channel"  # no waiting mends that one

Fault = tuple[Reason, str]


@dataclass(slots=True)
class _Case:
    facts: Facts
    policy: ContactPolicy
    now: datetime
    kind: Kind
    answering: bool
    zone: ZoneInfo | None
    local: datetime
    limits: Limits | None
    proves: bool = True


def decide(facts: Facts, policy: ContactPolicy, now: datetime, *, proves: bool = True) -> Decision:
    """The verdict on one message. `later` only where waiting alone helps and the message lives that long.

    Who looks far ahead at many messages `proves` none of them: then the inputs stay empty."""
    if now.tzinfo is None:
        raise ValueError("now has no time zone: pass an aware datetime")
    kind = Kind(facts.kind)
    answering = kind in ANSWERS or (kind is Kind.COLLECTOR and facts.conversation_open)
    zone = _zone(facts, policy)
    if zone is None and not answering and policy.engine.unknown_time_zone == "strictest_of_country":
        return _strictest(facts, policy, now)
    now = now.astimezone(UTC)
    local = now.astimezone(zone or UTC)
    bound = limits(policy, facts.country, local.date())
    case = _Case(facts, policy, now, kind, answering, zone, local, bound, proves)
    if bound is None:
        return _decision(case, [(Reason.NO_COUNTRY_ROW, f"country:{facts.country}")], {}, None)
    counts: dict[str, list[int]] = {}
    waits, until = _timed(case, bound, zone, counts) if zone and not answering else ([], None)
    faults = [*_before_time(case, bound), *waits, *_after_time(case)]
    if until and facts.valid_until and until > facts.valid_until:
        faults.append((Reason.STALE, "valid_until:before_next_opening"))
    waitable = all(reason in WAITABLE and rule != OTHER_CHANNEL for reason, rule in faults)
    return _decision(case, faults, counts, until if waitable else None)


def _strictest(facts: Facts, policy: ContactPolicy, now: datetime) -> Decision:
    """Send only if every zone of the country would; later only at an instant at which every zone would."""
    zones = country_zones(facts.country) or ("UTC",)
    first = _worst(facts, policy, now, zones)
    until = first.until
    while until and (again := _worst(facts, policy, until, zones)).verdict is not Verdict.SEND:
        until = again.until if until < now + timedelta(days=SEARCH_DAYS) else None
    if first.verdict is Verdict.LATER and until is None:
        return replace(first, verdict=Verdict.SKIP, until=None)
    return replace(first, until=until)


def _worst(facts: Facts, policy: ContactPolicy, at: datetime, zones: tuple[str, ...]) -> Decision:
    each = [decide(replace(facts, zone=zone), policy, at) for zone in zones]
    return max(each, key=lambda one: (SEVERITY[one.verdict], one.until or at))


def _timed(
    case: _Case, bound: Limits, zone: ZoneInfo, counts: dict[str, list[int]]
) -> tuple[list[Fault], datetime | None]:
    """Wishes, hours and caps that forbid the message now, and the first instant at which none does."""
    wished = list(wish_rules.broken(case.facts.wishes, case.facts.channel, zone, case.now))
    faults: list[Fault] = [(Reason.BORROWER_WISH, rule) for rule, _ in wished]
    if bound.hours is None or not bound.hours[0] <= case.local.time() < bound.hours[1]:
        faults.append((Reason.OUTSIDE_HOURS, f"{case.facts.country}.hours.{bound.day_type}"))
    known = contacts(case.facts, case.policy, zone, case.kind)
    over = list(broken(known, bound, case.now, counts))
    faults += [(Reason.CAP_REACHED, rule) for rule, _ in over]
    start = max((until for _, until in over), default=case.now)
    return faults, next_allowed(known, start, case.facts.wishes) if faults else None


def _before_time(case: _Case, bound: Limits) -> Iterable[Fault]:
    """The policy's lines before the hours, in its order."""
    facts, policy = case.facts, case.policy
    channel = _channel(policy, facts.channel, case.local.date())
    if not case.answering:
        if bound.unsigned and policy.engine.unsigned_law_item == "deny":
            yield Reason.UNSIGNED_LAW_ITEM, bound.unsigned[0]
        if facts.opted_out:
            yield Reason.NO_CONSENT, "consent:opted_out"
        elif not facts.consent and (policy.defaults.consent_required or channel.requires_opt_in):
            yield Reason.NO_CONSENT, "consent:none"
        if case.zone is None:
            yield Reason.UNKNOWN_TIME_ZONE, f"zone:{facts.zone or 'none'}"
        for hold in sorted(facts.holds):
            if case.kind in STOPPED_BY.get(hold, EVERYTHING):
                yield Reason.HELD, f"hold:{hold}"
    purpose = "reply_to_inbound" if case.answering else "own_customer_reminder"
    if not facts.channel_enabled or purpose not in channel.purposes:
        yield Reason.CHANNEL_NOT_ALLOWED, f"channel:{facts.channel}"
    owned = facts.person_owns or "person_owns" in facts.holds
    if owned and case.kind not in (Kind.COLLECTOR, Kind.OPT_OUT_CONFIRMATION):
        yield Reason.HUMAN_OWNS_THREAD, "owner:person"


def _after_time(case: _Case) -> Iterable[Fault]:
    """The policy's lines after the caps. An answer may go to a stranger: it says nothing about a debt."""
    facts = case.facts
    if facts.third_party and not case.answering:
        yield Reason.THIRD_PARTY, "defaults.third_party"
    if facts.needs_template and not facts.template_ok:
        yield Reason.TEMPLATE, f"template:{facts.channel}"
    if facts.valid_until and case.now > facts.valid_until:
        yield Reason.STALE, "valid_until:passed"


def _zone(facts: Facts, policy: ContactPolicy) -> ZoneInfo | None:
    """The borrower's own zone, else the single one of the country, else the lender's where the policy says so."""
    if zone := time_zone(facts.zone):
        return zone
    country = policy.countries.get(facts.country)
    if country and country.single_time_zone:
        return time_zone(country.single_time_zone)
    return time_zone(facts.lender_zone) if policy.engine.unknown_time_zone == "lender_default" else None


class _ChannelRule(NamedTuple):
    requires_opt_in: bool
    purposes: frozenset[str]


@lru_cache(maxsize=1024)
def _channel(policy: ContactPolicy, name: str, day: date) -> _ChannelRule:
    """A channel that the policy does not name serves no purpose; calls and visits are people's."""
    if name in ("call", "visit"):
        return _ChannelRule(True, frozenset({"own_customer_reminder", "reply_to_inbound"}))
    channel = policy.channels.get(name)
    default = in_force(channel.default, day) if channel else None
    if channel is None or default is None:
        return _ChannelRule(True, frozenset())
    opt_in = in_force(channel.requires_opt_in, day)
    return _ChannelRule(opt_in is None or opt_in.value is not False, frozenset(default.purposes))


def _decision(case: _Case, faults: list[Fault], counts: dict[str, list[int]], until: datetime | None) -> Decision:
    bound = case.limits
    return Decision(
        verdict=Verdict.LATER if until else Verdict.SKIP if faults else Verdict.SEND,
        reason=faults[0][0] if faults else Reason.ALLOWED,
        until=until,
        policy_version=case.policy.policy_version,
        rules=tuple(rule for _, rule in faults) if faults or not bound else bound.applied,
        inputs=_inputs(case, counts) if case.proves else {},
    )


def _inputs(case: _Case, counts: dict[str, list[int]]) -> dict[str, Any]:
    facts, bound = case.facts, case.limits
    seen: dict[str, Any] = {
        "now": case.now.isoformat(),
        "local_time": case.local.isoformat(),
        "country": facts.country,
        "zone": case.zone.key if case.zone else None,
        "day_type": bound.day_type if bound else None,
        "hours": bound.hours_text if bound else None,
        "channel": facts.channel,
        "kind": case.kind.value,
        "consent": facts.consent,
        "opted_out": facts.opted_out,
        "holds": sorted(facts.holds),
        "channel_enabled": facts.channel_enabled,
        "person_owns": facts.person_owns,
        "third_party": facts.third_party,
        "needs_template": facts.needs_template,
        "template_ok": facts.template_ok,
        "conversation_open": facts.conversation_open,
        "valid_until": facts.valid_until and facts.valid_until.isoformat(),
        "last_conversation_at": facts.last_conversation_at and facts.last_conversation_at.isoformat(),
        "last_conversation_channel": facts.last_conversation_channel,
        "borrower_zone": facts.zone,
        "lender_zone": facts.lender_zone,
        "wishes": [each.seen for each in facts.wishes],
        "attempts": len(facts.attempts),
        "last_attempt_at": max(each.at for each in facts.attempts).isoformat() if facts.attempts else None,
        "attempts_seen": sorted([each.at.isoformat(), each.channel, str(each.kind)] for each in facts.attempts),
        "caps_used": counts,
    }
    if bound and bound.unsigned and case.policy.engine.unsigned_law_item == "warn":
        seen["warnings"] = list(bound.unsigned)
    return seen
