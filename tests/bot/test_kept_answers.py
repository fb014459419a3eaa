"""An answer that was kept shows the same for ever, whatever becomes of the reports and of the index."""

from pathlib import Path
from shutil import rmtree
from typing import Any

from fastapi.testclient import TestClient

from bot.service import build_service
from bot.settings import BotSettings
from tests.conftest import api_client, ingest
from tests.ingest.test_sync import REPORT, write
from vectorstore.settings import IndexSettings

QUESTION = "How many ports did the harbour pilot begin with?"
UNSAID = "Who audits the budget each year?"


def ask(client: TestClient, question: str) -> dict[str, Any]:
    response = client.post("/v1/ask", json={"question": question})
    assert response.status_code == 200, response.text
    return dict(response.json())


def test_a_kept_answer_stays_byte_for_byte_whatever_becomes_of_its_report(
    index_settings: IndexSettings, tmp_path: Path
) -> None:
    service = build_service(index_settings, BotSettings())
    path = write(tmp_path / "in", "harbour.md", REPORT)
    first = ingest(service, path)
    with api_client(service, owner=True) as client:
        answers = [ask(client, QUESTION), ask(client, UNSAID)]
        assert [answer["abstained"] for answer in answers] == [False, True]
        links = [f"/v1/answers/{answer['answer_id']}" for answer in answers]
        before = [client.get(link).content for link in links]
        check_evidence(client, *(client.get(link).json() for link in links))

        path.write_text(REPORT.replace("four ports", "forty ports"), encoding="utf-8")
        assert ingest(service, path).changed == 1
        assert "forty ports" in ask(client, QUESTION)["answer"]
        assert [client.get(link).content for link in links] == before

        [document] = client.get("/v1/documents").json()["documents"]
        assert client.delete(f"/v1/documents/{document['document_id']}").status_code == 202
        service.worker.wait()
        assert client.get("/v1/documents").json()["documents"] == []
        assert [client.get(link).content for link in links] == before

        assert client.post(f"/v1/refresh/{first.run_id}/restore").status_code == 202
        service.worker.wait()
        assert "four ports" in ask(client, QUESTION)["answer"]
        assert [client.get(link).content for link in links] == before
    service.close()

    rmtree(index_settings.path / "generations")
    service = build_service(index_settings, BotSettings())
    with api_client(service) as client:
        assert [client.get(link).content for link in links] == before
    service.close()


def check_evidence(client: TestClient, answered: dict[str, Any], declined: dict[str, Any]) -> None:
    """What is kept of a citation or a near paragraph is all that search tells of it."""
    found = client.post("/v1/search", json={"query": QUESTION, "limit": 100}).json()["results"]
    texts = {result["url"]: result["text"] for result in found}
    assert answered["citations"]
    assert declined["nearest"]
    for citation in (*answered["citations"], *declined["nearest"]):
        assert citation["text"] == texts[citation["url"]]
        assert citation["quote"] in citation["text"]
