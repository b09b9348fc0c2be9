"""How late a loan is on a business date, and in which range of ages that falls.

An instalment due on the date itself is not overdue. Days past due never stop; grace and pauses act on
delinquent days only.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from loans.replay import Event, InstalmentState, LedgerState, Pause, Resume


@dataclass(frozen=True, slots=True)
class Arrears:
    """One loan's lateness; amounts in minor units, ages in days."""

    days_past_due: int
    overdue: int
    delinquent_days: int
    oldest_due: date | None


@dataclass(frozen=True, slots=True)
class AgeRange:
    """A bucket of ages in days, both borders included; the oldest has no maximum."""

    name: str
    minimum: int
    maximum: int | None

    def holds(self, age: int) -> bool:
        return self.minimum <= age and (self.maximum is None or age <= self.maximum)


def arrears(state: LedgerState, as_of: date, *, grace_days: int = 0, pauses: Sequence[Pause] = ()) -> Arrears:
    """Lateness on `as_of`; `pauses` are as `cut_pauses` returns them."""
    late = overdue_rows(state, as_of)
    dpd = (as_of - late[0].due).days if late else 0
    return Arrears(
        days_past_due=dpd,
        overdue=sum(row.outstanding for row in late),
        delinquent_days=delinquent_days(dpd, as_of, grace_days=grace_days, pauses=pauses),
        oldest_due=late[0].due if late else None,
    )


def overdue_rows(state: LedgerState, as_of: date) -> list[InstalmentState]:
    """Instalments due before `as_of` and not fully paid, the oldest first."""
    return [row for row in state.rows if row.due < as_of and row.outstanding]


def next_due(state: LedgerState, as_of: date) -> InstalmentState | None:
    """The first instalment due today or later with something left to pay."""
    return next((row for row in state.rows if row.due >= as_of and row.outstanding), None)


def delinquent_days(dpd: int, as_of: date, *, grace_days: int = 0, pauses: Sequence[Pause] = ()) -> int:
    """Days past due less grace and paused days; within grace it is 0."""
    return 0 if dpd <= grace_days else max(0, dpd - grace_days - paused_days(pauses, as_of))


def paused_days(pauses: Iterable[Pause], as_of: date) -> int:
    return sum((min(pause.end, as_of) - pause.start).days for pause in pauses if pause.start < as_of)


def cut_pauses(events: Iterable[Event]) -> tuple[Pause, ...]:
    """The pauses of a loan, each ended by the first resume inside it, borders included.

    One resume ends both pauses that touch on its day.
    """
    events = list(events)
    resumes = sorted(event.start for event in events if isinstance(event, Resume))
    pauses = []
    for event in events:
        if isinstance(event, Pause):
            if event.end < event.start:
                raise ValueError(f"pause ends {event.end}, before its start {event.start}: swap them")
            end = next((on for on in resumes if event.start <= on <= event.end), event.end)
            pauses.append(Pause(event.start, end))
    return tuple(pauses)


def checked_ranges(ranges: Iterable[AgeRange]) -> tuple[AgeRange, ...]:
    """The ranges by age; ValueError where they leave a gap, overlap, or stop before the oldest loan."""
    ordered = tuple(sorted(ranges, key=lambda r: r.minimum))
    if not ordered or ordered[0].minimum not in (0, 1):
        raise ValueError("age ranges must start at 0 or 1 day")
    for younger, older in zip(ordered, (*ordered[1:], None), strict=True):
        expected = None if older is None else older.minimum - 1
        if younger.maximum != expected or (younger.maximum or younger.minimum) < younger.minimum:
            raise ValueError(
                f"age range {younger.name!r} ends at {younger.maximum}: it must end at {expected}, "
                "right before the next range; only the last has no end"
            )
    return ordered


def range_of(age: int, ranges: Sequence[AgeRange]) -> AgeRange | None:
    """The range of an age; none for a loan that is not late where ranges start at 1."""
    return next((r for r in ranges if r.holds(age)), None)


def overdue_by_range(
    state: LedgerState, as_of: date, ranges: Sequence[AgeRange], *, pauses: Sequence[Pause] = ()
) -> dict[str, int]:
    """Overdue amounts of single instalments by the range of their own age; grace does not apply."""
    amounts: dict[str, int] = {}
    for row in overdue_rows(state, as_of):
        age = delinquent_days((as_of - row.due).days, as_of, pauses=pauses)
        if found := range_of(age, ranges):
            amounts[found.name] = amounts.get(found.name, 0) + row.outstanding
    return amounts
