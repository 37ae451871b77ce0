"""The characters of a PDF's page, each in the box that its font sets it in.

Left out: text that is drawn invisibly, which is what some scanner made of a picture, or that nobody sees (pdf_sight.py);
text that stands slanted, which is a stamp or watermark. What a font does not explain, a digit on its side, struck out or under
a dark patch becomes a character that no figure and no label contains.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from disclosure.errors import ReportError
from disclosure.parse.pdf_shapes import DIGIT, UNSURE, Box, Glyph, Turn, box_around, overlap
from disclosure.parse.pdf_sight import CLEARLY_SEEN, Sight

MOST_GLYPHS = 30_000  # of a page; a full one has 2,000
_INVISIBLE = (3, 7)  # text render modes that paint nothing
_TINY = 0.3  # of the usual text's height: digits that are smaller are not for reading
_MIDDLE = 0.25  # of a digit's width: so much from its sides on, no other one is seen
_ABOVE, _BELOW = (
    0.88,
    0.12,
)  # of the size at which text is set: how far its box reaches from the base line
_OUTSIDE = 0.35  # of that size: ink farther out than that says that the box is wrong
_SLANTED = 0.15  # radians off the page's own directions; scanners lay text down no worse
_BLANK = (0x20, 0x0A, 0x0D, 0x09, 0xA0, 0x3000)


class Character(NamedTuple):
    """A character, the library's object that sets it, and whether the file brings its font along."""

    glyph: Glyph
    drawn: Any
    is_embedded: bool


class Printed(NamedTuple):
    """A page's characters, how many of them the font does not explain, what stands slanted, and where."""

    characters: list[Character]
    unknown: int
    slanted: str
    slanted_in: list[Box]


def quarter_turns(text: Any) -> int | None:
    """Quarter turns, counter-clockwise, by which most of the text stands in the file; None where there is none."""
    count = text.count_chars()
    step = max(count // 200, 1)
    angles = (pdfium.FPDFText_GetCharAngle(text, at) for at in range(0, count, step))
    turns = Counter(quarters(angle) for angle in angles if angle >= 0)
    return turns.most_common(1)[0][0] if turns else None


def read_characters(text: Any, turn: Turn, turns: int) -> Printed:
    """Given the library's text of a page and the quarter turns in which it is read, return its characters.

    Raises ReportError (unsupported_format) where there are more than on any report's page.
    """
    count = text.count_chars()
    if count > MOST_GLYPHS:
        raise ReportError("unsupported_format", f"a page of {count} characters is no report")
    boxes = _Boxes(text, turn)
    found: list[Character] = []
    slanted = ""
    slanted_in: list[Box] = []
    unknown = 0
    for at in range(count):
        code = pdfium.FPDFText_GetUnicode(text, at)
        if code in _BLANK or pdfium.FPDFText_IsGenerated(text, at) == 1:
            continue
        drawn = pdfium.FPDFText_GetTextObject(text, at)
        if drawn and pdfium.FPDFTextObj_GetTextRenderMode(drawn) in _INVISIBLE:
            continue
        is_known = pdfium.FPDFText_HasUnicodeMapError(text, at) != 1
        shown = _character(code) if is_known else UNSURE
        angle = pdfium.FPDFText_GetCharAngle(text, at)
        if _is_slanted(angle):
            slanted += shown
            slanted_in += [box] if (box := boxes.box(at, code, drawn)) else []
        elif box := boxes.box(at, code, drawn):
            unknown += shown == UNSURE
            is_sideways = angle >= 0 and quarters(angle) != turns
            if is_sideways and DIGIT.match(shown):
                shown = UNSURE
            found.append(Character(Glyph(shown, *box), drawn, _is_embedded(drawn)))
    return Printed(found, unknown, slanted, slanted_in)


def visible(printed: Printed, sight: Sight | None) -> list[Glyph]:
    """Given a page's characters and what is seen of it, return those that are seen, each once. Where text is seen that is
    none of them stands what no figure contains."""
    found = printed.characters
    if sight is None:
        return [each.glyph for each in _without_doubles(found)]
    kept = _without_doubles(_seen(found, sight))
    shown = [
        each.glyph._replace(text=UNSURE) if is_doubtful else each.glyph
        for each, is_doubtful in zip(
            kept, _beside_others(kept, sight, printed.slanted_in), strict=True
        )
    ]
    if not all(each.is_embedded for each in found):
        return shown  # another font than the file's own may draw anywhere
    told = [Box(*each.glyph[1:]) for each in found] + printed.slanted_in
    return shown + [Glyph(UNSURE, *box) for box in sight.untold(told)]


def quarters(angle: float) -> int:
    """Quarter turns, counter-clockwise, of a character's angle; the library counts angles clockwise."""
    return -round(angle / (math.pi / 2)) % 4


def _is_embedded(drawn: Any) -> bool:
    font = pdfium.FPDFTextObj_GetFont(drawn) if drawn else None
    return bool(font) and pdfium.FPDFFont_GetIsEmbedded(font) == 1


def _address(pointer: Any) -> int:
    return (ctypes.cast(pointer, ctypes.c_void_p).value or 0) if pointer else 0


def _seen(found: Sequence[Character], sight: Sight) -> list[Character]:
    """What is seen of the characters; those under something dark, and digits struck out, as what no figure contains.

    A font that the file does not bring along may be missing here and draw nothing but Latin: that says nothing.
    """
    shown = [sight.has_text(_looked_at(each.glyph)) for each in found]
    kept = []
    for each, is_shown in zip(found, shown, strict=True):
        is_judged = each.is_embedded or each.glyph.text.isascii()
        is_hidden = is_shown is False and is_judged
        if is_hidden and not sight.is_dark(_looked_at(each.glyph)):
            continue
        is_tiny = each.glyph.bottom - each.glyph.top < _TINY * sight.size
        if is_hidden or (
            DIGIT.match(each.glyph.text) and (is_tiny or sight.is_crossed(_across(each.glyph)))
        ):
            each = each._replace(glyph=each.glyph._replace(text=UNSURE))
        kept.append(each)
    return kept


def _across(glyph: Glyph) -> Box:
    """Where a stroke through a digit must run: across the middle of it."""
    box = _looked_at(glyph)
    high = glyph.bottom - glyph.top
    return box._replace(top=glyph.top + 0.3 * high, bottom=glyph.bottom - 0.3 * high)


def _looked_at(glyph: Glyph) -> Box:
    """Where a character must be seen: of a digit its middle, which no other one reaches into."""
    edge = _MIDDLE * (glyph.right - glyph.left) if DIGIT.match(glyph.text) else 0.0
    return Box(glyph.left + edge, glyph.top, glyph.right - edge, glyph.bottom)


def _is_slanted(angle: float) -> bool:
    off = angle % (math.pi / 2)
    return bool(angle >= 0 and _SLANTED < off < math.pi / 2 - _SLANTED)


def _character(code: int) -> str:
    """The character of a code; one that the font does not explain is never blank."""
    if code == 0x02:  # the library's sign for a hyphen at a line's end
        return "-"
    if code < 0x20 or 0xD800 <= code < 0xE000 or code > 0x10FFFF or code == 0xFFFE:
        return UNSURE
    return chr(code)


_MOST_MARKS = 20  # around a text, each within another
_STRING = pdfium.FPDF_OBJECT_STRING


class _Boxes:
    """The box of each character, from where its font sets it. Its ink alone would make 一 and the decimal point small,
    and what a font states of its own height is often wrong."""

    def __init__(self, text: Any, turn: Turn) -> None:
        self.text, self.turn = text, turn
        self.widths: dict[tuple[int, int], float] = {}  # font and code → advance, of the size
        self.matrix, self.loose = pdfium.FS_MATRIX(), pdfium.FS_RECTF()
        self.across, self.down = ctypes.c_double(), ctypes.c_double()
        self.replaced: dict[
            int, bool
        ] = {}  # text objects → whether they say what is read in their place
        self.is_moved = False  # whether the last character stands elsewhere than the library says

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
        if set_in is None or self.is_moved:
            return set_in or ink
        most = _OUTSIDE * max(set_in.bottom - set_in.top, set_in.right - set_in.left)
        is_inside = (
            ink.left > set_in.left - most
            and ink.right < set_in.right + most
            and ink.top > set_in.top - most
            and ink.bottom < set_in.bottom + most
        )
        return set_in if is_inside else ink

    def _set_in(self, at: int, code: int, drawn: Any) -> Box | None:
        self.is_moved = False
        width = self._width(code, drawn)
        if not width or not pdfium.FPDFText_GetMatrix(self.text, at, ctypes.byref(self.matrix)):
            return None
        pdfium.FPDFText_GetCharOrigin(
            self.text, at, ctypes.byref(self.across), ctypes.byref(self.down)
        )
        size, m = pdfium.FPDFText_GetFontSize(self.text, at), self.matrix
        x, y = self.across.value, self.down.value
        # Of text that is read in another's place the library forgets that a drawing within the page is moved.
        self.is_moved = abs(x - m.e) + abs(y - m.f) > 1 and self._is_replaced(drawn)
        if self.is_moved:
            x, y = m.e, m.f
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

    def _is_replaced(self, drawn: Any) -> bool:
        key = _address(drawn)
        if key not in self.replaced:
            count = min(max(pdfium.FPDFPageObj_CountMarks(drawn), 0), _MOST_MARKS)
            marks = (pdfium.FPDFPageObj_GetMark(drawn, at) for at in range(count))
            self.replaced[key] = any(
                pdfium.FPDFPageObjMark_GetParamValueType(mark, b"ActualText") == _STRING
                for mark in marks
            )
        return self.replaced[key]

    def _width(self, code: int, drawn: Any) -> float:
        font = pdfium.FPDFTextObj_GetFont(drawn) if drawn else None
        if not font:
            return 0.0
        key = _address(font), code
        if key not in self.widths:
            found = ctypes.c_float()
            pdfium.FPDFFont_GetGlyphWidth(font, code, 1000.0, ctypes.byref(found))
            self.widths[key] = found.value / 1000
        return self.widths[key]


def _beside_others(
    found: Sequence[Character], sight: Sight, slanted: Sequence[Box]
) -> Iterator[bool]:
    """For each character, whether it is a digit beside which text is seen that the library does not tell: of two characters
    in one place it tells one, even where they are of different figures. A pale watermark is none."""
    fields: dict[tuple[int, int], list[Glyph]] = {}
    for glyph, *_ in found:
        for column in range(round(glyph.left / _FIELD), round(glyph.right / _FIELD) + 1):
            fields.setdefault((column, round(glyph.top / _FIELD)), []).append(glyph)
    for glyph, _, is_embedded in found:
        # Another font than the file's own may be wider.
        yield (
            is_embedded
            and DIGIT.match(glyph.text) is not None
            and any(
                not _is_explained(box, fields)
                and sight.has_text(box)
                and (
                    not any(overlap(box, each) for each in slanted)
                    or sight.has_text(box, CLEARLY_SEEN)
                )
                for box in _next_to(glyph)
            )
        )


def _next_to(glyph: Glyph) -> tuple[Box, Box]:
    """Where the middle of a digit before or behind would be."""
    wide = glyph.right - glyph.left
    edge = 0.35 * wide
    left, right = glyph.left - wide, glyph.right + wide
    return (
        Box(left + edge, glyph.top, glyph.left - edge, glyph.bottom),
        Box(glyph.right + edge, glyph.top, right - edge, glyph.bottom),
    )


def _is_explained(box: Box, fields: Mapping[tuple[int, int], Sequence[Glyph]]) -> bool:
    """Whether some glyph reaches into the box."""
    row = round(box.top / _FIELD)
    columns = range(round(box.left / _FIELD) - 1, round(box.right / _FIELD) + 2)
    reach = round((box.bottom - box.top) / _FIELD) + 2
    return any(
        g.left < box.right and box.left < g.right and g.top < box.bottom and box.top < g.bottom
        for column in columns
        for line in range(row - reach, row + reach + 1)
        for g in fields.get((column, line), ())
    )


def _without_doubles(found: Sequence[Character]) -> list[Character]:
    """Bold or a shadow that is made by printing twice must not double the digits. One printing never sets a character
    over itself, however close it sets them."""
    kept: list[Character] = []
    near: dict[tuple[str, int, int], list[Character]] = {}
    for each in reversed(found):  # what is printed last is on top
        glyph = each.glyph
        column, line = round(glyph.left / _FIELD), round(glyph.top / _FIELD)
        around = (
            other
            for across in (-1, 0, 1)
            for down in (-1, 0, 1)
            for other in near.get((glyph.text, column + across, line + down), ())
        )
        if any(_is_double(each, other) for other in around):
            continue
        near.setdefault((glyph.text, column, line), []).append(each)
        kept.append(each)
    return kept[::-1]


_FIELD = 8.0  # points; how far a double is looked for
_DOUBLE = 0.4  # of a character's width: how far its double may stand off, at least a point


def _is_double(one: Character, other: Character) -> bool:
    most = max(_DOUBLE * (one.glyph.right - one.glyph.left), 1.0)
    is_near = (
        abs(one.glyph.left - other.glyph.left) < most
        and abs(one.glyph.top - other.glyph.top) < most
    )
    return is_near and (not one.drawn or _address(one.drawn) != _address(other.drawn))
