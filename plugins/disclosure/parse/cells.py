"""Rows of the form become its cells: every cell of the template once, whatever its state.

Run-together digits are split where the form and its sums leave one way; copies of a table are believed where they agree.
All else is null with a reason.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache, lru_cache
from itertools import chain
from operator import itemgetter
from typing import NamedTuple

from disclosure.form import Table, Template
from disclosure.parse.figures import AMBIGUOUS, ascii_digits, read_cells
from disclosure.parse.glued import look_at
from disclosure.parse.lines import Line
from disclosure.parse.loose_figures import figures_of
from disclosure.parse.placing import PlacedCell, PlacedCells, PlacedCopy, PlacedRow, place_copy
from disclosure.parse.rows import Copy, Printed
from disclosure.parse.runs import Key, Run, resolve_runs
from disclosure.records import Cell, Issue, PrintedRow


class TableRead(NamedTuple):
    cells: tuple[Cell, ...]
    rows: tuple[PrintedRow, ...]
    copies: int
    issues: tuple[Issue, ...]


class PlacedTable(NamedTuple):
    """A copy of a table with its runs, not yet split."""

    copy: Copy
    placed: PlacedCopy
    runs: list[Run]


def read_tables(printed: Printed, template: Template) -> dict[str, TableRead]:
    """Given the rows that were met, return the cells of each table, with what is to be said of them."""
    placed = {
        table.code: [_placed(copy, table) for copy in printed.copies[table.code]]
        for table in template.tables
    }
    has_lost_blanks = _has_lost_blanks(placed.values())
    return {
        table.code: _read_table(placed[table.code], table, has_lost_blanks)
        for table in template.tables
    }


def _placed(copy: Copy, table: Table) -> PlacedTable:
    placed = place_copy(copy, table)
    return PlacedTable(copy, placed, [_run(row, copy.lines[row.number]) for row in placed.runs])


def _run(row: PlacedRow, line: Line) -> Run:
    printed = [each for cell in line.cells[row.lead :] for each in figures_of(cell.text)]
    pieces = tuple(map(ascii_digits, printed))
    glued = look_at(pieces, len(row.columns), len(row.items))
    text = " ".join(printed)
    return Run(row.items, row.keys, row.columns, row.units, pieces, glued, line.place, text)


def _has_lost_blanks(tables: Iterable[Sequence[PlacedTable]]) -> bool:
    """Whether blank cells may have left no trace in rows cut out of running text: one has fewer figures than columns, or
    none shows that figures run together at all, so that what stands alone may be one figure."""
    runs = [run.glued for copies in tables for copy in copies for run in copy.runs]
    if any(glued.lacks_figures or glued.breaks_sum for glued in runs):
        return True
    return not any(glued.shows_glue for glued in runs)


def _read_table(copies: Sequence[PlacedTable], table: Table, has_lost_blanks: bool) -> TableRead:
    issues: list[Issue] = []
    if not copies:
        message = f"no row of the table {table.code} was found"
        issues.append(Issue("table_missing", "", message))
    read = [_read_copy(copy, table, has_lost_blanks, issues) for copy in copies]
    rows = copies[0].placed.printed if copies else ()  # the first copy speaks for all
    if len(read) == 1 and copies[0].placed.is_whole:
        return TableRead(tuple(read[0]), rows, 1, tuple(issues))
    found: dict[Key, Cell] = {}
    again: dict[Key, list[Cell]] = {}
    for cell in chain.from_iterable(read):
        key = _KEY(cell)
        if found.setdefault(key, cell) is not cell:
            again.setdefault(key, []).append(cell)
    for key in table.cells if again else ():
        if key in again:
            found[key] = _agree([found[key], *again[key]], len(copies), issues)
    absent = _absent(table)
    cells = tuple([found.get(key) or absent[key] for key in table.cells])
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
    printed: PlacedTable, table: Table, has_lost_blanks: bool, issues: list[Issue]
) -> list[Cell]:
    (_, lines), placed, runs = printed
    issues.extend(remark.of(lines[remark.line]) for remark in placed.remarks)
    cells = _read_cells(placed.cells, lines, table.code)
    if any(line.is_loose for line in lines):
        cells = _doubt_miscounted(cells, placed.cells, lines, issues)
    for position, cell in placed.in_doubt:
        cells.insert(position, _doubted(cell, lines[cell.row], table.code))
    if runs:
        known = {cell[1:3]: cell.value for cell in reversed(cells)}  # of rows met twice the first
        cells += resolve_runs(runs, table, known, has_lost_blanks, issues)
    return cells


def _read_cells(placed: PlacedCells, lines: Sequence[Line], table: str) -> list[Cell]:
    if not placed.keys:
        return []
    printed = [lines[row].cells[at] for row, at in placed.places]
    texts, *_, own_places = zip(*printed, strict=True)
    sources = _sources(placed, tuple([line.place for line in lines]))
    if any(own_places):
        sources = tuple([own or at for own, at in zip(own_places, sources, strict=True)])
    stripped = [text.strip() for text in texts]
    return read_cells(table, placed.keys, placed.units, texts, stripped, sources)


@lru_cache(maxsize=200)
def _sources(placed: PlacedCells, rows: tuple[str, ...]) -> tuple[str, ...]:
    """What leads a person to each cell, by the places of the copy's rows: alike on pages that are laid out alike."""
    places = zip(placed.places, placed.numbers, strict=True)
    return tuple([f"{rows[row]}, column {number + 1}" for (row, _), number in places])


def _doubt_miscounted(
    cells: Sequence[Cell], placed: PlacedCells, lines: Sequence[Line], issues: list[Issue]
) -> list[Cell]:
    """The cells; of a row cut out of text none is believed where one piece can only be several figures: there are as many
    pieces as columns, so that another piece is no figure, or is half of one."""
    rows = [row for row, _ in placed.places]
    glued = {
        row
        for row, cell in zip(rows, cells, strict=True)
        if cell.state == AMBIGUOUS.state
        and _GLUED.match(cell.printed or "")
        and lines[row].is_loose
    }
    glued = {row for row in glued if rows.count(row) > 1}
    message = "a piece of this row can only be several figures: which is whose is not known"
    issues.extend(Issue("cells_do_not_fit", lines[row].place, message) for row in sorted(glued))
    return [
        Cell(*cell[:3], *AMBIGUOUS, *cell[5:7]) if row in glued else cell
        for row, cell in zip(rows, cells, strict=True)
    ]


_GLUED = re.compile(r"0\d")


def _doubted(cell: PlacedCell, line: Line, table: str) -> Cell:
    printed = " | ".join(cell.text.strip() for cell in line.cells[cell.lead :])
    return Cell(table, *cell.key, *AMBIGUOUS, printed, line.place)
