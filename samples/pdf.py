"""A sample report as PDF, set like the documents that it is modelled on: running heads, page numbers, footnotes."""

from html import escape
from io import BytesIO
from typing import Any

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import BaseDocTemplate, Frame, HRFlowable, PageTemplate, Paragraph, Spacer, Table

from samples import source
from samples.source import Report

# A font that readers bring themselves: Chinese text without a font file in the repository.
_CHINESE = "STSong-Light"
_LEFT, _RIGHT = 2.5 * cm, A4[0] - 2.5 * cm
_BOTTOM = 3.6 * cm
_TAGS = {"plain": "{}", "bold": "<b>{}</b>", "italic": "<i>{}</i>"}
_NOTE = '<super>{0}</super><onDraw name="footnote" label="{0}"/>'


def render(report: Report) -> bytes:
    """The report's PDF, the same bytes for the same report."""
    _, pages = _set(report, pages=0)
    return _set(report, pages=pages)[0]


def _set(report: Report, *, pages: int) -> tuple[bytes, int]:
    """The PDF with `pages` printed as the number of pages, and the number that it came to."""
    style, page, out = _body_style(report.language), _Page(report, pages), BytesIO()
    document = BaseDocTemplate(
        out, pagesize=A4, invariant=1, pageCompression=0, title=report.title, author="Reformbot", subject=report.notice
    )
    frame = Frame(_LEFT, _BOTTOM, _RIGHT - _LEFT, A4[1] - _BOTTOM - 2.2 * cm, 0, 0, 0, 0)
    document.addPageTemplates(PageTemplate(frames=[frame], onPage=page.begin, onPageEnd=page.end))
    document.build(_head(report, style) + [_flowable(block, style) for block in report.blocks])
    return out.getvalue(), document.page


class _Page:
    """Draws what stands around the text of each page."""

    def __init__(self, report: Report, pages: int) -> None:
        self._report, self._pages = report, pages
        self._style = ParagraphStyle("note", _body_style(report.language), fontSize=8.5, leading=10.5, spaceAfter=0)
        self._marked: list[str] = []

    def begin(self, canvas: Any, document: Any) -> None:
        """Draws the running head and foot, and lets the text name its footnotes while it is drawn."""
        self._marked = []
        canvas.setNamedCB("footnote", lambda _canvas, _kind, number: self._marked.append(number))
        canvas.setFont(self._style.fontName, 9)
        if document.page > 1:
            canvas.drawString(_LEFT, A4[1] - 1.6 * cm, self._report.symbol)
        canvas.drawString(_LEFT, 1.3 * cm, self._report.footer)
        canvas.drawRightString(_RIGHT, 1.3 * cm, f"{document.page}/{self._pages}")

    def end(self, canvas: Any, _document: Any) -> None:
        """Draws the footnotes that the page's text named."""
        texts = dict(self._report.notes)
        height = _BOTTOM - 0.3 * cm
        if self._marked:
            canvas.line(_LEFT, height, _LEFT + 4 * cm, height)
        for number in self._marked:
            note = Paragraph(f'<super rise="2" size="7">{number}</super> {escape(texts[number])}', self._style)
            height -= note.wrap(_RIGHT - _LEFT, height)[1] + 2
            note.drawOn(canvas, _LEFT, height)


def _body_style(language: str) -> ParagraphStyle:
    if language == "zh":
        pdfmetrics.registerFont(UnicodeCIDFont(_CHINESE))
        pdfmetrics.registerFontFamily(_CHINESE, *[_CHINESE] * 4)
        return ParagraphStyle("body", fontName=_CHINESE, fontSize=10.5, leading=16, spaceAfter=8, wordWrap="CJK")
    return ParagraphStyle("body", fontName="Times-Roman", fontSize=10.5, leading=13.5, spaceAfter=8)


def _head(report: Report, body: ParagraphStyle) -> list[Any]:
    small = ParagraphStyle("small", body, fontSize=9, leading=12, spaceAfter=0)
    notice = ParagraphStyle("notice", small, borderWidth=0.5, borderColor=colors.black, borderPadding=4)
    title = ParagraphStyle("title", body, fontSize=15, leading=20, spaceBefore=14)
    right = ParagraphStyle("right", small, leftIndent=11 * cm)
    return [
        Paragraph(escape(report.notice), notice),
        Spacer(0, 14),
        Table(
            [[report.masthead, report.symbol]], [11 * cm, 5 * cm], style=[("FONT", (0, 0), (-1, -1), body.fontName, 11)]
        ),
        HRFlowable(width="100%", color=colors.black),
        *(Paragraph(escape(line), right) for line in report.particulars[:3]),
        *(Paragraph(f"<b>{escape(line)}</b>", small) for line in report.particulars[3:]),
        Paragraph(f"<b>{escape(report.title)}</b>", title),
        Paragraph(f"<b>{escape(report.byline)}</b>", body),
    ]


def _flowable(block: source.Block, body: ParagraphStyle) -> Any:
    if isinstance(block, source.Heading):
        size = 17 - 2 * block.level
        style = ParagraphStyle("heading", body, fontSize=size, leading=size + 4, spaceBefore=6, keepWithNext=1)
        return Paragraph(f"<b>{escape(block.text)}</b>", style)
    if isinstance(block, source.Table):
        grid = [("GRID", (0, 0), (-1, -1), 0.5, colors.grey), ("FONT", (0, 0), (-1, -1), body.fontName, 9)]
        return Table(block.rows, style=grid, spaceAfter=10)
    return Paragraph("".join(_markup(run) for run in block.runs), ParagraphStyle("indented", body, leftIndent=1 * cm))


def _markup(run: source.Run) -> str:
    return _NOTE.format(run.text) if run.style == "note" else _TAGS[run.style].format(escape(run.text))
