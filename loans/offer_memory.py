"""Offers as JSON: what a tracker remembers and a row keeps of them."""

from dataclasses import asdict
from datetime import date
from typing import Any

from loans.negotiation import DueAmount
from loans.offers import Offer, Wanted


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


def wanted_to_json(wanted: Wanted) -> dict[str, Any]:
    return asdict(wanted) | {"on": wanted.on.isoformat() if wanted.on else None}


def wanted_from_json(stored: dict[str, Any]) -> Wanted:
    return Wanted(**stored | {"on": date.fromisoformat(stored["on"]) if stored["on"] else None})
