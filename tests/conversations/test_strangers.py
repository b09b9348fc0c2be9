"""The other half, so that two cores can play: what people had found wrong who did not know the assistant."""

from typing import Any

import pytest

from tests.conversations.scripts import OF_STRANGERS, play, scripts
from tests.product import Product

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("script", scripts(OF_STRANGERS))
def test_script_holds(product: Product, script: dict[str, Any]) -> None:
    play(product, script)
