"""The commands, from their arguments to their output and exit code."""

import json
import shutil
import signal
import threading
import time
import tomllib
from collections.abc import Callable, Iterator
from contextlib import closing
from http.client import HTTPConnection
from importlib.metadata import distributions
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from starlette.responses import Response
from typer.testing import CliRunner, Result

from bot.cli import app
from bot.commands.client import connect
from bot.operations.folder import Address, CommandError, Ownership, announced, find_address
from bot.settings import BotSettings
from tests.bot.processes import ROOT, started, until
from tests.bot.scripted_server import ANSWER, FINISHED, Script, problem, reply, scripted_server, stream
from tests.conftest import SAMPLES
from vectorstore.settings import IndexSettings

Run = Callable[..., Result]
QUESTION = "Who chairs the regional collaborative platforms?"


def runner(settings: IndexSettings) -> Run:
    """Runs commands in this process on an index folder; what they print is neither coloured nor a terminal's."""
    assert settings.models_path
    folders = {"INDEX_PATH": str(settings.path), "INDEX_MODELS_PATH": str(settings.models_path)}

    def run(*arguments: str, typed: str | None = None, **environment: str) -> Result:
        return CliRunner().invoke(app, list(arguments), input=typed, env=folders | environment)

    return run


@pytest.fixture
def run(index_settings: IndexSettings) -> Run:
    return runner(index_settings)


@pytest.fixture
def script(index_settings: IndexSettings) -> Iterator[Script]:
    with scripted_server(index_settings.path, Script()) as scripted:
        yield scripted


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of two reports and of two files that can't be read."""
    folder = tmp_path_factory.mktemp("reports")
    for name in ("SAMPLE_2022_3.en.pdf", "SAMPLE_2022_3.fr.docx"):
        shutil.copy(SAMPLES / name, folder)
    (folder / "empty.pdf").touch()
    (folder / "broken.pdf").write_text("not a PDF")
    return folder


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory, models_path: Path, reports: Path) -> Iterator[Run]:
    """Runs commands on an index that a command made of the reports; then one server goes on, to save time."""
    settings = IndexSettings(path=tmp_path_factory.mktemp("cli") / "data", models_path=models_path)
    run = runner(settings)
    result = run("ingest", str(reports))
    counts, failed = result.stdout.split("failed\treason\n")
    assert counts == "new\tchanged\tunchanged\tremoved\tfailed\tmoved\n2\t0\t0\t0\t2\t0\n"
    assert [Path(line.split("\t")[0]).name for line in failed.splitlines()] == ["broken.pdf", "empty.pdf"]
    assert "The file is empty" in failed
    assert result.exit_code == 1
    with connect(settings, BotSettings()) as client:
        token = client.headers["Authorization"].removeprefix("Bearer ")
        with announced(settings.path, Address(str(client.base_url), token)):
            yield run


# On the real service, with the sample reports


def test_second_ingest_finds_all_unchanged(samples: Run, reports: Path) -> None:
    run = json.loads(samples("ingest", str(reports), "--json").stdout)
    assert (run["state"], run["unchanged"], run["passages_embedded"]) == ("done", 2, 0)
    assert (run["new"], run["changed"], run["removed"], len(run["failed"])) == (0, 0, 0, 2)


def test_answer_in_a_pipe_is_plain_text_with_numbered_citations(samples: Run) -> None:
    result = samples("ask", QUESTION)
    assert result.exit_code == 0
    assert "[1] SAMPLE/2022/3, para. 4 (en, page 1)\n    “" in result.stdout
    assert "Deputy Secretary-General" in result.stdout
    assert "; newest report on this: SAMPLE/2022/3 of 14 March 2022 · extractive\n" in result.stdout
    assert "\x1b" not in result.output


def test_answer_as_json_is_the_object_of_the_api(samples: Run) -> None:
    answer = json.loads(samples("ask", QUESTION, "--json").stdout)
    assert answer["citations"][0]["label"] == "SAMPLE/2022/3, para. 4"
    assert answer["question"] == QUESTION


def test_answer_in_a_terminal_is_streamed_and_shown_whole_at_the_end(samples: Run) -> None:
    result = samples("ask", QUESTION, FORCE_COLOR="1")
    assert "Searching the reports" in result.stdout
    assert "SAMPLE/2022/3, para. 4" in result.stdout.split("Searching the reports")[-1]
    assert result.exit_code == 0


def test_language_of_the_answer_can_be_chosen(samples: Run) -> None:
    assert json.loads(samples("ask", QUESTION, "--language", "fr", "--json").stdout)["language"] == "fr"


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("", "The question is empty: write what you want to know from the reports."),
        ("a" * 100_000, "The question has 100,000 characters; at most 2,000 are taken. Ask for one thing."),
    ],
    ids=["empty", "too long"],
)
def test_question_that_cannot_be_asked_is_misuse(samples: Run, question: str, sentence: str) -> None:
    result = samples("ask", question)
    assert (result.stderr.strip(), result.exit_code) == (sentence, 2)


def test_search_ranks_paragraphs(samples: Run) -> None:
    heading, *rows = samples("search", QUESTION, "-n", "3").stdout.splitlines()
    assert heading.split("\t") == ["", "score", "paragraph", "language", "text"]
    assert [row.split("\t")[0] for row in rows] == ["1", "2", "3"]
    assert rows[0].split("\t")[2] == "SAMPLE/2022/3, para. 4"


def test_search_as_json_is_the_object_of_the_api(samples: Run) -> None:
    results = json.loads(samples("search", QUESTION, "-n", "2", "--json").stdout)["results"]
    assert len(results) == 2
    assert "Deputy Secretary-General" in results[0]["text"]


def test_status_tells_what_is_in_the_index(samples: Run) -> None:
    told = samples("status").stdout
    assert "Documents: 2, " in told
    assert "Languages: en 1, fr 1\n" in told
    assert "Embedding model: multilingual-e5-small\n" in told
    assert "Last refresh: 20" in told


def test_status_of_a_report_tells_how_it_was_read(samples: Run) -> None:
    told = samples("status", "SAMPLE/2022/3").stdout
    for line in ("Symbol: SAMPLE/2022/3 (", "Distribution: General (first page)", "Missing numbers: none", "Tables: "):
        assert f"\n{line}" in told
    assert json.loads(samples("status", "SAMPLE/2022/3", "--json").stdout)["report"]["ocr_pages"] == 0
    unknown = samples("status", "A/1/1")
    assert (unknown.exit_code, "holds no document A/1/1" in unknown.stderr) == (2, True)


def test_history_lists_the_refreshes(samples: Run) -> None:
    heading, *rows = samples("history").stdout.splitlines()
    assert heading == "run\tstarted\tstate\twhat changed"
    assert rows[-1].split("\t")[2:] == ["done", "2 new, 2 failed; 0 unchanged."]


def test_conversation_goes_on_after_an_error(samples: Run) -> None:
    result = samples("chat", typed=f"{'a' * 3000}\n\n{QUESTION}\n")
    assert "The question has 3,000 characters" in result.stderr
    assert "SAMPLE/2022/3, para. 4" in result.stdout
    assert result.exit_code == 0


def test_index_of_another_model_is_refused_with_a_sentence(run: Run, index_settings: IndexSettings) -> None:
    assert run("status").exit_code == 0
    other = run("status", INDEX_EMBEDDING_MODEL="other", INDEX_EMBEDDING_URL="http://127.0.0.1:9/v1")
    assert other.exit_code == 2
    assert "Traceback" not in other.output
    assert other.stderr.strip().endswith(".")


# A server that owns the folder


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, models_path: Path) -> Iterator[IndexSettings]:
    """The settings of a folder that `reformbot serve` owns, in a process of its own."""
    settings = IndexSettings(path=tmp_path_factory.mktemp("served") / "data", models_path=models_path)
    process = started("serve", settings=settings, BOT_PORT="0")
    until(lambda: find_address(settings.path) is not None or process.poll() is not None)
    yield settings
    process.send_signal(signal.SIGTERM)
    _, log = process.communicate(timeout=30)
    assert process.returncode == 0, log
    assert find_address(settings.path) is None
    assert "coordination levy" not in log


def test_commands_go_through_the_server_that_owns_the_folder(served: IndexSettings) -> None:
    run = runner(served)
    assert run("ingest", str(SAMPLES / "SAMPLE_RES_2022_1.en.md")).exit_code == 0
    assert "coordination levy" in run("search", "coordination levy").stdout
    assert not Ownership(served.path).take()


def test_document_is_taken_out_and_an_unknown_one_is_reported(served: IndexSettings) -> None:
    run, report = runner(served), SAMPLES / "SAMPLE_RES_2022_1.en.md"
    assert run("ingest", str(report)).exit_code == 0
    document_id = json.loads(run("search", "coordination levy", "--json").stdout)["results"][0]["document_id"]
    result = run("remove", "unknown", document_id)
    assert result.stdout.splitlines()[1].split("\t") == ["0", "0", "0", "1", "0", "0"]
    assert (result.stderr, result.exit_code) == ("unknown: The index holds no document with this id.\n", 1)
    assert json.loads(run("search", "coordination levy", "--json").stdout)["results"] == []


def test_folder_is_mirrored_when_asked(served: IndexSettings, tmp_path: Path) -> None:
    run, folder = runner(served), tmp_path / "reports"
    folder.mkdir()
    (folder / "gone.md").write_bytes((SAMPLES / "SAMPLE_RES_2022_1.en.md").read_bytes())
    run("ingest", str(folder))
    (folder / "gone.md").unlink()
    assert json.loads(run("ingest", str(folder), "--json").stdout)["removed"] == 0
    assert json.loads(run("ingest", str(folder), "--replace-folder", "--json").stdout)["removed"] == 1


def test_a_draft_is_checked_in_the_terminal(served: IndexSettings, tmp_path: Path) -> None:
    run = runner(served)
    draft = tmp_path / "note.md"
    draft.write_text("The moon is made of cheese.", encoding="utf-8")
    result = run("verify", str(draft))
    assert result.exit_code == 1
    assert "✗ The moon is made of cheese." in result.stdout
    assert "0 of 1 sentences are supported." in result.stdout
    assert json.loads(run("verify", str(draft), "--json").stdout)["claims"][0]["supported"] is False


def test_a_draft_that_cannot_be_read_gets_a_sentence(served: IndexSettings, tmp_path: Path) -> None:
    picture = tmp_path / "picture.png"
    picture.write_bytes(b"\x89PNG\xff\xfe")
    for path, reason in ((picture, "is not text in UTF-8"), (tmp_path / "gone.md", "cannot be read")):
        result = runner(served)("verify", str(path))
        assert result.exit_code == 2
        assert reason in result.stderr


def test_idle_connection_is_kept_longer_than_clients_and_proxies_keep_theirs(served: IndexSettings) -> None:
    assert runner(served)("status").exit_code == 0  # waits for the server
    address = find_address(served.path)
    assert address
    with closing(HTTPConnection(urlsplit(address.url).netloc)) as connection:
        for pause_seconds in (6, 0):  # uvicorn's own limit is 5 s
            connection.request("GET", "/healthz")
            assert connection.getresponse().read() == b'{"status":"alive"}'
            time.sleep(pause_seconds)


def test_second_server_on_a_folder_is_refused(served: IndexSettings) -> None:
    address = find_address(served.path)
    assert address
    result = runner(served)("serve")
    assert result.exit_code == 2
    assert f"A server at {address.url} is using the folder {served.path}" in result.stderr


def test_address_of_the_server_is_for_its_user_only(served: IndexSettings) -> None:
    assert (served.path / "server.json").stat().st_mode & 0o777 == 0o600


def test_address_that_is_taken_is_refused(run: Run, served: IndexSettings) -> None:
    address = find_address(served.path)
    assert address
    port = address.url.rsplit(":", 1)[1]
    result = run("serve", BOT_PORT=port)
    assert result.exit_code == 2
    assert f"The address 127.0.0.1, port {port}, cannot be served on" in result.stderr


# Waiting for the folder


def test_command_waits_for_another_that_owns_the_folder(index_settings: IndexSettings) -> None:
    other = Ownership(index_settings.path)
    assert other.take()
    told: list[str] = []

    def tell(sentence: str) -> None:
        told.append(sentence)
        threading.Timer(0.2, other.free).start()

    with connect(index_settings, BotSettings(), tell=tell) as client:
        assert client.get("/readyz").status_code == 200
    assert told == [f"Another reformbot command is using the folder {index_settings.path}; waiting for it to end …"]


def test_command_gives_up_waiting_and_says_what_to_do(index_settings: IndexSettings) -> None:
    other = Ownership(index_settings.path)
    assert other.take()
    with (
        pytest.raises(CommandError, match="try again when it has ended"),
        connect(index_settings, BotSettings(), wait_seconds=0.2),
    ):
        pass
    other.free()


def test_address_left_by_a_server_that_was_killed_is_ignored(index_settings: IndexSettings) -> None:
    killed = Ownership(index_settings.path)
    with announced(index_settings.path, Address("http://127.0.0.1:9", "old")):
        with connect(index_settings, BotSettings()) as client:
            assert client.get("/readyz").status_code == 200
        assert find_address(index_settings.path) is None
    assert killed.take()
    killed.free()


# What a server may answer


def test_citation_shows_label_language_page_quote_translation_and_successor(run: Run, script: Script) -> None:
    script.on("POST /v1/ask", reply(ANSWER))
    assert run("ask", "How many?").stdout == (
        "Twenty-five [1].\n\n"
        "[1] SAMPLE/2021/1, para. 4 (zh, page 2) superseded by SAMPLE/2021/1/Rev.1\n"
        "    “二十五项”\n"
        "    Unofficial translation: “twenty-five”\n\n"
        "As of 20 November 2026 · a-model\n"
    )


def test_abstention_shows_the_reason_and_the_nearest_paragraphs(run: Run, script: Script) -> None:
    near = ANSWER["citations"][0] | {"marker": None, "superseded_by": None, "translation": None, "page": None}
    reason = "The reports do not say."
    abstention = ANSWER | {"answer": reason, "abstained": True, "reason": reason, "citations": [], "nearest": [near]}
    script.on("POST /v1/ask", reply(abstention))
    result = run("ask", "How many?")
    assert result.stdout == (
        "The reports do not say.\n\nNearest paragraphs:\n\n"
        "• SAMPLE/2021/1, para. 4 (zh)\n"
        "    “二十五项”\n\n"
        "As of 20 November 2026 · a-model\n"
    )
    assert result.exit_code == 0


def test_words_of_a_report_cannot_steer_the_terminal(run: Run, script: Script) -> None:
    script.on("POST /v1/ask", reply(ANSWER | {"answer": "red\x1b[31m \x9b2J [bold]bold[/bold] [1]."}))
    assert run("ask", "How many?").stdout.startswith("red[31m 2J [bold]bold[/bold] [1].\n")


def test_only_the_verified_answer_stays_and_line_separators_do_not_break_the_stream(run: Run, script: Script) -> None:
    verified = ANSWER | {"answer": "Verified\u2028words [1]."}
    script.on("POST /v1/ask", stream(("status", {"text": "Reading"}), ("token", {"text": "Ten"}), ("answer", verified)))
    result = run("ask", "How many?", FORCE_COLOR="1")
    assert "Verified\u2028words [1]." in result.stdout
    assert result.exit_code == 0


@pytest.mark.parametrize(
    ("events", "sentence"),
    [
        ([("token", {"text": "Ten"}), ("error", {"detail": "Try again soon."})], "Try again soon."),
        ([("token", {"text": "Ten"})], "The connection to the server ended before the answer was there; ask again."),
    ],
    ids=["error event", "no answer"],
)
def test_stream_that_fails_ends_with_a_sentence(
    run: Run, script: Script, events: list[tuple[str, dict[str, Any]]], sentence: str
) -> None:
    script.on("POST /v1/ask", stream(*events))
    result = run("ask", "How many?", FORCE_COLOR="1")
    assert result.stderr.endswith(f"{sentence}\n")
    assert result.exit_code == 1


@pytest.mark.parametrize(("status", "exit_code"), [(422, 2), (401, 1), (503, 1)])
def test_refusal_is_told_in_the_words_of_the_server(run: Run, script: Script, status: int, exit_code: int) -> None:
    script.on("GET /v1/status", problem("Do this.", status))
    result = run("status")
    assert (result.stdout, result.stderr, result.exit_code) == ("", "Do this.\n", exit_code)


def test_connection_that_is_lost_is_told_in_a_sentence(run: Run, script: Script) -> None:
    script.on("GET /v1/status", Response("{", headers={"Content-Length": "100"}))
    result = run("status")
    assert result.stderr == "The connection to the server was lost: check that it still runs, then try again.\n"
    assert result.exit_code == 1


def test_conversation_is_kept_from_question_to_question(run: Run, script: Script) -> None:
    script.on("POST /v1/ask", reply(ANSWER))
    run("chat", "--language", "es", typed="How many?\nAnd where?\n")
    assert script.requests == [
        ("POST /v1/ask", {"question": "How many?", "language": "es", "conversation_id": None}),
        ("POST /v1/ask", {"question": "And where?", "language": "es", "conversation_id": "c1"}),
    ]


def test_conversation_is_begun_anew_and_forgotten(run: Run, script: Script) -> None:
    script.on("POST /v1/ask", reply(ANSWER))
    script.on("DELETE /v1/conversations/c1", Response(status_code=204))
    result = run("chat", typed="/forget\nOne?\n/new\nTwo?\n/forget\nThree?\n/sing\nexit\nFour?\n")
    sent = [(call, body.get("question"), body.get("conversation_id")) for call, body in script.requests]
    assert sent == [
        ("POST /v1/ask", "One?", None),
        ("POST /v1/ask", "Two?", None),
        ("DELETE /v1/conversations/c1", None, None),
        ("POST /v1/ask", "Three?", None),
    ]
    assert result.stdout.count("The questions and answers of this conversation are deleted.") == 1
    assert result.stderr == 'There is no command /sing: "/help" tells which there are.\n'
    assert result.exit_code == 0


def test_ingest_names_absolute_paths(run: Run, script: Script, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "report.md").touch()
    script.on("POST /v1/refresh", reply({"run_id": "r1"}, 202))
    script.on("GET /v1/refresh/r1", reply(FINISHED | {"state": "running", "files_done": 0}), reply(FINISHED))
    assert run("ingest", "report.md").exit_code == 0
    asked = {"paths": [str(tmp_path / "report.md")], "replace_folder": False, "force": False, "dry_run": False}
    assert script.requests[0][1] == asked


def test_ingest_shows_progress_in_a_terminal(run: Run, script: Script) -> None:
    script.on("POST /v1/refresh", reply({"run_id": "r1"}, 202))
    reading = (
        FINISHED
        | {"state": "running", "files": 4, "files_done": 1, "passages": 40, "passages_embedded": 12}
        | {"seconds_left": 65.0}
    )
    script.on("GET /v1/refresh/r1", *[reply(reading)] * 3, reply(FINISHED))
    shown = run("ingest", str(SAMPLES), FORCE_COLOR="1").stderr
    assert "Reading" in shown
    assert "12 of 40 passages" in shown
    assert "1:05 left" in shown


def test_refresh_that_failed_as_a_whole_says_why(run: Run, script: Script) -> None:
    script.on("POST /v1/refresh", reply({"run_id": "r1"}, 202))
    script.on("GET /v1/refresh/r1", reply(FINISHED | {"state": "failed", "new": 0, "digest": "The disk is full."}))
    result = run("ingest", str(SAMPLES))
    assert "The disk is full." in result.stdout
    assert result.exit_code == 1


# Misuse


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["ingest"], "Missing argument"),
        (["ingest", "no/such/file"], "There is no file or folder no/such/file."),
        (["search", "x", "-n", "0"], "Invalid value for"),
        (["ask", "x", "--language", "de"], "Invalid value for '--language'"),
        (["aks", "x"], "No such command 'aks'"),
    ],
    ids=["no path", "no such path", "no results wanted", "no such language", "no such command"],
)
def test_misuse_ends_with_two(run: Run, arguments: list[str], words: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert words in result.stderr


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"BOT_PORT": "many"}, "BOT_PORT: the value should be a valid integer"),
        ({"INDEX_EMBEDDING_THREADS": "0"}, "INDEX_EMBEDDING_THREADS: the value should be greater than or equal to 1."),
        ({"INDEX_PATH": "/dev/null/data"}, "The folder /dev/null/data cannot be used (Not a directory)"),
    ],
    ids=["no number", "too small", "no folder"],
)
def test_setting_that_cannot_work_is_named(run: Run, environment: dict[str, str], sentence: str) -> None:
    result = run("status", **environment)
    assert result.stderr.startswith(sentence)
    assert len(result.stderr.splitlines()) == 1
    assert result.exit_code == 2


def test_text_that_is_not_utf8_is_refused_with_a_sentence(run: Run, script: Script) -> None:
    result = run("ask", "\udcff?")
    assert result.stderr.startswith("The text is not valid UTF-8")
    assert result.exit_code == 2


@pytest.mark.skipif(not list(distributions(name="reformbot")), reason="the package is not installed")
def test_version_is_that_of_the_package(run: Run) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert run("--version").stdout == f"{project['version']}\n"


# In processes of their own


def test_interrupted_ingest_says_what_is_kept(index_settings: IndexSettings, script: Script) -> None:
    script.on("POST /v1/refresh", reply({"run_id": "r1"}, 202))
    script.on("GET /v1/refresh/r1", reply(FINISHED | {"state": "running"}))
    process = started("ingest", str(SAMPLES), settings=index_settings)
    until(lambda: len(script.requests) > 1)
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=30)
    assert "What has been read is kept" in told
    assert process.returncode == 130
