"""Word, PowerPoint, Excel and e-mail files with what UN documents have in them, in our own words."""

import datetime
import zipfile
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import docx
from docx.oxml import parse_xml
from openpyxl import Workbook
from pptx import Presentation
from pptx.util import Inches

WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_NOTE_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
_NOTE_CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
NOTES = {1: "See the accounts, table 3.", 2: "Available from the secretariat.", 3: "Rent and power."}


def word_report(path: Path) -> Path:
    """A report with a masthead as a table, list numbers, notes, merged cells, a text box and tracked changes."""
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "E/2031/7"
    document.sections[0].footer.paragraphs[0].text = "2/9 25-00001"
    masthead = document.add_table(1, 2)
    masthead.cell(0, 0).text = "United Nations"
    for line in ("E/2031/7", "Distr.: General", "4 March 2031", "Original: English"):
        masthead.cell(0, 1).add_paragraph(line)
    document.add_paragraph("Shared offices in their first year", style="Title")
    _referring(document.paragraphs[-1], 2, own="*")
    document.add_heading("I. Background", 1)
    paragraph = document.add_paragraph("The Council asked", style="List Number")
    _referring(paragraph, 1)
    paragraph.add_run(" for a report.")
    paragraph = document.add_paragraph("Rent fell", style="List Number")
    _tracked(paragraph)
    _boxed(document.add_paragraph("Staff agreed.", style="List Number"))
    document.add_heading("A. Figures", 2)
    _merged_table(document)
    document.add_paragraph("Offices\tstay open.", style="List Number")
    document.add_comment(paragraph.runs[0], text="Not for print", author="Editor")
    plain = path.with_suffix(".plain")
    document.save(str(plain))
    with_parts(plain, path, {"word/footnotes.xml": _notes()})
    return path


def _referring(paragraph: Any, note: int, own: str = "") -> None:
    follows, mark = (' w:customMarkFollows="1"', f"<w:t>{own}</w:t>") if own else ("", "")
    reference = f'<w:footnoteReference{follows} w:id="{note}"/>{mark}'
    paragraph._p.append(parse_xml(f"<w:r {WORD}>{reference}</w:r>"))


def _tracked(paragraph: Any) -> None:
    for name, tag, text in (("ins", "t", " by 12 per cent"), ("del", "delText", " by 10 per cent")):
        run = f'<w:r><w:{tag} xml:space="preserve">{text}</w:{tag}></w:r>'
        paragraph._p.append(parse_xml(f'<w:{name} {WORD} w:id="9" w:author="E">{run}</w:{name}>'))
    paragraph.add_run(".")


def _boxed(paragraph: Any) -> None:
    """A text box as Word writes it: once for itself and once for older programs."""
    box = "<w:txbxContent><w:p><w:r><w:t>Box 1. What staff said.</w:t></w:r></w:p></w:txbxContent>"
    compatibility = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    both = f'<mc:Choice Requires="wps">{box}</mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback>'
    paragraph._p.append(
        parse_xml(f"<w:r {WORD} {compatibility}><mc:AlternateContent>{both}</mc:AlternateContent></w:r>")
    )


def _merged_table(document: Any) -> None:
    table = document.add_table(3, 3)
    rows = (("Office", "Costs", ""), ("", "Rent", "Power"), ("Geneva", "12", "5"))
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    _referring(table.cell(0, 1).paragraphs[0], 3)
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(0, 0).merge(table.cell(1, 0))


def _notes() -> str:
    separator = '<w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>'
    notes = "".join(
        f'<w:footnote w:id="{note}"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t>{text}</w:t></w:r></w:p></w:footnote>'
        for note, text in NOTES.items()
    )
    return f"<w:footnotes {WORD}>{separator}{notes}</w:footnotes>"


def with_parts(source: Path, target: Path, parts: dict[str, str]) -> Path:
    """A copy of an Office file with parts replaced or added; footnotes are made known to it."""
    known = (
        (
            "[Content_Types].xml",
            "</Types>",
            f'<Override PartName="/word/footnotes.xml" ContentType="{_NOTE_CONTENT}"/>',
        ),
        (
            "word/_rels/document.xml.rels",
            "</Relationships>",
            f'<Relationship Id="rId99" Type="{_NOTE_TYPE}" Target="footnotes.xml"/>',
        ),
    )
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = old.read(name)
            for part, end, entry in known if "word/footnotes.xml" in parts else ():
                text = text.replace(end.encode(), (entry + end).encode()) if name == part else text
            if name not in parts:
                new.writestr(name, text)
        for name, content in parts.items():
            new.writestr(name, content)
    return target


def slides(path: Path) -> Path:
    """A briefing: a title slide, numbered points with notes, a table with a merged cell, a hidden slide."""
    deck = Presentation()
    first = deck.slides.add_slide(deck.slide_layouts[0])
    first.shapes.title.text = "Shared offices"
    first.placeholders[1].text = "Briefing to the Council\n4 March 2031"
    points = deck.slides.add_slide(deck.slide_layouts[1])
    points.shapes.title.text = "What was found"
    frame = points.placeholders[1].text_frame
    frame.text = "Rent fell by 12 per cent."
    frame.add_paragraph().text = "Power fell by 5 per cent."
    for paragraph in frame.paragraphs:
        properties = paragraph._p.get_or_add_pPr()
        properties.append(parse_xml(f'<a:buAutoNum {_DRAWING} type="arabicPeriod" startAt="3"/>'))
    points.notes_slide.notes_text_frame.text = "Say how it was measured."
    figures = deck.slides.add_slide(deck.slide_layouts[5])
    figures.shapes.title.text = "Figures"
    table = figures.shapes.add_table(2, 2, Inches(1), Inches(2), Inches(4), Inches(2)).table
    for place, text in enumerate(("Year 2030", "", "Geneva", "14")):
        table.cell(place // 2, place % 2).text = text
    table.cell(0, 0).merge(table.cell(0, 1))
    grouped = figures.shapes.add_group_shape().shapes.add_textbox(0, 0, Inches(1), Inches(1))
    grouped.text_frame.text = "Source: the accounts."
    hidden = deck.slides.add_slide(deck.slide_layouts[5])
    hidden.shapes.title.text = "Only for staff"
    hidden._element.set("show", "0")
    deck.save(str(path))
    return path


_DRAWING = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'


def workbook(path: Path, *, rows: int = 2) -> Path:
    """A sheet with a title over its table and formats of every kind, a sheet of paragraphs, a hidden one."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Offices"
    sheet.append(["Table 1. Costs of offices"])
    sheet.append([])
    sheet.append(["Office", "Opened", "Rent", "Share", "Change"])
    for number in range(rows):
        opened = datetime.date(2030, 3, 4) if number else datetime.datetime(2029, 1, 2, 15, 30)
        sheet.append([f"Office {number}", opened, 1234.5 * (number + 1), 0.125, -7 if number else 3])
        line = number + 4
        sheet.cell(line, 2).number_format = "d mmmm yyyy" if number else "dd/mm/yyyy hh:mm"
        sheet.cell(line, 3).number_format = '"US$ "#,##0.00'
        sheet.cell(line, 4).number_format = "0.0%"
        sheet.cell(line, 5).number_format = "0;(0)"
    paragraphs = book.create_sheet("Text")
    for text in ("1. The Council asked for a report.", "2. The report follows."):
        paragraphs.append([text])
    hidden = book.create_sheet("Working")
    hidden.append(["not for print", "at all"])
    hidden.sheet_state = "hidden"
    book.save(path)
    return path


def message(path: Path, *, text: str = "", charset: str = "utf-8", encoding: str = "quoted-printable") -> Path:
    """An e-mail with a table attached and another message forwarded in it."""
    mail = EmailMessage()
    mail["Subject"] = "Отчёт об офисах – shared offices"
    mail["From"] = "María Núñez <maria@example.org>"
    mail["To"] = "Office <office@example.org>"
    mail["Date"] = "Tue, 04 Mar 2031 10:00:00 +0000"
    mail["Message-ID"] = "<1@example.org>"
    body = (
        text
        or "Dear all,\n\n1. Rent fell by 12 per cent,\nas was hoped.\n2. Power fell.\n\n> What fell?\n> All of it?\n"
    )
    mail.set_content(body, charset=charset, cte=encoding)
    mail.add_alternative("<html><body><p>Only in HTML</p></body></html>", subtype="html")
    mail.add_attachment(b"Year;Offices", maintype="text", subtype="csv", filename="Büros.csv")
    inner = EmailMessage()
    inner["Subject"] = "The annex"
    inner.set_content("3. Offices stay open.\n")
    mail.add_attachment(inner)
    path.write_bytes(bytes(mail))
    return path
