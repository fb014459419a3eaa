"""Refreshes on the page: followed, begun, tried again, forced, gone back on."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.app import create_app
from bot.service import build_service
from bot.settings import BotSettings
from bot.slack.settings import SlackSettings
from prompts import phrase
from tests.bot.library_stand_in import failure, run, running
from tests.bot.page.library_scenes import DONE, HELD, READING, SCENES, STEPS, WAITING, cells, prepare
from tests.bot.web_stand_in import FarEnd, Open, problem, served
from vectorstore.settings import IndexSettings

if TYPE_CHECKING:
    from playwright.sync_api import Browser


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
    button = page.get_by_role("button", name="المضي في هذا التحديث رغم ذلك")
    button.click()
    sure = page.get_by_role("button", name="الحذف فعلا؟")
    sure.wait_for()
    page.get_by_role("heading", level=1).click()
    button.wait_for()
    assert far_end.library.sent == []
    button.press("Enter")
    sure.press("Enter")
    page.wait_for_url("**/refreshes/next")
    assert far_end.library.sent == [("/v1/refresh/r1/proceed", {})]


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


@pytest.mark.parametrize("chosen", ["ru", "ar"])
def test_what_the_server_refuses_is_told_in_the_language_of_the_page(
    browser: "Browser", tmp_path: Path, models_path: Path, chosen: str
) -> None:
    service = build_service(IndexSettings(path=tmp_path / "data", models_path=models_path), BotSettings())
    with served(create_app(service, SlackSettings(), owner_token="owner")) as address:
        page = browser.new_page(locale="fr-FR")
        for language in ("fr", chosen):
            page.goto(f"{address}/refreshes")
            page.locator("#start").click()
            page.get_by_role("alert").get_by_text(phrase("nothing_watched", language)).wait_for()
            page.locator("#language").select_option(chosen)
            page.locator(f"html[lang={chosen}]").wait_for()
        page.close()
    service.close()


def test_a_real_refresh_that_was_held_goes_ahead(browser: "Browser", tmp_path: Path, models_path: Path) -> None:
    reports = tmp_path / "reports" / "ports.jsonl"
    reports.parent.mkdir()
    lines = [json.dumps({"document": f"port-{n}", "text": f"Port {n} opened in 20{n}0."}) for n in range(8)]
    reports.write_text("\n".join(lines), encoding="utf-8")
    index = IndexSettings(path=tmp_path / "data", models_path=models_path, folders=(reports.parent,))
    service = build_service(index, BotSettings())
    service.worker.submit(service.sources())
    service.worker.wait()
    reports.write_text(lines[0], encoding="utf-8")
    with served(create_app(service, SlackSettings(), owner_token="owner")) as address:
        page = browser.new_page()
        page.goto(f"{address}/refreshes")
        page.get_by_role("button", name="Refresh now").click()
        page.get_by_text("Would be removed: 7").wait_for()
        page.get_by_role("button", name="Go on with this refresh all the same").press("Enter")
        page.get_by_role("button", name="Really remove them?").press("Enter")
        page.get_by_text("7 removed; 1 unchanged.").wait_for()
        page.close()
    service.close()
