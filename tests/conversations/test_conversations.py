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
    found = []
    for file in sorted(HERE.glob("*.yaml")):
        for script in yaml.safe_load(file.read_text()).get("conversations", ()):
            found.append(pytest.param(script, id=f"{script['id']} {script['title']}"))
    return found


@pytest.fixture(scope="session")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    running = Product(tmp_path_factory.mktemp("conversations")).start()
    yield running
    running.stop()


@pytest.mark.parametrize("script", _scripts())
def test_script_holds(product: Product, script: dict[str, Any]) -> None:
    fixture = copy.deepcopy(FIXTURES[script["fixture"]])
    faults = Player(product, script, fixture).play()
    assert not faults, "\n".join(faults)


def test_scripts_have_different_names() -> None:
    names = [each.values[0]["id"] for each in _scripts()]
    assert len(names) == len(set(names))
