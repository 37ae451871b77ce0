"""What a reader sees of a PDF's page: it is drawn with its text and without, and compared.

Text that nobody sees is not read: white on white, clear, cut away, on a layer switched off, under a picture or a patch. Where
something dark covers it, it is no blank either, and a figure that is struck out is none. What is drawn in a cell without being text,
such as a figure as a picture, in curves or in a form's field, makes the cell no blank one.
"""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from disclosure.errors import ReportError
from disclosure.parse.pdf_shapes import Box

_TEXT_HIGH = 10.0  # pixels that a line of the page's usual text is drawn high
_MOST_PIXELS = 4_000_000
_MOST_OBJECTS = 20_000  # a page of more is a drawing, and not drawn for this
_MOST_LAYERS = 200  # clear ones, each drawn apart
MOST_PICTURED = 150_000_000  # pixels of pictures beside text, in a document; a page scanned finely has 35 million
_WHITE = 0xFFFFFFFF
_LEAST_SEEN = 8  # of 255 shades of grey that text differs from its ground
CLEARLY_SEEN = 96  # of 255 that text differs which is no pale watermark
_DARK = 128  # ground that is darker is a patch
_MARK = 96  # of 255 that a mark in a cell differs from the cell's ground
_STROKE = 56  # of 255 likewise; a thin stroke fills no pixel
_CLOSE = 0.4  # of a character's height: ink may stand so far out of its box
_FIELD = 0.5  # of the text's height: how finely text is told from text
_MOST_LOOKED_AT = 200_000  # pixels, on a page; a report has none to look at
_FEWEST_SEEN = 3  # pixels in such a field
_EDGE = 0.5  # of the text's height: a cell's lines are no mark in it


class Sight(NamedTuple):
    """A page drawn in shades of grey, with its text and without; `size` is that of its usual text, in points, `pictured` the
    pixels of the pictures on it."""

    wide: int
    high: int
    scale: float
    size: float
    with_text: bytes
    without: bytes
    pictured: int = 0

    def has_text(self, box: Box, least: int = _LEAST_SEEN) -> bool | None:
        """Whether text is seen there that differs at least so much from its ground; None outside of the page."""
        rows = self._rows(box)
        if not rows:
            return None
        return any(
            self.with_text[row] != self.without[row]
            and any(
                abs(a - b) >= least
                for a, b in zip(self.with_text[row], self.without[row], strict=True)
            )
            for row in rows
        )

    def untold(self, told: Sequence[Box]) -> list[Box]:
        """Where text is clearly seen that stands in none of the boxes, nor close to one: of several characters in one place
        the library may tell one."""
        left = bytearray(self.with_text)
        for box in told:
            room = _CLOSE * (box.bottom - box.top)
            near = Box(box.left - room, box.top - room, box.right + room, box.bottom + room)
            for row in self._rows(near):
                left[row] = self.without[row]
        step = max(round(_FIELD * self.size * self.scale), 1)
        rows = (
            row
            for row in range(0, self.wide * self.high, self.wide)
            if left[row : row + self.wide] != self.without[row : row + self.wide]
        )
        fields = Counter(
            (at % self.wide // step, at // self.wide // step)
            for row in islice(rows, _MOST_LOOKED_AT // self.wide)
            for at in range(row, row + self.wide)
            if abs(left[at] - self.without[at]) >= _MARK
        )
        wide = step / self.scale
        return [
            Box(x * wide, y * wide, (x + 1) * wide, (y + 1) * wide)
            for (x, y), count in fields.items()
            if count >= _FEWEST_SEEN
        ]

    def is_dark(self, box: Box) -> bool:
        """Whether the ground there is mostly dark."""
        shades = b"".join(self.without[row] for row in self._rows(box))
        return bool(shades) and sum(shades) < _DARK * len(shades)

    def is_crossed(self, box: Box) -> bool:
        """Whether something other than text is drawn there, such as a stroke through a figure."""
        return self._contrast(box) >= _STROKE

    def is_marked(self, box: Box) -> bool:
        """Whether something other than text is drawn within the sides of a cell."""
        across = min(_EDGE * self.size, (box.right - box.left) / 3)
        down = min(_EDGE * self.size, (box.bottom - box.top) / 3)
        inner = Box(box.left + across, box.top + down, box.right - across, box.bottom - down)
        return self._contrast(inner) >= _MARK

    def _contrast(self, box: Box) -> int:
        shades = [
            shade
            for row in self._rows(box)
            for shade in (min(self.without[row]), max(self.without[row]))
        ]
        return max(shades) - min(shades) if shades else 0

    def _rows(self, box: Box) -> list[slice]:
        """The pixels of a box, row by row."""
        left, top, right, bottom = (round(each * self.scale) for each in box)
        left, right = max(left, 0), min(max(right, left + 1), self.wide)
        top, bottom = max(top, 0), min(max(bottom, top + 1), self.high)
        if left >= right:
            return []
        return [
            slice(row * self.wide + left, row * self.wide + right) for row in range(top, bottom)
        ]


def look(
    page: Any, turns: int, sides: tuple[float, float], heights: Sequence[float]
) -> Sight | None:
    """Given the library's page, the quarter turns (clockwise) by which it is laid to be read, its width and height as it
    then lies, and the heights of its characters, return what is seen of it.

    Its text is switched off by that. None where there is none, or the page is a drawing. Raises ReportError (unsupported_format)
    where its pictures take too long to draw.
    """
    objects = list(_objects(page))
    layers = sum(
        kind == pdfium.FPDF_PAGEOBJ_FORM and pdfium.FPDFPageObj_HasTransparency(each) == 1
        for kind, each in objects
    )
    if not heights or len(objects) > _MOST_OBJECTS or layers > _MOST_LAYERS:
        return None
    pictured = sum(_pixels(each) for kind, each in objects if kind == pdfium.FPDF_PAGEOBJ_IMAGE)
    check_pictures(pictured)
    for kind, each in objects:
        if kind in (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_SHADING) and _is_shaded(each):
            pdfium.FPDFPageObj_SetIsActive(each, False)
    size = max(sorted(heights)[len(heights) // 2], 0.1)
    scale = min(_TEXT_HIGH / size, (_MOST_PIXELS / (sides[0] * sides[1])) ** 0.5)
    wide, high = round(sides[0] * scale), round(sides[1] * scale)
    if not wide or not high:
        return None
    turned = (turns - pdfium.FPDFPage_GetRotation(page)) % 4
    with_text = _draw(page, wide, high, turned)
    for kind, each in objects:
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            pdfium.FPDFPageObj_SetIsActive(each, False)
    without = _draw(page, wide, high, turned)
    return Sight(wide, high, scale, size, with_text, without, pictured)


def check_pictures(pixels: int) -> None:
    """Raise ReportError (unsupported_format) for pictures of too many pixels."""
    if pixels > MOST_PICTURED:
        message = f"its pictures have {pixels // 1_000_000} megapixels; save it with smaller ones"
        raise ReportError("unsupported_format", message)


def _pixels(picture: Any) -> int:
    wide, high = ctypes.c_uint(), ctypes.c_uint()
    pdfium.FPDFImageObj_GetImagePixelSize(picture, ctypes.byref(wide), ctypes.byref(high))
    return wide.value * high.value


def _objects(page: Any) -> Iterator[tuple[int, Any]]:
    """The page's objects with their kinds, those within drawings too; one more than is looked at, at most."""
    counted = range(min(pdfium.FPDFPage_CountObjects(page), _MOST_OBJECTS + 1))
    waiting = [pdfium.FPDFPage_GetObject(page, at) for at in counted]
    for _ in range(_MOST_OBJECTS + 1):
        if not waiting:
            return
        each = waiting.pop()
        kind = pdfium.FPDFPageObj_GetType(each)
        yield kind, each
        if kind == pdfium.FPDF_PAGEOBJ_FORM:
            counted = range(min(pdfium.FPDFFormObj_CountObjects(each), _MOST_OBJECTS + 1))
            waiting += [pdfium.FPDFFormObj_GetObject(each, at) for at in counted]


def _is_shaded(drawn: Any) -> bool:
    """Whether something is filled with no colour but a computed one, which can take any time and hides no text."""
    shades = [ctypes.c_uint() for _ in range(4)]
    return not pdfium.FPDFPageObj_GetFillColor(drawn, *map(ctypes.byref, shades))


def _draw(page: Any, wide: int, high: int, turned: int) -> bytes:
    """The page in shades of grey, a byte a pixel, row after row."""
    drawn = bytearray(wide * high)
    buffer = (ctypes.c_ubyte * len(drawn)).from_buffer(drawn)
    bitmap = pdfium.FPDFBitmap_CreateEx(wide, high, pdfium.FPDFBitmap_Gray, buffer, wide)
    try:
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, wide, high, _WHITE)
        how = pdfium.FPDF_GRAYSCALE | pdfium.FPDF_ANNOT
        pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, wide, high, turned, how)
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)
    return bytes(drawn)
