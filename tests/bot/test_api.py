"""The HTTP contract, asked from outside over the sample reports."""

import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from bot.app import create_app
from bot.model.breaker import Breaker
from bot.service import Service, build_service
from bot.settings import BotSettings
from bot.slack.settings import SlackSettings
from tests.conftest import OWNER, SAMPLES, api_client, ingest
from vectorstore.catalogue import Catalogue
from vectorstore.settings import IndexSettings

CITATION_FIELDS = {
    "marker", "document_id", "symbol", "title", "paragraph", "label", "section", "page", "language", "quote",
    "translation", "url", "verified", "superseded_by",
}  # fmt: skip
ANSWER_FIELDS = {
    "answer_id", "conversation_id", "question", "language", "answer", "abstained", "reason", "mode", "citations",
    "nearest", "as_of", "index_version", "model", "timings_ms",
}  # fmt: skip


def ask(client: TestClient, question: str, **more: object) -> dict[str, object]:
    response = client.post("/v1/ask", json={"question": question, **more})
    assert response.status_code == 200, response.text
    return dict(response.json())


def bare(text: str) -> str:
    return "".join(text.split())


def test_an_answer_holds_the_whole_contract(client: TestClient) -> None:
    answer = client.post("/v1/ask", json={"question": "How much is the coordination levy?"}).json()
    assert answer.keys() >= ANSWER_FIELDS
    assert (answer["abstained"], answer["mode"], answer["language"]) == (False, "extractive", "en")
    assert all(citation.keys() >= CITATION_FIELDS for citation in answer["citations"])
    assert answer["as_of"]
    assert answer["index_version"]


def test_every_marker_names_a_citation_and_every_quote_stands_in_its_paragraph(client: TestClient) -> None:
    answer = client.post("/v1/ask", json={"question": "Who chairs the regional collaborative platform?"}).json()
    for citation in answer["citations"]:
        assert f"[{citation['marker']}]" in answer["answer"]
        document = client.get(f"/v1/documents/{citation['document_id']}").json()
        anchor = citation["url"].split("#")[1]
        [paragraph] = [each for each in document["outline"] if each["anchor"] == anchor]
        assert bare(citation["quote"]) in bare(paragraph["text"])
        assert citation["label"] == paragraph["label"]


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Combien de pays ont un plan-cadre de coopération ?", "fr"),
        ("¿Quién preside la plataforma regional?", "es"),
        ("Кто созывает совещания?", "ru"),
        ("谁主持区域协作平台？", "zh"),
        ("من يرأس المنصة التعاونية الإقليمية؟", "ar"),
    ],
)
def test_the_answer_is_introduced_in_the_language_of_the_question(
    client: TestClient, question: str, language: str
) -> None:
    assert ask(client, question)["language"] == language


def test_the_answer_can_be_asked_for_in_another_language(client: TestClient) -> None:
    assert ask(client, "Who chairs the regional platform?", language="ru")["language"] == "ru"


def events(client: TestClient, question: str) -> Iterator[tuple[str, dict[str, object]]]:
    with client.stream("POST", "/v1/ask", json={"question": question, "stream": True}) as response:
        assert response.headers["content-type"].startswith("text/event-stream")
        for block in response.read().decode().strip().split("\n\n"):
            name, data = block.split("\n", 1)
            yield name.removeprefix("event: "), json.loads(data.removeprefix("data: "))


def test_a_streamed_answer_sends_sources_before_text_and_the_whole_object_last(client: TestClient) -> None:
    told = list(events(client, "How much is the coordination levy?"))
    names = [name for name, _ in told]
    assert names[0] == "status"
    assert names.index("citation") < names.index("token")
    assert names[-1] == "answer"
    assert told[-1][1].keys() >= ANSWER_FIELDS
    assert all("text" not in data for name, data in told if name == "citation")


def test_an_event_stream_can_be_asked_for_by_its_media_type(client: TestClient) -> None:
    response = client.post("/v1/ask", json={"question": "What is the levy?"}, headers={"Accept": "text/event-stream"})
    assert response.headers["content-type"].startswith("text/event-stream")


def test_a_kept_answer_is_shown_as_it_was_given(client: TestClient) -> None:
    answer = ask(client, "How much is the coordination levy?")
    kept = client.get(f"/v1/answers/{answer['answer_id']}").json()
    for citation in kept["citations"]:
        assert bare(citation["quote"]) in bare(citation.pop("text"))
    assert kept == answer


def test_a_follow_up_is_understood_from_the_conversation(client: TestClient) -> None:
    first = ask(client, "Which organ decided on the coordination levy?")
    alone = ask(client, "And how much is it?")
    followed = ask(client, "And how much is it?", conversation_id=first["conversation_id"])
    assert followed["conversation_id"] == first["conversation_id"] != alone["conversation_id"]
    assert "levy" in json.dumps(followed["citations"] or followed["nearest"])


def test_search_gives_ranked_paragraphs_with_their_document(client: TestClient) -> None:
    found = client.post("/v1/search", json={"query": "coordination levy", "limit": 5}).json()
    assert len(found["results"]) == 5
    scores = [result["score"] for result in found["results"]]
    assert scores == sorted(scores, reverse=True)
    first = found["results"][0]
    assert first.keys() >= (CITATION_FIELDS - {"marker"}) | {"document", "text", "score"}
    assert bare(first["quote"]) in bare(first["text"])


def test_filters_keep_to_the_reports_that_pass_them(client: TestClient) -> None:
    def symbols(**filters: object) -> set[str]:
        body = {"query": "Cooperation Framework", "limit": 20, "filters": filters}
        return {result["symbol"] for result in client.post("/v1/search", json=body).json()["results"]}

    assert symbols(symbols=["SAMPLE/2025/2"]) == {"SAMPLE/2025/2"}
    assert symbols(from_date="2024") == {"SAMPLE/2024/GN.1", "SAMPLE/2025/2"}
    assert symbols(to_date="2021") == {"SAMPLE/2021/1/Rev.1"}
    assert symbols(to_date="2021", current_only=False) == {"SAMPLE/2021/1", "SAMPLE/2021/1/Rev.1"}
    assert symbols(languages=["zh"]) == {"SAMPLE/2023/2"}


def test_filters_that_no_report_passes_are_told(client: TestClient) -> None:
    answer = ask(client, "What is the levy?", filters={"symbols": ["A/1/1"]})
    assert answer["abstained"]
    assert answer["reason"] == "No ingested report passes the filters."


def test_language_versions_of_a_report_are_one_result_in_the_asker_s_language(client: TestClient) -> None:
    body = {"query": "Quelle est la mission du programme ?", "limit": 50, "filters": {"symbols": ["SAMPLE/2022/3"]}}
    results = client.post("/v1/search", json=body).json()["results"]
    numbered = [result for result in results if result["paragraph"]]
    assert len({result["paragraph"] for result in numbered}) == len(numbered)
    assert {result["language"] for result in numbered} == {"fr"}


BAD_REQUESTS = {
    "empty question": ({"question": "  "}, "empty"),
    "long question": ({"question": "x" * 100_000}, "100,000 characters"),
    "no question": ({}, "question"),
    "unknown field": ({"question": "a", "colour": "red"}, "colour"),
    "unknown language": ({"question": "a", "language": "de"}, "language"),
    "bad date": ({"question": "a", "filters": {"from_date": "yesterday"}}, "from_date"),
}


@pytest.mark.parametrize("name", BAD_REQUESTS)
def test_a_bad_request_gets_a_sentence(client: TestClient, name: str) -> None:
    body, told = BAD_REQUESTS[name]
    response = client.post("/v1/ask", json=body)
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"
    assert told in response.json()["detail"]


def test_a_stream_that_cannot_begin_is_an_ordinary_problem(client: TestClient) -> None:
    response = client.post("/v1/ask", json={"question": "", "stream": True})
    assert (response.status_code, response.headers["content-type"]) == (422, "application/problem+json")


@pytest.mark.parametrize("path", ["/v1/answers/none", "/v1/documents/none", "/v1/refresh/none", "/v1/nothing"])
def test_what_is_not_there_is_a_problem(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert (response.status_code, response.headers["content-type"]) == (404, "application/problem+json")


def test_an_unexpected_failure_is_a_problem_without_its_insides(client: TestClient) -> None:
    @client.app.get("/v1/fails")  # type: ignore[attr-defined, untyped-decorator]
    def fails() -> None:
        raise RuntimeError("a secret inside")

    response = client.get("/v1/fails")
    assert (response.status_code, response.headers["content-type"]) == (500, "application/problem+json")
    assert "secret" not in response.text


def test_an_empty_index_says_so(service: Service) -> None:
    with api_client(service) as client:
        answer = ask(client, "What is the levy?")
        assert answer["abstained"]
        assert answer["reason"] == "No reports have been ingested yet. Ask the operator to add some."
        assert client.post("/v1/search", json={"query": "levy"}).json()["results"] == []
        assert client.get("/v1/documents").json() == {"documents": [], "next": None}
        assert client.get("/v1/status").json()["documents"] == 0


def test_an_uploaded_report_goes_in_and_can_be_taken_out(service: Service) -> None:
    path = next(SAMPLES.glob("*.zh.pdf"))
    with api_client(service) as client:
        response = client.post("/v1/documents", files={"files": (path.name, path.read_bytes())})
        assert response.status_code == 202
        service.worker.wait()
        run = client.get(f"/v1/refresh/{response.json()['run_id']}").json()
        assert (run["state"], run["new"], run["failed"]) == ("done", 1, [])
        [document] = client.get("/v1/documents").json()["documents"]
        assert (document["source"], document["symbol"], document["language"]) == (path.name, "SAMPLE/2023/2", "zh")
        assert document["report"]["numbering_gaps"] == []
        client.delete(f"/v1/documents/{document['document_id']}")
        service.worker.wait()
        assert client.get("/v1/documents").json()["documents"] == []


@pytest.mark.parametrize("name", ["../../etc/passwd", "a\u202egpj.pdf", "a\x00.pdf", "", "x" * 2000, "a." + "x" * 300])
def test_an_upload_s_name_cannot_lead_elsewhere(service: Service, name: str) -> None:
    with api_client(service) as client:
        client.post("/v1/documents", files={"files": (name, b"1. A report on ports and piers.")})
        service.worker.wait()
        files = [path for path in (service.index_settings.path / "uploads").rglob("*") if path.is_file()]
    assert all(path.parent == service.index_settings.path / "uploads" for path in files)


def test_a_body_over_the_limit_is_refused_and_nothing_kept(index_settings: IndexSettings) -> None:
    service = build_service(index_settings, BotSettings(upload_bytes=10_000))
    with api_client(service) as client:
        upload = client.post("/v1/documents", files={"files": ("large.txt", b"1. Words. " * 2000)})
        question = client.post("/v1/ask", json={"question": "x" * 2_000_000})
    for response in (upload, question):
        assert (response.status_code, response.headers["content-type"]) == (413, "application/problem+json")
    assert not (index_settings.path / "uploads").exists()
    service.close()


def test_documents_are_listed_a_page_at_a_time(client: TestClient) -> None:
    seen, after = [], None
    while True:
        page = client.get("/v1/documents", params={"limit": 4, **({"after": after} if after else {})}).json()
        seen += [document["document_id"] for document in page["documents"]]
        after = page["next"]
        if after is None:
            break
    assert len(seen) == len(set(seen)) == len(list(SAMPLES.iterdir()))


@pytest.mark.parametrize(
    ("asked", "symbols"),
    [
        ({"language": "zh"}, {"SAMPLE/2023/2"}),
        ({"status": "superseded"}, {"SAMPLE/2021/1"}),
        ({"query": "waterways contribution", "status": "current"}, {"SAMPLE/2021/1/Rev.1"}),
        ({"from_date": "2024"}, {"SAMPLE/2024/GN.1", "SAMPLE/2025/2"}),
        ({"to_date": "2021-12", "status": "current"}, {"SAMPLE/2021/1/Rev.1"}),
        ({"query": "SAMPLE/2025/2", "language": "zh"}, set()),
    ],
)
def test_documents_are_listed_by_what_is_asked_for(
    client: TestClient, asked: dict[str, str], symbols: set[str]
) -> None:
    listed = client.get("/v1/documents", params=asked).json()["documents"]
    assert {document["symbol"] for document in listed} == symbols


@pytest.mark.parametrize("path", ["/v1/documents", "/v1/refresh", "/v1/glossary", "/v1/works"])
@pytest.mark.parametrize("wrong", [{"after": "../nowhere"}, {"limit": 0}, {"limit": 100_000}])
def test_a_page_that_cannot_be_is_refused(client: TestClient, path: str, wrong: dict[str, str]) -> None:
    response = client.get(path, params=wrong)
    assert (response.status_code, response.headers["content-type"]) == (422, "application/problem+json")


def test_status_tells_what_is_in_the_index(client: TestClient) -> None:
    status = client.get("/v1/status").json()
    assert status["documents"] == len(list(SAMPLES.iterdir()))
    assert status["superseded"] == 1
    assert status["languages"] == {"ar": 1, "en": 4, "es": 1, "fr": 1, "ru": 1, "zh": 1}
    assert status["last_refresh"]["state"] == "done"
    assert status["flagged"] == []
    assert (status["pages"], status["ocr_pages"]) == (7, 0)


def test_only_the_owner_may_name_files_on_the_server(service: Service) -> None:
    body = {"paths": [str(SAMPLES / "SAMPLE_RES_2022_1.en.md")]}
    with api_client(service) as stranger:
        assert stranger.post("/v1/refresh", json=body).status_code == 403
    with api_client(service, owner=True) as owner:
        assert owner.post("/v1/refresh", json=body).status_code == 202
        missing = owner.post("/v1/refresh", json={"paths": ["/not/there"]})
        assert (missing.status_code, "/not/there" in missing.json()["detail"]) == (422, True)


def test_with_keys_a_caller_must_send_one(sample_service: Service) -> None:
    settings = BotSettings(host="0.0.0.0", api_keys=("first-key", "second-key"))  # type: ignore[arg-type]
    service = Service(**{**vars(sample_service), "bot_settings": settings})
    client = TestClient(create_app(service, SlackSettings(), owner_token=OWNER))
    for header in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": "Basic second-key"}):
        response = client.post("/v1/ask", json={"question": "What is the levy?"}, headers=header)
        assert (response.status_code, response.headers["content-type"]) == (401, "application/problem+json")
    for key in ("first-key", "second-key", OWNER):
        answer = client.post(
            "/v1/ask", json={"question": "What is the levy?"}, headers={"Authorization": f"Bearer {key}"}
        )
        assert answer.status_code == 200
    assert client.get("/healthz").status_code == 200


def test_without_keys_another_host_name_is_refused(sample_service: Service) -> None:
    client = TestClient(create_app(sample_service, SlackSettings(), owner_token=OWNER), base_url="http://evil.example")
    response = client.get("/v1/status")
    assert (response.status_code, response.headers["content-type"]) == (400, "application/problem+json")


def test_health_and_readiness(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "alive"}
    parts = {"catalogue": True, "index": True, "models": True, "refresh": True}
    assert client.get("/readyz").json() == {"ready": True, "parts": parts}


def test_readiness_names_the_part_that_is_not(index_settings: IndexSettings) -> None:
    service = build_service(index_settings, BotSettings())
    with api_client(service) as client:
        service.close()
        response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["parts"] == {"catalogue": True, "index": False, "models": True, "refresh": False}


def test_a_chat_model_that_is_left_alone_is_named_and_questions_are_answered_all_the_same(
    sample_service: Service,
) -> None:
    breaker = Breaker(failures=1)
    breaker.failed()
    with api_client(replace(sample_service, breaker=breaker)) as client:
        response = client.get("/readyz")
        assert (response.status_code, response.json()["parts"]["chat_model"]) == (200, False)


def test_readiness_waits_for_no_catalogue(sample_service: Service) -> None:
    answering = threading.Event()

    class Hanging(Catalogue):
        def __init__(self) -> None:
            """Opens nothing."""

        def answers(self) -> bool:
            return answering.wait(60)

    with api_client(replace(sample_service, catalogue=Hanging())) as client:
        response = client.get("/readyz")
        answering.set()
    assert (response.status_code, response.json()["parts"]["catalogue"]) == (503, False)


def test_the_reference_names_every_endpoint(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    assert {
        "/v1/ask",
        "/v1/search",
        "/v1/documents",
        "/v1/documents/{document_id}",
        "/v1/refresh",
        "/v1/verify",
    } <= paths.keys()


def test_a_document_for_others_is_neither_found_nor_listed_nor_shown(service: Service, tmp_path: Path) -> None:
    lines = [
        {"document": "open", "text": "The quay is open to everybody in May."},
        {"document": "closed", "text": "The quay is closed to everybody in June.", "audience": "board"},
    ]
    (tmp_path / "two.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    ingest(service, tmp_path / "two.jsonl")
    closed = next(r.document_id for r in service.library.records().values() if r.audience == "board")
    with api_client(service) as stranger, api_client(service, owner=True) as owner:
        found = stranger.post("/v1/search", json={"query": "When is the quay closed?"}).json()["results"]
        assert [result["document"] for result in found] == ["open"]
        assert [d["source"] for d in stranger.get("/v1/documents").json()["documents"]] == ["open"]
        assert stranger.get(f"/v1/documents/{closed}").status_code == 404
        assert owner.get(f"/v1/documents/{closed}").status_code == 200
