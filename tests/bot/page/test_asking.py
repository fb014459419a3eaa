"""Asking on the page: answers, citations, failures, conversations."""

import threading
from typing import TYPE_CHECKING, Any

import pytest

from bot.app import create_app
from bot.service import Service
from bot.slack.settings import SlackSettings
from tests.bot.web_stand_in import FarEnd, Open, answer, ask, citation, problem, script, served, stand_in

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PHONE = {"width": 390, "height": 844}
ARABIC_QUOTE = "ساعد البرنامج في إنجاز 25 تحليلا."


def test_answer_streams_and_the_verified_one_replaces_the_provisional_text(open_page: Open, far_end: FarEnd) -> None:
    searched, told = threading.Event(), threading.Event()
    far_end.scripts = [
        [
            ("status", {"text": "Searching the reports…"}),
            searched,
            ("citation", citation()),
            ("token", {"text": "Perhaps 2"}),
            ("token", {"text": "7 [1]."}),
            told,
            ("answer", answer()),
        ]
    ]
    page = open_page()
    ask(page)
    page.get_by_role("status").get_by_text("Searching the reports…").wait_for()
    assert page.get_by_role("button", name="Stop").is_visible()
    searched.set()
    page.get_by_text("Perhaps 27").wait_for()
    told.set()
    page.get_by_text("It helped to complete 25 analyses").wait_for()
    assert "Perhaps" not in page.inner_text("main")
    assert page.get_by_role("button", name="Stop").is_hidden()
    assert page.get_by_role("heading", name="How many analyses?").is_visible()
    assert page.get_by_text("As of 20 November 2026; newest report on this: X/2021/6 of 15 March 2021").is_visible()
    assert page.get_by_role("link", name="Link to this answer").get_attribute("href") == "/answers/a1"


def test_text_that_is_verified_stands_apart_from_what_is_not_yet(open_page: Open, far_end: FarEnd) -> None:
    more, told = threading.Event(), threading.Event()
    far_end.scripts = [
        [
            ("citation", citation()),
            ("token", {"text": "It helped [1]. It paid 7 millions. Perha"}),
            ("verified", {"text": "It helped [1]."}),
            more,
            ("token", {"text": "ps more [1]."}),
            ("verified", {"text": "It helped [1]. Perhaps more [1]."}),
            told,
            ("answer", answer()),
        ]
    ]
    page = open_page()
    ask(page)
    page.get_by_text("This text has not been checked against the reports yet.").wait_for()
    draft, rest = page.locator(".draft"), page.locator(".provisional")
    assert draft.locator(".words:not(.provisional)").inner_text() == "It helped [1]."
    assert rest.locator("p").first.inner_text() == "Perha"
    more.set()
    rest.wait_for(state="hidden")
    assert draft.inner_text() == "It helped [1]. Perhaps more [1]."
    assert draft.get_by_role("link", name="Source 1").count() == 2
    told.set()
    page.locator(".foot").wait_for()


def test_only_the_answer_is_read_out_when_it_comes(open_page: Open, far_end: FarEnd) -> None:
    far_end.scripts = [script()]
    page = open_page()
    ask(page)
    page.locator(".foot").wait_for()
    live = "e => e.closest('[aria-live]').getAttribute('aria-live')"
    assert page.locator(".words").evaluate(live) == "polite"
    for quiet in (".sources", ".tools", ".foot"):
        assert page.locator(quiet).evaluate(live) == "off"


def test_marker_shows_the_quote_and_the_way_to_its_paragraph(open_page: Open, far_end: FarEnd) -> None:
    far_end.scripts = [
        script(
            answer="It helped [1], and more [1, 2] but not [7].",
            citations=[citation(), citation(marker=2, quote="Two.")],
        )
    ]
    page = open_page()
    ask(page)
    markers = page.get_by_role("link", name="Source")
    page.get_by_text("but not [7].").wait_for()
    assert markers.all_inner_texts() == ["[1]", "[1]", "[2]"]
    card = page.locator(".quote-card")
    markers.first.hover()
    card.get_by_text("The Programme helped").wait_for()
    card.hover()
    page.mouse.move(0, 0)
    card.wait_for(state="hidden")
    page.get_by_role("textbox").click()
    markers.nth(1).focus()
    page.keyboard.press("Tab")
    card.get_by_text("Two.").wait_for()
    described = page.evaluate(
        "document.getElementById(document.activeElement.getAttribute('aria-describedby')).textContent"
    )
    assert (markers.last.get_attribute("aria-label"), described) == ("Source 2: X/2021/6, para. 4", "Two.")
    page.keyboard.press("Escape")
    card.wait_for(state="hidden")
    assert markers.last.get_attribute("href") == "/documents/d1#para-4"
    page.keyboard.press("Enter")
    page.locator("#para-4:target").wait_for()


def test_finger_shows_the_quote_first_and_then_follows_the_marker(open_page: Open, far_end: FarEnd) -> None:
    far_end.scripts = [script()]
    page = open_page(has_touch=True, viewport=PHONE)
    ask(page)
    marker = page.get_by_role("link", name="Source 1")
    marker.tap()
    page.locator(".quote-card").get_by_text("The Programme helped").wait_for()
    marker.tap()
    page.locator("#para-4:target").wait_for()


def test_citations_tell_label_title_language_page_edition_and_the_quote_in_its_own_direction(
    open_page: Open, far_end: FarEnd
) -> None:
    arabic = citation(
        marker=2, language="ar", quote=ARABIC_QUOTE, date="2021-03-14", superseded_by="d2", translation="It did."
    )
    far_end.scripts = [script(answer="Yes [1] [2].", citations=[citation(), arabic])]
    page = open_page()
    ask(page)
    page.locator(".foot").wait_for()
    first, second = page.get_by_role("region", name="Sources").get_by_role("listitem").all()
    for words in ("1", "X/2021/6, para. 4", "A report", "English", "page 2", "helped to complete 25 analyses"):
        assert words in first.inner_text()
    assert first.get_by_role("link", name="X/2021/6, para. 4").get_attribute("href") == "/documents/d1#para-4"
    quote = second.locator("blockquote").first
    assert (quote.get_attribute("lang"), quote.get_attribute("dir")) == ("ar", "rtl")
    assert quote.inner_text() == ARABIC_QUOTE
    assert "Arabic" in second.inner_text()
    assert "14 March 2021" in second.inner_text()
    assert "It did." in second.inner_text()
    assert second.get_by_role("link", name="Read the newer edition").get_attribute("href") == "/documents/d2"
    assert first.get_by_role("link", name="Read the newer edition").count() == 0


def test_abstention_gives_the_reason_and_the_nearest_paragraphs(open_page: Open, far_end: FarEnd) -> None:
    nearest = [citation(marker=None, label="X/2021/6, para. 9", quote="Something near.")]
    far_end.scripts = [
        script(abstained=True, reason="The reports do not say.", answer="", citations=[], nearest=nearest)
    ]
    page = open_page()
    ask(page)
    page.get_by_text("The reports do not say.").wait_for()
    region = page.get_by_role("region", name="Nearest paragraphs")
    assert region.get_by_role("link").inner_text() == "X/2021/6, para. 9"
    assert region.get_by_text("Something near.").is_visible()


def test_conversation_goes_on_survives_a_reload_and_can_be_begun_anew(open_page: Open, far_end: FarEnd) -> None:
    far_end.scripts = [script(), script(answer="Second [1]."), script(answer="Third [1].")]
    page = open_page()
    ask(page)
    page.get_by_text("25 analyses [1]").wait_for()
    page.reload()
    page.get_by_text("25 analyses [1]").wait_for()
    ask(page, "And then?")
    page.get_by_text("Second").wait_for()
    page.get_by_role("button", name="New conversation").click()
    assert page.get_by_role("article").count() == 0
    page.get_by_role("button", name="Who chairs").click()
    page.get_by_text("Third").wait_for()
    assert [(sent["question"], sent["conversation_id"]) for sent in far_end.asked] == [
        ("How many analyses?", None),
        ("And then?", "c1"),
        ("Who chairs the regional collaborative platforms?", None),
    ]
    assert all(sent["stream"] for sent in far_end.asked)


def test_conversation_is_deleted_when_that_is_asked_for_twice(open_page: Open, far_end: FarEnd) -> None:
    far_end.scripts = [script(), script(answer="Second [1].")]
    page = open_page()
    assert page.locator("#forget").is_hidden()
    ask(page)
    page.get_by_role("button", name="Delete conversation").click()
    page.get_by_role("button", name="for good?").wait_for()
    page.get_by_role("textbox").click()
    page.get_by_role("button", name="Delete conversation").click()
    assert far_end.deleted == []
    page.get_by_role("button", name="for good?").click()
    page.get_by_text("The conversation has been deleted.").wait_for()
    assert far_end.deleted == ["c1"]
    assert page.get_by_role("article").count() == 0
    ask(page, "And then?")
    page.get_by_text("Second").wait_for()
    assert far_end.asked[-1]["conversation_id"] is None
    assert page.get_by_text("The conversation has been deleted.").is_hidden()


def test_enter_sends_but_not_with_shift_nor_while_a_word_is_being_composed(open_page: Open, far_end: FarEnd) -> None:
    far_end.scripts = [script()]
    page = open_page()
    box = page.get_by_role("textbox")
    box.fill("你好")
    box.dispatch_event("keydown", {"key": "Enter", "isComposing": True})
    box.press("Shift+Enter")
    box.press_sequentially("?")
    assert box.input_value() == "你好\n?"
    assert far_end.asked == []
    box.press("Enter")
    page.get_by_text("25 analyses [1]").wait_for()
    assert [sent["question"] for sent in far_end.asked] == ["你好\n?"]
    assert box.input_value() == ""


def test_question_that_is_sent_before_the_page_is_ready_is_not_lost(
    browser: "Browser", address: str, far_end: FarEnd
) -> None:
    far_end.scripts = [script()]
    page = browser.new_page()
    waiting: list[Any] = []

    def hold(route: Any) -> None:
        waiting.append(route)

    page.route("**/static/ask.js", hold)
    page.goto(address, wait_until="commit")
    ask(page)
    page.get_by_role("button", name="Ask", exact=True).click()
    assert page.get_by_role("textbox").input_value() == "How many analyses?"
    waiting[0].continue_()
    page.get_by_text("25 analyses [1]").wait_for()
    assert [sent["question"] for sent in far_end.asked] == ["How many analyses?"]
    assert page.get_by_role("textbox").input_value() == ""
    page.close()


@pytest.mark.parametrize(
    ("failure", "sentence"),
    [
        (problem(422, "The question is empty: write something."), "The question is empty: write something."),
        ([("status", {"text": "…"}), ("error", {"status": 500, "detail": "It failed here."})], "It failed here."),
        (
            [("status", {"text": "…"}), ("token", {"text": "Half"})],
            "The connection ended before the answer was complete.",
        ),
    ],
    ids=["refused", "failed while streaming", "cut off"],
)
def test_failure_is_a_sentence_and_can_be_tried_again(
    open_page: Open, far_end: FarEnd, failure: Any, sentence: str
) -> None:
    far_end.scripts = [failure, script()]
    page = open_page()
    ask(page)
    alert = page.locator(".turn").get_by_role("alert")
    alert.get_by_text(sentence).wait_for()
    assert "Half" not in page.inner_text("main")
    alert.get_by_role("button", name="Try again").click()
    page.get_by_text("25 analyses [1]").wait_for()
    assert page.get_by_role("article").count() == 1


def test_server_out_of_reach_is_told(browser: "Browser", far_end: FarEnd) -> None:
    with served(stand_in(far_end)) as address:
        page = browser.new_page()
        page.goto(address)
        page.get_by_role("button", name="Who chairs").wait_for()
    page.get_by_role("button", name="Who chairs").click()
    page.get_by_text("The server cannot be reached.").wait_for()
    page.close()


def test_answer_under_way_can_be_stopped(open_page: Open, far_end: FarEnd) -> None:
    never = threading.Event()
    far_end.scripts = [[("token", {"text": "It takes"}), never, ("answer", answer())], script(answer="Now [1].")]
    page = open_page()
    ask(page)
    page.get_by_text("It takes").wait_for()
    page.get_by_role("button", name="Stop").click()
    page.get_by_text("Stopped before the answer was complete.").wait_for()
    never.set()
    ask(page, "Again?")
    page.get_by_text("Now").wait_for()


def test_real_answer_is_narrowed_copied_rated_and_leads_to_its_paragraph(
    browser: "Browser", sample_service: Service
) -> None:
    with served(create_app(sample_service, SlackSettings(), owner_token="owner")) as address:
        page = browser.new_page(permissions=["clipboard-read", "clipboard-write"])
        page.goto(address)
        page.locator("#language:enabled").wait_for()
        page.get_by_role("button", name="Filters").click()
        page.get_by_label("Reports or series").fill("SAMPLE/2022/3")
        page.get_by_label("Reports or series").press("Enter")
        page.get_by_role("button", name="Remove: SAMPLE/2022/3").wait_for()
        ask(page, "How much did the Regional Coordination Unit cost a year in 2021?")
        page.locator(".foot").wait_for()
        quote = page.locator(".sources blockquote").first.inner_text()
        assert "$1.1 million" in quote
        label = page.locator(".sources .label").first.inner_text()
        page.get_by_role("button", name="Copy with footnotes").click()
        page.get_by_text("Copied.").wait_for()
        assert f"¹ {label}." in page.evaluate("navigator.clipboard.readText()")
        page.get_by_role("button", name="Helpful answer").first.click()
        page.get_by_text("Thank you, your rating is kept.").wait_for()
        page.locator(".sources a").first.click()
        target = page.locator(":target")
        target.wait_for()
        assert "".join(quote.split()) in "".join(target.inner_text().split())
        page.close()
