"""What is sent to a chat model fits a budget of tokens, and the question and the rules are whole."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answer import Question
from bot.model.budget import last_that_fit, tokens
from bot.model.plain import visible, without_links
from bot.model.reply import Reply, fault
from bot.service import Service
from prompts import LANGUAGE_NAMES, NO_ANSWER, prompt
from tests.bot.test_generative import answering, told
from tests.conftest import ingest

LEAST = 1000
QUESTION = "How much is the coordination levy that donors pay on contributions to single programmes?"
ANSWER = "The coordination levy is 1 per cent of each such contribution."


def long_report(folder: Path) -> Path:
    """Paragraphs far longer than any budget, one with the answer in its middle."""
    filler = "The secretariat reported at length on its premises, its vehicles and its supplies of paper. " * 12
    texts = [f"{filler}{ANSWER} {filler}", *(f"On donors and the levy, section {n}. {filler}" for n in range(2))]
    lines = (
        json.dumps({"document": "long", "paragraph": str(number), "text": text, "language": "en"})
        for number, text in enumerate(texts, start=1)
    )
    path = folder / "long.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_paragraphs_are_cut_to_the_sentences_that_answer(service: Service, tmp_path: Path) -> None:
    ingest(service, long_report(tmp_path))
    asked, model = answering(service, "The coordination levy is 1 per cent [1].", model_input_tokens=LEAST)
    _, answer = told(asked, QUESTION)
    rules, question = (message.text for message in model.asked[-1])
    assert tokens(rules + question) <= LEAST
    assert question == QUESTION
    assert ANSWER in rules
    before, after = prompt("answer", language="English", no_answer=NO_ANSWER, paragraphs="\0").split("\0")
    assert rules.startswith(before)
    assert rules.endswith(after)
    assert answer.mode == "generative"


def test_the_longest_question_is_sent_whole_or_answered_in_quotes(sample_service: Service) -> None:
    question = f"{QUESTION} {'协调税是多少？' * 260}"[:2000]
    asked, model = answering(sample_service, "The levy is 1 per cent [1].", model_input_tokens=LEAST)
    answer = asked.answer(Question(question, language="en"))
    assert not model.asked
    assert answer.abstained or answer.mode == "extractive"
    asked, model = answering(sample_service, "The levy is 1 per cent [1].", model_input_tokens=6000)
    asked.answer(Question(question, language="en"))
    assert all(messages[1].text == question for messages in model.asked)


@given(st.lists(st.text(max_size=60)), st.integers(0, 100))
def test_the_last_texts_that_fit_are_kept(texts: list[str], budget: int) -> None:
    kept = last_that_fit(texts, budget)
    assert sum(map(tokens, kept)) <= budget
    assert list(kept) == texts[len(texts) - len(kept) :]
    if len(kept) < len(texts):
        assert sum(map(tokens, texts[-len(kept) - 1 :])) > budget


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("The levy is 1 per cent [1](http://evil.example).", "The levy is 1 per cent [1]."),
        ("The [levy](//evil.example/x) is 1 per cent [1].", "The levy is 1 per cent [1]."),
        ("![seen](https://evil.example/p.png)The levy [1].", "The levy [1]."),
        ("[a]([b](http://evil.example))", "a())"),
        ("The levy [1].\n[1]: http://evil.example 'x'", "The levy [1].\n"),
        ('The <a href="javascript:x()">levy</a> <img src=x onerror=x>is 1 [1].', "The levy is 1 [1]."),
        ("See <https://evil.example|the report> [1].", "See  [1]."),
        ("See https://evil.example/a?b=c, HTTP://EVIL.EXAMPLE and www.evil.example.", "See ,  and ."),
        ("Write to a.b@evil.example or mailto:a@evil.example.", "Write to  or ."),
        ("See evil.example/a and x.com.", "See  and ."),
    ],
)
def test_addresses_go_and_words_stay(text: str, bare: str) -> None:
    assert without_links(text) == bare


@pytest.mark.parametrize(
    "text",
    [
        "In 2018 (A/RES/72/279, para. 10) it rose by 1.5 per cent [1] [2].",
        "Voir HSP/EB.2021/6, p. ex. le par. 12 b) [3].",
        "Véase p. ej. el párr. 4, p.ej. en EE.UU. [1].",
        "Fewer than < 5, more than > 3 and [sic] 2 <= 3 [1].",
        "В 2018 г. взнос составил 1 процент, т.е. 1,5 млн долл. США [1].",
        "2018年，会费为百分之一（A/RES/72/279）[1]。",
        "بلغت الضريبة 1 في المائة [1].",
    ],
)
def test_text_without_addresses_stays_as_it_is(text: str) -> None:
    assert without_links(text) == text
    assert visible(text) == text


def test_characters_that_show_nothing_go() -> None:
    assert (
        visible("le\u200bvy \u202e1\u202c \ud800per\x1b]8;; cent\ufeff\n\u00ad[1]\U000e0041")
        == "levy 1 per]8;; cent\n[1]"
    )


@pytest.mark.parametrize(
    ("text", "finish", "language", "wrong"),
    [
        ("The coordination levy is 1 per cent [1].", "stop", "en", False),
        ("25 [1].", "stop", "zh", False),
        ("UN-Habitat [1].", "stop", "ru", False),
        ("“The coordination levy is one per cent of each contribution”, indique le rapport [1].", "stop", "fr", False),
        ("Le taux est de 1 pour cent, selon la “Standard administrative arrangement” [1].", "stop", "fr", False),
        (NO_ANSWER, None, "ar", False),
        ("The coordination levy is 1 per cent of each contribution [1].", "stop", "fr", True),
        ("The coordination levy is 1 per cent [1].", "stop", "ru", True),
        ("协调税为百分之一 [1]。", "stop", "en", True),
        ("The coordination levy is 1", "length", "en", True),
        ("The coordination levy is 1", "MAX_TOKENS", "en", True),
        ("The coordination levy is 1", None, "en", True),
        ("The coordination levy is 1 per cent", "stop", "en", False),
        ("<!doctype html><html>down</html>", "stop", "en", True),
    ],
)
def test_replies_of_no_use_are_told(text: str, finish: str | None, language: str, *, wrong: bool) -> None:
    assert bool(fault(Reply(text, finish), language)) is wrong
    assert language in LANGUAGE_NAMES
