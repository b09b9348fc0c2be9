"""Schedules that a lender's own system has made: a second sheet or file with one row per instalment."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from desk.imports import values
from desk.imports.columns import Cells, Columns
from desk.imports.report import BadValue
from loans.schedule import ScheduledInstalment


@dataclass(frozen=True, slots=True)
class Schedules:
    """By loan. One unreadable row spoils the schedule of its loan, and so the loan's own row."""

    read: dict[str, list[ScheduledInstalment]] = field(default_factory=dict)
    bad: dict[str, BadValue] = field(default_factory=dict)

    def of(self, loan: str) -> Sequence[ScheduledInstalment] | None:
        if loan in self.bad:
            raise self.bad[loan]
        return self.read.get(loan)


def read_schedules(columns: Columns) -> Schedules:
    schedules = Schedules()
    for cells in columns.cells():
        loan = cells.words("loan")
        try:
            schedules.read.setdefault(loan, []).append(_instalment(cells))
        except BadValue as bad:
            bad.values["schedule_line"] = cells.line
            schedules.bad.setdefault(loan, bad)
    return schedules


def _instalment(cells: Cells) -> ScheduledInstalment:
    interest = cells.get("interest")
    return ScheduledInstalment(
        n=values.whole("number", cells.needed("number")),
        due=values.day("due", cells.needed("due")),
        principal=values.amount("principal", cells.needed("principal")),
        interest=0 if interest is None else values.amount("interest", interest),
    )
