"""Every script beside this file, through the real model, actions, store and clock."""

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conversations.player import Player
from tests.product import Product

pytestmark = pytest.mark.slow

HERE = Path(__file__).parent
FIXTURES: dict[str, Any] = yaml.safe_load((HERE / "fixtures.yaml").read_text())["fixtures"]


def _scripts() -> list[Any]:
    read = [yaml.safe_load(file.read_text()).get("conversations", ()) for file in sorted(HERE.glob("*.yaml"))]
    return [pytest.param(each, id=f"{each['id']} {each['title']}") for scripts in read for each in scripts]


@pytest.fixture(scope="session")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    running = Product(tmp_path_factory.mktemp("conversations")).start()
    yield running
    running.stop()


@pytest.mark.parametrize("script", _scripts())
def test_script_holds(product: Product, script: dict[str, Any]) -> None:
    named = script["fixture"]  # of fixtures.yaml, or written out
    fixture = copy.deepcopy(FIXTURES[named] if isinstance(named, str) else named)
    faults = Player(product, script, fixture).play()
    assert not faults, "\n".join(faults)


def test_scripts_have_different_names() -> None:
    names = [each.values[0]["id"] for each in _scripts()]
    assert len(names) == len(set(names))
