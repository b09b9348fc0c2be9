"""Whatever the program can say to the staff in a code of its own has words in the console, in both languages."""

import ast
import json
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
import yaml

from admin_api import case_steps, holds
from alcorriente.composition import CHANNELS
from bot.channels.base import SendError
from bot.channels.telegram_updates import FILES
from bot.simulation.incoming import MEDIA_KINDS
from desk import access, cases
from desk.imports import payments
from loans import negotiation, offers
from locales.console import LANGUAGES
from locales.phrases import read_catalogue
from outreach import delivery, judging
from outreach.contact_facts import Kind, Reason
from outreach.contact_rules import STOPPED_BY
from understanding import hardship, rhythm

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("actions", "bot", "scheduler", "admin_api", "desk", "outreach")
# What only a program could use; a case's story leaves it out.
UNSAID = {"by", "plan", "message", "last_promise"}


def calls(*names: str) -> Iterator[ast.Call]:
    """Each call of a function of this name in our rooms."""
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in names:
                    yield node


def is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def facts() -> Iterator[tuple[str, ast.AST]]:
    """Name and value of each fact that a case may come with."""
    for call in calls("case_for"):
        yield from ((each.arg, each.value) for each in call.keywords if each.arg)
    for call in calls("open_case", "_open_case", "case_for", "_json_wanted"):
        for within in (node for each in call.keywords for node in ast.walk(each) if isinstance(node, ast.Dict)):
            for key, value in zip(within.keys, within.values, strict=True):
                if isinstance(key, ast.Constant):
                    yield str(key.value), value


def said_in(*names: str) -> set[str]:
    """Texts that are given to these functions as they stand."""
    return {each.value for call in calls(*names) for each in call.args if is_text(each)}  # type: ignore[attr-defined]


def steps() -> set[str]:
    content = json.loads((ROOT / "outreach" / "default_cadence.json").read_text("utf-8"))
    return {each["id"] for each in content["steps"]}


def intents() -> set[str]:
    return set(yaml.safe_load((ROOT / "domain.yml").read_text("utf-8"))["intents"])


SAID: dict[str, set[str]] = {
    "intent": intents(),
    "reason": set(cases.Reason),
    "reason_story": set(cases.Reason),
    "case_state": {"open", "taken", "closed"},
    "event": said_in("note"),
    "outcome": set(get_args(case_steps.Closed.model_fields["outcome"].annotation)),
    "hold_event": {*STOPPED_BY, *get_args(holds.Event), "minor", "opt_out"},
    "delivery": {*delivery.RANK, "received", "handled", "not_written"},
    "silence": {
        *(set(Reason) - {Reason.ALLOWED}),
        *said_in("Skipped"),
        *(judging.settled_reason(kind) for kind in Kind),
        *SendError,
    },
    "step": steps(),
    "fact": {name for name, _ in facts()} - UNSAID | {"rhythm"},
    "fact_value": {
        *negotiation.Reason,
        *get_args(hardship.Kind),
        *(period for _, period in rhythm.RHYTHMS),
        *(value.value for name, value in facts() if name not in UNSAID and is_text(value)),  # type: ignore[attr-defined]
        "none",  # No offer fits.
        "moved",  # The account changed while the borrower thought about an offer.
    },
    "media": {*FILES.values(), *MEDIA_KINDS.values(), "other"},
    "offer": set(get_args(offers.Kind)),
    "offer_answer": {"made", "accepted", "refused", "countered"},
    "pay_channel": {*payments.CHANNELS.values()},
    "promise_state": {"open", "kept", "partial", "broken", "cancelled"},
    "loan_status": {"closed", "written_off"},
    "channel": set(CHANNELS),
    "role": set(access.Role),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("topic", SAID)
def test_each_code_has_words(topic: str, language: str) -> None:
    known = read_catalogue(language, "console")
    assert sorted(each for each in SAID[topic] if f"{topic}.{each}" not in known) == []
