"""A sample report as DOCX."""

from datetime import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.document import Document as DocumentType
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
    for number, text in report.notes:
        document.add_paragraph().add_run(number).font.superscript = True
        document.paragraphs[-1].add_run(f" {text}")
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
        font = paragraph.add_run(run.text).font
        if run.style == "note":
            font.superscript = True
        else:
            font.bold, font.italic = run.style == "bold", run.style == "italic"


def _without_clock(document: DocumentType) -> bytes:
    """The document's archive with every member dated alike; python-docx stamps the time of writing."""
    written, out = BytesIO(), BytesIO()
    document.save(written)
    with ZipFile(written) as before, ZipFile(out, "w", ZIP_DEFLATED) as after:
        for name in before.namelist():
            after.writestr(ZipInfo(name, _MOMENT.timetuple()[:6]), before.read(name), ZIP_DEFLATED)
    return out.getvalue()
