"""Tables without lines: figures that stand below each other become a grid where nothing else is possible.

Columns are where figures stand below each other; rows are what pdf_labels.py finds. What belongs to no column, stands
between two rows, or could be the rest of a broken figure makes the table, or the row, uncertain: its figures are not read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from disclosure.parse.pdf_bands import find_bands
from disclosure.parse.pdf_labels import (
    WAYS,
    Broken,
    Labelled,
    Level,
    find_labels,
    label_lines,
    place_of,
)
from disclosure.parse.pdf_lines import Line
from disclosure.parse.pdf_rows import Part, Row, middle_of, pieces_of

_APART = 0.2  # of the text's height: the least room between columns
_BROKEN_WITHIN = 1.6  # of it: the next line of a broken figure is no farther
_BESIDE = 0.35  # of it: how far a figure may stand off the middle of its row
_FEWEST = 3  # rows of a table that is read without one that may be cut
_HEADINGS = 3  # at least, in a line of which each heads a column
_MANY = 10  # figures in a row that needs no label, as in table four
_MOST_BROKEN = 3


class Column(NamedTuple):
    left: float
    right: float


class Printed(NamedTuple):
    """A row of the table: the lines of its label, and the lines of its figures by column."""

    label: tuple[Line, ...]
    figures: dict[int, tuple[Line, ...]]
    top: float
    bottom: float
    is_certain: bool


class Found(NamedTuple):
    columns: list[Column]
    rows: list[Printed]


def read_part(
    part: Part,
    levels: Sequence[Level] = (),
    before: Sequence[Column] = (),
    goes_on: tuple[bool, bool] = (False, False),
) -> Found | None:
    """Given a part of a table, return its columns and rows, none of these where they are uncertain; None where the columns
    are.

    `before` are the columns of a table on the page before, which may go on here; `goes_on` says whether the part may begin
    on the page before and go on overleaf, so that a row may be cut.
    """
    rows = part.with_figures
    columns = _columns(part)
    if not columns or not _are_certain(columns, rows):
        return None
    if not _are_headed(columns, part, rows):
        columns = _same(columns, before)
        if not columns or not _are_certain(columns, rows):
            return None
    broken = _broken(rows, columns)
    reach = columns[0].left, columns[-1].right
    labelled = find_bands(part.rows, levels, reach, broken) or _rows(part, levels, broken, goes_on)
    return Found(columns, [_printed(each, columns) for each in labelled or ()])


def _rows(
    part: Part, levels: Sequence[Level], broken: Broken, goes_on: tuple[bool, bool]
) -> list[Labelled] | None:
    rows = part.with_figures
    for first, last in _cuts(len(rows), goes_on, broken):
        for lines in label_lines(part.rows):
            if found := find_labels(rows[first:last], lines, levels, _shifted(broken, first)):
                before, after = rows[:first], rows[last:]
                return [
                    *(Labelled((row,), ()) for row in before),
                    *found,
                    *(Labelled((row,), ()) for row in after),
                ]
    if any(row.labels for row in part.rows):
        return None
    if len(rows) == 1 or any((0, len(rows)) in each for each in broken.values()):
        figures = sum(len(row.figures) for row in rows)
        return [Labelled(tuple(rows), ())] if figures >= _MANY else None
    return None


def cut_figures(found: Found, overleaf: Row) -> set[int]:
    """The columns in which the last row's figures may go on overleaf, given the first row with figures there: all of its
    own stand below figures that filled their column."""
    last = found.rows[-1]
    placed = column_of(overleaf, found.columns) or {}
    widest = _widest([row.figures for row in found.rows])
    is_rest = placed and all(
        at in last.figures and is_full(last.figures[at][-1], widest[at]) for at in placed
    )
    return set(placed) if is_rest else set()


def _widest(rows: Iterable[Mapping[int, Sequence[Line]]]) -> Mapping[int, float]:
    """How wide the widest line of figures in each column is."""
    widest: dict[int, float] = defaultdict(float)
    for figures in rows:
        for at, lines in figures.items():
            widest[at] = max(widest[at], *map(width_of, lines))
    return widest


def _cuts(count: int, goes_on: tuple[bool, bool], broken: Broken) -> Iterator[tuple[int, int]]:
    """From and to which row a table is read: whole, or without a first or last row that the page's edge may have cut and
    that cannot be a part of its neighbour."""
    whole = {pair for each in broken.values() for pair in each}
    for last in range(count, count - 1 - goes_on[1], -1):
        for first in range(1 + goes_on[0]):
            is_cut = any(start < at < end for start, end in whole for at in (first, last))
            if last - first == count or (last - first >= _FEWEST and not is_cut):
                yield first, last


def _shifted(broken: Broken, first: int) -> Broken:
    return {way: {(a - first, b - first) for a, b in each} for way, each in broken.items()}


# --- columns -------------------------------------------------------------------------------------


def _columns(part: Part) -> list[Column]:
    """Where figures stand, and below which headers none stands."""
    columns: list[Column] = []
    for box in sorted(figure.box for row in part.with_figures for figure in row.figures):
        if columns and box.left < columns[-1].right:
            columns[-1] = columns[-1]._replace(right=max(columns[-1].right, box.right))
        else:
            columns.append(Column(box.left, box.right))
    edge = max((label.box.right for row in part.rows for label in row.labels), default=0.0)
    return sorted([*columns, *_blank_columns(columns, part.header, edge)])


def _blank_columns(columns: Sequence[Column], header: Sequence[Row], edge: float) -> list[Column]:
    """The lowest headings below which no figure stands, where each other column has one of its own. Those left of the edge
    are of the labels."""
    headings: list[Column] = []
    lines = [pieces_of(row.line) for row in header]
    several = [at for at, pieces in enumerate(lines) if len(pieces) >= _HEADINGS]
    # What stands above the highest of them, alone or beside one other, may head several columns.
    for pieces in lines[: max(several, default=-1) + 1]:
        printed = [Column(piece.box.left, piece.box.right) for piece in pieces]
        headings += [each for each in printed if not any(overlap(each, h) for h in headings)]
    headings.sort()
    over = [[at for at, h in enumerate(headings) if overlap(h, c)] for c in columns]
    taken = [each[0] for each in over if len(each) == 1]
    if not columns or not len(taken) == len(set(taken)) == len(columns):
        return []
    return [each for at, each in enumerate(headings) if at not in taken and each.left >= edge]


def overlap(one: Column, other: Column) -> bool:
    """Whether two columns have a place in common."""
    return one.left < other.right and other.left < one.right


def _are_certain(columns: Sequence[Column], rows: Sequence[Row]) -> bool:
    height = max(row.height for row in rows)
    is_apart = all(b.left - a.right > _APART * height for a, b in pairwise(columns))
    return is_apart and all(column_of(row, columns) is not None for row in rows)


def _are_headed(columns: Sequence[Column], part: Part, rows: Sequence[Row]) -> bool:
    """Whether of two columns beside each other some row fills both, or each column stands below a header. Else figures set
    to the left in one row and to the right in another would look like two columns."""
    filled = [set(column_of(row, columns) or ()) for row in rows]
    if all(any({at, at + 1} <= each for each in filled) for at in range(len(columns) - 1)):
        return len(columns) > 1 or all(filled)
    pieces = [
        Column(piece.box.left, piece.box.right)
        for row in part.header
        for piece in pieces_of(row.line)
    ]
    return all(any(overlap(piece, column) for piece in pieces) for column in columns)


def _same(columns: Sequence[Column], before: Sequence[Column]) -> list[Column]:
    """The columns of the table before, as wide as both need; none where one of these is not one of them."""
    joined = list(before)
    for column in columns:
        over = [at for at, other in enumerate(joined) if overlap(column, other)]
        if len(over) != 1:
            return []
        own = joined[over[0]]
        joined[over[0]] = Column(min(own.left, column.left), max(own.right, column.right))
    return joined


def columns_over(line: Line, columns: Sequence[Column]) -> list[int]:
    """The columns in which text stands."""
    own = Column(line.box.left, line.box.right)
    return [at for at, column in enumerate(columns) if overlap(own, column)]


def column_of(row: Row, columns: Sequence[Column]) -> dict[int, Line] | None:
    """The row's figures by column; None where one stands in no column, or two in one."""
    found: dict[int, Line] = {}
    for figure in row.figures:
        over = columns_over(figure, columns)
        if len(over) != 1 or over[0] in found:
            return None
        found[over[0]] = figure
    return found


# --- broken figures ------------------------------------------------------------------------------


def _broken(rows: Sequence[Row], columns: Sequence[Column]) -> Broken:
    """Which lines of figures, from and to, can be one row whose longer figures were broken for want of room, in each way
    that a row is set."""
    placed = [column_of(row, columns) or {} for row in rows]
    widest = _widest({at: (figure,) for at, figure in figures.items()} for figures in placed)
    found: Broken = {way: set() for way in WAYS}
    for start in range(len(rows)):
        for end in range(start + 2, min(start + _MOST_BROKEN, len(rows)) + 1):
            for way in _ways_to_be_one(rows[start:end], placed[start:end], widest):
                found[way].add((start, end))
    return found


def _ways_to_be_one(
    rows: Sequence[Row], placed: Sequence[dict[int, Line]], widest: Mapping[int, float]
) -> list[str]:
    height = max(row.height for row in rows)
    stacks = _stacks(placed)
    is_one = (
        all(b.middle - a.middle <= _BROKEN_WITHIN * height for a, b in pairwise(rows))
        and any(len(stack) > 1 for stack in stacks.values())
        and all(is_full(line, widest[at]) for at, each in stacks.items() for line in each[:-1])
    )
    return [way for way in WAYS if is_one and _are_set(way, stacks.values(), rows, height)]


def _are_set(
    way: str, stacks: Iterable[tuple[Line, ...]], rows: Sequence[Row], height: float
) -> bool:
    """Whether every figure stands where its row is set: around its middle, from its top, or to its bottom."""
    top, bottom = rows[0].middle, rows[-1].middle
    wanted = {"middle": (top + bottom) / 2, "top": top, "bottom": bottom}[way]
    return all(
        abs(place_of(way, [middle_of(line) for line in stack]) - wanted) <= _BESIDE * height
        for stack in stacks
    )


def _stacks(placed: Sequence[dict[int, Line]]) -> dict[int, tuple[Line, ...]]:
    stacks: dict[int, tuple[Line, ...]] = {}
    for figures in placed:
        for at, figure in figures.items():
            stacks[at] = (*stacks.get(at, ()), figure)
    return stacks


def is_full(line: Line, widest: float) -> bool:
    """Whether a figure of several digits takes all of its column, so that the next line can be its rest."""
    digit = width_of(line) / len(line.glyphs)
    return len(line.glyphs) > 1 and width_of(line) > widest - 0.6 * digit


def width_of(line: Line) -> float:
    """How wide a line is, in points."""
    return line.box.right - line.box.left


def _printed(row: Labelled, columns: Sequence[Column]) -> Printed:
    boxes = [each.line.box for each in row.rows]
    figures = _stacks([column_of(each, columns) or {} for each in row.rows])
    is_certain = bool(row.label) or sum(map(len, figures.values())) >= _MANY
    return Printed(
        row.label, figures, min(b.top for b in boxes), max(b.bottom for b in boxes), is_certain
    )
