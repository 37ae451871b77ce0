"""What stands outside of ruled tables: prose put together again, tables without lines as grids where that is certain."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set

from disclosure.parse.pdf_columns import (
    Column,
    Found,
    Printed,
    cut_figures,
    read_part,
)
from disclosure.parse.pdf_headings import headings_of
from disclosure.parse.pdf_labels import Level
from disclosure.parse.pdf_lines import Line, gap
from disclosure.parse.pdf_rows import Part, Row, cut, label_edges, parts_of, pieces_of
from disclosure.parse.pdf_shapes import UNSURE, Box, overlap
from disclosure.parse.pdf_table import box_name
from disclosure.records import Grid, GridCell, Issue, Text

_REST = 3  # lines at the head of a page in which the rest of a cut row stands
_PROSE = 15  # characters at least in a line of prose that goes on
_FIGURE = re.compile(r"(?<!\S)[+\-−]?[\d０-９\ufffd][\d０-９\ufffd,.]*(?!\S)")


class Texts:
    """Reads what stands outside of ruled tables, page after page: a table without lines may go on overleaf."""

    def __init__(self, issues: list[Issue]) -> None:
        self.issues = issues
        self.columns: list[Column] = []  # of the last table without lines

    def read(
        self,
        lines: Sequence[Line],
        levels: Sequence[Level],
        page: int,
        taken: Sequence[Box] = (),
        overleaf: Sequence[Line] = (),
    ) -> Iterator[tuple[float, Text | Grid]]:
        """Given the lines of a page, its level ruling lines, the boxes whose text was taken by ruled tables, and the lines
        of the next page, yield their blocks, each with its top."""
        prose: list[tuple[Line, str]] = []
        edges = label_edges(lines)
        parts = list(parts_of([cut(line, edges) for line in lines]))
        for part in parts:
            if not part.with_figures:
                prose += [(row.line, row.line.text) for row in (*part.above, *part.rows)]
                continue
            goes_on = (
                part is parts[0] and bool(self.columns),
                part is parts[-1] and bool(overleaf),
            )
            found = read_part(part, levels, self.columns, goes_on)
            if found is not None:
                self.columns = found.columns
            headings = headings_of(part, found.columns) if found and found.rows else []
            prose += _above(part, headings)
            if found is None or not found.rows:
                prose += [(row.line, _without_figures(row)) for row in part.rows]
                self._note_uncertain(part.with_figures, page)
                continue
            before, after = _left_over(part, found)
            yield from _prose([*prose, *before], page)
            prose = after
            rest = next((row for row in map(cut, overleaf[:_REST]) if row.figures), None)
            doubtful = cut_figures(found, rest) if rest and part is parts[-1] else set()
            yield found.rows[0].top, _grid(found, headings, page, taken, doubtful)
            if not all(row.is_certain for row in found.rows):
                self._note_uncertain(part.with_figures, page)
        yield from _prose(prose, page)

    def _note_uncertain(self, rows: Sequence[Row], page: int) -> None:
        """One figure behind a text alone is no table."""
        if len(rows) == 1 == len(rows[0].figures):
            return
        where = f"page {page}, box {box_name(rows[0].line.box)} and {len(rows) - 1} more lines"
        message = (
            "figures in columns without lines, and which of them make a row is uncertain; "
            "what is uncertain is not read"
        )
        self.issues.append(Issue("columns_uncertain", where, message))


def _above(part: Part, headings: Sequence[Sequence[Line]]) -> Iterator[tuple[Line, str]]:
    """The lines above a table, without the headings that go into it."""
    taken = {id(glyph) for pieces in headings for piece in pieces for glyph in piece.glyphs}
    for row in part.above:
        left = [piece for piece in pieces_of(row.line) if id(piece.glyphs[0]) not in taken]
        if len(left) == len(pieces_of(row.line)):
            yield row.line, row.line.text
        else:
            yield from ((piece, piece.text) for piece in left)


def _left_over(part: Part, found: Found) -> tuple[list[tuple[Line, str]], list[tuple[Line, str]]]:
    """The lines before the table's first row and after its last, as where a heading stands below it."""
    tops = [line.box.top for row in found.rows for line in row.label]
    first = min([found.rows[0].top, *tops])
    last = max([found.rows[-1].top, *tops])
    alone = [row.line for row in part.rows if not row.figures]
    return (
        [(line, line.text) for line in alone if line.box.top < first],
        [(line, line.text) for line in alone if line.box.top > last],
    )


def _without_figures(row: Row) -> str:
    return _FIGURE.sub(UNSURE, row.line.text) if row.figures else row.line.text


def _grid(
    found: Found,
    headings: Sequence[Sequence[Line]],
    page: int,
    taken: Sequence[Box],
    doubtful: Set[int],
) -> Grid:
    """Each row as its label, where it has one, and a cell for each column, blank where nothing stands in it: neither a
    figure nor what was taken for a table. `doubtful` are the columns in which the last row's figures may go on overleaf."""
    rows = [_head(headings, page)] if headings else []
    for number, row in enumerate(found.rows):
        cells = [_label(row, number, page)] if row.label or not row.is_certain else []
        for at, column in enumerate(found.columns):
            lines = row.figures.get(at, ())
            box = _box(lines) if lines else Box(column.left, row.top, column.right, row.bottom)
            text = "".join(line.text for line in lines)
            if not text and any(overlap(box, each) for each in taken):
                text = UNSURE
            if number == len(found.rows) - 1 and at in doubtful:
                text += UNSURE
            cells.append(GridCell(text, number, len(cells), place=_place(page, box)))
        rows.append(tuple(cells))
    first = found.rows[0]
    whole = Box(found.columns[0].left, first.top, found.columns[-1].right, found.rows[-1].bottom)
    return Grid(tuple(rows), f"page {page}, figures in {box_name(whole)}", has_geometry=False)


def _head(headings: Sequence[Sequence[Line]], page: int) -> tuple[GridCell, ...]:
    texts = ["".join(line.text for line in pieces) for pieces in headings]
    places = [_place(page, _box(pieces)) for pieces in headings]
    cells = [
        GridCell(text, 0, at, place=place)
        for at, (text, place) in enumerate(zip(texts, places, strict=True), 1)
    ]
    return (GridCell("", 0, 0, place=places[0]), *cells)


def _label(row: Printed, number: int, page: int) -> GridCell:
    if not row.label:
        return GridCell(UNSURE, number, 0, place=f"page {page}")
    text = "".join(line.text for line in row.label)
    return GridCell(text, number, 0, place=_place(page, _box(row.label)))


def _box(lines: Sequence[Line]) -> Box:
    box = lines[0].box
    for line in lines[1:]:
        box = _around(box, line.box)
    return box


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
    return Box(
        min(one.left, other.left),
        min(one.top, other.top),
        max(one.right, other.right),
        max(one.bottom, other.bottom),
    )


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
