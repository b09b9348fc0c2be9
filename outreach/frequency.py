"""How often a borrower may be written to: caps of law and product, the gap, the silence after a talk."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from outreach import wish_rules
from outreach.contact_facts import Facts, Kind
from outreach.contact_policy import ContactPolicy
from outreach.policy_items import Cap, Cooldown, in_force
from outreach.quiet_hours import SEARCH_DAYS, day_type, effective_hours, local_midnight, next_opening
from outreach.wish_rules import Wished

SEVEN_DAYS = timedelta(days=7)


class CapRule(NamedTuple):
    rule: str
    cap: Cap
    legal: bool


@dataclass(frozen=True, slots=True)
class Limits:
    """What binds in one country on one local day; `unsigned` are the law items it rests on that nobody signed."""

    caps: tuple[CapRule, ...]
    gap: timedelta
    gap_rule: str
    cooldown: Cooldown | None
    cooldown_rule: str
    applied: tuple[str, ...]
    unsigned: tuple[str, ...]
    day_type: str
    hours: tuple[time, time] | None
    hours_text: list[str] | None


class Counted(NamedTuple):
    at: datetime
    day: date
    channel: str
    group: str
    by_collector: bool


@dataclass(slots=True)
class Contacts:
    """One borrower's contacts as the caps see them, and the message that wants to join them."""

    policy: ContactPolicy
    country: str
    zone: ZoneInfo
    kind: Kind
    channel: str
    attempts: tuple[Counted, ...]
    talked_at: datetime | None
    talked_on: date | None
    talked_channel: str | None


@lru_cache(maxsize=8192)
def limits(policy: ContactPolicy, code: str, day: date) -> Limits | None:
    """None where the country has no row in force that day."""
    country = policy.countries.get(code)
    default = in_force(country.default, day) if country else None
    if country is None or default is None or not policy.defaults.in_force(day):
        return None
    law = in_force(country.law.caps, day)
    own = ("defaults", policy.defaults.caps) if default.caps is None else (f"{code}.default", default.caps)
    caps = [CapRule(f"{code}.law.caps[{n}]", cap, True) for n, cap in enumerate((law and law.value) or ())]
    caps += [CapRule(f"{own[0]}.caps[{n}]", cap, False) for n, cap in enumerate(own[1])]
    hours_of_gap = max(policy.defaults.min_gap_hours, default.min_gap_hours or 0)
    used = [f"{code}.law.{name}" for name in ("hours", "caps") if in_force(getattr(country.law, name), day)]
    hours = effective_hours(policy, code, day)
    return Limits(
        caps=tuple(caps),
        gap=timedelta(hours=hours_of_gap),
        gap_rule=f"min_gap_hours:{hours_of_gap}",
        cooldown=default.cooldown_after_conversation,
        cooldown_rule=f"{code}.default.cooldown_after_conversation",
        applied=("defaults.outbound_window", f"{code}.default.hours", *used, *(each.rule for each in caps)),
        unsigned=tuple(item for item in policy.unsigned(code, day) if item in used),
        day_type=day_type(policy, code, day),
        hours=hours,
        hours_text=[f"{hours[0]:%H:%M}", f"{hours[1]:%H:%M}"] if hours else None,
    )


def contacts(facts: Facts, policy: ContactPolicy, zone: ZoneInfo, kind: Kind) -> Contacts:
    """Answers, receipts and what else the policy exempts are no attempts."""
    exempt = exempt_kinds(policy)
    counted = tuple(
        Counted(
            each.at.astimezone(UTC),
            each.at.astimezone(zone).date(),
            each.channel,
            _group(each.channel),
            each.kind == Kind.COLLECTOR,
        )
        for each in facts.attempts
        if each.kind not in exempt
    )
    talked = facts.last_conversation_at
    return Contacts(
        policy=policy,
        country=facts.country,
        zone=zone,
        kind=kind,
        channel=facts.channel,
        attempts=counted,
        talked_at=talked.astimezone(UTC) if talked else None,
        talked_on=talked.astimezone(zone).date() if talked else None,
        talked_channel=facts.last_conversation_channel,
    )


@lru_cache(maxsize=64)
def exempt_kinds(policy: ContactPolicy) -> frozenset[str]:
    names = set(policy.defaults.exempt_from_caps)
    return frozenset(kind for kind in Kind if _policy_name(kind) in names)


def broken(
    contacts: Contacts, bound: Limits, at: datetime, counts: dict[str, list[int]] | None = None
) -> Iterable[tuple[str, datetime]]:
    """Each cap, gap or cooldown that forbids a contact at `at` (UTC), with the first instant that may change it.

    `counts` collects `[used, n]` by rule. What collectors start uses up the caps of the law, not the product's."""
    if contacts.kind in exempt_kinds(contacts.policy):
        return
    by_person = contacts.kind is Kind.COLLECTOR
    day = at.astimezone(contacts.zone).date()
    group = _group(contacts.channel)
    for rule, cap, legal in bound.caps:
        if cap.channel not in ("all", group) or (by_person and not legal):
            continue
        hits = _hits(cap, contacts, at, day, legal)
        forbids, used = _use(cap, contacts, hits, at, day)
        if counts is not None:
            counts[rule] = [used, cap.n]
        if forbids:
            yield rule, _release(cap, contacts, hits, at, day)
    if not by_person:
        yield from _gap(contacts, bound, at)
    yield from _cooldown(contacts, bound, at)


def next_allowed(contacts: Contacts, now: datetime, wishes: Sequence[Wished] = ()) -> datetime | None:
    """The first instant inside the hours that breaks nothing; each step jumps to the next possible change."""
    at = now
    while at < now + timedelta(days=SEARCH_DAYS):
        opening = next_opening(contacts.policy, contacts.country, contacts.zone, at)
        if opening is None:
            return None
        bound = limits(contacts.policy, contacts.country, opening.astimezone(contacts.zone).date())
        if bound is None:
            return None
        waits = [until for _, until in broken(contacts, bound, opening)]
        for _, until in wish_rules.broken(wishes, contacts.channel, contacts.zone, opening):
            if until is None:
                return None
            waits.append(until)
        if not waits:
            return opening
        at = max(waits)
    return None


def _hits(cap: Cap, contacts: Contacts, at: datetime, day: date, legal: bool) -> list[Counted]:
    """Planned attempts after `at` count too, so that a plan never overfills a span."""
    if not contacts.attempts:
        return []
    inside = [hit for hit in contacts.attempts if _in_span(cap, hit.at, hit.day, at, day)]
    if cap.channel == "all" and legal:
        return inside
    return [hit for hit in inside if cap.channel in ("all", hit.group) and (legal or not hit.by_collector)]


def _in_span(cap: Cap, instant: datetime, on: date, at: datetime, day: date) -> bool:
    if cap.scope == "day":
        return on == day
    if cap.scope == "week":
        return on - timedelta(days=on.weekday()) == day - timedelta(days=day.weekday())
    return instant > at - SEVEN_DAYS


def _use(cap: Cap, contacts: Contacts, hits: list[Counted], at: datetime, day: date) -> tuple[bool, int]:
    """Whether one more would break the cap, and how much of it is used."""
    talked = False
    if cap.when != "always" and contacts.talked_at and contacts.talked_on:
        talked = _in_span(cap, contacts.talked_at, contacts.talked_on, at, day)
    active = talked or cap.when == "always"
    if cap.counts == "attempts":
        return active and len(hits) >= cap.n, len(hits)
    channels = {hit.channel for hit in hits}
    if talked and contacts.talked_channel:
        channels.add(contacts.talked_channel)
    return active and len(channels | {contacts.channel}) > cap.n, len(channels)


def _release(cap: Cap, contacts: Contacts, hits: list[Counted], at: datetime, day: date) -> datetime:
    if cap.scope == "day":
        return local_midnight(contacts.zone, day + timedelta(days=1))
    if cap.scope == "week":
        return local_midnight(contacts.zone, day + timedelta(days=7 - day.weekday()))
    leaving = [hit.at for hit in hits]
    if cap.when != "always" and contacts.talked_at:
        leaving.append(contacts.talked_at)
    return min(instant + SEVEN_DAYS for instant in leaving if instant + SEVEN_DAYS > at)


def _gap(contacts: Contacts, bound: Limits, at: datetime) -> Iterable[tuple[str, datetime]]:
    close = [hit.at for hit in contacts.attempts if not hit.by_collector and abs(at - hit.at) < bound.gap]
    if close:
        yield bound.gap_rule, max(close) + bound.gap


def _cooldown(contacts: Contacts, bound: Limits, at: datetime) -> Iterable[tuple[str, datetime]]:
    rule = bound.cooldown
    if rule is None or contacts.talked_at is None or _policy_name(contacts.kind) in rule.exempt:
        return
    collection = "collection_call" if _group(contacts.channel) == "call" else "collection_message"
    over = contacts.talked_at + timedelta(days=rule.days)
    if collection in rule.applies_to and at < over:
        yield bound.cooldown_rule, over


def _policy_name(kind: Kind) -> str:
    return "reply_to_inbound" if kind is Kind.REPLY else kind.value


def _group(channel: str) -> str:
    return channel if channel in ("call", "visit") else "message"
