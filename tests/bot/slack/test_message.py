"""What must hold for every answer shown in Slack, and how the usual ones look."""

import json
import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answer import Answer, Citation
from bot.slack.interactions.surroundings import Neighbour, Surroundings
from bot.slack.interactions.windows import TITLE_LIMIT, paragraph_window
from bot.slack.messages.markup import SECTION_LIMIT, escaped, split
from bot.slack.messages.message import BLOCKS_LIMIT, FALLBACK_LIMIT, MESSAGE_LIMIT, Message, render
from prompts import phrase
from tests.bot.slack.people import texts
from tests.bot.slack.test_desk import ANSWER, BASE_URL, CITATION
from vectorstore.paragraph import LANGUAGES


def markup(message: Message) -> list[str]:
    """Every text of a message that Slack reads as markup."""
    texts = [message.text]
    for block in message.blocks:
        texts += [block["text"]["text"]] if block["type"] == "section" else []
        texts += [one["text"] for one in block["elements"]] if block["type"] == "context" else []
    return texts


def shown(answer: Answer) -> list[str]:
    (message,) = render(answer, base_url=BASE_URL)
    return markup(message)[1:]


long_text = st.lists(
    st.sampled_from(
        ["The programme reached 25 towns [1].", "x" * 4000, " ", "\n", "&" * 700, "报告说明。", "ذكر التقرير ذلك."]
    ),
    max_size=40,
).map("".join)


@settings(max_examples=60, deadline=None)
@given(text=long_text, quote=long_text, count=st.integers(0, 70))
def test_messages_stay_within_slack_s_limits(text: str, quote: str, count: int) -> None:
    citations = tuple(replace(CITATION, marker=number, quote=quote[:2000]) for number in range(1, count + 1))
    answer = replace(ANSWER, answer=text, citations=(*citations, replace(CITATION, quote=quote)))
    for message in render(answer, base_url=BASE_URL):
        assert 1 <= len(message.text) <= FALLBACK_LIMIT
        assert 1 <= len(message.blocks) <= BLOCKS_LIMIT
        assert all(1 <= len(one) <= SECTION_LIMIT for one in markup(message)[1:])
        assert sum(len(one) for one in markup(message)[1:]) <= MESSAGE_LIMIT


@settings(max_examples=200, deadline=None)
@given(text=long_text, limit=st.integers(20, 3000))
def test_splitting_loses_nothing_and_cuts_no_entity(text: str, limit: int) -> None:
    pieces = list(split(escaped(text), limit))
    assert "".join("".join(pieces).split()) == "".join(escaped(text).split())
    assert all(len(piece) <= limit for piece in pieces)
    assert not any(re.search(r"&(?!amp;|lt;|gt;)", piece) for piece in pieces)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("First one [1]. Second one [2]. Third", ["First one [1]. Second one [2].", "Third"]),
        ("“First one.” [1] Second one goes on and on", ["“First one.” [1]", "Second one goes on and on"]),
        ("报告说明了情况。[1]" + "第二句也很长，而且" * 3, ["报告说明了情况。[1]", "第二句也很长，而且" * 3]),
        ("a word and another word and another", ["a word and another word and", "another"]),
    ],
)  # fmt: skip
def test_long_text_is_cut_where_a_sentence_ends(text: str, pieces: list[str]) -> None:
    assert list(split(text, 32)) == pieces


def test_a_long_answer_goes_on_in_further_messages_in_order() -> None:
    citations = tuple(replace(CITATION, marker=number) for number in range(1, 121))
    messages = render(replace(ANSWER, citations=citations), base_url=BASE_URL)
    texts = [text for message in messages for text in markup(message)[1:]]
    assert len(messages) > 2
    assert [int(found) for text in texts for found in re.findall(r"^\[(\d+)\]", text)] == list(range(1, 121))
    assert texts[-2] == ANSWER.as_of_line


def test_an_answer_in_quotes_says_each_of_them_once() -> None:
    quote, french = CITATION.quote, replace(CITATION, marker=2, quote="25 villes.", translation="25 towns.")
    answer = replace(ANSWER, answer=f"The reports say:\n“{quote}” [1]\n“25 villes.” [2]", citations=(CITATION, french))
    assert shown(answer)[1:3] == [
        "[1] <https://reform.example/documents/d1#para-4|A/99/1, para. 4> · English",
        "[2] <https://reform.example/documents/d1#para-4|A/99/1, para. 4> · English\n"
        ">_Unofficial translation_\n>25 towns.",
    ]


def test_an_abstention_gives_the_reason_and_the_nearest_paragraphs_with_the_numbers_of_their_buttons() -> None:
    nearest = replace(CITATION, marker=None)
    answer = replace(
        ANSWER, language="fr", answer="", abstained=True, reason="Les rapports ne le disent pas.", citations=(),
        nearest=(nearest, nearest),
    )  # fmt: skip
    (message,) = render(answer, base_url=BASE_URL)
    assert [button["text"]["text"] for button in message.blocks[-2]["elements"]] == [
        "Afficher le paragraphe [1]", "[2]", "Copier comme note",
    ]  # fmt: skip
    assert shown(answer) == [
        "Les rapports ne le disent pas.",
        "*Paragraphes les plus proches*",
        *(
            f"[{number}] <https://reform.example/documents/d1#para-4|A/99/1, para. 4> · anglais\n"
            ">In 2025 the programme reached 25 towns."
            for number in (1, 2)
        ),
        ANSWER.as_of_line,
        "<https://reform.example/answers/a1|Lien vers cette réponse>",
    ]


def cited(**fields: Any) -> str:
    return shown(replace(ANSWER, citations=(replace(CITATION, **fields),)))[1]


CITATIONS: dict[str, tuple[dict[str, Any], str]] = {
    "dated and translated": (
        {"date": "2025-05-12", "language": "fr", "quote": "25 villes.", "translation": "25 towns."},
        "[1] <https://reform.example/documents/d1#para-4|A/99/1, para. 4> · 12 May 2025 · French\n"
        ">25 villes.\n>_Unofficial translation_\n>25 towns.",
    ),
    "superseded": (
        {"superseded_by": "d2"},
        "[1] <https://reform.example/documents/d1#para-4|A/99/1, para. 4> · English · "
        "*<https://reform.example/documents/d2|superseded by a newer edition>*\n"
        ">In 2025 the programme reached 25 towns.",
    ),
    "several lines": (
        {"quote": "(a) First & foremost;\n\n(b) <Second>."},
        "[1] <https://reform.example/documents/d1#para-4|A/99/1, para. 4> · English\n"
        ">(a) First &amp; foremost;\n>(b) &lt;Second&gt;.",
    ),
    "right to left": (
        {"quote": "وصل البرنامج إلى 25 بلدة.", "language": "ar"},
        "[1] <https://reform.example/documents/d1#para-4|A/99/1, para. 4> · Arabic\n"
        ">\u2067وصل البرنامج إلى 25 بلدة.\u2069",
    ),
    "awkward address": (
        {"url": "/documents/d1?a=1&b=<2>#para-12 (b)"},
        "[1] <https://reform.example/documents/d1?a=1&amp;b=%3C2%3E#para-12%20(b)|A/99/1, para. 4> · English\n"
        ">In 2025 the programme reached 25 towns.",
    ),
}


@pytest.mark.parametrize(("fields", "text"), CITATIONS.values(), ids=CITATIONS.keys())
def test_a_citation_shows_label_language_and_quote(fields: dict[str, Any], text: str) -> None:
    assert cited(**fields) == text


def test_a_citation_in_an_arabic_answer_runs_from_the_right_with_its_label_kept_together() -> None:
    answer = replace(ANSWER, language="ar", citations=(replace(CITATION, date="2025-05-12", language="ar"),))
    (message,) = render(answer, base_url=BASE_URL)
    assert markup(message)[2].split("\n")[0] == (
        "\u2067\u2066[1]\u2069 <https://reform.example/documents/d1#para-4|\u2066A/99/1, para. 4\u2069>"
        " · \u206712 أيار/مايو 2025\u2069 · \u2067العربية\u2069\u2069"
    )


WINDOW = Surroundings(CITATION, "current")


def window(**fields: Any) -> list[str]:
    view = paragraph_window(replace(WINDOW, citation=replace(CITATION, **fields)), "en", BASE_URL)
    assert len(json.dumps(view)) < 250_000
    return texts(view["blocks"])


def test_a_paragraph_of_any_length_is_cut_in_sight_and_its_quote_stays() -> None:
    quote = "The programme reached 25 towns."
    far = "مضى البرنامج في عمله. " * 4000
    shown = window(text=f"{far}{quote} {far}", quote=quote)
    assert f">{quote}" in shown
    assert shown.count("… cut here; the report has the rest.") == 2
    assert all(len(text) <= SECTION_LIMIT for text in shown)


def test_a_short_paragraph_is_shown_whole_around_its_quote_white_space_aside() -> None:
    shown = window(text="One. Two is\nquoted here. Three.", quote="Two is quoted here.")
    assert shown[2:-1] == ["One.", ">Two is\n>quoted here.", "Three."]


def test_in_an_arabic_window_the_lines_that_name_neighbours_run_from_the_right() -> None:
    shown = replace(WINDOW, before=Neighbour("A/99/1, para. 3", "The paragraph before."))
    name = texts(paragraph_window(shown, "ar", BASE_URL)["blocks"])[2].split("\n")[0]
    assert name == "*\u2067\u2067قبلها\u2069 · \u2066A/99/1, para. 3\u2069\u2069*"


@pytest.mark.parametrize("name", ["paragraph_title", "comment_title", "send", "close"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_title_of_a_window_is_cut(name: str, language: str) -> None:
    assert len(phrase(name, language)) <= TITLE_LIMIT


def test_a_long_quote_is_shown_whole() -> None:
    sentences = [f"The programme reached {number} towns." for number in range(200)]
    blocks = shown(replace(ANSWER, citations=(replace(CITATION, quote=" ".join(sentences)),)))[1:-2]
    quoted = "\n".join(blocks).split("\n")[1:]
    assert len(blocks) > 2
    assert " ".join(line.removeprefix(">") for line in quoted) == " ".join(sentences)
    assert all(line.startswith(">") for line in quoted)


@pytest.mark.parametrize("base_url", ["", "javascript:alert(1)//", "reform.example"])
def test_without_a_web_address_citations_are_not_linked(base_url: str) -> None:
    (message,) = render(ANSWER, base_url=base_url)
    assert markup(message)[2].startswith("[1] A/99/1, para. 4 · English\n")
    assert all(
        element["verbatim"]
        for block in message.blocks
        if block["type"] in ("section", "context")
        for element in block.get("elements", [block.get("text")])
    )


def test_the_usual_answer_is_one_message() -> None:
    citation: Citation = replace(CITATION, quote="A sentence of a usual length, as reports have them. " * 10)
    assert len(render(replace(ANSWER, citations=(citation,) * 5), base_url=BASE_URL)) == 1


def test_a_shared_answer_tells_who_asked_what_and_nothing_in_it_calls_anybody() -> None:
    hostile = replace(ANSWER, question="<!channel> <@U9> why? " + "x" * 5000)
    (message,) = render(hostile, base_url=BASE_URL, shared_by="U1")
    for text in markup(message)[:2]:
        assert text.startswith("Asked by <@U1>: &lt;!channel&gt; &lt;@U9&gt; why? xxx")
        assert re.findall(r"<[@!#][^>]*>", text) == ["<@U1>"]
    assert all(len(one) <= SECTION_LIMIT for one in markup(message)[1:])
