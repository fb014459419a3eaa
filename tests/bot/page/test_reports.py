"""The list of reports on the page, and files that are added there; what is printed of it and of the pages like it."""

from typing import TYPE_CHECKING

import pytest

from bot.app import create_app
from bot.service import Service
from bot.slack.settings import SlackSettings
from tests.bot.library_stand_in import listed, run, work
from tests.bot.page.library_scenes import DONE, READING, SCENES, WAITING, cells, choose, prepare
from tests.bot.web_stand_in import FarEnd, Open, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def test_versions_and_editions_of_a_report_stand_together(open_page: Open, far_end: FarEnd) -> None:
    prepare(far_end, SCENES["documents"])
    page = open_page("/documents", locale="fr")
    row = page.locator("#works tbody tr").first
    row.wait_for()
    assert page.locator("#works tbody tr").count() == 3
    assert row.get_by_role("link", name="Rapport annuel 2026 du programme").get_attribute("href") == "/documents/w2"
    versions = row.get_by_role("list").first.get_by_role("link")
    ways = [(way.inner_text(), way.get_attribute("href")) for way in versions.all()]
    assert ways == [("anglais", "/documents/w1"), ("français", "/documents/w2"), ("chinois", "/documents/w3")]
    row.get_by_text("Versions remplacées (2)").click()
    assert row.get_by_text("X/2026/6 · français").is_visible()
    row.get_by_text("Notes de lecture (3)").click()
    assert row.get_by_text("Numéros de paragraphe introuvables : 17, 18").is_visible()
    assert cells(page.locator("#works tbody tr").nth(2))[4] == "Remplacé"


def test_reports_are_found_by_words_language_and_status_and_the_address_keeps_it(
    open_page: Open, far_end: FarEnd
) -> None:
    far_end.library.works = [work(listed(title=title)) for title in ("Ports", "Levies", "Ports and levies")]
    page = open_page("/documents")
    page.get_by_text("Reports: 3").wait_for()
    page.get_by_role("searchbox").fill("levies")
    page.get_by_text("Reports: 2").wait_for()
    search = page.get_by_role("search")
    search.get_by_label("Language").select_option("fr")
    search.get_by_label("Status").select_option("superseded")
    search.get_by_label("Only with reading notes").check()
    page.wait_for_url("**/documents?query=levies&language=fr&status=superseded&flagged=true")
    page.reload()
    page.get_by_text("Reports: 2").wait_for()
    assert far_end.library.looked[-1] == "query=levies&language=fr&status=superseded&flagged=true"
    assert search.get_by_label("Only with reading notes").is_checked()
    page.get_by_role("searchbox").fill("zebra")
    page.get_by_text("No report matches.").wait_for()
    assert page.locator("#works").is_hidden()


@pytest.mark.parametrize("path", ["/documents", "/refreshes"])
def test_a_long_list_goes_on(open_page: Open, far_end: FarEnd, path: str) -> None:
    far_end.library.works = [work(listed(symbol=f"X/{n}")) for n in range(60)]
    far_end.library.runs = {f"r{n}": [run(run_id=f"r{n}")] for n in range(60)}
    page = open_page(path)
    page.get_by_role("button", name="Show more").click()
    page.locator("tbody tr").nth(59).wait_for()
    assert page.locator("tbody tr").count() == 60
    assert page.get_by_role("button", name="Show more").is_hidden()


def test_what_is_printed_has_no_controls_and_leaves_nothing_folded(open_page: Open, far_end: FarEnd) -> None:
    prepare(far_end, SCENES["documents"])
    for path, shown, left_out in (
        ("/documents", "Paragraph numbers not found: 17, 18", "#upload, #find, nav"),
        ("/refreshes/r1", "Seven ports", "button, nav"),
        ("/statistics", "23 November 2026", "#period, nav"),
    ):
        page = open_page(path)
        page.locator("details").first.wait_for()
        page.emulate_media(media="print")
        page.locator("details").get_by_text(shown, exact=True).wait_for()
        assert not any(each.is_visible() for each in page.locator(left_out).all()), path


def test_chosen_files_are_added_and_what_came_of_them_is_told(open_page: Open, far_end: FarEnd) -> None:
    far_end.library.works = []
    far_end.library.runs["next"] = [WAITING, READING, DONE]
    page = open_page("/documents", locale="zh")
    choose(page, "a.md", "报告.md")
    page.get_by_text("已选文件：2").wait_for()
    far_end.library.works = [work(listed(title="A port"))]
    page.keyboard.press("Enter")
    page.get_by_role("progressbar").wait_for()
    page.get_by_text("新增 1 · 替换 1 · 失败 1").wait_for()
    assert far_end.library.uploaded == {"a.md": b"1. A port.", "报告.md": b"1. A port."}
    assert page.get_by_text("reports/broken.pdf: The file is damaged.").is_visible()
    assert page.get_by_role("link", name="查看此次更新").get_attribute("href") == "/refreshes/r1"
    page.get_by_role("link", name="A port").wait_for()


def test_dropped_files_wait_for_the_button_and_can_be_cleared(open_page: Open, far_end: FarEnd) -> None:
    page = open_page("/documents")
    dropped = page.evaluate_handle(
        "() => { const d = new DataTransfer(); d.items.add(new File(['1. A port.'], 'dropped.md')); return d }"
    )
    page.dispatch_event("#upload", "drop", {"dataTransfer": dropped})
    page.get_by_text("dropped.md").wait_for()
    page.get_by_role("button", name="Clear").click()
    assert page.get_by_text("dropped.md").is_hidden()
    assert far_end.library.uploaded == {}


def test_an_upload_waits_for_the_key(open_page: Open, far_end: FarEnd) -> None:
    far_end.key = "right"
    far_end.library.runs["next"] = [DONE]
    page = open_page("/documents")
    choose(page)
    page.get_by_role("button", name="Add to the index").click()
    page.get_by_label("Access key").fill("right")
    page.keyboard.press("Enter")
    page.get_by_text("New: 1 · Replaced: 1 · Failed: 1").wait_for()


def test_the_real_library_is_listed_added_to_and_refreshed(browser: "Browser", service: Service) -> None:
    with served(create_app(service, SlackSettings(), owner_token="owner")) as address:
        page = browser.new_page(locale="ru")
        page.goto(f"{address}/documents")
        page.locator("#files:enabled").wait_for()
        choose(page, "A_80_74.en.md")
        page.locator("#chosen .primary").click()
        page.locator("#works tbody tr").wait_for()
        page.get_by_role("link", name="Смотреть это обновление").click()
        page.get_by_text("новых: 1; без изменений: 0.").wait_for()
        assert page.get_by_role("link", name="A_80_74.en.md").is_visible()
        page.goto(f"{address}/refreshes")
        page.get_by_role("button", name="Обновить сейчас").click()
        page.get_by_role("alert").get_by_text("INDEX_FOLDERS").wait_for()
        page.request.post(f"{address}/v1/ask", data={"question": "How many ports take part?"})
        page.goto(f"{address}/statistics")
        page.get_by_role("img").last.wait_for()
        assert page.locator("#totals div").first.inner_text().split() == ["Вопросы", "1"]
        page.close()
