"""Every page and dialog: readable by a screen reader, no wider than a phone, and worked by the keyboard alone."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.console.colleague import Colleague
from tests.console.conftest import Show
from tests.console.lender import HEADER, Client, Lender
from tests.console.screen import AXE, Screen

pytestmark = pytest.mark.slow

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
GRAVE = {"serious", "critical"}
ASKS = "quiero hablar con una persona"


@dataclass(frozen=True)
class Place:
    """The lender's people, and a borrower with a case that the boss has taken over."""

    boss: Colleague
    client: Client
    case: int


@pytest.fixture(scope="module")
def place(lender: Lender, view: tuple[int, str]) -> Place:
    width, language = view
    boss = lender.hire(f"Estela Cob {width}", "admin", language=language)
    client = lender.lend(f"Fabiola Tec {width}", language=language)
    for text in ("cuánto es lo que debo", "cuánto es lo que debo", ASKS):
        client.phone.says(text)
    [case] = lender.admin.cases_of(client.id)
    boss.post(f"/cases/{case['id']}/take-over")
    boss.post(f"/loans/{client.loan}/promises", {"amount": 50_000, "due": lender.today.isoformat()})
    return Place(boss, client, case["id"])


def is_sound(screen: Screen, what: str) -> None:
    """Axe finds nothing grave, and nothing is wider than the window."""
    screen.page.evaluate("scrollTo(0, 0)")  # A bar that stays in sight hides no more than anybody can scroll out again.
    screen.page.evaluate(AXE.read_text())
    found: list[dict[str, Any]] = screen.page.evaluate(
        "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']}).then(it => it.violations)", RULES
    )
    grave = [(each["id"], each["nodes"][0]["html"][:200]) for each in found if each["impact"] in GRAVE]
    assert grave == [], f"{what} at {screen.width}"
    assert screen.page.evaluate("document.documentElement.scrollWidth") <= screen.width, what
    too_wide = "[...document.querySelectorAll('dialog[open]')].filter(it => it.scrollWidth > it.clientWidth).length"
    assert screen.page.evaluate(too_wide) == 0, what


def test_every_page_is_sound(place: Place, show: Show) -> None:
    screen = show(path="/")
    expect(screen.field("field.password")).to_be_visible()
    is_sound(screen, "sign-in")
    screen.let_in(place.boss)
    pages = {
        "/": "h1",
        "/queue": "a.case-line",
        "/borrowers": "a.case-line",
        "/import": "input[type=file]",
        "/phrases?why=corrected": "article.phrase",
        "/settings": "section.card dl",
        "/flows/1": "details",
        "/staff": "tbody tr",
        "/audit": "tbody tr",
        "/nowhere": ".empty a",
    }
    for path, sign in pages.items():
        screen.go(path)
        expect(screen.page.locator(sign).first).to_be_visible()
        is_sound(screen, path)
    for path, parts in (
        (f"/cases/{place.case}", ("story", "thread", "account")),
        (f"/borrowers/{place.client.id}", ("account", "contacts", "thread")),
    ):
        screen.go(path)
        expect(screen.page.locator(".page-head h1")).to_have_text(place.client.name)
        for each in parts:
            expect(screen.part(each)).to_be_visible()
            is_sound(screen, f"{path} {each}")
    screen.page.locator(".menu summary").click()
    is_sound(screen, "menu")


Opener = Callable[[Screen], Locator]


def in_account(key: str) -> Opener:
    return lambda screen: screen.part("account").get_by_role("button", name=screen.word(key), exact=True)


def button(key: str) -> Opener:
    return lambda screen: screen.button(key)


def test_every_dialog_is_sound_takes_the_keyboard_and_gives_it_back(place: Place, show: Show) -> None:
    screen = show(place.boss)
    case, borrower = f"/cases/{place.case}", f"/borrowers/{place.client.id}"
    dialogs: dict[str, tuple[Opener, ...]] = {
        case: (button("action.give_back"), button("action.close_case"), button("action.assign")),
        borrower: (
            *map(in_account, ("action.payment", "action.promise", "action.plan", "action.hold")),
            button("action.open_case"),
        ),
        "/staff": (
            button("staff.add"),
            button("tokens.add"),
            lambda screen: screen.button("staff.change", name=place.boss.name),
        ),
    }
    for path, openers in dialogs.items():
        screen.go(path)
        for opener in openers:
            key = opener(screen)
            key.focus()
            screen.page.keyboard.press("Enter")
            expect(screen.dialog).to_be_visible()
            is_sound(screen, str(path))
            expect(screen.page.locator("dialog:focus-within")).to_have_count(1)
            screen.page.keyboard.press("Escape")
            expect(screen.dialog).to_have_count(0)
            expect(key).to_be_focused()


def test_the_queue_is_worked_by_the_keyboard(lender: Lender, show: Show, view: tuple[int, str]) -> None:
    branch = f"Teclado {view[0]}"
    who = lender.hire(f"Gabriela Us {view[0]}", branches=(branch,), language=view[1])
    clients = [lender.lend(f"{name} {view[0]}", branch) for name in ("Ada Mex", "Berta Mex", "Clara Mex")]
    for each in clients:
        lender.case(each)
    screen = show(who, "/queue")
    lines = screen.page.locator("a.case-line")
    expect(lines).to_have_count(3)
    press = screen.page.keyboard.press
    press("Tab")
    expect(screen.page.get_by_role("link", name=screen.word("nav.skip"))).to_be_focused()
    press("Enter")
    for key, at in (("j", 0), ("j", 1), ("j", 2), ("j", 2), ("k", 1)):
        press(key)
        expect(lines.nth(at)).to_be_focused()
    press("Enter")
    expect(screen.page.locator(".page-head h1")).to_have_text(clients[1].name)
    take = screen.button("action.take_over")
    for _ in range(30):
        press("Tab")
        if take.evaluate("it => it === document.activeElement"):
            break
    press("Enter")
    screen.says("case.taken_over")
    expect(screen.button("action.close_case")).to_be_visible()


def test_a_case_is_opened_by_hand_with_a_note(lender: Lender, show: Show, view: tuple[int, str]) -> None:
    who = lender.hire(f"Hilda Naal {view[0]}", language=view[1])
    client = lender.lend(f"Ismael Ek {view[0]}")
    screen = show(who, f"/borrowers/{client.id}")
    screen.button("action.open_case").click()
    screen.dialog.get_by_label(screen.word("queue.reason")).select_option("complaint")
    screen.dialog.get_by_label(screen.word("field.note")).fill("Llamó a la sucursal")
    screen.dialog.get_by_role("button", name=screen.word("action.open_case")).click()
    expect(screen.part("story").get_by_text("Llamó a la sucursal")).to_be_visible()
    [case] = lender.admin.cases_of(client.id)
    assert (case["reason"], screen.page.url.rsplit("/", 1)[1]) == ("complaint", str(case["id"]))


def test_a_list_longer_than_the_api_gives_at_once_is_read_to_its_end(
    lender: Lender, show: Show, view: tuple[int, str]
) -> None:
    branch = f"Larga {view[0]}"
    rows = [lender.row(number, f"Persona {number}", branch) for number in lender.numbers(210)]
    lender.take_file("\n".join((HEADER, *rows)))
    who = lender.hire(f"Josefa Hau {view[0]}", branches=(branch,), language=view[1])
    screen = show(who, "/borrowers")
    lines = screen.page.locator("a.case-line")
    for count in (50, 100, 150, 200):
        expect(lines).to_have_count(count)
        screen.button("action.more").click()
    expect(lines).to_have_count(210)
    expect(screen.button("action.more")).to_have_count(0)


def test_a_queue_stays_as_long_as_it_was_read_when_news_come(lender: Lender, show: Show, view: tuple[int, str]) -> None:
    branch = f"Media {view[0]}"
    rows = [lender.row(number, f"Gente {number}", branch) for number in lender.numbers(53)]
    lender.take_file("\n".join((HEADER, *rows)))
    who = lender.hire(f"Leonor Can {view[0]}", branches=(branch,), language=view[1])
    for each in who.everything("/borrowers"):
        lender.admin.post("/cases", {"borrower_id": each["id"], "reason": "other"})
    screen = show(who, "/queue")
    screen.is_live()
    lines = screen.page.locator("a.case-line")
    expect(lines).to_have_count(50)
    screen.button("action.more").click()
    expect(lines).to_have_count(53)
    who.post(f"/cases/{who.everything('/cases')[0]['id']}/take-over")
    expect(screen.page.get_by_text(screen.word("case.me"), exact=True)).to_have_count(1)
    expect(lines).to_have_count(53)
