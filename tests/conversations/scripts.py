"""The scripts beside this file, and how one is played."""

import copy
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conversations.player import Player
from tests.product import Product

OURS = Path(__file__).parent
# Scripts that keep mended what people who did not know the assistant had found wrong.
OF_STRANGERS = OURS / "strangers"
FIXTURES: dict[str, Any] = yaml.safe_load((OURS / "fixtures.yaml").read_text())["fixtures"]


def scripts(folder: Path) -> list[Any]:
    read = [yaml.safe_load(file.read_text()).get("conversations", ()) for file in sorted(folder.glob("*.yaml"))]
    return [pytest.param(each, id=f"{each['id']} {each['title']}") for found in read for each in found]


def play(product: Product, script: dict[str, Any]) -> None:
    named = script["fixture"]  # of fixtures.yaml, or written out
    fixture = copy.deepcopy(FIXTURES[named] if isinstance(named, str) else named)
    faults = Player(product, script, fixture).play()
    assert not faults, "\n".join(faults)
