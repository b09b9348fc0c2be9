"""What became of a file: counts, and each refused row with its line, field, value and the fix."""

import dataclasses
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


class ImportProblem(Exception):  # noqa: N818  (what a file has is a problem, not our error)
    """The file as a whole can't be read; `problem` is a key of desk.imports.messages."""

    def __init__(self, problem: str, **values: Any) -> None:
        super().__init__(f"{problem}: {values}" if values else problem)
        self.problem = problem
        self.values = values


class BadValue(ValueError):  # noqa: N818
    """One cell can't be read or is not allowed; `problem` is a key of desk.imports.messages."""

    def __init__(self, field: str, value: Any, problem: str, **values: Any) -> None:
        super().__init__(f"{field}: {problem}")
        self.field = field
        self.value = value
        self.problem = problem
        self.values = values


@dataclass(frozen=True, slots=True)
class RowError:
    """`line` is the line of the file, the header's is usually 1."""

    line: int
    field: str
    value: str
    problem: str
    values: Mapping[str, Any] = dataclasses.field(default_factory=dict)

    @classmethod
    def of(cls, line: int, bad: BadValue) -> "RowError":
        return cls(line, bad.field, "" if bad.value is None else str(bad.value), bad.problem, bad.values)


@dataclass(slots=True)
class ImportReport:
    """rows = written + updated + unchanged + refused rows. `notes` count what the lender should know:
    people without time zone, consent or telephone will not be written to."""

    rows: int = 0
    written: int = 0
    updated: int = 0
    unchanged: int = 0
    errors: list[RowError] = dataclasses.field(default_factory=list)
    notes: Counter[str] = dataclasses.field(default_factory=Counter)
    dry_run: bool = False
    run_id: int | None = None  # of the record that is kept; a dry run leaves none

    @property
    def refused(self) -> int:
        return len({each.line for each in self.errors})
