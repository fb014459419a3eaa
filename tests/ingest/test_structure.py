"""Blocks as a parser gives them, put together as a document: parts, numbers, sections, footnotes."""

from collections.abc import Sequence

from ingest.blocks import Block, Reading, Style
from ingest.structure import document_from
from vectorstore.paragraph import Document

LARGE, MIDDLE, SMALL = Style(14.0, bold=True), Style(12.0, bold=True), Style(10.0, bold=True)


def heading(text: str, style: Style = LARGE) -> Block:
    return Block(text, "heading", page=1, style=style)


def text(*paragraphs: str) -> list[Block]:
    return [Block(each, page=1) for each in paragraphs]


def document(blocks: Sequence[Block], title: str | None = None) -> Document:
    return document_from(Reading(tuple(blocks), title=title), name="report.pdf")


def rows(found: Document) -> list[tuple[str | None, tuple[str, ...], str]]:
    return [(paragraph.number, paragraph.section, paragraph.text) for paragraph in found.paragraphs]


RESOLUTION = text("The General Assembly,", "Recalling its resolution,", "1. Decides to meet;", "2. Requests a report.")


def test_body_goes_on_after_a_resolution() -> None:
    found = rows(
        document(
            [*text("1. One.", "2. Two.", "3. It recommends:"), *RESOLUTION, *text("4. It also met.", "5. It rose.")]
        )
    )
    assert [row[::2] for row in found[2:]] == [
        ("3", "It recommends:"),
        (None, "The General Assembly,"),
        ("PP 1", "Recalling its resolution,"),
        ("OP 1", "Decides to meet;"),
        ("OP 2", "Requests a report."),
        ("4", "It also met."),
        ("5", "It rose."),
    ]


def test_operative_paragraph_without_a_number_is_its_own() -> None:
    found = rows(document([*text("The Council,", "Recalling its decision,", "Endorses the plan:", "(a) As it is;")]))
    assert [row[::2] for row in found] == [
        (None, "The Council,"),
        ("PP 1", "Recalling its decision,"),
        (None, "Endorses the plan:\n(a) As it is;"),
    ]


def test_announced_decision_is_numbered_for_itself() -> None:
    announced = "3. It recommends the adoption of the following draft decision:"
    decision = [heading("Offices", SMALL), *text("1. The Assembly decides.", "2. The Assembly asks.")]
    found = rows(document([*text("1. One.", "2. Two.", announced), *decision]))
    assert [row[0] for row in found] == ["1", "2", "3", "Draft decision, 1", "Draft decision, 2"]


def test_annex_keeps_its_title_above_its_sections() -> None:
    annex = [heading("Annex II"), heading("Report of the meeting", MIDDLE), heading("4 May 2031", SMALL)]
    sections = [heading("I. Opening"), *text("1. It opened."), heading("II. Close"), *text("2. It closed.")]
    found = rows(document([heading("I. Introduction"), *text("1. Here is a report."), *annex, *sections]))
    assert [row[:2] for row in found] == [
        ("1", ("I. Introduction",)),
        (None, ("Annex II", "Report of the meeting")),
        ("Annex II, 1", ("Annex II", "Report of the meeting", "I. Opening")),
        ("Annex II, 2", ("Annex II", "Report of the meeting", "II. Close")),
    ]


def test_annex_of_a_draft_resolution_stands_under_it_and_the_body_comes_back() -> None:
    draft = [heading("Draft resolution I", SMALL), *RESOLUTION, heading("Annex", SMALL), *text("1. Terms.")]
    blocks = [heading("I. Action"), heading("A. Africa", MIDDLE), *text("1. It met."), *draft]
    found = rows(document([*blocks, heading("B. Europe", MIDDLE), *text("2. It met too.")]))
    above = ("I. Action", "A. Africa", "Draft resolution I")
    assert [row[:2] for row in found if row[0] and not row[0].startswith(("PP", "OP"))][-2:] == [
        ("Draft resolution I, Annex, 1", (*above, "Annex")),
        ("2", ("I. Action", "B. Europe")),
    ]


def test_heading_right_above_another_of_its_rank_is_kept() -> None:
    found = rows(
        document([heading("Statement"), heading("Background"), *text("Words."), heading("Close"), *text("End.")])
    )
    assert [row[1] for row in found] == [("Statement", "Background"), ("Close",)]


def test_heading_called_as_the_title_is_kept_further_on() -> None:
    blocks = [heading("Ports"), heading("I. Aims"), *text("1. One."), heading("Ports", SMALL), *text("2. Two.")]
    found = rows(document(blocks, title="Ports"))
    assert [row[1] for row in found] == [("I. Aims",), ("I. Aims", "Ports")]


def test_recommendation_is_cited_by_its_number_where_it_is_printed_once() -> None:
    once = [*text("1. One."), heading("Recommendation 1", SMALL), *text("Heads should act."), *text("2. Two.")]
    assert rows(document(once))[1] == ("Recommendation 1", (), "Recommendation 1\nHeads should act.")
    twice = [*once, heading("Recommendation 1", SMALL), *text("Heads should act.")]
    assert [row[0] for row in rows(document(twice))] == ["1", "2"]


def test_footnote_follows_the_paragraph_that_bears_its_mark() -> None:
    blocks = [
        Block("1. Rent fell.", page=1, marks=("1",)),
        Block("2. Power fell.", page=1, marks=("2",)),
        Block("See table 1.", "footnote", page=1, mark="1"),
        Block("See table 2.", "footnote", page=1, mark="2"),
        Block("Nobody bears this.", "footnote", page=1, mark="9"),
    ]
    found = [(each.text, each.kind, each.mark, each.bearer) for each in document(blocks).paragraphs]
    assert found == [
        ("Rent fell.", "text", None, None),
        ("See table 1.", "footnote", "1", "1"),
        ("Power fell.", "text", None, None),
        ("See table 2.", "footnote", "2", "2"),
        ("Nobody bears this.", "footnote", "9", None),
    ]
