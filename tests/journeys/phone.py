"""A borrower's phone on the running product, and the fixtures that journeys start from."""

from typing import Any
from urllib.parse import quote

from tests.product import Product

NOW = "2026-11-18T10:00:00-06:00"  # A Wednesday.
NUMBER = "+525500000001"
LOAN: dict[str, Any] = {
    "id": "LN-1001",
    "balance": 3200.00,
    "overdue_amount": 800.00,
    "installment_amount": 800.00,
    "next_due_date": "2026-11-25",
    "next_due_amount": 800.00,
    "paid_installments": 6,
    "total_installments": 10,
}
CURRENT = LOAN | {"balance": 2400.00, "overdue_amount": 0, "paid_installments": 7, "next_due_date": "2026-11-20"}
POLICY = {"promise_min_amount": 50.00, "promise_max_days": 30, "max_active_promises": 3, "identity_attempts": 3}
SPANISH = {"id": "C-1", "name": "Guadalupe Hernández Ruiz", "phone": NUMBER}
ENGLISH = {"id": "C-2", "name": "Marcus Lopez", "phone": NUMBER, "language": "en"}
BORN = "12/04/1985"


def fixture(*loans: dict[str, Any], contact: dict[str, Any] = SPANISH, **more: Any) -> dict[str, Any]:
    return {"now": NOW, "contact": contact, "loans": list(loans), "policy": POLICY, **more}


def known(contact: dict[str, Any] = SPANISH) -> dict[str, Any]:
    return contact | {"identity_verified": True, "confirmed": True}


class Phone:
    def __init__(self, product: Product, number: str = NUMBER, channel: str = "whatsapp") -> None:
        self._product, self.number, self.channel = product, number, channel

    def says(self, text: str) -> dict[str, Any]:
        """The answer of the turn, its replies as one: text, key, buttons, intent, asks."""
        return self._turn({"text": text})

    def presses(self, button: str) -> dict[str, Any]:
        return self._turn({"button": button})

    def sends(self, kind: str) -> dict[str, Any]:
        return self._turn({"media": {"type": kind}})

    def _turn(self, what: dict[str, Any]) -> dict[str, Any]:
        sent = {"channel": self.channel, "from": self.number, **what}
        answer: dict[str, Any] = self._product.post("/simulator/messages", sent)
        assert answer["status"] == "handled", answer
        assert len(answer["replies"]) <= 1, answer
        return {"text": "", "key": "", "buttons": [], **dict(*answer["replies"]), **answer}

    @property
    def received(self) -> list[dict[str, Any]]:
        messages: list[dict[str, Any]] = self._product.get(f"/simulator/outbox?address={quote(self.number)}")[
            "messages"
        ]
        return messages

    @property
    def state(self) -> dict[str, Any]:
        found: dict[str, Any] = self._product.get(f"/simulator/state?address={quote(self.number)}")
        return found

    def collector(self, act: str, **body: Any) -> Any:
        """What the collector does in this conversation: `take-over`, `say`, `give-back`."""
        return self._product.post(f"/simulator/{act}", {"address": self.number, "channel": self.channel, **body})
