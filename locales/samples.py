"""Values to try every phrase with: an ordinary borrower's and the longest that still occur.

The names of the values mean the same in every phrase, so one table serves them all.
"""

from collections.abc import Mapping
from typing import Any

# Which phrase each line of a list is.
ROWS = {
    "balance.several": "balance.row",
    "balance.listed": "balance.row",
    "next.several": "next.row",
    "methods.list": "methods.row",
    "history.list": "history.row",
    "promise.confirm_parts": "promise.part",
    "promise.recorded_parts": "promise.part",
    "offer.plan": "offer.plan_row",
    "plan.confirm": "offer.plan_row",
    "plan.recorded": "offer.plan_row",
    "contact.sent": "contact.sent_row",
    "reminder.several": "reminder.row",
}

TYPICAL: Mapping[str, Any] = {
    "account": "1234 5678 9012",
    "amount": {"money": 50000, "currency": "MXN"},
    "as_of": {"date": "2026-11-18"},
    "balance": {"money": 320000, "currency": "MXN"},
    "case": 1042,
    "channel": "WhatsApp",
    "contact": "CONDUSEF",
    "count": 2,
    "currency": {"currency": "MXN"},
    "date": {"date": "2026-11-20"},
    "emergency": "911",
    "end": {"time": "19:00"},
    "fees": {"money": 12000, "currency": "MXN"},
    "first": {"date": "2026-11-20"},
    "last": {"date": "2026-12-18"},
    "lender": "Caja Esperanza",
    "loan": "LN-1001",
    "minimum": {"money": 5000, "currency": "MXN"},
    "name": "Guadalupe",
    "next_amount": {"money": 80000, "currency": "MXN"},
    "next_date": {"date": "2026-11-25"},
    "note": "9:00 - 17:00",
    "opens": {"date": "2026-11-20", "time": "09:00"},
    "overdue": {"money": 80000, "currency": "MXN"},
    "paid": {"money": 25000, "currency": "MXN"},
    "start": {"time": "12:00"},
    "text": "911",
    "time": {"time": "18:00"},
    "until": {"date": "2026-11-21"},
    "what": {"phrase": "contact.of_account"},
    "when": {"phrase": "time.afternoon"},
}

# 'miércoles 23 de septiembre de 2026': no date is longer.
LONG_DATE = {"date": "2026-09-23", "year": True}
LONG_MONEY = {"money": 12_345_678, "currency": "MXN"}

LONG: Mapping[str, Any] = {
    **TYPICAL,
    **dict.fromkeys(("amount", "balance", "fees", "minimum", "next_amount", "overdue", "paid"), LONG_MONEY),
    **dict.fromkeys(("as_of", "date", "first", "last", "next_date", "until"), LONG_DATE),
    "lender": "Caja Solidaria Nuestra Señora del Rosario",
    "loan": "máquina de coser industrial",
    "name": "María Guadalupe",
}


def values(key: str, names: frozenset[str], samples: Mapping[str, Any] = TYPICAL, lines: int = 2) -> dict[str, Any]:
    """What `key` needs, its lists with `lines` lines."""
    chosen = {name: samples[name] for name in names if name != "rows"}
    if "rows" in names:
        chosen["rows"] = {"row": ROWS[key], "rows": [dict(samples)] * lines}
    return chosen
