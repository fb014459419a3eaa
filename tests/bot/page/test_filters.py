"""What a question is narrowed to: chosen by mouse and keyboard, sent with it, shown with it, kept in the tab."""

from typing import TYPE_CHECKING

from tests.bot.web_stand_in import FarEnd, Json, Open, ask, script

if TYPE_CHECKING:
    from playwright.sync_api import Page

NOTHING: Json = {"works": [], "from_date": None, "to_date": None, "languages": [], "current_only": True}


def chosen(page: "Page") -> list[str]:
    return page.locator("#filters-chosen").get_by_role("button").all_inner_texts()


def test_question_is_narrowed_and_shows_to_what(open_page: Open, far_end: FarEnd) -> None:
    far_end.scripts = [script(), script()]
    page = open_page()
    toggle = page.get_by_role("button", name="Filters", exact=True)
    toggle.focus()
    page.keyboard.press("Enter")
    assert toggle.get_attribute("aria-expanded") == "true"
    reports = page.get_by_label("Reports or series")
    assert reports.evaluate("e => e === document.activeElement")
    reports.fill("another")
    reports.press("Enter")
    page.get_by_role("button", name="Remove: X/2020/9 · Another report").wait_for()
    page.locator("#report-names option").nth(1).wait_for(state="attached")
    reports.fill("X/2021/6 · A report (whole series)")
    page.get_by_label("Dated from").fill("2020-01-01")
    page.get_by_label("Dated until").fill("2021-12-31")
    page.get_by_label("العربية", exact=True).check()
    assert page.get_by_label("Русский", exact=True).is_hidden()
    page.get_by_label("Current editions only").uncheck()
    page.get_by_label("Language of the answer").select_option("fr")
    names = [
        "X/2020/9 · Another report",
        "X/2021/6 · A report (whole series)",
        "Since 1 January 2020",
        "Until 31 December 2021",
        "Reports in Arabic",
        "With superseded editions",
        "Answer in French",
    ]
    assert chosen(page) == names
    page.keyboard.press("Escape")
    assert page.locator("#filters").is_hidden()
    ask(page)
    page.locator(".foot").wait_for()
    sent = far_end.asked[0]
    assert sent["language"] == "fr"
    assert sent["filters"] == {
        "works": ["w3", "w1", "w2"],
        "from_date": "2020-01-01",
        "to_date": "2021-12-31",
        "languages": ["ar"],
        "current_only": False,
    }
    page.reload()
    page.locator(".foot").wait_for()
    assert (
        page.get_by_role("article").get_by_role("list", name="Filters").get_by_role("listitem").all_inner_texts()
        == names
    )
    page.get_by_role("button", name="Remove: Reports in Arabic").click()
    assert chosen(page) == [name for name in names if name != "Reports in Arabic"]
    toggle.click()
    page.get_by_role("button", name="Clear filters").click()
    assert chosen(page) == []
    ask(page, "And then?")
    page.locator(".foot").nth(1).wait_for()
    assert (far_end.asked[1]["language"], far_end.asked[1]["filters"]) == ("auto", NOTHING)
    assert page.get_by_role("article").nth(1).get_by_role("list", name="Filters").count() == 0


def test_words_that_name_no_report_or_several_are_told(open_page: Open) -> None:
    page = open_page()
    page.get_by_role("button", name="Filters").click()
    reports = page.get_by_label("Reports or series")
    reports.fill("budget")
    reports.press("Enter")
    page.get_by_text("No report is called this.").wait_for()
    reports.fill("report")
    reports.press("Enter")
    page.get_by_text("Several reports match. Choose one from the list.").wait_for()
    assert chosen(page) == []
