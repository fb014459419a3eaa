"""The use of the bot on the page, drawn and as a table."""

from typing import TYPE_CHECKING

import pytest

from tests.bot.library_stand_in import days
from tests.bot.page.library_scenes import cells
from tests.bot.web_stand_in import FarEnd, Open

if TYPE_CHECKING:
    pass


def test_statistics_are_drawn_and_stand_in_a_table(open_page: Open, far_end: FarEnd) -> None:
    far_end.library.days = days(30)
    page = open_page("/statistics")
    charts = page.get_by_role("img")
    charts.last.wait_for()
    assert [chart.locator("> title").text_content() for chart in charts.all()] == [
        "Questions and what came of them",
        "Thumbs",
        "Time to answer, in milliseconds",
    ]
    told = charts.first.locator("desc").text_content()
    assert (
        told
        == "From 25 October 2026 to 23 November 2026; the highest value is 16. All figures stand in the table below."
    )
    page.get_by_text("All figures", exact=True).click()
    assert page.get_by_role("row").count() == 31
    last = days(30)[-2]
    assert cells(page.get_by_role("row").nth(2))[:3] == [
        str(last[name]) for name in ("questions", "answered", "silent")
    ]
    with page.expect_response("**/v1/statistics?days=7"):
        page.get_by_label("7 days").check()
    page.wait_for_url("**/statistics?days=7")
    assert far_end.library.looked == ["days=30", "days=7"]


@pytest.mark.parametrize(("locale", "first_is_left"), [("zh", True), ("ar", False)])
def test_time_runs_in_the_direction_of_writing(open_page: Open, locale: str, first_is_left: bool) -> None:
    page = open_page("/statistics?days=7", locale=locale)
    bars = page.locator("svg").first.locator(".bar.answered")
    bars.first.wait_for()
    places = [float(bar.get_attribute("x") or 0) for bar in bars.all()]
    assert places == sorted(places, reverse=not first_is_left)
