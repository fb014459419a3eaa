"""PDFs made to harm: bombs, loops, depths and junk."""

import zlib
from collections.abc import Callable
from pathlib import Path

Maker = Callable[[Path], Path]
CATALOGUE = b"<< /Type /Catalog /Pages 2 0 R >>"
PAGES = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
PAGE = (
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R"
    b" /Resources << /Font << /F1 5 0 R >> /XObject << /X 6 0 R >> >> >>"
)
TEXT = b"BT /F1 12 Tf 72 700 Td (1. Rent fell by a half.) Tj ET"
FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"


def stream(data: bytes, entries: bytes = b"") -> bytes:
    return b"<< /Length %d %b >>\nstream\n%b\nendstream" % (len(data), entries, data)


def pdf(objects: list[bytes], trailer: bytes = b"") -> bytes:
    """A PDF of these objects, the first its catalogue."""
    data, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    data += b"".join(b"%010d 00000 n \n" % place for place in places)
    data += b"trailer << /Size %d /Root 1 0 R %b >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, trailer, start)
    return bytes(data)


def made(data: bytes) -> Maker:
    def make(folder: Path) -> Path:
        path = folder / "bad.pdf"
        path.write_bytes(data)
        return path

    return make


def page_of(contents: bytes, extra: bytes = FONT, page: bytes = PAGE, pages: bytes = PAGES) -> bytes:
    return pdf([CATALOGUE, pages, page, contents, FONT, extra])


def _deflated(byte: bytes, mebibytes: int, times: int = 1) -> bytes:
    packer = zlib.compressobj(1)
    data = b"".join(packer.compress(byte * 1024 * 1024) for _ in range(mebibytes)) + packer.flush()
    for _ in range(times - 1):
        data = zlib.compress(data, 9)
    return data


def flate_bomb(folder: Path) -> Path:
    return made(page_of(stream(_deflated(b" ", 120), b"/Filter /FlateDecode")))(folder)


def double_bomb(folder: Path) -> Path:
    return made(page_of(stream(_deflated(b" ", 120, 2), b"/Filter [/FlateDecode /FlateDecode]")))(folder)


def object_stream_bomb(folder: Path) -> Path:
    packed = stream(_deflated(b"<", 100), b"/Type /ObjStm /N 100000 /First 10 /Filter /FlateDecode")
    return made(page_of(stream(TEXT), packed))(folder)


def million_objects(folder: Path) -> Path:
    return made(pdf([CATALOGUE, PAGES, PAGE, stream(TEXT), FONT, *[b"1"] * 300_000]))(folder)


def many_pages(folder: Path) -> Path:
    """A page listed two thousand times."""
    pages = b"<< /Type /Pages /Kids [%b] /Count 2000 >>" % (b"3 0 R " * 2000)
    return made(page_of(stream(TEXT), pages=pages))(folder)


def _image(width: int, height: int, data: bytes, decoder: bytes) -> bytes:
    size = b"/Type /XObject /Subtype /Image /Width %d /Height %d /BitsPerComponent 8 /ColorSpace /DeviceRGB" % (
        width,
        height,
    )
    return stream(data, size + b" /Filter /" + decoder)


SHOWING = stream(b"q 600 0 0 800 0 0 cm /X Do Q")
FORM = b"/Type /XObject /Subtype /Form /BBox [0 0 600 800] /Resources << /XObject << /X 6 0 R >> >>"
JUNK = bytes(range(256)) * 40
LOOPING_PAGES = b"<< /Type /Pages /Kids [2 0 R 3 0 R 2 0 R] /Parent 2 0 R /Count 3 >>"
ENDLESS_PAGES = b"<< /Type /Pages /Kids [3 0 R] /Count 1000000000 >>"
VAST_PAGE = PAGE.replace(b"[0 0 600 800]", b"[0 0 1e30 1e30]")
ODD_PAGE = PAGE.replace(b"[0 0 600 800]", b"[nan (x) -9999999999 null]")
NAMELESS = PAGE.replace(b"/Contents 4 0 R", b"/Contents [4 0 R 4 0 R 3 0 R 99 0 R]")

PDFS: list[tuple[str, Maker, str]] = [
    ("flate bomb", flate_bomb, ".*"),
    ("flate bomb packed twice", double_bomb, ".*"),
    ("object stream bomb", object_stream_bomb, ".*"),
    ("300,000 objects", million_objects, ""),
    ("a page listed 2,000 times", many_pages, ".*"),
    ("page tree that loops", made(page_of(stream(TEXT), pages=LOOPING_PAGES)), ".*"),
    ("thousand million pages", made(page_of(stream(TEXT), pages=ENDLESS_PAGES)), ".*"),
    ("vast page", made(page_of(stream(TEXT), page=VAST_PAGE)), ".*"),
    ("page box of nonsense", made(page_of(stream(TEXT), page=ODD_PAGE)), ".*"),
    ("contents that are no contents", made(page_of(stream(TEXT), page=NAMELESS)), ".*"),
    ("deep arrays", made(page_of(stream(TEXT), b"[" * 200_000)), ".*"),
    ("deep dictionaries", made(page_of(stream(TEXT), b"<< /A " * 200_000)), ".*"),
    ("deep text operators", made(page_of(stream(b"q " * 500_000 + TEXT))), ".*"),
    ("reference table that loops", made(page_of(stream(TEXT)).replace(b"/Root", b"/Prev 9 /Root")), ".*"),
    ("form that shows itself", made(page_of(SHOWING, stream(b"/X Do " * 20, FORM))), ".*"),
    ("JBIG2 junk", made(page_of(SHOWING, _image(600, 800, JUNK, b"JBIG2Decode"))), ".*"),
    ("JPEG 2000 junk", made(page_of(SHOWING, _image(600, 800, JUNK, b"JPXDecode"))), ".*"),
    ("fax junk", made(page_of(SHOWING, _image(60_000, 60_000, JUNK, b"CCITTFaxDecode"))), ".*"),
    ("vast picture", made(page_of(SHOWING, _image(60_000, 60_000, _deflated(b" ", 8), b"FlateDecode"))), ".*"),
    ("encryption of nonsense", made(pdf([CATALOGUE, PAGES], b"/Encrypt << /V 9 /R 9 /O (x) >>")), "broken|encrypted"),
    ("only a header", made(b"%PDF-1.7\n" + b"%" * 100_000), "broken"),
]
