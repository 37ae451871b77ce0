"""Which figure of a row belongs to which column. The printed header rules; then position, where the number is right.

Where neither decides, every cell of the row is ambiguous: a lost column never shifts values into the wrong ones.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from disclosure.form import TEMPLATES, Column, Template
from disclosure.parse.labels import mark
from disclosure.records import Grid, GridCell


class Leaf(NamedTuple):
    """A lowest header cell: the column it names (None where unknown) and the grid columns it stands over."""

    code: str | None
    start: int
    end: int


class Header(NamedTuple):
    """A header's leaves from left to right. `is_exact` says that their order and number are as printed; where columns
    were lost over several header rows, only the names are sure."""

    leaves: tuple[Leaf, ...]
    is_exact: bool
    is_foreign: bool = False  # it names columns of another template

    @property
    def codes(self) -> tuple[str | None, ...]:
        return tuple(leaf.code for leaf in self.leaves)


class Placed(NamedTuple):
    """The cells of a row by column code. A column in `cells` with None is in doubt; one not in it is absent.
    `problem` says why, in words; `skipped` are printed cells that belong to no column of the form."""

    cells: dict[str, GridCell | None]
    problem: str = ""
    skipped: tuple[GridCell, ...] = ()


NO_HEADER = Header((), False)
FOREIGN_HEADER = Header((), False, is_foreign=True)


def read_header(
    rows: Sequence[Sequence[GridCell]], table: str, template: Template, has_geometry: bool
) -> Header:
    """Given the header rows of a part of a table, return its leaves from left to right."""
    if _is_foreign(rows, template):
        return FOREIGN_HEADER
    if has_geometry:
        return _header_by_geometry(rows, table, template)
    named = [[leaf for cell in row if (leaf := _leaf(cell, table, template))] for row in rows]
    named = [row for row in named if row]
    if len(named) == 1:
        return Header(tuple(named[0]), is_exact=_covers_row(rows, named[0]))
    return Header(tuple(leaf for row in named for leaf in row), is_exact=False)


def _is_foreign(rows: Sequence[Sequence[GridCell]], template: Template) -> bool:
    text = "".join(cell.text for row in rows for cell in row)
    text = "".join(text.split())
    others = [each for each in TEMPLATES.values() if each is not template]
    return any(re.search(each.telling, text) for each in others)


def _covers_row(rows: Sequence[Sequence[GridCell]], leaves: Sequence[Leaf]) -> bool:
    """Whether the row's printed cells are the named ones and at most one label before them."""
    row = next(row for row in rows if any(cell.column == leaves[0].start for cell in row))
    printed = [cell for cell in row if cell.text.strip()]
    return len(printed) - len(leaves) <= 1 and printed[-1].column == leaves[-1].start


def _leaf(cell: GridCell, table: str, template: Template) -> Leaf | None:
    code = column_code(cell.text, table, template)
    return Leaf(code, cell.column, cell.column + cell.colspan) if code else None


def column_code(text: str, table: str, template: Template) -> str | None:
    return next((code for of, code in mark(text, template).columns if of == table), None)


def _header_by_geometry(
    rows: Sequence[Sequence[GridCell]], table: str, template: Template
) -> Header:
    cells = [cell for row in rows for cell in row if cell.text.strip()]
    named = [cell for cell in cells if column_code(cell.text, table, template)]
    if not named:
        return NO_HEADER
    first = min(cell.column for cell in named)
    leaves = [
        Leaf(column_code(cell.text, table, template), cell.column, cell.column + cell.colspan)
        for cell in cells
        if cell.column >= first and not _has_below(cell, cells)
    ]
    leaves.sort(key=lambda leaf: leaf.start)
    return Header(tuple(leaves), is_exact=True)


def _has_below(cell: GridCell, cells: Sequence[GridCell]) -> bool:
    end = cell.column + cell.colspan
    return any(
        other.row > cell.row and other.column < end and cell.column < other.column + other.colspan
        for other in cells
    )


def place(
    values: Sequence[GridCell],
    columns: Sequence[Column],
    header: Header,
    grid: Grid | None,
    usual_padding: int | None = None,
) -> Placed:
    """Given the cells after a row's label, say which column each belongs to.

    `usual_padding` is how many blank cells stand between label and figures in the grid's other rows, where they agree.
    """
    official = [column.code for column in columns]
    if header.is_foreign:
        return _doubt(official, "its header is of another form")
    if not set(official) & set(header.codes):
        header = NO_HEADER  # a header of another part, or overwritten: position rules
    order = _order(official, header)
    if order is None:
        return _doubt(official, "the header names its columns in an order that cannot be followed")
    if header.is_exact and None in header.codes and set(official) <= set(header.codes):
        return _by_whole_header(values, official, header)
    trimmed = _trim(values, len(order), usual_padding)
    if trimmed is not None:
        if any(cell.rowspan > 1 for cell in trimmed):
            return _merged_down(trimmed, order)
        return Placed(dict(zip(order, trimmed, strict=True)))
    if grid is not None and grid.has_geometry and len(header.leaves) == len(official):
        by_geometry = _by_geometry(values, header)
        if by_geometry:
            return by_geometry
    count = len([cell for cell in values if cell.text.strip()])
    return _doubt(official, f"{count} figures stand where {len(order)} belong")


def _order(official: list[str], header: Header) -> list[str] | None:
    """The columns from left to right: the header's where it is whole or plainly lacks some, else the form's."""
    known = [code for code in header.codes if code]
    if not header.is_exact or len(set(known)) != len(known):
        return official
    if len(known) == len(official):
        return known
    if known and len(known) == len(header.codes) and len(known) < len(official):
        return known
    in_form_order = [code for code in official if code in known]
    return official if in_form_order == known else None


def _by_whole_header(values: Sequence[GridCell], official: list[str], header: Header) -> Placed:
    """A header with columns that the form does not have: theirs are skipped by name."""
    trimmed = _trim(values, len(header.codes))
    if trimmed is None:
        return _doubt(official, f"{len(values)} cells stand under {len(header.codes)} headers")
    pairs = list(zip(header.codes, trimmed, strict=True))
    return Placed(
        {code: cell for code, cell in pairs if code},
        skipped=tuple(cell for code, cell in pairs if code is None),
    )


def _trim(
    values: Sequence[GridCell], count: int, usual_padding: int | None = None
) -> list[GridCell] | None:
    """The row's `count` cells, once blank padding before or after them is dropped; None where that is not one way."""
    ways = paddings(values, count)
    if len(ways) > 1 and usual_padding in ways:
        ways = [usual_padding]
    if len(ways) == 1 or (ways and not any(cell.text.strip() for cell in values)):
        return list(values[ways[0] : ways[0] + count])
    return None


def paddings(values: Sequence[GridCell], count: int) -> list[int]:
    """Every number of blank cells before the figures that leaves only blank cells after them."""
    blank = [not cell.text.strip() for cell in values]
    return [
        before
        for before in range(len(values) - count + 1)
        if all(blank[:before]) and all(blank[before + count :])
    ]


def _merged_down(cells: list[GridCell], order: list[str]) -> Placed:
    """One cell printed over several rows says no row's figure, unless it is blank."""
    placed = {
        code: None if cell.rowspan > 1 and cell.text.strip() else cell
        for code, cell in zip(order, cells, strict=True)
    }
    doubt = [code for code, cell in placed.items() if cell is None]
    return Placed(placed, "a cell is merged over several rows" if doubt else "")


def _by_geometry(values: Sequence[GridCell], header: Header) -> Placed | None:
    """Cells by the header they stand under, where the row is as wide as its header; a merged cell names no column."""
    end = max(leaf.end for leaf in header.leaves)
    reach = max((cell.column + cell.colspan for cell in values), default=0)
    if reach < end or any(cell.column >= end for cell in values if cell.text.strip()):
        return None
    placed: dict[str, GridCell | None] = {}
    for leaf in header.leaves:
        over = [c for c in values if c.column < leaf.end and leaf.start < c.column + c.colspan]
        is_own = len(over) == 1 and over[0].column >= leaf.start and over[0].rowspan == 1
        is_own = is_own and over[0].column + over[0].colspan <= leaf.end
        assert leaf.code is not None
        placed[leaf.code] = over[0] if is_own else None
    return Placed(placed, "a cell is merged over several columns or rows")


def _doubt(official: list[str], problem: str) -> Placed:
    return Placed(dict.fromkeys(official), problem)
