"""How many unkind texts are refused, and how many kind ones with them."""

import json
from pathlib import Path
from typing import Any

from benchmarks.figures import Figure
from outreach.tone import faults

LISTS = sorted((Path(__file__).parents[1] / "tests" / "data" / "tone").glob("*.jsonl"))


def measure() -> list[Figure]:
    return [figure for path in LISTS for figure in _of(path)]


def _of(path: Path) -> list[Figure]:
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    unkind, kind = ([row for row in rows if row["bad"] is bad] for bad in (True, False))
    return [
        Figure(f"{path.stem}: {len(unkind)} unkind ones refused", f"{_refused(unkind):.3f}", ">= 0.95"),
        Figure(f"{path.stem}: {len(kind)} kind ones refused", f"{_refused(kind):.3f}", "<= 0.05"),
    ]


def _refused(rows: list[dict[str, Any]]) -> float:
    return sum(bool(faults(row["text"], row["lang"])) for row in rows) / len(rows)
