"""An auditor of its own: reads messages, the rows of the policy file and the diary, and knows no rule of the product.

Everything is written again and as plainly as can be; the only thing shared with the product is the calendar of
public holidays.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import holidays

from tests.compliance.diary import Life, Span

POLICY_FILE = Path(__file__).parents[2] / "outreach" / "contact_policy.json"
ANSWERS = {"reply", "opt_out_confirmation"}
NO_ATTEMPT = {*ANSWERS, "receipt"}
REMINDERS = {"reminder", "promise_reminder", "plan_reminder", "promise_followup"}
# What a hold leaves unsaid, as docs/policies.md has it.
SILENCED = {
    "dispute": REMINDERS,
    "payment_claim": REMINDERS,
    "hardship": REMINDERS,
    "vulnerable": {*REMINDERS, "receipt"},
    "deceased": {*REMINDERS, "receipt", "collector"},
}


@dataclass(frozen=True, slots=True)
class Sent:
    """One message that left us, as its row says. `asked_in` says that a person wrote it into an open conversation."""

    message_id: int
    at: datetime
    channel: str
    address_id: int
    kind: str
    loan_id: int | None = None
    asked_in: bool = False


def rows() -> dict[str, Any]:
    return json.loads(POLICY_FILE.read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def violations(policy: dict[str, Any], life: Life, sent: Iterable[Sent]) -> Iterator[str]:
    """Each breach of a row, in words; nothing for a borrower who was treated as the rows say."""
    begun = sorted((each for each in sent if each.kind not in ANSWERS and not each.asked_in), key=lambda each: each.at)
    attempts = [each for each in begun if each.kind not in NO_ATTEMPT]
    for each in begun:
        country, zone = life.home(each.at)
        zone = zone or policy["countries"][country]["single_time_zone"]
        if zone is None:
            yield f"message {each.message_id}: sent to a place whose time is not known"
            continue
        place = _Place(policy, country, ZoneInfo(zone))
        breaches = [*_manners(life, each, place), *_hours(place, each)]
        if each.kind not in NO_ATTEMPT:
            breaches += _frequency(place, life, each, attempts)
        yield from (f"message {each.message_id} ({each.kind}, {country}): {breach}" for breach in breaches)


@dataclass(frozen=True, slots=True)
class _Place:
    policy: dict[str, Any]
    country: str
    zone: ZoneInfo

    def day(self, at: datetime) -> date:
        return at.astimezone(self.zone).date()

    def default(self, day: date) -> dict[str, Any]:
        return _version(self.policy["countries"][self.country]["default"], day)

    def law(self, item: str, day: date) -> Any:
        written = self.policy["countries"][self.country]["law"][item]
        return _version(written, day).get("value")


def _version(written: Any, day: date) -> dict[str, Any]:
    for each in written if isinstance(written, list) else [written or {}]:
        if (each.get("valid_from") or "0001-01-01") <= day.isoformat() <= (each.get("valid_to") or "9999-12-31"):
            return each
    return {}


def _hours(place: _Place, message: Sent) -> Iterator[str]:
    local = message.at.astimezone(place.zone)
    day = local.date()
    kind = ("mon_fri", "mon_fri", "mon_fri", "mon_fri", "mon_fri", "sat", "sun")[day.weekday()]
    if day in _holidays(place.policy["countries"][place.country]["holiday_calendar"], day.year):
        kind = "holidays"
    windows = [place.policy["defaults"]["outbound_window"], place.default(day)["hours"][kind]]
    if law := place.law("hours", day):
        windows.append(law[kind])
    for window in windows:
        if window is None or not window[0] <= f"{local:%H:%M:%S}" < window[1]:
            yield f"outside the hours {window} of {kind} at {local:%Y-%m-%d %H:%M:%S}"


@lru_cache(maxsize=64)
def _holidays(calendar: str, year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays(calendar, years=year))


def _frequency(place: _Place, life: Life, message: Sent, attempts: Sequence[Sent]) -> Iterator[str]:
    day = place.day(message.at)
    default, by_hand = place.default(day), message.kind == "collector"
    before = [each for each in attempts if each.at < message.at or each is message]
    talk = max((each for each in life.inbound if each[0] <= message.at), default=None)
    own = default["caps"] if default["caps"] is not None else place.policy["defaults"]["caps"]
    caps = [(cap, True) for cap in place.law("caps", day) or ()] + [(cap, False) for cap in own if not by_hand]
    for cap, legal in caps:
        counted = [each for each in before if legal or each.kind != "collector"]
        if breach := _cap(place, cap, counted, message, talk):
            yield breach
    ours = [each for each in before if each.kind != "collector" and each is not message]
    gap = timedelta(hours=max(default["min_gap_hours"] or 0, place.policy["defaults"]["min_gap_hours"]))
    if not by_hand and ours and message.at - ours[-1].at < gap:
        yield f"only {message.at - ours[-1].at} after message {ours[-1].message_id}"
    rest = default["cooldown_after_conversation"]
    if rest and talk and message.kind not in rest["exempt"] and message.at < talk[0] + timedelta(days=rest["days"]):
        yield f"within {rest['days']} days after a talk at {talk[0]}"


def _cap(
    place: _Place, cap: dict[str, Any], attempts: Sequence[Sent], message: Sent, talk: tuple[datetime, str, int] | None
) -> str | None:
    if cap["channel"] not in ("all", "message"):
        return None
    talked = talk is not None and _together(place, cap["scope"], talk[0], message.at)
    if cap["when"] != "always" and not talked:
        return None
    inside = [each for each in attempts if _together(place, cap["scope"], each.at, message.at)]
    if cap["counts"] == "attempts":
        return f"attempt {len(inside)} of {cap['n']} in one {cap['scope']}" if len(inside) > cap["n"] else None
    channels = {each.channel for each in inside} | ({talk[1]} if talked and talk else set())
    return f"channels {sorted(channels)} in one {cap['scope']}" if len(channels) > cap["n"] else None


def _together(place: _Place, scope: str, earlier: datetime, at: datetime) -> bool:
    one, other = place.day(earlier), place.day(at)
    if scope == "day":
        return one == other
    if scope == "week":
        return one.isocalendar()[:2] == other.isocalendar()[:2]
    return earlier > at - timedelta(days=7)


def _manners(life: Life, message: Sent, place: _Place) -> Iterator[str]:
    """What the borrower or the situation forbids."""
    at = message.at
    if any(span.holds(at) for span in life.silent):
        yield "after a stop"
    if not any(span.holds(at) for span in life.consents[message.address_id]):
        yield "without consent"
    yield from (f"under {event}" for event, span in life.holds if span.holds(at) and _forbids(event, message.kind))
    if message.kind != "collector" and any(span.holds(at) for span in life.with_person):
        yield "while a person has the conversation"
    if any(span.holds(at) for span in life.pauses):
        yield "during a pause that was asked for"
    local = at.astimezone(place.zone).time()
    if any(span.holds(at) and not opens <= local < closes for span, opens, closes in life.hours):
        yield f"outside the hours that were asked for, at {local:%H:%M}"
    if any(span.holds(at) and channel != message.channel for span, channel in life.only):
        yield f"by {message.channel}, although another channel alone was asked for"
    if message.kind == "reminder" and any(_alive(life, loan, span, message) for loan, span in life.promises):
        yield "while a promise is alive"


def _forbids(event: str, kind: str) -> bool:
    return kind in SILENCED[event]


def _alive(life: Life, loan_id: int, span: Span, message: Sent) -> bool:
    paid = any(span.begins <= each <= message.at for each in life.paid[loan_id])
    return loan_id == message.loan_id and span.holds(message.at) and not paid
