"""Signing in, being locked out, and a session that ends under somebody's hands."""

import pytest
from playwright.sync_api import expect

from tests.console.colleague import Colleague
from tests.console.conftest import Show
from tests.console.lender import Lender
from tests.console.screen import Screen

pytestmark = pytest.mark.slow


def sign_in(screen: Screen, email: str, password: str) -> None:
    screen.field("field.email").fill(email)
    screen.field("field.password").fill(password)
    screen.field("field.password").press("Enter")


def test_signing_in_leads_to_the_queue_and_out_again(lender: Lender, show: Show, view: tuple[int, str]) -> None:
    who = lender.hire(f"Úrsula Ic {view[0]}", language=view[1])
    screen = show(path="/")
    sign_in(screen, who.email.upper(), who.password)
    expect(screen.page.get_by_role("heading", name=screen.word("queue.title"))).to_be_visible()
    assert screen.page.locator("html").get_attribute("lang") == view[1]
    screen.page.locator(".menu summary").click()
    screen.button("action.sign_out").click()
    expect(screen.field("field.password")).to_be_visible()
    screen.page.go_back()
    expect(screen.page.get_by_role("heading", name=screen.word("queue.title"))).to_have_count(0)


def test_five_wrong_passwords_lock_the_sixth_right_one_out(lender: Lender, show: Show, view: tuple[int, str]) -> None:
    who = lender.hire(f"Víctor Pat {view[0]}")
    screen = show(path="/")
    for _ in range(5):
        sign_in(screen, who.email, "no es esta")
        expect(screen.alert).to_be_visible()
        expect(screen.field("field.password")).to_have_value("")
    sign_in(screen, who.email, who.password)
    expect(screen.alert).to_contain_text("15")
    expect(screen.field("field.email")).to_have_value(who.email)


@pytest.fixture
def interrupted(lender: Lender, show: Show, view: tuple[int, str]) -> tuple[Screen, Colleague, int]:
    """An answer half typed when the person signs out in another tab."""
    who = lender.hire(f"Wendy Mis {view[0]}", language=view[1])
    client = lender.lend(f"Yazmín Itzá {view[0]}")
    client.phone.says("quiero hablar con una persona")
    [case] = lender.admin.cases_of(client.id)
    who.post(f"/cases/{case['id']}/take-over")
    screen = show(who, f"/cases/{case['id']}")
    screen.page.locator("#answer-text").fill("Con gusto le ayudo")
    other = screen.tab().go("/queue")
    other.page.locator(".menu summary").click()
    other.button("action.sign_out").click()
    expect(other.field("field.password")).to_be_visible()
    other.page.close()
    return screen, who, client.id


def test_a_session_that_ended_asks_for_the_password_over_the_page_and_goes_on(
    lender: Lender, interrupted: tuple[Screen, Colleague, int]
) -> None:
    screen, who, borrower = interrupted
    box = screen.page.locator("#answer-text")
    screen.button("action.send").click()
    again = screen.page.locator("dialog.sign-in")
    expect(again).to_be_visible()
    expect(again.get_by_text(screen.word("sign_in.again"))).to_be_visible()
    expect(again.get_by_label(screen.word("field.email"))).to_have_value(who.email)
    expect(box).to_have_value("Con gusto le ayudo")
    again.get_by_label(screen.word("field.password")).fill(who.password)
    again.get_by_role("button", name=screen.word("action.sign_in")).click()
    expect(again).to_have_count(0)
    expect(box).to_have_value("Con gusto le ayudo")
    screen.button("action.send").click()
    expect(screen.page.locator(".bubble.person").get_by_text("Con gusto le ayudo")).to_be_visible()
    screen.is_live()
    sent = lender.admin.get(f"/borrowers/{borrower}/messages").json()["items"]
    assert [each["text"] for each in sent].count("Con gusto le ayudo") == 1
