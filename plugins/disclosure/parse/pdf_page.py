"""The pages of a PDF as what stands on them: glyphs, ruling lines and pictures. The only door to pypdfium2.

Positions are points from the top left corner of the page as it is read, rotation undone. Text that is drawn invisibly
is left out: it is what some scanner made of a picture, not what is printed. PDFium is not for several threads at once.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from disclosure.errors import ReportError

MOST_PAGES = 400
MOST_GLYPHS = 60_000  # of a page; a full one has 2,000
MOST_OBJECTS = 60_000
_DEEPEST = 8  # drawings within drawings
_THIN = 3.0  # points; a filled box no thicker is a line
_SHORTEST = 4.0  # points; shorter strokes are dots and dashes, which join_rules puts together
_INVISIBLE = 3  # text render mode


class Glyph(NamedTuple):
    text: str
    left: float
    top: float
    right: float
    bottom: float


class Rule(NamedTuple):
    """A straight line, level or upright: `at` is its y or x, `start` and `end` the reach along it."""

    is_level: bool
    at: float
    start: float
    end: float


class Box(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Page:
    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    rules: tuple[Rule, ...]
    pictures: tuple[Box, ...]


Turn = Callable[[float, float], tuple[float, float]]
Matrix = tuple[float, float, float, float, float, float]
_SAME: Matrix = (1, 0, 0, 1, 0, 0)


def read_pages(body: bytes) -> Iterator[Page]:
    """Given a PDF's bytes, yield its pages.

    Raises ReportError: encrypted, damaged, or unsupported_format where it has more pages than any report.
    """
    document = _open(body)
    try:
        count = len(document)
        if count == 0:
            raise ReportError("damaged", "the PDF has no pages; fetch it again")
        if count > MOST_PAGES:
            raise ReportError("unsupported_format", f"a PDF of {count} pages is no yearly report")
        for number in range(count):
            yield _read_page(document, number)
    finally:
        document.close()


def _open(body: bytes) -> Any:
    try:
        return pypdfium2.PdfDocument(body)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            message = "the PDF asks for a password; save it without one"
            raise ReportError("encrypted", message) from error
        message = "the PDF cannot be opened; fetch it again, or print it anew"
        raise ReportError("damaged", message) from error


def _read_page(document: Any, number: int) -> Page:
    try:
        page = document[number]
    except pypdfium2.PdfiumError as error:
        raise ReportError("damaged", f"page {number + 1} of the PDF cannot be opened") from error
    text = page.get_textpage()
    try:
        turn, width, height = _turning(page, _quarters(text))
        glyphs = _glyphs(text, turn)
        shown = tuple(each for each in glyphs if _is_within(each, width, height))
        rules: list[Rule] = []
        pictures: list[Box] = []
        for kind, points in _drawn(page):
            turned = [turn(*point) for point in points]
            if kind == "picture":
                pictures.append(_box(turned))
            elif rule := _rule(kind, turned):
                rules.append(rule)
    finally:
        text.close()
        page.close()
    return Page(number + 1, width, height, shown, tuple(rules), tuple(pictures))


def _is_within(glyph: Glyph, width: float, height: float) -> bool:
    """Whether a glyph is on the page or just beside it: a figure cut by the page's edge must not lose digits."""
    return -width < glyph.left < 2 * width and -height < glyph.top < 2 * height


# --- rotation ------------------------------------------------------------------------------------


def _quarters(text: Any) -> int | None:
    """Quarter turns, counter-clockwise, by which most of the text stands in the file; None where there is none."""
    count = text.count_chars()
    step = max(count // 200, 1)
    angles = (pdfium.FPDFText_GetCharAngle(text, at) for at in range(0, count, step))
    # The library counts angles clockwise.
    turns = Counter(-round(angle / (math.pi / 2)) % 4 for angle in angles if angle >= 0)
    return turns.most_common(1)[0][0] if turns else None


def _turning(page: Any, quarters: int | None) -> tuple[Turn, float, float]:
    """How a point of the file becomes a point of the page as it is read, and the page's width and height."""
    left, bottom, right, top = page.get_cropbox()
    wide, high = right - left, top - bottom
    # Text says how it wants to be read; a page's own rotation may lay it on its side.
    turned = (page.get_rotation() // 90) % 4 if quarters is None else quarters
    turns: tuple[Turn, ...] = (
        lambda x, y: (x - left, top - y),
        lambda x, y: (y - bottom, x - left),
        lambda x, y: (right - x, y - bottom),
        lambda x, y: (top - y, right - x),
    )
    return turns[turned], *((wide, high) if turned % 2 == 0 else (high, wide))


# --- text ----------------------------------------------------------------------------------------


def _glyphs(text: Any, turn: Turn) -> list[Glyph]:
    count = text.count_chars()
    if count > MOST_GLYPHS:
        raise ReportError("unsupported_format", f"a page of {count} characters is no report")
    box = pdfium.FS_RECTF()
    place = ctypes.byref(box)
    glyphs: list[Glyph] = []
    for at in range(count):
        code = pdfium.FPDFText_GetUnicode(text, at)
        if code in (0x20, 0x0A, 0x0D, 0x09, 0xA0, 0x3000) or _is_unseen(text, at):
            continue
        # The loose box is the font's line and advance, so that glyphs of a line and word meet.
        if not pdfium.FPDFText_GetLooseCharBox(text, at, place):
            continue
        turned = _box([turn(box.left, box.bottom), turn(box.right, box.top)])
        glyphs.append(Glyph(_character(code), *turned))
    return _without_doubles(glyphs)


def _is_unseen(text: Any, at: int) -> bool:
    """Whether a character is made up by the library or drawn invisibly."""
    if pdfium.FPDFText_IsGenerated(text, at) == 1:
        return True
    drawn = pdfium.FPDFText_GetTextObject(text, at)
    return bool(drawn) and pdfium.FPDFTextObj_GetTextRenderMode(drawn) == _INVISIBLE


def _character(code: int) -> str:
    """The character of a code; one that the font does not explain is never blank."""
    if code == 0x02:  # the library's sign for a hyphen at a line's end
        return "-"
    if code < 0x20 or 0xD800 <= code < 0xE000 or code > 0x10FFFF or code == 0xFFFE:
        return "\ufffd"
    return chr(code)


def _without_doubles(glyphs: list[Glyph]) -> list[Glyph]:
    """Bold that is made by printing twice must not double the digits."""
    kept: list[Glyph] = []
    near: dict[tuple[str, int, int], list[Glyph]] = {}
    for glyph in glyphs:
        column, line = round(glyph.left), round(glyph.top)
        around = (
            other
            for across in (-1, 0, 1)
            for down in (-1, 0, 1)
            for other in near.get((glyph.text, column + across, line + down), ())
        )
        width = max(glyph.right - glyph.left, 1.0)
        if any(
            abs(o.left - glyph.left) < width * 0.4 and abs(o.top - glyph.top) < 1.0 for o in around
        ):
            continue
        near.setdefault((glyph.text, column, line), []).append(glyph)
        kept.append(glyph)
    return kept


def _box(points: list[tuple[float, float]]) -> Box:
    across, down = [x for x, _ in points], [y for _, y in points]
    return Box(min(across), min(down), max(across), max(down))


# --- lines and pictures --------------------------------------------------------------------------

Points = list[tuple[float, float]]


def _rule(kind: str, points: Points) -> Rule | None:
    """A stroke or a thin filled box as a ruling line; None for anything slanted or thick."""
    box = _box(points)
    wide, high = box.right - box.left, box.bottom - box.top
    thin = _THIN if kind == "filled" else 0.7
    if high <= thin and wide > high:
        return Rule(True, (box.top + box.bottom) / 2, box.left, box.right)
    if wide <= thin and high > wide:
        return Rule(False, (box.left + box.right) / 2, box.top, box.bottom)
    return None


def _drawn(page: Any) -> Iterator[tuple[str, Points]]:
    """What is drawn on a page: "stroke" with two points, "filled" and "picture" with their corners."""
    stack: list[tuple[Any, Matrix, int]] = [
        (pdfium.FPDFPage_GetObject(page, at), _SAME, 0)
        for at in range(min(pdfium.FPDFPage_CountObjects(page), MOST_OBJECTS))
    ]
    seen = 0
    while stack and seen < MOST_OBJECTS:
        drawn, outer, depth = stack.pop()
        seen += 1
        kind = pdfium.FPDFPageObj_GetType(drawn)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            yield from _path(drawn, _times(_matrix(drawn), outer))
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            matrix = _times(_matrix(drawn), outer)
            yield "picture", [_moved(matrix, x, y) for x in (0, 1) for y in (0, 1)]
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
            inner = _times(_matrix(drawn), outer)
            count = min(pdfium.FPDFFormObj_CountObjects(drawn), MOST_OBJECTS)
            stack.extend(
                (pdfium.FPDFFormObj_GetObject(drawn, at), inner, depth + 1) for at in range(count)
            )


def _path(drawn: Any, matrix: Matrix) -> Iterator[tuple[str, Points]]:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(drawn, ctypes.byref(fill), ctypes.byref(stroke))
    if not fill.value and not stroke.value:
        return
    for points, is_straight in _outlines(drawn, matrix):
        if stroke.value:
            yield from (("stroke", [a, b]) for a, b in pairwise(points))
        elif is_straight and len(points) > 2:
            yield "filled", points


def _outlines(drawn: Any, matrix: Matrix) -> Iterator[tuple[Points, bool]]:
    """The path's parts as points, and whether they are straight. A curve breaks a part in two."""
    across, down = ctypes.c_float(), ctypes.c_float()
    points: Points = []
    is_straight = True
    for at in range(min(pdfium.FPDFPath_CountSegments(drawn), MOST_OBJECTS)):
        segment = pdfium.FPDFPath_GetPathSegment(drawn, at)
        pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(across), ctypes.byref(down))
        point = _moved(matrix, across.value, down.value)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind != pdfium.FPDF_SEGMENT_LINETO:
            if len(points) > 1:
                yield points, is_straight
            points, is_straight = [], kind == pdfium.FPDF_SEGMENT_MOVETO
        points.append(point)
        if pdfium.FPDFPathSegment_GetClose(segment) and len(points) > 2:
            points.append(points[0])
    if len(points) > 1:
        yield points, is_straight


def _matrix(drawn: Any) -> Matrix:
    found = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(drawn, ctypes.byref(found)):
        return _SAME
    return (found.a, found.b, found.c, found.d, found.e, found.f)


def _times(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )


def _moved(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
