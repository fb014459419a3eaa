"""The page in a real browser, before a scripted API and before the real one; skipped where there is no Chromium."""

import shutil
import threading
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

from bot.app import create_app
from bot.service import Service
from bot.slack_settings import SlackSettings
from tests.bot.web_stand_in import FarEnd, answer, citation, document, paragraph, problem, served, stand_in

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
MILLISECONDS = 15_000
PHONE = {"width": 390, "height": 844}
ARABIC_QUOTE = "ساعد البرنامج في إنجاز 25 تحليلا."
Open = Callable[..., "Page"]


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    """Chromium, without a window."""
    driver = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed (Debian: apt-get install chromium)")
    with driver.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


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
def open_page(browser: "Browser", address: str) -> Iterator[Open]:
    """Opens a path in a browser of its own; afterwards nothing may have failed there or been asked of other servers."""
    faults: list[str] = []
    contexts = []

    def opened(path: str = "/", **options: Any) -> "Page":
        context = browser.new_context(locale=options.pop("locale", "en-US"), **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(MILLISECONDS)
        page.on("pageerror", lambda error: faults.append(f"error: {error}"))
        page.on("console", lambda message: faults.append(message.text) if "Policy" in message.text else None)
        page.on("request", lambda request: faults.append(request.url) if not request.url.startswith(address) else None)
        page.on("dialog", lambda dialog: faults.append(f"dialog: {dialog.message}"))
        page.goto(address + path)
        # The texts are there, so the scripts run.
        page.wait_for_function("performance.getEntriesByType('resource').some(e => e.name.includes('/interface/'))")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert faults == []


def ask(page: "Page", question: str = "How many analyses?") -> None:
    """Types a question and sends it with Enter."""
    page.get_by_role("textbox").fill(question)
    page.keyboard.press("Enter")


def script(**fields: Any) -> list[Any]:
    """What the API streams for an answer."""
    return [("status", {"text": "Searching…"}), ("token", {"text": "It helped"}), ("answer", answer(**fields))]


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
    assert page.get_by_text("Reports as of 20 November 2026").is_visible()
    assert page.get_by_role("link", name="Link to this answer").get_attribute("href") == "/answers/a1"


def test_marker_shows_the_quote_and_the_way_to_its_paragraph(open_page: Open, far_end: FarEnd) -> None:
    far_end.scripts = [script(answer="It helped [1], and more [1, 2] but not [7].", citations=[citation(), citation(marker=2, quote="Two.")])]
    page = open_page()
    ask(page)
    markers = page.get_by_role("button", name="Show the quote")
    page.get_by_text("but not [7].").wait_for()
    assert markers.all_inner_texts() == ["[1]", "[1]", "[2]"]
    markers.last.focus()
    page.keyboard.press("Enter")
    card = page.locator(".quote-card")
    assert card.get_by_text("Two.").is_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "/documents/d1#para-4"
    page.keyboard.press("Escape")
    assert card.is_hidden()


def test_citations_tell_label_title_language_page_edition_and_the_quote_in_its_own_direction(
    open_page: Open, far_end: FarEnd
) -> None:
    arabic = citation(marker=2, language="ar", quote=ARABIC_QUOTE, date="2021-03-14", superseded_by="d2", translation="It did.")
    far_end.scripts = [script(answer="Yes [1] [2].", citations=[citation(), arabic])]
    page = open_page()
    ask(page)
    first, second = page.get_by_role("region", name="Sources").get_by_role("listitem").all()
    assert first.inner_text().split("\n") == [
        "1",
        "X/2021/6, para. 4",
        "A report",
        "·English",
        "·page 2",
        "The Programme helped to complete 25 analyses.",
    ] or "X/2021/6, para. 4" in first.inner_text()
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
    far_end.scripts = [script(abstained=True, reason="The reports do not say.", answer="", citations=[], nearest=nearest)]
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


@pytest.mark.parametrize(
    ("failure", "sentence"),
    [
        (problem(422, "The question is empty: write something."), "The question is empty: write something."),
        ([("status", {"text": "…"}), ("error", {"status": 500, "detail": "It failed here."})], "It failed here."),
        ([("status", {"text": "…"}), ("token", {"text": "Half"})], "The connection ended before the answer was complete."),
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


def test_chosen_language_changes_every_text_and_is_remembered(open_page: Open, far_end: FarEnd) -> None:
    far_end.scripts = [script()]
    page = open_page()
    ask(page)
    page.get_by_text("25 analyses [1]").wait_for()
    page.get_by_role("combobox", name="Interface language").select_option("ar")
    page.wait_for_function("document.documentElement.dir === 'rtl'")
    page.get_by_role("heading", name="المصادر").wait_for()
    answer_direction = page.get_by_text("25 analyses [1]").evaluate("e => getComputedStyle(e).direction")
    assert answer_direction == "ltr"
    for path in ("documents", "documents/d1", "answers/none"):
        page.goto(page.url.split("/", 3)[0] + "//" + page.url.split("/", 3)[2] + "/" + path)
        page.wait_for_function("document.documentElement.lang === 'ar'")
        page.get_by_role("link", name="التقارير").first.wait_for()


def test_document_page_shows_the_paragraph_that_the_address_names(open_page: Open, far_end: FarEnd) -> None:
    outline = [paragraph(str(n), f"Text {n}. " * 60, section=["I. Aims" if n < 3 else "II. Work"]) for n in range(1, 9)]
    outline.append(paragraph(None, "A | table", section=["II. Work", "A. Figures"], anchor="block-8"))
    report = document()["report"] | {"numbering_gaps": ["9"], "warnings": ["Page 3 is askew."]}
    far_end.documents = [
        document(outline=outline, report=report, status="superseded", superseded_by="d2", edition="Corr.1")
    ]
    page = open_page("/documents/d1#para-6")
    target = page.locator(":target")
    target.wait_for()
    assert target.get_attribute("id") == "para-6"
    assert target.inner_text().startswith("6")
    top = target.evaluate("e => e.getBoundingClientRect().top")
    assert 0 < top < 500
    body = page.locator(".body")
    assert body.get_by_role("heading").all_inner_texts() == ["I. Aims", "II. Work", "A. Figures"]
    assert page.locator("#block-8").inner_text().startswith("¶")
    head = page.locator("#document > header")
    for words in ("X/2021/6", "English", "14 March 2021", "Corr.1", "Pages: 3", "a.pdf"):
        assert words in head.inner_text()
    assert head.get_by_role("link", name="Read the newer edition").get_attribute("href") == "/documents/d2"
    head.get_by_text("Reading notes (2)").click()
    assert head.get_by_role("listitem").all_inner_texts() == ["Paragraph numbers not found: 9", "Page 3 is askew."]
    page.get_by_role("link", name="8", exact=True).click()
    page.wait_for_function("document.querySelector(':target').id === 'para-8'")


def test_arabic_document_reads_from_the_right(open_page: Open, far_end: FarEnd) -> None:
    far_end.documents = [document(language="ar", title="تقرير", outline=[paragraph("4", ARABIC_QUOTE)])]
    page = open_page("/documents/d1")
    words = page.locator("#para-4 p")
    assert words.inner_text() == ARABIC_QUOTE
    assert words.evaluate("e => [getComputedStyle(e).direction, e.closest('[lang]').lang]") == ["rtl", "ar"]


def test_reports_are_listed_page_by_page_with_their_gaps(open_page: Open, far_end: FarEnd) -> None:
    gaps = document()["report"] | {"numbering_gaps": ["17", "18"]}
    far_end.documents = [document(document_id=f"d{n}", symbol=f"X/{n}") for n in range(60)]
    far_end.documents[1] = document(document_id="d1", symbol="X/1", status="superseded", report=gaps, language="fr")
    page = open_page("/documents")
    row = page.get_by_role("row").filter(has_text="X/1").first
    row.wait_for()
    for words in ("French", "14 March 2021", "Superseded", "Paragraph numbers not found: 17, 18"):
        assert words in row.inner_text()
    assert row.get_by_role("link").get_attribute("href") == "/documents/d1"
    assert page.locator("tbody tr").count() == 50
    page.get_by_role("button", name="Show more").click()
    page.get_by_text("X/59").wait_for()
    assert page.locator("tbody tr").count() == 60
    assert page.get_by_role("button", name="Show more").is_hidden()


def test_permalink_shows_the_answer_as_it_was_given(open_page: Open, far_end: FarEnd) -> None:
    far_end.answers["a1"] = answer()
    page = open_page("/answers/a1")
    page.get_by_text("25 analyses [1]").wait_for()
    assert page.get_by_role("heading", name="How many analyses?").is_visible()
    assert page.get_by_role("region", name="Sources").is_visible()
    assert far_end.asked == []


@pytest.mark.parametrize(
    ("path", "sentence"),
    [("/answers/none", "There is no answer with this id."), ("/documents/none", "There is no document with this id.")],
)
def test_what_is_not_there_is_told(open_page: Open, path: str, sentence: str) -> None:
    open_page(path).get_by_text(sentence).wait_for()


PAYLOADS = [
    "<script>pwned()</script>",
    "<img src=x onerror=pwned()>",
    "<svg onload=pwned()><a xlink:href=javascript:pwned()>x</a></svg>",
    "\"'><iframe srcdoc='<script>parent.pwned()</script>'></iframe>",
    "javascript:pwned()//",
    "{{7*7}}${7*7}<style>@import 'http://evil.example/x'</style>",
    "<form action=http://evil.example><button autofocus onfocus=pwned()>[1]</button></form>",
    "<base href=http://evil.example/><link rel=stylesheet href=http://evil.example/x.css>",
    "]]><!--<meta http-equiv=refresh content='0;url=http://evil.example'>",
]


def tainted(payload: str, like: Any) -> Any:
    """The same JSON with a payload for every text."""
    match like:
        case dict():
            return {key: tainted(payload, value) for key, value in like.items()}
        case list():
            return [tainted(payload, value) for value in like]
        case str():
            return payload
    return like


@pytest.mark.parametrize("payload", PAYLOADS)
def test_payloads_in_every_field_stay_text(open_page: Open, far_end: FarEnd, payload: str) -> None:
    full = citation(superseded_by="x", translation="x", date="x")
    evil = tainted(payload, answer(citations=[full], nearest=[full], reason="x")) | {"answer": f"{payload} [1]"}
    report = document()["report"] | {"numbering_gaps": ["x"], "warnings": ["x"]}
    paper = tainted(payload, document(report=report, edition="x", superseded_by="x")) | {"document_id": "d1"}
    far_end.scripts = [[("status", {"text": payload}), ("token", {"text": payload}), ("answer", evil)]]
    far_end.documents = [paper]
    far_end.answers["a1"] = evil | {"abstained": True}
    for path in ("/", "/answers/a1", "/documents", "/documents/d1"):
        page = open_page(path)
        page.evaluate("window.pwned = () => { document.documentElement.dataset.pwned = 'yes' }")
        if path == "/":
            ask(page, payload)
            page.locator(".foot").wait_for()
            page.locator("button.marker").click()
        page.get_by_text(payload[:12]).first.wait_for(state="attached")
        for reached in page.locator("main a").all():
            assert (reached.get_attribute("href") or "").startswith(("/", "#"))
        strange = "main :is(script, img, svg, iframe, style, base, link, meta), main form:not(#ask):not(#key)"
        assert page.locator(strange).count() == 0
        assert page.evaluate("document.documentElement.dataset.pwned ?? null") is None


@pytest.mark.parametrize("url", ["javascript:alert(1)", "http://evil.example/", "//evil.example/x", "data:text/html,x"])
def test_citation_s_address_outside_this_server_is_no_link(open_page: Open, far_end: FarEnd, url: str) -> None:
    far_end.scripts = [script(citations=[citation(url=url)])]
    page = open_page()
    ask(page)
    page.get_by_text("X/2021/6, para. 4").wait_for()
    assert page.get_by_role("region", name="Sources").get_by_role("link").count() == 0


@pytest.mark.parametrize("locale", ["en-US", "ar", "ru-RU"])
def test_nothing_is_wider_than_a_phone(open_page: Open, far_end: FarEnd, locale: str) -> None:
    far_end.scripts = [script(citations=[citation(label="X/" + "2021" * 40, title="W" * 200)])]
    far_end.answers["a1"] = answer(question="W" * 300)
    for path in ("/", "/answers/a1", "/documents", "/documents/d1"):
        page = open_page(path, locale=locale, viewport=PHONE)
        if path == "/":
            ask(page)
            page.locator("button.marker").click()
        page.locator(".foot, tbody tr, .paragraph").first.wait_for()
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], path


def test_real_answer_leads_to_its_paragraph(browser: "Browser", sample_service: Service) -> None:
    with served(create_app(sample_service, SlackSettings(), owner_token="owner")) as address:
        page = browser.new_page()
        page.goto(address)
        ask(page, "How much did the Regional Coordination Unit cost a year in 2021?")
        page.locator(".foot").wait_for()
        quote = page.locator(".sources blockquote").first.inner_text()
        assert "$1.1 million" in quote
        page.locator(".sources a").first.click()
        target = page.locator(":target")
        target.wait_for()
        assert "".join(quote.split()) in "".join(target.inner_text().split())
        page.close()
