"""Searches in processes of their own: the same is found, and a process that dies costs no answer."""

import multiprocessing
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest
from fastapi.testclient import TestClient

from bot.operations.search_processes import SearchProcesses
from bot.service import Service, build_service
from bot.settings import BotSettings
from tests.bot.processes import started, until
from tests.bot.test_metrics import sample, told
from tests.conftest import api_client, ingest
from vectorstore.search import Filters
from vectorstore.settings import IndexSettings

QUESTIONS = (
    ("How much is the coordination levy?", "en"),
    ("¿Quién preside la junta de coordinación?", "es"),
    ("2021 年完成了多少项共同国家分析？", "zh"),
)
FRESH = "The Harbour Fund was opened on 3 March 2024 with 512 contributors."


@pytest.fixture
def service(tmp_path: Path, models_path: Path, sample_index: Path) -> Iterator[Service]:
    settings = IndexSettings(path=copytree(sample_index, tmp_path / "data"), models_path=models_path)
    built = build_service(settings, BotSettings(), search_processes=1)
    yield built
    built.close()


@pytest.fixture
def client(service: Service) -> Iterator[TestClient]:
    ready(service)
    with api_client(service) as opened:
        yield opened


def ready(service: Service) -> None:
    processes = service.search_processes
    assert processes
    until(lambda: processes.is_ready)


def asked(client: TestClient, question: str) -> str:
    return str(client.post("/v1/ask", json={"question": question}).raise_for_status().json()["answer"])


def test_what_another_process_finds_is_what_this_one_finds(service: Service, sample_service: Service) -> None:
    ready(service)
    for text, language in QUESTIONS:
        query = service.search.prepare(text, language)
        for filters in (Filters(), Filters(languages=("en", "fr"), from_date="2020")):
            with service.library.reading() as generation, sample_service.library.reading() as same:
                assert generation
                assert same
                found = service.search.find(generation, query, filters=filters, limit=5)
                here = sample_service.search.find(same, query, filters=filters, limit=5)
            assert [one.paragraph for one in found] == [one.paragraph for one in here]
            assert [one.score for one in found] == pytest.approx([one.score for one in here])  # sums in another order


def test_questions_are_answered_before_the_processes_are_ready(service: Service) -> None:
    with api_client(service) as client:
        assert "1 per cent" in asked(client, QUESTIONS[0][0])


def test_a_process_that_is_killed_costs_no_answer_and_another_takes_its_place(
    service: Service, client: TestClient
) -> None:
    for process in multiprocessing.active_children():
        assert process.pid
        os.kill(process.pid, signal.SIGKILL)
    assert "1 per cent" in asked(client, QUESTIONS[0][0])
    ready(service)
    assert asked(client, QUESTIONS[1][0])
    assert multiprocessing.active_children()


def test_the_next_generation_is_searched_as_soon_as_it_is_there(
    service: Service, client: TestClient, tmp_path: Path
) -> None:
    asked(client, QUESTIONS[0][0])
    report = tmp_path / "harbour.txt"
    report.write_text(f"1. {FRESH}\n", encoding="utf-8")
    assert ingest(service, report).new == 1
    assert "512" in asked(client, "How many contributors did the Harbour Fund have?")


def test_operators_see_the_stages_of_a_search_in_another_process(client: TestClient) -> None:
    before = told(client)
    asked(client, QUESTIONS[2][0])
    gained = told(client) - before
    for stage in ("search", "candidates", "fuse"):
        assert gained[sample("stage_seconds_count", stage=stage)] == 1, stage


@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux which processes there are")
def test_a_server_that_is_killed_leaves_no_process_behind(
    tmp_path: Path, models_path: Path, sample_index: Path
) -> None:
    settings = IndexSettings(path=copytree(sample_index, tmp_path / "data"), models_path=models_path)
    with (tmp_path / "log").open("w") as log:
        server = started("serve", settings=settings, BOT_PORT="0", BOT_SEARCH_PROCESSES="2", stdout=log, stderr=log)
    until(lambda: len(searching(server.pid)) == 2)
    children = searching(server.pid)
    server.kill()
    server.wait()
    until(lambda: not any(Path(f"/proc/{child}").exists() for child in children))


def searching(parent: int) -> set[int]:
    """The search processes of a server."""
    tasks = Path(f"/proc/{parent}/task").glob("*/children")
    children = [child for task in tasks for child in task.read_text().split()]
    return {int(child) for child in children if "spawn_main" in Path(f"/proc/{child}/cmdline").read_text()}


def test_where_no_process_can_be_started_this_one_searches(
    sample_service: Service, caplog: pytest.LogCaptureFixture
) -> None:
    nowhere = sample_service.index_settings.model_copy(update={"database_url": "sqlite:////nowhere/catalogue.sqlite"})
    processes = SearchProcesses(sample_service.search, nowhere, 1)
    until(lambda: "cannot be started" in caplog.text)
    query = processes.prepare(*QUESTIONS[0])
    with sample_service.library.reading() as generation:
        assert generation
        assert processes.find(generation, query, filters=Filters(), limit=3)
    assert not processes.is_ready
    processes.close()
