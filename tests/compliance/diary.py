"""What really happened to each borrower, noted by whoever made it happen; no table of the product is read."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, time


@dataclass(frozen=True, slots=True)
class Span:
    """From an instant to before another; None is open."""

    begins: datetime
    ends: datetime | None = None

    def holds(self, at: datetime) -> bool:
        return self.begins <= at and (self.ends is None or at < self.ends)


@dataclass(slots=True)
class Life:
    """One borrower: where they lived, what they allowed, what stood in the way."""

    homes: list[tuple[datetime, str, str | None]] = field(default_factory=list)  # since, country, zone
    silent: list[Span] = field(default_factory=list)  # opted out, wrong person
    consents: dict[int, list[Span]] = field(default_factory=lambda: defaultdict(list))  # by address
    holds: list[tuple[str, Span]] = field(default_factory=list)
    with_person: list[Span] = field(default_factory=list)
    pauses: list[Span] = field(default_factory=list)
    hours: list[tuple[Span, time, time]] = field(default_factory=list)
    only: list[tuple[Span, str]] = field(default_factory=list)
    inbound: list[tuple[datetime, str, int]] = field(default_factory=list)  # at, channel, address
    promises: list[tuple[int, Span]] = field(default_factory=list)  # by loan, until paid or due
    paid: dict[int, list[datetime]] = field(default_factory=lambda: defaultdict(list))  # by loan

    def home(self, at: datetime) -> tuple[str, str | None]:
        return [(country, zone) for since, country, zone in self.homes if since <= at][-1]


def end(spans: list[Span], at: datetime) -> None:
    """The last one is over."""
    if spans and spans[-1].ends is None:
        spans[-1] = Span(spans[-1].begins, at)


class Diary:
    def __init__(self) -> None:
        self.lives: dict[int, Life] = defaultdict(Life)

    def of(self, borrower_id: int) -> Life:
        return self.lives[borrower_id]

    def __iter__(self) -> Iterator[int]:
        return iter(self.lives)
