"""The straight rules drawn on a page of a PDF: horizontal bars and uprights, put together from their parts."""

import ctypes
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

import pypdfium2
import pypdfium2.raw as pdfium

# What is no thicker than this is a rule, not an area, in points.
_THICK = 2.5
_SHORTEST = 4.0
# Parts of one rule: how far they may stand off its axis, and from each other.
_OFF_AXIS = 0.8
_GAP = 4.0
_SLANT = 0.5
# A page with more than this many segments in its drawings, parts of rules, or rules, holds pictures, not tables.
_SEGMENTS = 20_000
_PARTS = 20_000
_MOST = 400

_Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Rule:
    """A rule, in points from the page's lower left: `at` is a bar's height or an upright's distance from the left.

    `joints` are the places where it is put together from parts, as the rules of a table are at its columns.
    """

    at: float
    start: float
    end: float
    weight: float = 0.5
    joints: tuple[float, ...] = ()

    @property
    def length(self) -> float:
        """How long it is, in points."""
        return self.end - self.start

    def covers(self, place: float, slack: float = 2.0) -> bool:
        """Whether it passes a place along its axis."""
        return self.start - slack <= place <= self.end + slack


@dataclass(frozen=True)
class Rules:
    """The bars of a page from top to bottom, and its uprights from left to right."""

    bars: tuple[Rule, ...] = ()
    uprights: tuple[Rule, ...] = ()


def rules_of(page: pypdfium2.PdfPage, *, mirrored: float | None = None) -> Rules:
    """The rules of a page; where `mirrored` is its width, they are measured from its right edge.

    None where there are more than any table has.
    """
    boxes = list(islice(_boxes(page), _PARTS + 1))
    if mirrored is not None:
        boxes = [(mirrored - right, bottom, mirrored - left, top) for left, bottom, right, top in boxes]
    bars = [((b + t) / 2, left, right, t - b) for left, b, right, t in boxes if t - b <= _THICK < right - left]
    uprights = [((left + r) / 2, b, top, r - left) for left, b, r, top in boxes if r - left <= _THICK < top - b]
    if len(boxes) > _PARTS:
        return Rules()
    rules = Rules(tuple(reversed(list(_whole(bars)))), tuple(_whole(uprights)))
    return rules if len(rules.bars) + len(rules.uprights) <= _MOST else Rules()


def _whole(parts: Iterable[_Box]) -> Iterator[Rule]:
    """Rules from their parts, which are given as place, start, end and weight."""
    axis: list[_Box] = []
    for part in sorted(parts):
        if axis and part[0] - axis[-1][0] > _OFF_AXIS:
            yield from _along(axis)
            axis = []
        axis.append(part)
    yield from _along(axis)


def _along(parts: list[_Box]) -> Iterator[Rule]:
    run: list[_Box] = []
    end, joints = 0.0, list[float]()
    for part in sorted(parts, key=lambda part: part[1]):
        if run and part[1] > end + _GAP:
            yield _rule(run, end, joints)
            run, joints = [], []
        elif run and part[1] > end - _THICK and part[2] - part[1] > _SHORTEST:
            joints.append(part[1])
        end = max(end, part[2]) if run else part[2]
        run.append(part)
    if run:
        yield _rule(run, end, joints)


def _rule(run: list[_Box], end: float, joints: list[float]) -> Rule:
    longest = max(run, key=lambda part: part[2] - part[1])
    return Rule(longest[0], run[0][1], end, max(part[3] for part in run), tuple(joints))


def _boxes(page: pypdfium2.PdfPage) -> Iterator[_Box]:
    """Left, bottom, right and top of the rules' parts, the sides of drawn rectangles among them."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    segments = 0
    for index in range(pdfium.FPDFPage_CountObjects(page.raw)):
        drawn = pdfium.FPDFPage_GetObject(page.raw, index)
        if pdfium.FPDFPageObj_GetType(drawn) != pdfium.FPDF_PAGEOBJ_PATH:
            continue
        if not pdfium.FPDFPageObj_GetBounds(drawn, left, bottom, right, top):
            continue
        box = (left.value, bottom.value, right.value, top.value)
        if min(box[2] - box[0], box[3] - box[1]) <= _THICK:
            yield box
        elif _is_stroked(drawn) and segments < _SEGMENTS:
            segments += pdfium.FPDFPath_CountSegments(drawn)
            yield from _sides(drawn) if segments < _SEGMENTS else ()


def _is_stroked(drawn: pdfium.FPDF_PAGEOBJECT) -> bool:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    return bool(pdfium.FPDFPath_GetDrawMode(drawn, fill, stroke)) and bool(stroke.value)


def _sides(drawn: pdfium.FPDF_PAGEOBJECT) -> Iterator[_Box]:
    """The upright and level sides of a drawing of several lines."""
    x, y = start = before = (0.0, 0.0)
    for place, kind, closes in _points(drawn):
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            start = place
        ends = [place, start] if closes else [place]
        for x, y in ends if kind == pdfium.FPDF_SEGMENT_LINETO else []:
            box = (min(x, before[0]), min(y, before[1]), max(x, before[0]), max(y, before[1]))
            if min(box[2] - box[0], box[3] - box[1]) < _SLANT:
                yield box
            before = (x, y)
        before = start if closes else place


def _points(drawn: pdfium.FPDF_PAGEOBJECT) -> Iterator[tuple[tuple[float, float], int, bool]]:
    """The ends of a drawing's segments on the page, the kind of each, and whether it closes its figure."""
    matrix, x, y = pdfium.FS_MATRIX(), ctypes.c_float(), ctypes.c_float()
    pdfium.FPDFPageObj_GetMatrix(drawn, matrix)
    for index in range(pdfium.FPDFPath_CountSegments(drawn)):
        segment = pdfium.FPDFPath_GetPathSegment(drawn, index)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        place = (
            matrix.a * x.value + matrix.c * y.value + matrix.e,
            matrix.b * x.value + matrix.d * y.value + matrix.f,
        )
        yield place, pdfium.FPDFPathSegment_GetType(segment), bool(pdfium.FPDFPathSegment_GetClose(segment))
