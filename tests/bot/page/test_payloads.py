"""Script and markup in every field and place stays text on the readers' pages: none runs, none asks another server."""

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

from tests.bot.page.payloads import PAYLOADS
from tests.bot.web_stand_in import (
    FarEnd,
    Json,
    Open,
    answer,
    ask,
    citation,
    document,
    facets,
    paragraph,
    problem,
    script,
)

if TYPE_CHECKING:
    from playwright.sync_api import Page

# Words that only our own code chooses.
OURS = ("mode", "status", "kind", "state")
STRANGE = "main :is(script, img, svg, iframe, style, base, link, meta, object, embed, video, audio, math, template)"
FORMS = "main form:not(#ask, #key, .comment)"
ALL = "".join(PAYLOADS)


def tainted(payload: str, like: Any) -> Any:
    """The same JSON with a payload for every text but our own words."""
    match like:
        case dict():
            return {key: value if key in OURS else tainted(payload, value) for key, value in like.items()}
        case list():
            return [tainted(payload, value) for value in like]
        case str():
            return payload
    return like


def watched(page: "Page") -> "Page":
    """The page, on which what runs of a payload leaves a trace."""
    page.evaluate("() => { window.pwned = () => { document.documentElement.dataset.pwned = 'yes' } }")
    return page


def check(page: "Page", *shown: str) -> None:
    """These texts stand on the page as they are, and nothing was made of any."""
    words = page.locator("body").evaluate("e => e.textContent")
    assert [payload for payload in shown if payload not in words] == []
    addresses = page.locator("main a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert [address for address in addresses if not address.startswith(("/", "#"))] == []
    assert page.locator(STRANGE).count() == page.locator(FORMS).count() == 0
    handlers = "all => all.flatMap(e => e.getAttributeNames()).filter(n => n.startsWith('on') || n === 'style')"
    assert page.locator("main *:not(.quote-card)").evaluate_all(handlers) == []
    assert page.locator("html").get_attribute("data-pwned") is None


@pytest.fixture
def evil() -> Json:
    """An answer with a payload in every field of every citation."""
    full = citation(superseded_by="x", translation="x", date="x", text="x")
    citations = [tainted(payload, full) | {"marker": n} for n, payload in enumerate(PAYLOADS, start=1)]
    words = "\n".join(f"{payload} [{n}]" for n, payload in enumerate(PAYLOADS, start=1))
    mentions = [{"form": payload, "id": payload, "name": payload, "meaning": payload} for payload in PAYLOADS]
    told = tainted(PAYLOADS[0], answer(reason="x"))
    evil: Json = told | {"answer": words, "citations": citations, "nearest": citations, "mentions": mentions}
    return evil


def test_in_a_question_and_what_is_streamed_for_it(open_page: Open, far_end: FarEnd, evil: Json) -> None:
    streamed: list[Any] = [(name, {"text": each}) for each in PAYLOADS for name in ("status", "token")]
    streamed += [("citation", each) for each in evil["citations"]] + [("verified", {"text": evil["answer"]})]
    far_end.scripts = [[*streamed, ("answer", evil)], problem(422, ALL), [("error", {"detail": ALL})]]
    page = watched(open_page())
    ask(page, ALL)
    page.locator(".foot").wait_for()
    page.locator(".marker").last.hover()
    check(page, *PAYLOADS)
    for turn in (1, 2):
        ask(page, "Again?")
        page.locator(".turn .problem").nth(turn - 1).wait_for()
    check(page, *PAYLOADS)
    assert far_end.asked[0]["question"] == ALL


def test_in_filters_and_a_comment(open_page: Open, far_end: FarEnd) -> None:
    named = [{"kind": "work", "name": payload, "date": None, "works": [payload]} for payload in PAYLOADS]
    far_end.facets = facets(reports=named, languages=dict.fromkeys(PAYLOADS, 1), first_date=PAYLOADS[0])
    far_end.scripts = [script()]
    page = watched(open_page())
    page.locator("#filters-toggle").click()
    page.locator("#report-names option").nth(len(PAYLOADS) - 1).wait_for(state="attached")
    field = page.locator("#filter-reports")
    for name in page.locator("#report-names option").evaluate_all("all => all.slice(0, 5).map(e => e.value)"):
        field.fill(name)
        page.locator("#report-names option").nth(len(PAYLOADS) - 1).wait_for(state="attached")
    check(page, *PAYLOADS[:5])
    ask(page)
    page.locator(".foot").wait_for()
    page.locator(".thumb.up").click()
    page.locator(".comment textarea").fill(ALL)
    page.locator(".comment button").click()
    page.locator(".comment").wait_for(state="hidden")
    check(page, *PAYLOADS[:5])
    assert far_end.asked[0]["filters"]["works"] == list(PAYLOADS[:5])
    assert far_end.rated[-1]["comment"].replace("\n", "") == ALL.replace("\n", "")
    page.reload()
    page.locator(".foot").wait_for()
    check(page, *PAYLOADS[:5])


def test_in_a_kept_answer_and_in_reports(open_page: Open, far_end: FarEnd, evil: Json) -> None:
    report = document()["report"] | {"numbering_gaps": list(PAYLOADS), "warnings": list(PAYLOADS)}
    said = [{"name": "symbol", "value": payload, "where": "masthead"} for payload in PAYLOADS]
    outline = [
        tainted(payload, paragraph("4", "x", section=["x", "x"])) | {"kind": kind}
        for payload in PAYLOADS
        for kind in ("text", "table")
    ]
    papers = [
        tainted(payload, document(report=report, edition="x", superseded_by="x"))
        | {"report": report | {"metadata": said}}
        for payload in PAYLOADS
    ]
    versions = [
        {"document_id": payload, "language": payload, "symbol": payload, "edition": payload, "status": "current"}
        for payload in PAYLOADS
    ]
    papers.append(papers[0] | {"document_id": "d1", "outline": outline, "versions": versions})
    papers[1] |= {"document_id": "d2", "outline": outline}
    papers[-1]["versions"].append(versions[0] | {"document_id": "d2"})
    far_end.documents = papers
    far_end.answers["a1"] = evil | {"abstained": True}
    for path in ("/answers/a1", "/documents/d1", "/documents/d1?beside=d2"):
        page = watched(open_page(path))
        page.locator(".foot, .paragraph").first.wait_for()
        check(page, *PAYLOADS)
        page.close()


def test_in_an_address(open_page: Open) -> None:
    page = watched(open_page(f"/documents/d1?beside={quote(ALL, safe='')}#{quote(ALL, safe='')}"))
    page.locator(".paragraph").wait_for()
    check(page)
    origin = page.evaluate("location.origin")
    for payload in PAYLOADS:
        answered = page.goto(f"{origin}/answers/{quote(payload, safe='')}", wait_until="commit")
        assert answered is not None
        if answered.status == 404:  # with a slash in it, it is no address of a page
            assert answered.headers["content-type"] == "application/json"
            continue
        page.locator("#state.problem").wait_for()
        check(page)
