"""The characters of a PDF's page, those of an Arabic page in reading order and seen from the right."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pypdfium2

from ingest.pdf.arabic import in_reading_order
from ingest.pdf.arabic_letters import DrawnLine, Sign, is_arabic
from ingest.pdf.glyphs import Glyphs

_LINE_END = "\r\n"


def glyphs_of(page: pypdfium2.PdfTextPage, width: float) -> Glyphs:
    """The characters of a page that is so many points wide."""
    glyphs = Glyphs(page)
    text = glyphs.text()
    if not is_arabic(text):
        return glyphs
    lines = _whole(list(_lines(glyphs, text)))
    signs = [sign for line in in_reading_order(lines) for sign in (*line, *_end_of(line))]
    return ArabicGlyphs(page, width, tuple(signs))


def _lines(glyphs: Glyphs, text: str) -> Iterator[tuple[float, DrawnLine]]:
    """The lines as pdfium breaks them, with their baselines."""
    start = 0
    for raw in text.split(_LINE_END):
        signs = [_sign(glyphs, start + offset, character) for offset, character in enumerate(raw)]
        letter = next((sign.place for sign in signs[len(signs) // 2 :] if sign.text.isalnum()), start)
        baseline, size = glyphs.set(letter)
        yield baseline, DrawnLine(signs, size)
        start += len(raw) + len(_LINE_END)


def _whole(lines: Sequence[tuple[float, DrawnLine]]) -> list[DrawnLine]:
    """The lines with those that pdfium broke, because the next part stands further left, made one."""
    whole: list[tuple[float, DrawnLine]] = []
    for baseline, line in lines:
        last = whole[-1] if whole else None
        if last and line.signs and abs(last[0] - baseline) < line.size / 2 and last[1].size == line.size:
            whole[-1] = (baseline, DrawnLine([*last[1].signs, *line.signs], line.size))
        else:
            whole.append((baseline, line))
    return [line for _, line in whole]


@dataclass(frozen=True)
class ArabicGlyphs(Glyphs):
    """The characters in reading order; their edges are counted from the page's right, where lines begin."""

    width: float
    signs: tuple[Sign, ...]

    def text(self) -> str:
        return "".join(sign.text for sign in self.signs)

    def set(self, index: int) -> tuple[float, float]:
        return super().set(self.signs[index].place)

    def edges(self, index: int) -> tuple[float, float]:
        return self.width - self.signs[index].right, self.width - self.signs[index].left

    def face(self, index: int) -> tuple[bool, bool]:
        return super().face(self.signs[index].place)

    def font_size(self, index: int) -> float:
        return super().font_size(self.signs[index].place)


def _sign(glyphs: Glyphs, index: int, character: str) -> Sign:
    left, right = glyphs.edges(index)
    return Sign(character, index, min(left, right), max(left, right))


def _end_of(line: Sequence[Sign]) -> list[Sign]:
    place = line[-1].place if line else 0
    return [Sign(character, place, 0.0, 0.0) for character in _LINE_END]
