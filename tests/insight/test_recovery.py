from datetime import UTC, datetime, timedelta

from insight.recovery import Contact, Paid, Recovered, assign
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
    assert assign(payments, contacts) == [
        Recovered("MXN", 6, 1, 10),
        Recovered("MXN", 7, 1, 100),
        Recovered("USD", 5, 1, 7),
    ]
