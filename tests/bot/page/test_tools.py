"""What a reader does with an answer or a paragraph: copies it, shares it, rates it."""

from typing import TYPE_CHECKING, Any

import pytest

from tests.bot.web_stand_in import FarEnd, Open, answer, ask, document, script

if TYPE_CHECKING:
    pass

MAY_COPY: dict[str, Any] = {"permissions": ["clipboard-read", "clipboard-write"]}
SHARES = "() => { navigator.share = async (shared) => { window.shared = shared } }"


def test_answer_is_copied_with_footnotes_as_markdown_and_as_a_link(
    open_page: Open, far_end: FarEnd, address: str
) -> None:
    far_end.answers["a1"] = answer()
    page = open_page("/answers/a1", **MAY_COPY)
    tools = page.get_by_role("group", name="Tools for this answer")
    for name, copied in (
        ("Copy with footnotes", "a1 as footnotes"),
        ("Copy as Markdown", "a1 as markdown"),
        ("Copy link", f"{address}/answers/a1"),
    ):
        tools.get_by_role("button", name=name).click()
        page.wait_for_function("words => navigator.clipboard.readText().then((found) => found === words)", arg=copied)
    tools.get_by_role("status").get_by_text("Copied.").wait_for()


def test_text_is_shown_to_be_copied_by_hand_where_the_browser_does_not_copy(open_page: Open, far_end: FarEnd) -> None:
    far_end.answers["a1"] = answer()
    page = open_page("/answers/a1")
    page.evaluate("() => { navigator.clipboard.write = () => Promise.reject(new Error('not here')) }")
    page.get_by_role("button", name="Copy as Markdown").click()
    field = page.get_by_label("The browser does not allow copying here.")
    field.wait_for()
    assert field.evaluate("e => e.value.slice(e.selectionStart, e.selectionEnd)") == "a1 as markdown"


def test_what_cannot_be_copied_is_told(open_page: Open, far_end: FarEnd) -> None:
    far_end.scripts = [script()]
    page = open_page(**MAY_COPY)
    ask(page)
    page.get_by_role("button", name="Copy as Markdown").click()
    page.locator(".tools").get_by_text("There is no answer with this id.").wait_for()


def test_answer_is_shared_where_the_device_can(open_page: Open, far_end: FarEnd, address: str) -> None:
    far_end.scripts = [script()]
    page = open_page()
    page.evaluate(SHARES)
    ask(page)
    page.get_by_role("button", name="Share").click()
    assert page.evaluate("window.shared") == {"title": "How many analyses?", "url": f"{address}/answers/a1"}


@pytest.mark.parametrize(
    ("locale", "down", "send"),
    [
        ("en", "Unhelpful answer", "Send comment"),
        ("ar", "إجابة غير مفيدة", "إرسال التعليق"),
        ("zh", "答案没有帮助", "提交意见"),
    ],
)
def test_answer_is_rated_and_commented(open_page: Open, far_end: FarEnd, locale: str, down: str, send: str) -> None:
    far_end.scripts = [script()]
    page = open_page(locale=locale)
    ask(page)
    thumb = page.get_by_role("button", name=down)
    assert thumb.get_attribute("aria-pressed") == "false"
    thumb.focus()
    page.keyboard.press("Space")
    page.locator(".thumb.down[aria-pressed=true]").wait_for()
    page.locator(".comment textarea").fill("The year is wrong.")
    page.get_by_role("button", name=send).click()
    page.locator(".comment").wait_for(state="hidden")
    assert thumb.evaluate("e => e === document.activeElement")
    page.locator(".thumb.up").click()
    page.locator(".thumb.up[aria-pressed=true]").wait_for()
    assert thumb.get_attribute("aria-pressed") == "false"
    rated = {"answer_id": "a1", "rating": "down"}
    assert far_end.rated == [rated, rated | {"comment": "The year is wrong."}, {"answer_id": "a1", "rating": "up"}]


def test_paragraph_is_cited_by_footnote_and_link(open_page: Open, far_end: FarEnd, address: str) -> None:
    far_end.documents = [document()]
    page = open_page("/documents/d1", **MAY_COPY)
    page.get_by_role("button", name="Cite X/2021/6, para. 4").click()
    page.locator(".quote-card").get_by_text("X/2021/6, para. 4.").wait_for()
    for name, copied in (("Copy as footnote", "X/2021/6, para. 4."), ("Copy link", f"{address}/documents/d1#para-4")):
        page.get_by_role("button", name=name).click()
        page.wait_for_function("words => navigator.clipboard.readText().then((found) => found === words)", arg=copied)
    page.keyboard.press("Escape")
    page.locator(".quote-card").wait_for(state="hidden")
    assert page.evaluate("document.activeElement.textContent") == "Cite"
