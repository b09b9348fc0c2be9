"""Processes killed, stopped and broken at random moments of turns that record promises: nothing lost, nothing twice.

`KILLS=100 .venv/bin/pytest tests/journeys/test_crashes.py -s` is the long run, about 20 minutes.
"""

import os
import random
import signal
import time
from collections import Counter
from collections.abc import Iterator

import pytest

from loans import accounts
from store.engine import transaction
from tests.journeys.crowd import Crowd, product_store
from tests.journeys.phone import LOAN, fixture
from tests.product import Product

pytestmark = pytest.mark.slow

KILLS = int(os.environ.get("KILLS", "6"))
# A turn takes about a quarter of a second, and three begin at once.
LONGEST_PAUSE = 1.5
# A message whose every attempt met a dead Rasa is tried once a minute.
PATIENCE = 240.0


@pytest.fixture
def fragile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    product = Product(tmp_path_factory.mktemp("fragile"))
    try:
        product.start().post("/simulator/reset", fixture(LOAN))
        yield product
    finally:
        product.stop()


def test_many_at_once_wait_for_nobody(fragile: Product) -> None:
    with Crowd(product_store(fragile)) as crowd:
        crowd.joins(40)
        crowd.wait(PATIENCE)
    _tell("many at once", 1, crowd.check())
    assert "locked" not in fragile.output and "turn_failed" not in fragile.output


def test_rasa_killed_at_random_moments(fragile: Product) -> None:
    chance = random.Random(KILLS)
    with Crowd(product_store(fragile)) as crowd:
        for _ in range(KILLS):
            fragile.wait_ready()
            crowd.joins(3)
            time.sleep(chance.uniform(0, LONGEST_PAUSE))
            _signal_rasa(fragile, signal.SIGKILL)
        crowd.wait(PATIENCE)
    _tell("Rasa killed", KILLS, crowd.check() + _repeats(fragile))


def test_the_whole_product_killed_at_random_moments(fragile: Product) -> None:
    kills = max(2, KILLS // 8)
    chance = random.Random(KILLS)
    with Crowd(product_store(fragile)) as crowd:
        for _ in range(kills):
            crowd.joins(4)
            time.sleep(chance.uniform(0, LONGEST_PAUSE))
            fragile.kill()
            fragile.start()
        crowd.wait(PATIENCE)
    _tell("product killed", kills, crowd.check() + _repeats(fragile))


def test_rasa_hangs_for_half_a_minute(fragile: Product) -> None:
    with Crowd(product_store(fragile)) as crowd:
        crowd.joins(4)
        time.sleep(0.3)
        pid = _signal_rasa(fragile, signal.SIGSTOP)
        time.sleep(30)
        os.kill(pid, signal.SIGCONT)
        crowd.wait(PATIENCE)
    _tell("Rasa hung", 1, crowd.check() + _repeats(fragile))


def test_actions_fail_for_a_while(fragile: Product) -> None:
    """A zone that nobody knows breaks whatever reads the lender's day; the turns are taken back and asked again."""
    engine = product_store(fragile)
    with Crowd(engine) as crowd:
        crowd.joins(4)
        for zone in ("Nowhere/Atall", "America/Mexico_City"):
            time.sleep(1)
            with transaction(engine) as session:
                accounts.lender(session).zone = zone
        crowd.wait(PATIENCE)
    _tell("actions failed", 1, crowd.check() + _repeats(fragile))


def _signal_rasa(product: Product, number: signal.Signals) -> int:
    pid = product.rasa_pid
    assert pid is not None
    os.kill(pid, number)
    return pid


def _repeats(product: Product) -> Counter[str]:
    """What repeated turns found in Rasa's tracker."""
    again = [line for line in product.output.splitlines() if "turn_again" in line]
    answered = sum("answered=True" in line for line in again)
    return Counter({"asked again": len(again) - answered, "answer found": answered})


def _tell(what: str, times: int, figures: Counter[str]) -> None:
    """Seen with `-s`."""
    print(f"\n{what}, {times} times:", ", ".join(f"{count} {name}" for name, count in figures.items()))  # noqa: T201
