"""The sample reports: rebuilt from their sources, read whole, and asked about in six languages."""

import json
import zipfile
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from bot.service import Service
from samples.build import build
from tests.conftest import SAMPLES

QUESTIONS = [json.loads(line) for line in (SAMPLES.parent / "questions.jsonl").read_text(encoding="utf-8").splitlines()]
NUMBERED = {
    "SAMPLE_2021_1.en.html": 12,
    "SAMPLE_2021_1_Rev.1.en.pdf": 12,
    "SAMPLE_2022_3.en.pdf": 18,
    "SAMPLE_2022_3.fr.docx": 18,
    "SAMPLE_2023_2.zh.pdf": 13,
    "SAMPLE_2023_5.ar.html": 12,
    "SAMPLE_2024_GN.1.es.html": 14,
    "SAMPLE_2025_2.ru.docx": 13,
}


def content(path: Path) -> object:
    """What a file says; of a DOCX its members, since compressed bytes differ between zlib builds."""
    if path.suffix != ".docx":
        return path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_reports_are_what_their_sources_make(tmp_path: Path) -> None:
    built = build(tmp_path)
    assert {path.name for path in built} == {path.name for path in SAMPLES.iterdir()}
    for path in built:
        assert content(path) == content(SAMPLES / path.name), f"{path.name}: run make samples"


@pytest.mark.parametrize("name", NUMBERED)
def test_every_numbered_paragraph_is_read(sample_service: Service, name: str) -> None:
    [record] = [r for r in sample_service.library.records().values() if Path(r.source).name == name]
    numbers = [p.number for p in sample_service.catalogue.paragraphs(record.document_id) if p.number]
    assert numbers == [str(number) for number in range(1, NUMBERED[name] + 1)]
    assert record.symbol
    assert name.replace("_", "/").startswith(f"{record.symbol}.")
    assert record.date
    assert record.report.numbering_gaps == record.report.numbering_repeats == ()


def test_operative_paragraphs_are_numbered_as_such(sample_service: Service) -> None:
    [record] = [r for r in sample_service.library.records().values() if r.symbol == "SAMPLE/RES/2022/1"]
    numbers = [p.number for p in sample_service.catalogue.paragraphs(record.document_id) if p.number]
    assert [number for number in numbers if number.startswith("OP")] == [f"OP {n}" for n in range(1, 12)]


def ask(client: TestClient, question: str, conversation_id: str | None = None) -> dict[str, object]:
    response = client.post("/v1/ask", json={"question": question, "conversation_id": conversation_id})
    assert response.status_code == 200
    return dict(response.json())


def is_cited(row: dict[str, object], client: TestClient) -> bool:
    earlier = ask(client, str(row["after"])) if row.get("after") else {}
    answer = ask(client, str(row["question"]), earlier.get("conversation_id"))  # type: ignore[arg-type]
    gold = {(each["symbol"], each["paragraph"]) for each in row["gold"]}  # type: ignore[attr-defined]
    return any((c["symbol"], c["paragraph"]) in gold for c in answer["citations"])  # type: ignore[attr-defined]


def test_most_questions_are_answered_from_the_right_paragraph(client: TestClient) -> None:
    answerable = [row for row in QUESTIONS if row["gold"]]
    cited = [row["id"] for row in answerable if is_cited(row, client)]
    assert len(cited) >= 0.8 * len(answerable)


def test_questions_that_the_reports_do_not_answer_are_mostly_declined(client: TestClient) -> None:
    unanswerable = [row for row in QUESTIONS if not row["gold"]]
    answers = [ask(client, row["question"]) for row in unanswerable]
    assert sum(bool(answer["abstained"]) for answer in answers) >= 0.5 * len(unanswerable)
    for answer in answers:
        if answer["abstained"]:
            assert answer["citations"] == []
            assert answer["reason"]
            assert answer["nearest"]


@pytest.mark.parametrize(
    "question", ["Who won the 1998 football world cup?", "¿Qué país ganó la Copa Mundial de fútbol de 2022?"]
)
def test_a_question_on_another_subject_is_declined(client: TestClient, question: str) -> None:
    assert ask(client, question)["abstained"] is True
