"""What the assistant does on its own can be read: reminders with their texts, hours, limits and versions."""

import pytest
from playwright.sync_api import expect

from tests.console.conftest import Show
from tests.console.lender import Lender

pytestmark = pytest.mark.slow


def test_a_supervisor_reads_reminders_hours_and_limits(lender: Lender, show: Show, view: tuple[int, str]) -> None:
    screen = show(lender.hire(f"Sonia Cetz {view[0]}", "supervisor", language=view[1]), "/settings")
    steps = screen.page.locator("ol.lines li")
    shipped = lender.admin.get("/flows/1/versions").json()["items"][0]["cadence"]["steps"]
    expect(steps).to_have_count(len(shipped))
    texts = {it["key"]: it["texts"][0] for it in lender.admin.get("/phrases", language=view[1]).json()["items"]}
    for at, step in enumerate(shipped):
        expect(steps.nth(at)).to_contain_text(texts[step["phrase"]])
    contact, agreements = (screen.page.locator("section.card").nth(at) for at in (0, 1))
    expect(contact).to_contain_text(screen.word("contact.hours", **{"from": "09:00", "until": "15:00"}))
    expect(contact).to_contain_text(screen.word("contact.no_hours"))
    expect(contact).to_contain_text(screen.word("contact.gap", hours=20))
    expect(agreements).to_contain_text("$50.00")
    expect(agreements).to_contain_text(screen.word("agreement.never"))
    for kind, part in (("contact", contact), ("negotiation", agreements)):
        version = lender.admin.get(f"/policies/{kind}").json()["version"]
        expect(part).to_contain_text(screen.word("policy.in_force", version=version))
        part.get_by_text(screen.word("policy.whole")).first.click()
        expect(part.locator("pre")).to_contain_text(f'"policy_version": "{version}"')


def test_a_collector_does_not(lender: Lender, show: Show, view: tuple[int, str]) -> None:
    screen = show(lender.hire(f"Tania Moo {view[0]}", language=view[1]), "/settings")
    screen.says("page.not_allowed")
    doors = screen.page.get_by_role("navigation").get_by_role("link", name=screen.word("nav.settings"))
    expect(doors).to_have_count(0)
