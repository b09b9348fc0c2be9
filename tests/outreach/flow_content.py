"""Cadences for the tests of flows: the shipped one with some fields changed."""

from collections.abc import Callable
from datetime import date
from typing import Any

from outreach import cadence, contact_policy
from outreach.publish_gate import GateFacts

POLICY = contact_policy.load()
SID = "HX" + "a" * 32


def content(**steps: dict[str, Any]) -> dict[str, Any]:
    """The shipped cadence as cadence/2, with these fields of these steps: `content(due_today={"at": "09:00"})`."""
    raw = cadence.whole(cadence.load()) | {"format": "cadence/2"}
    raw["steps"] = [step | steps.get(step["id"], {}) for step in raw["steps"]]
    return raw


def changed(change: Callable[[dict[str, Any]], None]) -> dict[str, Any]:
    raw = content()
    change(raw)
    return raw


def facts(**more: Any) -> GateFacts:
    known: dict[str, Any] = {
        "policy": POLICY,
        "today": date(2026, 11, 18),
        "countries": frozenset({"MX"}),
        "languages": frozenset({"es"}),
        "channels": frozenset({"sms", "telegram"}),
        "templates": {SID: "approved"},
        "heard": {},
    }
    return GateFacts(**(known | more))
