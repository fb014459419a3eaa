"""The glossary on the page: definitions above the answer, notes on the terms that answers and quotes mention."""

from typing import Any

from tests.bot.web_stand_in import FarEnd, Open, ask, citation, script

DEFINITION: dict[str, Any] = {
    "id": "qcpr",
    "name": "quadrennial comprehensive policy review",
    "short": ["QCPR"],
    "meaning": "A review by the <b>Assembly</b>.",
    "language": "en",
    "names": {"en": "quadrennial comprehensive policy review", "zh": "四年度全面政策审查", "ar": "الاستعراض الشامل"},
}
MENTION = {
    "form": "QCPR",
    "id": "qcpr",
    "name": "quadrennial comprehensive policy review",
    "meaning": "A <i>review</i>.",
}


def test_definition_stands_above_the_answer_and_says_where_it_is_from(open_page: Open, far_end: FarEnd) -> None:
    far_end.scripts = [script(definitions=[DEFINITION])]
    page = open_page()
    ask(page, "What is QCPR?")
    box = page.get_by_role("region", name="From the glossary, not from a report")
    box.get_by_text("A review by the <b>Assembly</b>.").wait_for()
    assert box.get_by_text("quadrennial comprehensive policy review · QCPR").is_visible()
    assert box.evaluate("e => e.nextElementSibling.className") == "words"
    assert box.get_by_text("四年度全面政策审查").is_hidden()
    box.get_by_text("In other languages").click()
    assert box.get_by_text("Chinese: 四年度全面政策审查").is_visible()


def test_definition_stands_where_the_reports_are_silent(open_page: Open, far_end: FarEnd) -> None:
    silent = {"abstained": True, "reason": "The reports do not say.", "citations": [], "answer": ""}
    far_end.scripts = [script(definitions=[DEFINITION], **silent)]
    page = open_page()
    ask(page, "What is QCPR?")
    page.get_by_text("The reports do not say.").wait_for()
    assert page.get_by_role("region", name="From the glossary").is_visible()


def test_term_in_answer_and_quote_tells_its_meaning_by_mouse_and_keyboard(open_page: Open, far_end: FarEnd) -> None:
    far_end.scripts = [
        script(
            answer="The QCPR [1], and QCPRs, and the QCPR again.",
            citations=[citation(quote="The QCPR is adopted.")],
            mentions=[MENTION],
        )
    ]
    page = open_page()
    ask(page)
    page.get_by_text("QCPRs, and the QCPR again.").wait_for()
    in_answer, in_quote = page.get_by_role("button", name="QCPR", exact=True).all()
    assert in_answer.get_attribute("title") == "A <i>review</i>."
    in_quote.click()
    card = page.locator(".quote-card")
    assert card.get_by_text("A <i>review</i>.").is_visible()
    assert card.get_by_text("From the glossary, not from a report").is_visible()
    page.keyboard.press("Escape")
    assert card.is_hidden()
    in_answer.focus()
    page.keyboard.press("Enter")
    assert card.is_visible()
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.textContent") == "QCPR"


def test_terms_that_hold_signs_or_chinese_are_found_whole(open_page: Open, far_end: FarEnd) -> None:
    forms = ["A/RES/71/243", "C.(24)+", "大会", "联合国大会"]
    mentions = [{"form": form, "id": form, "name": form, "meaning": f"Says {form}."} for form in forms]
    quote = "A/RES/71/243 and C.(24)+ and XA/RES/71/243: 联合国大会和大会。"
    far_end.scripts = [script(citations=[citation(quote=quote)], mentions=mentions)]
    page = open_page()
    ask(page)
    page.locator(".foot").wait_for()
    assert page.locator("blockquote").inner_text() == quote
    assert page.locator("blockquote .term").all_inner_texts() == ["A/RES/71/243", "C.(24)+", "联合国大会", "大会"]


def test_answers_kept_before_there_was_a_glossary_are_still_shown(open_page: Open, far_end: FarEnd) -> None:
    far_end.scripts = [script()]
    page = open_page()
    ask(page)
    page.get_by_text("25 analyses [1]").wait_for()
    assert page.locator(".term, .definitions").count() == 0
