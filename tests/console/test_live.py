"""News over a real socket: the server is away for a while, says the page, and then everything is there."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.console.lender import Lender
from tests.console.screen import Screen
from tests.console.wire import Wire

pytestmark = pytest.mark.slow


@pytest.fixture
def wire(lender: Lender) -> Iterator[Wire]:
    wire = Wire(int(lender.product.settings["ALCORRIENTE_PORT"]))
    yield wire
    wire.cut()


@pytest.fixture
def screen(browser: Browser, wire: Wire, view: tuple[int, str]) -> Iterator[Screen]:
    screen = Screen(browser, wire.url, *view)
    yield screen
    screen.close()
    # A page whose server is away may look for a newer worker of its own just then.
    assert [each for each in screen.faults if "fetching the script" not in each] == []


def test_after_the_server_was_away_the_page_comes_back_by_itself_with_what_it_missed(
    lender: Lender, wire: Wire, screen: Screen, view: tuple[int, str]
) -> None:
    who = lender.hire(f"Abril Pool {view[0]}", language=view[1])
    missed = lender.lend(f"Brenda Cen {view[0]}")
    screen.let_in(who).go("/queue")
    screen.is_live()
    lost = screen.page.get_by_text(screen.word("live.lost"))
    expect(lost).to_have_count(0)

    wire.cut()
    expect(lost).to_be_visible()
    lender.case(missed)
    screen.page.get_by_role("link", name=screen.word("nav.borrowers")).click()
    expect(screen.alert).to_contain_text(screen.word("problem.unreachable"))

    wire.mend()
    expect(lost).to_have_count(0)
    screen.is_live()
    screen.page.get_by_role("navigation").get_by_role("link", name=screen.word("nav.queue")).click()
    expect(screen.page.get_by_role("link", name=missed.name)).to_be_visible()


def test_what_was_typed_while_the_server_is_away_is_sent_once_when_it_is_back(
    lender: Lender, wire: Wire, screen: Screen, view: tuple[int, str]
) -> None:
    who = lender.hire(f"Celia Chan {view[0]}", language=view[1])
    client = lender.lend(f"Darío Pech {view[0]}")
    case = lender.case(client)
    screen.let_in(who).go(f"/cases/{case}")
    screen.is_live()
    thread = screen.part("thread")
    thread.get_by_role("button", name=screen.word("answer.note"), exact=True).click()
    thread.get_by_role("textbox").fill("Llamar mañana")
    screen.has_read()
    with screen.page.expect_event("requestfailed", lambda each: "/messages" in each.url):
        wire.cut()
    expect(screen.page.get_by_text(screen.word("live.lost"))).to_be_visible()
    expect(screen.alert).to_have_count(0)
    screen.button("action.save_note").click()
    expect(thread.get_by_role("alert")).to_contain_text(screen.word("problem.unreachable"))
    expect(thread.get_by_role("textbox")).to_have_value("Llamar mañana")
    wire.mend()
    screen.button("action.save_note").click()
    screen.says("case.noted")
    events = lender.admin.get(f"/cases/{case}").json()["events"]
    assert [each["note"] for each in events].count("Llamar mañana") == 1
