"""Foreseen messages and silences, counted by day, channel, region, age of the arrears and step."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from insight.ages import RANGES
from loans.arrears import range_of
from outreach.forecast import Foreseen, Future
from outreach.portfolio_facts import Horizon, PersonFacts
from outreach.wording import About

BY = ("day", "channel", "region", "age", "step")
NOTHING_DUE = "nothing_due"


class Form(NamedTuple):
    """Messages of one form have texts that differ in names, amounts and dates only."""

    step: str
    channel: str
    country: str
    language: str
    known: bool
    several: bool


class Sample(NamedTuple):
    """The message of a form whose borrower has the longest name."""

    length: int
    borrower_id: int
    day: date
    business_date: date
    about: list[About]


@dataclass
class Totals:
    messages: int = 0
    written_to: int = 0
    left_alone: int = 0
    why_alone: Counter[str] = field(default_factory=Counter)  # borrowers who get nothing, by their most common reason
    silences: Counter[str] = field(default_factory=Counter)  # messages that were due and are not written, by reason
    cells: dict[Form, dict[str, Counter[str]]] = field(default_factory=dict)  # then by dimension and value
    samples: dict[Form, Sample] = field(default_factory=dict)

    def add(self, other: "Totals") -> None:
        self.messages += other.messages
        self.written_to += other.written_to
        self.left_alone += other.left_alone
        self.why_alone += other.why_alone
        self.silences += other.silences
        for form, cells in other.cells.items():
            own = self.cells_of(form)
            for name in BY:
                own[name].update(cells[name])
        for form, sample in other.samples.items():
            self.keep(form, sample)

    def cells_of(self, form: Form) -> dict[str, Counter[str]]:
        found = self.cells.get(form)
        if found is None:
            found = self.cells[form] = {name: Counter() for name in BY}
        return found

    def keep(self, form: Form, sample: Sample) -> None:
        known = self.samples.get(form)
        if known is None or (sample.length, -sample.borrower_id) > (known.length, -known.borrower_id):
            self.samples[form] = sample


def count(lives: Iterable[tuple[PersonFacts, Future]], span: Horizon, names: Mapping[int, str]) -> Totals:
    totals = Totals()
    for person, future in lives:
        if future.sent:
            totals.written_to += 1
        elif person.loans:
            totals.left_alone += 1
            reasons = Counter(each.reason for each in future.silences)
            totals.why_alone[reasons.most_common(1)[0][0] if reasons else NOTHING_DUE] += 1
        totals.silences.update(each.reason for each in future.silences)
        for message in future.sent:
            _count_message(totals, person, message, span, len(names.get(message.borrower_id, "")))
    return totals


def _count_message(totals: Totals, person: PersonFacts, message: Foreseen, span: Horizon, length: int) -> None:
    business_date = span.business_date(message.send_after)
    who = person.who
    form = Form(message.step, message.channel, who.country, who.language, message.known, len(message.about) > 1)
    totals.messages += 1
    cells = totals.cells_of(form)
    cells["day"][business_date.isoformat()] += 1
    cells["channel"][message.channel] += 1
    cells["region"][person.region] += 1
    cells["age"][_age(person, message, business_date)] += 1
    cells["step"][message.step] += 1
    known = totals.samples.get(form)
    if known is None or length > known.length:
        day = date.fromisoformat(message.day) if message.day else business_date
        totals.keep(form, Sample(length, message.borrower_id, day, business_date, message.about))


def _age(person: PersonFacts, message: Foreseen, day: date) -> str:
    """By the loan that the message is about, in days past due as it is sent."""
    oldest = person.loans.get(message.loan_id or 0)
    late = max(0, (day - oldest).days) if oldest else 0
    held = range_of(late, RANGES)
    return held.name if held else ""
