"""The texts from which the model learns what is unkind: readable, each with one verdict, fitting the pipeline."""

import re
from collections import Counter
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "nlu_data" / "tone").glob("*.txt"))
HEADING = re.compile(r"\[(unkind|kind) \w+\]")
PIPELINE = yaml.safe_load((ROOT / "config.yml").read_text("utf-8"))["pipeline"]


def examples() -> list[tuple[str, str, str]]:
    """File, kind and text of each."""
    found = []
    for path in FILES:
        heading = ""
        for line in path.read_text("utf-8").splitlines():
            if line.startswith("["):
                assert HEADING.fullmatch(line), f"{path.name}: {line}"
                heading = line[1:-1]
            elif line and not line.startswith("#"):
                assert heading, f"{path.name}: {line!r} stands below no heading"
                found.append((path.stem, heading, line))
    return found


ALL = examples()


def test_no_text_is_there_twice() -> None:
    assert [text for text, times in Counter(text for _, _, text in ALL).items() if times > 1] == []


def test_texts_stand_as_a_borrower_reads_them() -> None:
    assert [text for _, _, text in ALL if "{" in text or "}" in text] == []


def test_kind_and_unkind_ones_are_as_many() -> None:
    count = Counter(kind.split()[0] for _, kind, _ in ALL)
    assert count["unkind"] > 1000
    assert 0.8 < count["kind"] / count["unkind"] < 1.25


def test_examples_are_encoded_as_the_pipeline_encodes_messages() -> None:
    scales = {each["kind"]: each["scale"] for each in PIPELINE if each["name"].endswith("SentenceEmbedder")}
    judge = next(each for each in PIPELINE if each["name"].endswith("ToneJudge"))
    assert list(judge["vectors"].items()) == list(scales.items())
