"""Phrases with the amount and the day that must be read from them: the lists in tests/data."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from locales.currencies import in_units
from understanding.reading import Part, Reading, read

DATA = Path(__file__).parents[1] / "tests" / "data"
LISTS = {
    "samples": DATA / "dialogue" / "entities.jsonl",
    "strangers": DATA / "understanding" / "amounts_and_dates.jsonl",
}
PAST = {"already_paid", "ask_payment_history"}


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in LISTS[name].read_text("utf-8").splitlines()]


def read_row(row: dict[str, Any]) -> Reading:
    """`intent` says whether it looks back, `slot` which question was pending."""
    slot: Any = row.get("slot")
    moment = datetime.fromisoformat(row["reference"])
    return read(row["text"], moment, row["lang"], look_back=row.get("intent") in PAST, expecting=slot)


def is_right(row: dict[str, Any], reading: Reading) -> bool:
    """Amount and day of every part, and whether it must be asked back."""
    wanted = row.get("parts") or [row]
    agree = len(wanted) == len(reading.parts) and all(map(_agrees, wanted, reading.parts))
    return agree and reading.ambiguous == bool(row.get("ambiguous"))


def is_silently_wrong(row: dict[str, Any], reading: Reading) -> bool:
    """Something was read that was not said, and nobody would ask."""
    return not is_right(row, reading) and not reading.ambiguous and not reading.is_empty


def _agrees(wanted: dict[str, Any], part: Part) -> bool:
    amount = None if part.amount is None else float(in_units(part.amount, part.currency or ""))
    share = None if part.fraction is None else round(float(part.fraction), 4)
    span = [day.isoformat() for day in part.date_range] if part.date_range else None
    day = part.date.isoformat() if part.date else None
    return (
        amount == wanted.get("amount")
        and part.currency == wanted.get("currency", part.currency)
        and part.amount_ref == wanted.get("amount_ref")
        and share == wanted.get("fraction")
        and day in {wanted.get("date"), *wanted.get("alt_dates", ())}
        and span == wanted.get("date_range")
    )
