"""Whether a cadence can be kept under the contact rules: the same decision that will be made of each message. Pure."""

from collections.abc import Collection, Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from outreach.cadence import Cadence, step_instant
from outreach.contact_facts import Attempt, Facts, Reason
from outreach.contact_policy import ContactPolicy
from outreach.contact_rules import decide
from outreach.flow_fault import Fault
from outreach.quiet_hours import country_zones, effective_hours
from outreach.step import CHANNEL_ORDER, Step

# A fortnight holds every kind of day but holidays.
FORTNIGHT = 14
# Due dates that are tried; from far enough ahead that the earliest step still lies in the future.
AHEAD = 31


def faults(
    content: Cadence, policy: ContactPolicy, countries: Collection[str], channels: Collection[str], today: date
) -> Iterator[Fault]:
    """Countries without a row are left out: nobody is written to there, whatever the cadence says."""
    for country in sorted(set(countries) & set(policy.countries)):
        for step in content.steps:
            if step.active and step.at is not None:
                yield from _hours(step, policy, country, today)
        yield from _caps(content, policy, country, channels, today)


def _hours(step: Step, policy: ContactPolicy, country: str, today: date) -> Iterator[Fault]:
    """The last of those whom the step spreads is still written to inside the hours of some day."""
    windows = [effective_hours(policy, country, today + timedelta(days=n)) for n in range(FORTNIGHT)]
    at = step.at or next(iter(window[0] for window in windows if window))
    last = (datetime.combine(today, at) + timedelta(minutes=step.spread_minutes)).time()
    known = [window for window in windows if window]
    if known and not any(opens <= at <= last < closes for opens, closes in known):
        opens, closes = max(known, key=lambda window: window[1])
        field, shown = ("spread_minutes", step.spread_minutes) if at < closes and at >= opens else ("at", f"{at:%H:%M}")
        named = {"country": country, "opens": f"{opens:%H:%M}", "closes": f"{closes:%H:%M}"}
        yield Fault(step.id, field, shown, "flow_outside_hours", named)


def _caps(
    content: Cadence, policy: ContactPolicy, country: str, channels: Collection[str], today: date
) -> Iterator[Fault]:
    """A loan that nobody pays, from the first step to the last: no step may be denied for coming too often."""
    row = policy.countries[country]
    zone = ZoneInfo(row.single_time_zone or next(iter(country_zones(country))))
    due, sent = today + timedelta(days=AHEAD), list[Attempt]()

    def open_day(day: date) -> bool:
        return effective_hours(policy, country, day) is not None

    for step in _one_a_day(content):
        at = step_instant(step, due, zone, open_day)
        channel = next((each for each in _order(step) if each in channels), None)
        if at is None or channel is None:
            continue
        facts = Facts(country, zone.key, channel, step.kind, True, attempts=tuple(sent))
        decision = decide(facts, policy, at)
        if decision.reason is Reason.CAP_REACHED:
            named = {"country": country, "rule": ", ".join(decision.rules)}
            yield Fault(step.id, "offset_days", step.offset_days, "flow_too_often", named)
        else:
            sent.append(Attempt(at, channel, step.kind))


def _one_a_day(content: Cadence) -> list[Step]:
    """Of several steps on one day the best by priority is the one that goes."""
    best: dict[int, Step] = {}
    for step in sorted(content.steps, key=lambda each: each.priority):
        if step.active and step.anchor == "due_date":
            best.setdefault(step.offset_days, step)
    return [best[offset] for offset in sorted(best)]


def _order(step: Step) -> tuple[str, ...]:
    return CHANNEL_ORDER if step.channels == "preferred" else step.channels
