"""Reads the channel vectors; their README explains every field."""

import json
from pathlib import Path
from typing import Any

FILE = Path(__file__).parents[2] / "data" / "channels" / "visible_vectors.json"


def vectors(kind: str) -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = json.loads(FILE.read_text(encoding="utf-8"))[kind]
    return listed
