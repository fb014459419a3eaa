"""`reformbot eval`: what is asked, how answers are scored, and which banks are refused."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.responses import Response

from tests.bot.scripted_server import ANSWER, Script, problem, reply, scripted_server
from tests.bot.test_cli import Run, runner
from vectorstore.settings import IndexSettings

GOLD = [{"symbol": "SAMPLE/2021/1", "paragraph": "4"}]
KEPT = ANSWER | {"citations": [one | {"text": "机构完成了二十五项 分析。"} for one in ANSWER["citations"]]}
LINES: list[dict[str, Any]] = [
    {"id": "right", "lang": "en", "question": "How many?", "gold": GOLD, "must": [["25", "twenty-FIVE"]]},
    {"id": "wrong", "lang": "zh", "question": "多少项？", "paragraphs": [5], "must_re": ["二十 [六七]项", "二十五"]},
    {"id": "silent", "lang": "fr", "question": "Qui donc ?", "gold": []},
    {"question": "And when?", "after": "How many?", "paragraphs": [4, "12 (b)"], "colour": "red"},
]


@pytest.fixture
def run(index_settings: IndexSettings) -> Run:
    return runner(index_settings)


@pytest.fixture
def script(index_settings: IndexSettings) -> Iterator[Script]:
    """A server that gives every question the same answer."""
    with scripted_server(index_settings.path, Script()) as scripted:
        scripted.on("POST /v1/ask", reply(ANSWER))
        scripted.on("GET /v1/answers/a1", reply(KEPT))
        scripted.on("DELETE /v1/conversations/c1", Response(status_code=204))
        yield scripted


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    path = tmp_path / "bank.jsonl"
    path.write_text("\n\n".join(json.dumps(line, ensure_ascii=False) for line in LINES), encoding="utf-8")
    return path


def test_every_answer_is_scored_and_every_language_told(run: Run, script: Script, bank: Path) -> None:
    result = run("eval", str(bank), "--json")
    assert result.exit_code == 0, result.stderr
    scores = json.loads(result.stdout)
    figures = ("questions", "answered", "refused", "cited", "first", "precision", "facts", "complete", "verbatim")
    assert [scores[name] for name in figures] == [4, 1.0, 0.0, 0.667, 0.667, 0.667, 0.667, 0.667, 1.0]
    by_language = {name: [each[figure] for figure in figures] for name, each in scores["by_language"].items()}
    assert by_language == {
        "en": [2, 1.0, None, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0],
        "fr": [1, None, 0.0, None, None, None, None, None, 1.0],
        "zh": [1, 1.0, None, 0.0, 0.0, 0.0, 0.5, 0.0, 1.0],
    }
    assert 0 < scores["p50_ms"] <= scores["p95_ms"]
    assert [(one["id"], one["right"], one["missing"]) for one in scores["results"]] == [
        ("right", True, []),
        ("wrong", False, ["二十 [六七]项"]),
        ("silent", False, []),
        ("", True, []),
    ]


def test_scores_are_shown_as_tables_with_what_went_wrong(run: Run, script: Script, bank: Path) -> None:
    lines = [line.split("\t") for line in run("eval", str(bank)).stdout.splitlines()]
    assert lines[0][:5] == ["language", "questions", "answered", "refused", "cited"]
    assert [line[:5] for line in lines[1:5]] == [
        ["en", "2", "100.0%", "–", "100.0%"],
        ["fr", "1", "–", "0.0%", "–"],
        ["zh", "1", "100.0%", "–", "0.0%"],
        ["all", "4", "100.0%", "0.0%", "66.7%"],
    ]
    assert [line for line in lines if line[0] in ("wrong", "silent")] == [
        ["wrong", "zh", "多少项？", "cites SAMPLE/2021/1, para. 4; lacks 二十 [六七]项"],
        ["silent", "fr", "Qui donc ?", "answered, though the reports do not say"],
    ]


def test_a_follow_up_is_asked_after_its_question_and_nothing_is_kept(run: Run, script: Script, tmp_path: Path) -> None:
    bank = tmp_path / "one.jsonl"
    bank.write_text(json.dumps(LINES[-1]), encoding="utf-8")
    assert "Asking" in run("eval", str(bank), FORCE_COLOR="1").stderr
    assert script.requests == [
        ("POST /v1/ask", {"question": "How many?", "conversation_id": None}),
        ("POST /v1/ask", {"question": "And when?", "conversation_id": "c1"}),
        ("GET /v1/answers/a1", {}),
        ("DELETE /v1/conversations/c1", {}),
    ]


def test_a_server_that_fails_ends_the_scoring_with_its_sentence(run: Run, script: Script, bank: Path) -> None:
    script.on("POST /v1/ask", problem("The index is being rebuilt.", 503))
    result = run("eval", str(bank))
    assert (result.stdout, result.stderr, result.exit_code) == ("", "The index is being rebuilt.\n", 1)


WRONG_LINES = {
    "no question": ('{"gold": []}', "it lacks `question`"),
    "empty question": ('{"question": "", "gold": []}', "`question`: String should have at least 1 character"),
    "nothing golden": ('{"question": "Who?"}', "it names no paragraph that answers"),
    "gold without symbol": ('{"question": "Who?", "gold": [{"paragraph": "4"}]}', "it lacks `gold.0.symbol`"),
    "no pattern": ('{"question": "Who?", "gold": [], "must_re": ["("]}', "( is no regular expression"),
    "no form": ('{"question": "Who?", "gold": [], "must": [[]]}', "`must.0`: List should have at least 1 item"),
    "no JSON": ("Who?", "it is no JSON object"),
    "a list": ("[]", "Input should be"),
}


@pytest.mark.parametrize("name", WRONG_LINES)
def test_a_wrong_line_is_named_before_the_index_is_opened(
    run: Run, index_settings: IndexSettings, bank: Path, name: str
) -> None:
    line, told = WRONG_LINES[name]
    bank.write_text(f"{json.dumps(LINES[0])}\n\n{line}\n", encoding="utf-8")
    for command in (["eval"], ["refresh", "--check"]):
        result = run(*command, str(bank))
        assert (result.stdout, result.exit_code) == ("", 2)
        assert result.stderr.startswith(f"{bank}, line 3: ")
        assert told in result.stderr
    assert not index_settings.path.exists()


@pytest.mark.parametrize(
    ("content", "told"), [(b"\n", "holds no question"), (b"\xff", "in UTF-8"), (None, "No such file")]
)
def test_a_file_that_is_no_bank_is_misuse(run: Run, tmp_path: Path, content: bytes | None, told: str) -> None:
    path = tmp_path / "bank.jsonl"
    if content is not None:
        path.write_bytes(content)
    result = run("eval", str(path))
    assert (result.exit_code, told in result.stderr) == (2, True)
