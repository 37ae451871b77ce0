"""Lines outside of ruled tables, cut into labels and figures, and put together between one header and the next."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from statistics import median
from typing import NamedTuple

from disclosure.parse.pdf_lines import Line, gap
from disclosure.parse.pdf_shapes import Glyph

_SPACE = 0.2  # of the line's height: white space that parts what stands in a line
_WIDE = 0.6  # of it: white space that parts two labels
_EDGE = 1.0  # points by which lines that begin one below the other may be off
_FEWEST_BELOW = 3
_LONGEST_ORDINAL = 3  # characters
_STEP = 0.2  # of it: characters that stand so much higher or lower are of another line
# One that is printed past reading is a figure all the same, or the others would be taken for its column's.
FIGURE = re.compile(r"[+\-−]?[\d０-９\ufffd][\d０-９\ufffd,.]*(?:\[[\d０-９]+\])?|[/—-]")
ORDINAL = re.compile(
    r"[（(][一二三四五六七八九十\d][）)]|\d[.．、]|[一二三四五六][、，]|第[一二三四五六七八九十]+条"
)

_HEADER = re.compile(r"信\s*息\s*内\s*容|第\s*二\s*十\s*条\s*第")


class Row(NamedTuple):
    """A line cut into its labels and the figures at its end; `figures` is empty where it does not end in figures."""

    line: Line
    labels: tuple[Line, ...]
    figures: tuple[Line, ...]

    @property
    def middle(self) -> float:
        return middle_of(*(self.figures or self.labels))

    @property
    def height(self) -> float:
        return self.line.height


SHORT = 4  # characters at most in the heading of a column that stands on a line alone, or in the rest of a broken one


class Part(NamedTuple):
    """Lines of a page that belong together: what stands above, then rows with the lines of their labels."""

    above: tuple[Row, ...]
    rows: tuple[Row, ...]

    @property
    def header(self) -> tuple[Row, ...]:
        """The lines just above that have several headings, or one over the figures, from the lowest up."""
        found = []
        left = min((_left(row) for row in self.with_figures), default=0.0)
        for row in reversed(self.above):
            if len(pieces_of(row.line)) > 1 or row.line.box.left >= left - row.height:
                found.append(row)
            elif len(row.line.glyphs) > SHORT:
                break
        return tuple(found)

    @property
    def with_figures(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.figures)


def middle_of(*lines: Line) -> float:
    return median((glyph.top + glyph.bottom) / 2 for line in lines for glyph in line.glyphs)


def label_edges(lines: Sequence[Line]) -> list[float]:
    """Where the labels of a column begin, from left to right: several with an ordinal, one below the other."""
    lefts = sorted(
        piece.box.left
        for line in lines
        for piece in pieces_of(line)
        if ORDINAL.match(piece.text) and not FIGURE.fullmatch(piece.text)
    )
    return [
        left
        for at, left in enumerate(lefts)
        if at + _FEWEST_BELOW <= len(lefts) and lefts[at + _FEWEST_BELOW - 1] - left <= _EDGE
    ]


def cut(line: Line, edges: Sequence[float] = ()) -> Row:
    """Given a line and where columns of labels begin, cut it into its labels and figures."""
    pieces = [part for piece in pieces_of(line) for part in cut_at_edges(piece, edges)]
    figures: list[Line] = []
    while pieces and FIGURE.fullmatch(pieces[-1].text):
        figures.insert(0, pieces.pop())
    return Row(line, tuple(_labels(pieces, line.height, edges)), tuple(figures))


def cut_at_edges(piece: Line, edges: Sequence[float]) -> Iterator[Line]:
    """A piece cut where an ordinal stands at the edge of a column: the name of a group touches the label behind it."""
    start = 0
    for at, glyph in enumerate(piece.glyphs):
        behind = Line(piece.glyphs[at : at + _LONGEST_ORDINAL])
        if at and _is_edge(glyph.left, edges) and ORDINAL.match(behind.text):
            yield Line(piece.glyphs[start:at])
            start = at
    yield Line(piece.glyphs[start:])


def _is_edge(left: float, edges: Sequence[float]) -> bool:
    at = bisect_left(edges, left - _EDGE)
    return at < len(edges) and edges[at] <= left + _EDGE


def pieces_of(line: Line) -> list[Line]:
    """The line cut at white space, and where a character stands on another line."""
    pieces: list[list[Glyph]] = []
    for glyph in line.glyphs:
        if pieces and not _is_apart(pieces[-1][-1], glyph, line.height):
            pieces[-1].append(glyph)
        else:
            pieces.append([glyph])
    return [Line(tuple(piece)) for piece in pieces]


def _is_apart(before: Glyph, after: Glyph, height: float) -> bool:
    if gap(before, after) >= _SPACE * height:
        return True
    one, other = before.bottom - before.top, after.bottom - after.top
    is_alike = abs(one - other) < _STEP * height  # a note's mark is smaller
    return is_alike and abs(before.bottom - after.bottom) > _STEP * height


def _labels(pieces: Sequence[Line], height: float, edges: Sequence[float]) -> Iterator[Line]:
    """Pieces that a space parts as one label again; what begins with an ordinal, or where labels do, is one of its own."""
    label: Line | None = None
    for piece in pieces:
        is_own = _is_edge(piece.box.left, edges)
        if label is not None and not is_own and _goes_on(label, piece, height):
            label = Line((*label.glyphs, *piece.glyphs))
            continue
        if label is not None:
            yield label
        label = piece
    if label is not None:
        yield label


def _goes_on(label: Line, piece: Line, height: float) -> bool:
    return (
        piece.box.left - label.box.right < _WIDE * height
        and abs(middle_of(piece) - middle_of(label)) < _STEP * height
        and not ORDINAL.match(piece.text)
    )


# --- parts ---------------------------------------------------------------------------------------


def parts_of(rows: Sequence[Row]) -> Iterator[Part]:
    """Rows together, from one header to the next. Text over the columns of figures is a header, or prose; so is what only the
    headers of table two say, wherever it stands."""
    header: list[Row] = []
    gathered: list[Row] = []
    for row in rows:
        if gathered and any(each.figures for each in gathered):
            left = min(_left(each) for each in gathered if each.figures)
            if _is_over(row, left) or (not row.figures and _HEADER.search(row.line.text)):
                yield Part(tuple(header), tuple(gathered))
                header, gathered = [], []
        elif row.figures:
            over = [at for at, each in enumerate(gathered) if _is_over(each, _left(row))]
            first = over[-1] + 1 if over else 0
            header, gathered = gathered[:first], gathered[first:]
        gathered.append(row)
    if gathered:
        yield Part(tuple(header), tuple(gathered))


def _left(row: Row) -> float:
    return row.figures[0].box.left


def _is_over(row: Row, left: float) -> bool:
    return any(label.box.right > left for label in row.labels)
