"""Rows of the form become its cells: every cell of the template once, whatever its state.

Rows that lost their label are named by the form's own order where it leaves one way; run-together digits are split where
the form and its sums leave one way; copies of a table are believed where they agree. All else is null with a reason.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import NamedTuple

from disclosure.form import Column, Table
from disclosure.parse.columns import Habits, Name, Placed, paddings, place
from disclosure.parse.figures import AMBIGUOUS, read_figure
from disclosure.parse.headers import NO_HEADER
from disclosure.parse.rows import Row, Walk
from disclosure.parse.runs import Key, Reading, Run, resolve_runs
from disclosure.records import Cell, GridCell, Issue, PrintedRow

ABSENT = Reading(None, "absent", None, None)


class TableRead(NamedTuple):
    cells: tuple[Cell, ...]
    rows: tuple[PrintedRow, ...]
    copies: int
    issues: tuple[Issue, ...]


def read_table(walk: Walk, table: Table) -> TableRead:
    """Given the walked rows, return the cells of one table, with what is to be said of them."""
    issues: list[Issue] = []
    has_lost_blanks = _has_lost_blanks(walk)
    copies = [_read_copy(rows, table, has_lost_blanks, issues) for rows in walk.copies[table.code]]
    cells = []
    for key in table.cells:
        readings = [reading for copy in copies if key in copy for reading in copy[key]]
        read = _agree(readings, key, table, len(copies), issues)
        cells.append(Cell(table.code, key[0], key[1], *read))
    return TableRead(tuple(cells), tuple(_printed_rows(walk, table)), len(copies), tuple(issues))


def _agree(
    readings: Sequence[Reading], key: Key, table: Table, copies: int, issues: list[Issue]
) -> Reading:
    """One reading of a cell that may have been printed several times; in doubt when they differ."""
    if not readings:
        return ABSENT
    if len(readings) == 1 or len({(reading.value, reading.state) for reading in readings}) == 1:
        return readings[0]
    printed = " / ".join(reading.printed or "" for reading in readings)
    sources = "; ".join(reading.source or "" for reading in readings)
    kind = "copies_differ" if copies > 1 else "row_repeated"
    issues.append(
        Issue(
            kind,
            sources,
            f"{table.code}.{key[0]}.{key[1]} is printed as {printed}: neither is taken",
        )
    )
    return Reading(*AMBIGUOUS, printed, sources)


def _has_lost_blanks(walk: Walk) -> bool:
    """Whether a row cut out of running text has fewer digits than columns."""
    return any(
        row.grid is None
        and len("".join(cell.text for cell in row.values)) < len(_columns(row, table))
        for table in walk.template.tables
        for rows in walk.copies[table.code]
        for row in rows
    )


def _read_copy(
    rows: list[Row], table: Table, has_lost_blanks: bool, issues: list[Issue]
) -> dict[Key, list[Reading]]:
    found: dict[Key, list[Reading]] = defaultdict(list)
    runs: list[Run] = []
    habits = _habits(rows, table)
    for row in name_rows(rows, table, issues):
        columns = _columns(row, table)
        run = _as_run(row, columns)
        if run:
            runs.append(run)
            continue
        placed = _place(row, columns, habits(row))
        for key, reading in _read_row(row, table, columns, placed, issues):
            found[key].append(reading)
    known = {key: readings[0].value for key, readings in found.items()}
    for key, reading in resolve_runs(runs, table, known, has_lost_blanks, issues):
        found[key].append(reading)
    return found


def _columns(row: Row, table: Table) -> tuple[tuple[Key, Column], ...]:
    return _columns_of(row.items, table)


@cache
def _columns_of(items: tuple[str, ...], table: Table) -> tuple[tuple[Key, Column], ...]:
    return tuple(
        ((item, column.code), column) for item in items for column in table.part(item).columns
    )


def _as_run(row: Row, columns: Sequence[tuple[Key, Column]]) -> Run | None:
    """The row as digits to be split, where it was cut from running text and its cells were lost."""
    printed = [cell for cell in row.values if cell.text.strip()]
    if row.grid is not None or not printed or len(printed) >= len(columns):
        return None
    return Run(row.items, tuple(columns), tuple(cell.text.strip() for cell in printed), row.place)


def _read_row(
    row: Row,
    table: Table,
    columns: Sequence[tuple[Key, Column]],
    placed: Placed,
    issues: list[Issue],
) -> Iterable[tuple[Key, Reading]]:
    if placed.problem:
        issues.append(
            Issue("cells_do_not_fit", row.place, f"{_name(row, table)}: {placed.problem}")
        )
    if placed.skipped:
        texts = ", ".join(cell.text.strip() for cell in placed.skipped)
        issues.append(
            Issue("unknown_column", row.place, f"{texts}: under a header the form does not have")
        )
    for key, column in columns:
        if key not in placed.cells:
            continue
        cell = placed.cells[key]
        if cell is None:
            printed = " | ".join(cell.text.strip() for cell in row.values)
            yield key, Reading(*AMBIGUOUS, printed, row.place)
            continue
        value, state = read_figure(cell.text, column.unit)
        source = cell.place or f"{row.place}, column {cell.column + 1}"
        yield key, Reading(value, state, cell.text.strip(), source)


def _habits(rows: Sequence[Row], table: Table) -> Callable[[Row], Habits]:
    """What the rows of each grid have in common."""
    ways: dict[int, set[int]] = defaultdict(set)
    shapes: Counter[tuple[int, int, int]] = Counter()
    padded: set[int] = set()
    for row in rows:
        shapes[id(row.grid), row.lead, len(row.values)] += 1
        count = len(table.part(row.items[0]).columns) * len(row.items) if row.items else 0
        if not count or len(row.values) == count:
            continue
        possible = paddings(row.values, count)
        if possible:
            padded.add(id(row.grid))
        if len(possible) == 1:
            ways[id(row.grid)].add(possible[0])

    def of_row(row: Row) -> Habits:
        usual = ways[id(row.grid)]
        padding = next(iter(usual)) if len(usual) == 1 else None
        is_usual = shapes[id(row.grid), row.lead, len(row.values)] > 1
        return Habits(padding, is_usual, id(row.grid) in padded)

    return of_row


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
    in_order = place(row.values, keys, NO_HEADER, None, habits)
    order = _channel_order(row, [code for (_, code), _ in columns[: len(keys) // len(row.items)]])
    if order is None or in_order.problem:
        return in_order
    values = list(in_order.cells.values())
    return Placed(dict(zip((keys[index] for index in order), values, strict=True)))


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


# --- rows without a label ------------------------------------------------------------------------


def name_rows(rows: Sequence[Row], table: Table, issues: list[Issue]) -> list[Row]:
    """Rows with their items. Between two labelled rows, rows without a label are the form's rows between, in order,
    when there are exactly as many; one right after a lonely label is that label's. Others stay out."""
    order = [item for part in table.parts for item in (each.code for each in part.items)]
    taken = {item for row in rows for item in row.items}
    named, start = [], -1
    for position, row in enumerate([*rows, None]):
        if row is not None and not row.items:
            continue
        orphans = [each for each in rows[start + 1 : position] if not each.items]
        before = order.index(rows[start].items[-1]) if start >= 0 else -1
        after = order.index(row.items[0]) if row is not None else len(order)
        missing = [item for item in order[before + 1 : after] if item not in taken]
        named += _name_orphans(orphans, missing, table, issues)
        if row is not None:
            named.append(row)
        start = position
    return named


def _name_orphans(
    orphans: list[Row], missing: list[str], table: Table, issues: list[Issue]
) -> list[Row]:
    if len(orphans) == len(missing):
        for row, item in zip(orphans, missing, strict=True):
            row.items = (item,)
        return orphans
    named = []
    for row in orphans:
        if row.after in missing:
            row.items = (row.after,)
            named.append(row)
        else:
            message = f"a row without a label; the form has {len(missing)} rows here, the page {len(orphans)}"
            issues.append(Issue("label_lost", row.place, message))
    return named


def _name(row: Row, table: Table) -> str:
    labels = {item.code: item.label for part in table.parts for item in part.items}
    return "、".join(labels[item] for item in row.items)


def _printed_rows(walk: Walk, table: Table) -> Iterable[PrintedRow]:
    """How often each row is printed in a copy and with how many figures: the first copy speaks for all."""
    copies = walk.copies[table.code]
    times: dict[str, int] = defaultdict(int)
    figures: dict[str, int] = {}
    for row in copies[0] if copies else ():
        for item in row.items:
            times[item] += 1
            size = len(table.part(item).columns)
            figures[item] = _figures_of(row, size)
    for item, count in times.items():
        yield PrintedRow(table.code, item, count, figures[item])


def _figures_of(row: Row, size: int) -> int:
    wanted = size * len(row.items)
    cells = list(row.values)
    while len(cells) > wanted and not cells[-1].text.strip():
        cells.pop()
    while len(cells) > wanted and not cells[0].text.strip():
        cells.pop(0)
    if row.grid is None and len(cells) < wanted:
        return size  # run together: the number of cells is not known from the page
    return size if len(cells) == wanted else len(cells)
