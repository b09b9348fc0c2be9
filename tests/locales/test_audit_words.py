"""Whatever the product writes into the audit trail has words in the console, and nothing else has."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from locales.console import DOMAIN, LANGUAGES
from locales.phrases import read_catalogue

ROOT = Path(__file__).parents[2]
ROOMS = ("loans", "outreach", "desk", "insight", "bot", "actions", "scheduler", "admin_api", "alcorriente")


def calls() -> Iterator[tuple[str, list[ast.expr]]]:
    """Name and arguments of every call in the product."""
    for room in ROOMS:
        for file in (ROOT / room).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call):
                    yield ast.unparse(node.func), node.args


def actions() -> set[str]:
    """What is handed to `audit`; the steps of a case are named by their routes."""
    found: list[ast.expr] = []
    steps = set[str]()
    for name, given in calls():
        if name.endswith(".audit"):
            found.append(given[0])
        elif name == "audit.record":
            found.append(given[2])
        elif name == "_step" and given[2:] and isinstance(given[2], ast.Constant):
            steps.add("case_" + str(given[2].value).replace("-", "_"))
    return steps | {each.value for each in found if isinstance(each, ast.Constant) and isinstance(each.value, str)}


def words_of(topic: str, language: str) -> set[str]:
    keys = read_catalogue(language, DOMAIN)
    return {key.partition(".")[2] for key in keys if key.startswith(f"{topic}.")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_action_has_words(language: str) -> None:
    assert words_of("audit_action", language) == actions()


def test_every_action_can_be_asked_for() -> None:
    source = (ROOT / "console" / "src" / "audit" / "words.ts").read_text(encoding="utf-8")
    listed = re.search(r"ACTIONS = \[(.*?)\]", source, re.S)
    assert listed is not None
    assert set(re.findall(r'"(\w+)"', listed[1])) == actions()


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_that_something_is_done_to_has_words(language: str) -> None:
    subjects = {
        str(part.value).partition(":")[0]
        for name, given in calls()
        if name.endswith(".audit") or name == "audit.record"
        for argument in given
        if isinstance(argument, ast.JoinedStr)
        for part in argument.values[:1]
        if isinstance(part, ast.Constant) and str(part.value).endswith(":")
    }
    assert words_of("audit_subject", language) == subjects
