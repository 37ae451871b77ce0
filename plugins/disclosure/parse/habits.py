"""What the rows of a grid have in common, by which a row with blank cells can be trusted: Habits, in columns.py."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence

from disclosure.form import Table
from disclosure.parse.columns import Habits, are_beside, paddings
from disclosure.parse.headers import Leaf
from disclosure.parse.walk import Row


def habits_of(rows: Sequence[Row], grids: Sequence[int], table: Table) -> Callable[[int], Habits]:
    """What the rows of each grid have in common. Rows of equally many cells begin their figures in the same cell."""
    # Grid and width → cells up to the label → the figures' first cell.
    starts: dict[tuple[int, int], dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    shapes: Counter[tuple[int, int, int]] = Counter()
    sizes: Counter[tuple[int, int, int]] = Counter()  # grid, columns of the form, cells
    padded: set[int] = set()
    spaced: set[int] = set()  # with blank cells between figures that do not belong to the form
    fits = _fitting(rows, grids)
    full: set[int] = set()  # columns of rows that have a figure for each
    short: set[tuple[int, int, int]] = set()  # grid, width and first figure of rows with too few
    for row, grid in zip(rows, grids, strict=True):
        shapes[grid, row.lead, len(row.values)] += 1
        count = sum(len(table.part(item).columns) for item in row.items)
        if not count:
            continue
        sizes[grid, count, len(row.values)] += row.grid is not None and row.grid.has_geometry
        if sum(bool(cell.text.strip()) for cell in row.values) >= count:
            full.add(count)
        if len(row.values) == count:
            starts[grid, row.lead + count][row.lead].add(row.lead)
            continue
        if row.grid is not None and len(row.values) < count:
            short.add((grid, row.lead + len(row.values), _first_figure(row)))
        possible = paddings(row.values, count)
        if possible:
            padded.add(grid)
        elif sum(bool(cell.text.strip()) for cell in row.values) <= count < len(row.values):
            spaced.add(grid)
        if len(possible) == 1:
            starts[grid, row.lead + len(row.values)][row.lead].add(row.lead + possible[0])

    odd = {size for size in sizes if _is_odd(sizes, size)}

    def of_row(number: int) -> Habits:
        row, grid = rows[number], grids[number]
        first = _first_figure(row)
        lacks = first > row.lead and (grid, row.lead + len(row.values), first) in short
        count = sum(len(table.part(item).columns) for item in row.items)
        is_odd = (grid, count, len(row.values)) in odd
        shared = Habits(
            None, False, grid in padded, fits.get(_build(row, grid)), lacks, count in full, is_odd
        )
        if grid in spaced:
            return shared._replace(is_padded=True)
        start = _start(starts[grid, row.lead + len(row.values)], row.lead)
        padding = None if start is None else start - row.lead
        is_usual = shapes[grid, row.lead, len(row.values)] > 1
        return shared._replace(padding=padding, is_usual_shape=is_usual)

    return of_row


def _is_odd(sizes: Counter[tuple[int, int, int]], of: tuple[int, int, int]) -> bool:
    """Whether, of the rows of a grid and of so many columns, more than half as many have another number of cells."""
    others = [rows for size, rows in sizes.items() if size[:2] == of[:2] and size != of]
    return 2 * max(others, default=0) > sizes[of]


def _first_figure(row: Row) -> int:
    """The cell of its line in which the first figure of a row stands."""
    filled = (position for position, cell in enumerate(row.values) if cell.text.strip())
    return row.lead + next(filled, len(row.values))


def _start(starts: dict[int, set[int]], lead: int) -> int | None:
    """Where a row's figures begin: as in rows whose label stands in the same cell, or as in all others, where labels that
    stand in different cells agree."""
    if lead in starts:
        return next(iter(starts[lead])) if len(starts[lead]) == 1 else None
    every = set().union(*starts.values())
    return next(iter(every)) if len(every) == 1 and len(starts) > 1 else None


def _build(row: Row, grid: int) -> tuple[int, int, int, int]:
    """What rows have in common that stand in the same columns below the same header."""
    first = row.values[0].column if row.values else -1
    return grid, first, len(row.values), id(row.header)


def _fitting(
    rows: Sequence[Row], grids: Sequence[int]
) -> dict[tuple[int, int, int, int], bool | None]:
    """Whether the figures of rows built alike stand under all of their header, or beside it. Where one of them fills all of
    the header and no more, a figure beside it in another is one too many."""
    fits: dict[tuple[int, int, int, int], bool | None] = {}
    empty: dict[tuple[int, int, int, int], set[Leaf]] = {}
    for row, grid in zip(rows, grids, strict=True):
        if not row.header.has_columns or not row.header.leaves:
            continue
        build = _build(row, grid)
        left = empty.setdefault(build, set(row.header.leaves))
        for cell in row.values:
            if left and cell.text.strip():
                end = cell.column + cell.colspan
                left -= {each for each in left if each.start < end and cell.column < each.end}
        if are_beside(row.values, row.header):
            fits[build] = False
        elif fits.get(build) is not False:
            fits[build] = True if not left else None
    if False in fits.values():
        whole = {_build(row, grid) for row, grid in zip(rows, grids, strict=True) if _fills(row)}
        fits |= dict.fromkeys(whole & fits.keys(), True)
    return fits


def _fills(row: Row) -> bool:
    """Whether a row has a figure under each leaf of its header and none beside."""
    printed = [cell for cell in row.values if cell.text.strip()]
    return (
        row.header.has_columns
        and len(printed) == len(row.header.leaves) > 0
        and all(
            leaf.start < cell.column + cell.colspan and cell.column < leaf.end
            for leaf, cell in zip(row.header.leaves, printed, strict=True)
        )
    )
