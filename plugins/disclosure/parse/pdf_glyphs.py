"""The characters of a PDF's page, each in the box that its font sets it in.

Left out: text that is drawn invisibly, which is what some scanner made of a picture; text that stands slanted, which is a
stamp or watermark. What a font does not explain becomes a character that no figure and no label contains.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from disclosure.errors import ReportError
from disclosure.parse.pdf_shapes import Box, Glyph, Turn, box_around

MOST_GLYPHS = 30_000  # of a page; a full one has 2,000
_INVISIBLE = 3  # text render mode
_ABOVE, _BELOW = (
    0.88,
    0.12,
)  # of the size at which text is set: how far its box reaches from the base line
_OUTSIDE = 0.35  # of that size: ink farther out than that says that the box is wrong
_SLANTED = 0.15  # radians off the page's own directions; scanners lay text down no worse
_BLANK = (0x20, 0x0A, 0x0D, 0x09, 0xA0, 0x3000)


class Printed(NamedTuple):
    """A page's characters, what of them the font does not explain, and what stands slanted."""

    glyphs: list[Glyph]
    unknown: int
    slanted: str


def quarter_turns(text: Any) -> int | None:
    """Quarter turns, counter-clockwise, by which most of the text stands in the file; None where there is none."""
    count = text.count_chars()
    step = max(count // 200, 1)
    angles = (pdfium.FPDFText_GetCharAngle(text, at) for at in range(0, count, step))
    # The library counts angles clockwise.
    turns = Counter(-round(angle / (math.pi / 2)) % 4 for angle in angles if angle >= 0)
    return turns.most_common(1)[0][0] if turns else None


def read_glyphs(text: Any, turn: Turn) -> Printed:
    """Given the library's text of a page, return its visible characters.

    Raises ReportError (unsupported_format) where there are more than on any report's page.
    """
    count = text.count_chars()
    if count > MOST_GLYPHS:
        raise ReportError("unsupported_format", f"a page of {count} characters is no report")
    boxes = _Boxes(text, turn)
    glyphs: list[Glyph] = []
    slanted = ""
    for at in range(count):
        code = pdfium.FPDFText_GetUnicode(text, at)
        if code in _BLANK or pdfium.FPDFText_IsGenerated(text, at) == 1:
            continue
        drawn = pdfium.FPDFText_GetTextObject(text, at)
        if drawn and pdfium.FPDFTextObj_GetTextRenderMode(drawn) == _INVISIBLE:
            continue
        is_known = pdfium.FPDFText_HasUnicodeMapError(text, at) != 1
        shown = _character(code) if is_known else _UNKNOWN
        if _is_slanted(text, at):
            slanted += shown
        elif box := boxes.box(at, code, drawn):
            glyphs.append(Glyph(shown, *box))
    kept = _without_doubles(glyphs)
    return Printed(kept, sum(glyph.text == _UNKNOWN for glyph in kept), slanted)


def _is_slanted(text: Any, at: int) -> bool:
    angle = pdfium.FPDFText_GetCharAngle(text, at)
    off = angle % (math.pi / 2)
    return bool(angle >= 0 and _SLANTED < off < math.pi / 2 - _SLANTED)


_UNKNOWN = "\ufffd"


def _character(code: int) -> str:
    """The character of a code; one that the font does not explain is never blank."""
    if code == 0x02:  # the library's sign for a hyphen at a line's end
        return "-"
    if code < 0x20 or 0xD800 <= code < 0xE000 or code > 0x10FFFF or code == 0xFFFE:
        return _UNKNOWN
    return chr(code)


class _Boxes:
    """The box of each character, from where its font sets it. Its ink alone would make 一 and the decimal point small,
    and what a font states of its own height is often wrong."""

    def __init__(self, text: Any, turn: Turn) -> None:
        self.text, self.turn = text, turn
        self.widths: dict[tuple[int, int], float] = {}  # font and code → advance, of the size
        self.matrix, self.loose = pdfium.FS_MATRIX(), pdfium.FS_RECTF()
        self.across, self.down = ctypes.c_double(), ctypes.c_double()

    def box(self, at: int, code: int, drawn: Any) -> Box | None:
        """None where the library knows no place for the character."""
        if not pdfium.FPDFText_GetLooseCharBox(self.text, at, ctypes.byref(self.loose)):
            return None
        ink = box_around(
            [
                self.turn(self.loose.left, self.loose.bottom),
                self.turn(self.loose.right, self.loose.top),
            ]
        )
        set_in = self._set_in(at, code, drawn)
        if set_in is None:
            return ink
        most = _OUTSIDE * max(set_in.bottom - set_in.top, set_in.right - set_in.left)
        is_inside = (
            ink.left > set_in.left - most
            and ink.right < set_in.right + most
            and ink.top > set_in.top - most
            and ink.bottom < set_in.bottom + most
        )
        return set_in if is_inside else ink

    def _set_in(self, at: int, code: int, drawn: Any) -> Box | None:
        width = self._width(code, drawn)
        if not width or not pdfium.FPDFText_GetMatrix(self.text, at, ctypes.byref(self.matrix)):
            return None
        pdfium.FPDFText_GetCharOrigin(
            self.text, at, ctypes.byref(self.across), ctypes.byref(self.down)
        )
        size, m = pdfium.FPDFText_GetFontSize(self.text, at), self.matrix
        x, y = self.across.value, self.down.value
        # A slanted font leans, but its characters stand where upright ones would.
        lean = m.a * m.c + m.b * m.d
        length = m.a * m.a + m.b * m.b
        if not length:
            return None
        up = (m.c - m.a * lean / length) * size, (m.d - m.b * lean / length) * size
        end = x + m.a * size * width, y + m.b * size * width
        return box_around(
            [
                self.turn(x - up[0] * _BELOW, y - up[1] * _BELOW),
                self.turn(end[0] + up[0] * _ABOVE, end[1] + up[1] * _ABOVE),
            ]
        )

    def _width(self, code: int, drawn: Any) -> float:
        font = pdfium.FPDFTextObj_GetFont(drawn) if drawn else None
        if not font:
            return 0.0
        key = ctypes.cast(font, ctypes.c_void_p).value or 0, code
        if key not in self.widths:
            found = ctypes.c_float()
            pdfium.FPDFFont_GetGlyphWidth(font, code, 1000.0, ctypes.byref(found))
            self.widths[key] = found.value / 1000
        return self.widths[key]


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
