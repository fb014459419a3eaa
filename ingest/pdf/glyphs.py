"""Where and how the characters of a PDF's page are drawn, asked of pdfium by their index."""

import ctypes
import math
from dataclasses import dataclass
from functools import cached_property

import pypdfium2
import pypdfium2.raw as pdfium

_RAISED = 0.8
_HARDLY = 0.9
_CLEARLY = 0.15
_BOLD_WEIGHT = 600
_ITALIC_FLAG = 64
_FONT_NAME_BYTES = 128


@dataclass(frozen=True)
class Glyphs:
    """The characters of a page; lengths are in points, from the page's lower left."""

    page: pypdfium2.PdfTextPage

    def text(self) -> str:
        """The characters in order, one to an index; lines end with a carriage return and a line feed."""
        text = str(self.page.get_text_range())
        count = self.page.count_chars()
        if len(text) == count:
            return text
        # A character outside the BMP shifts the indexes.
        return "".join(chr(pdfium.FPDFText_GetUnicode(self.page.raw, index)) for index in range(count))

    def set(self, index: int) -> tuple[float, float]:
        """Baseline and size of a character as it is drawn: its font's size times the scale of the text."""
        x, y, matrix = ctypes.c_double(), ctypes.c_double(), pdfium.FS_MATRIX()
        pdfium.FPDFText_GetCharOrigin(self.page.raw, index, x, y)
        scaled = pdfium.FPDFText_GetMatrix(self.page.raw, index, matrix)
        scale = math.hypot(matrix.c, matrix.d) if scaled else 1.0
        return y.value, scale * float(pdfium.FPDFText_GetFontSize(self.page.raw, index))

    def edges(self, index: int) -> tuple[float, float]:
        """Left and right of a character's cell."""
        box = self._box
        pdfium.FPDFText_GetLooseCharBox(self.page.raw, index, box)
        return box.left, box.right

    @cached_property
    def _box(self) -> pdfium.FS_RECTF:
        """One for all characters: their edges are asked for at every word's end."""
        return pdfium.FS_RECTF()

    def face(self, index: int) -> tuple[bool, bool]:
        """Whether a character is bold, and whether it is italic."""
        name = ctypes.create_string_buffer(_FONT_NAME_BYTES)
        flags = ctypes.c_int()
        pdfium.FPDFText_GetFontInfo(self.page.raw, index, name, _FONT_NAME_BYTES, flags)
        face = name.value.lower()
        # pdfium takes the weight from the width of the stems, and Arabic type is broad: the font's name goes before.
        weight = 0 if b"regular" in face else pdfium.FPDFText_GetFontWeight(self.page.raw, index)
        heavy = weight >= _BOLD_WEIGHT
        return heavy or b"bold" in face, bool(flags.value & _ITALIC_FLAG) or b"italic" in face

    def is_above(self, index: int, base: float, usual: float) -> bool:
        """Whether a character is set smaller than the usual size, and above the base line.

        One that is hardly smaller must stand clearly above it.
        """
        baseline, size = self.set(index)
        least = base if size < _RAISED * usual else base + _CLEARLY * usual
        return size < _HARDLY * usual and least < baseline < base + usual

    def font_size(self, index: int) -> float:
        """The size that a character's font is set at, before the text is scaled."""
        return float(pdfium.FPDFText_GetFontSize(self.page.raw, index))

    def gap(self, index: int, other: int) -> float:
        """The empty width between two characters, whichever of them stands left."""
        left, right = self.edges(index)
        other_left, other_right = self.edges(other)
        return max(other_left - right, left - other_right)
