"""Home: each figure says what it means and leads to the rows behind it, and from a row to the borrower."""

import re
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.console.conftest import Show
from tests.console.lender import HEADER, Lender
from tests.console.screen import Screen
from tests.console.test_pages import is_sound

pytestmark = pytest.mark.slow


def figure(screen: Screen, name: str) -> Any:
    """The number, which is a link."""
    return screen.page.locator("a.value").filter(has_text=f"{screen.word(f'figure.{name}')}:").first


def test_a_figure_leads_to_its_loans_and_on_to_the_borrower(lender: Lender, show: Show, view: tuple[int, str]) -> None:
    width, language = view
    branch, name = f"Lomas {width}", f"Elvira Pech {width}"
    client = lender.lend(name, branch=branch)
    boss = show(lender.hire(f"Berta Chan {width}", "supervisor", language=language), f"/?branch={branch}")

    expect(figure(boss, "gross")).to_contain_text("4,000")
    expect(figure(boss, "par30")).to_contain_text("0%")
    expect(boss.page.locator("canvas").first).to_be_visible()
    meaning = boss.page.get_by_text(boss.word("why.overdue"), exact=True)
    expect(meaning).to_be_hidden()
    term = boss.page.locator("summary").filter(has_text=boss.word("figure.overdue")).first
    term.focus()
    boss.page.keyboard.press("Enter")
    expect(meaning).to_be_visible()
    is_sound(boss, boss.page.url)

    figure(boss, "overdue").click()
    row = boss.page.locator(".list-line")
    expect(row).to_have_count(1)
    expect(row).to_contain_text(boss.word("loan.days_late", count=7))
    is_sound(boss, boss.page.url)
    with boss.page.expect_download() as downloaded:
        boss.page.locator("a[download]").first.click()
    assert name in downloaded.value.path().read_text("utf-8-sig")
    row.click()
    expect(boss.page).to_have_url(f"{lender.product.url}/console/borrowers/{client.id}")


def test_pesos_of_chile_are_shown_without_cents(lender: Lender, show: Show, view: tuple[int, str]) -> None:
    width, language = view
    branch = f"Ñuñoa {width}"
    taken = lender.take_file(f"{HEADER},Moneda\n{lender.row(lender.numbers(1)[0], 'Ema Soto', branch)},CLP")
    assert taken["written"] == 1, taken["errors"]
    boss = show(lender.hire(f"Pía Lara {width}", "supervisor", language=language), f"/lists/active?branch={branch}")
    row = boss.page.locator(".list-line")
    expect(row).to_have_count(1)
    expect(row).to_contain_text(re.compile(r"\$\d,\d{3}(?![.\d])"))


def test_what_came_in_and_how_promises_ended_lead_to_their_lists(
    lender: Lender, show: Show, view: tuple[int, str]
) -> None:
    width, language = view
    branch = f"Prado {width}"
    client, other = (lender.lend(f"{name} Balam {width}", branch=branch) for name in ("Irma", "Otilio"))
    paid = {"currency": "MXN", "value_date": lender.today.isoformat(), "channel": "cash"}
    lender.admin.post(f"/loans/{client.loan}/promises", {"amount": 500_00, "due": lender.today.isoformat()})
    lender.pass_time(timedelta(minutes=1))  # What was paid before a promise does not keep it.
    lender.admin.post(f"/loans/{client.loan}/payments", {"amount": 500_00, **paid})
    lender.admin.post(f"/loans/{other.loan}/payments", {"amount": 200_00, **paid})
    boss = show(lender.hire(f"Rita May {width}", "supervisor", language=language), f"/?branch={branch}")
    rows = boss.page.locator(".list-line")

    expect(figure(boss, "collected")).to_contain_text("700")
    figure(boss, "collected").click()
    expect(rows).to_have_count(2)
    expect(rows.first).to_contain_text("$200.00")
    expect(rows.first).to_contain_text(boss.word("home.unassisted"))
    is_sound(boss, boss.page.url)

    boss.page.go_back()
    boss.page.get_by_role("link", name=boss.word("ended.kept", count=1, promises=1), exact=True).first.click()
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text(client.name)
    expect(rows).to_contain_text(boss.word("promise_state.kept"))
    is_sound(boss, boss.page.url)


def test_who_may_not_read_figures_is_shown_the_way_to_the_cases(
    lender: Lender, show: Show, view: tuple[int, str]
) -> None:
    width, language = view
    collector = show(lender.hire(f"Noé Dzul {width}", "collector", language=language), "/")
    collector.page.get_by_role("link", name=collector.word("home.to_queue")).click()
    expect(collector.page).to_have_url(f"{lender.product.url}/console/queue")
