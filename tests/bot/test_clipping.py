"""Answers as text to paste, and what a question can be narrowed to, over HTTP."""

import pytest

from bot.http.schemas import AnswerOut
from bot.service import Service
from bot.texts.clipping import as_markdown, with_footnotes
from tests.bot.web_stand_in import answer, citation
from tests.conftest import api_client

FIRST = citation(date=None)
RESOLUTION = citation(
    marker=2, date="2020-12-21", symbol="A/RES/75/233", label="A/RES/75/233, OP 4", url="/documents/d2#para-OP-4"
)
FORMS = {
    "behind the stop in English": ("en", "Yes [1]. No [1] [2], and [2].", "Yes.¹ No,¹, ² and.²"),
    "where it stands in French": ("fr", "Oui [1]. Non [1, 2].", "Oui¹. Non¹, ²."),
    "in Chinese": ("zh", "是[1]。不是 [2]。", "是¹。不是²。"),
}


def given(**fields: object) -> AnswerOut:
    return AnswerOut(**answer(citations=[FIRST, RESOLUTION], **fields))


@pytest.mark.parametrize(("language", "said", "written"), FORMS.values(), ids=FORMS.keys())
def test_an_answer_is_written_with_its_footnotes(language: str, said: str, written: str) -> None:
    notes = "¹ X/2021/6, para. 4.\n² General Assembly resolution 75/233, para. 4."
    assert with_footnotes(given(language=language, answer=said)) == f"{written}\n\n{notes}"


def test_where_the_reports_are_silent_the_nearest_are_the_footnotes() -> None:
    silent = given(abstained=True, answer="", reason="They do not say.", nearest=[citation(marker=None, date=None)])
    assert with_footnotes(silent) == "They do not say.\n\nX/2021/6, para. 4."


def test_an_answer_in_markdown_has_its_quotes_and_links() -> None:
    first = citation(date="2021-03-14", quote="In 2021:\n- 25 analyses.")
    text = as_markdown(AnswerOut(**answer(citations=[first])), "https://bot.example")
    assert text == (
        "## How many analyses?\n\nIt helped to complete 25 analyses [1].\n\n"
        "1. [X/2021/6, para. 4](https://bot.example/documents/d1#para-4)\n   > In 2021:\n   > \\- 25 analyses.\n\n"
        "As of 20 November 2026; newest report on this: X/2021/6 of 15 March 2021\n\n"
        "<https://bot.example/answers/a1>\n"
    )


@pytest.mark.parametrize(
    "words",
    ["[1](javascript:x)", "[x](http://e)", "![a](b)", "<script>", "<http://e>", "[1]: http://e", "# x", "1. x", "`c`"],
)
def test_words_make_nothing_of_themselves_in_markdown(words: str) -> None:
    text = as_markdown(AnswerOut(**answer(answer=words, question=words, citations=[])), "https://bot.example")
    for line in text.splitlines()[:3]:
        shown = line.removeprefix("## ")
        assert shown in ("", "1\\. x") or shown.startswith(("\\", "!\\")), line


def test_a_kept_answer_is_given_as_text_and_its_citations_as_footnotes(sample_service: Service) -> None:
    with api_client(sample_service, owner=True) as client:
        given = client.post("/v1/ask", json={"question": "How much is the coordination levy?"}).json()
        address = f"/v1/answers/{given['answer_id']}/text"
        note = given["citations"][0]["footnote"]
        assert note == f"{given['citations'][0]['label']}."
        footnotes = client.get(address, params={"form": "footnotes"})
        assert footnotes.headers["content-type"] == "text/plain; charset=utf-8"
        assert f"¹ {note}" in footnotes.text.splitlines()
        assert (
            f"(http://127.0.0.1:8000{given['citations'][0]['url']})"
            in client.get(address, params={"form": "markdown"}).text
        )
        assert client.get(address, params={"form": "html"}).status_code == 422
        assert client.get("/v1/answers/none/text", params={"form": "markdown"}).status_code == 404
        document = client.get(f"/v1/documents/{given['citations'][0]['document_id']}").json()
        assert note in [paragraph["footnote"] for paragraph in document["outline"]]


def test_a_question_is_narrowed_to_a_series_of_reports(restricted_service: Service) -> None:
    with api_client(restricted_service) as client:
        facets = client.get("/v1/facets", params={"query": "fleet"}).json()
        assert [(one["kind"], one["name"]) for one in facets["reports"]] == [
            ("series", "SAMPLE/2025/40 · Work of the fishing fleet in 2025"),
            ("work", "SAMPLE/2025/40 · Work of the fishing fleet in 2025"),
        ]
        assert (facets["languages"], facets["first_date"], facets["last_date"]) == (
            {"en": 3},
            "2024-05-01",
            "2025-05-01",
        )
        filters = {"works": facets["reports"][0]["works"], "current_only": False}
        found = client.post("/v1/search", json={"query": "lighthouse reserve", "filters": filters}).json()["results"]
        assert {one["symbol"] for one in found} == {"SAMPLE/2024/40", "SAMPLE/2025/40"}


def test_the_board_s_reports_are_not_offered_to_others(restricted_service: Service) -> None:
    with api_client(restricted_service) as client:
        names = [one["name"] for one in client.get("/v1/facets", params={"limit": 100}).json()["reports"]]
    assert names
    assert not any("BRD" in name for name in names)
