"""PDFs of our own that are laid out as UN documents are: notes, boxes, figures, columns, running heads."""

from collections.abc import Sequence
from pathlib import Path

from reportlab.lib.pagesizes import LETTER
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

BODY = 10.0
NOTE = 8.5
LEADING = 12.0
LEFT = 123.0
RULE = "__________________"
FACES = {"": "Times-Roman", "bold": "Times-Bold", "italic": "Times-Italic", "chinese": "STSong-Light"}

# The prose of the test files: eight lines as wide as the text of a report is, then a short one.
PROSE = (
    "The secretariat asked every office for its figures on rent, power and staff, and compared",
    "them with the figures of the year before, which were drawn up in the same way and had been",
    "looked at by the auditors. It found that the offices which share a building pay less than the",
    "others do, that the difference grows with the number of entities under one roof, and that it",
    "does not depend on where the building stands. It also found that shared drivers, shared guards",
    "and shared clerks are used more fully than those of one entity alone, so that the same work is",
    "done with fewer posts. The offices themselves were content, with few exceptions, and asked that",
    "the rules on who pays for repairs be written down before the next building is taken over, as",
    "they had been told.",
)


class Leaves:
    """Pages on which each text is put where it is told to stand; `y` is where the next line goes."""

    def __init__(self, path: Path, *, size: tuple[float, float] = LETTER) -> None:
        pdfmetrics.registerFont(UnicodeCIDFont(FACES["chinese"]))
        self._path = path
        self._canvas = Canvas(str(path), pagesize=size)
        self.y = 700.0

    def put(self, x: float, y: float, text: str, size: float = BODY, face: str = "") -> float:
        """Where the text ends."""
        self._canvas.setFont(FACES[face], size)
        self._canvas.drawString(x, y, text)
        return x + float(pdfmetrics.stringWidth(text, FACES[face], size))

    def line(self, text: str, *, left: float = LEFT, size: float = BODY, face: str = "") -> None:
        """The next line; "^3^" in it is a raised mark."""
        x = left
        for index, part in enumerate(text.split("^")):
            raised = index % 2
            x = self.put(x, self.y + 0.35 * size * raised, part, 0.65 * size if raised else size, face)
        self.y -= LEADING * size / BODY

    def underlined(self, text: str, *, left: float = LEFT) -> None:
        """The next line with a rule right below its baseline, but for a comma that it ends with."""
        width = float(pdfmetrics.stringWidth(text.rstrip(","), FACES[""], BODY))
        self._canvas.setLineWidth(0.5)
        self._canvas.line(left, self.y - 1.5, left + width, self.y - 1.5)
        self.line(text, left=left)

    def paragraph(self, *lines: str, left: float = LEFT, size: float = BODY) -> None:
        self.y -= 6
        for line in lines:
            self.line(line, left=left, size=size)

    def heading(self, text: str, size: float = BODY) -> None:
        self.y -= LEADING
        self.line(text, size=size, face="bold")
        self.y -= 4

    def notes(self, *lines: str, y: float = 100.0, rule: bool = True) -> None:
        """Footnotes at the foot of the page, their marks raised with "^3^"."""
        self.y = y
        if rule:
            self.line(RULE, left=99, size=8)
        for line in lines:
            self.line(line, left=117, size=NOTE)

    def frame(self, top: float, bottom: float) -> None:
        self._canvas.rect(LEFT - 8, bottom, 380, top - bottom)

    def bars(self, x: float, y: float, heights: Sequence[float]) -> None:
        for index, height in enumerate(heights):
            self._canvas.rect(x + 30 * index, y, 20, height, fill=1)

    def picture(self, picture: Path, box: tuple[float, float, float, float]) -> None:
        """A picture at left and bottom, so wide and high."""
        self._canvas.drawImage(str(picture), *box)

    def running_head(self, symbol: str, page: str, job: str = "31-00001", *, top: float = 745.0) -> None:
        self.put(60, top, symbol, NOTE, "bold")
        self.put(60, 36, f"{page} {job}", 7)

    def turn(self) -> None:
        self._canvas.showPage()
        self.y = 700.0

    def save(self) -> Path:
        self._canvas.save()
        return self._path


def notes_pdf(path: Path) -> Path:
    """Marks in text, in a heading's star, two at once, at a line's start; a note that goes on over the page's end."""
    leaves = Leaves(path)
    leaves.heading("Shared offices in the year 2030^*^", 14)
    leaves.paragraph("1. Nine offices^1^ with 40 m^2^ each were seen, see resolution 70/1,^2,3^ para. 3, and each of")
    leaves.line("them answered.^4^ The 5th of May was the last day.")
    leaves.paragraph(*PROSE)
    leaves.notes(
        "* The report was submitted late so that it has the latest figures.",
        "^1^ Those of the first year.",
        "^2^ General Assembly resolution 70/1, of which the annex is meant here, and with it the list of",
        "3 targets that it holds.",
        "^3^ A/80/74.",
        "^4^ Most of them in writing, some of them by",
        y=140,
    )
    leaves.turn()
    leaves.paragraph("2. Rent fell.")
    leaves.notes("telephone.", "^5^ A note that nothing bears.")
    return leaves.save()


def large_marks_pdf(path: Path) -> Path:
    """Marks that are hardly smaller than their text but stand above it, in text and in notes without a rule."""
    leaves = Leaves(path)
    end = leaves.put(LEFT, 700, "1. Nine offices were seen in the year 2030.")
    end = leaves.put(end, 704, "1", 8.5)
    leaves.put(end, 700, " Each of them answered.")
    leaves.y = 680
    leaves.paragraph(f"2. {PROSE[0]}", *PROSE[1:])
    leaves.put(117, 102, "1", 7)
    leaves.put(124, 100, "Those of the first year, as they were named in the accounts.", NOTE)
    return leaves.save()


def summary_pdf(path: Path) -> Path:
    """A summary with lettered notes below it and no rule, then a table with a lettered note of its own."""
    leaves = Leaves(path)
    leaves.heading("Shared offices", 14)
    leaves.paragraph("The report sets out the pathways^a^ that were taken and what came of them in the year.")
    leaves.y -= 20
    leaves.line("^a^ They are named in the annex, which also says what each of them cost and who", size=NOTE)
    leaves.line("paid for it.", size=NOTE)
    leaves.y -= 20
    leaves.heading("I. Introduction", 14)
    leaves.paragraph(f"1. {PROSE[0]}", *PROSE[1:])
    leaves.y -= 12
    leaves.line("Table 1")
    leaves.line("Offices by region", face="bold")
    for row in (("Region", "Offices"), ("North^b^", "14"), ("South", "9")):
        y = leaves.y
        leaves.line(row[0], size=NOTE)
        leaves.put(300, y, row[1], NOTE)
    leaves.line("Source: accounts of the offices.", size=NOTE)
    leaves.line("^b^ Without islands.", size=NOTE)
    leaves.y -= 12
    leaves.paragraph("2. Rent fell.")
    return leaves.save()


def figure_pdf(path: Path) -> Path:
    """A paragraph that goes on over a page's end and past a figure there; another that a box parts."""
    leaves = Leaves(path)
    leaves.heading("I. Findings", 14)
    leaves.paragraph(f"1. {PROSE[0]}", *PROSE[1:4])
    leaves.turn()
    leaves.line("Figure II")
    leaves.line("Offices by year", face="bold")
    leaves.bars(150, 600, (30, 50, 40))
    for x, label in ((150, "2028"), (180, "2029"), (210, "2030")):
        leaves.put(x, 588, label, 7)
    leaves.put(LEFT, 570, "Source: accounts of the offices.", NOTE)
    leaves.y = 540
    for line in PROSE[4:]:
        leaves.line(line)
    leaves.paragraph(f"2. {PROSE[0]}", PROSE[1], PROSE[2])
    leaves.y -= 12
    top = leaves.y + 14
    leaves.line("Box 1", face="bold")
    leaves.line("How one town did it", face="bold")
    leaves.paragraph("Five entities took one floor each. They had met for a year before that, and they", size=9)
    leaves.line("had one landlord.", size=9)
    leaves.paragraph("• Rent is paid by the square metre.", size=9)
    leaves.frame(top, leaves.y)
    leaves.y -= 12
    leaves.line("others do, and that this holds in every region.")
    leaves.paragraph("3. Rent fell.")
    return leaves.save()


def box_pdf(path: Path) -> Path:
    """A box as large as the text, between two numbered paragraphs."""
    leaves = Leaves(path)
    leaves.heading("I. Findings", 14)
    leaves.paragraph("1. Shared offices cost less, see box 1.")
    leaves.y -= 12
    leaves.line("Box 1", face="bold")
    leaves.line("How one town did it", face="bold")
    leaves.paragraph(*PROSE)
    leaves.paragraph("They had one landlord.")
    leaves.y -= 12
    leaves.paragraph("2. Rent fell.")
    leaves.paragraph("Table 1 says by how much.")
    return leaves.save()


COLUMN_LINES = tuple(
    f"the {side} column says in its line {row} what the rest" for side in ("left", "right") for row in range(9)
)


def columns_pdf(path: Path, *, by_row: bool) -> Path:
    """Two columns below a heading across, drawn row by row or column by column, and a line across below them."""
    leaves = Leaves(path)
    leaves.put(72, 700, "Verbatim record of a meeting that was held on the fourth of March 2031 at noon", 12, "bold")
    left, right = COLUMN_LINES[:9], COLUMN_LINES[9:]
    places = [(column, row) for row in range(9) for column in (0, 1)]
    for column, row in places if by_row else sorted(places):
        leaves.put((72, 320)[column], 660 - LEADING * row, (left, right)[column][row])
    leaves.put(72, 520, "The meeting rose when all of this had been said, and the record was sent to the members.")
    return leaves.save()


def masthead_pdf(path: Path) -> Path:
    """A masthead with cells side by side above text of one column."""
    leaves = Leaves(path)
    leaves.put(60, 735, "United Nations", 14)
    leaves.put(440, 735, "A/86/41-E/2031/7", 14)
    leaves.put(60, 700, "General Assembly", 20, "bold")
    leaves.put(397, 705, "Distr.: General")
    leaves.put(397, 693, "4 March 2031")
    for row in range(4):
        leaves.put(
            60, 640 - LEADING * row, ("Eighty-sixth session", "Agenda item 7", "Operations", "of the system")[row]
        )
        leaves.put(348, 640 - LEADING * row, ("2031 session", "Agenda item 9", "Coordination", "of programmes")[row])
    leaves.put(123, 560, "Lessons from shared offices", 14, "bold")
    leaves.y = 520
    leaves.paragraph(f"1. {PROSE[0]}", *PROSE[1:])
    leaves.paragraph("2. Rent fell.")
    return leaves.save()


RECYCLE = (
    "Please recycle",
    "Merci de recycler",
    "Se ruega reciclar",
    "请回收",
)


def furniture_pdf(path: Path) -> Path:
    """Three pages of a report with all that belongs to the pages, and digits alone that belong to the text."""
    leaves = Leaves(path)
    leaves.heading("Shared offices", 14)
    for page, recycle in enumerate(RECYCLE, 1):
        if page > 1:
            leaves.running_head("E/2031/7", f"{page}/4")
        leaves.put(500, 36, recycle, 8, "chinese" if recycle.startswith("请") else "")
        leaves.put(60, 24, "*3100001*", 12, "bold")
        leaves.put(520, 50, "/…", face="chinese")
        leaves.paragraph(f"{page}. {PROSE[0]}", *PROSE[1:])
        if page == 2:
            leaves.line("They were, in order:")
            for number in ("7", "9", "4"):
                leaves.line(number)
        leaves.turn()
    return leaves.save()


def line_numbers_pdf(path: Path) -> Path:
    """A draft whose lines are numbered in the margin by fives."""
    leaves = Leaves(path)
    for number in (1, 2, 3, 4):
        leaves.paragraph(f"{number}. {PROSE[0]}", *PROSE[1:])
    for line in range(1, 4 * len(PROSE) + 1):
        paragraph = (line - 1) // len(PROSE)
        if line % 5 == 0:
            leaves.put(90, 706 - 6 * paragraph - LEADING * line, str(line), 8)
    return leaves.save()
