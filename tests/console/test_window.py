"""WhatsApp's window of 24 hours: how long free text may go, and what may be sent afterwards."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.console.conftest import Show
from tests.console.lender import Lender

pytestmark = pytest.mark.slow


def test_the_open_window_counts_down_and_the_closed_one_takes_templates_only(
    lender: Lender, show: Show, view: tuple[int, str]
) -> None:
    width, language = view
    branch = f"Campeche {width}"
    collector = lender.hire(f"Zoila Can {width}", branches=(branch,), language=language)
    client = lender.lend(f"Adán Yam {width}", branch, language)
    client.phone.says("quiero hablar con una persona")
    [case] = lender.admin.cases_of(client.id)
    collector.post(f"/cases/{case['id']}/take-over")
    screen = show(collector, f"/cases/{case['id']}")
    thread = screen.part("thread")

    badge = thread.locator(".answer-head .badge")
    hours = {"es": "h", "en": "hr"}[language]
    expect(badge).to_contain_text(f"23 {hours}")
    lender.pass_time(timedelta(hours=22, minutes=30))
    screen.page.reload()
    screen.part("thread")
    expect(badge).to_contain_text(f"1 {hours}")
    expect(thread.get_by_role("textbox")).to_be_visible()

    lender.pass_time(timedelta(hours=2))
    screen.page.reload()
    screen.part("thread")
    expect(badge).to_have_text(screen.word("answer.window_closed"))
    expect(thread.get_by_text(screen.word("answer.template_why"))).to_be_visible()
    expect(thread.get_by_role("textbox")).to_have_count(0)
    send = screen.button("action.send")
    expect(send).to_be_disabled()
    choice = thread.get_by_label(screen.word("answer.template"))
    choice.select_option("team.please_reply")
    text = choice.locator("option:checked").inner_text()
    assert "{" not in text
    send.click()
    screen.says("case.sent")
    expect(thread.locator(".bubble.person").get_by_text(text)).to_be_visible()
    assert client.phone.received[-1]["text"] == text

    client.phone.says("aquí estoy")
    expect(badge).to_contain_text(f"23 {hours}")
    expect(thread.get_by_role("textbox")).to_be_visible()
    refused = collector.write("POST", f"/cases/{case['id']}/answer", {"template": "reminder.open"})
    assert refused.status_code == 422
