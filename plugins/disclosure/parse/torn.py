"""Text in which an extractor set the digits of one figure apart, as where an editor wrapped each in an element of its own:
3 9 5 may be three figures or one, so that no row of it is believed but one of zeros."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from disclosure.form import Table, Template
from disclosure.parse.headers import Header
from disclosure.parse.lines import Line
from disclosure.parse.rows import Copy, Printed
from disclosure.parse.walk import Row

_PROBLEM = Header((), False, "digits of one figure stand apart in this text")


def doubt_torn_figures(printed: Printed, template: Template) -> Printed:
    """What was met; where some row of running text has far more digits than columns, all such rows are in doubt."""
    rows = list(_loose_rows(printed, template))
    if all(len(line.cells) - row.lead <= _fewest(row, table) for row, line, table in rows):
        return printed
    keeps_figures = any(len(figure) > 1 for row, line, _ in rows for figure in _figures(row, line))
    if not any(_is_torn(row, line, table, keeps_figures) for row, line, table in rows):
        return printed
    doubted = {
        id(row) for row, line, _ in rows if any(_figures(row, line)) and not _is_zero(row, line)
    }
    copies = {
        code: [
            Copy(
                [replace(r, header=_PROBLEM) if id(r) in doubted else r for r in copy.rows],
                copy.lines,
            )
            for copy in of_table
        ]
        for code, of_table in printed.copies.items()
    }
    return Printed(copies, printed.issues)


def _loose_rows(printed: Printed, template: Template) -> Iterator[tuple[Row, Line, Table]]:
    for table in template.tables:
        for copy in printed.copies[table.code]:
            for row, line in zip(copy.rows, copy.lines, strict=True):
                if line.is_loose and row.items:
                    yield row, line, table


def _figures(row: Row, line: Line) -> list[str]:
    return [cell.text.strip() for cell in line.cells[row.lead :] if cell.text.strip()]


@lru_cache(maxsize=20_000)
def _fewest(row: Row, table: Table) -> int:
    """How many digits alone still may be figures: one more than columns is a page's number beside a full row."""
    columns = sum(len(table.part(item).columns) for item in row.items)
    return columns + 1 if columns > _FEW else columns


_FEW = 2  # columns


def _is_torn(row: Row, line: Line, table: Table, keeps_figures: bool) -> bool:
    """Whether there are digits alone, more of them than that; more than one or two are enough only in a text that has no
    figure of several digits."""
    figures = _figures(row, line)
    fewest = _fewest(row, table)
    is_spread = len(set(figures)) == 1  # one merged cell, spread out
    return (
        len(figures) > fewest
        and (fewest > _FEW or not keeps_figures)
        and not is_spread
        and all(len(figure) == 1 for figure in figures)
    )


def _is_zero(row: Row, line: Line) -> bool:
    return set(_figures(row, line)) == {"0"}
