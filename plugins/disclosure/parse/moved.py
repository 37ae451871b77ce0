"""Rows whose total is blank while one of their figures is the sum of the others: a cell was lost, and blanks filled the row
up at its end, so that every figure behind the lost one stands under another column's header. Programs that write text and
Markdown make all rows as wide as the widest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from disclosure.form import Table, Template
from disclosure.parse.cells import TableRead
from disclosure.parse.figures import AMBIGUOUS
from disclosure.records import Cell, Issue


def doubt_moved_rows(tables: Mapping[str, TableRead], template: Template) -> dict[str, TableRead]:
    """The tables of a text; where some row shows that its figures were moved, none of those that end in blanks is believed."""
    read = dict(tables)
    for table in (template.applications, template.disputes):
        cells = read[table.code].cells
        rows = _rows(cells, table)
        blank = [row for row in rows if row[-1].state == "blank"]
        if not blank:
            continue
        if table is template.applications and any(map(_holds_a_sum, blank)):
            read[table.code] = _doubted(read[table.code], blank)
        # All figures of table four stand in one row, which ends in its last total.
        is_disputes = table is template.disputes and rows[-1] in blank
        if is_disputes and (_holds_a_sum(rows[-1]) or _add_up_once_moved(cells, len(rows[0]))):
            read[table.code] = _doubted(read[table.code], rows)
    return read


def _rows(cells: Sequence[Cell], table: Table) -> list[Sequence[Cell]]:
    width = len(table.parts[0].columns)
    return [cells[start : start + width] for start in range(0, len(cells), width)]


def _holds_a_sum(row: Sequence[Cell]) -> bool:
    """Whether one of the figures before the total is the sum of the others, as a total is."""
    figures = [cell.value or Decimal(0) for cell in row[:-1]]
    whole = sum(figures, Decimal(0))
    return whole > 0 and any(2 * figure == whole for figure in figures)


def _add_up_once_moved(cells: Sequence[Cell], width: int) -> bool:
    """Whether sums fail, and would all hold, not of zeros alone, if one cell had been lost somewhere."""
    printed = [cell.value for cell in cells]
    ways = ([*printed[:lost], None, *printed[lost:-1]] for lost in range(len(printed)))
    return False in _sums(printed, width) and any(_sums(way, width) == {True} for way in ways)


def _sums(figures: Sequence[Decimal | None], width: int) -> set[bool]:
    """Whether the rows without a blank, zeros apart, add up."""
    rows = [figures[start : start + width] for start in range(0, len(figures), width)]
    whole = [[each for each in row if each is not None] for row in rows]
    return {sum(row[:-1]) == row[-1] for row in whole if len(row) == width and any(row)}


def _doubted(read: TableRead, rows: Sequence[Sequence[Cell]]) -> TableRead:
    gone = {id(cell) for row in rows for cell in row if cell.source}
    cells = tuple(
        Cell(*cell[:3], *AMBIGUOUS, *cell[5:7]) if id(cell) in gone else cell for cell in read.cells
    )
    message = (
        "a total is blank and another figure is the sum of the rest: a cell before it may be lost"
    )
    where = next(cell.source or "" for row in rows for cell in row if id(cell) in gone)
    return read._replace(
        cells=cells, issues=(*read.issues, Issue("cells_do_not_fit", where, message))
    )
