"""Plain text in two directions of writing: what is put between, and that nothing else changes."""

import re
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from bot.model.plain import visible
from bot.slack.messages.message import render
from bot.terminal.answer import show_answer
from bot.texts.direction import directed
from tests.bot.scripted_server import ANSWER as TOLD
from tests.bot.slack.test_desk import ANSWER, BASE_URL, CITATION
from tests.bot.slack.test_message import markup

QUOTE = "وصل البرنامج إلى 25 بلدة بدعم من UN-Habitat"
ROWS = {
    "English": ("The levy is “one per cent” [1].", "The levy is “one per cent” [1]."),
    "Chinese quote": ("The reports say:\n“25个国家” [1]", "The reports say:\n“25个国家” [1]"),
    "Arabic quote in an Arabic answer": (
        f"تذكر التقارير ما يلي:\n“{QUOTE}” [1]",
        f"\u2067تذكر التقارير ما يلي:\u2069\n\u2067\u2067“{QUOTE}”\u2069 \u2066[1]\u2069\u2069",
    ),
    "English quote in an Arabic answer": (
        "تذكر التقارير ما يلي:\n“The levy is 1 per cent.” [1]",
        "\u2067تذكر التقارير ما يلي:\u2069\n“The levy is 1 per cent.” [1]",
    ),
    "English quote in an Arabic sentence": (
        "يذكر التقرير أن الضريبة هي “one per cent” [1].",
        "\u2067يذكر التقرير أن الضريبة هي \u2066“one per cent”\u2069 \u2066[1]\u2069.\u2069",
    ),
    "Arabic quote in an English sentence": (
        "The report says that “ذكر 25” was reached [1] [2].",
        "\u2066The report says that \u2067“ذكر 25”\u2069 was reached \u2066[1]\u2069 \u2066[2]\u2069.\u2069",
    ),
    "half of a pair that turns text": ("The \u202elevy\u2067 is 1 [1].", "The levy is 1 [1]."),
}


@pytest.mark.parametrize(("text", "shown"), ROWS.values(), ids=ROWS.keys())
def test_quotes_and_markers_are_kept_together_beside_words_that_run_leftward(text: str, shown: str) -> None:
    assert directed(text) == shown


pieces = st.sampled_from(["“", "”", "«", "»", "[1]", " ", "ذكر", "levy", "25", ".", "\n", "\u2069", "\u202b", "协调"])


@given(st.lists(pieces, max_size=20).map("".join))
def test_nothing_is_lost_and_every_mark_has_its_end(text: str) -> None:
    shown = directed(text)
    assert visible(shown) == visible(text)
    for line in shown.split("\n"):
        assert len(re.findall("[\u2066\u2067]", line)) == line.count("\u2069")


def test_slack_keeps_them_together_and_marks_the_translation_as_unofficial() -> None:
    citation = replace(CITATION, translation=QUOTE)
    answer = replace(
        ANSWER, language="ar", answer=ROWS["English quote in an Arabic sentence"][0], citations=(citation,)
    )
    [message] = render(answer, base_url=BASE_URL)
    _, text, cited, *_ = markup(message)
    assert text == ROWS["English quote in an Arabic sentence"][1]
    assert cited.split("\n")[1:] == [
        f">{CITATION.quote}",
        ">_\u2067ترجمة غير رسمية\u2069_",
        f">\u2067{QUOTE}\u2069",
    ]


def test_the_terminal_keeps_them_together_and_marks_the_translation_as_unofficial() -> None:
    citation = TOLD["citations"][0] | {"quote": "25个国家", "translation": QUOTE, "superseded_by": None}
    answer = TOLD | {"language": "ar", "answer": ROWS["Arabic quote in an Arabic answer"][0], "citations": [citation]}
    console = Console(width=1000)
    with console.capture() as capture:
        show_answer(console, answer)
    lines = [line.strip() for line in capture.get().splitlines()]
    assert lines[:2] == ROWS["Arabic quote in an Arabic answer"][1].split("\n")
    assert lines[4:6] == ["“25个国家”", f"\u2067ترجمة غير رسمية: \u2067“{QUOTE}”\u2069\u2069"]


def test_the_answer_itself_holds_no_unseen_characters(client: TestClient) -> None:
    question = "كم عدد الموانئ النهرية التي ساعد البرنامج على إعادة تأهيلها؟"
    answer = client.post("/v1/ask", json={"question": question}).json()
    assert answer["answer"].startswith("تذكر التقارير ما يلي:\n“")
    assert visible(answer["answer"]) == answer["answer"]
    assert {citation["translation"] for citation in answer["citations"]} == {None}
