"""An admin makes a key for another program, which signs in with it until it is revoked; the trail says so in words."""

import httpx2 as httpx
import pytest
from playwright.sync_api import Locator, expect

from tests.console.conftest import Show
from tests.console.lender import Lender
from tests.console.screen import Screen

pytestmark = pytest.mark.slow


def line(screen: Screen, name: str) -> Locator:
    return screen.page.locator("ul.lines li").filter(has_text=name)


def status(lender: Lender, token: str, path: str = "/staff") -> int:
    sent = {"Authorization": f"Bearer {token}"}
    return httpx.get(f"{lender.product.url}/api/v1{path}", headers=sent, timeout=60).status_code


def test_a_key_is_shown_once_works_and_is_revoked(lender: Lender, show: Show, view: tuple[int, str]) -> None:
    width, language = view
    boss, name = lender.hire(f"Nora Tamay {width}", "admin", language=language), f"Core bancario {width}"
    screen = show(boss, "/staff")
    screen.button("tokens.add").click()
    screen.dialog.get_by_label(screen.word("field.name")).fill(name)
    send = screen.dialog.get_by_role("button", name=screen.word("tokens.add"))
    send.click()  # With nothing ticked it is not sent.
    screen.dialog.get_by_label(screen.word("permission.read_staff"), exact=True).check()
    send.click()
    shown = screen.dialog.locator(".secret")
    expect(shown).to_be_visible()
    token = shown.inner_text()
    assert (status(lender, token), status(lender, token, "/audit")) == (200, 403)

    screen.dialog.get_by_role("button", name=screen.word("action.done")).click()
    expect(line(screen, name)).to_contain_text(screen.word("tokens.valid"))
    expect(line(screen, name)).to_contain_text(screen.word("permission.read_staff"))
    expect(screen.page.get_by_text(token)).to_have_count(0)
    screen.page.once("dialog", lambda asked: asked.accept())
    screen.button("tokens.revoke_one", name=name).click()
    expect(line(screen, name)).to_contain_text(screen.word("tokens.revoked"))
    expect(screen.button("tokens.revoke_one", name=name)).to_have_count(0)
    assert status(lender, token) == 401
    said_in_words(screen, boss.name)


def said_in_words(screen: Screen, who: str) -> None:
    screen.go("/audit")
    screen.page.locator("select:has(option[value=token_revoked])").select_option("token_revoked")
    rows = screen.page.locator("tbody tr")
    expect(rows.filter(has_text=screen.word("audit_action.token_added"))).to_have_count(0)
    expect(rows.filter(has_text=who)).to_contain_text([screen.word("audit_action.token_revoked")])


def test_the_trail_is_narrowed_by_person_and_day(lender: Lender, show: Show, view: tuple[int, str]) -> None:
    width, language = view
    boss = lender.hire(f"Pilar Sansores {width}", "admin", language=language)
    lender.admin.write("PATCH", "/session", {"language": "es"})
    screen = show(boss, "/audit")
    rows = screen.page.locator("tbody tr")
    screen.field("audit.actor").select_option(label=boss.name)
    expect(rows.filter(has_text=lender.admin.name)).to_have_count(0)
    expect(rows.filter(has_text=boss.name)).not_to_have_count(0)
    screen.page.get_by_label(screen.word("audit.from"), exact=True).fill(lender.today.isoformat())
    expect(rows.filter(has_text=screen.word("audit_action.signed_in"))).not_to_have_count(0)
    screen.page.get_by_label(screen.word("audit.to"), exact=True).fill("2020-01-01")
    screen.says("audit.none")


def test_who_manages_no_staff_sees_no_keys(lender: Lender, show: Show, view: tuple[int, str]) -> None:
    screen = show(lender.hire(f"Raquel Poot {view[0]}", "supervisor", language=view[1]), "/staff")
    expect(screen.page.locator("tbody tr").first).to_be_visible()
    expect(screen.page.get_by_text(screen.word("tokens.title"))).to_have_count(0)
