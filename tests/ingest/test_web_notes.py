"""Footnotes of web pages whose marks are raised and no links, and raised texts that are no marks."""

from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.ingest.files import read
from vectorstore.paragraph import Paragraph

BEARING = "<p>1. Rent fell in 2022<sup>1</sup>and power<sup>2</sup>.</p><p>2. Staff agreed.</p>"
# How a page may give the two notes "See the accounts." and "See table 3."
NOTES = {
    "raised": "<p><sup>1</sup> See the accounts.</p><p><sup>2</sup>See table 3.</p>",
    "raised in a footer": "<footer><p><sup>1</sup> See the accounts.</p><p><sup>2</sup> See table 3.</p></footer>",
    "raised by style": "<p><a style='vertical-align: super'>1</a> See the accounts.<p><sup>2</sup> See table 3.",
    "lines of one paragraph": "<p><font><sup>1</sup> See the accounts.<br><b><sup>(2)</sup></b> See <i>table</i><br>3.",
    "cells of a table": "<table><tr><td><sup>1</sup><td>See the accounts.<tr><td><sup>2</sup><td>See table 3.</table>",
    "terms": "<dl><dt><sup>1</sup></dt><dd>See the accounts.</dd><dt><sup>2</sup></dt><dd>See table 3.</dd></dl>",
    "below a rule": "<hr><p>1 See the accounts.</p><p>[2] See table 3.</p>",
    "below a title": "<h3>Notes</h3><p>1 See the accounts.</p><p>2 See table 3.</p>",
    "a section's paragraphs": "<div class='footnotes'><p>1. See the accounts.</p><p>(2) See table 3.</p></div>",
    "a section's lines": "<div id='endnotes'>1 See the accounts.<br>2 See table 3.</div>",
    "a section's list": "<section class='footnotes'><ol><li>See the accounts.<li><p>See table 3.</p></ol></section>",
    "way back": "<p><a href='#m1'><sup>1</sup></a> See the accounts.</p><p><sup>2</sup> See table 3.</p>",
}


def page(folder: Path, body: str) -> tuple[Paragraph, ...]:
    path = folder / "a.html"
    path.write_text(f"<!doctype html><html><meta charset='utf-8'><body>{body}</body></html>", encoding="utf-8")
    return read(path).paragraphs


def notes(paragraphs: tuple[Paragraph, ...]) -> list[tuple[str | None, str, str | None]]:
    return [(each.mark, each.text, each.bearer) for each in paragraphs if each.kind == "footnote"]


def texts(paragraphs: tuple[Paragraph, ...]) -> list[str]:
    return [each.text for each in paragraphs if each.kind != "footnote"]


@pytest.mark.parametrize("form", NOTES)
def test_raised_marks_bear_the_notes_at_the_end_of_the_page(form: str, tmp_path: Path) -> None:
    bearing = BEARING.replace("<sup>", "<sup id='m1'>", 1) if form == "way back" else BEARING
    found = page(tmp_path, bearing + NOTES[form])
    assert found[:4] == (
        Paragraph("Rent fell in 2022 and power.", number="1"),
        Paragraph("See the accounts.", kind="footnote", mark="1", bearer="1"),
        Paragraph("See table 3.", kind="footnote", mark="2", bearer="1"),
        Paragraph("Staff agreed.", number="2"),
    )
    assert [each.text for each in found[4:]] in ([], ["Notes"])


def test_message_of_html_bears_its_notes_as_a_page_does(tmp_path: Path) -> None:
    mail = EmailMessage()
    mail["Subject"] = "Offices"
    mail.set_content(BEARING + NOTES["raised"], subtype="html")
    (tmp_path / "a.eml").write_bytes(bytes(mail))
    found = read(tmp_path / "a.eml").paragraphs
    assert texts(found) == ["Rent fell in 2022 and power.", "Staff agreed."]
    assert notes(found) == [("1", "See the accounts.", "1"), ("2", "See table 3.", "1")]


MARKED = [
    ("en", "Rent fell in 2022<sup>1,2</sup>.", ["1", "2"], "Rent fell in 2022."),
    ("ranges", "Rent fell in 2022<sup>1–3</sup> twice.", ["1", "2", "3"], "Rent fell in 2022 twice."),
    ("stars", "Rent<sup>*</sup> and power<sup>**</sup> fell<sup>†</sup>.", ["*", "**", "†"], "Rent and power fell."),
    ("fr", "Le loyer a baissé en 2022<sup>a</sup> (2<sup>e</sup> an).", ["a"], "Le loyer a baissé en 2022 (2e an)."),
    ("es", "La renta bajó en 2022<sup>a</sup>.", ["a"], "La renta bajó en 2022."),
    ("ru", "Аренда снизилась в 2022<sup>1)</sup> году.", ["1"], "Аренда снизилась в 2022 году."),
    (
        "zh",
        "租金于2022<sup>1</sup>年<sup>2</sup>3月下降。<sup>3</sup>电费",
        ["1", "2", "3"],
        "租金于2022年3月下降。电费",
    ),
    ("ar", "انخفض الإيجار في عام 2022<sup>(أ)</sup> مرتين.", ["أ"], "انخفض الإيجار في عام 2022 مرتين."),
]


@pytest.mark.parametrize(("text", "marks", "shown"), [row[1:] for row in MARKED], ids=[row[0] for row in MARKED])
def test_mark_is_taken_out_of_the_text_that_it_follows(text: str, marks: list[str], shown: str, tmp_path: Path) -> None:
    found = page(tmp_path, f"<p>{text}</p>" + "".join(f"<p><sup>{mark}</sup> See {mark}.</p>" for mark in marks))
    assert texts(found) == [shown]
    assert notes(found) == [(mark, f"See {mark}.", None) for mark in marks]


SHOWN = [
    (
        "1<sup>er</sup> mai, le 5<sup>th</sup>, 2<sup>e</sup> an, XX<sup>e</sup> siècle",
        "1er mai, le 5th, 2e an, XXe siècle",
    ),
    ("n<sup>o</sup> 5, 8754<sup>e</sup> séance, la 3<sup>a</sup> sesión", "no 5, 8754e séance, la 3a sesión"),
    ("5 km<sup>2</sup>, 40 m<sup>3</sup>, 7 км<sup>2</sup> and CO<sub>2</sub>", "5 km2, 40 m3, 7 км2 and CO2"),
    ("10<sup>6</sup> tons, 3 × 10<sup>12</sup>, 10<sup>-6</sup>, x<sup>2</sup>", "10^6 tons, 3 × 10^12, 10^-6, x^2"),
    ("up 5<sup>1</sup>/<sub>2</sub> points", "up 5 1/2 points"),
    ("in 2022<sup>1</sup> and 2010<sup>6</sup>.<sup>7</sup> Power", "in 2022 and 2010. Power"),
    ("rent<sup>12</sup>, power<sup>*</sup>and staff<sup>b</sup>", "rent, power and staff"),
    ("<sup>1</sup>Power fell in 2022<sup>1a</sup>", "1 Power fell in 2022 1a"),
    ("rent in 2022<sup>[<a href='#fn1'>1</a>, <a href='#fn2'>2</a>]</sup>and after", "rent in 2022 and after"),
    ("rent in 2022<sup><a href='https://example.org/notes#1'>1</a></sup>", "rent in 2022"),
]


@pytest.mark.parametrize(("html", "shown"), SHOWN, ids=[row[1] for row in SHOWN])
def test_raised_text_without_a_note_changes_no_figure_and_no_word(html: str, shown: str, tmp_path: Path) -> None:
    assert page(tmp_path, f"<p>{html}</p>") == (Paragraph(shown),)


def test_power_bears_a_note_only_where_no_other_mark_does(tmp_path: Path) -> None:
    body = (
        "<p>R<sup>2</sup> or 10<sup>3</sup> fell<sup>1</sup> in 10<sup>4</sup> offices<sup>2</sup>, in all<sup>3</sup>."
    )
    found = page(tmp_path, body + "".join(f"<p><sup>{mark}</sup> See {mark}.</p>" for mark in "1234"))
    assert texts(found) == ["R^2 or 10^3 fell in 10 offices, in all."]
    assert [mark for mark, _, _ in notes(found)] == ["1", "4", "2", "3"]


def test_cells_bear_the_notes_in_or_below_their_table(tmp_path: Path) -> None:
    head = (
        "<table><tr><th>Office<th>Rent<sup>a</sup><th>10<sup>6</sup><tr><td>Geneva<sup>b</sup><td>12<sup>a</sup><td>5"
    )
    inside = "<tr><td colspan=3><sup>a</sup> In dollars.<br><sup>b</sup> 1 office.</table>"
    below = (
        "<tr><td>Bonn<td><sup>c</sup></table><p><sup>a</sup> In euros.<p><sup>b</sup> Two.<p><sup>c</sup> Not known."
    )
    found = page(tmp_path, head + inside + head + below)
    rows = "Office | Rent | 10^6\nGeneva | 12 | 5"
    assert texts(found) == [rows, f"{rows}\nBonn"]
    assert notes(found[:3]) == [("a", "In dollars.", None), ("b", "1 office.", None)]
    assert notes(found[3:]) == [("a", "In euros.", None), ("b", "Two.", None), ("c", "Not known.", None)]


def test_numbered_paragraphs_and_labels_are_no_notes(tmp_path: Path) -> None:
    body = "<p>Rent fell<sup>1</sup>.</p><hr><p>1. Power fell.</p><p>2 000 staff agreed.<p><sup>2</sup> No mark.</p>"
    table = "<table><tr><th>Office<th>Rent<sup>a</sup><tr><td><sup>a</sup> Geneva<td>12</table>"
    assert [(each.number, each.kind, each.text) for each in page(tmp_path, body + table)] == [
        (None, "text", "Rent fell."),
        ("1", "text", "Power fell.\n2 000 staff agreed.\n2 No mark."),
        (None, "table", "Office | Rent\na Geneva | 12"),
    ]


def test_note_of_a_note_follows_it(tmp_path: Path) -> None:
    found = page(
        tmp_path, "<p>Rent fell<sup>1</sup>.<p><sup>1</sup> See 2022<sup>2</sup>.<p><sup>2</sup> Of 10<sup>6</sup>."
    )
    assert [each.text for each in found] == ["Rent fell.", "See 2022.", "Of 10^6."]
    assert [each.mark for each in found] == [None, "1", "2"]
