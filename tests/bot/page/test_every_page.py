"""What holds on every page: keys, languages, text that stays text, narrow screens."""

import pytest

from tests.bot.web_stand_in import FarEnd, Open, answer, ask, citation, script

PHONE = {"width": 390, "height": 844}


def test_key_is_asked_for_where_one_is_needed_and_kept_in_the_tab(open_page: Open, far_end: FarEnd) -> None:
    far_end.key = "right"
    far_end.scripts = [script()]
    page = open_page()
    field = page.get_by_label("Access key")
    field.fill("wrong")
    page.keyboard.press("Enter")
    page.get_by_text("That key was not accepted.").wait_for()
    field.fill("right")
    page.keyboard.press("Enter")
    field.wait_for(state="hidden")
    ask(page)
    page.get_by_text("25 analyses [1]").wait_for()
    page.goto(page.url + "documents/d1")
    page.get_by_role("heading", name="A report").wait_for()
    assert page.get_by_label("Access key").is_hidden()
    assert page.evaluate("localStorage.length") == 0


def test_question_waits_for_the_key(open_page: Open, far_end: FarEnd) -> None:
    far_end.key = "right"
    far_end.scripts = [script()]
    page = open_page()
    page.get_by_label("Access key").wait_for()
    ask_box = page.get_by_label("Your question")
    ask_box.fill("How many analyses?")
    ask_box.press("Enter")
    page.get_by_label("Access key").fill("right")
    page.keyboard.press("Enter")
    page.get_by_text("25 analyses [1]").wait_for()
    assert len(far_end.asked) == 1


def test_empty_library_says_how_to_fill_it(open_page: Open, far_end: FarEnd) -> None:
    far_end.documents = []
    far_end.library.works = []
    page = open_page()
    page.get_by_text("reformbot ingest PATH").wait_for()
    assert page.get_by_role("button", name="Who chairs").is_hidden()
    listed = open_page("/documents")
    listed.get_by_text("reformbot ingest PATH").wait_for()


@pytest.mark.parametrize(
    ("locale", "language", "direction"),
    [("ar-EG", "ar", "rtl"), ("zh-CN", "zh", "ltr"), ("fr-CH", "fr", "ltr"), ("de-DE", "en", "ltr")],
)
def test_interface_is_in_the_browser_s_language(open_page: Open, locale: str, language: str, direction: str) -> None:
    page = open_page(locale=locale)
    assert page.evaluate("[document.documentElement.lang, document.documentElement.dir]") == [language, direction]


def test_chosen_language_changes_every_text_and_is_remembered(open_page: Open, far_end: FarEnd, address: str) -> None:
    far_end.scripts = [script()]
    page = open_page()
    ask(page)
    page.get_by_text("25 analyses [1]").wait_for()
    page.get_by_role("combobox", name="Interface language").select_option("ar")
    page.locator("html[dir=rtl]").wait_for()
    page.get_by_role("heading", name="المصادر").wait_for()
    answer_direction = page.get_by_text("25 analyses [1]").evaluate("e => getComputedStyle(e).direction")
    assert answer_direction == "ltr"
    for path in ("documents", "documents/d1", "answers/none"):
        page.goto(f"{address}/{path}")
        page.locator("html[lang=ar]").wait_for()
        page.get_by_role("link", name="التقارير").first.wait_for()


def test_citation_s_address_outside_this_server_is_no_link(open_page: Open, far_end: FarEnd) -> None:
    addresses = [
        "javascript:alert(1)",
        "http://evil.example/",
        "//evil.example/x",
        "data:text/html,x",
        "blob:x",
    ]
    far_end.scripts = [script(citations=[citation(url=address) for address in addresses])]
    page = open_page()
    ask(page)
    page.locator(".foot").wait_for()
    sources = page.get_by_role("region", name="Sources")
    assert sources.get_by_text("X/2021/6, para. 4").count() == len(addresses)
    assert sources.get_by_role("link").count() == 0


@pytest.mark.parametrize("locale", ["ar", "ru-RU"])
def test_nothing_is_wider_than_a_phone(open_page: Open, far_end: FarEnd, locale: str) -> None:
    far_end.scripts = [script(citations=[citation(label="X/" + "2021" * 40, title="W" * 200)])]
    far_end.answers["a1"] = answer(question="W" * 300)
    for path in ("/", "/answers/a1", "/documents", "/documents/d1"):
        page = open_page(path, locale=locale, viewport=PHONE)
        if path == "/":
            ask(page)
            page.locator(".marker").last.hover()
        page.locator(".foot, tbody tr, .paragraph").first.wait_for()
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], path
