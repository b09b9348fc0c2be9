"""A portfolio file with bad rows: what is wrong is told, the mended file is taken in, the borrower is found."""

import pytest
from playwright.sync_api import FilePayload, Locator, expect

from tests.console.conftest import Show
from tests.console.lender import HEADER, Lender, phone_of
from tests.console.screen import Screen

pytestmark = pytest.mark.slow

# What is wrong in which column, and with which value: each in a row of its own.
WRONG = (("4000", "mucho"), ("quincenal", "a veces"), ("sí,sí", "quizá,sí"))


def choose(screen: Screen, name: str, text: str) -> None:
    file = FilePayload(name=name, mimeType="text/csv", buffer=text.encode())
    screen.field("import.file").set_input_files(file)
    screen.button("import.preview").click()


def figure(screen: Screen, key: str) -> Locator:
    return screen.page.locator("dt").get_by_text(screen.word(key), exact=True).locator("xpath=following-sibling::dd[1]")


def test_errors_are_named_mended_and_the_borrower_is_found(lender: Lender, show: Show, view: tuple[int, str]) -> None:
    width, language = view
    first = lender.numbers(len(WRONG) + 1)[0]
    mended = f"cartera-corregida-{width}.csv"
    names = [f"Mariana Tzec {width}", f"Ofelia Canul {width}", f"Ramón Uc {width}", f"Teresa Balam {width}"]
    good = [lender.row(first + at, name) for at, name in enumerate(names)]
    bad = [good[0], *(row.replace(*wrong) for row, wrong in zip(good[1:], WRONG, strict=True))]
    screen = show(lender.hire(f"Irma Tun {width}", "admin", language=language), "/import")

    choose(screen, "cartera.csv", "\n".join((HEADER, *bad)))
    screen.says("import.would")
    expect(figure(screen, "import.rows")).to_have_text("4")
    expect(figure(screen, "import.would_write")).to_have_text("1")
    expect(figure(screen, "import.refused")).to_have_text("3")
    rows = screen.page.locator("tbody tr")
    expect(rows).to_have_count(3)
    for at, (_, value) in enumerate(WRONG):
        cells = rows.nth(at).locator("td")
        expect(cells.nth(0)).to_have_text(str(at + 3))  # The line as a spreadsheet counts it.
        expect(cells.nth(1)).not_to_be_empty()
        expect(cells.nth(2)).to_have_text(value.split(",")[0])
        expect(cells.nth(3).locator("em")).not_to_be_empty()

    choose(screen, mended, "\n".join((HEADER, *good)))
    expect(figure(screen, "import.refused")).to_have_text("0")
    screen.button("import.commit", count=4).click()
    screen.says("import.done")
    expect(figure(screen, "import.written")).to_have_text("4")
    expect(screen.page.get_by_text(mended)).to_be_visible()

    found_by_everything(screen, names[2], phone_of(first + 2), f"C-{first + 2}")
    loan_and_schedule(screen)


def found_by_everything(screen: Screen, name: str, phone: str, number: str) -> None:
    screen.page.get_by_role("navigation").get_by_role("link", name=screen.word("nav.borrowers")).click()
    box = screen.page.get_by_role("searchbox")
    for asked in (phone.removeprefix("+52"), number, name.upper().replace("Ó", "o"), number.replace("C-", "P-")):
        box.fill("nadie se llama así")
        screen.says("borrowers.none")
        box.fill(asked)
        expect(screen.page.get_by_role("link", name=name)).to_be_visible()
        expect(screen.page.locator("a.case-line")).to_have_count(1)
    screen.page.get_by_role("link", name=name).click()


def loan_and_schedule(screen: Screen) -> None:
    account = screen.part("account")
    expect(account.get_by_text(screen.word("loan.days_late", count=7))).to_be_visible()
    account.get_by_text(screen.word("loan.schedule")).click()
    rows = account.locator("tbody tr")
    expect(rows).to_have_count(8)
    expect(rows.first.locator("td").nth(0)).to_have_text("1")
    expect(rows.first).to_contain_text("$")
