"""Tables as files for spreadsheets."""

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import IO

import xlsxwriter

Cell = str | int | float | Decimal | bool | date | datetime | None

# A text that begins like this is run by spreadsheets as a formula (OWASP, CSV injection).
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
BOM = "\ufeff"  # Without it Excel reads UTF-8 as the machine's own code page.
ROWS_AT_ONCE = 500


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """A CSV file in pieces, comma-separated (RFC 4180)."""
    buffer = io.StringIO(newline="")
    buffer.write(BOM)
    writer = csv.writer(buffer)
    writer.writerow([_harmless(name) for name in header])
    for at, row in enumerate(rows, start=1):
        writer.writerow([_csv_cell(cell) for cell in row])
        if at % ROWS_AT_ONCE == 0:
            yield _taken(buffer)
    yield _taken(buffer)


def xlsx_file(header: Sequence[str], rows: Iterable[Sequence[Cell]], name: str = "Datos") -> IO[bytes]:
    """A workbook of one sheet in a temporary file, at its beginning; whoever reads it closes it."""
    file = tempfile.TemporaryFile()  # noqa: SIM115  (handed on open)
    # Rows go to disk as they come. No text turns into a formula, a link or a number.
    options = {"constant_memory": True, "remove_timezone": True, "default_date_format": "yyyy-mm-dd"}
    book = xlsxwriter.Workbook(file, options)
    sheet = book.add_worksheet(name)
    bold, instant = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    for column, heading in enumerate(header):
        sheet.write_string(0, column, heading, bold)
    for at, row in enumerate(rows, start=1):
        for column, cell in enumerate(row):
            if isinstance(cell, str):
                sheet.write_string(at, column, cell)
            elif isinstance(cell, datetime):
                sheet.write_datetime(at, column, cell, instant)
            elif cell is not None:
                sheet.write(at, column, cell)
    book.close()
    file.seek(0)
    return file


def _csv_cell(cell: Cell) -> Cell:
    if isinstance(cell, str):
        return _harmless(cell)
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%d %H:%M")  # In its own zone, as workbooks show it.
    return cell.isoformat() if isinstance(cell, date) else cell


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def _taken(buffer: io.StringIO) -> bytes:
    piece = buffer.getvalue().encode()
    buffer.seek(0)
    buffer.truncate()
    return piece
