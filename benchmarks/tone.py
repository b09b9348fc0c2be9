"""How many unkind texts are refused, and how many kind ones with them.

The rules are held beside a model that has read nothing by the author of a text (rasa_env/phrases/tone.py)."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

from benchmarks.figures import Figure
from outreach.tone import faults

ROOT = Path(__file__).parents[1]


def measure() -> list[Figure]:
    rows = _heard()
    return [figure for name in (*sorted({row["file"] for row in rows}), "all") for figure in _of(name, rows)]


def _of(name: str, rows: list[dict[str, Any]]) -> list[Figure]:
    here = [row for row in rows if name in {"all", row["file"]}]
    unkind, kind = ([row for row in here if row["kind"].startswith("unkind") is bad] for bad in (True, False))
    return [
        Figure(f"{name}: {len(unkind)} unkind ones refused", f"{_refused(unkind):.3f}", ">= 0.95"),
        Figure(f"{name}: {len(kind)} kind ones refused", f"{_refused(kind):.3f}", "<= 0.05"),
    ]


def _refused(rows: list[dict[str, Any]]) -> float:
    return sum(bool(faults(row["text"], row["share"])) for row in rows) / len(rows)


def _heard() -> list[dict[str, Any]]:
    environment = os.environ | {
        "PYTHONPATH": str(ROOT / "rasa_env"),
        "ALCORRIENTE_VECTOR_CACHE": str(ROOT / ".cache" / "vectors"),
        "OMP_NUM_THREADS": "1",
    }
    command = [str(ROOT / ".rasa" / "bin" / "python"), "-W", "ignore", "-m", "phrases.tone"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, cwd=ROOT)
    return [json.loads(line) for line in done.stdout.splitlines()]
