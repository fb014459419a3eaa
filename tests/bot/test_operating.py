"""What a served bot tells operators of what it does: traces, and a log; neither holds a word of what was asked."""

import json
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from shutil import copytree
from typing import Any

import httpx
import pytest

from bot.operations.folder import find_address
from prompts import YES
from tests.bot.collector import Collector, Span, collecting
from tests.bot.model_server import Behaviour, Reply, model_server, purpose_of, refuses, says
from tests.bot.processes import started, until
from tests.bot.slack.requests import SECRET, command_body, event_body, mention, signed
from vectorstore.settings import IndexSettings

CANARY = "Zyzzyva"
QUESTION = f"How much is the coordination levy, {CANARY}?"
TRACE = "0af7651916cd43dd8448eb211c80319c"
TRACEPARENT = f"00-{TRACE}-b7ad6b7169203331-01"
REQUEST = "a-request.of_mine-1"
ASKED = ["understand", "search", "embed_question", "candidates", "fuse", "read", "write", "verify", "keep"]
REFRESHED = ["read_file", "split", "embed", "write_index", "check", "switch"]


@dataclass(frozen=True)
class Done:
    """A served bot that was asked many things and has ended: what it told, and the answers by what was asked of it."""

    log: str
    collector: Collector
    answers: dict[str, dict[str, Any]]
    responses: list[httpx.Response]

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.log.splitlines()]

    def spans(self, trace: str) -> list[Span]:
        return [span for span in self.collector.spans if span.trace == trace]


def _has_ended(client: httpx.Client, run_id: str) -> bool:
    return bool(client.get(f"/v1/refresh/{run_id}").json()["state"] != "running")


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory, models_path: Path, sample_index: Path) -> Iterator[Done]:
    path = copytree(sample_index, tmp_path_factory.mktemp("operated") / "data")
    settings = IndexSettings(path=path, models_path=models_path)
    with collecting() as collector, model_server(_writes_until_told_otherwise()) as calls:
        environment = {
            "OTEL_EXPORTER_OTLP_ENDPOINT": collector.url,
            "BOT_MODEL": "openai:a-model",
            "BOT_MODEL_BASE_URL": calls.url,
            "BOT_MODEL_SECONDS": "5",
            "OPENAI_API_KEY": f"sk-{CANARY}",
            "SLACK_BOT_TOKEN": f"xoxb-{CANARY}",
            "SLACK_SIGNING_SECRET": SECRET,
            "SLACK_API_URL": "http://127.0.0.1:9/api/",  # nobody is there
        }
        with served(settings, environment) as (client, told):
            answers, responses = ask_everything(client)
        yield Done(told[0], collector, answers, responses)


@contextmanager
def served(settings: IndexSettings, environment: dict[str, str]) -> Iterator[tuple[httpx.Client, list[str]]]:
    """A client of `reformbot serve` in a process of its own, and its log once the block has ended."""
    process, told = started("serve", settings=settings, BOT_PORT="0", **environment), list[str]()
    try:
        until(lambda: find_address(settings.path) is not None or process.poll() is not None)
        address = find_address(settings.path)
        assert address, process.communicate()
        with httpx.Client(base_url=address.url, trust_env=False, timeout=60) as client:
            until(lambda: answers(client))
            yield client, told
        process.send_signal(signal.SIGTERM)
        told += process.communicate(timeout=60)[1:]
        assert process.returncode == 0, told
    finally:
        process.kill()


def answers(client: httpx.Client) -> bool:
    """Whether a server listens by now."""
    with suppress(httpx.ConnectError):
        return client.get("/healthz").status_code == 200
    return False


def _writes_until_told_otherwise() -> Behaviour:
    """A chat server that writes, and whose reply to a question that says so is a failure that repeats the question."""

    def behave(reply: Reply) -> None:
        asked = reply.server.calls.bodies[-1]
        if "fails" in json.dumps(asked):
            refuses(500, json.dumps({"error": {"message": QUESTION}}))(reply)
        elif purpose_of(asked) == "answer":
            says(f"The coordination levy is 1 per cent [1]. {CANARY} agreed [1].")(reply)
        else:
            says(YES)(reply)

    return behave


def ask_everything(client: httpx.Client) -> tuple[dict[str, dict[str, Any]], list[httpx.Response]]:
    """Asks by every way, rightly and wrongly: the answers, and all responses."""
    responses = []

    def send(method: str, path: str, **more: Any) -> httpx.Response:
        responses.append(client.request(method, path, **more))
        return responses[-1]

    asked = {"question": QUESTION, "conversation_id": CANARY}
    headers = {"traceparent": TRACEPARENT, "X-Request-Id": REQUEST}
    whole = send("POST", "/v1/ask", json=asked, headers=headers).json()
    streamed = send("POST", "/v1/ask", json=asked | {"stream": True}, headers={"traceparent": TRACEPARENT}).text
    failing = send("POST", "/v1/ask", json={"question": f"{QUESTION} It fails."}).json()
    send("GET", f"/?q={CANARY}", headers={"traceparent": TRACEPARENT})
    send("POST", "/v1/search", json={"query": QUESTION})
    send("POST", "/v1/verify", json={"draft": f"{CANARY} paid 7 per cent."})
    send("POST", "/v1/feedback", json={"answer_id": whole["answer_id"], "rating": "up", "comment": CANARY})
    for wrong in (
        {"content": f'{{"question": "{CANARY}'},
        {"json": {"question": CANARY, "filters": {"languages": [CANARY]}}},
        {"json": {"question": f"{CANARY} " * 1000}},
        {"json": {"question": CANARY, "stream": "no"}},
        {"content": f'{{"question": "{CANARY} \\ud800"}}', "headers": {"Content-Type": "application/json"}},
        {"content": CANARY * 200_000},
    ):
        send("POST", "/v1/ask", **wrong)
    send("GET", f"/v1/{CANARY}?question={CANARY}", headers={"X-Request-Id": f"{CANARY}\t{CANARY}"})
    send("GET", f"/v1/conversations/{CANARY}")
    send("DELETE", f"/v1/conversations/{CANARY}")
    for name, content in (("report.md", f"# Report\n\n1. {CANARY} was there."), ("broken.pdf", f"%PDF-1.7 {CANARY}")):
        run = send("POST", "/v1/documents", files={"files": (name, content.encode())}).json()["run_id"]
        until(partial(_has_ended, client, run))
    for number, body in enumerate(
        (event_body(mention(QUESTION)), command_body("/reform", QUESTION), command_body("/other", QUESTION))
    ):
        sent = signed(
            body, content_types=(b"application/json" if not number else b"application/x-www-form-urlencoded",)
        )
        send("POST", "/slack/events", content=sent.body, headers=list(sent.headers))
    last = json.loads(streamed.rstrip().rpartition("data: ")[2])
    return {"whole": whole, "streamed": last, "failing": failing}, responses


def test_a_question_is_traced_through_its_stages_in_the_trace_that_the_asker_names(done: Done) -> None:
    for way in ("whole", "streamed"):
        assert done.answers[way]["state"] == "answered", done.answers[way]
    spans = done.spans(TRACE)
    questions = [span for span in spans if span.name == "question"]
    assert [span.attributes["reformbot.answer_id"] for span in questions] == [
        done.answers[way]["answer_id"] for way in ("whole", "streamed")
    ]
    assert {span.parent for span in questions} == {"POST /v1/ask"}
    within = {span.name: span.parent for span in spans}
    assert within.keys() >= set(ASKED)
    assert {name: within[name] for name in ASKED} == {
        "understand": "question",
        "search": "question",
        "embed_question": "question",
        "candidates": "search",
        "fuse": "search",
        "read": "question",
        "write": "question",
        "verify": within["verify"],
        "keep": "question",
    }
    assert within["verify"] in ("question", "write")
    assert done.collector.services == {"reformbot"}
    assert set(done.collector.paths) == {"/v1/traces"}


def test_a_refresh_is_traced_through_its_stages(done: Done) -> None:
    first = next(span for span in done.collector.spans if span.name == "refresh")
    spans = done.spans(first.trace)
    assert {span.name for span in spans} >= set(REFRESHED)
    assert {span.parent for span in spans if span.name in REFRESHED} == {"refresh"}
    failed = [span.name for span in done.collector.spans if span.failed and span.name in REFRESHED]
    assert failed == ["read_file"], "of the broken file"


def test_no_span_holds_a_word_of_what_was_asked(done: Done) -> None:
    sent = b"".join(done.collector.bodies)
    assert b"GET /" in sent
    assert "url.query" in sent.decode("latin-1")
    paths = {span.attributes.get("url.path") for span in done.collector.spans}
    assert CANARY.encode() not in sent.replace(f"/v1/{CANARY}".encode(), b"").replace(
        f"/v1/conversations/{CANARY}".encode(), b""
    ), paths


def test_each_line_of_the_log_is_an_object_with_ids_and_no_word_of_what_was_asked(done: Done) -> None:
    lines = done.lines
    assert len(lines) > 3
    assert all({"time", "level", "logger", "message"} <= line.keys() for line in lines)
    assert CANARY not in done.log
    [failed] = [line for line in lines if "chat model failed" in line["message"]]
    assert failed["answer_id"] == done.answers["failing"]["answer_id"]
    assert len(failed["trace_id"]) == 32
    assert failed["request_id"]


def test_each_response_has_a_request_id_the_senders_where_that_is_harmless(done: Done) -> None:
    ids = [response.headers["x-request-id"] for response in done.responses]
    assert ids[0] == REQUEST
    assert len(set(ids)) == len(ids)
    assert CANARY not in "".join(ids)
