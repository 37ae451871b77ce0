"""A line: one printed row, or what was cut out of running text as one."""

from __future__ import annotations

from typing import NamedTuple

from disclosure.records import Grid, GridCell, LineShape

new = tuple.__new__  # GridCell(…) and Line(…) take three times as long


class Line(NamedTuple):
    """One printed row. `is_loose` says that it was cut out of running text, so that its figures are what white space
    left, not cells."""

    cells: tuple[GridCell, ...]
    place: str
    shape: LineShape
    grid: Grid | None = None

    @property
    def is_loose(self) -> bool:
        return self.grid is None
