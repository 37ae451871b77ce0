"""A document that ends in the middle of a table: what should follow is absent, and its last row may be cut."""

from __future__ import annotations

from collections.abc import Sequence

from disclosure.form import Template
from disclosure.parse.cells import TableRead
from disclosure.parse.figures import AMBIGUOUS
from disclosure.parse.lines import Line
from disclosure.parse.rows import Printed
from disclosure.records import Cell, Content, Issue


def mark_cut(
    tables: dict[str, TableRead],
    printed: Printed,
    lines: Sequence[Line],
    template: Template,
    content: Content,
) -> dict[str, TableRead]:
    """The tables, with an issue where rows of the form should follow the document's very last line in its table.

    Where the carrier does not show where a row ends, that line may have lost figures, or the end of one. A document that
    its carrier's reader found to be cut is left as it is.
    """
    if any(issue.kind == "cut_off" for issue in content.issues):
        return tables
    has_whole_rows = content.format not in ("text", "markdown")
    for table in template.tables:
        copies = printed.copies[table.code]
        items = [item.code for part in table.parts for item in part.items]
        if not copies or copies[-1].lines[-1] is not lines[-1]:
            continue
        last = copies[-1].rows[-1].items
        if not last or last[-1] == items[-1]:
            continue
        read = tables[table.code]
        message = "the document ends within this table; what should follow is absent"
        issues = (*read.issues, Issue("cut_off", lines[-1].place, message))
        cells = read.cells if has_whole_rows else _doubted(read.cells, last)
        return tables | {table.code: read._replace(cells=cells, issues=issues)}
    return tables


def _doubted(cells: Sequence[Cell], items: Sequence[str]) -> tuple[Cell, ...]:
    return tuple(
        Cell(*cell[:3], *AMBIGUOUS, *cell[5:7]) if cell.item in items and cell.source else cell
        for cell in cells
    )
