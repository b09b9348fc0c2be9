"""Which column holds what: header names in Spanish and English, whatever their case, accents and order."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from desk.imports.report import BadValue, ImportProblem
from desk.imports.table import Row, Table
from desk.imports.values import plain, text

HEADER_WITHIN = 15  # Title rows above the header are usual in spreadsheets.
SMALL_WORDS = {"de", "del", "la", "el", "los", "las", "the", "of", "en", "al", "a"}
NUMBER_WORDS = {"num", "nro", "numero", "number", "nº", "n"}

Names = Mapping[str, Sequence[str]]


@lru_cache
def headers(kind: str) -> Names:
    """Field -> what files call it, for `portfolio`, `instalments` or `payments`; written as `heading` gives it."""
    listed = json.loads(files("desk.imports").joinpath("headers.json").read_text(encoding="utf-8"))
    return {field: tuple(names) for field, names in listed[kind].items()}


@dataclass(frozen=True)
class Columns:
    """Where each known field is, and the rows below the header."""

    at: Mapping[str, int]
    rows: Sequence[Row]
    unknown: Sequence[str]

    def cells(self, start: int = 0, end: int | None = None) -> Iterator["Cells"]:
        return (Cells(self.at, row) for row in self.rows[start:end])


@dataclass(frozen=True, slots=True)
class Cells:
    """One row, seen by field names."""

    at: Mapping[str, int]
    row: Row

    @property
    def line(self) -> int:
        return self.row.line

    def get(self, field: str) -> Any:
        """None where the file has no such column or the cell is empty."""
        at = self.at.get(field)
        if at is None or at >= len(self.row.cells):
            return None
        cell = self.row.cells[at]
        return None if cell is None or (isinstance(cell, str) and not cell.strip()) else cell

    def needed(self, field: str) -> Any:
        cell = self.get(field)
        if cell is None:
            raise BadValue(field, None, "value_missing")
        return cell

    def words(self, field: str) -> str:
        return text(self.get(field))


def find_columns(table: Table, names: Names, required: Sequence[str]) -> Columns:
    """The header is the row, among the first, that names the most fields. ImportProblem if it lacks one."""
    known = {name: field for field, listed in names.items() for name in listed}
    known |= {heading(field): field for field in names}
    candidates = [(_places(row, known), at) for at, row in enumerate(table.rows[:HEADER_WITHIN])]
    places, at = max(candidates, key=lambda each: len(each[0]), default=({}, 0))
    missing = [field for field in required if field not in places]
    if missing:
        header = ", ".join(str(cell).strip()[:40] for cell in table.rows[at].cells if str(cell).strip())[:300]
        raise ImportProblem("columns_missing", file=table.name, fields=missing, header=header)
    taken = set(places.values())
    unknown = [str(cell) for place, cell in enumerate(table.rows[at].cells) if place not in taken and str(cell).strip()]
    return Columns(places, table.rows[at + 1 :], unknown)


def has_columns(table: Table, names: Names, required: Sequence[str]) -> bool:
    try:
        find_columns(table, names, required)
    except ImportProblem:
        return False
    return True


def _places(row: Row, known: Mapping[str, str]) -> dict[str, int]:
    """The first column of each name wins."""
    places: dict[str, int] = {}
    for at, cell in enumerate(row.cells):
        field = known.get(heading(cell)) if isinstance(cell, str) else None
        if field is not None:
            places.setdefault(field, at)
    return places


def heading(cell: str) -> str:
    """'No. de Crédito', 'numero_credito' and 'NÚM CRÉDITO' are one name."""
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", cell).replace("#", " no ").replace("º", "o")
    split = re.sub(r"[^a-z0-9]+", " ", plain(words)).split()
    return " ".join("no" if word in NUMBER_WORDS else word for word in split if word not in SMALL_WORDS)
