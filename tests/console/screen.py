"""One browser window of a member of staff: of one width, in one language, its words taken from the catalogue."""

from functools import cache
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Error, Locator, Page, Request, expect

from admin_api.guard import COOKIE
from locales.console import DOMAIN
from locales.phrases import read_catalogue
from tests.console.colleague import Colleague
from tests.product import ROOT

# Two test processes and the product share the machine's two cores, so a page may take its time.
PATIENCE = 30_000
# One answer lets the page ask for the next; a page that has asked nothing for so long has read all.
CALM = 1_000
AXE = ROOT / "console" / "node_modules" / "axe-core" / "axe.min.js"
HEIGHT = {1280: 800, 390: 844}


class Screen:
    def __init__(self, browser: Browser, url: str, width: int, language: str) -> None:
        self.width, self.language, self._url = width, language, url
        locale = {"es": "es-MX", "en": "en-US"}[language]
        # Scripts of ours, such as axe, are let in past the page's own policy. Nothing moves, so that a look at colours
        # meets none that is still fading in.
        self.context = browser.new_context(
            viewport={"width": width, "height": HEIGHT[width]}, locale=locale, bypass_csp=True, reduced_motion="reduce"
        )
        self.context.set_default_timeout(PATIENCE)
        self.faults: list[str] = []
        self._asked: set[Request] = set()
        self.page = self._opened()

    def _opened(self) -> Page:
        page = self.context.new_page()
        page.on("pageerror", self._note_error)
        page.on("console", self._note_console)
        page.on("request", self._note_asked)
        page.on("requestfinished", self._note_answered)
        page.on("requestfailed", self._note_answered)
        return page

    def _note_error(self, problem: Error) -> None:
        self.faults.append(str(problem))

    def _note_console(self, message: ConsoleMessage) -> None:
        # A refusal of the API is in the console, too, and is no fault of the page.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.faults.append(message.text)

    def _note_asked(self, request: Request) -> None:
        # The news never end.
        if "/api/v1/" in request.url and not request.url.endswith("/live"):
            self._asked.add(request)

    def _note_answered(self, request: Request) -> None:
        self._asked.discard(request)

    def let_in(self, who: Colleague) -> "Screen":
        """With the session that they have already."""
        self.context.add_cookies([{"name": COOKIE, "value": who.cookie, "url": self._url, "sameSite": "Strict"}])
        return self

    def go(self, path: str) -> "Screen":
        self.page.goto(f"{self._url}/console{path}")
        return self

    def tab(self) -> "Screen":
        """Another tab of the same browser."""
        other = object.__new__(Screen)
        other.__dict__ = self.__dict__ | {"faults": self.faults}
        other.page = self._opened()
        return other

    def word(self, key: str, **values: Any) -> str:
        return word(self.language, key, **values)

    def button(self, key: str, **values: Any) -> Locator:
        return self.page.get_by_role("button", name=self.word(key, **values), exact=True)

    def field(self, key: str) -> Locator:
        return self.page.get_by_label(self.word(key))

    @property
    def dialog(self) -> Locator:
        return self.page.get_by_role("dialog")

    @property
    def alert(self) -> Locator:
        return self.page.get_by_role("alert")

    def says(self, key: str, **values: Any) -> None:
        expect(self.page.get_by_text(self.word(key, **values)).first).to_be_visible()

    def part(self, name: str) -> Locator:
        """One column of a case or borrower; on a phone it is behind a tab."""
        if self.width < 1000:
            self.page.locator(f"#tab-{name}").click()
        return self.page.locator(f".part-{name}")

    def is_live(self) -> None:
        expect(self.page.locator(".dot.live")).to_be_attached()

    def has_read(self) -> None:
        """Waits until the page asks for nothing more."""
        self.page.wait_for_timeout(CALM)
        while self._asked:
            self.page.wait_for_timeout(CALM)

    def close(self) -> None:
        self.context.close()


@cache
def _catalogue(language: str) -> Any:
    return read_catalogue(language, DOMAIN)


def word(language: str, key: str, **values: Any) -> str:
    phrase = _catalogue(language)[key]
    form = phrase.forms[phrase.plural(values["count"]) if phrase.plural else 0]
    return "".join(literal + (str(values[name]) if name else "") for literal, name in form)
