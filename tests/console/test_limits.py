"""An admin proposes limits, is told what is wrong with them, puts it right, and approves them for a day to come."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.console.conftest import Show, a_lender
from tests.console.lender import HEADER, Lender
from tests.console.screen import Screen
from tests.console.test_pages import is_sound

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def lender(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lender]:
    """Days pass here, so that this is a product of its own."""
    yield from a_lender(tmp_path_factory)


def test_an_admin_changes_the_limits_of_a_product(lender: Lender, show: Show, view: tuple[int, str]) -> None:
    product = f"Taller {view[0]}"
    [number] = lender.numbers(1)
    lender.take_file(f"{HEADER},Producto\n{lender.row(number, f'Wilma Dzul {view[0]}')},{product}")
    boss = lender.hire(f"Noemí Cauich {view[0]}", "admin", language=view[1])
    screen = show(boss, "/settings")
    screen.page.get_by_role("link", name=screen.word("settings.change_limits")).click()
    screen.button("limits.new").press("Enter")
    expect(screen.field("limits.product")).to_be_focused()
    is_sound(screen, "the form of limits")

    screen.field("limits.product").select_option(product)
    _limit(screen, "promise_max_days", "assistant").fill("999")
    _limit(screen, "promise_min_share", "assistant").fill("12.5")
    _propose(screen)
    wrong = _limit(screen, "promise_max_days", "assistant")
    expect(wrong).to_have_attribute("aria-invalid", "true")
    expect(wrong).to_be_focused()
    is_sound(screen, "limits that are refused")
    wrong.fill("10")
    _limit(screen, "promise_max_days", "collector").fill("5")
    _propose(screen)
    expect(_limit(screen, "promise_max_days", "collector")).to_have_attribute("aria-invalid", "true")
    _limit(screen, "promise_max_days", "collector").fill("20")
    _propose(screen)

    card = screen.page.locator("section.card", has_text=product)
    expect(card).to_contain_text(screen.word("policy.waiting"))
    assert _in_force(lender, product) is None
    is_sound(screen, "limits that wait")
    card.get_by_role("button", name=screen.word("limits.approve")).press("Enter")
    is_sound(screen, "the question before limits are approved")
    screen.dialog.get_by_role("button", name=screen.word("limits.approve")).press("Enter")
    expect(card).to_contain_text(screen.word("limits.coming"))

    lender.pass_time(timedelta(days=1))
    assert _in_force(lender, product) == {
        "assistant": {"promise_max_days": 10, "promise_min_share": "0.125"},
        "collector": {"promise_max_days": 20},
        "supervisor": {},
    }
    screen.page.reload()
    expect(card).to_contain_text(screen.word("limits.in_force"))
    card.get_by_role("button", name=screen.word("limits.change")).click()
    expect(_limit(screen, "promise_min_share", "assistant")).to_have_value("12.5")
    screen.button("action.cancel").click()
    expect(screen.page.locator("h1")).to_be_focused()


def test_a_supervisor_reads_limits_and_proposes_none(lender: Lender, show: Show, view: tuple[int, str]) -> None:
    screen = show(lender.hire(f"Olga Balam {view[0]}", "supervisor", language=view[1]), "/limits")
    screen.says("limits.intro")
    expect(screen.page.get_by_role("heading", level=1)).to_have_text(screen.word("limits.title"))
    expect(screen.button("limits.new")).to_have_count(0)


def _limit(screen: Screen, name: str, level: str) -> Locator:
    group = screen.page.locator("fieldset", has=screen.page.locator("legend", has_text=screen.word(f"limit.{name}")))
    return group.get_by_label(screen.word(f"limits_level.{level}"))


def _propose(screen: Screen) -> None:
    screen.button("limits.propose").click()
    expect(screen.page.locator("form button.primary:disabled")).to_have_count(0)


def _in_force(lender: Lender, product: str) -> Any:
    """Without what is null."""
    limits = lender.admin.get("/limits", product=product).json()["limits"]
    if limits is None:
        return None
    return {level: {k: v for k, v in of.items() if v is not None} for level, of in limits["content"].items()}
