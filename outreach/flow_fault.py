"""What is wrong with a flow, so that whoever edits it finds the place: step, field, value and what to do. Pure."""

import dataclasses
import json
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import ValidationError

_ENGLISH = {"extra_forbidden": "unknown field: correct its spelling or remove it", "missing": "missing: add it"}
# What pydantic calls a fault, and the key of the catalogue of problems.
_CODES = {
    "missing": "value_missing",
    "extra_forbidden": "field_unknown",
    "enum": "choice_unknown",
    "literal_error": "choice_unknown",
    "string_too_short": "text_length",
    "string_too_long": "text_length",
}
_GROUPS = {"int": "number_unreadable", "greater": "number_range", "less": "number_range"}


@dataclasses.dataclass(frozen=True, slots=True)
class Fault:
    """`step` None: the flow as a whole. `code` and `values` make the sentence; `english` is for files and logs."""

    step: str | None
    field: str
    value: Any
    code: str
    values: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    english: str = ""

    @property
    def path(self) -> str:
        """'steps.due_today.at', as the fields of other answers are named."""
        return ".".join(part for part in ("steps" if self.step else "", self.step or "", self.field) if part)


def line(fault: Fault) -> str:
    place = f"step {fault.step!r}" if fault.step else "cadence"
    shown = "" if fault.value is None else f" = {json.dumps(fault.value, default=str)[:80]}"
    named = f": {fault.field}{shown}" if fault.field else ""
    return f"{place}{named}: {fault.english or fault.code}"


def of_validation(error: ValidationError, raw: Any) -> Iterable[Fault]:
    """Each fault once: a value that fits none of several shapes is said for the first one only."""
    seen: set[tuple[str | None, str]] = set()
    for each in error.errors():
        step, where = _place(list(each["loc"]), raw)
        if (step, where) in seen:
            continue
        seen.add((step, where))
        kind, context = str(each["type"]), each.get("ctx", {})
        code = _CODES.get(kind) or next((ours for start, ours in _GROUPS.items() if kind.startswith(start)), kind)
        values = {name: value for name, value in context.items() if isinstance(value, str | int | float)} | {
            "least": context.get("ge", context.get("gt", context.get("min_length", 0))),
            "most": context.get("le", context.get("lt", context.get("max_length", "…"))),
            "choices": context.get("expected", ""),
        }
        whole = kind == "missing" or isinstance(each["input"], dict | list | tuple)
        english = _ENGLISH.get(kind, str(each["msg"]).removeprefix("Value error, "))
        shown = each["input"] if not whole and isinstance(each["input"], str | int | float | bool) else None
        yield Fault(step, where or "", shown, code, values, english)


def _place(location: list[Any], raw: Any) -> tuple[str | None, str]:
    if location[:1] == ["steps"] and len(location) > 1 and isinstance(location[1], int):
        try:
            step = raw["steps"][location[1]]
        except (KeyError, IndexError, TypeError):
            step = None
        name = step.get("id") if isinstance(step, dict) else None
        return (name if isinstance(name, str) else str(location[1])), _path(location[2:])
    return None, _path(location)


def _path(parts: list[Any]) -> str:
    """As it stands in the file: without pydantic's own marks, such as `literal['preferred']`."""
    return ".".join(str(part) for part in parts if "[" not in str(part) and "(" not in str(part))
