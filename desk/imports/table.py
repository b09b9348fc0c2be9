"""A file as rows of cells: CSV in any usual encoding and delimiter, or a spreadsheet."""

import codecs
import csv
import hashlib
import io
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import python_calamine

from desk.imports.report import ImportProblem

DELIMITERS = (",", ";", "\t", "|")
LINES_TO_JUDGE = 20
# A spreadsheet of a million loans unpacks to about 300 MB; far more than that is a mistake or an attack.
MOST_UNPACKED_BYTES = 1_000_000_000
ZIP_START, OLD_OFFICE_START = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class Row:
    line: int
    cells: Sequence[Any]


@dataclass(frozen=True, slots=True)
class Table:
    """All rows that hold something, title and header rows too; `dialect` says how the file was read."""

    rows: Sequence[Row]
    name: str = ""
    dialect: str = ""
    sha256: str = ""
    others: Sequence["Table"] = field(default=())  # further sheets of a workbook


def read_table(path: Path | str) -> Table:
    """The first sheet or the whole text. What can't be read raises ImportProblem, whatever the bytes are."""
    path = Path(path)
    try:
        data = path.read_bytes()
    except OSError as problem:
        raise ImportProblem("file_unreadable", file=path.name, why=problem.strerror or "") from problem
    return table_of(data, path.name)


def table_of(data: bytes, name: str) -> Table:
    sha256 = hashlib.sha256(data).hexdigest()
    if data.startswith((ZIP_START, OLD_OFFICE_START)) or name.lower().endswith((".xlsx", ".xls", ".xlsm", ".ods")):
        sheets = [Table(rows, name, dialect, sha256) for dialect, rows in _sheets(data, name) if rows]
    else:
        rows, dialect = _text_rows(data, name)
        sheets = [Table(rows, name, dialect, sha256)] if rows else []
    if not sheets:
        raise ImportProblem("file_empty", file=name)
    first, *others = sheets
    return Table(first.rows, name, first.dialect, sha256, tuple(others))


def _sheets(data: bytes, name: str) -> Iterator[tuple[str, list[Row]]]:
    _check_size(data, name)
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        for title in book.sheet_names:
            cells = book.get_sheet_by_name(title).to_python(skip_empty_area=False)
            yield title, [Row(line, row) for line, row in enumerate(cells, start=1) if any(map(_is_filled, row))]
    except python_calamine.CalamineError as problem:
        raise ImportProblem("spreadsheet_broken", file=name) from problem
    except BaseException as problem:
        # A panic of the reader's native code is no Exception; it still only means that the file is damaged.
        if type(problem).__name__ == "PanicException":
            raise ImportProblem("spreadsheet_broken", file=name) from problem
        raise


def _check_size(data: bytes, name: str) -> None:
    if not data.startswith(ZIP_START):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            size = sum(each.file_size for each in parts.infolist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as problem:  # zipfile's own, for odd archives
        raise ImportProblem("spreadsheet_broken", file=name) from problem
    if size > MOST_UNPACKED_BYTES:
        raise ImportProblem("file_too_large", file=name)


def _is_filled(cell: Any) -> bool:
    return cell is not None and str(cell).strip() != ""


def _text_rows(data: bytes, name: str) -> tuple[list[Row], str]:
    text, encoding = _decode(data)
    if "\0" in text:
        raise ImportProblem("not_a_table", file=name)
    delimiter = _delimiter(text)
    reader, rows, line = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), [], 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append(Row(line, cells))
            line = reader.line_num + 1
    except csv.Error as problem:
        raise ImportProblem("csv_broken", file=name, line=line) from problem
    return rows, f"{encoding}, {delimiter!r}"


def _decode(data: bytes) -> tuple[str, str]:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", errors="replace"), "utf-16"
    half = data[:2000:2], data[1:2000:2]
    for encoding, high in (("utf-16-le", half[1]), ("utf-16-be", half[0])):
        # Latin text in UTF-16 has a zero in nearly every high byte.
        if len(high) > 1 and high.count(0) > len(high) * 0.8 and any(data[:1000]):
            return data.decode(encoding, errors="replace"), encoding
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1"), "latin-1"


def _delimiter(text: str) -> str:
    """The one that cuts the first lines into the most columns, in the same way."""
    lines = [line for line in text[:100_000].splitlines() if line.strip()][:LINES_TO_JUDGE]
    return max(DELIMITERS, key=lambda each: (_columns(lines, each), -DELIMITERS.index(each)))


def _columns(lines: Sequence[str], delimiter: str) -> int:
    """Cuts in a line times the lines with as many cuts; title rows have none."""
    counts = Counter(_outside_quotes(line, delimiter) for line in lines)
    return max((cuts * times for cuts, times in counts.items()), default=0)


def _outside_quotes(line: str, delimiter: str) -> int:
    return sum(part.count(delimiter) for part in line.split('"')[::2])
