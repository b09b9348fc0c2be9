"""Fixtures as scripts send them."""

from typing import Any

NOW = "2026-11-18T10:00:00-06:00"
PHONE = "+525500000001"

OVERDUE: dict[str, Any] = {
    "id": "LN-1001",
    "currency": "MXN",
    "status": "overdue",
    "balance": 3200.00,
    "overdue_amount": 800.00,
    "installment_amount": 800.00,
    "next_due_date": "2026-11-25",
    "next_due_amount": 800.00,
    "paid_installments": 6,
    "total_installments": 10,
    "payments": [
        {"date": "2026-11-04", "amount": 800.00, "channel": "oxxo"},
        {"date": "2026-10-21", "amount": 800.00, "channel": "spei"},
    ],
}
CURRENT: dict[str, Any] = {
    "id": "LN-2002",
    "label": "máquina de coser",
    "currency": "MXN",
    "status": "current",
    "balance": 1500.00,
    "overdue_amount": 0.00,
    "installment_amount": 250.00,
    "next_due_date": "2026-11-27",
    "next_due_amount": 250.00,
    "paid_installments": 2,
    "total_installments": 8,
    "payments": [{"date": "2026-11-13", "amount": 250.00, "channel": "oxxo"}],
}
CLOSED: dict[str, Any] = {
    "id": "LN-3003",
    "currency": "MXN",
    "status": "closed",
    "balance": 0.00,
    "overdue_amount": 0.00,
    "installment_amount": 0.00,
    "next_due_date": None,
    "payments": [{"date": "2026-09-30", "amount": 600.00, "channel": "spei"}],
}


def a_fixture(*loans: dict[str, Any], policy: dict[str, Any] | None = None, **contact: Any) -> dict[str, Any]:
    return {
        "now": NOW,
        "contact": {
            "id": "C-1",
            "name": "Guadalupe Hernández Ruiz",
            "phone": PHONE,
            "language": "es",
            "opted_out": False,
            "wrong_person": False,
            "identity_verified": False,
            **contact,
        },
        "loans": list(loans),
        "policy": policy or {},
    }
