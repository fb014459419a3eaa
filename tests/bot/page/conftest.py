"""A real browser before the page; its tests are skipped where there is no Chromium."""

import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.bot.page.tabs import Tabs
from tests.bot.web_stand_in import FarEnd, Open, served, stand_in

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
# Nothing but this machine can be reached, and the browser does nothing of its own accord.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]


# Not for the session: while it is open, no event loop can be run by other tests.
@pytest.fixture(scope="package")
def browser() -> Iterator["Browser"]:
    """Chromium, without a window."""
    driver = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed (Debian: apt-get install chromium)")
    with driver.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture(scope="package")
def tabs(browser: "Browser") -> Tabs:
    """The browser's tabs."""
    return Tabs(browser)


@pytest.fixture
def far_end() -> FarEnd:
    """What stands behind the page."""
    return FarEnd()


@pytest.fixture
def address(far_end: FarEnd) -> Iterator[str]:
    """Where the page is served."""
    with served(stand_in(far_end)) as found:
        yield found


@pytest.fixture
def open_page(tabs: Tabs, address: str) -> Iterator[Open]:
    """Opens a path in a tab of the test's own; afterwards nothing may have failed there or been asked of others."""

    def opened(path: str = "/", **options: Any) -> "Page":
        page = tabs.take(address, **{"locale": "en-US", **options})
        page.goto(address + path)
        page.locator("#language:enabled").wait_for()
        return page

    yield opened
    assert tabs.give_back() == []
