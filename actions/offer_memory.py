"""Offers as a tracker can remember them."""

from datetime import date
from typing import Any

from loans.negotiation import DueAmount
from loans.offers import Offer


def to_json(offer: Offer) -> dict[str, Any]:
    return {
        "kind": offer.kind,
        "payments": [[due.on.isoformat(), due.amount] for due in offer.payments],
        "latest": offer.latest.isoformat() if offer.latest else None,
        "moved_from": offer.moved_from.isoformat() if offer.moved_from else None,
    }


def from_json(stored: dict[str, Any]) -> Offer:
    payments = tuple(DueAmount(date.fromisoformat(on), amount) for on, amount in stored["payments"])
    latest, moved = (date.fromisoformat(stored[key]) if stored[key] else None for key in ("latest", "moved_from"))
    return Offer(stored["kind"], payments, latest=latest, moved_from=moved)
