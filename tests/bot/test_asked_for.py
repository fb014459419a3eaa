"""A question for a date, a number or an office gets a sentence that holds one, where the best paragraph does."""

import json
from pathlib import Path

import pytest

from bot.questions.asked_for import Kind, kinds_asked
from bot.service import Service
from tests.conftest import api_client, ingest

KINDS: list[tuple[str, str, set[Kind]]] = [
    ("en", "When did the Assembly adopt it?", {"date"}),
    ("fr", "Quand l'Assemblée l'a-t-elle adoptée ?", {"date"}),
    ("es", "¿En qué fecha se aprobó?", {"date"}),
    ("ru", "Когда это было принято?", {"date"}),
    ("ar", "متى اعتُمد ذلك؟", {"date"}),
    ("zh", "何时通过？", {"date"}),
    ("en", "How many posts are there?", {"figure"}),
    ("fr", "Combien de postes y a-t-il ?", {"figure"}),
    ("es", "¿Cuántos puestos hay?", {"figure"}),
    ("ru", "Сколько есть должностей?", {"figure"}),
    ("ar", "كم عدد الوظائف؟", {"figure"}),
    ("zh", "有多少员额？", {"figure"}),
    ("en", "Who chairs the platforms?", {"office"}),
    ("fr", "Qui préside les plateformes ?", {"office"}),
    ("es", "¿Quién preside las plataformas?", {"office"}),
    ("ru", "Кто председатель платформ?", {"office"}),
    ("ar", "من يرأس المنصات؟", {"office"}),
    ("zh", "谁担任平台主席？", {"office"}),
    ("en", "Why is the ethics office important?", set()),
]
HARBOUR = (
    "The Harbour Assembly was much discussed by the members of the Harbour Assembly. The Harbour Assembly speaks for "
    "the Harbour Assembly of all ports. Nobody doubts that the Harbour Assembly is the Harbour Assembly. Rope is "
    "stored in sheds. It is chaired by Maria Lopez."
)


@pytest.mark.parametrize(("language", "question", "kinds"), KINDS)
def test_kinds_of_values_that_a_question_asks_for(language: str, question: str, kinds: set[Kind]) -> None:
    assert kinds_asked(question, language) == kinds


def test_sentence_with_the_kind_of_value_asked_for_is_quoted_though_others_have_more_words(
    service: Service, tmp_path: Path
) -> None:
    row = {"document": "h", "symbol": "H/1", "title": "Harbours", "language": "en", "paragraph": "1", "text": HARBOUR}
    other = row | {"paragraph": "2", "text": "Fish ladders were built on three rivers."}
    (tmp_path / "harbour.jsonl").write_text(f"{json.dumps(row)}\n{json.dumps(other)}", encoding="utf-8")
    ingest(service, tmp_path / "harbour.jsonl")
    with api_client(service) as client:
        answer = client.post("/v1/ask", json={"question": "Who chairs the Harbour Assembly?"}).json()
    assert "It is chaired by Maria Lopez." in answer["answer"]
    assert {citation["paragraph"] for citation in answer["citations"]} == {"1"}
