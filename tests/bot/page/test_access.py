"""Every state of the readers' pages for people who cannot see them, or not well, or use no mouse: axe finds nothing."""

import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.bot.page.accessible import violations
from tests.bot.web_stand_in import FarEnd, Open, answer, citation, document, paragraph, problem, script

if TYPE_CHECKING:
    from playwright.sync_api import Page

SHOWN: dict[str, dict[str, Any]] = {
    "en": {"viewport": {"width": 1280, "height": 860}},
    "ar": {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"},
    "zh": {"viewport": {"width": 820, "height": 1180}, "color_scheme": "dark"},
}
ARABIC = "ساعد البرنامج في إنجاز 25 تحليلا."
CITED = [
    citation(text="In 2020 it did much. The Programme helped.", superseded_by="d2", date="2021-03-14"),
    citation(marker=2, language="ar", quote=ARABIC, translation="It helped.", recognised=True),
]
MENTIONED = {"form": "QCPR", "id": "qcpr", "name": "review", "meaning": "A review by the Assembly."}
DEFINED = {**MENTIONED, "short": ["QCPR"], "language": "en", "names": {"en": "review", "zh": "审查"}}
GIVEN: dict[str, Any] = {
    "answer": "The QCPR helped [1], he says “more” [2].",
    "citations": CITED,
    "mentions": [MENTIONED],
    "definitions": [DEFINED],
}


def report(language: str, other: str) -> dict[str, Any]:
    sections = [["I. Aims"], ["II. Work"], ["II. Work", "A. Figures"]]
    outline = [paragraph(n, f"Text {n}.", section=section) for n, section in zip("124", sections, strict=True)]
    outline.append(paragraph(None, "Table 1\nYear | Offices\n2030 | 14", kind="table", anchor="block-3"))
    found = document()["report"] | {"numbering_gaps": ["3"], "warnings": ["Page 3 is askew."]}
    found |= {"metadata": [{"name": "original language", "value": "English", "where": "masthead"}]}
    version = {"document_id": other, "language": "ar", "symbol": "X/2021/6", "edition": None, "status": "current"}
    return document(document_id=language, language=language, outline=outline, report=found, versions=[version])


def asking(page: "Page", far_end: FarEnd) -> Iterator[str]:
    """The states of the page to ask on."""
    yield "empty"
    page.locator("#filters-toggle").click()
    page.locator("#filter-current").uncheck()
    page.locator("#filters-chosen .chip").wait_for()
    yield "filters"
    page.locator("#filters-toggle").click()
    told = threading.Event()
    far_end.scripts = [
        [
            ("status", {"text": "Writing…"}),
            ("citation", CITED[0]),
            ("token", {"text": "It helped [1]. Perhaps mo"}),
            ("verified", {"text": "It helped [1]."}),
            told,
            ("answer", answer(**GIVEN)),
        ],
        script(abstained=True, reason="They do not say.", answer="", citations=[], nearest=[citation(marker=None)]),
        problem(422, "The question is too long."),
    ]
    question = page.locator("#question")
    question.fill("How many?")
    question.press("Enter")
    page.locator(".provisional").wait_for()
    yield "streaming"
    told.set()
    page.locator(".foot").wait_for()
    page.locator(".marker").first.focus()
    page.keyboard.press("Tab")
    page.locator(".quote-card:popover-open").wait_for()
    yield "answered"
    page.keyboard.press("Escape")
    page.locator(".thumb.down").click()
    page.locator(".comment").wait_for()
    yield "rated"
    for state in ("abstained", "problem"):
        question.fill("How many?")
        question.press("Enter")
        page.locator(".turn .problem, .turn .abstained").nth(0 if state == "abstained" else 1).wait_for()
        yield state


def reading(page: "Page", address: str) -> Iterator[str]:
    """The states of the pages of an answer and of a report."""
    page.goto(f"{address}/answers/a1")
    page.locator(".foot").wait_for()
    page.locator(".sources summary").first.click()
    yield "permalink"
    page.goto(f"{address}/answers/none")
    page.locator("#state.problem").wait_for()
    yield "no such answer"
    page.goto(f"{address}/documents/en?beside=ar#para-2")
    page.locator(".pair").first.wait_for()
    page.locator(".paragraph:target .cite").click()
    page.locator(".quote-card:popover-open").wait_for()
    yield "beside"
    page.goto(f"{address}/documents/en")
    page.locator(".contents").wait_for()
    for summary in page.locator("summary").all():
        summary.click()
    yield "report"


@pytest.mark.parametrize(("language", "shown"), SHOWN.items(), ids=SHOWN.keys())
def test_axe_finds_nothing(
    open_page: Open, far_end: FarEnd, address: str, language: str, shown: dict[str, Any]
) -> None:
    far_end.documents = [report("en", "ar"), report("ar", "en")]
    far_end.answers["a1"] = answer(**GIVEN)
    page = open_page("/", locale=language, **shown)
    assert page.locator("html").get_attribute("lang") == language
    states = [*((state, violations(page)) for state in asking(page, far_end))]
    states += [(state, violations(page)) for state in reading(page, address)]
    assert [(state, found) for state, found in states if found] == []


def test_keyboard_skips_to_the_text_and_to_the_question(open_page: Open) -> None:
    page = open_page()
    for name in ("Skip to content", "Skip to your question"):
        page.keyboard.press("Tab")
        link = page.get_by_role("link", name=name)
        assert link.evaluate("e => e === document.activeElement && e.getBoundingClientRect().top >= 0")
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.id === 'question'")
