"""The pages on the library: reports found and added, refreshes followed, begun, gone back on and forced, statistics."""

from typing import TYPE_CHECKING

import pytest

from bot.app import create_app
from bot.service import Service
from bot.slack.settings import SlackSettings
from tests.bot.library_stand_in import days, failure, listed, run, running, work
from tests.bot.page.library_scenes import DONE, HELD, READING, SCENES, STEPS, WAITING, choose, prepare
from tests.bot.web_stand_in import FarEnd, Open, problem, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator


def cells(row: "Locator") -> list[str]:
    """The words of each cell of a row."""
    return [" ".join(words.split()) for words in row.get_by_role("cell").all_inner_texts()]


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


def test_a_long_list_goes_on(open_page: Open, far_end: FarEnd) -> None:
    far_end.library.works = [work(listed(symbol=f"X/{n}")) for n in range(60)]
    page = open_page("/documents")
    page.get_by_text("Reports: 60").wait_for()
    assert page.locator("#works tbody tr").count() == 50
    page.get_by_role("button", name="Show more").click()
    page.get_by_text("X/59", exact=True).wait_for()
    assert page.get_by_role("button", name="Show more").is_hidden()


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


def test_history_tells_what_each_refresh_came_to(open_page: Open, far_end: FarEnd) -> None:
    prepare(far_end, SCENES["refreshes"])
    page = open_page("/refreshes", timezone_id="UTC")
    rows = page.locator("#runs tbody tr")
    rows.first.wait_for()
    assert [cells(row)[1:3] for row in rows.all()] == [
        ["Under way", "–"],
        ["Held", "Would be removed: 6"],
        ["Failed", "–"],
        ["Done", "New: 3 Dry run: nothing was changed"],
        ["Done", "Removed: 3 Back to an earlier index"],
        ["Done", "New: 1 · Replaced: 1 · Failed: 1"],
    ]
    assert (cells(rows.last)[0], cells(rows.last)[3]) == ("20 November 2026 at 09:00", "2.5 minutes")
    assert rows.first.get_by_role("link").get_attribute("href") == "/refreshes/r6"


def test_a_refresh_under_way_is_followed_to_its_end(open_page: Open, far_end: FarEnd) -> None:
    embedding = running(files_done=9, passages=120, passages_embedded=60)
    far_end.library.runs = {"r1": [WAITING, READING, embedding, DONE]}
    page = open_page("/refreshes/r1", timezone_id="UTC")
    page.get_by_text("Files read: 3 of 9").wait_for()
    assert page.get_by_text("Time left: 2.2 minutes").is_visible()
    assert page.get_by_role("progressbar").get_attribute("aria-label") == "Progress of the refresh"
    page.get_by_text("Embedding, then writing the index…").wait_for()
    page.get_by_role("heading", name="What changed for readers").wait_for()
    assert page.get_by_role("heading", level=1).inner_text() == "Refresh of 20 November 2026 at 09:00"
    assert page.locator("#ended").inner_text() == "Done"


def test_the_digest_leads_to_the_paragraphs_of_both_editions(open_page: Open, far_end: FarEnd) -> None:
    prepare(far_end, SCENES["refresh-done"])
    page = open_page("/refreshes/r1")
    digest = page.locator(".digest")
    digest.wait_for()
    ways = [(way.inner_text(), way.get_attribute("href")) for way in digest.get_by_role("link").all()]
    assert ways == [
        ("X/2026/6/Rev.1, para. 4", "/documents/w1#para-4"),
        ("X/2026/6, para. 4", "/documents/w4#para-4"),
        ("X/2026/6/Rev.1, para. 41", "/documents/w1#para-41"),
    ]
    page.get_by_text("in place of").click()
    rows = page.locator(".changes tbody tr")
    assert [cells(row) for row in rows.all()] == [
        ["X/2026/6, para. 4 Four ports June 2026", "X/2026/6/Rev.1, para. 4 Seven ports July 2026"],
        ["–", "X/2026/6/Rev.1, para. 41 Fees shall end. New paragraph"],
        [
            "X/2026/6, para. 5 Four ports take part.",
            "X/2026/6/Rev.1, para. 5 Four ports take part. Only the wording",
        ],
    ]


def test_what_failed_is_tried_again(open_page: Open, far_end: FarEnd) -> None:
    prepare(far_end, SCENES["refreshes"])
    far_end.library.runs |= {"next": [run(run_id="next", new=1)]}
    page = open_page("/refreshes")
    page.get_by_role("button", name="Try reports/broken.pdf again").click()
    page.wait_for_url("**/refreshes/next")
    page.go_back()
    page.get_by_role("button", name="Try all again").click()
    page.wait_for_url("**/refreshes/next")
    path = "/v1/failures/retry"
    assert far_end.library.sent == [(path, {"sources": ["reports/broken.pdf"]}), (path, {})]


@pytest.mark.parametrize(("button", "body"), [("Refresh now", {}), ("Only see what would change", {"dry_run": True})])
def test_a_refresh_is_begun(open_page: Open, far_end: FarEnd, button: str, body: dict[str, bool]) -> None:
    far_end.library.runs["next"] = [DONE]
    page = open_page("/refreshes")
    page.get_by_role("button", name=button).click()
    page.wait_for_url("**/refreshes/next")
    assert far_end.library.sent == [("/v1/refresh", body)]


def test_what_the_caller_may_not_do_is_told_beside_its_button(open_page: Open, far_end: FarEnd) -> None:
    far_end.library.failures = [failure()]
    for path in ("/v1/refresh", "/v1/failures/retry"):
        far_end.library.refused[f"POST {path}"] = problem(403, f"This key may not use {path}.")
    page = open_page("/refreshes")
    page.get_by_role("button", name="Refresh now").click()
    page.get_by_role("alert").get_by_text("This key may not use /v1/refresh.").wait_for()
    page.get_by_role("button", name="Try reports/broken.pdf again").click()
    page.get_by_role("cell").get_by_text("This key may not use /v1/failures/retry.").wait_for()
    assert page.url.endswith("/refreshes")


def test_a_held_refresh_goes_ahead_when_that_is_asked_for_twice(open_page: Open, far_end: FarEnd) -> None:
    far_end.library.runs = {"r1": [HELD], "next": [DONE]}
    page = open_page("/refreshes/r1", locale="ar")
    page.get_by_role("link", name="reports/5.pdf").wait_for()
    button = page.get_by_role("button", name="تحديث المجلدات المتابَعة رغم ذلك")
    button.click()
    sure = page.get_by_role("button", name="الحذف فعلا؟")
    sure.wait_for()
    page.get_by_role("heading", level=1).click()
    button.wait_for()
    assert far_end.library.sent == []
    button.press("Enter")
    sure.press("Enter")
    page.wait_for_url("**/refreshes/next")
    assert far_end.library.sent == [("/v1/refresh", {"force": True})]


def test_going_back_is_planned_first(open_page: Open, far_end: FarEnd) -> None:
    far_end.library.runs = {"r1": [DONE], "next": [running(), run(dry_run=True, changed=1, steps=STEPS[:1])]}
    page = open_page("/refreshes/r1")
    back = page.get_by_role("region", name="Go back to this index")
    back.get_by_role("button", name="See what going back would change").click()
    back.get_by_role("link", name="reports/a.pdf").wait_for()
    back.get_by_role("button", name="Go back now").click()
    page.wait_for_url("**/refreshes/next")
    path = "/v1/refresh/r1/restore"
    assert far_end.library.sent == [(path, {"dry_run": True}), (path, {})]


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
