"""Glyphs become lines of text: which stand on one line, where white space parts them, what is a raised mark."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from disclosure.parse.pdf_shapes import Box, Glyph

_SPACE = 0.2  # of the glyphs' height; a space is at least 0.25 wide, letters that touch leave none
_SMALLER = 0.8  # of its neighbour's height: a mark of a note
_RAISED = 0.15  # of the figure's height: how far above its base line a mark's stands
_DIGIT = re.compile(r"[\d０-９]")
_UNSURE = "\ufffd"  # what no figure and no label contains


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
    mark and goes into brackets, so that 12¹ is 12[1]; a small one that is not raised could be either."""
    text = ""
    base: Glyph | None = None  # the last glyph that was no mark
    for before, glyph in zip((None, *glyphs), glyphs, strict=False):
        if before is not None and gap(before, glyph) > _SPACE * _height(before, glyph):
            text += " "
        if base is not None and _is_smaller(glyph, base):
            text += f"[{glyph.text}]" if _is_raised(glyph, base) else _UNSURE + glyph.text
        else:
            text += glyph.text
            base = glyph
    return text.replace("][", "")


def gap(before: Glyph, after: Glyph) -> float:
    return after.left - before.right


def _height(one: Glyph, other: Glyph) -> float:
    return min(one.bottom - one.top, other.bottom - other.top)


def _is_smaller(glyph: Glyph, before: Glyph) -> bool:
    return bool(
        _DIGIT.match(glyph.text)
        and _DIGIT.match(before.text)
        and glyph.bottom - glyph.top < _SMALLER * (before.bottom - before.top)
    )


def _is_raised(glyph: Glyph, before: Glyph) -> bool:
    return before.bottom - glyph.bottom > _RAISED * (before.bottom - before.top)
