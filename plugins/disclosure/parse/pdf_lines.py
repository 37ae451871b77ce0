"""Glyphs become lines of text: which stand on one line, where white space parts them, what is a raised mark."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from disclosure.parse.pdf_shapes import DIGIT, UNSURE, Box, Glyph

_SPACE = 0.2  # of the glyphs' height; a space is at least 0.25 wide, letters that touch leave none
_SMALLER = 0.92  # of its neighbour's height: what is no higher is of another size
_RAISED = 0.1  # of the figure's height: how far above or below its base line another one stands
_OVERLAP = (
    0.25  # of the narrower one's width: characters of one figure do not stand over each other
)
_WITH_NOTES = frozenset(
    "-−–—－/／无用件元"
)  # what stands for no figure, 用 as the last of 不适用, and units
_AS_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True)
class Line:
    """Glyphs beside each other, from left to right."""

    glyphs: tuple[Glyph, ...]

    @cached_property
    def box(self) -> Box:
        return box_of(self.glyphs)

    @cached_property
    def text(self) -> str:
        return text_of(self.glyphs)

    @cached_property
    def height(self) -> float:
        return max(glyph.bottom - glyph.top for glyph in self.glyphs)


def box_of(glyphs: Sequence[Glyph]) -> Box:
    return Box(
        min(glyph.left for glyph in glyphs),
        min(glyph.top for glyph in glyphs),
        max(glyph.right for glyph in glyphs),
        max(glyph.bottom for glyph in glyphs),
    )


def lines_of(glyphs: Iterable[Glyph]) -> list[Line]:
    """Given glyphs in any order, return the lines they make, from top to bottom."""
    lines: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda each: (each.top + each.bottom) / 2):
        if lines and _is_beside(glyph, lines[-1]):
            lines[-1].append(glyph)
        else:
            lines.append([glyph])
    return [Line(tuple(sorted(line, key=lambda each: each.left))) for line in lines]


def _is_beside(glyph: Glyph, line: Sequence[Glyph]) -> bool:
    """Whether a glyph stands on the line: half of it, or of a larger one there, is beside the other."""
    centre = (glyph.top + glyph.bottom) / 2
    return any(
        other.top <= centre <= other.bottom
        and abs((other.top + other.bottom) / 2 - centre)
        < max(glyph.bottom - glyph.top, other.bottom - other.top) / 2
        for other in line[-8:]
    )


def text_of(glyphs: Sequence[Glyph]) -> str:
    """A line's text, with a space wherever white space parts its glyphs. A small raised digit behind a figure is a note's
    mark and goes into brackets, so that 12¹ is 12[1], and stays raised behind a dash, which is no minus sign of it;
    what else differs in size, stands off the line or over another digit could be a figure of its own."""
    text = ""
    base: Glyph | None = None  # the last glyph that was no mark
    for before, glyph in zip((None, *glyphs), glyphs, strict=False):
        is_apart = before is not None and gap(before, glyph) > _SPACE * _height(before, glyph)
        if is_apart:
            text += " "
        if base is not None and _is_mark(glyph, base):
            is_note = bool(DIGIT.match(base.text))
            text += f"[{glyph.text}]" if is_note else glyph.text.translate(_AS_RAISED)
        elif base is None or not (DIGIT.match(base.text) and DIGIT.match(glyph.text)):
            text += glyph.text
            base = glyph
        else:
            text += glyph.text if is_apart or _is_of_one(base, glyph) else UNSURE + glyph.text
            base = glyph
    return text.replace("][", "")


def _is_mark(glyph: Glyph, base: Glyph) -> bool:
    """Whether a glyph is of a note's mark behind a figure, its unit or what stands for none."""
    if DIGIT.match(glyph.text):
        if not (DIGIT.match(base.text) or base.text in _WITH_NOTES):
            return False
    elif glyph.text != "注" or not DIGIT.match(base.text):
        return False
    return _is_smaller(glyph, base) and base.bottom - glyph.bottom > _RAISED * _tall(base)


def _is_of_one(before: Glyph, glyph: Glyph) -> bool:
    """Whether two digits beside each other can be of one figure: of one size, on one line, none over the other."""
    narrower = min(glyph.right - glyph.left, before.right - before.left)
    return (
        not _is_smaller(glyph, before)
        and not _is_smaller(before, glyph)
        and abs(before.bottom - glyph.bottom) <= _RAISED * _tall(before)
        and gap(before, glyph) > -_OVERLAP * narrower
    )


def _is_smaller(one: Glyph, other: Glyph) -> bool:
    return _tall(one) < _SMALLER * _tall(other)


def gap(before: Glyph, after: Glyph) -> float:
    return after.left - before.right


def _height(one: Glyph, other: Glyph) -> float:
    return min(_tall(one), _tall(other))


def _tall(glyph: Glyph) -> float:
    return glyph.bottom - glyph.top
