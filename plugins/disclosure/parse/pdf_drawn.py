"""What is drawn on a PDF's page: ruling lines, whether stroked, filled thin or dotted; shaded boxes; pictures."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from disclosure.errors import ReportError
from disclosure.parse.pdf_shapes import Box, Point, Rule, Turn, box_around

MOST_OBJECTS = 60_000
_DEEPEST = 8  # drawings within drawings
_MOST_DRAWINGS = 2_000  # of these, on a page; a report's has a few
_THIN = 3.0  # points; a filled box no thicker is a line
_STRAIGHT = 0.7  # points by which a stroke may be off
_SQUARE = 0.9  # of one side, the other is no shorter in a dot
_SMALLEST = 6.0  # points; a filled box no larger is an ornament
_DOT = 2.0  # points; a filled thing no larger is a dot
_LARGEST = 0.5  # of the page's area; a filled box that is larger is its ground

Points = list[Point]
Matrix = tuple[float, float, float, float, float, float]
_SAME: Matrix = (1, 0, 0, 1, 0, 0)


class Drawn(NamedTuple):
    rules: tuple[Rule, ...] = ()
    shades: tuple[Box, ...] = ()  # filled boxes that are neither lines nor the page's ground
    pictures: tuple[Box, ...] = ()


NOTHING = Drawn()


def read_drawn(page: Any, turn: Turn, area: float) -> Drawn:
    """Given the library's page and its area, return what is drawn on it.

    Raises ReportError (unsupported_format) where drawings are nested in numbers that no report's page has.
    """
    rules: list[Rule] = []
    shades: list[Box] = []
    pictures: list[Box] = []
    for kind, points in _drawn(page):
        turned = [turn(*point) for point in points]
        box = box_around(turned)
        if kind == "picture":
            pictures.append(box)
        elif kind == "filled" and _is_shade(turned, box, area):
            shades.append(box)
        else:
            rules += _rules(kind, box)
    return Drawn(tuple(rules), tuple(shades), tuple(pictures))


def _rules(kind: str, box: Box) -> list[Rule]:
    """A stroke or a thin filled box as a ruling line; none for what is slanted or thick. What is as high as it is wide is
    a dot, of a dotted line that may go either way."""
    wide, high = box.right - box.left, box.bottom - box.top
    thin = _THIN if kind == "filled" else _STRAIGHT
    rules = []
    if high <= thin and wide >= _SQUARE * high:
        rules.append(Rule(True, (box.top + box.bottom) / 2, box.left, box.right))
    if wide <= thin and high >= _SQUARE * wide:
        rules.append(Rule(False, (box.left + box.right) / 2, box.top, box.bottom))
    return rules


def _is_shade(points: Points, box: Box, area: float) -> bool:
    wide, high = box.right - box.left, box.bottom - box.top
    return (
        min(wide, high) > _SMALLEST and wide * high < _LARGEST * area and _is_upright(points, box)
    )


def _is_upright(points: Points, box: Box) -> bool:
    return all(
        min(abs(x - box.left), abs(x - box.right)) < 0.1
        and min(abs(y - box.top), abs(y - box.bottom)) < 0.1
        for x, y in points
    )


def _drawn(page: Any) -> Iterator[tuple[str, Points]]:
    """What is drawn on a page: "stroke" with two points, "filled" and "picture" with their corners."""
    stack: list[tuple[Any, Matrix, int]] = [
        (pdfium.FPDFPage_GetObject(page, at), _SAME, 0)
        for at in range(min(pdfium.FPDFPage_CountObjects(page), MOST_OBJECTS))
    ]
    seen = drawings = 0
    while stack and seen < MOST_OBJECTS:
        drawn, outer, depth = stack.pop()
        seen += 1
        kind = pdfium.FPDFPageObj_GetType(drawn)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            yield from _path(drawn, outer)
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            matrix = _times(_matrix(drawn), outer)
            yield "picture", [_moved(matrix, x, y) for x in (0, 1) for y in (0, 1)]
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
            drawings += 1
            if drawings > _MOST_DRAWINGS:
                message = (
                    f"a page of more than {_MOST_DRAWINGS} drawings is no report; print it anew"
                )
                raise ReportError("unsupported_format", message)
            inner = _times(_matrix(drawn), outer)
            count = min(pdfium.FPDFFormObj_CountObjects(drawn), MOST_OBJECTS)
            stack.extend(
                (pdfium.FPDFFormObj_GetObject(drawn, at), inner, depth + 1) for at in range(count)
            )


def _path(drawn: Any, outer: Matrix) -> Iterator[tuple[str, Points]]:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(drawn, ctypes.byref(fill), ctypes.byref(stroke))
    if not fill.value and not stroke.value:
        return
    if not stroke.value and (dot := _dot(drawn)):
        yield "filled", [_moved(outer, *point) for point in dot]
        return
    matrix = _times(_matrix(drawn), outer)
    for points, is_straight in _outlines(drawn, matrix):
        if stroke.value:
            yield from (("stroke", [a, b]) for a, b in pairwise(points))
        elif is_straight and len(points) > 2:
            yield "filled", points


def _dot(drawn: Any) -> Points:
    """The corners of what is filled and small, whatever its outline: dotted lines have thousands of them."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    sides = (left, bottom, right, top)
    if not pdfium.FPDFPageObj_GetBounds(drawn, *map(ctypes.byref, sides)):
        return []
    if right.value - left.value > _DOT or top.value - bottom.value > _DOT:
        return []
    return [(x.value, y.value) for x in (left, right) for y in (bottom, top)]


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
