"""The public port is a process of its own: it wakes the worker, comes back when it dies, and ends with the product."""

import os
import signal
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import urlencode, urlsplit

import pytest
from twilio.request_validator import RequestValidator

from store.engine import create_engine
from tests.counterparts import lender, light
from tests.counterparts.faults import ask
from tests.counterparts.programs import ACCOUNT, SMS, TOKEN, WHATSAPP
from tests.product import Product

pytestmark = pytest.mark.slow

PATH, PUBLIC = "/channels/twilio/whatsapp", "http://pay.example.org"
PATIENCE = 120.0


@pytest.fixture(scope="module")
def provider() -> Iterator[light.Light]:
    yield light.Light(TOKEN)


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory, provider: light.Light) -> Iterator[Product]:
    with light.running(provider) as url:
        product = Product(
            tmp_path_factory.mktemp("gateway"),
            ALCORRIENTE_SIMULATOR="0",
            ALCORRIENTE_PUBLIC_URL=PUBLIC,
            ALCORRIENTE_TWILIO_ACCOUNT_SID=ACCOUNT,
            ALCORRIENTE_TWILIO_AUTH_TOKEN=TOKEN,
            ALCORRIENTE_TWILIO_WHATSAPP_FROM=SMS,
            ALCORRIENTE_TWILIO_BASE_URL=url,
            ALCORRIENTE_TWILIO_CONTENT_URL=url,
        )
        lender.store(product.store_url).dispose()
        try:
            yield product.start()
        finally:
            product.stop()


def test_what_comes_to_the_port_is_answered_by_the_worker(product: Product, provider: light.Light) -> None:
    assert _write(product, 1) == 200
    _wait(lambda: bool(provider.by_address["whatsapp:+12020000001"]), "no answer")


def test_a_port_that_dies_comes_back(product: Product, provider: light.Light) -> None:
    first = product.gateway_pid
    assert first is not None
    os.kill(first, signal.SIGKILL)
    _wait(lambda: product.gateway_pid not in {None, first} and product.is_ready(), "it stays away")
    assert _write(product, 2) == 200
    _wait(lambda: bool(provider.by_address["whatsapp:+12020000002"]), "no answer")


def test_what_was_acknowledged_while_another_wrote_outlives_the_port(product: Product, provider: light.Light) -> None:
    gateway = product.gateway_pid
    assert gateway is not None
    with _pen(product):
        assert [_write(product, 3), _write(product, 3), _write(product, 4)] == [200] * 3
        os.kill(gateway, signal.SIGKILL)
    _wait(lambda: bool(provider.by_address["whatsapp:+12020000004"]), "no answer")
    _wait(product.is_ready, "it stays away")
    assert _write(product, 5) == 200
    _wait(lambda: bool(provider.by_address["whatsapp:+12020000005"]), "no answer")
    assert len(provider.by_address["whatsapp:+12020000003"]) == 1


def test_no_port_stays_behind(product: Product) -> None:
    product.kill()
    _wait(lambda: not _is_open(product), "it stays open")


@contextmanager
def _pen(product: Product) -> Iterator[None]:
    """Nobody else writes into the store."""
    engine = create_engine(product.store_url)
    with engine.begin():
        yield
    engine.dispose()


def _write(product: Product, number: int) -> int:
    form = {"MessageSid": f"SM{number:032x}", "From": f"whatsapp:+1202{number:07}", "To": WHATSAPP, "Body": "gracias"}
    headers = {
        "content-type": "application/x-www-form-urlencoded",
        "x-twilio-signature": RequestValidator(TOKEN).compute_signature(PUBLIC + PATH, form),
    }
    status, _ = ask(product.url, "POST", PATH, urlencode(form).encode(), headers)
    return status


def _is_open(product: Product) -> bool:
    place = urlsplit(product.url)
    with socket.socket() as probe:
        return probe.connect_ex((str(place.hostname), int(place.port or 0))) == 0


def _wait(there: Callable[[], bool], complaint: str) -> None:
    ends = time.monotonic() + PATIENCE
    while not there():
        assert time.monotonic() < ends, complaint
        time.sleep(0.1)
