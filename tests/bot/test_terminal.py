"""The command line at a terminal, and what it does where it is stopped or nobody reads it."""

import json
import os
import re
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.responses import Response, StreamingResponse
from typer.main import get_command
from typer.testing import CliRunner

from bot.cli import app
from bot.operations.folder import Ownership, find_address
from tests.bot.processes import environment, started
from tests.bot.scripted_server import ANSWER, FINISHED, Script, reply, scripted_server, stream
from tests.bot.terminals import READY, Terminal, plain
from tests.conftest import SAMPLES
from vectorstore.settings import IndexSettings

ANSWERED = stream(("status", {"text": "Reading"}), ("answer", ANSWER))
PASTED = "\x1b[200~{}\x1b[201~"
CTRL_C, CTRL_D, CTRL_R, UP, RIGHT = "\x03", "\x04", "\x12", "\x1b[A", "\x1b[C"


@pytest.fixture
def script(index_settings: IndexSettings) -> Iterator[Script]:
    with scripted_server(index_settings.path, Script()) as scripted:
        scripted.on("POST /v1/ask", ANSWERED)
        yield scripted


def asked(script: Script) -> list[str]:
    return [body["question"] for call, body in script.requests if call == "POST /v1/ask"]


# A conversation


def test_typed_questions_are_remembered_for_their_user_only_until_they_are_forgotten(
    index_settings: IndexSettings, script: Script
) -> None:
    script.on("DELETE /v1/conversations/c1", Response(status_code=204))
    kept = index_settings.path / "chat_history"
    first = Terminal("chat", settings=index_settings)
    first.ask("Long ago?")
    first.see("Twenty-five [1].")
    first.ask("exit")
    assert first.end() == 0
    assert [json.loads(line) for line in kept.read_text().splitlines()] == ["Long ago?"]
    assert kept.stat().st_mode & 0o777 == 0o600

    second = Terminal("chat", settings=index_settings)
    second.ask(UP)
    second.ask("Which one?")
    second.ask("/forget")
    second.see("are deleted.")
    second.ask(UP + "Is none left")
    second.ask(CTRL_D)
    assert second.end() == 0
    assert asked(script) == ["Long ago?", "Long ago?", "Which one?", "Is none left"]
    assert [json.loads(line) for line in kept.read_text().splitlines()] == ["Is none left"]


def test_questions_are_found_suggested_and_completed(index_settings: IndexSettings, script: Script) -> None:
    chat = Terminal("chat", settings=index_settings)
    chat.ask("What does A/RES/75/233 decide?")
    chat.ask(f"{CTRL_R}75/2\r")  # the first ends the search
    chat.see(READY)
    chat.type("What")
    chat.see(" does A/RES/75/233 decide?")  # suggested
    chat.type(f"{RIGHT}\r")
    chat.see(READY)
    chat.type("Who wrote A/R\t")
    chat.see("ES/75/233")
    chat.type("\r")
    chat.see(READY)
    chat.type("/")
    chat.see("deletes this conversation")  # the menu
    chat.type("\x15")
    chat.type(CTRL_D)
    assert chat.end() == 0
    assert asked(script) == ["What does A/RES/75/233 decide?"] * 3 + ["Who wrote A/RES/75/233"]


def test_pasted_lines_are_one_question_in_any_script(index_settings: IndexSettings, script: Script) -> None:
    chat = Terminal("chat", settings=index_settings, columns=40)
    chat.see(READY)
    chat.type(PASTED.format("What was decided?\nAnd by whom?") + "\r")
    chat.ask("协调费是多少？")
    chat.ask("كم تبلغ رسوم التنسيق؟")
    chat.ask(CTRL_D)
    assert chat.end() == 0
    assert asked(script) == ["What was decided?\nAnd by whom?", "协调费是多少？", "كم تبلغ رسوم التنسيق؟"]


def test_interrupt_clears_the_line_or_stops_the_answer_and_the_conversation_goes_on(
    index_settings: IndexSettings, script: Script
) -> None:
    release = threading.Event()
    script.on("POST /v1/ask", held(release), ANSWERED)
    chat = Terminal("chat", settings=index_settings)
    chat.see(READY)
    chat.type("Never ask")
    chat.see("Never ask")
    chat.type(CTRL_C)
    chat.ask("How long?")
    chat.see("Reading for long")
    chat.type(CTRL_C)
    chat.see("Stopped.")
    chat.ask("How many?")
    chat.see("Twenty-five [1].")
    chat.see(READY)
    chat.type(CTRL_C)
    chat.see("Ctrl-D ends the conversation.")
    chat.ask(CTRL_D)
    assert chat.end() == 0
    release.set()
    assert asked(script) == ["How long?", "How many?"]
    assert "Traceback" not in chat.shown


def held(release: threading.Event, *told: tuple[str, dict[str, Any]]) -> Response:
    """An answer on its way that does not come."""

    def events() -> Iterator[bytes]:
        yield bytes(stream(("status", {"text": "Reading for long"}), *told).body)
        release.wait(60)

    return StreamingResponse(events(), media_type="text/event-stream")


def test_what_is_typed_during_an_answer_is_asked_after_it(index_settings: IndexSettings, script: Script) -> None:
    release = threading.Event()
    script.on("POST /v1/ask", held(release), ANSWERED)
    chat = Terminal("chat", settings=index_settings)
    chat.ask("How long?")
    chat.see("Reading for long")
    chat.type("How many?\r")
    release.set()
    chat.see("ended before the answer was there; ask again.")
    chat.see("Twenty-five [1].")
    chat.ask(CTRL_D)
    assert chat.end() == 0


def test_nothing_is_remembered_where_that_is_not_wanted(index_settings: IndexSettings, script: Script) -> None:
    chat = Terminal("chat", "--no-history", settings=index_settings)
    chat.ask("Confidential?")
    chat.ask(UP)
    chat.ask(CTRL_D)
    assert chat.end() == 0
    assert asked(script) == ["Confidential?", "Confidential?"]
    assert not (index_settings.path / "chat_history").exists()


def test_conversation_goes_on_where_the_server_is_lost(index_settings: IndexSettings, script: Script) -> None:
    broken = Response(ANSWERED.body[:40], headers={"Content-Length": "1000"}, media_type="text/event-stream")
    script.on("POST /v1/ask", broken, ANSWERED)
    chat = Terminal("chat", settings=index_settings)
    chat.ask("How many?")
    chat.see("The connection to the server was lost: check that it still runs, then try again.")
    chat.ask("How many?")
    chat.see("Twenty-five [1].")
    chat.ask(CTRL_D)
    assert chat.end() == 0


# What is shown


def shown(settings: IndexSettings, *arguments: str, **more: str) -> str:
    """What a command shows in a terminal, with what steers it."""
    wanted = environment(settings, FORCE_COLOR="1", **more)
    result = CliRunner().invoke(app, list(arguments), env=wanted)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_citations_lead_to_their_paragraphs_on_the_pages_of_the_server(
    index_settings: IndexSettings, script: Script
) -> None:
    address = find_address(index_settings.path)
    assert address
    answer = shown(index_settings, "ask", "How many?")
    assert f";{address.url}/documents/d1#para-4\x1b\\" in answer  # https://iterm2.com/documentation-escape-codes.html
    elsewhere = shown(index_settings, "ask", "How many?", BOT_BASE_URL="https://bot.example.org/")
    assert ";https://bot.example.org/documents/d1#para-4\x1b\\" in elsewhere


def test_no_colour_is_shown_where_none_is_wanted(index_settings: IndexSettings, script: Script) -> None:
    colour = re.compile(r"\x1b\[(?:\d+;)*(?:3\d|9\d)m|\x1b\[(?:\d+;)+36m")
    assert colour.search(shown(index_settings, "ask", "How many?"))
    assert not colour.search(shown(index_settings, "ask", "How many?", NO_COLOR="1"))


def test_sentence_that_is_not_verified_yet_is_shown_dimly(index_settings: IndexSettings, script: Script) -> None:
    release = threading.Event()
    told = (("token", {"text": "It is ten [1]. It may be"}), ("verified", {"text": "It is ten [1]."}))
    script.on("POST /v1/ask", held(release, *told))
    ask = Terminal("ask", "How many?", settings=index_settings)
    ask.see("It may be")
    assert re.search(rb"It is ten \[1\]\.\s+\x1b\[2mIt may be", ask.raw)
    release.set()
    assert ask.end() == 1


def test_end_of_a_long_answer_on_its_way_stays_in_sight(index_settings: IndexSettings, script: Script) -> None:
    release = threading.Event()
    words = "\n".join(f"Line {number}." for number in range(200))
    script.on("POST /v1/ask", held(release, ("token", {"text": words})))
    ask = Terminal("ask", "How many?", settings=index_settings)
    ask.see("Line 199.")
    assert "Line 150." not in ask.shown
    release.set()
    assert ask.end() == 1


def test_nothing_is_cut_off_in_a_narrow_terminal(index_settings: IndexSettings, script: Script) -> None:
    run = {"run_id": "1a20a20ce15ab5", "started_at": "2026-11-20T09:00:00Z", "state": "done", "digest": "9 new."}
    script.on("GET /v1/refresh", reply({"runs": [run]}))
    result = ANSWER["citations"][0] | {"text": "Twenty-five analyses covering thirty-four countries.", "score": 11.57}
    script.on("POST /v1/search", reply({"results": [result]}))
    history = shown(index_settings, "history", COLUMNS="30", NO_COLOR="1")
    found = shown(index_settings, "search", "analyses", COLUMNS="30", NO_COLOR="1")
    for words, whole in ((history, "1a20a20ce15ab5"), (history, "2026-11-20 09:00 UTC"), (found, "thirty-four")):
        assert whole in words
        assert "…" not in words
    assert max(len(line) for line in plain(history + found).splitlines()) <= 30


def test_refresh_in_a_terminal_shows_its_stages_and_the_time_left(
    index_settings: IndexSettings, script: Script
) -> None:
    script.on("POST /v1/refresh", reply({"run_id": "r1"}, 202))
    begun = FINISHED | {"state": "running", "files": 4, "passages": 40}
    reading = begun | {"files_done": 1, "passages_embedded": 0}
    embedding = begun | {"files_done": 4, "passages_embedded": 12, "seconds_left": 3665.0}
    writing = begun | {"files_done": 4, "passages_embedded": 38}
    stages = [stage for stage in (reading, embedding, writing) for _ in range(2)]
    script.on("GET /v1/refresh/r1", *map(reply, stages), reply(FINISHED))
    ingest = Terminal("ingest", str(SAMPLES), settings=index_settings, columns=100)
    ingest.see("1/4 files, 0 of 40 passages embedded")
    ingest.see("4/4 files, 12 of 40 passages embedded, 12 a second, 1:01:05 left")
    ingest.see("Writing the index")
    assert ingest.end() == 0


# The ends of commands


def test_output_that_nobody_reads_ends_the_command_quietly(index_settings: IndexSettings, script: Script) -> None:
    script.on("POST /v1/ask", reply(ANSWER))
    for arguments in (["ask", "How many?"], ["ask", "How many?", "--json"]):
        read, written = os.pipe()
        os.close(read)
        command = started(*arguments, settings=index_settings, stdout=written)
        os.close(written)
        assert (command.communicate(timeout=60)[1], command.returncode) == ("", 1)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is full")
def test_output_that_cannot_be_written_is_told_in_a_sentence(index_settings: IndexSettings, script: Script) -> None:
    script.on("POST /v1/ask", reply(ANSWER))
    with Path("/dev/full").open("w") as full:
        command = started("ask", "How many?", settings=index_settings, stdout=full)
    told = command.communicate(timeout=60)[1]
    assert (told, command.returncode) == ("The command cannot go on: No space left on device.\n", 1)


def test_interrupt_while_the_index_is_opened_ends_the_command_without_a_word(index_settings: IndexSettings) -> None:
    other = Ownership(index_settings.path)
    assert other.take()
    command = Terminal("status", settings=index_settings)
    command.see("waiting for it to end")
    command.type(CTRL_C)
    assert command.end() == 130
    assert "Traceback" not in command.shown
    assert command.raw.rstrip().endswith(b"\x1b[?25h")  # the cursor is there again
    other.free()


# Help


def test_help_of_every_command_gives_an_example() -> None:
    def examples(command: Any, *names: str) -> Iterator[str]:
        for name, one in getattr(command, "commands", {}).items():
            yield from examples(one, *names, name)
        if not hasattr(command, "commands"):
            assert f"reformbot {' '.join(names)}" in (command.epilog or ""), names
            yield command.epilog

    assert len(list(examples(get_command(app)))) > 15


def test_shell_completes_commands_and_their_options(index_settings: IndexSettings) -> None:
    asked = {"_REFORMBOT_COMPLETE": "complete_bash", "COMP_WORDS": "reformbot ask --language f", "COMP_CWORD": "3"}
    assert started(settings=index_settings, **asked).communicate(timeout=60)[0].split() == ["fr"]
