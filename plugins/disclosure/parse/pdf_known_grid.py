"""Table three, found by its labels, as a grid: its headings, and a row of cells for each of its rows."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from disclosure.parse.pdf_columns import is_full, width_of
from disclosure.parse.pdf_known import KnownRow, KnownTable
from disclosure.parse.pdf_known_columns import column_of
from disclosure.parse.pdf_known_disputes import DisputesRow
from disclosure.parse.pdf_pieces import Piece
from disclosure.parse.pdf_rows import FIGURE
from disclosure.parse.pdf_shapes import UNSURE, Box, overlap
from disclosure.parse.pdf_table import box_name
from disclosure.records import Grid, GridCell


def grid_of(table: KnownTable, taken: Sequence[Sequence[Box]]) -> Grid:
    """Given a table and, for each page, the boxes whose text was taken by ruled tables, return its grid. An uncertain row,
    or one that such a box reaches into, has no figures."""
    widest = [
        max((width_of(p.line) for p in _pieces(table, at)), default=0.0)
        for at in range(len(table.columns))
    ]
    rows = [_head(table)] if table.headings else []
    for row in table.rows:
        is_sure = row.is_certain and not _is_taken(row, taken)
        cells = [GridCell(_text(row.label.pieces), len(rows), 0, place=_place(row.label.pieces))]
        for at in range(len(table.columns)):
            own = [piece for piece in row.content if column_of(piece, table.columns) == at]
            text = _figure(own, widest[at])
            text = text if is_sure else text + UNSURE
            place = _place(own or row.label.pieces)
            cells.append(GridCell(text, len(rows), at + 1, place=place))
        rows.append(tuple(cells))
    place = f"page {table.rows[0].label.pieces[0].page + 1}, rows by their labels"
    return Grid(tuple(rows), place, has_geometry=False)


def disputes_grid(row: DisputesRow, taken: Sequence[Sequence[Box]]) -> Grid:
    """Given table four's row and, for each page, the boxes that ruled tables took, return it as a grid without labels."""
    pieces = [piece for stack in row.figures for piece in stack]
    is_sure = not any(
        overlap(piece.line.box._replace(left=0.0, right=box.right), box)
        for piece in pieces
        for box in taken[piece.page]
    )
    cells = [
        GridCell(
            _text(stack) + ("" if is_sure and is_one else UNSURE),
            0,
            at,
            place=_place(stack or pieces),
        )
        for at, (stack, is_one) in enumerate(zip(row.figures, row.are_sure, strict=True))
    ]
    place = f"page {pieces[0].page + 1}, figures in {box_name(pieces[0].line.box)}"
    return Grid((tuple(cells),), place, has_geometry=False)


def _pieces(table: KnownTable, at: int) -> list[Piece]:
    return [
        piece
        for row in table.rows
        for piece in row.content
        if column_of(piece, table.columns) == at
    ]


def _head(table: KnownTable) -> tuple[GridCell, ...]:
    cells = [
        GridCell(_text(each.pieces), 0, at, place=_place(each.pieces))
        for at, each in enumerate(table.headings, 1)
    ]
    return (GridCell("", 0, 0, place=cells[0].place), *cells)


def _text(pieces: Sequence[Piece]) -> str:
    return "".join(piece.text for piece in pieces)


def _figure(pieces: Sequence[Piece], widest: float) -> str:
    """What a cell says. A figure that fills its column was broken for want of room, so its digits belong together."""
    ordered = sorted(pieces, key=lambda piece: (piece.middle, piece.left))
    are_one = all(
        FIGURE.fullmatch(b.text) and is_full(a.line, widest) and a.bottom - b.top < b.height / 2
        for a, b in pairwise(ordered)
    )
    return _text(ordered) if are_one else "\n".join(each.text for each in ordered) + UNSURE


def _is_taken(row: KnownRow, taken: Sequence[Sequence[Box]]) -> bool:
    """Whether a ruled table stands behind the row's label."""
    return any(
        overlap(piece.line.box._replace(right=box.right), box)
        for piece in (*row.label.pieces, *row.content)
        for box in taken[piece.page]
    )


def _place(pieces: Sequence[Piece]) -> str:
    own = [piece.line.box for piece in pieces if piece.page == pieces[0].page]
    box = Box(
        min(b.left for b in own),
        min(b.top for b in own),
        max(b.right for b in own),
        max(b.bottom for b in own),
    )
    return f"page {pieces[0].page + 1}, box {box_name(box)}"
