"""Which figure of a row belongs to which column. The printed header rules; then position, where the number is right.

Where neither decides, every cell of the row is ambiguous: a lost column never shifts values into the wrong ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from disclosure.parse.figures import looks_like_a_figure
from disclosure.parse.headers import ANOTHER_YEAR, NO_HEADER, Header, Leaf, Name
from disclosure.records import Grid, GridCell


class Placed(NamedTuple):
    """The cells of a row by their column's name. A column in `cells` with None is in doubt; one not in it is absent.
    `problem` says why, in words; `skipped` are printed cells that belong to no column of the form."""

    cells: dict[Name, GridCell | None]
    problem: str = ""
    skipped: tuple[GridCell, ...] = ()


class Habits(NamedTuple):
    """What the rows of a grid have in common, by which a row with blank cells can be trusted.

    `padding`: blank cells between label and figures, where all rows that leave one way agree. `is_usual_shape`: another
    row has as many cells before and after its label. `is_padded`: some row has more cells than figures. `fits_header`: rows
    built like it have figures under every header, and nowhere else (True), or beside them (False). `lacks_a_cell`: another
    row as wide begins its figures where this one does, and has too few of them. `has_full_rows`: some row of as many columns has
    a figure for each column of the form. `is_odd`: rows that are not few have another number of cells, so that one is lost
    here or too many.
    """

    padding: int | None = None
    is_usual_shape: bool = False
    is_padded: bool = False
    fits_header: bool | None = None
    lacks_a_cell: bool = False
    has_full_rows: bool = False
    is_odd: bool = False


def place(
    values: Sequence[GridCell],
    official: list[Name],
    header: Header,
    grid: Grid | None,
    habits: Habits,
) -> Placed:
    """Given the cells after a row's label and the names of the form's columns, say which column each belongs to."""
    if header.problem:
        return _doubt(official, header.problem)
    if not {*official, ANOTHER_YEAR} & set(header.codes):
        header = NO_HEADER  # a header of another part, or overwritten: position rules
    known: list[Name] = [code for code in header.codes if code]
    if header.is_exact and _has_foreign_columns(header, official):
        if habits.is_odd and not all(cell.text.strip() for cell in values):
            return _doubt(official, _of_unlike_size(values))
        return _by_whole_header(values, official, header)
    if header.is_exact and len(header.codes) == len(known) == len(values) < len(official):
        return Placed(dict(zip(known, values, strict=True)))  # the other columns are not printed
    order = _order(official, header)
    if order is None:
        return _doubt(official, "its header names the columns in an order that cannot be followed")
    trimmed = _trim(values, len(order), habits)
    if habits.is_odd and not all(cell.text.strip() for cell in trimmed or values):
        return _doubt(official, _of_unlike_size(values))
    is_trusted = trimmed is not None and not _is_shorter(trimmed, header, known, habits)
    is_trusted = is_trusted and not habits.lacks_a_cell
    if trimmed is not None and is_trusted:
        is_sure = habits.fits_header is not True and all(cell.text.strip() for cell in trimmed)
        if (
            is_sure
            or habits.fits_header is False
            or not _stands_elsewhere(trimmed, values, order, header)
        ):
            return _merged_down(trimmed, order)
        if not habits.fits_header:
            return _doubt(
                official, "its figures stand under other headers than those of their order"
            )
    if habits.fits_header is not False and (
        header.has_columns
        and grid is not None
        and grid.has_geometry
        and len(known) == len(official)
    ):
        by_geometry = _by_geometry(values, header)
        if by_geometry:
            return by_geometry
    count = len([cell for cell in values if cell.text.strip()])
    return _doubt(official, f"{count} figures stand where {len(order)} belong")


def _of_unlike_size(values: Sequence[GridCell]) -> str:
    return (
        f"{len(values)} cells stand in this row, blank ones among them, and more or fewer in others"
    )


def _has_foreign_columns(header: Header, official: list[Name]) -> bool:
    """Whether a header has columns that the form does not have: those of another year; unknown ones beside all of the
    form's; and where those that are known stand elsewhere than in the form, so that no unknown one is the form's own."""
    codes = header.codes
    if ANOTHER_YEAR in codes:
        return True
    if None not in codes:
        return False
    if len(codes) != len(official):
        return len(codes) > len(official)
    in_form_order = [code for code in official if code in codes] == [code for code in codes if code]
    is_overwritten = all(code in (None, own) for code, own in zip(codes, official, strict=True))
    return in_form_order and not is_overwritten


def _order(official: list[Name], header: Header) -> list[Name] | None:
    """The columns from left to right: the header's where it is whole, else the form's, unless the header objects."""
    known: list[Name] = [code for code in header.codes if code]
    if not header.is_exact:
        return official
    if len(set(known)) != len(known):  # a name twice: a misprint, or a column of another year
        return official if len(header.codes) % len(official) == 0 else None
    if len(known) == len(official):
        return known
    in_form_order = [code for code in official if code in known]
    return official if in_form_order == known else None


def _is_shorter(
    cells: Sequence[GridCell], header: Header, known: list[Name], habits: Habits
) -> bool:
    """Whether the header has fewer columns than the form and the row not the figures to prove otherwise."""
    if all(cell.text.strip() for cell in cells):
        return False
    if header.is_exact:
        return 0 < len(known) == len(header.codes) < len(cells)
    # Where only names are sure, a blank cell at an end may belong to a column that is none of the form.
    has_blank_end = not (cells[0].text.strip() and cells[-1].text.strip())
    return has_blank_end and not habits.has_full_rows and 1 < len(set(known)) < len(cells)


def _stands_elsewhere(
    cells: Sequence[GridCell], values: Sequence[GridCell], order: list[Name], header: Header
) -> bool:
    """Whether a row that was rid of padding has figures that stand under other columns' headers: then what was dropped was
    no padding."""
    if not header.has_columns or len(cells) == len(values):
        return False
    over = {leaf.code: leaf for leaf in header.leaves}
    return any(
        cell.text.strip()
        and (leaf := over.get(code))
        and not (cell.column < leaf.end and leaf.start < cell.column + cell.colspan)
        for code, cell in zip(order, cells, strict=True)
    )


def _by_whole_header(values: Sequence[GridCell], official: list[Name], header: Header) -> Placed:
    """A header with columns that the form does not have: theirs are skipped by name."""
    trimmed = _trim(values, len(header.codes), Habits())
    if trimmed is None:
        return _doubt(official, f"{len(values)} cells stand under {len(header.codes)} headers")
    pairs = list(zip(header.codes, trimmed, strict=True))
    return Placed(
        {code: cell for code, cell in pairs if code},
        skipped=tuple(cell for code, cell in pairs if not code),
    )


def _trim(values: Sequence[GridCell], count: int, habits: Habits) -> list[GridCell] | None:
    """The row's `count` cells, once blank padding before or after them is dropped; None where that is not one way.

    A row whose padding might be its own lost cells is trusted only where another row is built like it.
    """
    if not any(cell.text.strip() for cell in values):
        return list(values[:count]) if len(values) >= count else None
    ways = paddings(values, count)
    if len(ways) > 1 and habits.padding in ways:
        ways = [habits.padding]
    if len(ways) != 1:
        return None
    cells = list(values[ways[0] : ways[0] + count])
    if len(values) == count and not habits.is_padded:
        return cells
    is_whole = all(cell.text.strip() for cell in cells) or habits.is_usual_shape
    return cells if is_whole and all(looks_like_a_figure(cell.text) for cell in cells) else None


def paddings(values: Sequence[GridCell], count: int) -> list[int]:
    """Every number of blank cells before the figures that leaves only blank cells after them."""
    filled = [position for position, cell in enumerate(values) if cell.text.strip()]
    first, last = (filled[0], filled[-1]) if filled else (len(values), -1)
    return list(range(max(0, last - count + 1), min(first, len(values) - count) + 1))


def _merged_down(cells: list[GridCell], order: list[Name]) -> Placed:
    """Cells in order; one printed over several rows says no row's figure, unless it is blank."""
    placed = {
        code: None if cell.rowspan > 1 and cell.text.strip() else cell
        for code, cell in zip(order, cells, strict=True)
    }
    doubt = [code for code, cell in placed.items() if cell is None]
    return Placed(placed, "a cell is merged over several rows" if doubt else "")


def _by_geometry(values: Sequence[GridCell], header: Header) -> Placed | None:
    """Cells by the header they stand under, where the row is as wide as its header; a merged cell names no column. A row
    that begins behind the header's first column and ends behind its last was moved as a whole."""
    end = max(leaf.end for leaf in header.leaves)
    reach = max((cell.column + cell.colspan for cell in values), default=0)
    is_moved = reach > end and values[0].column > header.leaves[0].start
    if reach < end or is_moved or are_beside(values, header):
        return None
    placed: dict[Name, GridCell | None] = {}
    for leaf in header.leaves:
        over = [c for c in values if c.column < leaf.end and leaf.start < c.column + c.colspan]
        is_own = all(_is_within(cell, leaf) and cell.rowspan == 1 for cell in over)
        printed = [cell for cell in over if cell.text.strip()] or over[:1]  # beside it: spacers
        assert leaf.code is not None
        placed[leaf.code] = printed[0] if is_own and len(printed) == 1 else None
    return Placed(placed, "a cell is merged over several columns or rows")


def are_beside(values: Sequence[GridCell], header: Header) -> bool:
    """Whether a figure stands before the header's columns or behind them."""
    start, end = header.leaves[0].start, max(leaf.end for leaf in header.leaves)
    printed = [cell for cell in values if cell.text.strip()]
    return any(cell.column >= end or cell.column + cell.colspan <= start for cell in printed)


def _is_within(cell: GridCell, leaf: Leaf) -> bool:
    return leaf.start <= cell.column and cell.column + cell.colspan <= leaf.end


def _doubt(official: list[Name], problem: str) -> Placed:
    return Placed(dict.fromkeys(official), problem)
