"""Files that the tests read: small reports in our own words, and broken or harmful ones; and how they are read."""

import zlib
from pathlib import Path

import docx
from pypdf import PdfWriter
from reportlab.lib.pagesizes import LETTER
from reportlab.pdfgen.canvas import Canvas

from ingest.sandbox import Limits, read_document
from vectorstore.paragraph import Document

SIZE = 10.0
LEADING = 12.0
LEFT = 124.0
USUAL = Limits()


def read(path: Path, limits: Limits = USUAL) -> Document:
    """The document in a file, read in a child process."""
    return read_document(path, source=path.name, content_hash="hash", limits=limits)


def numbered(document: Document) -> dict[str, str]:
    """The texts of the paragraphs that have a number, by it."""
    return {paragraph.number: paragraph.text for paragraph in document.paragraphs if paragraph.number}


class Sheet:
    """A PDF set line by line the way UN reports are: running heads, indents, raised marks, notes."""

    def __init__(self, path: Path, symbol: str) -> None:
        self._canvas = Canvas(str(path), pagesize=LETTER)
        self._symbol = symbol
        self._page = 1
        self._y = 740.0

    def masthead(self, organ: str, date: str) -> None:
        self._put(124, 734, f"United Nations {self._symbol}", 14)
        self._put(124, 705, organ, 20, bold=True)
        self._put(397, 705, "Distr.: General")
        self._put(397, 693, date)
        self._put(397, 669, "Original: English")
        self._put(60, 545, "Agenda item 7 (a)")
        self._put(65, 44, "25-00001 (E) 010125")
        self._put(65, 30, "*2500001*", 12, bold=True)
        self._y = 500.0

    def heading(self, text: str, size: float = 14.0) -> None:
        self._y -= 2 * LEADING
        self._put(LEFT - 25, self._y, text, size, bold=True)
        self._y -= LEADING

    def paragraph(self, *lines: str, gap: float = 6.0) -> None:
        self._y -= gap
        for line in lines:
            self.line(line)

    def line(self, text: str, left: float = LEFT, size: float = SIZE) -> None:
        self._y -= LEADING
        self._put(left, self._y, text, size)

    def marked(self, before: str, mark: str, after: str) -> None:
        """A line with a raised footnote mark in it."""
        self._y -= LEADING
        text = self._canvas.beginText(LEFT, self._y)
        text.setFont("Times-Roman", SIZE)
        text.textOut(before)
        text.setFont("Times-Roman", 6.5)
        text.setRise(4)
        text.textOut(mark)
        text.setRise(0)
        text.setFont("Times-Roman", SIZE)
        text.textOut(after)
        self._canvas.drawText(text)

    def note(self, mark: str, text: str) -> None:
        self._put(100, 100, "__________________", 8)
        self._put(118, 93, mark, 5.5)
        self._put(124, 90, text, 8.5)

    def next_page(self) -> None:
        self._canvas.showPage()
        self._page += 1
        self._put(60, 745, self._symbol, 8.5, bold=True)
        self._put(60, 36, f"{self._page}/9 25-00001", 8.5, bold=True)
        self._y = 720.0

    def save(self) -> None:
        self._canvas.save()

    def _put(self, x: float, y: float, text: str, size: float = SIZE, *, bold: bool = False) -> None:
        self._canvas.setFont("Times-Bold" if bold else "Times-Roman", size)
        self._canvas.drawString(x, y, text)


def report_pdf(path: Path) -> Path:
    """A report of three pages with two sections, four paragraphs, a footnote and an annex that numbers anew."""
    sheet = Sheet(path, "E/2031/7")
    sheet.masthead("Economic and Social Council", "4 March 2031")
    sheet.heading("Lessons from the first year of shared offices")
    sheet.heading("I. Introduction")
    sheet.paragraph("1. The Council asked for a report on shared offices in its resolution 2030/4.")
    sheet.paragraph(
        "2. The secretariat spoke with every office, with host Governments and with staff,",
    )
    sheet.marked("and took their settings", " 1", " into account. What follows rests on the System-")
    sheet.line("wide evaluation of 2030 and on the accounts of 14 offices, which were asked for")
    sheet.note("1", "See the accounts of the offices, table 3.")
    sheet.next_page()
    sheet.line("figures on rent, power and staff.")
    sheet.heading("II. Findings")
    sheet.paragraph("3. Shared offices cost less:")
    sheet.paragraph("(a) Rent fell by 12 per cent;")
    sheet.paragraph("(b) Power fell by 5 per cent.")
    sheet.paragraph("4. Staff were content, see para. 3 above and resolution 2030/4.")
    sheet.next_page()
    sheet.heading("Annex")
    sheet.heading("Offices visited", 12)
    sheet.paragraph("1. Nine offices were visited in the year.")
    sheet.paragraph("2. Five more answered in writing.")
    sheet.save()
    return path


def resolution_pdf(path: Path) -> Path:
    """A resolution with two preambular and two operative paragraphs."""
    sheet = Sheet(path, "S/RES/9001 (2031)")
    sheet.masthead("Security Council", "5 May 2031")
    sheet.heading("Resolution 9001 (2031)")
    sheet.paragraph("The Security Council,")
    sheet.paragraph("Recalling its earlier resolutions on the matter, in particular the one of the", gap=6)
    sheet.line("year before,")
    sheet.paragraph("Noting the report of the Secretary-General,")
    sheet.paragraph("1. Welcomes the report;")
    sheet.paragraph("2. Decides to remain seized of the matter.")
    sheet.save()
    return path


def numbered_docx(path: Path) -> Path:
    """A Word file whose paragraph numbers are Word's own list numbers, with a table."""
    document = docx.Document()
    document.add_heading("Progress of the reform", 0)
    document.add_heading("I. Background", 1)
    document.add_paragraph("Members agreed on the reform.", style="List Number")
    document.add_paragraph("The office reports each year.", style="List Number")
    document.add_heading("II. Results", 1)
    document.add_paragraph("Results were plain.", style="List Number")
    table = document.add_table(2, 2)
    for cell, text in zip(table._cells, ("Year", "Offices", "2024", "130"), strict=True):
        cell.text = text
    document.save(str(path))
    return path


def blank_pdf(path: Path) -> Path:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.write(str(path))
    return path


def encrypted_pdf(path: Path) -> Path:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.encrypt("secret")
    writer.write(str(path))
    return path


def bomb_pdf(path: Path) -> Path:
    """A few thousand bytes that ask for some 600 million: a page's content, deflated twice."""
    content = zlib.compress(zlib.compress(b"BT /F1 9 Tf (A) Tj ET " * 28_000_000, 1), 9)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d /Filter [/FlateDecode /FlateDecode] >>\nstream\n%b\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    data = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start = len(data)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    data += b"xref\n0 6\n0000000000 65535 f \n%btrailer << /Size 6 /Root 1 0 R >>\n" % table
    data += b"startxref\n%d\n%%%%EOF" % start
    path.write_bytes(data)
    return path
