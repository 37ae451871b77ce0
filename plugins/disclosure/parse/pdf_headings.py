"""The headings of a table without lines: which text above the figures names which column."""

from __future__ import annotations

from collections.abc import Sequence

from disclosure.form import TEMPLATES
from disclosure.parse.labels import normalise
from disclosure.parse.pdf_columns import Column, columns_over
from disclosure.parse.pdf_lines import Line
from disclosure.parse.pdf_rows import Part, pieces_of

_KNOWN = frozenset(
    normalise(name)
    for template in TEMPLATES.values()
    for table in template.tables
    for part in table.parts
    for column in part.columns
    for name in (column.label, *column.variants)
)


def headings_of(part: Part, columns: Sequence[Column]) -> list[tuple[Line, ...]]:
    """Given a part of a table and its columns, return the lines of each column's heading; none unless each column has one
    that the form knows, or where rows have no labels: table four's headings name channels too.

    A heading of several lines is read from the lowest up; what stands over several columns is no part of it.
    """
    if not any(row.labels for row in part.rows):
        return []
    over: list[list[Line]] = [[] for _ in columns]
    for piece in (piece for row in part.header for piece in pieces_of(row.line)):
        own = columns_over(piece, columns)
        if len(own) == 1:
            over[own[0]].append(piece)
    found = [_known(lines) for lines in over]
    return found if all(found) else []


def _known(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The longest heading that the form knows, of the lines over a column from the lowest up."""
    for count in range(len(lines), 0, -1):
        heading = tuple(reversed(lines[:count]))
        if normalise("".join(line.text for line in heading)) in _KNOWN:
            return heading
    return ()
