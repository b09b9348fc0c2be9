"""Two people at the same thing, and a tab that has fallen behind."""

import pytest
from playwright.sync_api import expect

from tests.console.conftest import Show
from tests.console.lender import Lender
from tests.console.screen import Screen

pytestmark = pytest.mark.slow


def unaware(screen: Screen) -> Screen:
    """No news reach this window: neither events nor its own look every few seconds."""
    screen.context.route("**/api/v1/live", lambda route: route.abort())
    screen.context.add_init_script("window.setInterval = () => 0")
    return screen


def test_the_second_who_takes_a_case_is_told_who_was_first(lender: Lender, show: Show, view: tuple[int, str]) -> None:
    first = lender.hire(f"Inés Cab {view[0]}")
    second = lender.hire(f"Julio Noh {view[0]}", language=view[1])
    client = lender.lend(f"Elvia Koh {view[0]}")
    case = lender.case(client)
    screen = unaware(show(second)).go(f"/cases/{case}")
    take = screen.button("action.take_over")
    expect(take).to_be_visible()
    first.post(f"/cases/{case}/take-over")

    take.click()
    told = {"es": "ya tiene este caso", "en": "has this case already"}[view[1]]
    expect(screen.page.get_by_role("status").get_by_text(told)).to_be_visible()
    expect(take).to_have_count(0)
    expect(screen.page.locator(".page-head").get_by_text(first.name)).to_be_visible()
    assert lender.admin.cases_of(client.id)[0]["staff"]["id"] == first.id


def test_an_answer_typed_in_a_tab_that_fell_behind_is_refused_and_kept(
    lender: Lender, show: Show, view: tuple[int, str]
) -> None:
    collector = lender.hire(f"Karla Puc {view[0]}", language=view[1])
    client = lender.lend(f"Mateo Sulub {view[0]}")
    client.phone.says("quiero hablar con una persona")
    [case] = lender.admin.cases_of(client.id)
    collector.post(f"/cases/{case['id']}/take-over")
    screen = unaware(show(collector)).go(f"/cases/{case['id']}")
    box = screen.page.locator("#answer-text")
    box.fill("Le llamo en la tarde")
    lender.admin.post(f"/cases/{case['id']}/take-over")  # A supervisor may take it from somebody.

    screen.button("action.send").click()
    expect(screen.alert.first).to_be_visible()
    expect(screen.page.locator(".page-head").get_by_text(lender.admin.name)).to_be_visible()
    assert client.phone.received[-1]["kind"] != "collector"
    lender.admin.post(f"/cases/{case['id']}/assign", {"staff_id": collector.id})
    collector.post(f"/cases/{case['id']}/take-over")
    screen.page.reload()
    expect(box).to_have_value("Le llamo en la tarde")


def test_a_form_that_somebody_else_saved_first_says_so_and_keeps_what_was_typed(
    lender: Lender, show: Show, view: tuple[int, str]
) -> None:
    member = lender.hire(f"Olga Ake {view[0]}")
    screen = show(lender.hire(f"Paco Tuz {view[0]}", "admin", language=view[1]), "/staff")
    screen.button("staff.change", name=member.name).click()
    name = screen.dialog.get_by_label(screen.word("field.name"))
    expect(name).to_have_value(member.name)
    name.fill(f"Olga Aké Uicab {view[0]}")
    tag = lender.admin.get(f"/staff/{member.id}").headers["ETag"]
    lender.admin.write("PATCH", f"/staff/{member.id}", {"branches": ["Centro"]}, if_match=tag)

    screen.dialog.get_by_role("button", name=screen.word("action.save")).click()
    expect(screen.dialog.get_by_role("alert")).to_contain_text(screen.word("problem.stale"))
    expect(name).to_have_value(f"Olga Aké Uicab {view[0]}")
    expect(screen.dialog.get_by_label(screen.word("field.branches"))).to_have_value("Centro")
    screen.dialog.get_by_role("button", name=screen.word("action.save")).click()
    expect(screen.dialog).to_have_count(0)
    saved = lender.admin.get(f"/staff/{member.id}").json()
    assert (saved["name"], saved["branches"]) == (f"Olga Aké Uicab {view[0]}", ["Centro"])
