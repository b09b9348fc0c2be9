from typing import Any

import pytest

from benchmarks.labelled import LISTS, is_right, read_row, rows


@pytest.mark.parametrize(
    "row", [row for name in LISTS for row in rows(name)], ids=lambda row: f"{row['id']} {row['text']}"
)
def test_a_labelled_phrase_is_read(row: dict[str, Any]) -> None:
    reading = read_row(row)
    assert is_right(row, reading), reading
