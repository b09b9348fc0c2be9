import csv
import io
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from insight.exports import csv_bytes, xlsx_file

HEADER = ("préstamo", "saldo")


def read(content: bytes) -> list[list[str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+525500000000", "'+525500000000"),
        ("-2", "'-2"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("Peña, José", "Peña, José"),
        (-200, "-200"),
        (date(2026, 11, 24), "2026-11-24"),
        (datetime(2026, 11, 24, 9, 5, 59, tzinfo=ZoneInfo("America/Mexico_City")), "2026-11-24 09:05"),
        (None, ""),
    ],
)
def test_only_texts_that_a_spreadsheet_would_run_get_an_apostrophe(cell: str | int | date | None, written: str) -> None:
    assert read(b"".join(csv_bytes(HEADER, [("L-1", cell)]))) == [list(HEADER), ["L-1", written]]


@given(st.lists(st.tuples(st.text(st.characters(exclude_categories=["C"])), st.integers())))
def test_no_cell_of_a_csv_begins_a_formula(rows: list[tuple[str, int]]) -> None:
    found = read(b"".join(csv_bytes(HEADER, rows)))[1:]
    assert len(found) == len(rows)
    for (text, number), (text_cell, number_cell) in zip(rows, found, strict=True):
        assert not text_cell.startswith(("=", "+", "-", "@"))
        assert text_cell in {text, f"'{text}"}
        assert int(number_cell) == number


def test_a_workbook_keeps_texts_as_texts_and_numbers_as_numbers() -> None:
    with xlsx_file(HEADER, [("=1+1", 5), ("https://example.com", -2)]) as file:
        rows = CalamineWorkbook.from_filelike(file).get_sheet_by_index(0).to_python()
    assert rows == [list(HEADER), ["=1+1", 5.0], ["https://example.com", -2.0]]
