import io
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from desk.imports.columns import find_columns, headers, heading
from desk.imports.report import ImportProblem
from desk.imports.table import read_table, table_of

TEXT = 'folio{d}cliente{d}monto\r\nL-1{d}"Núñez{d} José"{d}1250\r\n\r\nL-2{d}Ana{d}900\r\n'


def workbook(*sheets: list[list[object]]) -> bytes:
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, {"in_memory": True, "default_date_format": "dd/mm/yyyy"})
    for rows in sheets:
        sheet = book.add_worksheet()
        for at, cells in enumerate(rows):
            sheet.write_row(at, 0, cells)
    book.close()
    return held.getvalue()


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "latin-1", "utf-16", "utf-16-le", "utf-16-be"])
def test_any_usual_encoding_and_delimiter_is_read(delimiter: str, encoding: str) -> None:
    table = table_of(TEXT.format(d=delimiter).encode(encoding), "a.csv")
    assert [each.line for each in table.rows] == [1, 2, 4]
    assert list(table.rows[1].cells) == ["L-1", f"Núñez{delimiter} José", "1250"]


def test_a_workbook_keeps_lines_types_and_further_sheets() -> None:
    data = workbook([["folio", "monto", "fecha"], [], ["L-1", 12.5, date(2026, 1, 31)]], [["x", "y"]])
    table = table_of(data, "a.xlsx")
    assert [each.line for each in table.rows] == [1, 3]
    assert list(table.rows[1].cells) == ["L-1", 12.5, date(2026, 1, 31)]
    assert len(table.others) == 1


@pytest.mark.parametrize(
    ("data", "name", "problem"),
    [
        (b"", "a.csv", "file_empty"),
        (b"\n \n,,\n", "a.csv", "file_empty"),
        (b"PK\x03\x04 this is no workbook", "a.xlsx", "spreadsheet_broken"),
        (b"just text", "a.xlsx", "spreadsheet_broken"),
        (workbook([["folio"]])[:-400], "a.xlsx", "spreadsheet_broken"),
        (b"a,b\n1,\x00\x00\x00\x012,3\n", "a.csv", "not_a_table"),
        (b'a,b\n"' + b"x" * 200_000 + b'",2\n', "a.csv", "csv_broken"),
    ],
)
def test_a_broken_file_is_named(data: bytes, name: str, problem: str) -> None:
    with pytest.raises(ImportProblem) as raised:
        table_of(data, name)
    assert raised.value.problem == problem
    assert raised.value.values["file"] == name


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ImportProblem) as raised:
        read_table(tmp_path / "nada.csv")
    assert raised.value.problem == "file_unreadable"


@given(st.binary(max_size=400))
def test_no_bytes_raise_anything_but_an_import_problem(data: bytes) -> None:
    for name in ("a.csv", "a.xlsx"):
        with suppress(ImportProblem):
            table_of(data, name)


WORKBOOK = workbook([["folio", "monto"], ["L-1", 12.5], ["L-2", 13]])


@given(st.lists(st.tuples(st.integers(0, len(WORKBOOK) - 1), st.integers(0, 255)), max_size=20), st.integers(0, 2000))
def test_a_damaged_workbook_raises_nothing_but_an_import_problem(changes: list[tuple[int, int]], cut: int) -> None:
    data = bytearray(WORKBOOK)
    for at, value in changes:
        data[at] = value
    with suppress(ImportProblem):
        table_of(bytes(data[: len(data) - cut]), "a.xlsx")


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("No. de Crédito", "no credito"),
        ("NÚMERO_CRÉDITO", "no credito"),
        ("# Crédito", "no credito"),
        ("loanId", "loan id"),
        ("  Fecha  de   Desembolso ", "fecha desembolso"),
    ],
)
def test_header_names_are_compared_without_case_accents_and_small_words(written: str, name: str) -> None:
    assert heading(written) == name


@pytest.mark.parametrize("kind", ["portfolio", "instalments", "payments"])
def test_each_header_name_means_one_field_and_is_written_plainly(kind: str) -> None:
    names = [name for listed in headers(kind).values() for name in listed]
    assert len(set(names)) == len(names)
    assert [heading(name) for name in names] == names


def test_the_header_may_stand_below_title_rows() -> None:
    table = table_of(b"Caja Azul\nCartera al 20/11/2026\n\nFolio;Monto;Otra\nL-1;5;x\n", "a.csv")
    columns = find_columns(table, headers("portfolio"), ["loan", "principal"])
    assert [(cells.line, cells.get("loan")) for cells in columns.cells()] == [(5, "L-1")]
    assert list(columns.unknown) == ["Otra"]


def test_missing_columns_are_named() -> None:
    with pytest.raises(ImportProblem) as raised:
        find_columns(table_of(b"folio,x\n1,2\n", "a.csv"), headers("portfolio"), ["loan", "principal"])
    assert raised.value.problem == "columns_missing"
    assert raised.value.values["fields"] == ["principal"]
