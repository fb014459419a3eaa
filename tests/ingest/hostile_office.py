"""Archives and Office files made to harm: bombs, loops, and XML that asks for other files."""

import functools
import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path

from tests.ingest.formats_files import WORD, slides, word_report, workbook

Maker = Callable[[Path], Path]
_MEBIBYTE = 1024 * 1024


def zipped(path: Path, parts: Iterable[tuple[str, bytes]]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts:
            archive.writestr(name, data)
    return path


def nested_zips(folder: Path) -> Path:
    data = b"1. Words."
    for level in range(6):
        inner = io.BytesIO()
        with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
            for copy in range(16):
                archive.writestr(f"{level}-{copy}.zip", data)
        data = inner.getvalue()
    (folder / "nested.zip").write_bytes(data)
    return folder / "nested.zip"


def overlapping_zip(folder: Path) -> Path:
    """A DOCX of which 2,000 further entries all stand for the same compressed bytes."""
    path = with_changes(_word(folder), folder / "overlap.docx", {"big.xml": b" " * 5 * _MEBIBYTE})
    data = path.read_bytes()
    end = data.rfind(b"PK\x05\x06")
    length, start = struct.unpack_from("<LL", data, end + 12)
    directory = data[start : start + length]
    entry = directory[directory.rfind(b"PK\x01\x02") :] * 2000
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 2010, 2010, length + len(entry), start, 0)
    path.write_bytes(data[:start] + directory + entry + tail)
    return path


def million_entries(folder: Path) -> Path:
    path = zipped(folder / "many.docx", [("a", b"")])
    data = path.read_bytes()
    start = data.find(b"PK\x01\x02")
    entry = data[start : data.rfind(b"PK\x05\x06")]
    directory = entry * 1_000_000
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 9, 9, len(directory), start, 0)
    path.write_bytes(data[:start] + directory + tail)
    return path


def longest_directory(folder: Path) -> Path:
    """A zip that says that its directory has four gigabytes, as the 64-bit form does."""
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    (folder / "zip64.docx").write_bytes(b"PK\x03\x04" + b"\0" * 100 + tail)
    return folder / "zip64.docx"


def understated_size(folder: Path) -> Path:
    """A DOCX whose main part unpacks to a thousand times what the directory declares."""
    path = _with_document(folder, b"<a>" + b" " * 8 * _MEBIBYTE + b"</a>")
    data = path.read_bytes()
    place = data.rfind(b"word/document.xml") - 46
    path.write_bytes(data[: place + 24] + struct.pack("<L", 8192) + data[place + 28 :])
    return path


def with_password(folder: Path) -> Path:
    path = _word(folder)
    data = bytearray(path.read_bytes())
    place = data.find(b"PK\x01\x02")
    while place >= 0:
        data[place + 8] |= 1
        place = data.find(b"PK\x01\x02", place + 4)
    path.write_bytes(data)
    return path


@functools.cache
def _space(size: int) -> bytes:
    return b" " * size


def with_changes(source: Path, target: Path, parts: dict[str, bytes]) -> Path:
    """A copy of an archive with parts replaced or added."""
    with zipfile.ZipFile(source) as archive:
        old = {name: archive.read(name) for name in archive.namelist() if name not in parts}
    return zipped(target, [*old.items(), *parts.items()])


def _word(folder: Path) -> Path:
    return word_report(folder / "good.docx")


def _with_document(folder: Path, xml: bytes) -> Path:
    return with_changes(_word(folder), folder / "bad.docx", {"word/document.xml": xml})


def _body(inside: bytes, before: bytes = b"") -> bytes:
    return before + f"<w:document {WORD}><w:body>".encode() + inside + b"</w:body></w:document>"


def _paragraph(inside: bytes) -> bytes:
    return b"<w:p><w:r><w:t>" + inside + b"</w:t></w:r></w:p>"


def document_of(xml: bytes) -> Maker:
    """A DOCX whose main part is this."""
    return lambda folder: _with_document(folder, xml)


def laughs() -> bytes:
    """The declarations of the entity l9, which is a thousand million times "ha"."""
    entities = [b'<!ENTITY l0 "ha">']
    entities += [b'<!ENTITY l%d "%s">' % (level, b"&l%d;" % (level - 1) * 10) for level in range(1, 10)]
    return b"<!DOCTYPE d [" + b"".join(entities) + b"]>"


LAUGHING = _body(_paragraph(b"&l9;"), laughs())


def asking_for(address: str, encoding: str = "utf-8") -> bytes:
    """A main part that puts the content of another file into its text."""
    declared = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE d [<!ENTITY other SYSTEM "{address}">]>'
    return _body(_paragraph(b"Here: &other;"), declared.encode()).decode().encode(encoding)


def asking_by_parameter(address: str) -> bytes:
    return _body(_paragraph(b"Here"), f'<!DOCTYPE d [<!ENTITY % other SYSTEM "{address}"> %other;]>'.encode())


def late_request(address: str) -> bytes:
    """The declaration stands after a comment of a megabyte and a half."""
    return b"<!--" + _space(3 * _MEBIBYTE // 2) + b"-->" + asking_for(address).partition(b"?>")[2]


def word_bomb(folder: Path) -> Path:
    return _with_document(folder, _body(_paragraph(_space(60 * _MEBIBYTE))))


DEEP_TABLES = _body(b"<w:tbl><w:tr><w:tc>" * 100_000)
DEEP_ELEMENTS = _body(b"<w:sdt>" * 100_000 + b"</w:sdt>" * 100_000)
GIANT_ATTRIBUTE = _body(b'<w:p w:rsidR="' + b"0" * 20 * _MEBIBYTE + b'"/>')
WIDE_CELL = _body(
    b'<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="1000000000"/></w:tcPr>' + _paragraph(b"wide") + b"</w:tc>"
    b"<w:tc>" + _paragraph(b"next") + b"</w:tc></w:tr></w:tbl>"
)


def endless_roman(folder: Path) -> Path:
    """A list that begins at Roman thousand million."""
    level = (
        '<w:lvl w:ilvl="0"><w:start w:val="1000000000"/><w:numFmt w:val="lowerRoman"/><w:lvlText w:val="%1."/></w:lvl>'
    )
    numbering = (
        f'<w:numbering {WORD}><w:abstractNum w:abstractNumId="1">{level}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
    )
    listed = b'<w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>Rent fell.</w:t></w:r></w:p>'
    parts = {"word/numbering.xml": numbering.encode(), "word/document.xml": _body(listed)}
    return with_changes(_word(folder), folder / "roman.docx", parts)


def styles_in_a_ring(folder: Path) -> Path:
    ring = "".join(
        f'<w:style w:styleId="{place}"><w:name w:val="{place}"/><w:basedOn w:val="{(place + 1) % 50}"/></w:style>'
        for place in range(50)
    )
    listed = b'<w:p><w:pPr><w:pStyle w:val="7"/></w:pPr><w:r><w:t>Rent fell.</w:t></w:r></w:p>'
    styles = f"<w:styles {WORD}>{ring}</w:styles>".encode()
    return with_changes(
        _word(folder), folder / "ring.docx", {"word/styles.xml": styles, "word/document.xml": _body(listed)}
    )


_RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def document_related_to_itself(folder: Path) -> Path:
    """Every relation of the main part leads to the main part."""
    kinds = ("styles", "numbering", "footnotes", "settings", "header")
    relations = "".join(f'<Relationship Id="r{kind}" Type="{_OFFICE}/{kind}" Target="document.xml"/>' for kind in kinds)
    parts = {"word/_rels/document.xml.rels": _RELATIONS.format(relations).encode()}
    return with_changes(_word(folder), folder / "loop.docx", parts)


def document_outside_the_archive(folder: Path) -> Path:
    """The main part is to be found at a path outside."""
    relation = f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="../../../../etc/passwd"/>'
    return with_changes(_word(folder), folder / "out.docx", {"_rels/.rels": _RELATIONS.format(relation).encode()})


def only_types(folder: Path) -> Path:
    types = b"<Types>wordprocessingml.document.main+xml</Types>"
    return zipped(folder / "types.docx", [("[Content_Types].xml", types)])


def _sheet(folder: Path, rows: bytes, parts: dict[str, bytes] | None = None) -> Path:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    sheet = f'<worksheet xmlns="{main}"><sheetData>'.encode() + rows + b"</sheetData></worksheet>"
    good = workbook(folder / "good.xlsx")
    return with_changes(good, folder / "bad.xlsx", {"xl/worksheets/sheet1.xml": sheet} | (parts or {}))


def far_column(folder: Path) -> Path:
    return _sheet(folder, b'<row r="1"><c r="ZZZZZZ1"><v>1</v></c></row>')


def far_rows(folder: Path) -> Path:
    """Cells at the far end of the sheet's last rows."""
    rows = b"".join(b'<row r="%d"><c r="XFD%d"><v>1</v></c></row>' % (n, n) for n in range(1_048_557, 1_048_577))
    return _sheet(folder, rows)


def far_row_numbers(folder: Path) -> Path:
    return _sheet(folder, b'<row r="4000000000"><c r="A4000000000"><v>1</v></c></row>')


def shared_string_bomb(folder: Path) -> Path:
    """A string of thirty thousand characters that 400 cells show."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    strings = (
        f'<sst xmlns="{main}"><si><t>'.encode() + b"ha " * 10_000 + b"</t></si>" + b"<si><t>x</t></si>" * 50 + b"</sst>"
    )
    rows = b"".join(b'<row r="%d"><c t="s" r="A%d"><v>0</v></c></row>' % (n, n) for n in range(1, 400))
    path = _sheet(folder, rows, {"xl/sharedStrings.xml": strings})
    with zipfile.ZipFile(path) as archive:
        types = archive.read("[Content_Types].xml")
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    known = b'<Override PartName="/xl/sharedStrings.xml" ContentType="%b"/></Types>' % kind
    return with_changes(path, folder / "b.xlsx", {"[Content_Types].xml": types.replace(b"</Types>", known)})


def laughing_sheet(folder: Path) -> Path:
    return with_changes(
        workbook(folder / "good.xlsx"), folder / "b.xlsx", {"xl/sharedStrings.xml": laughs() + b"<sst>&l9;</sst>"}
    )


def odd_number_format(folder: Path) -> Path:
    """A number format of many quotes, brackets and signs."""
    good = workbook(folder / "good.xlsx")
    with zipfile.ZipFile(good) as archive:
        styles = archive.read("xl/styles.xml")
    odd = ("&quot;[#,##0.0\\" * 3000).encode()
    return with_changes(good, folder / "b.xlsx", {"xl/styles.xml": styles.replace(b"d mmmm yyyy", odd)})


def _slide(folder: Path, change: Callable[[bytes], bytes], part: str = "ppt/slides/slide2.xml") -> Path:
    good = slides(folder / "good.pptx")
    with zipfile.ZipFile(good) as archive:
        data = archive.read(part)
    return with_changes(good, folder / "bad.pptx", {part: change(data)})


def slides_in_a_ring(folder: Path) -> Path:
    """A slide whose layout and notes are the slide itself."""

    def change(data: bytes) -> bytes:
        return data.replace(b"../slideLayouts/slideLayout2.xml", b"slide2.xml").replace(
            b"../notesSlides/notesSlide1.xml", b"slide2.xml"
        )

    return _slide(folder, change, "ppt/slides/_rels/slide2.xml.rels")


def slide_shown_often(folder: Path) -> Path:
    """A presentation that lists one slide five thousand times."""

    def change(data: bytes) -> bytes:
        start = data.find(b"<p:sldId ")
        entry = data[start : data.find(b"/>", start) + 2]
        return data.replace(entry, entry * 5000)

    return _slide(folder, change, "ppt/presentation.xml")


def deep_groups(folder: Path) -> Path:
    return _slide(folder, lambda data: data.replace(b"</p:spTree>", b"<p:grpSp>" * 100_000 + b"</p:spTree>"))


def laughing_slide(folder: Path) -> Path:
    return _slide(folder, lambda data: laughs() + data.partition(b"?>")[2])


def junk_parts(folder: Path) -> Path:
    """A DOCX whose XML parts are bytes without sense."""
    with zipfile.ZipFile(_word(folder)) as archive:
        names = [name for name in archive.namelist() if name.endswith("styles.xml")]
    return with_changes(
        folder / "good.docx", folder / "junk.docx", {name: zlib.compress(name.encode()) for name in names}
    )


OFFICE: list[tuple[str, Maker, str]] = [
    ("nested zips", nested_zips, "archive.*unpack"),
    ("overlapping zip", overlapping_zip, "made to harm"),
    ("zip of a million entries", million_entries, "made to harm"),
    ("zip with the longest directory", longest_directory, "made to harm"),
    ("zip with an understated size", understated_size, "damaged"),
    ("zip with a password", with_password, "encrypted"),
    ("archive of nothing but its types", only_types, "broken"),
    ("Word bomb", word_bomb, "made to harm"),
    ("billion laughs", document_of(LAUGHING), "document type"),
    ("deep tables", document_of(DEEP_TABLES), "broken"),
    ("deep elements", document_of(DEEP_ELEMENTS), "broken"),
    ("giant attribute", document_of(GIANT_ATTRIBUTE), "made to harm"),
    ("Word cell a thousand million columns wide", document_of(WIDE_CELL), ""),
    ("endless Roman number", endless_roman, ""),
    ("styles in a ring", styles_in_a_ring, ""),
    ("document related to itself", document_related_to_itself, ".*"),
    ("main part outside the archive", document_outside_the_archive, "broken"),
    ("junk parts", junk_parts, "broken"),
    ("column ZZZZZZ", far_column, "broken"),
    ("cells in the last rows", far_rows, ".*"),
    ("row four thousand million", far_row_numbers, ".*"),
    ("shared string bomb", shared_string_bomb, "memory|text: split"),
    ("laughing sheet", laughing_sheet, "document type"),
    ("odd number format", odd_number_format, ".*"),
    ("slides in a ring", slides_in_a_ring, ".*"),
    ("slide shown often", slide_shown_often, ".*"),
    ("deep groups", deep_groups, "broken"),
    ("laughing slide", laughing_slide, "document type"),
]
