"""Sheets saved as text (CSV): every line has as many cells, parted by commas or semicolons, some in quotes."""

from __future__ import annotations

import csv
import re
from collections import Counter

from disclosure.records import Grid, GridCell

_SEPARATORS = (",", ";")
_FEWEST = 3  # separators in a line: table two has four columns
_FEWEST_LINES = 10  # a page whose line breaks were lost is one line with commas in it
_MOST_LINES = 20_000
_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+")


def read_separated(text: str) -> Grid | None:
    """Given a document's text, return its rows where all of it is a sheet, else None."""
    lines = [line for line in text.splitlines() if line.strip()]
    for separator in _SEPARATORS if len(lines) <= _MOST_LINES else ():
        if lines and min(line.count(separator) for line in lines[-_FEWEST:]) >= _FEWEST:
            rows = _rows(text, separator)
            if rows:
                return Grid(rows, f"lines 1-{rows[-1][0].row + 1}", has_geometry=False)
    return None


def _rows(text: str, separator: str) -> tuple[tuple[GridCell, ...], ...]:
    """The rows with something in them; none where their widths differ, as in prose."""
    reader = csv.reader(_LINE.findall(text), delimiter=separator)
    try:
        found = [(reader.line_num, cells) for cells in reader if any(map(str.strip, cells))]
    except csv.Error:
        return ()
    if len(found) < _FEWEST_LINES:
        return ()
    width, times = Counter(len(cells) for _, cells in found).most_common(1)[0]
    if width <= _FEWEST or times < len(found):
        return ()
    return tuple(
        tuple(
            GridCell(text.strip(), line - 1, column, place=f"line {line}, cell {column + 1}")
            for column, text in enumerate(cells)
        )
        for line, cells in found
    )
