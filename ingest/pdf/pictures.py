"""What is drawn on a page of a PDF beside its text: whether anything is, and whether pictures cover it."""

import ctypes
from collections.abc import Iterator

import pypdfium2
import pypdfium2.raw as pdfium

# A picture may stand in a form, and that in another.
_DEPTH = 3
_MOST = 0.5


def is_drawn(page: pypdfium2.PdfPage) -> bool:
    """Whether anything is drawn on the page, text or other."""
    return bool(pdfium.FPDFPage_CountObjects(page.raw))


def is_pictured(page: pypdfium2.PdfPage) -> bool:
    """Whether pictures cover most of the page."""
    width, height = page.get_size()
    indexes = range(pdfium.FPDFPage_CountObjects(page.raw))
    drawn = (pdfium.FPDFPage_GetObject(page.raw, index) for index in indexes)
    return bool(sum(_areas(drawn, _DEPTH)) > _MOST * width * height)


def _areas(objects: Iterator[pdfium.FPDF_PAGEOBJECT], depth: int) -> Iterator[float]:
    """The areas of the pictures among the objects of a page or a form, and in the forms among them."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    for drawn in objects:
        kind = pdfium.FPDFPageObj_GetType(drawn)
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE and pdfium.FPDFPageObj_GetBounds(drawn, left, bottom, right, top):
            yield (right.value - left.value) * (top.value - bottom.value)
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth > 1:
            inner = range(pdfium.FPDFFormObj_CountObjects(drawn))
            yield from _areas((pdfium.FPDFFormObj_GetObject(drawn, index) for index in inner), depth - 1)
