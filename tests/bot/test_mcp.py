"""The tools for other assistants, called by the protocol's own client from a process of their own."""

import json
import subprocess
import sys
from pathlib import Path
from shutil import copytree
from typing import Any

import anyio
import pytest
from mcp import Client, StdioServerParameters, stdio_client

from prompts import phrase
from tests.bot.processes import ROOT

QUESTION = "How much is the coordination levy?"
BASE_URL = "https://reform.example"
COMMAND = ("-c", "from bot.cli import main; main()", "mcp")


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory, models_path: Path, sample_index: Path) -> dict[str, str]:
    """Of a command that opens the sample reports by itself, as no server runs."""
    index = copytree(sample_index, tmp_path_factory.mktemp("mcp") / "data")
    places = {"INDEX_PATH": str(index), "INDEX_MODELS_PATH": str(models_path), "PYTHONPATH": str(ROOT)}
    return places | {"BOT_BASE_URL": BASE_URL}


@pytest.fixture(scope="module")
def told(environment: dict[str, str]) -> dict[str, Any]:
    """What the tools answer, all called in one session."""

    async def session() -> dict[str, Any]:
        parameters = StdioServerParameters(command=sys.executable, args=list(COMMAND), env=environment)
        async with Client(stdio_client(parameters)) as client:
            ask = await client.call_tool("ask", {"question": QUESTION})
            first = ask.structured_content
            assert first
            follow_up = {"question": "And which organ decided on it?", "conversation_id": first["conversation_id"]}
            document = first["citations"][0]["document_id"]
            calls = {
                "follow_up": ("ask", follow_up),
                "filtered": ("ask", {"question": QUESTION, "symbols": ["SAMPLE/RES/2022/1"], "language": "fr"}),
                "unknown": ("ask", {"question": "How many unicorns live on the Moon?"}),
                "search": ("search", {"query": "coordination levy", "limit": 3}),
                "read": ("read_paragraph", {"document": "SAMPLE/RES/2022/1", "paragraph": "7"}),
                "read_by_id": ("read_paragraph", {"document": document, "paragraph": "11", "around": 0}),
                "empty": ("ask", {"question": " "}),
                "no_document": ("read_paragraph", {"document": "A/1/1", "paragraph": "1"}),
                "no_paragraph": ("read_paragraph", {"document": "SAMPLE/RES/2022/1", "paragraph": "99"}),
                "bad_limit": ("search", {"query": "levy", "limit": 1000}),
            }
            answers = {name: await client.call_tool(*call) for name, call in calls.items()}
            return {"tools": (await client.list_tools()).tools, "ask": ask} | answers

    return anyio.run(session)


def content(told: dict[str, Any], name: str) -> dict[str, Any]:
    assert not told[name].is_error, told[name]
    return dict(told[name].structured_content)


def sentence(told: dict[str, Any], name: str) -> str:
    assert told[name].is_error
    return str(told[name].content[0].text)


def test_tools_say_what_they_take_and_give(told: dict[str, Any]) -> None:
    assert [tool.name for tool in told["tools"]] == ["ask", "search", "read_paragraph"]
    for tool in told["tools"]:
        assert tool.description
        assert tool.annotations.read_only_hint
        assert all("description" in each for each in tool.input_schema["properties"].values()), tool.input_schema
        assert tool.output_schema["properties"]


def test_an_answer_has_its_citations_with_label_quote_and_link(told: dict[str, Any]) -> None:
    answer = content(told, "ask")
    assert not answer["abstained"]
    assert answer["link"].startswith(f"{BASE_URL}/answers/")
    for citation in answer["citations"]:
        assert f"“{citation['quote']}” [{citation['marker']}]" in answer["answer"]
        assert citation["label"].startswith("SAMPLE/")
        assert citation["link"].startswith(f"{BASE_URL}/documents/{citation['document_id']}#")


def test_a_question_may_follow_on_from_another(told: dict[str, Any]) -> None:
    assert content(told, "follow_up")["conversation_id"] == content(told, "ask")["conversation_id"]
    assert "levy" in json.dumps(content(told, "follow_up"))


def test_an_answer_may_be_kept_to_some_reports_and_be_in_another_language(told: dict[str, Any]) -> None:
    answer = content(told, "filtered")
    assert {citation["label"].partition(",")[0] for citation in answer["citations"]} == {"SAMPLE/RES/2022/1"}
    assert answer["answer"].startswith(phrase("says", "fr"))


def test_what_the_reports_do_not_say_is_an_abstention(told: dict[str, Any]) -> None:
    answer = content(told, "unknown")
    assert (answer["abstained"], answer["citations"]) == (True, [])


def test_search_gives_whole_paragraphs(told: dict[str, Any]) -> None:
    results = content(told, "search")["results"]
    assert len(results) == 3
    assert all(result["quote"] in result["text"] and result["link"].startswith(BASE_URL) for result in results)


def test_a_paragraph_is_read_with_its_neighbours(told: dict[str, Any]) -> None:
    read = content(told, "read")
    labels = [paragraph["label"] for paragraph in read["paragraphs"]]
    assert labels == [f"SAMPLE/RES/2022/1, OP {n}" for n in (6, 7, 8)]
    assert (read["symbol"], read["status"]) == ("SAMPLE/RES/2022/1", "current")
    [alone] = content(told, "read_by_id")["paragraphs"]
    assert alone["label"] == content(told, "ask")["citations"][0]["label"]


def test_what_goes_wrong_is_a_sentence(told: dict[str, Any]) -> None:
    assert "The question is empty" in sentence(told, "empty")
    assert "The index holds no document A/1/1" in sentence(told, "no_document")
    assert "SAMPLE/RES/2022/1 has no paragraph 99" in sentence(told, "no_paragraph")
    assert "limit" in sentence(told, "bad_limit")


def test_nothing_but_the_protocol_is_on_the_output(environment: dict[str, str]) -> None:
    hello = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}}
    lines = [
        {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": hello},
        {"jsonrpc": "2.0", "method": "notifications/initialized"},
        {"jsonrpc": "2.0", "id": 2, "method": "tools/list"},
    ]
    with subprocess.Popen(
        [sys.executable, *COMMAND], env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as command:
        assert command.stdin
        assert command.stdout
        command.stdin.write("".join(f"{json.dumps(line)}\n" for line in lines))
        command.stdin.flush()
        answers = [command.stdout.readline(), command.stdout.readline()]
        command.stdin.close()  # which ends it
        answers += command.stdout.read().splitlines()
    assert command.returncode == 0
    assert [json.loads(line)["id"] for line in answers] == [1, 2]
