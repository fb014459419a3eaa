"""`reformbot doctor`: what is wrong is named with what to do, and the exit code tells."""

import json
import socket
from pathlib import Path
from shutil import copytree

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app
from tests.bot.model_server import Behaviour, model_server, refuses, says
from tests.bot.scripted_server import Script, reply, scripted_server
from tests.bot.slack.stand_in import BOT_TOKEN
from vectorstore.library import GENERATIONS
from vectorstore.settings import IndexSettings


@pytest.fixture
def settings(tmp_path: Path, models_path: Path, sample_index: Path) -> IndexSettings:
    """A folder with an index of the sample reports."""
    return IndexSettings(path=copytree(sample_index, tmp_path / "data"), models_path=models_path)


@pytest.fixture
def nobody() -> str:
    """An address of this machine where nobody answers."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return f"http://127.0.0.1:{taken.getsockname()[1]}"


def examined(settings: IndexSettings, *more: str, **environment: str) -> Result:
    folders = {"INDEX_PATH": str(settings.path), "INDEX_MODELS_PATH": str(settings.models_path)}
    return CliRunner().invoke(app, ["doctor", *more], env=folders | environment)


def problems(result: Result) -> list[tuple[str, str]]:
    """The parts with problems, and what is told of each."""
    assert "Traceback" not in result.output, result.output
    lines = [line.split("\t") for line in result.stdout.splitlines() if line.startswith("✗")]
    assert all(told and remedy for _, _, told, remedy in lines)
    return [(part, f"{told} {remedy}") for _, part, told, remedy in lines]


def test_a_set_up_that_lacks_nothing_ends_well(settings: IndexSettings, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "report.md").write_text("# Report")
    result = examined(settings, INDEX_FOLDERS=str(tmp_path / "in"))
    assert (problems(result), result.exit_code) == ([], 0)
    assert "in has 1 files." in result.stdout
    assert "every byte is as it was written" in result.stdout
    assert result.stdout.endswith("Nothing has to be mended.\n")


def test_the_same_in_json(settings: IndexSettings) -> None:
    told = json.loads(examined(settings, "--json").stdout)["findings"]
    assert all(one.keys() == {"part", "state", "text", "remedy"} for one in told)
    assert {"embedding model", "chat model", "catalogue", "index", "disk", "scans", "address", "keys", "Slack"} <= {
        one["part"] for one in told
    }
    assert {one["state"] for one in told} <= {"ok", "warning"}


def test_before_anything_is_taken_in_that_is_what_to_do(index_settings: IndexSettings) -> None:
    result = examined(index_settings)
    assert (problems(result), result.exit_code) == ([], 0)
    assert "Take reports in: reformbot ingest FOLDER." in result.stdout
    assert not index_settings.path.exists()


@pytest.mark.parametrize(
    ("part", "environment", "words"),
    [
        ("folders", {"INDEX_FOLDERS": "/no/such"}, "There is no folder /no/such."),
        ("fetch list", {"INDEX_FETCH_LIST": "/no/list"}, "The list /no/list cannot be opened"),
        ("traces", {"OTEL_EXPORTER_OTLP_ENDPOINT": "NOBODY"}, "takes OTLP over HTTP there"),
        ("embedding model", {"INDEX_EMBEDDING_URL": "NOBODY/v1"}, "multilingual-e5-small cannot be used."),
        ("chat model", {"BOT_MODEL": "nobody:a-model"}, "It takes provider:model"),
        ("chat model", {"BOT_MODEL": "openai:a", "BOT_MODEL_BASE_URL": "NOBODY/v1"}, "it cannot be reached"),
        ("catalogue", {"INDEX_DATABASE_URL": "sqlite:////no/such/file"}, "check INDEX_DATABASE_URL"),
        (
            "Slack",
            {"SLACK_BOT_TOKEN": BOT_TOKEN, "SLACK_APP_TOKEN": "xapp-1", "SLACK_API_URL": "NOBODY/api/"},
            "reached",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_what_is_wrong_is_named(
    settings: IndexSettings, nobody: str, part: str, environment: dict[str, str], words: str
) -> None:
    result = examined(
        settings, OPENAI_API_KEY="sk-secret", **{k: v.replace("NOBODY", nobody) for k, v in environment.items()}
    )
    [(named, told)] = problems(result)
    assert (named, words in told, result.exit_code) == (part, True, 1), told
    assert "sk-secret" not in result.output
    assert "1 to mend." in result.stdout


@pytest.mark.parametrize(
    ("behave", "wrong"), [(says("yes"), []), (refuses(401), ["its server answered with status 401"])], ids=["ok", "401"]
)
def test_the_chat_model_is_asked_for_a_word(settings: IndexSettings, behave: Behaviour, wrong: list[str]) -> None:
    with model_server(behave) as calls:
        model = {"BOT_MODEL": "openai:a", "BOT_MODEL_BASE_URL": calls.url, "OPENAI_API_KEY": "sk-secret"}
        found = problems(examined(settings, **model))
    assert [(part, words in told) for (part, told), words in zip(found, wrong, strict=True)] == [
        ("chat model", True) for _ in wrong
    ]
    assert len(calls.bodies) == 1


def test_a_damaged_index_is_named(settings: IndexSettings) -> None:
    file = next(path for path in (settings.path / GENERATIONS).rglob("*") if path.is_file() and path.stat().st_size)
    content = bytearray(file.read_bytes())
    content[-1] ^= 1
    file.write_bytes(content)
    [(part, told)] = problems(examined(settings))
    assert (part, "rebuilds the index from the catalogue" in told) == ("index", True)


def test_a_server_that_is_not_ready_is_named(settings: IndexSettings) -> None:
    with scripted_server(settings.path, Script()) as script:
        script.on("GET /readyz", reply({"ready": False, "parts": {"catalogue": True, "index": False}}, 503))
        [(part, told)] = problems(examined(settings))
    assert (part, "is not ready: index." in told) == ("server", True)


def test_a_key_that_can_be_guessed_and_links_that_lead_nowhere_are_told_of(settings: IndexSettings) -> None:
    result = examined(settings, BOT_HOST="0.0.0.0", BOT_API_KEYS="short")
    assert result.exit_code == 0
    assert "fewer than 20 characters" in result.stdout
    assert "Set BOT_BASE_URL" in result.stdout
    assert "short" not in result.stdout


def test_settings_that_cannot_be_are_told_as_everywhere(settings: IndexSettings) -> None:
    result = examined(settings, BOT_PORT="many")
    assert result.stderr.startswith("BOT_PORT: the value should be a valid integer")
    assert result.exit_code == 2
