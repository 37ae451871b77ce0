"""The text of ruled cells: each glyph goes to the cell whose lines enclose it.

A figure that touches or crosses a line between two cells could be one figure or two: both cells become unreadable.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from disclosure.parse.pdf_lines import Line, gap, lines_of
from disclosure.parse.pdf_rules import Enclosed, Ruled
from disclosure.parse.pdf_shapes import DIGIT, UNSURE, Box, Glyph
from disclosure.records import Grid, GridCell

_TOUCHING = 0.06  # of the glyph's height; a line and its two sides' room take more
_OVER = 1.0  # points by which a glyph may reach over a line
ONLY_FIGURE = re.compile(r"[+\-−]?[\d,.]+")


@dataclass(frozen=True, slots=True)
class ReadTable:
    """A table's grid, with the cells (row, column) whose last line fills them, so that their text may go on overleaf."""

    grid: Grid
    sides: dict[tuple[int, int], tuple[float, float]]  # left and right of each cell
    full: frozenset[tuple[int, int]]


def read_ruled(table: Ruled, glyphs: Sequence[Glyph], place: str, page: int) -> ReadTable:
    """Given a table and the glyphs of its page, return the text within its box."""
    within = _sort_in(table, glyphs)
    doubtful = set(_crossing(table, glyphs))
    rows: list[list[GridCell]] = [[] for _ in range(table.rows)]
    full = set()
    for at, cell in enumerate(table.cells):
        lines = lines_of(within[at])
        text = _cell_text(lines, cell.box)
        if lines and _fills(lines[-1], lines, cell.box):
            full.add((cell.row, cell.column))
        rows[cell.row].append(
            GridCell(
                text + UNSURE if at in doubtful or (cell.is_marked and not text) else text,
                cell.row,
                cell.column,
                cell.rowspan,
                cell.colspan,
                f"page {page}, box {box_name(cell.box)}",
            )
        )
    grid = Grid(tuple(tuple(row) for row in rows), place)
    sides = {(c.row, c.column): (c.box.left, c.box.right) for c in table.cells}
    return ReadTable(grid, sides, frozenset(full))


def _cell_text(lines: Sequence[Line], box: Box) -> str:
    """The cell's lines. A figure that fills its line was broken for want of room, so its digits belong together."""
    text = ""
    for before, line in zip((None, *lines), lines, strict=False):
        is_broken = (
            before is not None
            and ONLY_FIGURE.fullmatch(before.text)
            and ONLY_FIGURE.fullmatch(line.text)
            and _fills(before, lines, box)
        )
        text += ("" if is_broken or not text else "\n") + line.text
    return text


_MOST_PADDING = 8.0  # points at a cell's side; Word sets 5.4


def _fills(line: Line, lines: Sequence[Line], box: Box) -> bool:
    """Whether the line has no room for one more character."""
    widest = max(glyph.right - glyph.left for glyph in line.glyphs)
    sides = [
        side for each in lines for side in (each.box.left - box.left, box.right - each.box.right)
    ]
    padding = max(min(_MOST_PADDING, *sides), 0.0)
    wide = line.box.right - line.box.left
    return box.right - box.left - 2 * padding - wide < widest - _SLACK


_SLACK = 0.3  # points; what just fits is not broken


def box_name(box: Box) -> str:
    return " ".join(str(round(each)) for each in box)


def _sort_in(table: Ruled, glyphs: Sequence[Glyph]) -> dict[int, list[Glyph]]:
    """Glyphs by the cell that their centre stands in."""
    find = _Finder(table.cells)
    within: dict[int, list[Glyph]] = defaultdict(list)
    for glyph in glyphs:
        at = find.cell((glyph.left + glyph.right) / 2, (glyph.top + glyph.bottom) / 2)
        if at is not None:
            within[at].append(glyph)
    return within


def _crossing(table: Ruled, glyphs: Sequence[Glyph]) -> Iterator[int]:
    """Cells with a digit that reaches over a line, or that touches a digit in the next cell or beside the table."""
    find = _Finder(table.cells)
    for line in lines_of(glyphs):
        middle = [(glyph.top + glyph.bottom) / 2 for glyph in line.glyphs]
        cells = [
            find.cell((glyph.left + glyph.right) / 2, at)
            for glyph, at in zip(line.glyphs, middle, strict=True)
        ]
        for glyph, at in zip(line.glyphs, cells, strict=True):
            if at is not None and DIGIT.match(glyph.text):
                box = table.cells[at].box
                if glyph.left < box.left - _OVER or glyph.right > box.right + _OVER:
                    yield at
        for (one, first), (other, second) in pairwise(zip(line.glyphs, cells, strict=True)):
            if first == second:
                continue
            if _may_be_one(one, other) and gap(one, other) < _TOUCHING * (one.bottom - one.top):
                yield from (each for each in (first, second) if each is not None)


def _may_be_one(one: Glyph, other: Glyph) -> bool:
    """Whether two glyphs can be digits of one figure: one that a line crosses is no longer told from others."""
    return all(DIGIT.match(each.text) or each.text == UNSURE for each in (one, other))


class _Finder:
    """Which cell a point stands in."""

    def __init__(self, cells: Sequence[Enclosed]) -> None:
        self.by_top = sorted(range(len(cells)), key=lambda at: cells[at].box.top)
        self.tops = [cells[at].box.top for at in self.by_top]
        self.cells = cells

    def cell(self, across: float, down: float) -> int | None:
        for at in reversed(self.by_top[: bisect_right(self.tops, down)]):
            box = self.cells[at].box
            if box.left <= across < box.right and box.top <= down < box.bottom:
                return at
        return None
