"""Payments as people type them: twice, wrongly, in a hurry."""

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.console.conftest import Show
from tests.console.lender import Client, Lender
from tests.console.screen import Screen

pytestmark = pytest.mark.slow


@pytest.fixture
def client(lender: Lender, view: tuple[int, str]) -> Client:
    return lender.lend(f"Silvia Ceh {view[0]}")


@pytest.fixture
def screen(lender: Lender, show: Show, client: Client, view: tuple[int, str]) -> Screen:
    return show(lender.hire(f"Tomás Ku {view[0]}", language=view[1]), f"/borrowers/{client.id}")


def opened(screen: Screen, action: str = "action.payment") -> Locator:
    screen.part("account").get_by_role("button", name=screen.word(action), exact=True).click()
    return screen.dialog


def amount(screen: Screen) -> Locator:
    return screen.dialog.get_by_label(screen.word("field.amount"))


def record(screen: Screen) -> Locator:
    return screen.dialog.get_by_role("button", name=screen.word("action.record"))


def paid(lender: Lender, client: Client) -> list[Any]:
    items = lender.admin.get(f"/loans/{client.loan}/payments").json()["items"]
    return [each["amount"] for each in items]


def test_a_double_click_records_one_payment_and_the_same_one_again_is_asked_about(
    lender: Lender, client: Client, screen: Screen
) -> None:
    opened(screen)
    amount(screen).fill("312.50")
    record(screen).dblclick()
    screen.says("payment.recorded", amount="$312.50")
    expect(screen.dialog).to_have_count(0)
    assert paid(lender, client) == [312_50]

    opened(screen)
    amount(screen).fill("312.50")
    record(screen).click()
    twice = screen.dialog.get_by_label(screen.word("payment.really_twice"))
    expect(screen.dialog.get_by_role("alert")).to_be_visible()
    expect(twice).not_to_be_checked()
    assert paid(lender, client) == [312_50]
    twice.check()
    record(screen).click()
    expect(screen.dialog).to_have_count(0)
    assert paid(lender, client) == [312_50, 312_50]


def test_another_currency_and_a_day_to_come_are_refused_at_the_field(
    lender: Lender, client: Client, screen: Screen
) -> None:
    opened(screen)
    for typed in ("100 USD", "€100", "mil", "1,00"):
        amount(screen).fill(typed)
        expect(screen.dialog.get_by_text(screen.word("field.amount_wrong"))).to_be_visible()
        expect(amount(screen)).to_have_attribute("aria-invalid", "true")
        record(screen).click()
        assert amount(screen).evaluate("field => field.validationMessage") == screen.word("field.amount_wrong")
    amount(screen).fill("1,250.50")
    day = screen.dialog.get_by_label(screen.word("field.paid_on"))
    day.fill((lender.today + timedelta(days=2)).isoformat())
    record(screen).click()
    assert day.evaluate("field => field.validity.rangeOverflow")
    # A page whose clock is wrong lets it pass; the server does not, and says so at the field.
    day.evaluate("field => field.removeAttribute('max')")
    record(screen).click()
    expect(day).to_have_attribute("aria-invalid", "true")
    expect(screen.dialog.locator("small.fault")).not_to_be_empty()
    assert paid(lender, client) == []
    day.fill(lender.today.isoformat())
    record(screen).click()
    expect(screen.dialog).to_have_count(0)
    assert paid(lender, client) == [1250_50]


def test_a_promise_of_more_than_is_owed_is_refused_at_its_field(screen: Screen) -> None:
    opened(screen, "action.promise")
    amount(screen).fill("99,999.00")
    record(screen).click()
    expect(amount(screen)).to_have_attribute("aria-invalid", "true")
    expect(screen.dialog.locator("small.fault")).not_to_be_empty()
    amount(screen).fill("100.00")
    record(screen).click()
    screen.says("promise.recorded")


def test_messages_pause_until_the_end_of_a_day(lender: Lender, client: Client, screen: Screen) -> None:
    screen.part("account").get_by_role("button", name=screen.word("action.hold"), exact=True).click()
    screen.dialog.get_by_label(screen.word("hold.event")).select_option("hardship")
    until = lender.today + timedelta(days=5)
    screen.dialog.get_by_label(screen.word("hold.until")).fill(until.isoformat())
    record(screen).click()
    screen.says("hold.recorded")
    [hold] = lender.admin.get("/holds", borrower_id=client.id).json()["items"]
    assert hold["until_at"].startswith((until + timedelta(days=1)).isoformat())  # In UTC; there it is still the day.
    screen.page.once("dialog", lambda asked: asked.accept())
    screen.button("action.lift").click()
    screen.says("hold.lifted")
    assert lender.admin.get("/holds", borrower_id=client.id).json()["items"] == []
