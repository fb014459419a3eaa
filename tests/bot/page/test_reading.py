"""Reports and kept answers on the page."""

import pytest

from tests.bot.web_stand_in import FarEnd, Open, answer, citation, document, paragraph

ARABIC_QUOTE = "ساعد البرنامج في إنجاز 25 تحليلا."


def test_document_page_shows_the_paragraph_that_the_address_names(open_page: Open, far_end: FarEnd) -> None:
    outline = [paragraph(str(n), f"Text {n}. " * 60, section=["I. Aims" if n < 3 else "II. Work"]) for n in range(1, 9)]
    outline.append(paragraph(None, "A note.", kind="footnote", mark="3", section=["II. Work"], anchor="block-8"))
    table = "Table 1\nYear | Offices\n2030 | 14"
    outline.append(paragraph(None, table, kind="table", section=["II. Work", "A. Figures"], anchor="block-9"))
    report = document()["report"] | {
        "numbering_gaps": ["9"],
        "warnings": ["Page 3 is askew."],
        "recognised": [{"page": 2, "confidence": 0.914}],
        "metadata": [{"name": "agenda item", "value": "Item 7 (a)", "where": "first page"}],
    }
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
    assert page.locator("#block-8 .number").inner_text() == "3"
    cells = page.locator("#block-9 tr").nth(1).get_by_role("cell").all_inner_texts()
    assert (page.locator("#block-9 .number").inner_text(), cells) == ("¶", ["2030", "14"])
    head = page.locator("#document > header")
    for words in ("X/2021/6", "English", "14 March 2021", "Corr.1", "Pages: 3", "a.pdf"):
        assert words in head.inner_text()
    assert head.get_by_role("link", name="Read the newer edition").get_attribute("href") == "/documents/d2"
    head.get_by_text("Reading notes (3)").click()
    assert head.get_by_role("listitem").all_inner_texts() == [
        "Paragraph numbers not found: 9",
        "Pages read from a scan by OCR (confidence): 2 (91 %)",
        "Page 3 is askew.",
    ]
    head.get_by_text("What the report says of itself").click()
    assert head.get_by_role("definition").all_inner_texts() == ["Item 7 (a) (first page)"]
    page.get_by_role("link", name="8", exact=True).click()
    page.locator("#para-8:target").wait_for()


def test_arabic_document_reads_from_the_right(open_page: Open, far_end: FarEnd) -> None:
    far_end.documents = [document(language="ar", title="تقرير", outline=[paragraph("4", ARABIC_QUOTE)])]
    page = open_page("/documents/d1")
    words = page.locator("#para-4 p")
    assert words.inner_text() == ARABIC_QUOTE
    assert words.evaluate("e => [getComputedStyle(e).direction, e.closest('[lang]').lang]") == ["rtl", "ar"]


def test_permalink_shows_the_answer_as_it_was_given(open_page: Open, far_end: FarEnd) -> None:
    far_end.answers["a1"] = answer(citations=[citation(text="In 2020 it did much.\nThe Programme helped.")])
    page = open_page("/answers/a1")
    page.get_by_text("25 analyses [1]").wait_for()
    assert page.get_by_role("heading", name="How many analyses?").is_visible()
    assert page.get_by_role("region", name="Sources").is_visible()
    whole = page.get_by_text("In 2020 it did much.")
    assert whole.is_hidden()
    page.get_by_text("The whole paragraph, as it stood").click()
    assert whole.is_visible()
    assert far_end.asked == []


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("/answers/none", "There is no answer here: it was deleted, it has expired, or the link is wrong."),
        ("/documents/none", "There is no document with this id."),
    ],
)
def test_what_is_not_there_is_told(open_page: Open, path: str, sentence: str) -> None:
    open_page(path).get_by_text(sentence).wait_for()


def test_document_page_leads_to_the_other_versions(open_page: Open, far_end: FarEnd) -> None:
    versions = [
        {"document_id": "d2", "language": "fr", "symbol": "X/2021/6", "edition": None, "status": "current"},
        {"document_id": "d3", "language": "en", "symbol": None, "edition": "Rev.1", "status": "superseded"},
    ]
    far_end.documents = [document(versions=versions)]
    others = open_page("/documents/d1").get_by_role("region", name="Other versions of this report")
    others.wait_for()
    assert others.get_by_role("listitem").all_inner_texts() == ["French · X/2021/6 · Current", "English · Superseded"]
    assert others.get_by_role("link", name="French").get_attribute("href") == "/documents/d2"
