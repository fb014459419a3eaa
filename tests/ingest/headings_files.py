"""PDFs of our own for what stands above the text: titles, contents, headings that are underlined, preambles."""

from collections.abc import Sequence
from pathlib import Path

from tests.ingest.layout_files import LEADING, LEFT, PROSE, Leaves

INDENT = LEFT + 24


def _with_masthead(path: Path, *item: str) -> Leaves:
    """A first page down to where the title stands; `item` are the lines of its agenda item."""
    leaves = Leaves(path)
    leaves.put(60, 735, "United Nations", 14)
    leaves.put(440, 735, "A/86/41", 14)
    leaves.put(60, 700, "General Assembly", 20, "bold")
    leaves.put(397, 705, "Distr.: General")
    leaves.put(397, 693, "4 March 2031")
    for row, line in enumerate(item):
        leaves.put(60, 570 - LEADING * row, line, face="bold" if row > 1 else "")
    leaves.y = 502
    return leaves


def _titled(leaves: Leaves, title: Sequence[str], size: float) -> None:
    for line in title:
        leaves.line(line, size=size, face="bold")
    leaves.y -= 8


def letter_pdf(path: Path) -> Path:
    """A letter of which the upper half of the page asks for its circulation under an agenda item."""
    leaves = _with_masthead(path, "Eighty-sixth session", "Agenda item 7", "Shared offices")
    _titled(leaves, ("Letter dated 3 March 2031 from the Permanent Representative of", "Atlantis"), 12)
    leaves.line("I have the honour to transmit herewith a report on the offices that are shared", left=INDENT)
    leaves.line("in my country, and should be grateful if it could be circulated as a document under")
    leaves.line("agenda item 7.")
    return leaves.save()


def agenda_pdf(path: Path) -> Path:
    """An agenda, of which title and items speak of agendas as well as the masthead does."""
    leaves = _with_masthead(path, "Nice, 9-13 June 2031", "Item 4 of the provisional agenda", "Adoption of the agenda")
    _titled(leaves, ("Provisional agenda",), 14)
    for item in ("1. Opening of the Conference.", "2. Adoption of the agenda.", "3. Closure of the Conference."):
        leaves.paragraph(item)
    return leaves.save()


def parted_title_pdf(path: Path) -> Path:
    """A title in two parts that white space sets off, whose report it is in bold of the text's size, one paragraph."""
    leaves = _with_masthead(path, "Eighty-sixth session", "Agenda item 7")
    _titled(leaves, ("Operational activities",), 14)
    leaves.y -= 4
    _titled(leaves, ("Shared offices in the year 2030, their rent and", "their staff"), 14)
    leaves.line("Report of the Secretary-General", face="bold")
    leaves.paragraph(f"1. {PROSE[0]}", *PROSE[1:])
    return leaves.save()


def same_size_title_pdf(path: Path) -> Path:
    """A title of the text's own size below the agenda item, and below it in a line of its own whose report it is."""
    leaves = _with_masthead(path, "Eighty-sixth session", "Item 7 of the provisional agenda")
    leaves.y = 520
    for line in ("SHARED OFFICES IN THE YEAR 2030", "Report of the Secretary-General"):
        leaves.line(line, left=220)
    leaves.paragraph(f"1. {PROSE[0]}", *PROSE[1:])
    leaves.paragraph("2. Rent fell.")
    return leaves.save()


def contents_pdf(path: Path) -> Path:
    """Contents with white space, not dots, before the page numbers; then the text, with numbers at its lines' ends."""
    leaves = Leaves(path)
    leaves.line("Contents", face="italic")
    leaves.put(LEFT, leaves.y, "Chapter", 8, "italic")
    leaves.put(480, leaves.y, "Page", 8, "italic")
    leaves.y -= 16
    for label, title, page in (
        ("I.", "Findings", "2"),
        ("A.", "Rent", "2"),
        ("B.", "Staff", "3"),
        ("II.", "Next", "3"),
    ):
        leaves.put(LEFT, leaves.y, label)
        leaves.put(150, leaves.y, title)
        leaves.put(490, leaves.y, page)
        leaves.y -= 16
    leaves.turn()
    leaves.heading("I. Findings", 14)
    leaves.paragraph(f"1. {PROSE[0]}", *PROSE[1:])
    leaves.heading("II. Next", 14)
    leaves.paragraph("2. Rent fell.")
    return leaves.save()


def underlined_pdf(path: Path) -> Path:
    """Underlined: a heading of two lines, words in lines, and what parts a paragraph's list."""
    leaves = Leaves(path)
    leaves.heading("I. Findings", 14)
    leaves.paragraph("1. Offices are shared.")
    leaves.y -= LEADING
    leaves.underlined("What the offices that share a building pay for rent, for")
    leaves.underlined("power and for staff")
    leaves.y -= LEADING
    leaves.paragraph("2. The offices should:")
    for part in ("Those in the north", "Those in the south"):
        leaves.y -= LEADING
        leaves.underlined(part)
        leaves.y -= 6
        leaves.line("(a) pay in time;", left=INDENT)
        leaves.line("(b) write down who repairs.", left=INDENT)
    leaves.paragraph("3. Rent fell, as was noted in")
    leaves.underlined("The Annual Accounts,")
    leaves.line("which were drawn up in the spring.")
    return leaves.save()


def preamble_pdf(path: Path) -> Path:
    """A resolution of which a preambular paragraph begins a page, and another goes on over a page's end."""
    leaves = Leaves(path)
    leaves.heading("Resolution 86/41", 14)
    leaves.paragraph("The General Assembly,", left=INDENT)
    for opening in ("Recalling its resolution 80/1 on shared offices, and", "Noting with concern what was found, and"):
        leaves.y -= 6
        leaves.line(opening, left=INDENT)
        for line in PROSE[:3]:
            leaves.line(line)
        leaves.line("others do,")
    leaves.turn()
    leaves.line("Welcoming the efforts of the heads of all the offices and of the", left=INDENT)
    leaves.line("secretariat, and of the Council of the")
    leaves.turn()
    leaves.line("United Nations,")
    for number in (1, 2):
        leaves.y -= 6
        leaves.line(f"{number}. Asks for a report on the rent of shared offices;", left=INDENT)
    return leaves.save()
