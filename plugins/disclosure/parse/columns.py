"""Which figure of a row belongs to which column. The printed header rules; then position, where the number is right.

Where neither decides, every cell of the row is ambiguous: a lost column never shifts values into the wrong ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from disclosure.form import Column
from disclosure.parse.headers import NO_HEADER, Header
from disclosure.records import Grid, GridCell


class Placed(NamedTuple):
    """The cells of a row by column code. A column in `cells` with None is in doubt; one not in it is absent.
    `problem` says why, in words; `skipped` are printed cells that belong to no column of the form."""

    cells: dict[str, GridCell | None]
    problem: str = ""
    skipped: tuple[GridCell, ...] = ()


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
    if header.problem:
        return _doubt(official, header.problem)
    if not set(official) & set(header.codes):
        header = NO_HEADER  # a header of another part, or overwritten: position rules
    order = _order(official, header)
    if order is None:
        return _doubt(official, "its header names the columns in an order that cannot be followed")
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
