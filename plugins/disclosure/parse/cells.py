"""Rows of the form become its cells: every cell of the template once, whatever its state.

Run-together digits are split where the form and its sums leave one way; copies of a table are believed where they agree.
All else is null with a reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from operator import itemgetter
from typing import NamedTuple

from disclosure.form import Table, Template
from disclosure.parse.figures import AMBIGUOUS, read_figure
from disclosure.parse.layout import Line
from disclosure.parse.placing import PlacedCopy, PlacedRow, place_copy
from disclosure.parse.rows import Copy, Printed
from disclosure.parse.runs import Key, Run, resolve_runs
from disclosure.records import Cell, Issue, PrintedRow


class TableRead(NamedTuple):
    cells: tuple[Cell, ...]
    rows: tuple[PrintedRow, ...]
    copies: int
    issues: tuple[Issue, ...]


PlacedCopies = list[tuple[Copy, PlacedCopy]]


def read_tables(printed: Printed, template: Template) -> dict[str, TableRead]:
    """Given the rows that were met, return the cells of each table, with what is to be said of them."""
    placed = {
        table.code: [(copy, place_copy(copy, table)) for copy in printed.copies[table.code]]
        for table in template.tables
    }
    has_lost_blanks = _has_lost_blanks(placed.values())
    return {
        table.code: _read_table(placed[table.code], table, has_lost_blanks)
        for table in template.tables
    }


def _has_lost_blanks(tables: Iterable[PlacedCopies]) -> bool:
    """Whether blank cells may have left no trace in rows cut out of running text: one has fewer figures than columns, or
    none shows that figures run together at all, so that what stands alone may be one figure."""
    runs = [
        _run(row, copy.lines[row.number])
        for copies in tables
        for copy, placed in copies
        for row in placed.rows
        if row.is_run
    ]
    if any(run.lacks_figures or run.breaks_sum for run in runs):
        return True
    return not any(run.shows_glue for run in runs)


def _read_table(copies: PlacedCopies, table: Table, has_lost_blanks: bool) -> TableRead:
    issues: list[Issue] = []
    found: dict[Key, Cell] = {}
    again: dict[Key, list[Cell]] = {}
    for copy, placed in copies:
        read = _read_copy(copy, placed, table, has_lost_blanks, issues)
        keyed = dict(zip(map(_KEY, read), read, strict=True))
        if not found and len(keyed) == len(read):
            found = keyed
            continue
        for cell in read:
            key = _KEY(cell)
            if found.setdefault(key, cell) is not cell:
                again.setdefault(key, []).append(cell)
    for key in table.cells if again else ():
        if key in again:
            found[key] = _agree([found[key], *again[key]], len(copies), issues)
    absent = _absent(table)
    cells = tuple([found.get(key) or absent[key] for key in table.cells])
    rows = copies[0][1].printed if copies else ()  # the first copy speaks for all
    return TableRead(cells, rows, len(copies), tuple(issues))


_KEY: Callable[[Cell], Key] = itemgetter(slice(1, 3))  # item and column


@cache
def _absent(table: Table) -> dict[Key, Cell]:
    return {key: Cell(table.code, *key, None, "absent", None, None) for key in table.cells}


def _agree(cells: Sequence[Cell], copies: int, issues: list[Issue]) -> Cell:
    """One reading of a cell that was printed several times; in doubt when they differ."""
    first = cells[0]
    if len({(cell.value, cell.state) for cell in cells}) == 1:
        return first
    printed = " / ".join(cell.printed or "" for cell in cells)
    sources = "; ".join(cell.source or "" for cell in cells)
    kind = "copies_differ" if copies > 1 else "row_repeated"
    message = f"{'.'.join(first[:3])} is printed as {printed}: neither is taken"
    issues.append(Issue(kind, sources, message))
    return Cell(*first[:3], *AMBIGUOUS, printed, sources)


def _read_copy(
    copy: Copy, placed: PlacedCopy, table: Table, has_lost_blanks: bool, issues: list[Issue]
) -> list[Cell]:
    issues.extend(remark.of(copy.lines[remark.line]) for remark in placed.remarks)
    cells: list[Cell] = []
    runs = []
    for row in placed.rows:
        line = copy.lines[row.number]
        if row.is_run:
            runs.append(_run(row, line))
        else:
            cells += _read_row(row, line, table.code)
    if runs:
        known = {cell[1:3]: cell.value for cell in reversed(cells)}  # of rows met twice the first
        cells += resolve_runs(runs, table, known, has_lost_blanks, issues)
    return cells


def _run(row: PlacedRow, line: Line) -> Run:
    pieces = (cell.text.strip() for cell in line.cells[row.lead :])
    return Run(row.items, row.columns, tuple(filter(None, pieces)), line.place)


def _read_row(row: PlacedRow, line: Line, table: str) -> Iterator[Cell]:
    for (item, column), unit, at in row.cells:
        if at is None:
            printed = " | ".join(cell.text.strip() for cell in line.cells[row.lead :])
            yield Cell(table, item, column, *AMBIGUOUS, printed, line.place)
            continue
        text, _, number, _, _, place = line.cells[at]
        value, state = read_figure(text, unit)
        source = place or f"{line.place}, column {number + 1}"
        # A report has two hundred of them, and Cell(…) takes three times as long.
        yield tuple.__new__(Cell, (table, item, column, value, state, text.strip(), source, None))
