"""PDFs with tables of our own: the ways in which UN reports print them.

`python -m tests.ingest.tables_files FOLDER` makes tests/ingest/tables anew. It needs chromium on the path and the
fonts Noto Naskh Arabic and Noto CJK; the tests read what is kept.
"""

import subprocess
import sys
import tempfile
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from reportlab.lib.pagesizes import LETTER
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

BODY = 10.0
SMALL = 8.5
HEAD = 7.0
LEADING = 1.2
PARAGRAPH = (
    "The secretariat asked every office for its figures and compared them with those of the year before, so that",
    "the Council may see what the shared services cost and what they saved in each of the places named below.",
)

Cells = Sequence[str]


class Sheet:
    """Pages set from top to bottom: paragraphs, captions, and tables with the rules that they are told to have."""

    def __init__(self, path: Path, *, size: tuple[float, float] = LETTER, left: float = 100.0) -> None:
        self._canvas = Canvas(str(path), pagesize=size)
        self._left = left
        self._height = size[1]
        self._y = size[1] - 80.0

    def paragraph(self, *lines: str) -> None:
        self._y -= 8
        for line in lines:
            self._text(self._left, line, BODY)
            self._y -= BODY * LEADING

    def caption(self, label: str, title: str, unit: str = "") -> None:
        self._y -= 12
        self._text(self._left, label, BODY)
        self._y -= BODY * LEADING
        self._text(self._left, title, BODY, "Times-Bold")
        if unit:
            self._y -= BODY * LEADING
            self._text(self._left, unit, HEAD)
        self._y -= 8

    def note(self, text: str) -> None:
        self._y -= SMALL * LEADING
        self._text(self._left, text, SMALL)

    def rule(self, edges: Sequence[float], weight: float = 0.5, *, parts: bool = True) -> None:
        """A rule over columns with these edges, drawn column by column as word processors do, or in one piece."""
        self._canvas.setLineWidth(weight)
        ends = list(pairwise(edges)) if parts else [(edges[0], edges[-1])]
        for start, end in ends:
            self._canvas.line(start, self._y, end, self._y)

    def uprights(self, edges: Sequence[float], top: float) -> None:
        for edge in edges:
            self._canvas.line(edge, self._y, edge, top)

    def row(
        self,
        edges: Sequence[float],
        cells: Cells,
        *,
        size: float = SMALL,
        right: bool = False,
        face: str = "Times-Roman",
    ) -> None:
        """A row below the place reached, its cells wrapped; figures stand at the right of their columns if asked."""
        lines = [simpleSplit(cell, face, size, b - a - 8) for cell, a, b in zip(cells, edges, edges[1:], strict=False)]
        for column, wrapped in enumerate(lines):
            for number, line in enumerate(wrapped):
                y = self._y - size - number * size * LEADING
                self._canvas.setFont(face, size)
                if right and column:
                    self._canvas.drawRightString(edges[column + 1] - 4, y, line)
                else:
                    self._canvas.drawString(edges[column] + 4, y, line)
        self._y -= max(map(len, lines)) * size * LEADING + 6

    def centred(self, start: float, end: float, text: str, size: float = HEAD) -> None:
        self._canvas.setFont("Times-Italic", size)
        self._canvas.drawCentredString((start + end) / 2, self._y - size, text)

    @property
    def y(self) -> float:
        """The height reached."""
        return self._y

    def skip(self, height: float) -> None:
        self._y -= height

    def next_page(self) -> None:
        self._canvas.showPage()
        self._y = self._height - 80.0

    def save(self, path: Path) -> Path:
        self._canvas.save()
        return path

    def _text(self, x: float, text: str, size: float, face: str = "Times-Roman") -> None:
        self._canvas.setFont(face, size)
        self._canvas.drawString(x, self._y - size, text)


def un_style(
    sheet: Sheet,
    edges: Sequence[float],
    header: Cells,
    rows: Sequence[Cells],
    *,
    right: bool = True,
    closed: bool = True,
) -> None:
    """A table as the UN prints it: a thin rule, the header in small italics, a thick rule, rows, a thick rule."""
    sheet.rule(edges)
    sheet.skip(4)
    sheet.row(edges, header, size=HEAD, right=right, face="Times-Italic")
    sheet.rule(edges, 1.4)
    sheet.skip(6)
    for row in rows:
        sheet.row(edges, row, right=right)
    if closed:
        sheet.rule(edges, 1.4)


def grid(sheet: Sheet, edges: Sequence[float], rows: Sequence[Cells]) -> None:
    """A table with rules around every cell."""
    top = sheet.y
    sheet.rule(edges)
    for row in rows:
        sheet.skip(3)
        sheet.row(edges, row)
        sheet.rule(edges)
    sheet.uprights(edges, top)


FOREIGN = {
    "ar": (
        "تكاليف المكاتب المشتركة",
        "طلب المجلس إلى كل مكتب أن يقدم أرقامه، وقارنتها الأمانة بأرقام السنة السابقة حتى يرى المجلس ما وفرته المكاتب.",
        (("المكتب", "السنة", "التكلفة"), ("نيروبي", "2030", "450"), ("جنيف", "2031", "1200"), ("بانكوك", "2032", "75")),
    ),
    "zh": (
        "共用办公室的费用",
        "理事会请每个办公室提供数字，秘书处将其与上一年的数字作了比较，以便理事会了解共用服务的费用和节省的金额。",
        (("办公室", "年份", "费用"), ("内罗毕", "2030", "450"), ("日内瓦", "2031", "1200"), ("曼谷", "2032", "75")),
    ),
}
_STYLE = """body { font: 11pt 'Noto Naskh Arabic', 'Noto Serif CJK SC'; margin: 0 40pt }
table { font-size: 9pt; border-collapse: collapse; width: 70%; border-top: .5pt solid; border-bottom: 1.4pt solid }
td, th { padding: 3pt 6pt; text-align: start; font-weight: normal } th { border-bottom: 1.4pt solid }"""


def set_by_chromium(language: str, path: Path) -> None:
    """A heading, three paragraphs and a table in Arabic or Chinese, as Chromium prints them."""
    title, text, (header, *rows) = FOREIGN[language]
    direction = "rtl" if language == "ar" else "ltr"
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    head = "".join(f"<th>{cell}</th>" for cell in header)
    html = (
        f'<!doctype html><html lang="{language}" dir="{direction}"><meta charset="utf-8"><style>{_STYLE}</style>'
        f"<h2>{title}</h2>" + f"<p>{text}</p>" * 3 + f"<table><tr>{head}</tr>{body}</table></html>"
    )
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "table.html"
        source.write_text(html, encoding="utf-8")
        command = ("chromium", "--headless", "--no-sandbox", "--no-pdf-header-footer", f"--print-to-pdf={path}")
        subprocess.run([*command, str(source)], check=True, capture_output=True)


if __name__ == "__main__":
    for name in FOREIGN:
        set_by_chromium(name, Path(sys.argv[1]) / f"table.{name}.pdf")
