"""A sample report as DOCX."""

from datetime import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.document import Document as DocumentType
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from samples import source
from samples.source import Report

# One moment in every file, so that the same report is the same bytes.
_MOMENT = datetime(2000, 1, 1)


def render(report: Report) -> bytes:
    """The report's DOCX, the same bytes for the same report."""
    document = Document()
    _properties(document, report)
    section = document.sections[0]
    section.header.paragraphs[0].text = report.symbol
    section.footer.paragraphs[0].text = report.footer
    document.add_paragraph(report.notice, style="Intense Quote")
    for line in (report.masthead, report.symbol, *report.particulars):
        document.add_paragraph(line)
    document.add_heading(report.title, level=1)
    document.add_paragraph(report.byline)
    for block in report.blocks:
        _add(document, block)
    if report.notes:
        _add_notes(document, report.notes)
    return _without_clock(document)


def _properties(document: DocumentType, report: Report) -> None:
    properties = document.core_properties
    properties.title, properties.subject, properties.language = report.title, report.notice, report.language
    properties.author = properties.last_modified_by = "Reformbot"
    properties.comments = ""
    properties.created = properties.modified = _MOMENT


def _add(document: DocumentType, block: source.Block) -> None:
    if isinstance(block, source.Heading):
        document.add_heading(block.text, level=block.level)
    elif isinstance(block, source.Table):
        table = document.add_table(len(block.rows), len(block.rows[0]), style="Table Grid")
        for row, cells in zip(table.rows, block.rows, strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text
    else:
        _add_runs(document.add_paragraph(), block.runs)


def _add_runs(paragraph: Paragraph, runs: tuple[source.Run, ...]) -> None:
    for run in runs:
        if run.style == "note":
            _refer(paragraph, run.text)
        else:
            font = paragraph.add_run(run.text).font
            font.bold, font.italic = run.style == "bold", run.style == "italic"


def _refer(paragraph: Paragraph, note: str) -> None:
    run = paragraph.add_run()
    run.font.superscript = True
    run._r.append(OxmlElement("w:footnoteReference", {qn("w:id"): note}))


def _add_notes(document: DocumentType, notes: tuple[tuple[str, str], ...]) -> None:
    """Puts the footnotes into a part of their own, as Word does; python-docx has no function for them."""
    root = OxmlElement("w:footnotes")
    for number, text in notes:
        note = OxmlElement("w:footnote", {qn("w:id"): number})
        root.append(note)
        note.append(OxmlElement("w:p"))
        paragraph = Paragraph(note[0], document._body)
        mark = paragraph.add_run()
        mark.font.superscript = True
        mark._r.append(OxmlElement("w:footnoteRef"))
        paragraph.add_run(f" {text}")
    name = PackURI("/word/footnotes.xml")
    part = Part(name, CONTENT_TYPE.WML_FOOTNOTES, serialize_part_xml(root), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def _without_clock(document: DocumentType) -> bytes:
    """The document's archive with every member dated alike; python-docx stamps the time of writing."""
    written, out = BytesIO(), BytesIO()
    document.save(written)
    with ZipFile(written) as before, ZipFile(out, "w", ZIP_DEFLATED) as after:
        for name in before.namelist():
            after.writestr(ZipInfo(name, _MOMENT.timetuple()[:6]), before.read(name), ZIP_DEFLATED)
    return out.getvalue()
