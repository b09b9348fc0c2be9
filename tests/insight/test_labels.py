"""Training data can be read again as it was written; what can be labelled is what the model learns."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from insight.labels import Example, Intent, as_yaml
from insight.masking import Known, Marks, masked
from insight.phrases import Certainty, certainty

ROOT = Path(__file__).parents[2]


def test_the_labels_are_the_intents_that_have_examples() -> None:
    taught = {
        block["intent"]
        for file in (ROOT / "nlu_data").glob("e[ns]/*.yml")
        for block in yaml.safe_load(file.read_text(encoding="utf-8"))["nlu"]
        if "intent" in block
    }
    assert set(Intent) == taught
    assert set(Intent) < set(yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))["intents"])


@given(st.lists(st.tuples(st.text(min_size=1), st.sampled_from(Intent)), max_size=6))
def test_every_phrase_is_one_line_of_its_intent(said: list[tuple[str, Intent]]) -> None:
    plain = [(masked(text, Known(), Marks("N", "N", "C")), intent) for text, intent in said]
    found = [Example(text, intent, "es", None, None) for text, intent in plain if text]
    read = yaml.safe_load(as_yaml(found))
    lines = {block["intent"]: block["examples"].splitlines() for block in read["nlu"]}
    for intent in Intent:
        texts = [each.text.replace("[", "(").replace("]", ")") for each in found if each.intent == intent]
        assert lines.get(intent, []) == [f"- {text}" for text in texts]


@pytest.mark.parametrize(
    ("intent", "confidence", "word"),
    [
        ("nlu_fallback", 0.39, Certainty.MISSED),
        (None, 0.0, Certainty.MISSED),
        ("thanks", 0.54, Certainty.DOUBTED),
        ("thanks", 0.55, Certainty.LIKELY),
        ("thanks", 0.84, Certainty.LIKELY),
        ("thanks", 0.85, Certainty.SURE),
    ],
)
def test_certainty_is_a_word(intent: str | None, confidence: float, word: Certainty) -> None:
    assert certainty(intent, confidence) == word
