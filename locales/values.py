"""Values for phrases, in the JSON form that `locales.phrases.render` writes the way the borrower's country does."""

from datetime import date, time
from typing import Any

Value = dict[str, Any]


def money(amount: int, currency: str) -> Value:
    """`amount` in minor units."""
    return {"money": amount, "currency": currency}


def day(on: date, today: date) -> Value:
    """The year is said only where it is not this year's."""
    return {"date": on.isoformat(), "year": on.year != today.year}


def moment(on: date, at: time) -> Value:
    return {"phrase": "moment", "values": {"date": {"date": on.isoformat()}, "time": {"time": at.strftime("%H:%M")}}}


def rows(key: str, values: list[dict[str, Any]]) -> Value:
    return {"row": key, "rows": values}


def phrase(key: str, **values: Any) -> Value:
    return {"phrase": key, "values": values}
