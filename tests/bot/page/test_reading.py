"""Reports and kept answers on the page."""

from typing import Any

import pytest

from tests.bot.web_stand_in import FarEnd, Json, Open, answer, citation, document, paragraph

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
    assert target.inner_text().startswith("II. Work\n\n6")
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


def numbered(language: str, *numbers: str, **fields: Any) -> list[Json]:
    """Paragraphs in a language, each with its number in its text."""
    return [paragraph(number, f"{language} {number}", **fields) for number in numbers]


def version(document_id: str, language: str) -> Json:
    """Another version of a report, as the report tells it."""
    of_it = {"document_id": document_id, "language": language}
    return of_it | {"symbol": "X/2021/6", "edition": None, "status": "current"}


@pytest.mark.parametrize(("locale", "beside"), [("en", "Read beside it"), ("ar", "اقرأ إلى جانبه"), ("zh", "对照阅读")])
def test_two_versions_are_read_side_by_side(open_page: Open, far_end: FarEnd, locale: str, beside: str) -> None:
    note = paragraph(None, "A note.", kind="footnote", mark="1", anchor="block-1")
    said = {"name": "original language", "value": "Arabic", "where": "masthead"}
    report = document()["report"] | {"metadata": [said]}
    outline = [*numbered("en", "1"), note, *numbered("en", "2", "4")]
    arabic = document(document_id="d2", language="ar", outline=numbered("عربي", "1", "2", "3", "4"))
    far_end.documents = [document(outline=outline, versions=[version("d2", "ar")], report=report), arabic]
    page = open_page("/documents/d1#para-2", locale=locale)
    chooser = page.get_by_label(beside)
    chooser.select_option("d2")
    page.locator(".pair").first.wait_for()
    assert page.url.endswith("/documents/d1?beside=d2#para-2")
    rows = [
        [cell.inner_text() for cell in row.locator(".paragraph > p:not(.path)").all()]
        for row in page.locator(".pair").all()
    ]
    assert rows == [["en 1", "عربي 1"], ["A note."], ["en 2", "عربي 2"], ["عربي 3"], ["en 4", "عربي 4"]]
    right = page.locator(".pair").first.locator("> div").last
    assert (right.get_attribute("lang"), right.get_attribute("dir")) == ("ar", "rtl")
    assert page.locator(":target").inner_text().startswith("II. Work\n\n2")
    page.reload()
    page.locator(".pair").first.wait_for()
    assert chooser.input_value() == "d2"
    assert (
        chooser.locator("option").nth(1).inner_text()
        == {
            "en": "Arabic (original) · X/2021/6",
            "ar": "العربية (الأصل) · X/2021/6",
            "zh": "阿拉伯语 (原文) · X/2021/6",
        }[locale]
    )
    chooser.select_option("")
    page.locator(".pair").first.wait_for(state="detached")
    assert page.locator("#para-4").is_visible()


def test_versions_stand_one_below_the_other_on_a_phone(open_page: Open, far_end: FarEnd) -> None:
    other = document(document_id="d2", language="fr", outline=numbered("fr", "1"))
    far_end.documents = [document(outline=numbered("en", "1"), versions=[version("d2", "fr")]), other]
    page = open_page("/documents/d1?beside=d2", viewport={"width": 390, "height": 844})
    first, second = (page.get_by_text(words).bounding_box() for words in ("en 1", "fr 1"))
    assert first
    assert second
    assert first["y"] + first["height"] <= second["y"]


def test_long_report_has_its_contents_and_tells_gaps_where_they_are(open_page: Open, far_end: FarEnd) -> None:
    sections = ["I. Aims", "II. Work", "III. Money"]
    outline = [one for title in sections for one in numbered(title, str(10 * len(title)), section=[title])]
    far_end.documents = [
        document(
            outline=[*outline, *numbered("en", "101", "105"), paragraph("Annex I, 2", "x", anchor="para-Annex-I-2")],
            report=document()["report"] | {"numbering_gaps": ["102", "103", "104", "Annex I, 3"]},
        )
    ]
    page = open_page("/documents/d1")
    contents = page.get_by_role("navigation", name="Contents")
    contents.get_by_role("link", name="III. Money").click()
    assert page.locator(":target").inner_text() == "III. Money"
    gaps = page.locator(".gap")
    assert gaps.all_inner_texts() == ["Not found in the file: 102, 103, 104", "Not found in the file: Annex I, 3"]
    assert gaps.first.evaluate("e => e.previousElementSibling.id") == "para-101"


def test_printed_answer_has_its_evidence_and_no_controls(open_page: Open, far_end: FarEnd, address: str) -> None:
    far_end.answers["a1"] = answer(citations=[citation(text="In 2020 it did much.\nThe Programme helped.")])
    page = open_page("/answers/a1")
    page.locator(".foot").wait_for()
    page.emulate_media(media="print")
    assert page.get_by_text("In 2020 it did much.").is_visible()
    assert page.get_by_role("region", name="Sources").is_visible()
    assert (
        page.get_by_text("Link to this answer").evaluate("e => getComputedStyle(e, '::after').content")
        == f'" ({address}/answers/a1)"'
    )
    for control in (".masthead", ".tools", ".skip"):
        assert page.locator(control).is_hidden()
