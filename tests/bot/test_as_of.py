"""Questions about the present, about an earlier time, and about a superseded edition."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from bot.answer import Citation, Token
from bot.answers.as_of import as_of_line, in_words
from bot.questions.scopes import moment_asked
from bot.service import Service, build_service
from bot.settings import BotSettings
from tests.bot.test_generative import answering, told
from tests.conftest import api_client, ingest
from vectorstore.settings import IndexSettings

TITLES = {
    "en": "Reform of the waterways in the river basins",
    "ar": "إصلاح الممرات المائية في أحواض الأنهار",
    "es": "Reforma de las vías navegables de las cuencas fluviales",
    "fr": "Réforme des voies navigables des bassins fluviaux",
    "ru": "Реформа водных путей в речных бассейнах",
    "zh": "河流流域水道改革",
}
# The fact that changes from year to year, and the question for it.
OFFICES = {
    "en": "The Waterways Programme runs {} river offices in the basins.",
    "ar": "يدير برنامج الممرات المائية {} مكتبا نهريا في الأحواض.",
    "es": "El Programa de Vías Navegables gestiona {} oficinas fluviales en las cuencas.",
    "fr": "Le Programme des voies navigables gère {} bureaux fluviaux dans les bassins.",
    "ru": "Программа водных путей содержит {} речных отделений в бассейнах.",
    "zh": "水道署在各流域设有{}个河流办事处。",
}
OTHERS = {
    "en": [
        "Barges are repaired at the dry dock.",
        "Pilots are trained by the harbour school.",
        "Fish ladders were built.",
    ],
    "ar": ["تُصلح الصنادل في الحوض الجاف.", "يتدرب المرشدون في مدرسة الميناء.", "بُنيت سلالم للأسماك."],
    "es": ["Las barcazas se reparan en el dique seco.", "La escuela del puerto forma a los prácticos."],
    "fr": ["Les péniches sont réparées en cale sèche.", "L'école du port forme les pilotes."],
    "ru": ["Баржи ремонтируются в сухом доке.", "Лоцманов готовит портовая школа."],
    "zh": ["驳船在干船坞修理。", "港口学校培训引航员。"],
}
REPORTS = [("X/2021/6", "2021-03-15", 11), ("X/2022/3", "2022-03-14", 12), ("X/2023/2", "2023-03-20", 13)]


def lines(language: str, symbol: str, date: str, offices: int) -> Iterator[str]:
    texts = [OFFICES[language].format(offices), *OTHERS[language]]
    for number, text in enumerate(texts, start=1):
        kept = {"document": f"{symbol}.{language}", "symbol": symbol, "title": TITLES[language], "language": language}
        yield json.dumps({**kept, "date": date, "paragraph": str(number), "text": text}, ensure_ascii=False)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory, models_path: Path) -> Iterator[TestClient]:
    """An index with three reports of one series in six languages, and a report that looks back."""
    folder = tmp_path_factory.mktemp("as_of")
    every = [line for language in TITLES for report in REPORTS for line in lines(language, *report)]
    looks_back = {"document": "back", "symbol": "X/2023/9", "title": "Moorings", "date": "2023-06-01", "language": "en"}
    every.append(
        json.dumps({**looks_back, "paragraph": "1", "text": "As at 31 December 2022 there were 470 moorings."})
    )
    every.append(json.dumps({**looks_back, "paragraph": "2", "text": "Ropes are bought in bulk by the quay master."}))
    (folder / "reports.jsonl").write_text("\n".join(every), encoding="utf-8")
    service = build_service(IndexSettings(path=folder / "data", models_path=models_path), BotSettings())
    run = ingest(service, folder / "reports.jsonl")
    assert (run.state, run.new) == ("done", 19)
    with api_client(service) as opened:
        yield opened
    service.close()


def ask(client: TestClient, question: str, **body: Any) -> dict[str, Any]:
    response = client.post("/v1/ask", json={"question": question, **body})
    assert response.status_code == 200, response.text
    return dict(response.json())


def symbols(answer: dict[str, Any]) -> set[str]:
    return {citation["symbol"] for citation in answer["citations"]}


PRESENT = {
    "en": "How many river offices does the Waterways Programme run?",
    "ar": "كم مكتبا نهريا يدير برنامج الممرات المائية؟",
    "es": "¿Cuántas oficinas fluviales gestiona el Programa de Vías Navegables?",
    "fr": "Combien de bureaux fluviaux le Programme des voies navigables gère-t-il ?",
    "ru": "Сколько речных отделений содержит Программа водных путей?",
    "zh": "水道署在各流域设有多少个河流办事处？",
}
NEWEST = {
    "en": "; newest report on this: X/2023/2 of 20 March 2023",
    "ar": "؛ أحدث تقرير في هذا الموضوع: X/2023/2 (20 آذار/مارس 2023)",
    "es": "; informe más reciente al respecto: X/2023/2, de 20 de marzo de 2023",
    "fr": " ; rapport le plus récent à ce sujet : X/2023/2 (20 mars 2023)",
    "ru": "; самый новый доклад по этому вопросу: X/2023/2 от 20 марта 2023 года",
    "zh": "；与此有关的最新报告：X/2023/2（2023年3月20日）",
}
THEN = {
    "en": ["As of 2021, {}", "As at 30 June 2021, {}", "According to the 2021 report, {}", "In the 2021 edition, {}"],
    "ar": ["حتى عام 2021، {}", "وفقا لتقرير عام ٢٠٢١، {}"],
    "es": ["A fecha de 2021, {}", "Según el informe de 2021, {}"],
    "fr": ["Au 30 juin 2021, {}", "Selon le rapport de 2021, {}"],
    "ru": ["По состоянию на 2021 год, {}", "Согласно докладу 2021 года, {}"],
    "zh": ["截至2021年，{}", "根据2021年报告，{}"],
}
ASKED_THEN = [(language, form.format(PRESENT[language])) for language, forms in THEN.items() for form in forms]


@pytest.mark.parametrize("language", PRESENT)
def test_question_about_the_present_is_answered_from_the_newest_edition(client: TestClient, language: str) -> None:
    answer = ask(client, PRESENT[language])
    assert symbols(answer) == {"X/2023/2"}
    assert "13" in answer["answer"]
    assert answer["citations"][0]["superseded_by"] is None


@pytest.mark.parametrize("language", PRESENT)
def test_every_answer_tells_the_date_of_the_index_and_the_newest_report_on_the_subject(
    client: TestClient, language: str
) -> None:
    answer = ask(client, PRESENT[language])
    assert answer["as_of_line"] == as_of_line(answer["as_of"], None, language) + NEWEST[language]
    newest = answer["newest_report"]
    assert (newest["symbol"], newest["date"]) == ("X/2023/2", "2023-03-20")
    assert newest["url"] == f"/documents/{newest['document_id']}"
    assert client.get(f"/v1/answers/{answer['answer_id']}").json()["as_of_line"] == answer["as_of_line"]


def test_answer_of_a_past_time_tells_the_newest_report_of_then(client: TestClient) -> None:
    answer = ask(client, THEN["en"][0].format(PRESENT["en"]))
    assert answer["as_of_line"].endswith("; newest report on this: X/2021/6 of 15 March 2021")


def test_abstention_tells_the_newest_of_the_nearest_reports(client: TestClient) -> None:
    answer = ask(client, "Which minister opened the last office?")
    assert answer["abstained"]
    assert answer["newest_report"]["date"] == max(near["date"] for near in answer["nearest"])


@pytest.mark.parametrize(
    ("date", "language", "words"),
    [
        ("2025-05-12", "en", "12 May 2025"),
        ("2025-05", "en", "May 2025"),
        ("2025", "en", "2025"),
        ("2025-05-01", "fr", "1er mai 2025"),
        ("2025-05", "es", "mayo de 2025"),
        ("2025", "ru", "2025 года"),
        ("2025-11", "ar", "تشرين الثاني/نوفمبر 2025"),
        ("2025-11", "zh", "2025年11月"),
    ],
)
def test_dates_are_written_as_people_write_them(date: str, language: str, words: str) -> None:
    assert in_words(date, language) == words


@pytest.mark.parametrize(("language", "question"), ASKED_THEN)
def test_question_about_an_earlier_time_is_answered_from_the_edition_of_then(
    client: TestClient, language: str, question: str
) -> None:
    answer = ask(client, question)
    assert symbols(answer) == {"X/2021/6"}
    note, *_ = answer["answer"].splitlines()
    assert "2021" in note
    assert "11" in answer["answer"].removeprefix(note)
    assert answer["language"] == language
    assert all(citation["superseded_by"] for citation in answer["citations"])


def test_year_that_a_question_is_merely_about_changes_nothing(client: TestClient) -> None:
    answer = ask(client, "How many river offices did the Waterways Programme run in 2021?")
    assert symbols(answer) == {"X/2023/2"}


def test_filter_goes_before_what_the_question_says(client: TestClient) -> None:
    question = "As of 2021, how many river offices does the Waterways Programme run?"
    assert symbols(ask(client, question, filters={"as_of": "2022-12"})) == {"X/2022/3"}
    found = client.post("/v1/search", json={"query": PRESENT["en"], "filters": {"as_of": "2022", "languages": ["en"]}})
    assert {result["symbol"] for result in found.json()["results"]} == {"X/2022/3"}
    both = {"as_of": "2022", "languages": ["en"], "current_only": False}
    found = client.post("/v1/search", json={"query": PRESENT["en"], "filters": both})
    assert {result["symbol"] for result in found.json()["results"]} == {"X/2021/6", "X/2022/3"}


@pytest.mark.parametrize("filters", [{}, {"as_of": "2019"}])
def test_time_before_all_reports_is_told_with_the_nearest(client: TestClient, filters: dict[str, str]) -> None:
    answer = ask(client, "As of 2019, how many river offices does the Waterways Programme run?", filters=filters)
    assert answer["abstained"]
    assert "2019" in answer["reason"]
    assert answer["nearest"][0]["symbol"] == "X/2023/2"
    assert answer["citations"] == []


def test_wrong_date_in_a_filter_is_refused(client: TestClient) -> None:
    assert client.post("/v1/ask", json={"question": "Who?", "filters": {"as_of": "last year"}}).status_code == 422


def test_time_after_all_reports_is_the_present(client: TestClient) -> None:
    answer = ask(client, "As of 2031, how many river offices does the Waterways Programme run?")
    assert symbols(answer) == {"X/2023/2"}
    assert "2031" not in answer["answer"]


def test_later_report_that_names_the_day_answers_for_it(client: TestClient) -> None:
    answer = ask(client, "How many moorings were there as at 31 December 2022?")
    assert symbols(answer) == {"X/2023/9"}
    assert answer["answer"].startswith("The reports say:")


def test_later_report_that_names_the_year_answers_where_the_earlier_are_silent_and_says_so(client: TestClient) -> None:
    answer = ask(client, "How many moorings were there as of 2022?")
    assert symbols(answer) == {"X/2023/9"}
    assert answer["answer"].startswith("The reports held from that time (2022) or before do not say")


def test_edition_that_a_question_names_answers_though_superseded(client: TestClient) -> None:
    answer = ask(client, "How many river offices does the Waterways Programme run, by X/2021/6?")
    assert symbols(answer) == {"X/2021/6"}
    assert answer["answer"].startswith("Answered from X/2021/6, which a newer edition has replaced.")


def test_follow_up_keeps_to_the_time_of_the_question_before(client: TestClient) -> None:
    first = ask(client, "As of 2021, how many river offices does the Waterways Programme run?")
    second = ask(client, "And where are the barges repaired in it?", conversation_id=first["conversation_id"])
    assert symbols(second) == {"X/2021/6"}
    third = ask(client, "And in the 2022 report?", conversation_id=first["conversation_id"])
    assert symbols(third) == {"X/2022/3"}


def test_chat_model_is_given_the_edition_of_then_and_the_answer_says_so(sample_service: Service) -> None:
    asked, model = answering(sample_service, "It contributed to analyses in 2020 [1].")
    question = "As of March 2021, how many common country analyses did the Waterways Programme contribute to in 2020?"
    events, answer = told(asked, question)
    assert {citation.symbol for citation in answer.citations} == {"SAMPLE/2021/1"}
    note, claim = answer.answer.splitlines()
    assert note == "Answered from the reports as they stood then (2021-03); newer ones are left aside."
    assert claim == "It contributed to analyses in 2020 [1]."
    tokens = [event.text for event in events if isinstance(event, Token)]
    assert "".join(tokens).strip() == answer.answer
    assert isinstance(events[events.index(Token(tokens[0])) - 1], Citation)
    assert len(model.asked) == 1


def test_document_names_the_other_versions_of_its_work(client: TestClient) -> None:
    listed = client.get("/v1/documents", params={"limit": 500}).json()["documents"]
    by_place = {(one["symbol"], one["language"]): one for one in listed}
    shown = client.get(f"/v1/documents/{by_place['X/2021/6', 'en']['document_id']}").json()
    assert shown["status"] == "superseded"
    assert shown["superseded_by"] == by_place["X/2023/2", "en"]["document_id"]
    assert shown["versions"] == [
        {
            "document_id": by_place["X/2021/6", language]["document_id"],
            "language": language,
            "symbol": "X/2021/6",
            "edition": None,
            "status": "superseded",
        }
        for language in ("ar", "es", "fr", "ru", "zh")
    ]


@pytest.mark.parametrize(
    ("question", "moment"),
    [
        ("What was the levy as of the end of 2021?", "2021"),
        ("What did the 2021 annual progress report say about the levy?", "2021"),
        ("According to the report of March 2021, who chairs it?", "2021-03"),
        ("As of December 31, 2022, how many posts were there?", "2022-12-31"),
        ("In the 2021 report, X? And in the 2022 report?", "2022"),
        ("Сколько должностей было на 31 декабря 2022 года?", "2022-12-31"),
        ("¿Cuántos puestos había al 31 de diciembre de 2022?", "2022-12-31"),
        ("Combien de postes y avait-il au 31 décembre 2021 ?", "2021-12-31"),
        ("كم عدد الوظائف كما في 31 كانون الأول/ديسمبر 2022؟", "2022-12-31"),
        ("截至二〇二一年，有多少员额？", "2021"),
        ("How many analyses were completed in 2018?", None),
        ("What is the budget for 2021?", None),
        ("When did the General Assembly adopt resolution 71/243?", None),
        ("What was planned by 2030?", None),
        ("What changed between the 2021 and 2022 reports?", None),
        ("Du 1er janvier au 31 décembre 2021, combien ?", None),
        ("Combien d'ici au 31 décembre 2021 ?", None),
        ("Del 1 de enero al 31 de diciembre de 2021, ¿cuántos?", None),
        ("Каков бюджет на 2021 год?", None),
        ("2021年报告了多少起案件？", None),
        ("ما المبلغ من الميزانية العادية لعام 2025؟", None),
        ("As of right, who may attend?", None),
    ],
)
def test_time_is_asked_for_only_in_words_that_ask_for_it(question: str, moment: str | None) -> None:
    assert moment_asked(question) == moment
