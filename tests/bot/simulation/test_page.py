"""The page in a real browser."""

import json
import shutil
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from playwright.sync_api import Browser, Error, Page, Route, expect, sync_playwright

from store.engine import create_engine
from tests.bot.simulation.fixtures import CURRENT, OVERDUE, PHONE, a_fixture
from tests.bot.simulation.live import simulator

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
# Without a network of its own it looks nothing up, and it starts as root.
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-sync"]

# Two test processes share the machine's two cores, so a page may take its time.
expect.set_options(timeout=20_000)
ANSWERS = ".bubble.theirs:not(.typing)"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed (Debian: apt install chromium)"),
]


@pytest.fixture
def base(sqlite_template: Path, tmp_path: Path) -> Iterator[str]:
    shutil.copy(sqlite_template, tmp_path / "store.db")
    engine: sa.Engine = create_engine(f"sqlite:///{tmp_path / 'store.db'}")
    with simulator(engine) as url:
        post(url, "reset", a_fixture(OVERDUE, CURRENT, identity_verified=True))
        yield url
    engine.dispose()


def post(base: str, path: str, body: dict[str, Any]) -> Any:
    request = urllib.request.Request(
        f"{base}/simulator/{path}", json.dumps(body).encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.load(answer)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


def opened(browser: Browser, base: str, width: int, height: int) -> Iterator[Page]:
    """The page at this size; an error in its code fails the test."""
    page = browser.new_page(viewport={"width": width, "height": height}, locale="es-MX")
    page.set_default_timeout(20_000)
    faults: list[str] = []

    def note(problem: Error) -> None:
        faults.append(str(problem))

    page.on("pageerror", note)
    page.goto(f"{base}/simulator")
    yield page
    page.close()
    assert faults == []


@pytest.fixture
def held() -> list[Route]:
    """The first question for people, until a test lets it go on."""
    return []


@pytest.fixture
def early(browser: Browser, base: str, held: list[Route]) -> Iterator[Page]:
    """The page before it knows any people."""

    def hold(route: Route) -> None:
        held.append(route)

    page = browser.new_page(viewport={"width": 1280, "height": 800}, locale="es-MX")
    page.route("**/simulator/borrowers*", hold, times=1)
    with page.expect_request("**/simulator/borrowers*"):
        page.goto(f"{base}/simulator")
    yield page
    page.close()


@pytest.fixture
def wide(browser: Browser, base: str) -> Iterator[Page]:
    yield from opened(browser, base, 1280, 800)


@pytest.fixture
def narrow(browser: Browser, base: str) -> Iterator[Page]:
    yield from opened(browser, base, 390, 844)


def write(page: Page, text: str) -> None:
    field = page.get_by_label("Escriba un mensaje")
    field.fill(text)
    field.press("Enter")


def test_a_talk_with_the_assistant_and_a_button_pressed(wide: Page) -> None:
    thread = wide.get_by_role("log")
    write(wide, "el viernes le pago 500")
    expect(thread.get_by_text("el viernes le pago 500", exact=True)).to_be_visible()
    expect(thread.get_by_text("500.00")).to_be_visible()
    thread.get_by_role("button", name="Sí").click()
    expect(thread.locator(ANSWERS)).to_have_count(2)
    expect(thread.locator(".bubble.theirs .ticks.read")).to_have_count(2)
    expect(wide.get_by_label("Escriba un mensaje")).to_have_value("")
    expect(wide.locator("#announce")).to_have_text(thread.locator(ANSWERS).last.locator("p").inner_text())


def test_a_reminder_arrives_with_the_clock_and_says_why(wide: Page) -> None:
    wide.get_by_role("button", name="Al vencimiento").click()
    thread = wide.get_by_role("log")
    expect(thread.locator(ANSWERS).first).to_be_visible(timeout=60_000)
    why = thread.get_by_text("Por qué llegó").first
    why.click()
    expect(thread.get_by_text("send").first).to_be_visible()
    wide.wait_for_timeout(2000)
    expect(thread.locator("details[open]")).to_have_count(1)


def test_a_person_takes_over_writes_and_gives_back(wide: Page) -> None:
    write(wide, "quiero hablar con una persona")
    expect(wide.locator(ANSWERS)).to_have_count(1)
    wide.get_by_role("button", name="Tomar la conversación").click()
    wide.get_by_label("Mensaje como gestor").fill("Buenos días, soy Marta")
    wide.get_by_label("Mensaje como gestor").press("Enter")
    expect(wide.get_by_role("log").get_by_text("Buenos días, soy Marta")).to_be_visible()
    write(wide, "gracias")
    wide.wait_for_timeout(1200)
    expect(wide.locator(ANSWERS)).to_have_count(2)
    wide.get_by_label("Resumen de lo acordado").fill("Pagará el lunes")
    wide.get_by_role("button", name="Devolver al asistente").click()
    expect(wide.get_by_role("button", name="Tomar la conversación")).to_be_visible()


def test_what_is_typed_stays_while_the_page_looks_again(wide: Page) -> None:
    wide.get_by_role("button", name="Tomar la conversación").click()
    wide.get_by_label("Mensaje como gestor").fill("a medio escribir")
    wide.get_by_label("Escriba un mensaje").fill("también")
    wide.wait_for_timeout(3500)
    expect(wide.get_by_label("Mensaje como gestor")).to_have_value("a medio escribir")
    expect(wide.get_by_label("Escriba un mensaje")).to_have_value("también")


def test_voice_notes_channels_payments_and_english(wide: Page) -> None:
    wide.get_by_role("button", name="Telegram").click()
    wide.get_by_role("button", name="Adjuntar").click()
    wide.get_by_role("button", name="Nota de voz").click()
    expect(wide.locator(".bubble.mine .media")).to_be_visible()
    expect(wide.locator(ANSWERS)).to_have_count(1)
    wide.get_by_role("button", name="Registrar pago").first.click()
    expect(wide.get_by_text("Pago registrado.")).to_be_visible()
    expect(wide.locator("#account").get_by_text("2,400.00")).to_be_visible()
    wide.get_by_role("button", name="EN", exact=True).click()
    expect(wide.get_by_role("heading", name="Personal attention")).to_be_visible()
    assert wide.locator("html").get_attribute("lang") == "en"


def test_markup_that_somebody_writes_stays_text(wide: Page) -> None:
    write(wide, "<img src=x onerror=alert(1)>")
    expect(wide.get_by_role("log").get_by_text("<img src=x onerror=alert(1)>")).to_be_visible()
    assert wide.locator("#thread img").count() == 0


def test_three_tabs_on_a_phone_and_nothing_wider_than_it(narrow: Page) -> None:
    expect(narrow.get_by_role("button", name="Guadalupe")).to_be_visible()
    narrow.get_by_role("button", name="Guadalupe").click()
    write(narrow, "cuánto debo")
    expect(narrow.get_by_role("log").locator(ANSWERS)).to_be_visible()
    for tab in ("Personas", "Gestor", "Teléfono"):
        narrow.get_by_label("Secciones").get_by_role("button", name=tab).click()
        assert narrow.evaluate("document.documentElement.scrollWidth") <= 390
    expect(narrow.get_by_role("button", name="Enviar")).to_be_visible()


def test_everything_that_can_be_pressed_has_a_name(wide: Page) -> None:
    write(wide, "el viernes le pago 500")
    expect(wide.locator(ANSWERS)).to_have_count(1)
    nameless = wide.evaluate(
        "[...document.querySelectorAll('button,input,textarea')]"
        ".filter(e => e.checkVisibility() && !(e.textContent.trim() || e.getAttribute('aria-label')"
        " || e.labels?.[0]?.textContent.trim())).map(e => e.outerHTML)"
    )
    assert nameless == []


def test_the_keyboard_reaches_the_message_at_once(wide: Page) -> None:
    wide.keyboard.press("Tab")
    wide.keyboard.press("Enter")
    wide.keyboard.type("hola")
    wide.keyboard.press("Enter")
    expect(wide.get_by_role("log").get_by_text("hola", exact=True)).to_be_visible()


def test_words_written_before_the_people_have_loaded_still_go(early: Page, held: list[Route]) -> None:
    early.locator("#composer-text").fill("hola")
    early.keyboard.press("Enter")
    held.pop().continue_()
    expect(early.get_by_role("log").get_by_text("hola", exact=True)).to_be_visible()


def test_words_still_being_written_are_not_sent_by_the_loading_of_the_people(early: Page, held: list[Route]) -> None:
    early.locator("#composer-text").fill("hola")
    early.keyboard.press("Enter")
    early.locator("#composer-text").fill("hola, quiero")
    held.pop().continue_()
    expect(early.get_by_text("LN-1001")).to_be_visible()
    expect(early.locator("#composer-text")).to_have_value("hola, quiero")


def test_the_clock_moved_before_the_people_are_there_moves_for_the_first_of_them(
    early: Page, held: list[Route]
) -> None:
    early.get_by_role("button", name="Al vencimiento").click()
    expect(early.get_by_role("log").locator(ANSWERS).first).to_be_visible(timeout=60_000)
    held.pop().continue_()


def test_people_are_searched(wide: Page) -> None:
    wide.get_by_role("searchbox").fill("nadie así")
    expect(wide.get_by_text("Nadie coincide con la búsqueda.")).to_be_visible()
    wide.get_by_role("searchbox").fill("guada")
    expect(wide.get_by_role("button", name="Guadalupe")).to_be_visible()
    wide.get_by_role("button", name="31–60 días").or_(wide.get_by_role("button", name="31-60 días")).click()
    expect(wide.get_by_text("Nadie coincide con la búsqueda.")).to_be_visible()


def test_a_number_that_nobody_knows_can_write(wide: Page, base: str) -> None:
    wide.get_by_role("button", name="Número desconocido").click()
    write(wide, "hola")
    expect(wide.locator(ANSWERS)).to_have_count(1)
    wide.wait_for_timeout(500)
    with urllib.request.urlopen(f"{base}/simulator/outbox?address=%2B525599990000", timeout=10) as answer:
        assert len(json.load(answer)["messages"]) == 1
    assert PHONE not in wide.locator("#thread").inner_text()
