"""How long a borrower waits for an answer: the whole product with its Rasa, from the phone's POST to the sent reply."""

import itertools
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median, quantiles

from benchmarks.figures import Figure
from tests.product import Product

SAID = ("cuánto debo", "cuándo me toca pagar", "dónde puedo pagar", "muchas gracias", "cuáles han sido mis pagos")
ALONE, TOGETHER, SENDERS = 60, 320, 16
FIXTURE = {
    "now": "2026-11-18T10:00:00-06:00",
    "contact": {"name": "Guadalupe Hernández", "phone": "+525500000001", "identity_verified": True},
    "loans": [
        {
            "id": "LN-1",
            "balance": 3200,
            "overdue_amount": 800,
            "installment_amount": 800,
            "next_due_date": "2026-11-25",
            "paid_installments": 6,
            "total_installments": 10,
        }
    ],
}


def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        product = Product(Path(folder))
        try:
            product.start().post("/simulator/reset", FIXTURE)
            waits = [_turn(product, 1, SAID[turn % len(SAID)]) for turn in range(ALONE)][10:]
            speed = _together(product)
        finally:
            product.stop()
    return [
        Figure(f"one sender, p50 of {len(waits)} turns", f"{median(waits) * 1000:.0f} ms", "80 ms"),
        Figure("one sender, p95", f"{quantiles(waits, n=20)[-1] * 1000:.0f} ms", "150 ms"),
        Figure(f"{SENDERS} senders, {TOGETHER} turns", f"{speed:.1f}/s", "25/s"),
    ]


def _turn(product: Product, sender: int, text: str) -> float:
    begun = time.perf_counter()
    sent = {"channel": "whatsapp", "from": f"+5255000000{sender:02}", "text": text}
    answer = product.post("/simulator/messages", sent)
    if answer["status"] != "handled":
        raise RuntimeError(f"{text!r} was not answered: {answer}")
    return time.perf_counter() - begun


def _together(product: Product) -> float:
    """Each sender writes when the last message is answered; all but the first are strangers and greeted as such."""
    said = itertools.cycle(SAID)
    begun = time.perf_counter()
    with ThreadPoolExecutor(SENDERS) as crowd:
        work = [crowd.submit(_turns, product, sender, [next(said) for _ in range(TOGETHER // SENDERS)])
                for sender in range(1, SENDERS + 1)]  # fmt: skip
        for each in work:
            each.result()
    return TOGETHER / (time.perf_counter() - begun)


def _turns(product: Product, sender: int, texts: list[str]) -> None:
    for text in texts:
        _turn(product, sender, text)
