"""Schedules that a lender's own system has made: a second sheet or file with one row per instalment."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from desk.imports import values
from desk.imports.columns import Cells, Columns
from desk.imports.report import BadValue
from loans.schedule import ScheduledInstalment


@dataclass(frozen=True, slots=True)
class Schedules:
    """By loan. Its amounts can be read only when its currency is known."""

    rows: dict[str, list[Cells]] = field(default_factory=dict)

    def of(self, loan: str, currency: str) -> Sequence[ScheduledInstalment] | None:
        """One unreadable row spoils the schedule, and so the loan's own row."""
        rows = self.rows.get(loan)
        return None if rows is None else [_instalment(cells, currency) for cells in rows]


def read_schedules(columns: Columns) -> Schedules:
    schedules = Schedules()
    for cells in columns.cells():
        schedules.rows.setdefault(cells.words("loan"), []).append(cells)
    return schedules


def _instalment(cells: Cells, currency: str) -> ScheduledInstalment:
    try:
        interest = cells.get("interest")
        return ScheduledInstalment(
            n=values.whole("number", cells.needed("number")),
            due=values.day("due", cells.needed("due")),
            principal=values.amount("principal", cells.needed("principal"), currency),
            interest=0 if interest is None else values.amount("interest", interest, currency),
        )
    except BadValue as bad:
        bad.values["schedule_line"] = cells.line
        raise
