"""Our own scripts, through the real model, actions, store and clock."""

from typing import Any

import pytest

from tests.conversations.scripts import OF_STRANGERS, OURS, play, scripts
from tests.product import Product

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("script", scripts(OURS))
def test_script_holds(product: Product, script: dict[str, Any]) -> None:
    play(product, script)


def test_scripts_have_different_names() -> None:
    names = [each.values[0]["id"] for each in scripts(OURS) + scripts(OF_STRANGERS)]
    assert len(names) == len(set(names))
