"""A supervisor gives a case to somebody else."""

import pytest
from playwright.sync_api import expect

from tests.console.conftest import Show
from tests.console.lender import Lender

pytestmark = pytest.mark.slow


def test_a_case_goes_from_one_collector_to_another_while_both_look_on(
    lender: Lender, show: Show, view: tuple[int, str]
) -> None:
    language = view[1]
    first = lender.hire(f"Ana Solís {view[0]}", branches=("Norte",), language=language)
    second = lender.hire(f"Beto Luna {view[0]}", branches=("Norte",), language=language)
    supervisor = lender.hire(f"Sofía Paz {view[0]}", "supervisor", branches=("Norte",), language=language)
    client = lender.lend(f"Rosa Chan {view[0]}", "Norte", language)
    case = lender.case(client)
    first.post(f"/cases/{case}/take-over")

    giver, taker = show(first, "/queue?show=mine"), show(second, "/queue?show=mine")
    mine = giver.page.get_by_role("link", name=client.name)
    expect(mine).to_be_visible()
    taker.says("queue.empty")

    boss = show(supervisor, f"/cases/{case}")
    expect(boss.page.get_by_text(first.name)).not_to_have_count(0)
    boss.button("action.assign").click()
    boss.dialog.get_by_label(boss.word("assign.to")).select_option(str(second.id))
    boss.dialog.get_by_role("button", name=boss.word("action.assign")).click()
    expect(boss.dialog).to_have_count(0)
    expect(boss.page.locator(".page-head").get_by_text(second.name)).to_be_visible()

    expect(mine).to_have_count(0)
    giver.says("queue.empty")
    line = taker.page.get_by_role("link", name=client.name)
    expect(line).to_be_visible()
    line.click()
    taker.button("action.take_over").click()
    taker.says("case.taken_over")
    assert lender.admin.cases_of(client.id)[0]["staff"]["id"] == second.id


def test_only_people_who_reach_the_branch_are_offered(lender: Lender, show: Show, view: tuple[int, str]) -> None:
    boss = lender.hire(f"Sara Ríos {view[0]}", "supervisor", language=view[1])
    here = lender.hire(f"Cata Mora {view[0]}", branches=("Oriente",))
    elsewhere = lender.hire(f"Dina Vega {view[0]}", branches=("Poniente",))
    auditor = lender.hire(f"Elsa Gil {view[0]}", "auditor")
    screen = show(boss, f"/cases/{lender.case(lender.lend('Hugo Pech', 'Oriente'))}")
    screen.button("action.assign").click()
    choice = screen.dialog.get_by_label(screen.word("assign.to"))
    expect(choice.locator(f'option[value="{here.id}"]')).to_have_count(1)
    for other in (elsewhere, auditor):
        expect(choice.locator(f'option[value="{other.id}"]')).to_have_count(0)
