"""Scans for the tests: pages of our own reports, as pictures in a PDF.

The pictures in scans/ are first pages of sample reports, at 150 dots an inch: machines without Chinese or Russian
fonts cannot draw them.
"""

from pathlib import Path

import pypdfium2
from PIL import Image
from pypdf import PdfReader, PdfWriter
from reportlab.lib.pagesizes import LETTER
from reportlab.pdfgen.canvas import Canvas

from tests.ingest.layout_files import PROSE, Leaves

SCANS = Path(__file__).parent / "scans"
_DOTS_AN_INCH = 150


def scanned(report: Path, path: Path, *, turned: int = 0) -> Path:
    """The pages of a PDF as pictures, turned clockwise by so many degrees."""
    document = pypdfium2.PdfDocument(report)
    pictures = [page.render(scale=_DOTS_AN_INCH / 72).to_pil().convert("L") for page in document]
    document.close()
    return _saved([picture.rotate(-turned, expand=True) for picture in pictures], path)


def tilted(report: Path, path: Path, *, degrees: float) -> Path:
    """The first page of a PDF as a picture that lay askew."""
    document = pypdfium2.PdfDocument(report)
    picture = document[0].render(scale=_DOTS_AN_INCH / 72).to_pil().convert("L")
    document.close()
    return _saved([picture.rotate(degrees, resample=Image.Resampling.BICUBIC, fillcolor=255)], path)


def scan_of(name: str, path: Path) -> Path:
    """A picture from the folder as a PDF of one page."""
    with Image.open(SCANS / name) as picture:
        return _saved([picture.convert("L")], path)


def blank_scan(path: Path) -> Path:
    """A page that is the picture of white paper."""
    return _saved([Image.new("L", (1240, 1754), 250)], path)


def joined(path: Path, *parts: Path) -> Path:
    """The pages of several PDFs in one."""
    writer = PdfWriter()
    for part in parts:
        for page in PdfReader(part).pages:
            writer.add_page(page)
    writer.write(str(path))
    return path


def with_stamp(report: Path, path: Path, stamp: str) -> Path:
    """The PDF with a line of text printed over the foot of each page."""
    canvas = Canvas(str(path), pagesize=LETTER)
    canvas.drawString(60, 20, stamp)
    canvas.save()
    writer = PdfWriter(clone_from=report)
    for page in writer.pages:
        page.merge_page(PdfReader(path).pages[0])
    writer.write(str(path))
    return path


def starred_pdf(path: Path) -> Path:
    """A page of type of one size, with a star in its agenda item and a note to it at the foot."""
    leaves = Leaves(path)
    leaves.line("Item 108 of the provisional agenda*", left=60)
    leaves.paragraph(f"1. {PROSE[0]}", *PROSE[1:])
    leaves.paragraph("2. Offices that share a building pay less than others. The text of this decision was sent")
    leaves.line("to them.")
    leaves.put(80, 100, "* A/86/150.")
    return leaves.save()


def map_pdf(path: Path) -> Path:
    """A page of text, then one with the heading of a map and a picture with words below it."""
    page, picture = path.with_name("page.pdf"), path.with_name("picture.png")
    document = pypdfium2.PdfDocument(starred_pdf(page))
    document[0].render(scale=_DOTS_AN_INCH / 72).to_pil().convert("L").save(picture)
    document.close()
    leaves = Leaves(path)
    leaves.paragraph(f"1. {PROSE[0]}", *PROSE[1:])
    leaves.turn()
    leaves.line("Map of the shared offices")
    leaves.picture(picture, (60, 60, 492, 620))
    return leaves.save()


def columns_pdf(path: Path, *, first: int = 1) -> Path:
    """A page of two columns with three paragraphs, numbered from `first`; the second goes on in the right column."""
    canvas = Canvas(str(path), pagesize=LETTER)
    canvas.setFont("Times-Roman", 10)
    left = [
        f"{first}. The Council has met four times in the year and",
        "has heard the heads of nine offices, who told it how",
        "many people they serve and what they would change",
        "if they had the means to do so at once.",
        f"{first + 1}. The offices asked for three things above all: for",
        "rules that are the same in each of the countries, for",
        "rooms near the people they serve, and for an answer",
        "within the month when they write to headquarters on",
    ]
    right = [
        "a matter that cannot wait. The Council agreed with",
        "the first and with the last of these wishes, and it put",
        "off the second until the costs are known for certain.",
        f"{first + 2}. The Council will meet again in the spring of next",
        "year. It has asked for a paper on the cost of rooms in",
        "ten cities, for a list of rules that differ, and for the",
        "names of those who will see to it that letters from an",
        "office are answered within the month of their arrival.",
    ]
    for column, place in ((left, 60), (right, 330)):
        for row, line in enumerate(column):
            canvas.drawString(place, 700 - 13 * row, line)
    canvas.save()
    return path


def _saved(pictures: list[Image.Image], path: Path) -> Path:
    first, *others = pictures
    first.save(path, "PDF", resolution=_DOTS_AN_INCH, save_all=True, append_images=others)
    return path
