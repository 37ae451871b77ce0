"""Tables of a page's own that use the form's words, such as 本年新收 | 44 | 43: they are not the form's, and are left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache

from disclosure.form import Table, Template
from disclosure.parse.figures import looks_like_a_figure
from disclosure.parse.rows import Copy, Printed
from disclosure.parse.walk import Row
from disclosure.records import Issue

Met = tuple[Copy, int]  # a row's copy and its number there


def without_summaries(printed: Printed, template: Template) -> Printed:
    """What was met, without grids in which no row has half of the form's figures, where all they name stands elsewhere."""
    copies = dict(printed.copies)
    issues = list(printed.issues)
    for table in template.tables:
        summaries = list(_summaries(copies[table.code], table))
        if not summaries:
            continue
        gone = {id(copy.rows[number]) for grid in summaries for copy, number in grid}
        for (copy, number), *_ in summaries:
            message = f"a table with other columns than the form's table {table.code}; left out"
            issues.append(Issue("other_table", copy.lines[number].place, message))
        left = [_without(copy, gone) for copy in copies[table.code]]
        copies[table.code] = [copy for copy in left if copy.rows]
    return Printed(copies, issues)


def _summaries(copies: list[Copy], table: Table) -> Iterator[list[Met]]:
    if not any(_is_faint(row, table) for copy in copies for row in copy.rows):
        return
    grids: dict[int, list[Met]] = defaultdict(list)
    for copy in copies:
        for number, line in enumerate(copy.lines):
            # A grid of one row is a row of the form, where each has a table of its own.
            if line.grid is not None and len(line.grid.rows) > 1:
                grids[id(line.grid)].append((copy, number))
    faint = [met for met in grids.values() if all(_is_faint(c.rows[n], table) for c, n in met)]
    faint_rows = {id(copy.rows[number]) for met in faint for copy, number in met}
    elsewhere = {
        item for c in copies for row in c.rows if id(row) not in faint_rows for item in row.items
    }
    for met in faint:
        if all(elsewhere.issuperset(copy.rows[number].items) for copy, number in met):
            yield met


@lru_cache(maxsize=20_000)
def _is_faint(row: Row, table: Table) -> bool:
    """Whether a row has fewer cells than the form and figures in less than half of what the form has."""
    wanted = sum(len(table.part(item).columns) for item in row.items)
    figures = [cell for cell in row.values if cell.text.strip() and looks_like_a_figure(cell.text)]
    return len(row.values) < wanted and 2 * len(figures) < wanted


def _without(copy: Copy, gone: set[int]) -> Copy:
    kept = [
        (row, line) for row, line in zip(copy.rows, copy.lines, strict=True) if id(row) not in gone
    ]
    return Copy([row for row, _ in kept], [line for _, line in kept])
