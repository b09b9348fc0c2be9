"""An admin changes a text and a day, is refused, puts it right, publishes, sees the reminder, and goes back."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Locator, expect

from tests.console.conftest import Show, a_lender
from tests.console.lender import Lender
from tests.console.screen import Screen
from tests.console.test_pages import is_sound
from tests.journeys.phone import BORN

pytestmark = pytest.mark.slow

STEP = "overdue_8"
KIND = "{name}, sigue pendiente su pago de {amount}. Responda y lo vemos juntos. {lender}"
ENGLISH = "{name}, your payment of {amount} is still due. Reply and we will find a way. {lender}"
HARSH = "{name}, si no paga {amount} hoy le vamos a embargar sus cosas. {lender}"


@pytest.fixture(scope="module")
def lender(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lender]:
    """Days pass here, so that this is a product of its own."""
    yield from a_lender(tmp_path_factory)


def test_an_admin_changes_a_text_and_a_day(lender: Lender, show: Show, view: tuple[int, str]) -> None:
    client = lender.lend(f"Rosaura Pech {view[0]}")
    lender.give_zone(client)
    boss = lender.hire(f"Amalia Canul {view[0]}", "admin", language=view[1])
    screen = show(boss, "/settings")
    before = lender.admin.get("/flows/1").json()["published"]

    screen.page.get_by_role("link", name=screen.word("settings.change_flow")).click()
    screen.button("flow.begin").click()
    step = _opened(screen)
    _say(screen, step, HARSH)
    step.get_by_label(screen.word("flow.days")).first.fill("9")
    screen.button("flow.save").click()
    expect(step.locator(".problem")).to_be_visible()
    expect(screen.button("flow.publish")).to_be_disabled()
    is_sound(screen, "a draft that is refused")

    _say(screen, step, KIND)
    # WhatsApp would need an approved template for words of our own.
    step.get_by_label(screen.word("flow.channel_place", place=1)).select_option("sms")
    screen.button("flow.save").click()
    screen.says("flow.no_faults")
    expect(step.locator(".bubble")).not_to_contain_text("{amount}")
    expect(screen.page.get_by_text(screen.word("flow.changes"))).to_be_visible()
    is_sound(screen, "a draft that may be published")
    screen.button("flow.forecast_begin").click()
    expect(screen.page.get_by_role("row", name=screen.word("forecast.messages"))).to_be_visible()
    is_sound(screen, "what the coming days would bring")
    screen.button("flow.publish").click()
    is_sound(screen, "the question before it is published")
    screen.dialog.get_by_label(screen.word("flow.note")).fill("Más amable, un día después")
    screen.dialog.get_by_role("button", name=screen.word("flow.publish")).click()
    expect(screen.page.locator("h1 + .badge")).to_contain_text(screen.word("flow_state.published"))

    lender.pass_time(timedelta(days=1))
    assert not _got(client.phone.received)
    lender.pass_time(timedelta(days=3))
    assert _got(client.phone.received)

    _go_back(screen, before)
    expect(screen.page.locator("h1 + .badge")).to_contain_text(screen.word("flow_state.published"))
    versions = {each["number"]: each for each in lender.admin.get("/flows/1/versions").json()["items"]}
    now = versions[lender.admin.get("/flows/1").json()["published"]]
    assert (now["based_on"], now["cadence"]["steps"]) == (before, versions[before]["cadence"]["steps"])


def test_an_admin_tries_limits_on_what_was_agreed(lender: Lender, show: Show, view: tuple[int, str]) -> None:
    client = lender.lend(f"Ramona Uc {view[0]}", born=BORN)
    for words in ("le pago 300 en 8 días", BORN):
        client.phone.says(words)
    assert client.phone.says("sí")["key"] == "promise.recorded"
    boss = lender.hire(f"Elías Uc {view[0]}", "admin", language=view[1])
    day = (lender.today + timedelta(days=1)).isoformat()
    content = {"assistant": {"promise_max_days": 2}}
    proposed = boss.post("/limits/versions", {"valid_from": day, "content": content}).json()["id"]

    screen = show(boss, "/flows/1")
    screen.button("flow.begin").click()
    screen.field("flow.replay_limits").select_option(str(proposed))
    screen.button("flow.replay_begin").click()
    line = screen.page.locator("li", has_text=_loan_of(lender, client.id)).first
    expect(line).to_contain_text("$300.00")
    expect(line).to_contain_text(screen.word("fact_value.date_too_far"))
    is_sound(screen, "what was agreed, by other limits")
    screen.page.once("dialog", lambda asked: asked.accept())
    screen.button("flow.discard").click()
    expect(screen.page.locator("h1 + .badge")).to_contain_text(screen.word("flow_state.published"))


def _loan_of(lender: Lender, borrower: int) -> str:
    return str(lender.admin.get(f"/borrowers/{borrower}").json()["loans"][0]["external_id"])


def _opened(screen: Screen) -> Locator:
    step = screen.page.locator(f"#step-{STEP}")
    step.locator("summary").click()
    expect(step.locator("textarea")).to_be_visible()
    return step


def _say(screen: Screen, step: Locator, text: str) -> None:
    """In each language that borrowers of this lender speak."""
    for language, words in (("English", ENGLISH), ("Español", text)):
        tab = step.locator(".words").get_by_role("button", name=language, exact=True)
        if tab.count():
            tab.click()
            step.locator("textarea").fill(words)


def _go_back(screen: Screen, before: int) -> None:
    line = screen.page.locator("ul.lines li", has_text=screen.word("flow.version", number=before)).first
    line.get_by_role("button", name=screen.word("flow.revert"), exact=True).click()
    screen.dialog.get_by_label(screen.word("flow.note")).fill("Como antes")
    screen.dialog.get_by_role("button", name=screen.word("flow.revert")).click()
    expect(screen.dialog).to_have_count(0)


def _got(messages: list[dict[str, str]]) -> bool:
    return any("lo vemos juntos" in each["text"] for each in messages)
