"""WhatsApp's window of 24 hours: how long free text may go, and what may be sent afterwards."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.console.colleague import Colleague
from tests.console.conftest import a_lender
from tests.console.lender import Client, Lender
from tests.console.screen import Screen

pytestmark = pytest.mark.slow

HOUR = {"es": "h", "en": "hr"}


@dataclass(frozen=True)
class Talk:
    """A collector's window with a case taken over."""

    screen: Screen
    collector: Colleague
    client: Client
    case: int

    def again(self) -> Locator:
        self.screen.page.reload()
        return self.screen.part("thread")

    @property
    def badge(self) -> Locator:
        return self.screen.page.locator(".answer-head .badge")


@pytest.fixture(scope="module")
def lender(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lender]:
    """Days pass here, so that this is a product of its own."""
    yield from a_lender(tmp_path_factory)


@pytest.fixture
def talks(browser: Browser, lender: Lender) -> Iterator[list[Talk]]:
    """On a wide screen in Spanish and on a phone in English, so that a day has to pass only once."""
    opened = [_talk(browser, lender, width, language) for width, language in ((1280, "es"), (390, "en"))]
    yield opened
    for each in opened:
        each.screen.close()
    assert [each.screen.faults for each in opened] == [[], []]


def _talk(browser: Browser, lender: Lender, width: int, language: str) -> Talk:
    branch = f"Campeche {width}"
    collector = lender.hire(f"Zoila Can {width}", branches=(branch,), language=language)
    client = lender.lend(f"Adán Yam {width}", branch, language)
    lender.give_zone(client)
    client.phone.says("quiero hablar con una persona")
    [case] = lender.admin.cases_of(client.id)
    collector.post(f"/cases/{case['id']}/take-over")
    screen = Screen(browser, lender.product.url, width, language).let_in(collector).go(f"/cases/{case['id']}")
    return Talk(screen, collector, client, case["id"])


def test_the_open_window_counts_down_and_the_closed_one_takes_templates_only(lender: Lender, talks: list[Talk]) -> None:
    for each in talks:
        expect(each.badge).to_contain_text(f"23 {HOUR[each.screen.language]}")
    lender.pass_time(timedelta(hours=22, minutes=30))
    for each in talks:
        thread = each.again()
        expect(each.badge).to_contain_text(f"1 {HOUR[each.screen.language]}")
        expect(thread.get_by_role("textbox")).to_be_visible()
    lender.pass_time(timedelta(hours=2))
    for each in talks:
        takes_templates_only(each)
        opens_with_the_next_word(each)


def takes_templates_only(talk: Talk) -> None:
    screen, thread = talk.screen, talk.again()
    expect(talk.badge).to_have_text(screen.word("answer.window_closed"))
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
    assert talk.client.phone.received[-1]["text"] == text
    refused = talk.collector.write("POST", f"/cases/{talk.case}/answer", {"text": "Hola"})
    assert (refused.status_code, refused.json()["code"]) == (409, "window_closed")


def opens_with_the_next_word(talk: Talk) -> None:
    talk.client.phone.says("aquí estoy")
    expect(talk.badge).to_contain_text(f"23 {HOUR[talk.screen.language]}")
    expect(talk.screen.part("thread").get_by_role("textbox")).to_be_visible()
