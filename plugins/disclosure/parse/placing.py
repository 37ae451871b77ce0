"""Rows of the form get their cells: which printed cell is which cell of the form. What they print is read by cells.py.

It depends on the rows' shapes alone, and is worked out once for all copies of a table that are built of the same rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import chain
from typing import NamedTuple

from disclosure.form import Column, Table
from disclosure.parse.columns import Habits, Placed, place
from disclosure.parse.habits import habits_of
from disclosure.parse.headers import NO_HEADER, Header, Name
from disclosure.parse.row_names import name_of, name_rows, printed_rows
from disclosure.parse.rows import Copy
from disclosure.parse.runs import Key
from disclosure.parse.walk import Remark, Row
from disclosure.records import GridCell, PrintedRow

Columns = tuple[tuple[Key, Column], ...]


class PlacedRow(NamedTuple):
    """A row of a copy whose cells were lost: its digits are to be split."""

    number: int  # in the copy
    items: tuple[str, ...]
    lead: int
    keys: tuple[Key, ...]
    columns: tuple[Column, ...]
    units: tuple[str, ...]


class PlacedCell(NamedTuple):
    """A cell of the form and where it stands: in which row of the copy, and as which cell of its line; None where that is
    in doubt. `lead` is how many cells of the line stand before its figures."""

    key: Key
    unit: str
    row: int
    at: int | None
    lead: int


@dataclass(frozen=True, slots=True, eq=False)  # one object each: compared and hashed by identity
class PlacedCells:
    """Those that stand somewhere, in columns, since a report has two hundred of them."""

    keys: tuple[Key, ...] = ()
    units: tuple[str, ...] = ()
    places: tuple[tuple[int, int], ...] = ()  # row of the copy, cell of its line
    numbers: tuple[int, ...] = ()  # of their columns in what is printed


class PlacedCopy(NamedTuple):
    """Cells come in the form's order, those of a row that is printed twice as they are printed. `in_doubt` are the others
    with their positions among all. `is_whole` says that these, and those of the runs behind them, are the table's cells,
    each once and in order."""

    is_whole: bool
    cells: PlacedCells
    in_doubt: tuple[tuple[int, PlacedCell], ...]
    runs: tuple[PlacedRow, ...]
    remarks: tuple[Remark, ...]  # their lines are rows of the copy
    printed: tuple[PrintedRow, ...]


def place_copy(copy: Copy, table: Table) -> PlacedCopy:
    """Given a copy of a table, say what each of its cells is."""
    grids: dict[int, int] = {}
    numbers = [grids.setdefault(id(line.grid), len(grids)) for line in copy.lines]
    return _place_rows(tuple(copy.rows), tuple(numbers), table)


@lru_cache(maxsize=500)
def _place_rows(rows: tuple[Row, ...], grids: tuple[int, ...], table: Table) -> PlacedCopy:
    named, remarks = name_rows(rows, table)
    habits = habits_of(rows, grids, table)
    cells: list[PlacedCell] = []
    runs = []
    for number, items in named:
        row = replace(rows[number], items=items)
        columns = _columns_of(items, table)
        if row.header.unit and columns != (converted := _in_unit(columns, row.header.unit)):
            columns = converted
            message = f"its header states {row.header.unit}; the amount is given in 万元"
            remarks.append(Remark("unit_of_header", number, message))
        if _is_run(row, columns) and not row.header.problem:
            its_keys, its_columns = zip(*columns, strict=True)
            units = tuple([column.unit for column in its_columns])
            runs.append(PlacedRow(number, items, row.lead, its_keys, its_columns, units))
        else:
            cells += _cells(row, number, columns, habits(number), table, remarks)
    cells.sort(key=lambda cell: table.cells.index(cell.key))
    in_doubt = tuple((n, cell) for n, cell in enumerate(cells) if cell.at is None)
    printed = tuple(printed_rows(rows, dict(named), table))
    keys = [*(cell.key for cell in cells), *chain.from_iterable(run.keys for run in runs)]
    return PlacedCopy(
        tuple(keys) == table.cells,
        _in_columns(cells, rows),
        in_doubt,
        tuple(runs),
        tuple(remarks),
        printed,
    )


def _in_columns(cells: Sequence[PlacedCell], rows: Sequence[Row]) -> PlacedCells:
    sure = [
        (
            cell.key,
            cell.unit,
            (cell.row, cell.at),
            rows[cell.row].values[cell.at - cell.lead].column,
        )
        for cell in cells
        if cell.at is not None
    ]
    return PlacedCells(*zip(*sure, strict=True)) if sure else PlacedCells()


@cache
def _columns_of(items: tuple[str, ...], table: Table) -> Columns:
    return tuple(
        ((item, column.code), column) for item in items for column in table.part(item).columns
    )


def _in_unit(columns: Columns, unit: str) -> Columns:
    """The columns, amounts in the unit that the printed header states."""
    return tuple(
        (key, replace(column, unit=unit) if column.unit == "万元" else column)
        for key, column in columns
    )


def _is_run(row: Row, columns: Columns) -> bool:
    """Whether the row was cut from running text and its cells were lost."""
    printed = sum(bool(cell.text) for cell in row.values)
    return row.grid is None and 0 < printed < len(columns)


def _cells(
    row: Row,
    number: int,
    columns: Columns,
    habits: Habits,
    table: Table,
    remarks: list[Remark],
) -> Iterator[PlacedCell]:
    placed = _place(row, columns, habits)
    at = {id(cell): row.lead + position for position, cell in enumerate(row.values)}
    if placed.problem:
        message = f"{name_of(row, table)}: {placed.problem}"
        remarks.append(Remark("cells_do_not_fit", number, message))
    if placed.skipped:
        skipped = tuple(at[id(cell)] for cell in placed.skipped)
        message = "{}: under a header the form does not have"
        remarks.append(Remark("unknown_column", number, message, skipped))
    for key, column in columns:
        if key in placed.cells:
            cell = placed.cells[key]
            place = None if cell is None else at[id(cell)]
            yield PlacedCell(key, column.unit, number, place, row.lead)


def _place(row: Row, columns: Sequence[tuple[Key, Column]], habits: Habits) -> Placed:
    """Cells by item and column: one row of table four holds several channels, each with the same columns."""
    keys: list[Name] = [key for key, _ in columns]
    if len(row.items) == 1:
        placed = place(row.values, [code for (_, code), _ in columns], row.header, row.grid, habits)
        item = row.items[0]
        cells: dict[Name, GridCell | None] = {
            (item, str(code)): cell for code, cell in placed.cells.items()
        }
        return Placed(cells, placed.problem, placed.skipped)
    if row.header.problem:
        return Placed(dict.fromkeys(keys), row.header.problem)
    official = [code for (_, code), _ in columns[: len(keys) // len(row.items)]]
    order = _channel_order(row, official)
    if order is None and _is_in_another_order(row, official):
        problem = "its header names the columns in an order that cannot be followed"
        return Placed(dict.fromkeys(keys), problem)
    names = [keys[index] for index in order] if order else keys
    return place(row.values, keys, _header_of(row, names), row.grid, habits)


def _header_of(row: Row, names: Sequence[Name]) -> Header:
    """A header that names each column with its channel; where the printed one has other columns, position rules."""
    leaves = row.header.leaves
    if len(leaves) != len(names) or not row.header.is_exact:
        return NO_HEADER
    named = (leaf._replace(code=name) for leaf, name in zip(leaves, names, strict=True))
    return row.header._replace(leaves=tuple(named))


def _channel_order(row: Row, official: list[str]) -> list[int] | None:
    """Where the printed header has each channel's columns in another order: which name each cell belongs to."""
    codes = list(row.header.codes)
    size = len(official)
    if not row.header.is_exact or len(codes) != size * len(row.items):
        return None
    order = []
    for start in range(0, len(codes), size):
        chunk = codes[start : start + size]
        if sorted(map(str, chunk)) != sorted(official):
            return None
        order += [start + official.index(str(code)) for code in chunk]
    return order


def _is_in_another_order(row: Row, official: list[str]) -> bool:
    """Whether what is left of a header that is as wide as the row names a channel's columns in another order."""
    codes = row.header.codes
    if not row.header.is_exact or len(codes) != len(official) * len(row.items):
        return False
    places = [official.index(str(code)) if code else None for code in codes]
    chunks = [
        places[start : start + len(official)] for start in range(0, len(codes), len(official))
    ]
    known = [[place for place in chunk if place is not None] for chunk in chunks]
    return any(chunk != sorted(chunk) for chunk in known)
