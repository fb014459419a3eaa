"""Reports that state a value differently are both shown, newest first; those that may both be right are left alone."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from bot.answer import Citation, Token
from bot.service import Service, build_service
from bot.settings import BotSettings
from tests.bot.test_generative import answering, told
from tests.conftest import api_client, ingest
from vectorstore.settings import IndexSettings

# Two reports of different series in one language: the older says 25, the newer 34.
ANALYSES = {
    "en": (
        "UN-Habitat helped to complete {} common country analyses.",
        "How many common country analyses did UN-Habitat help to complete?",
    ),
    "fr": (
        "ONU-Habitat a aidé à réaliser {} analyses communes de pays.",
        "Combien d'analyses communes de pays ONU-Habitat a-t-il aidé à réaliser ?",
    ),
    "es": (
        "ONU-Hábitat ayudó a realizar {} análisis comunes sobre los países.",
        "¿Cuántos análisis comunes sobre los países ayudó a realizar ONU-Hábitat?",
    ),
    "ru": (
        "ООН-Хабитат помогла провести {} общих страновых анализа.",
        "Сколько общих страновых анализов помогла провести ООН-Хабитат?",
    ),
    "ar": (
        "ساعد موئل الأمم المتحدة في إنجاز {} تحليلا قطريا مشتركا.",
        "كم تحليلا قطريا مشتركا ساعد موئل الأمم المتحدة في إنجازه؟",
    ),
    "zh": ("人居署协助完成了{}项共同国家分析。", "人居署协助完成了多少项共同国家分析？"),
}
DIFFER = {
    "en": (
        "The reports differ on this. Newest first: "
        "34 (N/2023/1, para. 1, 5 May 2023) [1]; 25 (O/2021/1, para. 1, 2 March 2021) [2]."
    ),
    "fr": (
        "Les rapports divergent sur ce point. Du plus récent au plus ancien : "
        "34 (N/2023/1, para. 1, 5 mai 2023) [1] ; 25 (O/2021/1, para. 1, 2 mars 2021) [2]."
    ),
    "es": (
        "Los informes difieren al respecto. Del más reciente al más antiguo: "
        "34 (N/2023/1, para. 1, 5 de mayo de 2023) [1]; 25 (O/2021/1, para. 1, 2 de marzo de 2021) [2]."
    ),
    "ru": (
        "Доклады расходятся в этом вопросе. Сначала самый новый: "
        "34 (N/2023/1, para. 1, 5 мая 2023 года) [1]; 25 (O/2021/1, para. 1, 2 марта 2021 года) [2]."
    ),
    "ar": (
        "تختلف التقارير في هذا الشأن. الأحدث أولا: "
        "34 (N/2023/1, para. 1، 5 أيار/مايو 2023) [1]؛ 25 (O/2021/1, para. 1، 2 آذار/مارس 2021) [2]."
    ),
    "zh": (
        "各报告对此说法不一。从新到旧："
        "34（N/2023/1, para. 1，2023年5月5日）[1]；25（O/2021/1, para. 1，2021年3月2日）[2]。"
    ),
}
TITLES = {
    "en": ("Analyses of countries", "Towns and the development system"),
    "fr": ("Analyses des pays", "Les villes et le système de développement"),
    "es": ("Análisis de los países", "Las ciudades y el sistema de desarrollo"),
    "ru": ("Анализ стран", "Города и система развития"),
    "ar": ("تحليلات البلدان", "المدن والمنظومة الإنمائية"),
    "zh": ("国家分析", "城市与发展系统"),
}
# What the two reports say in English beside it: of one matter differently, or so that both may be right.
DIFFERENT: list[tuple[str, str, str, str, list[str]]] = [
    (
        "When was the river strategy adopted?",
        "date",
        "The river strategy was adopted on 5 May 2020.",
        "The river strategy was adopted on 12 June 2020.",
        ["12 June 2020", "5 May 2020"],
    ),
    (
        "Who chairs the harbour council?",
        "name",
        "The harbour council is chaired by Maria Lopez.",
        "The harbour council is chaired by John Smith.",
        ["John Smith", "Maria Lopez"],
    ),
    (
        "How many lighthouses does the Coast Authority keep?",
        "figure",
        "The Coast Authority keeps 12 lighthouses along the northern shore.",
        "Along the northern shore, the Coast Authority keeps 15 lighthouses.",
        ["15", "12"],
    ),
]
BOTH_RIGHT = [
    (
        "another year",
        "How many barges were repaired?",
        "In 2020, 120 barges were repaired at the dry dock.",
        "In 2022, 150 barges were repaired at the dry dock.",
    ),
    (
        "another place",
        "How many tugs does the Tug Service have?",
        "The Tug Service has 31 tugs in Kenya.",
        "The Tug Service has 44 tugs in Uganda.",
    ),
    (
        "at least",
        "How many pilots did the pilot school train?",
        "The pilot school trained at least 40 pilots.",
        "The pilot school trained 55 pilots.",
    ),
    (
        "rounded",
        "How much did the dredging of the canal cost?",
        "The dredging of the canal cost $53.2 million.",
        "The dredging of the canal cost $53 million.",
    ),
    (
        "relative time",
        "How many ferries sank?",
        "Last year, 3 ferries sank in the lakes.",
        "Last year, 7 ferries sank in the lakes.",
    ),
    (
        "every year",
        "When was the annual buoy meeting held?",
        "The annual buoy meeting was opened on 3 March 2020.",
        "The annual buoy meeting was opened on 9 March 2022.",
    ),
]
REPORTS = (("O/2021/1", "2021-03-02", 25), ("N/2023/1", "2023-05-05", 34))


def lines() -> Iterator[str]:
    for place, (symbol, date, analyses) in enumerate(REPORTS):
        for language, (sentence, _) in ANALYSES.items():
            texts = [sentence.format(analyses)]
            if language == "en":
                texts += [row[2:4][place] for row in DIFFERENT] + [row[2:4][place] for row in BOTH_RIGHT]
            document = {"document": f"{symbol}.{language}", "symbol": symbol, "title": TITLES[language][place]}
            for number, text in enumerate(texts, start=1):
                kept = {**document, "language": language, "date": date, "paragraph": str(number), "text": text}
                yield json.dumps(kept, ensure_ascii=False)


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory, models_path: Path) -> Iterator[Service]:
    """An index with two reports, each in six languages, that differ on how many analyses there were."""
    folder = tmp_path_factory.mktemp("differences")
    (folder / "reports.jsonl").write_text("\n".join(lines()), encoding="utf-8")
    built = build_service(IndexSettings(path=folder / "data", models_path=models_path), BotSettings())
    run = ingest(built, folder / "reports.jsonl")
    assert (run.state, run.new) == ("done", 12)
    yield built
    built.close()


@pytest.fixture(scope="module")
def client(service: Service) -> Iterator[TestClient]:
    with api_client(service) as opened:
        yield opened


def ask(client: TestClient, question: str) -> dict[str, Any]:
    response = client.post("/v1/ask", json={"question": question})
    assert response.status_code == 200, response.text
    return dict(response.json())


@pytest.mark.parametrize("language", ANALYSES)
def test_two_reports_that_differ_on_a_figure_are_both_shown_newest_first(client: TestClient, language: str) -> None:
    answer = ask(client, ANALYSES[language][1])
    assert [citation["symbol"] for citation in answer["citations"]][:2] == ["N/2023/1", "O/2021/1"]
    assert all(citation["language"] == language and citation["verified"] for citation in answer["citations"])
    assert answer["answer"].splitlines()[-1] == DIFFER[language]
    (difference,) = answer["differences"]
    assert difference["kind"] == "figure"
    assert [(one["value"], one["date"], one["marker"]) for one in difference["statements"]] == [
        ("34", "2023-05-05", 1),
        ("25", "2021-03-02", 2),
    ]


@pytest.mark.parametrize(
    ("question", "kind", "_older", "_newer", "values"), DIFFERENT, ids=[row[1] for row in DIFFERENT]
)
def test_two_reports_that_differ_on_a_date_a_name_or_a_figure_are_both_shown(
    client: TestClient, question: str, kind: str, _older: str, _newer: str, values: list[str]
) -> None:
    (difference,) = ask(client, question)["differences"]
    assert difference["kind"] == kind
    assert [statement["value"] for statement in difference["statements"]] == values


@pytest.mark.parametrize(
    ("question", "older", "newer"), [row[1:] for row in BOTH_RIGHT], ids=[row[0] for row in BOTH_RIGHT]
)
def test_statements_that_may_both_be_right_are_called_no_difference(
    client: TestClient, question: str, older: str, newer: str
) -> None:
    answer = ask(client, question)
    assert older in answer["answer"] or newer in answer["answer"]
    assert answer["differences"] == []
    assert "differ on this" not in answer["answer"]


def test_chat_model_s_choice_of_one_report_is_followed_by_what_the_other_says(service: Service) -> None:
    asked, _ = answering(service, "UN-Habitat helped to complete 25 common country analyses [2].")
    found, _ = answering(service, "UN-Habitat helped to complete 25 common country analyses [1].")
    for one in (asked, found):
        events, answer = told(one, ANALYSES["en"][1])
        claim, note = answer.answer.splitlines()
        assert claim.startswith("UN-Habitat helped to complete 25")
        assert note.startswith("The reports differ on this. Newest first: 34 (N/2023/1, para. 1, 5 May 2023) [")
        markers = {citation.marker: citation.symbol for citation in answer.citations}
        (difference,) = answer.differences
        assert [markers[statement.marker] for statement in difference.statements] == ["N/2023/1", "O/2021/1"]
        tokens = [event.text for event in events if isinstance(event, Token)]
        assert tokens[-1].strip() == note
        assert answer.citations[-1] in [event for event in events if isinstance(event, Citation)]


def test_superseded_figure_neither_answers_nor_counts_as_a_difference(tmp_path: Path, models_path: Path) -> None:
    texts = [("X/2021/6", "2021-03-15", 11), ("X/2022/3", "2022-03-14", 12), ("X/2023/2", "2023-03-20", 13)]
    rows = [
        {"document": symbol, "symbol": symbol, "title": "Reform of the waterways in the river basins", "language": "en",
         "date": date, "paragraph": "1", "text": f"The Waterways Programme runs {offices} river offices in the basins."}
        for symbol, date, offices in texts
    ]  # fmt: skip
    (tmp_path / "reports.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    service = build_service(IndexSettings(path=tmp_path / "data", models_path=models_path), BotSettings())
    ingest(service, tmp_path / "reports.jsonl")
    with api_client(service) as client:
        for filters in ({}, {"current_only": False}):
            body = {"question": "How many river offices does the Waterways Programme run?", "filters": filters}
            answer = client.post("/v1/ask", json=body).json()
            assert answer["differences"] == []
            if not filters:
                assert [citation["symbol"] for citation in answer["citations"]] == ["X/2023/2"]
                assert "11" not in answer["answer"]
                assert "12" not in answer["answer"]
    service.close()
