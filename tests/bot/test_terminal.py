"""The command line at a terminal, and what it does where it is stopped or nobody reads it."""

import json
import threading
from collections.abc import Iterator

import pytest
from starlette.responses import Response, StreamingResponse

from tests.bot.scripted_server import ANSWER, Script, scripted_server, stream
from tests.bot.terminals import READY, Terminal
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


def held(release: threading.Event) -> Response:
    """An answer on its way that does not come."""

    def events() -> Iterator[bytes]:
        yield bytes(stream(("status", {"text": "Reading for long"})).body)
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
