"""The training phrases and the pipeline they are for, as the files hold them."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from components.vectors import weighed

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = ("es", "en")


@dataclass(frozen=True)
class Phrase:
    text: str
    intent: str
    language: str


def phrases() -> list[Phrase]:
    return [
        Phrase(line.removeprefix("- "), block["intent"], language)
        for language in LANGUAGES
        for path in sorted((ROOT / "nlu_data" / language).glob("*.yml"))
        for block in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]
        for line in block["examples"].splitlines()
    ]


def pipeline() -> list[dict[str, Any]]:
    return list(yaml.safe_load((ROOT / "config.yml").read_text(encoding="utf-8"))["pipeline"])


def settings(component: str) -> dict[str, Any]:
    return next(each for each in pipeline() if each["name"].endswith(component))


def vectors(texts: list[str]) -> np.ndarray:
    """The sentence vectors as the pipeline weighs them."""
    embedders = (each for each in pipeline() if each["name"].endswith("SentenceEmbedder"))
    return weighed(texts, {each["kind"]: each["scale"] for each in embedders})
