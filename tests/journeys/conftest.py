from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.journeys.phone import Phone
from tests.product import Product

Start = Callable[..., Phone]


@pytest.fixture(scope="session")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """One product for all journeys: each begins with a store emptied by the simulator's reset."""
    product = Product(tmp_path_factory.mktemp("product"))
    try:
        yield product.start()
    finally:
        product.stop()


@pytest.fixture
def start(product: Product) -> Start:
    """Loads a fixture and hands over the phone of its contact."""

    def load(given: dict[str, Any], channel: str = "whatsapp") -> Phone:
        product.post("/simulator/reset", given)
        return Phone(product, given["contact"]["phone"], channel)

    return load
