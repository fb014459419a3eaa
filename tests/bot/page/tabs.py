"""The browser's tabs, which tests hand on to each other: a new one takes most of a second."""

from collections import defaultdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

_MILLISECONDS = 5_000


class Tabs:
    """The tabs of a browser, in contexts by what these are opened with; each test has a server of its own.

    What a page keeps belongs to its server's address and so stays with its test, but for cookies, which are cleared.
    """

    def __init__(self, browser: "Browser") -> None:
        self._browser = browser
        self._contexts: dict[str, BrowserContext] = {}
        self._free: defaultdict[str, list[Page]] = defaultdict(list)
        self._taken: list[tuple[str, Page]] = []
        self._home = ""
        self._faults: list[str] = []

    def take(self, home: str, **options: Any) -> "Page":
        """An empty tab; nothing but the server at home may be asked by it."""
        self._home, look = home, str(options)
        if look not in self._contexts:
            self._contexts[look] = self._browser.new_context(**options)
        page = self._free[look].pop() if self._free[look] else self._new(self._contexts[look])
        self._taken.append((look, page))
        return page

    def give_back(self) -> list[str]:
        """Empties the tabs that were taken; what failed there, and what else was asked by them."""
        for look, page in self._taken:
            if page.is_closed():
                continue
            page.mouse.move(0, 0)
            page.emulate_media(media="null")
            page.goto("about:blank")
            page.context.clear_cookies()
            self._free[look].append(page)
        faults, self._faults, self._taken = self._faults, [], []
        return faults

    def _new(self, context: "BrowserContext") -> "Page":
        page = context.new_page()
        page.set_default_timeout(_MILLISECONDS)
        page.on("pageerror", lambda error: self._faults.append(f"error: {error}"))
        page.on("console", lambda message: self._faults.append(message.text) if "Policy" in message.text else None)
        page.on("request", lambda request: self._note(request.url))
        page.on("dialog", lambda dialog: self._faults.append(f"dialog: {dialog.message}"))
        return page

    def _note(self, url: str) -> None:
        if not url.startswith(self._home):
            self._faults.append(url)
