"""Whatever the situation: what the rules let go now, or promise for later, breaks no row of any country."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from outreach.contact_facts import Attempt, Facts, Verdict
from outreach.contact_rules import decide
from outreach.quiet_hours import country_zones
from outreach.wish_rules import Wished
from tests.compliance import checker
from tests.compliance.checker import Sent
from tests.compliance.diary import Life, Span
from tests.outreach.situations import POLICY, ZONES

ROWS = checker.rows()
KINDS = ("reminder", "promise_reminder", "plan_reminder", "promise_followup", "receipt", "collector")
CHANNELS = ("sms", "whatsapp", "telegram")
LONG_AGO = datetime(2025, 1, 1, tzinfo=UTC)
# Around the days on which clocks change in one country or another, around holidays, and any day.
TURNS = [datetime(2026, *each, tzinfo=UTC) for each in ((3, 8), (3, 29), (4, 5), (9, 6), (10, 25), (11, 1), (12, 31))]
INSTANTS = st.one_of(
    st.datetimes(datetime(2026, 1, 10), datetime(2027, 11, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    st.builds(
        lambda turn, minutes: turn + timedelta(minutes=minutes), st.sampled_from(TURNS), st.integers(-3000, 3000)
    ),
)


@dataclass(frozen=True, slots=True)
class Situation:
    facts: Facts
    now: datetime
    life: Life


@st.composite
def situations(draw: st.DrawFn) -> Situation:
    now, country = draw(INSTANTS), draw(st.sampled_from(sorted(ZONES)))
    zone = draw(st.sampled_from(country_zones(country)))
    ago = st.integers(1, 9 * 24 * 60).map(lambda minutes: now - timedelta(minutes=minutes))
    attempts = draw(st.lists(st.builds(Attempt, ago, st.sampled_from(CHANNELS), st.sampled_from(KINDS)), max_size=5))
    talk, talked = draw(st.none() | ago), draw(st.sampled_from(CHANNELS))
    life = Life(homes=[(LONG_AGO, country, zone)], inbound=[(talk, talked, 1)] if talk else [])
    life.consents[1] = [Span(LONG_AGO)] if draw(st.integers(0, 9)) else []
    life.silent = [Span(LONG_AGO)] if not draw(st.integers(0, 9)) else []
    life.with_person = [Span(LONG_AGO)] if not draw(st.integers(0, 9)) else []
    holds = draw(
        st.sets(st.sampled_from(sorted(checker.SILENCED)), max_size=1) if draw(st.booleans()) else st.just(set())
    )
    life.holds = [(each, Span(LONG_AGO)) for each in holds]
    facts = Facts(
        country=country,
        zone=zone,
        channel=draw(st.sampled_from(CHANNELS)),
        kind=draw(st.sampled_from(KINDS)),
        consent=bool(life.consents[1]),
        opted_out=bool(life.silent),
        holds=frozenset(holds),
        person_owns=bool(life.with_person),
        attempts=tuple(attempts),
        last_conversation_at=talk,
        last_conversation_channel=talked if talk else None,
        wishes=tuple(_wishes(draw, life, now)),
    )
    return Situation(facts, now, life)


def _wishes(draw: st.DrawFn, life: Life, now: datetime) -> list[Wished]:
    wishes = []
    if draw(st.integers(0, 3)) == 0:
        opens = time(draw(st.integers(7, 18)))
        closes = time(draw(st.integers(opens.hour + 1, 21)))
        life.hours.append((Span(LONG_AGO), opens, closes))
        wishes.append(Wished(1, "hours", opens=opens, closes=closes))
    if draw(st.integers(0, 3)) == 0:
        until = now + timedelta(minutes=draw(st.integers(-600, 10 * 24 * 60)))
        life.pauses.append(Span(LONG_AGO, until))
        wishes.append(Wished(2, "pause", until=until))
    if draw(st.integers(0, 5)) == 0:
        channel = draw(st.sampled_from(CHANNELS))
        life.only.append((Span(LONG_AGO), channel))
        wishes.append(Wished(3, "channel", channel=channel))
    return wishes


def breaches(situation: Situation, at: datetime) -> list[str]:
    """Of the new message only: what was sent before may be anything."""
    facts = situation.facts
    before = [Sent(number, each.at, each.channel, 1, each.kind) for number, each in enumerate(facts.attempts)]
    found = checker.violations(ROWS, situation.life, [*before, Sent(999, at, facts.channel, 1, facts.kind)])
    return [each for each in found if each.startswith("message 999")]


@settings(max_examples=400)
@given(situations())
def test_what_goes_or_waits_breaks_no_row(situation: Situation) -> None:
    decision = decide(situation.facts, POLICY, situation.now)
    if decision.verdict is Verdict.SEND:
        assert breaches(situation, situation.now) == []
    elif decision.until is not None:
        assert breaches(situation, decision.until) == []


@settings(max_examples=200)
@given(situations())
def test_nothing_is_kept_back_without_a_row_that_says_so(situation: Situation) -> None:
    """The rules are no stricter than the rows, but for what no row of the auditor speaks of."""
    decision = decide(situation.facts, POLICY, situation.now)
    if decision.verdict is not Verdict.SEND and decision.reason.value != "no_country_row":
        assert breaches(situation, situation.now)
