"""Reads the ledger vectors: amounts become minor units, dates become dates."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

LEDGER = Path(__file__).parents[1] / "data" / "ledger"


def load(kind: str) -> dict[str, Any]:
    vectors: dict[str, Any] = json.loads((LEDGER / f"{kind}_vectors.json").read_text(encoding="utf-8"))
    return vectors


def minor(amount: str | int) -> int:
    return int(Decimal(amount) * 100)


def day(text: str) -> date:
    return date.fromisoformat(text)
