"""The training phrases are complete, agree with each other, and hold nothing of the evaluation sample."""

import json
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from math import ceil
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "tests" / "data" / "dialogue"
UNDERSTANDING = ROOT / "tests" / "data" / "understanding"

INTENTS = {
    "greet",
    "goodbye",
    "thanks",
    "affirm",
    "deny",
    "ask_balance",
    "ask_next_payment",
    "ask_payment_methods",
    "ask_payment_history",
    "promise_to_pay",
    "cannot_pay",
    "ask_extension",
    "report_hardship",
    "already_paid",
    "dispute_debt",
    "wrong_person",
    "ask_human",
    "opt_out",
    "opt_in",
    "change_language",
    "complain",
    "ask_who_are_you",
    "call_me_later",
    "vulnerable_distress",
    "out_of_scope",
}
LEAST = {"es": 200, "en": 100}
# A phrase of evaluation is taught when a training phrase has four fifths of the words of both.
ALIKE, WORDS = 0.8, 4


def plain(text: str) -> str:
    """Lower case, no accents, no punctuation, single spaces; emoji stay, for they may be the whole message."""
    letters = (c for c in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(c))
    return " ".join("".join(" " if unicodedata.category(c).startswith("P") else c for c in letters).split())


def phrases(language: str) -> Iterator[tuple[str, str]]:
    """Each (intent, phrase) of one language's files."""
    for path in sorted((ROOT / "nlu_data" / language).glob("*.yml")):
        for block in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            for line in block["examples"].splitlines():
                assert line.startswith("- "), f"{path.name}, {block['intent']}: {line!r} is no '- ' item"
                yield block["intent"], line.removeprefix("- ")


ALL = [(language, intent, text) for language in LEAST for intent, text in phrases(language)]


@pytest.mark.parametrize("language", LEAST)
def test_every_intent_has_enough_different_phrases(language: str) -> None:
    different = defaultdict(set)
    for spoken, intent, text in ALL:
        if spoken == language:
            different[intent].add(plain(text) or text)
    assert set(different) == INTENTS
    assert {intent: len(texts) for intent, texts in different.items() if len(texts) < LEAST[language]} == {}


def test_no_phrase_teaches_two_intents() -> None:
    taught = defaultdict(set)
    for _, intent, text in ALL:
        taught[plain(text) or text].add(intent)
    assert {text: intents for text, intents in taught.items() if len(intents) > 1} == {}


def sample() -> list[str]:
    lists = [SAMPLE / "intents.jsonl", SAMPLE / "entities.jsonl"]
    lines = [json.loads(line)["text"] for path in lists for line in path.read_text(encoding="utf-8").splitlines()]
    scripts = yaml.safe_load((SAMPLE / "conversations.yaml").read_text(encoding="utf-8"))["conversations"]
    return lines + [turn["user"] for script in scripts for turn in script["turns"] if isinstance(turn.get("user"), str)]


def strangers() -> list[str]:
    lines = (UNDERSTANDING / "intents.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["text"] for line in lines]


def test_no_phrase_of_the_evaluation_sample_is_taught() -> None:
    held_out = {plain(text) or text for text in sample()}
    assert sorted(text for _, _, text in ALL if (plain(text) or text) in held_out) == []


def test_no_near_copy_of_an_evaluation_phrase_is_taught() -> None:
    taught = {text: frozenset(plain(text).split()) for _, _, text in ALL}
    holding = defaultdict(set)
    for text, words in taught.items():
        for word in words:
            holding[word].add(text)
    copies: dict[str, list[str]] = {}
    for phrase in sample() + strangers():
        words = frozenset(plain(phrase).split())
        if len(words) < WORDS:
            continue
        # Whatever shares four fifths of the words has at least one of the rarest fifth and one more.
        most = len(words) - ceil(len(words) * ALIKE) + 1
        rarest = sorted(words, key=lambda word: (len(holding[word]), word))[:most]
        near = {text for word in rarest for text in holding[word]}
        found = [text for text in near if len(taught[text] & words) >= ALIKE * len(taught[text] | words)]
        copies |= {phrase: found} if found else {}
    assert copies == {}


def test_phrases_are_plain_text_that_rasa_reads_as_written() -> None:
    assert [text for _, _, text in ALL if text.startswith("/") or set(text) & set("[]{}")] == []
