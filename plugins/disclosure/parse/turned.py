"""Table four turned on its side: a row for each result, a column for each channel. It is set upright before it is read."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from disclosure.form import Template
from disclosure.parse.headers import column_code
from disclosure.parse.labels import mark
from disclosure.parse.shapes import FIGURE, place_of, shape_of
from disclosure.records import Grid, GridCell, GridShape, LineShape

_MOST_ROWS = 12  # five results and their header; longer grids are other tables
At = tuple[int, int]  # row of a grid and cell of that row


class _Upright(NamedTuple):
    labels: tuple[At, ...]  # of the results
    channels: tuple[tuple[At, tuple[At, ...]], ...]  # the header cell of each, and its figures


def upright(grid: Grid, template: Template) -> Grid:
    """Given a grid, return it with a row for each channel where it has a column for each; any other as it is."""
    if not len(template.disputes.parts[0].columns) < len(grid.rows) <= _MOST_ROWS:
        return grid
    found = _upright(shape_of(grid), template)
    if found is None:
        return grid
    lines = [(None, found.labels), *found.channels]
    return Grid(
        tuple(
            tuple(_moved(grid, at, row, column) for column, at in enumerate((first, *others)))
            for row, (first, others) in enumerate(lines)
        ),
        grid.place,
    )


def _moved(grid: Grid, at: At | None, row: int, column: int) -> GridCell:
    if at is None:
        return GridCell("", row, column)
    cell = grid.rows[at[0]][at[1]]
    return GridCell(cell.text, row, column, place=place_of(cell, grid))


@lru_cache(maxsize=500)
def _upright(shape: GridShape, template: Template) -> _Upright | None:
    """Where the results' labels, the channels and the figures stand; None unless all do, each once."""
    part = template.disputes.parts[0]
    labels: dict[str, At] = {}
    for number, line in enumerate(shape.lines):
        at = _label(line)
        code = None if at is None else column_code(line.texts[at], "disputes", template)
        if at is not None and code and len(line.texts) == at + 1 + len(part.items):
            if code in labels or any(text not in ("", FIGURE) for text in line.texts[at + 1 :]):
                return None
            labels[code] = (number, at)
    if set(labels) != {column.code for column in part.columns}:
        return None
    heads = _channels(shape.lines[: min(number for number, _ in labels.values())], template)
    results = [labels[column.code] for column in part.columns]
    channels: dict[str, tuple[At, tuple[At, ...]]] = {}
    for nth in range(1, 1 + len(part.items)):
        figures = tuple((number, at + nth) for number, at in results)
        over = {_over(heads, shape.lines[number].spans[at]) for number, at in figures}
        if len(over) != 1 or None in over:
            return None
        code, head = over.pop()  # type: ignore[misc]
        channels[code] = (head, figures)
    if len(channels) != len(part.items):
        return None
    return _Upright(tuple(results), tuple(channels.values()))


def _label(line: LineShape) -> int | None:
    """The one cell of a line that is a word and no figure."""
    words = [at for at, text in enumerate(line.texts) if text.strip() and text != FIGURE]
    return words[0] if len(words) == 1 and line.has_geometry else None


# Channel, where it stands, its first column and the one behind.
Heads = list[tuple[str, At, int, int]]


def _channels(lines: tuple[LineShape, ...], template: Template) -> Heads:
    found: Heads = []
    for number, line in enumerate(lines):
        for at, (text, span) in enumerate(zip(line.texts, line.spans, strict=True)):
            codes = [code for table, code in mark(text, template).items if table == "disputes"]
            if len(codes) == 1:
                column, colspan = span[1], span[3]
                found.append((codes[0], (number, at), column, column + colspan))
    return found


def _over(heads: Heads, span: tuple[int, ...]) -> tuple[str, At] | None:
    """The only channel whose header stands over all of a cell."""
    start, end = span[1], span[1] + span[3]
    over = [(code, at) for code, at, first, behind in heads if first <= start and end <= behind]
    return over[0] if len(over) == 1 else None
