"""What must hold for every answer shown in Slack, and how the usual ones look."""

import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answer import Answer, Citation
from bot.slack.message import (
    BLOCKS_LIMIT,
    FALLBACK_LIMIT,
    MESSAGE_LIMIT,
    SECTION_LIMIT,
    Message,
    escaped,
    render,
    sentence,
    split,
)
from tests.bot.test_slack import ANSWER, BASE_URL, CITATION

FOREIGN_REFERENCE = re.compile(r"<(?!https://reform\.example/documents/[^<>|\s]*\|[^<>]*>)")
SLACK_REFERENCES = [
    "<!channel>", "<!here|x>", "<@U123>", "<#C123|general>", "<https://evil.example|UN>", "&lt;!here&gt;", "@channel",
    "&", "<", ">", "|", "\n", "\r\n> ", "ش", "\u202e", "。", "[1]", "https://evil.example", "\u2067", "*", "`",
]  # fmt: skip
hostile = st.lists(st.one_of(st.sampled_from(SLACK_REFERENCES), st.text(max_size=20)), max_size=12).map("".join)


def markup(message: Message) -> list[str]:
    """Every text of a message that Slack reads as markup."""
    texts = [message.text]
    for block in message.blocks:
        texts += [block["text"]["text"]] if block["type"] == "section" else [one["text"] for one in block["elements"]]
    return texts


def shown(answer: Answer) -> list[str]:
    (message,) = render(answer, base_url=BASE_URL)
    return markup(message)[1:]


@settings(max_examples=300, deadline=None)
@given(text=hostile, label=hostile, quote=hostile, url=hostile, reason=hostile, abstained=st.booleans())
def test_nothing_in_an_answer_becomes_a_mention_or_a_link(
    *, text: str, label: str, quote: str, url: str, reason: str, abstained: bool
) -> None:
    citation = replace(CITATION, label=label, quote=quote, url=f"/documents/{url}", superseded_by=label, language=label)
    answer = replace(
        ANSWER,
        answer=text,
        reason=reason,
        abstained=abstained,
        citations=(citation,),
        nearest=(citation,),
        as_of_line=text,
    )
    for message in render(answer, base_url=BASE_URL):
        for markup_text in markup(message):
            assert not FOREIGN_REFERENCE.search(markup_text)
            assert not re.search(r"&(?!amp;|lt;|gt;)", markup_text)
    assert not re.search(r"[<>]", sentence(text).text)


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
    assert texts[-1] == ANSWER.as_of_line


def test_an_abstention_gives_the_reason_and_the_nearest_paragraphs() -> None:
    nearest = replace(CITATION, marker=None)
    answer = replace(
        ANSWER, language="fr", answer="", abstained=True, reason="Les rapports ne le disent pas.", citations=(),
        nearest=(nearest,),
    )  # fmt: skip
    assert shown(answer) == [
        "Les rapports ne le disent pas.",
        "*Paragraphes les plus proches*",
        "• <https://reform.example/documents/d1#para-4|A/99/1, para. 4> · en\n>In 2025 the programme reached 25 towns.",
        ANSWER.as_of_line,
    ]


def cited(**fields: Any) -> str:
    return shown(replace(ANSWER, citations=(replace(CITATION, **fields),)))[1]


CITATIONS: dict[str, tuple[dict[str, Any], str]] = {
    "superseded": (
        {"superseded_by": "d2"},
        "[1] <https://reform.example/documents/d1#para-4|A/99/1, para. 4> · en · "
        "*<https://reform.example/documents/d2|superseded by a newer edition>*\n"
        ">In 2025 the programme reached 25 towns.",
    ),
    "several lines": (
        {"quote": "(a) First & foremost;\n\n(b) <Second>."},
        "[1] <https://reform.example/documents/d1#para-4|A/99/1, para. 4> · en\n"
        ">(a) First &amp; foremost;\n>(b) &lt;Second&gt;.",
    ),
    "right to left": (
        {"quote": "وصل البرنامج إلى 25 بلدة.", "language": "ar"},
        "[1] <https://reform.example/documents/d1#para-4|A/99/1, para. 4> · ar\n>\u2067وصل البرنامج إلى 25 بلدة.\u2069",
    ),
    "awkward address": (
        {"url": "/documents/d1?a=1&b=<2>#para-12 (b)"},
        "[1] <https://reform.example/documents/d1?a=1&amp;b=%3C2%3E#para-12%20(b)|A/99/1, para. 4> · en\n"
        ">In 2025 the programme reached 25 towns.",
    ),
}


@pytest.mark.parametrize(("fields", "text"), CITATIONS.values(), ids=CITATIONS.keys())
def test_a_citation_shows_label_language_and_quote(fields: dict[str, Any], text: str) -> None:
    assert cited(**fields) == text


def test_a_long_quote_is_shown_whole() -> None:
    sentences = [f"The programme reached {number} towns." for number in range(200)]
    blocks = shown(replace(ANSWER, citations=(replace(CITATION, quote=" ".join(sentences)),)))[1:-1]
    quoted = "\n".join(blocks).split("\n")[1:]
    assert len(blocks) > 2
    assert " ".join(line.removeprefix(">") for line in quoted) == " ".join(sentences)
    assert all(line.startswith(">") for line in quoted)


@pytest.mark.parametrize("base_url", ["", "javascript:alert(1)//", "reform.example"])
def test_without_a_web_address_citations_are_not_linked(base_url: str) -> None:
    (message,) = render(ANSWER, base_url=base_url)
    assert markup(message)[2].startswith("[1] A/99/1, para. 4 · en\n")
    assert all(
        element["verbatim"] for block in message.blocks for element in block.get("elements", [block.get("text")])
    )


def test_the_usual_answer_is_one_message() -> None:
    citation: Citation = replace(CITATION, quote="A sentence of a usual length, as reports have them. " * 10)
    assert len(render(replace(ANSWER, citations=(citation,) * 5), base_url=BASE_URL)) == 1
