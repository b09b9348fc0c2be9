"""What counts as having followed a reminder."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import Session

from insight.funnel import Funnel, funnel
from insight.funnel_days import funnel_groups
from insight.scope import Scope
from insight.window import Window
from loans import ledger
from tests.insight.portfolios import NOW, TODAY, a_borrower, a_lender, a_loan, a_promise, pay
from tests.insight.stories import Thread

WINDOW = Window.ending(TODAY, 30, ZoneInfo("America/Mexico_City"))
SENT = NOW - timedelta(days=10)
DAY = TODAY - timedelta(days=10)


class Story(Thread):
    """One borrower of branch Centro, written to ten days ago."""

    def __init__(self, session: Session) -> None:
        a_lender(session)
        super().__init__(session, a_loan(session, a_borrower(session, 1, "Centro"), TODAY - timedelta(days=9)), SENT)

    def counted(self, branch: str = "Centro") -> Funnel:
        return funnel(funnel_groups(self.session, WINDOW, Scope(branch=branch)))


@pytest.fixture
def story(session: Session) -> Story:
    return Story(session)


@pytest.mark.parametrize(("hours", "answered"), [(-1, 0), (1, 1), (24 * 3, 1), (24 * 4, 0)])
def test_an_answer_counts_until_the_third_date_after(story: Story, hours: int, answered: int) -> None:
    story.reminder()
    story.message(hours)
    assert story.counted() == Funnel(sent=1, delivered=1, answered=answered, promised=0, paid=0)


def test_an_answer_belongs_to_the_last_reminder_before_it(story: Story) -> None:
    story.reminder(0, "read")
    story.reminder(24, "failed")
    story.message(25)
    assert story.counted() == Funnel(sent=2, delivered=1, answered=1, promised=0, paid=0)


@pytest.mark.parametrize(("days", "paid"), [(-1, 0), (0, 1), (3, 1), (4, 0)])
def test_a_payment_counts_by_its_value_date_until_it_is_taken_back(story: Story, days: int, paid: int) -> None:
    story.reminder()
    payment = pay(story.session, story.loan, 10_00, DAY + timedelta(days=days), "p")
    assert story.counted().paid == paid
    ledger.reverse_payment(story.session, payment, "bounced", NOW, TODAY)
    assert story.counted().paid == 0


def test_a_promise_counts_and_other_branches_see_nothing(story: Story) -> None:
    story.reminder()
    a_promise(story.session, story.loan, 100_00, DAY + timedelta(days=1), DAY + timedelta(days=5))
    assert story.counted() == Funnel(sent=1, delivered=1, answered=0, promised=1, paid=0)
    assert story.counted("Norte") == Funnel(0, 0, 0, 0, 0)
