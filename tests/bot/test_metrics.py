"""Figures for Prometheus over HTTP: what they count, what they hold, who is told."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from shutil import copytree
from typing import get_args

import pytest
from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families

from bot.model.breaker import Breaker
from bot.service import Service, build_service
from bot.settings import BotSettings
from tests.bot.access.callers import caller, guarded
from tests.bot.model_server import Behaviour, by_purpose, refuses, says
from tests.bot.model_service import answered_by
from tests.conftest import api_client, ingest
from tests.ingest.test_sync import REPORT, write
from vectorstore import stages
from vectorstore.settings import IndexSettings

BOARD = Path(__file__).parent.parent.parent / "docs" / "grafana.json"
NAME = re.compile(r"\b(?:reformbot|process)_\w+")
GROUP = re.compile(r"\b(?:by|ignoring) \(([\w, ]+)\)")
MATCHER = re.compile(r'(\w+)(?:=|!=|=~)"([^"]*)"')
SHOWN = re.compile(r"{{(\w+)}}")
STAGES = {*get_args(stages.Question), *get_args(stages.Refresh)}  # some are for rerankers and the like alone
LEVY = "How much is the coordination levy?"
LEAD = "What is the boiling point of lead?"
Sample = tuple[str, frozenset[tuple[str, str]]]


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory, models_path: Path, sample_index: Path) -> Iterator[Service]:
    path = copytree(sample_index, tmp_path_factory.mktemp("metrics") / "data")
    built = build_service(IndexSettings(path=path, models_path=models_path), BotSettings())
    yield built
    built.close()


@pytest.fixture
def client(service: Service) -> Iterator[TestClient]:
    with api_client(service) as opened:
        yield opened


def told(client: TestClient) -> Counter[Sample]:
    """All figures by their names and labels."""
    response = client.get("/metrics")
    assert response.status_code == 200, response.text
    families = text_string_to_metric_families(response.text)
    samples = [sample for family in families for sample in family.samples]
    return Counter({(one.name, frozenset(one.labels.items())): one.value for one in samples})


def sample(name: str, **labels: str) -> Sample:
    return f"reformbot_{name}", frozenset(labels.items())


def test_questions_are_counted_by_edge_mode_and_state(client: TestClient) -> None:
    before = told(client)
    client.post("/v1/ask", json={"question": LEVY})
    client.post("/v1/ask", json={"question": LEVY, "stream": True}, headers={"Sec-Fetch-Site": "same-origin"})
    client.post("/v1/ask", json={"question": LEAD}, headers={"User-Agent": "reformbot"})
    gained = told(client) - before
    for edge, state in (("http", "answered"), ("page", "answered"), ("terminal", "off_subject")):
        assert gained[sample("questions_total", edge=edge, mode="extractive", state=state)] == 1
    assert gained[sample("citations_count")] == 2
    assert gained[sample("citations_sum")] >= 2
    assert gained[sample("first_words_seconds_count")] == 1
    for stage, count in (("question", 3), ("understand", 3), ("search", 3), ("read", 3), ("write", 2), ("keep", 3)):
        assert gained[sample("stage_seconds_count", stage=stage)] == count, stage
    assert gained[sample("http_requests_total", method="POST", route="/v1/ask", status="200")] == 3


@pytest.mark.parametrize(
    ("behave", "mode", "kept", "dropped", "calls"),
    [
        (
            says("The coordination levy is 1 per cent [1]. It was 7 per cent in 1901 [1]."),
            "generative",
            1,
            1,
            "succeeded",
        ),
        (refuses(400), "extractive", 0, 0, "failed"),
    ],
    ids=["a wrong claim", "a model that fails"],
)
def test_claims_that_are_dropped_and_calls_that_fail_are_counted(
    service: Service, *, behave: Behaviour, mode: str, kept: int, dropped: int, calls: str
) -> None:
    with answered_by(service, by_purpose(answer=behave, judge=says("yes"))) as (client, _):
        before = told(client)
        client.post("/v1/ask", json={"question": LEVY})
        gained = told(client) - before
    assert gained[sample("questions_total", edge="http", mode=mode, state="answered")] == 1
    assert gained[sample("claims_total", origin="answer", outcome="supported")] == kept
    assert gained[sample("claims_total", origin="answer", outcome="unsupported")] == dropped
    assert gained[sample("model_calls_total", outcome=calls)] >= 1


def test_refreshes_ratings_and_checked_drafts_are_counted(service: Service, client: TestClient, tmp_path: Path) -> None:
    before = told(client)
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7 nothing")
    ingest(service, write(tmp_path, "harbour.md", REPORT), broken)
    answer = client.post("/v1/ask", json={"question": LEVY}).json()
    client.post("/v1/feedback", json={"answer_id": answer["answer_id"], "rating": "down"})
    client.post("/v1/verify", json={"draft": "The harbour pilot began with four ports. It began with nine ports."})
    after = told(client)
    gained = after - before
    assert gained[sample("refreshes_total", state="done")] == 1
    assert gained[sample("refreshed_documents_total", change="new")] == 1
    assert gained[sample("refreshed_documents_total", change="failed")] == 1
    assert gained[sample("documents")] == 1
    assert gained[sample("feedback_total", rating="down")] == 1
    assert gained[sample("claims_total", origin="draft", outcome="supported")] == 1
    assert gained[sample("claims_total", origin="draft", outcome="unsupported")] == 1
    for stage in ("refresh", "read_file", "split", "embed", "write_index", "check", "switch"):
        assert gained[sample("stage_seconds_count", stage=stage)] >= 1, stage
    assert after[sample("sources_failed")] == 1
    assert after[sample("last_refresh_timestamp_seconds")] > 1_700_000_000
    assert after[sample("refreshes_waiting")] == after[sample("refresh_running")] == 0
    for part in ("catalogue", "index", "models", "refresh"):
        assert after[sample("ready", part=part)] == 1


def test_questions_at_work_and_those_refused_are_told(service: Service, tmp_path: Path) -> None:
    app, keys = guarded(service, tmp_path, host="0.0.0.0", api_keys=("of-the-settings",))
    _, often = keys.add("often", scopes=["ask", "operate"], per_minute=1)
    client = caller(app, often)
    assert [client.post("/v1/ask", json={"question": LEVY}).status_code for _ in range(2)] == [200, 429]
    shown = told(client)
    assert shown[sample("questions_refused_total", reason="too_often")] == 1
    assert shown[sample("questions_refused_total", reason="busy")] == 0
    assert shown[sample("questions_working")] == shown[sample("questions_waiting")] == 0


def test_labels_come_from_few_words_whatever_is_asked(client: TestClient) -> None:
    canary = "Zyzzyva"
    client.post("/v1/ask", json={"question": canary, "conversation_id": canary}, headers={"User-Agent": canary})
    client.get(f"/{canary}?{canary}={canary}")
    client.get(f"/v1/answers/{canary}")
    client.request(canary.upper(), "/v1/ask")
    client.post("/v1/feedback", json={"answer_id": canary, "rating": canary})
    shown = client.get("/metrics").text
    assert canary.casefold() not in shown.casefold()
    assert 'method="other"' in shown
    assert 'route="other"' in shown


def test_where_there_are_keys_figures_are_for_who_operates(service: Service, tmp_path: Path) -> None:
    app, keys = guarded(service, tmp_path, host="0.0.0.0", api_keys=("of-the-settings",))
    askers, operators = (keys.add(scope, scopes=[scope])[1] for scope in ("ask", "operate"))
    for key, status in ((None, 401), (askers, 403), (operators, 200)):
        assert caller(app, key).get("/metrics").status_code == status


def test_the_board_asks_only_for_figures_and_labels_that_are_told(service: Service, tmp_path: Path) -> None:
    client = api_client(replace(service, breaker=Breaker()))
    ingest(service, write(tmp_path, "board.md", REPORT.replace("four ports", "five ports")))
    with answered_by(service, by_purpose(answer=says("The coordination levy is 1 per cent [1]."))) as (written, _):
        answer = written.post("/v1/ask", json={"question": LEVY}).json()
    client.post("/v1/ask", json={"question": LEVY, "stream": True})
    client.post("/v1/feedback", json={"answer_id": answer["answer_id"], "rating": "up"})
    client.post("/v1/verify", json={"draft": "The harbour pilot began with ninety ports."})
    labels: dict[str, dict[str, set[str]]] = {}
    for name, pairs in told(client):
        of_it = labels.setdefault(name, {})
        for label, value in pairs:
            of_it.setdefault(label, set()).add(value)
    asked = [target for panel in json.loads(BOARD.read_text())["panels"] for target in panel.get("targets", ())]
    assert len(asked) > 30
    for target in asked:
        expression = target["expr"]
        names = NAME.findall(expression)
        assert names, expression
        assert set(names) <= labels.keys(), expression
        known = {label: value for name in names for label, value in labels[name].items()}
        grouped = {label for group in GROUP.findall(expression) for label in group.split(", ")}
        assert {*grouped, *SHOWN.findall(target["legendFormat"])} <= known.keys() | {"le"}, expression
        for label, values in MATCHER.findall(expression):
            assert set(values.split("|")) <= known[label] | STAGES, expression
