"""Text, Markdown and HTML to blocks and documents, in the six languages."""

from pathlib import Path

import pytest

from ingest.blocks import ReadingError
from ingest.reading import read
from ingest.structure import document_from
from vectorstore.paragraph import Document


def document(path: Path) -> Document:
    return document_from(read(path), name=path.name)


def rows(found: Document) -> list[tuple[str | None, tuple[str, ...], str]]:
    return [(paragraph.number, paragraph.section, paragraph.text) for paragraph in found.paragraphs]


def save(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_text(text, encoding=encoding)
    return path


WRAPPED = """临时议程项目 9
共用办公室第一年
的经验

执行主任的报告

一、 背景

1． 理事会请秘书处报告共用办公室的情况，秘书处走访了十四个

办公室，并询问了东道国政府。
 二、 结果

2、 租金下降了 12%，见第 71/243 号

决议。
"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_wrapped_chinese_text_is_made_whole(encoding: str, tmp_path: Path) -> None:
    found = document(save(tmp_path / "a.txt", WRAPPED, encoding))
    assert found.title == "共用办公室第一年的经验"
    assert rows(found) == [
        ("1", ("一、背景",), "理事会请秘书处报告共用办公室的情况，秘书处走访了十四个办公室，并询问了东道国政府。"),
        ("2", ("二、结果",), "租金下降了 12%，见第 71/243 号决议。"),
    ]


def test_windows_1252_text_keeps_its_accents(tmp_path: Path) -> None:
    text = "I. Contexte\n\n1. Le Conseil a adopté la résolution à Genève.\n\n2. Les États ont été consultés.\n"
    found = document(save(tmp_path / "a.txt", text, "cp1252"))
    assert [row[2] for row in rows(found)] == [
        "Le Conseil a adopté la résolution à Genève.",
        "Les États ont été consultés.",
    ]


def test_arabic_digits_number_paragraphs(tmp_path: Path) -> None:
    text = "أولا - مقدمة\n\n١ - طلب المجلس تقريرا عن المكاتب.\n\n٢ - انخفض الإيجار.\n"
    assert [row[0] for row in rows(document(save(tmp_path / "a.txt", text)))] == ["1", "2"]


def test_russian_words_broken_at_line_ends_are_mended(tmp_path: Path) -> None:
    text = "I. Введение\n\n1. Совет принял резо-\nлюцию о реформе.\n\n2. Доклад представлен.\n"
    assert rows(document(save(tmp_path / "a.txt", text)))[0][2] == "Совет принял резолюцию о реформе."


MARKDOWN = """# Shared offices

Report of the office. HSP/EB.2031/6 is its neighbour.

## I. Background

1. The Council asked for a *report* in [resolution](https://example.org) 71/243.
It did so **twice**.

2\\. Staff agreed:

- on rent
- on power

### A. Figures

| Year | Offices |
|---|---|
| 2030 | 14 |

3. Rent fell by 3.5 per cent.
"""

HTML = """<!doctype html><html lang="en"><head><title>Shared offices</title></head><body>
<h1>Shared offices</h1><p>Report of the office. HSP/EB.2031/6 is its neighbour.</p><h2>I. Background</h2>
<p>1. The Council asked for a <em>report</em> in <a href="https://example.org">resolution</a> 71/243.
It did so <b>twice</b>.</p><p>2. Staff agreed:</p><ul><li>on rent</li><li>on power</li></ul><h3>A. Figures</h3>
<table><tr><th>Year</th><th>Offices</th></tr><tr><td>2030</td><td>14</td></tr></table>
<p>3. Rent fell by 3.5 per cent.</p></body></html>"""


@pytest.mark.parametrize(("name", "text"), [("a.md", MARKDOWN), ("a.html", HTML)])
def test_marked_up_text_gives_sections_numbers_and_tables(name: str, text: str, tmp_path: Path) -> None:
    found = document(save(tmp_path / name, text))
    assert found.title == "Shared offices"
    assert found.symbol is None
    assert rows(found) == [
        (None, (), "Report of the office. HSP/EB.2031/6 is its neighbour."),
        ("1", ("I. Background",), "The Council asked for a report in resolution 71/243. It did so twice."),
        ("2", ("I. Background",), "Staff agreed:\n• on rent\n• on power"),
        (None, ("I. Background", "A. Figures"), "Year | Offices\n2030 | 14"),
        ("3", ("I. Background", "A. Figures"), "Rent fell by 3.5 per cent."),
    ]


def test_file_name_gives_the_symbol_where_the_text_prints_none(tmp_path: Path) -> None:
    found = document(save(tmp_path / "HSP_EB.2021_6.zh.md", "# 标题\n\n1. 文字。\n\n2. 文字。\n"))
    assert (found.symbol, found.body) == ("HSP/EB.2021/6", "UN-Habitat")


def test_revision_is_the_edition(tmp_path: Path) -> None:
    assert document(save(tmp_path / "A_80_9_Rev.1.md", "# Title\n\n1. Text.\n")).edition == "Rev.1"


def test_missing_numbers_are_reported(tmp_path: Path) -> None:
    found = document(save(tmp_path / "a.md", "\n\n".join(f"{n}. Words of it." for n in (1, 2, 3, 5, 6))))
    assert found.report.numbering_gaps == ("4",)


def test_list_inside_a_paragraph_does_not_break_the_numbering(tmp_path: Path) -> None:
    text = "1. One.\n\n2. Two are these:\n\n1. the first;\n\n2. the second.\n\n3. Three.\n\n4. Four.\n"
    assert rows(document(save(tmp_path / "a.md", text)))[1] == (
        "2",
        (),
        "Two are these:\n1. the first;\n2. the second.",
    )


def test_two_draft_resolutions_keep_their_numbers_apart(tmp_path: Path) -> None:
    body = "The General Assembly,\n\nRecalling all of it,\n\n1. Takes note;\n\n2. Decides so.\n\n"
    draft = "## Draft resolution {}\n\n" + body
    text = (
        "# Report\n\n## I. Action\n\n1. The Committee met.\n\n2. It agreed.\n\n"
        + draft.format("I")
        + draft.format("II")
    )
    found = [number for number, _, _ in rows(document(save(tmp_path / "a.md", text))) if number]
    numbers = ("PP 1", "OP 1", "OP 2")
    assert found == ["1", "2"] + [f"Draft resolution {n}, {p}" for n in ("I", "II") for p in numbers]


def test_binary_named_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"MZ\x00\x00\x01")
    with pytest.raises(ReadingError, match="type of file"):
        read(path)


def test_masthead_lines_of_marked_up_text_are_no_paragraphs(tmp_path: Path) -> None:
    text = (
        "Written as an example, long enough to be a sentence.\n\nBoard of Ports\n\nPORT/2021/1\n\n"
        "Distr.: General\n\n4 May 2021\n\nOriginal: English\n\n# The state of the piers\n\n"
        "Report of the Director\n\n## Summary\n\nThe piers stand.\n\n1. The first pier was built in 1900.\n"
    )
    found = document(save(tmp_path / "a.md", text))
    assert (found.symbol, found.date, found.title) == ("PORT/2021/1", "2021-05-04", "The state of the piers")
    assert [paragraph.text for paragraph in found.paragraphs] == [
        "Written as an example, long enough to be a sentence.",
        "The piers stand.",
        "The first pier was built in 1900.",
    ]
