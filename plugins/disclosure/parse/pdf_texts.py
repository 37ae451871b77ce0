"""What stands outside of ruled tables: prose put together again, tables without lines as grids where that is certain."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from disclosure.parse.pdf_columns import (
    Column,
    Row,
    column_of,
    cut,
    find_columns,
    with_labels_around,
)
from disclosure.parse.pdf_lines import Line, gap
from disclosure.parse.pdf_shapes import Box
from disclosure.parse.pdf_table import box_name
from disclosure.records import Grid, GridCell, Issue, Text

_PROSE = 15  # characters at least in a line of prose that goes on
_LONG = 30  # characters in a line that is no row and no header
_UNSURE = "\ufffd"  # what no figure and no label contains
_FIGURE = re.compile(r"(?<!\S)[+\-−]?[\d０-９][\d０-９,.]*(?!\S)")


def read_texts(
    lines: Sequence[Line], page: int, issues: list[Issue]
) -> Iterator[tuple[float, Text | Grid]]:
    """Given the lines of a page that stand outside its ruled tables, yield their blocks, each with its top."""
    prose: list[tuple[Line, str]] = []
    for table in _tables(with_labels_around([cut(line) for line in lines])):
        rows = [row for row in table if row.figures]
        if not rows:
            prose += [(row.line, row.line.text) for row in table]
            continue
        first = table.index(rows[0])
        columns = find_columns(table[first:], table[:first])
        prose += [(row.line, row.line.text) for row in table[:first]]
        if columns is None:
            prose += [(row.line, _without_figures(row)) for row in table[first:]]
            if len(rows) > 1 or len(rows[0].figures) > 1:
                issues.append(_uncertain(rows, page))
            continue
        yield from _prose(prose, page)
        prose = []
        yield rows[0].line.box.top, _grid(table[first:], columns, page)
    yield from _prose(prose, page)


def _uncertain(rows: Sequence[Row], page: int) -> Issue:
    where = f"page {page}, box {box_name(rows[0].line.box)} and {len(rows) - 1} more lines"
    message = (
        "figures in columns without lines, and which of them make a row is uncertain; none is read"
    )
    return Issue("columns_uncertain", where, message)


def _without_figures(row: Row) -> str:
    return _FIGURE.sub(_UNSURE, row.line.text) if row.figures else row.line.text


def _tables(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Rows together from one header to the next; prose ends a table."""
    gathered: list[Row] = []
    for row in rows:
        is_header = not row.figures and len(row.labels) > 1
        is_prose = not row.figures and len(row.labels) == 1 and len(row.line.glyphs) >= _LONG
        has_figures = any(each.figures for each in gathered)
        if gathered and (is_prose or (is_header and has_figures)):
            yield gathered
            gathered = []
        gathered.append(row)
        if is_prose:
            yield gathered
            gathered = []
    if gathered:
        yield gathered


def _grid(rows: Sequence[Row], columns: Sequence[Column], page: int) -> Grid:
    """Lines as rows: labels first, then one cell for each column, blank where nothing stands in it."""
    labels = max(len(row.labels) for row in rows)
    made = []
    for number, row in enumerate(rows):
        figures = column_of(row, columns) or {}
        top, bottom = row.line.box.top, row.line.box.bottom
        cells = [
            GridCell(piece.text, number, at, place=_place(page, piece.box))
            for at, piece in enumerate(row.labels)
        ]
        for at, column in enumerate(columns if row.figures else ()):
            box = figures[at].box if at in figures else Box(column.left, top, column.right, bottom)
            text = figures[at].text if at in figures else ""
            cells.append(GridCell(text, number, labels + at, place=_place(page, box)))
        made.append(tuple(cells))
    whole = f"page {page}, lines from {box_name(rows[0].line.box)}"
    return Grid(tuple(made), whole, has_geometry=False)


def _place(page: int, box: Box) -> str:
    return f"page {page}, box {box_name(box)}"


# --- prose ---------------------------------------------------------------------------------------


def _prose(lines: Sequence[tuple[Line, str]], page: int) -> Iterator[tuple[float, Text]]:
    """Lines with the ones they continue: prose that fills its line goes on in the next. Rows of figures never do."""
    if not lines:
        return
    left = min(line.box.left for line, _ in lines)
    right = max(line.box.right for line, _ in lines)
    text, box, last = "", lines[0][0].box, None
    for line, shown in lines:
        if last is not None and _continues(last, line, left, right):
            text += shown
            box = _around(box, line.box)
        else:
            if text:
                yield box.top, Text(text, _place(page, box))
            text, box = shown, line.box
        last = line
    yield box.top, Text(text, _place(page, box))


def _around(one: Box, other: Box) -> Box:
    return Box(min(one.left, other.left), one.top, max(one.right, other.right), other.bottom)


def _continues(last: Line, line: Line, left: float, right: float) -> bool:
    size = last.height
    return (
        len(last.glyphs) >= _PROSE
        and " " not in last.text
        and sum("\u4e00" <= glyph.text <= "\u9fff" for glyph in last.glyphs) * 2 > len(last.glyphs)
        and last.box.right > right - 2 * size
        and line.box.left < left + size
        and line.box.top - last.box.bottom < 2 * size
        and abs(line.height - size) < 0.2 * size
        and all(gap(a, b) < size for a, b in zip(line.glyphs, line.glyphs[1:], strict=False))
    )
