import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.console.colleague import Colleague
from tests.console.lender import Lender
from tests.console.screen import PATIENCE, Screen
from tests.product import ROOT, Product

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
# Without a network of its own it looks nothing up, and it starts as root.
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-sync"]
VIEWS = [pytest.param((1280, "es"), id="wide-es"), pytest.param((390, "en"), id="narrow-en")]

Show = Callable[..., Screen]
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def lender(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lender]:
    """One product for all: each test lends to people of its own, and nobody moves its clock by days."""
    yield from a_lender(tmp_path_factory)


def a_lender(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lender]:
    if not (ROOT / "console" / "dist" / "index.html").exists():
        pytest.skip("The console is not built: run `make test`, or `npm run build` in console/")
    product = Product(tmp_path_factory.mktemp("lender"), ALCORRIENTE_TELEGRAM_BOT="AmigoBot")
    try:
        opened = Lender(product.start())
        yield opened
        opened.close()
    finally:
        product.stop()


# Playwright keeps an event loop in its thread; it must be gone before another file's tests start one in this worker.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed (Debian: apt install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session", params=VIEWS)
def view(request: pytest.FixtureRequest) -> tuple[int, str]:
    """The width of the window and its language."""
    width, language = request.param
    return width, language


@pytest.fixture
def show(browser: Browser, lender: Lender, view: tuple[int, str]) -> Iterator[Show]:
    """Opens a window, at an address if one is given, for somebody signed in or for a stranger."""
    opened: list[Screen] = []

    def open_window(who: Colleague | None = None, path: str = "") -> Screen:
        screen = Screen(browser, lender.product.url, *view)
        opened.append(screen)
        if who is not None:
            screen.let_in(who)
        return screen.go(path) if path else screen

    yield open_window
    faults = [fault for screen in opened for fault in screen.faults]
    for screen in opened:
        screen.close()
    assert faults == []
