"""Tables without lines: figures that stand below each other become a grid where nothing else is possible.

A row is a line with a label and figures. What could be the rest of a figure broken in a narrow column, what stands
between two lines, or what belongs to no column makes the whole table uncertain: then none of its figures is read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from disclosure.parse.pdf_lines import Line, gap
from disclosure.parse.pdf_shapes import Glyph

_WIDE = 0.8  # of the line's height: white space that parts cells
_BROKEN_WITHIN = 1.35  # of the line's height: the next line of the same cell is no farther
_APART = (
    0.9  # of the line's height: lines that are nearer than that stand in different cells of a row
)
_MANY = 10  # figures in a line that needs no label, as in table four
_FIGURE = re.compile(r"[+\-−]?[\d０-９][\d０-９,.]*|[/—-]")


class Row(NamedTuple):
    """A line cut into its labels and its figures; `figures` is empty where it does not end in figures."""

    line: Line
    labels: tuple[Line, ...]
    figures: tuple[Line, ...]

    @property
    def middle(self) -> float:
        return (self.line.box.top + self.line.box.bottom) / 2


class Column(NamedTuple):
    left: float
    right: float


def cut(line: Line) -> Row:
    pieces = parts(line, _WIDE)
    figures: list[Line] = []
    while pieces:
        inner = parts(pieces[-1], 0.2)
        if not all(_FIGURE.fullmatch(each.text) for each in inner):
            break
        figures = inner + figures
        pieces.pop()
    return Row(line, tuple(pieces), tuple(figures))


def with_labels_around(rows: Sequence[Row]) -> list[Row]:
    """Rows whose figures stand half way between the two lines of their label get that label."""
    found = list(rows)
    for at, row in enumerate(rows):
        if row.labels or not row.figures or not 0 < at < len(rows) - 1:
            continue
        above, below = found[at - 1], rows[at + 1]
        if above.figures or below.figures or not above.labels or not below.labels:
            continue
        up, down = row.middle - above.middle, below.middle - row.middle
        height = row.line.height
        upper, lower = above.labels[-1], below.labels[-1]
        is_below = upper.box.left < lower.box.right and lower.box.left < upper.box.right
        if is_below and max(up, down) < _BROKEN_WITHIN * height and abs(up - down) < 0.25 * height:
            label = Line((*upper.glyphs, *lower.glyphs))
            found[at] = row._replace(labels=(label,))
            found[at - 1] = above._replace(labels=above.labels[:-1])
            found[at + 1] = below._replace(labels=below.labels[:-1])
    return [row for row in found if row.labels or row.figures]


def parts(line: Line, width: float) -> list[Line]:
    """The line cut wherever white space is as wide as that, in heights of the line."""
    pieces: list[list[Glyph]] = []
    for glyph in line.glyphs:
        if pieces and gap(pieces[-1][-1], glyph) < width * line.height:
            pieces[-1].append(glyph)
        else:
            pieces.append([glyph])
    return [Line(tuple(piece)) for piece in pieces]


def find_columns(rows: Sequence[Row], header: Sequence[Row]) -> list[Column] | None:
    """Given the rows of a table and the lines of its header, return its columns of figures.

    None where it is uncertain which figures make a row or a column.
    """
    with_figures = [row for row in rows if row.figures]
    columns = _columns(with_figures, header)
    height = max(row.line.height for row in with_figures)
    is_apart = all(b.left - a.right > 0.2 * height for a, b in pairwise(columns))
    if not is_apart or any(column_of(row, columns) is None for row in with_figures):
        return None
    if any(label.box.right > columns[0].left for row in with_figures for label in row.labels):
        return None
    for row in with_figures:
        if not row.labels and len(row.figures) < max(_MANY, len(columns)):
            return None
    if not _agree(columns, with_figures, header):
        return None
    widest = [
        max((c.right - c.left for row in with_figures if (c := _cell(row, columns, at))), default=0)
        for at in range(len(columns))
    ]
    for one, other in pairwise(with_figures):
        pitch = (other.middle - one.middle) / height
        if pitch < _APART or (pitch < _BROKEN_WITHIN and _is_rest(one, other, columns, widest)):
            return None
    return columns


def _agree(columns: Sequence[Column], rows: Sequence[Row], header: Sequence[Row]) -> bool:
    """Whether each column stands below a header; without one, whether no row leaves a column blank. Else figures set
    to the left in one row and to the right in another would look like two columns."""
    pieces = [piece.box for row in header if len(row.labels) > 1 for piece in row.labels]
    if not pieces:
        return all(len(row.figures) == len(columns) for row in rows)
    return all(any(b.left < c.right and c.left < b.right for b in pieces) for c in columns)


def column_of(row: Row, columns: Sequence[Column]) -> dict[int, Line] | None:
    """The row's figures by column; None where one stands in no column, or two in one."""
    found: dict[int, Line] = {}
    for figure in row.figures:
        box = figure.box
        over = [at for at, c in enumerate(columns) if box.left < c.right and c.left < box.right]
        if len(over) != 1 or over[0] in found:
            return None
        found[over[0]] = figure
    return found


def _columns(rows: Sequence[Row], header: Sequence[Row]) -> list[Column]:
    """Where figures stand, and below which headers none stands."""
    columns: list[Column] = []
    for box in sorted(figure.box for row in rows for figure in row.figures):
        if columns and box.left < columns[-1].right:
            columns[-1] = columns[-1]._replace(right=max(columns[-1].right, box.right))
        else:
            columns.append(Column(box.left, box.right))
    left = columns[0].left
    for row in header:
        for piece in row.labels:
            box = piece.box
            is_over = any(box.left < c.right and c.left < box.right for c in columns)
            if not is_over and box.left > left:
                columns.append(Column(box.left, box.right))
    return sorted(columns)


def _cell(row: Row, columns: Sequence[Column], at: int) -> Column | None:
    line = (column_of(row, columns) or {}).get(at)
    return None if line is None else Column(line.box.left, line.box.right)


def _is_rest(above: Row, below: Row, columns: Sequence[Column], widest: Sequence[float]) -> bool:
    """Whether each figure below could be the rest of the one above it, broken because it filled its column."""
    upper, lower = column_of(above, columns) or {}, column_of(below, columns) or {}
    for at in lower:
        if at not in upper or len(upper[at].glyphs) < 2:
            return False
        box = upper[at].box
        digit = (box.right - box.left) / len(upper[at].glyphs)
        if box.right - box.left < widest[at] - 0.6 * digit:
            return False
    return True
