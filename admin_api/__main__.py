"""`python -m admin_api` writes the OpenAPI document, from which the console takes its types."""

import json
from pathlib import Path
from typing import Any

from admin_api import api
from admin_api.guard import Context
from store.clock import RealClock
from store.engine import create_engine

FILE = Path(__file__).parents[1] / "console" / "openapi.json"


def document() -> dict[str, Any]:
    """It depends on the routes only: the store is never opened."""
    clock = RealClock()
    return api.create(Context(create_engine("sqlite://"), clock, clock, secure=True)).openapi()


def written() -> str:
    return json.dumps(document(), indent=1, ensure_ascii=False, sort_keys=True) + "\n"


if __name__ == "__main__":
    FILE.write_text(written(), encoding="utf-8")
