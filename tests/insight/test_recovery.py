from datetime import UTC, datetime, timedelta
from decimal import Decimal

from insight.recovery import Contact, Owed, Paid, Recovered, assign
from tests.insight.portfolios import TODAY


def talk(days_ago: int, staff_id: int, hour: int = 12) -> Contact:
    day = TODAY - timedelta(days=days_ago)
    return Contact(day, datetime(day.year, day.month, day.day, hour, tzinfo=UTC), staff_id)


def test_a_payment_is_the_last_persons_who_spoke_with_the_borrower_in_the_week_before() -> None:
    contacts = {1: [talk(9, 5), talk(7, 6, 9), talk(7, 7, 15)], 2: [talk(8, 5)], 3: [talk(0, 6)]}
    payments = [
        Paid(1, "MXN", 100, TODAY),  # Two people a week ago: the later one.
        Paid(1, "USD", 7, TODAY - timedelta(days=8)),  # The others had not spoken yet.
        Paid(2, "MXN", 1000, TODAY),  # Eight days are too long.
        Paid(3, "MXN", 10, TODAY),  # The same day counts.
        Paid(3, "MXN", 10_000, TODAY - timedelta(days=1)),  # Paid before the talk.
        Paid(4, "MXN", 100_000, TODAY),
    ]
    assert [(each.currency, each.staff_id, each.payments, each.amount) for each in assign(payments, contacts)] == [
        ("MXN", 6, 1, 10),
        ("MXN", 7, 1, 100),
        ("USD", 5, 1, 7),
    ]


def test_the_rate_is_what_came_of_all_that_was_owed_to_the_last_who_spoke() -> None:
    contacts = {1: [talk(9, 5), talk(2, 6)], 2: [talk(3, 5)]}
    owed = [Owed(1, "MXN", 300), Owed(2, "MXN", 500)]
    assert assign([Paid(1, "MXN", 100, TODAY)], contacts, owed) == [
        Recovered("MXN", 5, 0, 0, 500, Decimal(0)),
        Recovered("MXN", 6, 1, 100, 300, Decimal("0.25")),
    ]
