"""The reference of the API in a browser."""

from typing import TYPE_CHECKING

from bot.app import create_app
from bot.service import Service
from bot.slack.settings import SlackSettings
from tests.bot.web_stand_in import served

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def test_reference_is_shown_without_any_other_server(browser: "Browser", sample_service: Service) -> None:
    asked: list[str] = []
    with served(create_app(sample_service, SlackSettings(), owner_token="owner")) as address:
        page = browser.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{address}/docs")
        page.get_by_text("/v1/ask", exact=True).first.wait_for()
        page.close()
    assert asked
    assert all(url.startswith((address, "data:")) for url in asked)
