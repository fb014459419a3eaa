"""Word, PowerPoint, Excel, e-mail, HTML and Markdown in, documents out, through the child process."""

import shutil
from datetime import datetime, timedelta
from email.message import EmailMessage
from functools import partial
from pathlib import Path

import docx
import pytest
from openpyxl import Workbook

from ingest.sandbox import Limits, ReadingError, read_document
from tests.ingest import files
from tests.ingest.files import report_pdf
from tests.ingest.formats_files import message, slides, word_report, workbook
from vectorstore.paragraph import Document, Paragraph

read = partial(files.read, limits=Limits(seconds=20))


def save(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def word(tmp_path_factory: pytest.TempPathFactory) -> Document:
    return read(word_report(tmp_path_factory.mktemp("word") / "report.docx"))


def test_word_report_is_read_as_printed(word: Document) -> None:
    background, figures = ("I. Background",), ("I. Background", "A. Figures")
    assert [each for each in word.paragraphs if each.kind != "footnote"] == [
        Paragraph("The Council asked for a report.", number="1", section=background),
        Paragraph("Rent fell by 12 per cent.", number="2", section=background),
        Paragraph("Staff agreed.\nBox 1. What staff said.", number="3", section=background),
        Paragraph("Office | Costs\n | Rent | Power\nGeneva | 12 | 5", section=figures, kind="table"),
        Paragraph("Offices stay open.", number="4", section=figures),
    ]


def test_word_masthead_gives_symbol_date_and_title(word: Document) -> None:
    assert (word.title, word.symbol, word.date) == ("Shared offices in their first year", "E/2031/7", "2031-03-04")


def test_word_notes_stand_with_what_bears_them(word: Document) -> None:
    notes = [(note.mark, note.text, note.bearer) for note in word.paragraphs if note.kind == "footnote"]
    assert ("1", "See the accounts, table 3.", "1") in notes
    assert ("2", "Rent and power.") in [note[:2] for note in notes]
    assert ("*", "Available from the secretariat.") in [note[:2] for note in notes]


def test_word_headers_give_the_symbol_where_the_text_has_none(tmp_path: Path) -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "A/80/74"
    document.add_paragraph("1. The Assembly met.")
    document.save(str(tmp_path / "a.docx"))
    found = read(tmp_path / "a.docx")
    assert found.symbol == "A/80/74"
    assert [each.text for each in found.paragraphs] == ["The Assembly met."]


def test_bold_line_of_a_word_file_is_a_heading(tmp_path: Path) -> None:
    document = docx.Document()
    for text in ("1. The Assembly met.", "Follow-up", "2. It agreed."):
        document.add_paragraph().add_run(text).bold = text == "Follow-up"
    document.save(str(tmp_path / "a.docx"))
    assert [(each.number, each.section) for each in read(tmp_path / "a.docx").paragraphs] == [
        ("1", ()),
        ("2", ("Follow-up",)),
    ]


@pytest.mark.parametrize("caption", [["Table 1. Rent"], ["Table 1", "Rent"]], ids=["one line", "two lines"])
def test_caption_above_a_table_of_a_word_file_is_the_table_s(caption: list[str], tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("I. Figures", level=1)
    for text in ("1. The figures are in table 1.", *caption):
        document.add_paragraph().add_run(text).bold = text in caption
    document.add_table(1, 2).cell(0, 0).text = "Geneva"
    document.tables[0].cell(0, 1).text = "12"
    document.add_paragraph("2. Rent fell.")
    document.save(str(tmp_path / "a.docx"))
    found = [(each.kind, each.text, each.section) for each in read(tmp_path / "a.docx").paragraphs]
    assert found == [
        ("text", "The figures are in table 1.", ("I. Figures",)),
        ("table", "\n".join([*caption, "Geneva | 12"]), ("I. Figures",)),
        ("text", "Rent fell.", ("I. Figures",)),
    ]


def test_slide_is_a_page_and_a_section(tmp_path: Path) -> None:
    deck = read(slides(tmp_path / "a.pptx"))
    found, figures = ("What was found",), ("Figures",)
    assert (deck.title, deck.date, deck.pages) == ("Shared offices", "2031-03-04", 4)
    assert deck.paragraphs == (
        Paragraph("Briefing to the Council\n4 March 2031", page=1),
        Paragraph("Rent fell by 12 per cent.", number="3", section=found, page=2),
        Paragraph("Power fell by 5 per cent.", number="4", section=found, page=2),
        Paragraph("Say how it was measured.", section=(*found, "Notes"), page=2),
        Paragraph("Year 2030\nGeneva | 14", section=figures, page=3, kind="table"),
        Paragraph("Source: the accounts.", section=figures, page=3),
    )
    assert "Slide 4 is hidden and was not read." in deck.report.warnings


def test_sheet_is_a_section_with_its_cells_as_shown(tmp_path: Path) -> None:
    book = read(workbook(tmp_path / "a.xlsx"))
    assert book.paragraphs == (
        Paragraph("Table 1. Costs of offices", section=("Offices",)),
        Paragraph(
            "Office | Opened | Rent | Share | Change\n"
            "Office 0 | 02/01/2029 15:30 | US$ 1,234.50 | 12.5% | 3\n"
            "Office 1 | 4 March 2030 | US$ 2,469.00 | 12.5% | (7)",
            section=("Offices",),
            kind="table",
        ),
        Paragraph("The Council asked for a report.", number="1", section=("Text",)),
        Paragraph("The report follows.", number="2", section=("Text",)),
    )
    assert "The sheet Working is hidden and was not read." in book.report.warnings


SHOWN = [
    (1234.5, "General", "1234.5"),
    (0.1 + 0.2, "General", "0.3"),
    (True, "General", "TRUE"),
    (12345678, '#,##0.0,,"M"', "12.3M"),
    (1234567, "# ##0", "1 234 567"),
    (-5, "#,##0_);(#,##0)", "(5)"),
    (-3.14, "0.0;[Red]-0.0", "-3.1"),
    (0, '0;-0;"none"', "none"),
    (7, "000", "007"),
    (2.5, "0.##", "2.5"),
    (5, "[$€-407]#,##0", "€5"),
    (3, '0 "offices"', "3 offices"),
    (datetime(2031, 3, 4), "mm-dd-yy", "2031-03-04"),
    (datetime(2031, 3, 4), "[$-409]d-mmm-yy;@", "4-Mar-31"),
    (datetime(2031, 3, 4), 'yyyy"年"m"月"d"日"', "2031年3月4日"),
    (datetime(2031, 3, 4, 15, 7), "h:mm AM/PM", "3:07 PM"),
    (timedelta(hours=30), "[h]:mm", "30:00"),
]


def test_numbers_and_dates_are_as_the_sheet_shows_them(tmp_path: Path) -> None:
    book = Workbook()
    for line, (value, form, _) in enumerate(SHOWN, 1):
        book.active.append([f"row {line}", value])
        book.active.cell(line, 2).number_format = form
    book.save(tmp_path / "a.xlsx")
    text = read(tmp_path / "a.xlsx").paragraphs[0].text
    assert text.splitlines() == [f"row {line} | {shown}" for line, (_, _, shown) in enumerate(SHOWN, 1)]


def test_long_sheet_is_cut_into_tables_that_repeat_its_header(tmp_path: Path) -> None:
    tables = [each.text for each in read(workbook(tmp_path / "a.xlsx", rows=90)).paragraphs if each.kind == "table"]
    assert [len(text.splitlines()) for text in tables] == [41, 41, 11]
    assert {text.splitlines()[0] for text in tables} == {"Office | Opened | Rent | Share | Change"}
    offices = [line.split(" | ")[0] for text in tables for line in text.splitlines()[1:]]
    assert offices == [f"Office {number}" for number in range(90)]


def test_message_has_its_subject_date_and_forwarded_message(tmp_path: Path) -> None:
    mail = read(message(tmp_path / "a.eml"))
    assert (mail.title, mail.date) == ("Отчёт об офисах – shared offices", "2031-03-04")
    assert [(each.number, each.section, each.text) for each in mail.paragraphs] == [
        (None, (), "Dear all,"),
        ("1", (), "Rent fell by 12 per cent, as was hoped."),
        ("2", (), "Power fell.\nWhat fell? All of it?"),
        ("3", ("The annex",), "Offices stay open."),
    ]
    assert "The attachment Büros.csv was not read: save it and add it by itself." in mail.report.warnings


ENCODED = [
    ("utf-8", "8bit", "Доклад о работе представлен."),
    ("koi8-r", "quoted-printable", "Доклад о работе представлен."),
    ("gb18030", "base64", "理事会请秘书处报告共用办公室的情况。"),
    ("gb2312", "base64", "理事会请秘书处报告共用办公室的情况。"),
    ("iso-8859-1", "quoted-printable", "Le Conseil a été prié d’agir à Genève."),
    ("windows-1256", "base64", "انخفض الإيجار في المكاتب."),
]


@pytest.mark.parametrize(("charset", "encoding", "text"), ENCODED, ids=[f"{row[0]} {row[1]}" for row in ENCODED])
def test_message_is_read_in_its_encoding(charset: str, encoding: str, text: str, tmp_path: Path) -> None:
    text = text.replace("’", "'") if charset == "iso-8859-1" else text
    mail = read(message(tmp_path / "a.eml", text=text, charset=charset, encoding=encoding))
    assert mail.paragraphs[0].text == text


def test_message_of_html_alone_is_read_as_a_page(tmp_path: Path) -> None:
    mail = EmailMessage()
    mail["Subject"] = "Offices"
    mail.set_content("<ol><li>Rent fell.</li><li>Power fell.</li></ol>", subtype="html")
    (tmp_path / "a.eml").write_bytes(bytes(mail))
    assert [(each.number, each.text) for each in read(tmp_path / "a.eml").paragraphs] == [
        ("1", "Rent fell."),
        ("2", "Power fell."),
    ]


PAGE = """<!doctype html><html><head><title>Shared offices – Council</title><script>var menu;</script></head><body>
<header><a href="/">Home</a></header><nav><ul><li>Menu</li></ul></nav><h1>Shared offices</h1><h2>I. Background</h2>
<ol><li>The Council asked<sup><a href="#fn1" id="ref1">1</a></sup> for CO<sub>2</sub> figures.
<ol type="a"><li>of rent;</li><li>of power.</li></ol></li></ol>
<table><tr><th rowspan="2">Office</th><th colspan="2">Costs</th></tr><tr><th>Rent</th><th>Power</th></tr>
<tr><td>Geneva</td><td>12</td><td>5</td></tr></table>
<ol start="2"><li value="2">Rent fell.<p>It fell twice.</p></li><li>Power fell.</li></ol>
<p style="display: none">Not shown</p><div><ol><li id="fn1">See the accounts. <a href="#ref1">back</a></li></ol></div>
<footer>Imprint</footer></body></html>"""


def test_page_is_read_as_shown(tmp_path: Path) -> None:
    page = read(save(tmp_path / "a.html", PAGE))
    section = ("I. Background",)
    assert page.title == "Shared offices"
    assert page.paragraphs == (
        Paragraph("The Council asked for CO2 figures.\na. of rent;\nb. of power.", number="1", section=section),
        Paragraph("See the accounts.", section=section, kind="footnote", mark="1", bearer="1"),
        Paragraph("Office | Costs\n | Rent | Power\nGeneva | 12 | 5", section=section, kind="table"),
        Paragraph("Rent fell.\nIt fell twice.", number="2", section=section),
        Paragraph("Power fell.", number="3", section=section),
    )


def test_page_without_headings_takes_its_title_from_its_head(tmp_path: Path) -> None:
    page = read(save(tmp_path / "a.html", "<html><head><title>Offices</title></head><body><p>1. Rent fell.</body>"))
    assert (page.title, page.paragraphs) == ("Offices", (Paragraph("Rent fell.", number="1"),))


def test_page_is_read_in_the_encoding_that_it_names(tmp_path: Path) -> None:
    text = '<html><head><meta charset="koi8-r"></head><body><p>Доклад о работе представлен.</p></body></html>'
    (tmp_path / "a.html").write_bytes(text.encode("koi8-r"))
    assert read(tmp_path / "a.html").paragraphs[0].text == "Доклад о работе представлен."


def test_notes_that_word_saves_in_a_page_are_footnotes(tmp_path: Path) -> None:
    text = (
        '<html><body><p>1. Rent fell.<a href="#_ftn1" name="_ftnref1"><span>[1]</span></a></p><hr>'
        '<div id="ftn1"><p><a href="#_ftnref1" name="_ftn1"><span>[1]</span></a> See the accounts.</p></div></body>'
    )
    assert read(save(tmp_path / "a.html", text)).paragraphs == (
        Paragraph("Rent fell.", number="1"),
        Paragraph("See the accounts.", kind="footnote", mark="1", bearer="1"),
    )


def test_markdown_footnotes_stand_with_what_bears_them(tmp_path: Path) -> None:
    text = "# Offices\n\n1. Rent fell[^1] by a half.\n\n2. Power[^a] fell [^x].\n\n"
    notes = "[^1]: See the\n    *accounts*.\n[^a]: All of it.\n"
    assert read(save(tmp_path / "a.md", text + notes)).paragraphs == (
        Paragraph("Rent fell by a half.", number="1"),
        Paragraph("See the accounts.", kind="footnote", mark="1", bearer="1"),
        Paragraph("Power fell [^x].", number="2"),
        Paragraph("All of it.", kind="footnote", mark="a", bearer="2"),
    )


def test_kind_of_a_file_is_read_from_its_content(tmp_path: Path) -> None:
    for make, name in ((word_report, "a.pptx"), (slides, "b.docx"), (workbook, "c.txt"), (report_pdf, "d.xlsx")):
        assert any(each.number for each in read(make(tmp_path / name)).paragraphs)
    shutil.copy(message(tmp_path / "a.eml"), tmp_path / "mail.txt")
    assert read(tmp_path / "mail.txt").date == "2031-03-04"


NOT_READ = [
    ("a.rtf", b"{\\rtf1\\ansi words}", "RTF.*save it as DOCX"),
    ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "Office before 2007"),
    ("a.msg", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "Outlook.*EML"),
    ("a.png", b"\x89PNG\r\n\x1a\n\x00\x00", "picture"),
    ("a.7z", b"7z\xbc\xaf\x27\x1c\x00", "archive.*unpack"),
]


@pytest.mark.parametrize(("name", "data", "reason"), NOT_READ, ids=[row[0] for row in NOT_READ])
def test_what_is_not_read_is_refused_with_what_to_do(name: str, data: bytes, reason: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(ReadingError, match=reason):
        read(tmp_path / name)


def test_symbol_comes_from_the_name_that_a_file_was_sent_under(tmp_path: Path) -> None:
    path = save(tmp_path / "0.md", "1. Text.\n\n2. More.\n")
    found = read_document(path, source="A_80_9.en.md", content_hash="hash", limits=Limits())
    assert (found.symbol, found.title) == ("A/80/9", "A/80/9")
