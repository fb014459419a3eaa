"""The report of language_reports as PDF, set by Chromium from HTML and by LibreOffice from DOCX.

`python -m tests.ingest.language_files FOLDER` makes all twelve; those in tests/ingest/languages were made so. It needs
chromium and soffice on the path, and the fonts Liberation, Noto Naskh Arabic, KacstBook and Noto CJK.
"""

import subprocess
import sys
import tempfile
from collections.abc import Sequence
from html import escape
from pathlib import Path

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from tests.ingest.language_reports import Piece, report

LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh")
_FONTS = {"ar": ("Noto Naskh Arabic", "KacstBook"), "zh": ("Noto Serif CJK SC", "Noto Serif CJK SC")}
_LATIN = ("Liberation Serif", "Liberation Serif")
_CSS = """@page {{ size: Letter; margin: 25mm 25mm 22mm }}
body {{ font: 10pt/13pt '{font}', 'Liberation Serif'; margin: 0; hyphens: auto; text-align: justify }}
.head {{ display: flex; justify-content: space-between; font-size: 14pt; line-height: 20pt }}
.masthead {{ display: flex; justify-content: space-between; border-top: 1px solid; border-bottom: 3px solid;
  height: 120pt }}
.organ_name {{ font-size: 20pt; line-height: 28pt; font-weight: bold }}
.side {{ width: 130pt; text-align: start }}
.agenda {{ font-weight: bold; margin-bottom: 24pt }}
.title {{ font-size: 17pt; line-height: 22pt; font-weight: bold; margin: 24pt 0 8pt; text-align: start }}
.subtitle, .annex_title {{ font-size: 14pt; line-height: 20pt; font-weight: bold; margin: 8pt 0 12pt;
  text-align: start }}
.h1, .annex {{ font-size: 14pt; line-height: 18pt; font-weight: bold; margin: 18pt 0 9pt }}
.annex {{ break-before: page }}
.h2 {{ font-size: 12pt; line-height: 16pt; font-weight: bold; margin: 14pt 0 7pt }}
.numbered, .operative, .organ, .preamble {{ margin: 0 48pt 7pt }}
.item {{ margin: 0 72pt 7pt }}
.organ {{ font-style: italic }}
"""
_SIDE = ("distribution", "date", "original")


def set_by_chromium(pieces: Sequence[Piece], language: str, path: Path) -> None:
    """The report as Chromium prints it, its lines justified and hyphenated."""
    direction = "rtl" if language == "ar" else "ltr"
    font = _FONTS.get(language, _LATIN)[0]
    head = {piece.kind: escape(piece.text) for piece in pieces}
    side = "".join(f"<div>{head[kind]}</div>" for kind in _SIDE)
    body = "".join(f'<div class="{p.kind}">{escape(p.text)}</div>' for p in pieces[6:] if p.kind != "note")
    html = (
        f'<!doctype html><html lang="{language}" dir="{direction}"><meta charset="utf-8">'
        f"<style>{_CSS.format(font=font)}</style>"
        f'<div class="head"><b>{head["head"]}</b><span>{head["symbol"]}</span></div><div class="masthead">'
        f'<div class="organ_name">{head["organ_name"]}</div><div class="side" dir="ltr">{side}</div></div>{body}</html>'
    )
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "report.html"
        source.write_text(html, encoding="utf-8")
        _run("chromium", "--headless", "--no-sandbox", "--no-pdf-header-footer", f"--print-to-pdf={path}", str(source))


def set_by_libreoffice(pieces: Sequence[Piece], language: str, path: Path) -> None:
    """The report as LibreOffice prints it from a Word file."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"{path.stem}.docx"
        word_file(pieces, language, source)
        _run("soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf",
             "--outdir", str(path.parent), str(source))  # fmt: skip


_SIZES = {"head": 14, "organ_name": 20, "title": 17, "subtitle": 14, "annex": 14, "annex_title": 14, "h1": 14, "h2": 12}
_INDENTS = {"numbered": 48, "operative": 48, "organ": 48, "preamble": 48, "item": 72}
_BOLD = {"head", "organ_name", "title", "subtitle", "annex", "annex_title", "h1", "h2", "agenda"}


def word_file(pieces: Sequence[Piece], language: str, path: Path) -> None:
    """The report as DOCX: sizes and indents are set on the paragraphs, numbers are text."""
    document = docx.Document()
    for piece in pieces:
        if piece.kind in ("symbol", "note"):
            continue
        text = piece.text if piece.kind != "head" else f"{piece.text}\t{pieces[1].text}"
        paragraph = document.add_paragraph()
        form = paragraph.paragraph_format
        form.page_break_before = piece.kind == "annex"
        form.space_after, form.line_spacing = Pt(7), Pt(1.3 * _SIZES.get(piece.kind, 10))
        form.left_indent = form.right_indent = Pt(_INDENTS.get(piece.kind, 330 if piece.kind in _SIDE else 0))
        if piece.kind in _SIDE:
            form.right_indent, form.space_after = Pt(0), Pt(0)
        # LibreOffice gives the strokes that lengthen a justified Arabic line no character of their own.
        if piece.kind in ("numbered", "preamble", "operative") and language != "ar":
            form.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        _add_run(paragraph, text, piece.kind, language)
    document.save(str(path))


def _add_run(paragraph: Paragraph, text: str, kind: str, language: str) -> None:
    run = paragraph.add_run(text)
    font = _FONTS.get(language, _LATIN)[1]
    run.font.size, run.bold, run.italic = Pt(_SIZES.get(kind, 10)), kind in _BOLD, kind == "organ"
    run.font.name = font
    properties = run._r.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    for name in ("w:eastAsia", "w:cs"):
        fonts.set(qn(name), font)
    if language == "ar" and kind not in _SIDE:
        size = OxmlElement("w:szCs")
        size.set(qn("w:val"), str(2 * _SIZES.get(kind, 10)))
        for element in (*([OxmlElement("w:bCs")] if kind in _BOLD else []), size, OxmlElement("w:rtl")):
            properties.append(element)
        paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True, timeout=180)


def main(folder: Path) -> None:
    """Makes a file for each language and application."""
    for language in LANGUAGES:
        set_by_chromium(report(language), language, folder / f"chromium.{language}.pdf")
        set_by_libreoffice(report(language), language, folder / f"libreoffice.{language}.pdf")


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
