"""The rules of stop and danger beside what is taught: they hear most of what they are for, and little else."""

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from understanding.distress import is_distress
from understanding.stop_words import is_stop

ROOT = Path(__file__).parents[2]


def taught() -> dict[str, list[str]]:
    phrases: dict[str, list[str]] = {}
    for file in sorted((ROOT / "nlu_data").glob("e[sn]/*.yml")):
        for each in yaml.safe_load(file.read_text("utf-8"))["nlu"]:
            lines = each["examples"].splitlines()
            phrases.setdefault(each["intent"], []).extend(line.removeprefix("- ") for line in lines)
    return phrases


@pytest.mark.slow
@pytest.mark.parametrize(
    ("hears", "intent", "at_least", "beside"),
    # A demand to stop beside a promise is heard by rule, though the promise is what is taught of it.
    [(is_stop, "opt_out", 0.93, 25), (is_distress, "vulnerable_distress", 0.82, 12)],
)
def test_a_rule_hears_what_it_is_for(hears: Callable[[str], bool], intent: str, at_least: float, beside: int) -> None:
    phrases = taught()
    own = phrases.pop(intent)
    others = [
        text for name, texts in phrases.items() if name not in {"opt_out", "vulnerable_distress"} for text in texts
    ]
    assert sum(map(hears, own)) >= at_least * len(own)
    overheard = [text for text in others if hears(text)]
    assert len(overheard) <= beside, overheard
