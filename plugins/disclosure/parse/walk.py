"""The walk through a stretch's lines: the rows that were met, and the header that they stand under."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from disclosure.form import Table, Template
from disclosure.parse.headers import Header, Name, as_before, read_header
from disclosure.parse.lines import Line
from disclosure.records import Grid, GridCell, Issue


@dataclass(frozen=True, slots=True, eq=False)  # one object each: compared and hashed by identity
class Row:
    """A printed row with figures. `items` is empty while its label is not known; table four's one row has three.
    `values` are the cells of its shape, which say what kind of thing stands in each."""

    table: str
    items: tuple[str, ...]
    values: tuple[GridCell, ...]
    header: Header
    line: int  # in its stretch
    grid: Grid | None
    lead: int = 0  # cells before the figures
    after: str | None = None  # the item whose label stood alone just before a row without one
    may_begin: bool = False  # whether a second copy of the table may begin here
    is_below_alone: bool = False  # in running text, whether a label stood alone just before its own


class Remark(NamedTuple):
    """An issue without its place. {} in the message stands for what the cells print."""

    kind: str
    line: int
    message: str
    cells: tuple[int, ...] = ()

    def of(self, line: Line) -> Issue:
        printed = ", ".join(line.cells[cell].text.strip() for cell in self.cells)
        message = self.message.replace("{}", printed) if self.cells else self.message
        return Issue(self.kind, line.place, message)


@dataclass(slots=True)
class Walk:
    """Where a stretch is being read, and what was met in it so far."""

    template: Template
    table: Table
    rows: list[Row] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    number: int = 0  # of the line that is read
    is_begun: bool = False  # some row was met
    header: list[tuple[GridCell, ...]] = field(default_factory=list)
    header_grid: Grid | None = None
    header_read: tuple[tuple[bool, bool], Header] | None = None
    is_header_open: bool = True
    columns: tuple[Name | None, ...] = ()  # of table three's first header
    first_problem: Header | None = (
        None  # of table three's headers, the first that cannot be followed
    )
    lonely_labels: list[tuple[str, Grid | None]] = field(default_factory=list)
    channels: list[str] = field(default_factory=list)
    has_suits_first: bool = False  # 行政诉讼 was named before any channel
    labels_alone: int = 0  # in running text, without a figure behind them
    figures_alone: int = 0  # lines of running text with figures that stand behind no item's label

    def add_row(
        self, line: Line, items: tuple[str, ...], values: tuple[GridCell, ...], header: Header
    ) -> None:
        """Take a line for a row; without items its label is not known."""
        alone = self.lonely_labels
        # Labels that stand in running text, or several in a row, do not say which row is whose.
        after = alone[0][0] if len(alone) == 1 and line.grid and alone[0][1] is line.grid else None
        lead = len(line.cells) - len(values)
        is_first = self.table.parts[0].items[0].code in items
        may_begin = not self.is_begun or (self.is_header_open and is_first)
        place = (self.number, line.grid, lead, after, may_begin, line.is_loose and bool(alone))
        row = Row(self.table.code, items, values, header, *place)
        self.rows.append(row)
        self.is_begun, self.is_header_open, self.lonely_labels = True, False, []

    def open_header(self, line: Line) -> None:
        """Take a line for one of the header's, of a new header where rows stood below the last one."""
        if not self.is_header_open:
            self.header, self.is_header_open = [], True
        self.header.append(line.cells)
        self.header_grid, self.header_read, self.lonely_labels = line.grid, None, []

    def header_over(self, line: Line) -> Header:
        """The header that a line stands under, as it holds for the line's columns."""
        grid = line.grid
        is_own = grid is not None and grid is self.header_grid and grid.has_geometry
        of = (is_own, grid is not None)
        if self.header_read is None or self.header_read[0] != of:
            self.header_read = (of, self._header_for(*of))
        return self.header_read[1]

    def _header_for(self, is_own: bool, is_grid: bool) -> Header:
        header = read_header(self.header, self.table.code, self.template, has_geometry=is_own)
        if self.table.code != "applications":
            return header
        if is_grid and not (is_own or header.is_exact):
            header = self._order_in_its_grid() or header
        return self._held_against_the_first(header)

    def _order_in_its_grid(self) -> Header | None:
        """The header's columns in their order, where its own grid shows it: a table goes on in another, as overleaf."""
        if self.header_grid is None or not self.header_grid.has_geometry:
            return None
        header = read_header(self.header, self.table.code, self.template, has_geometry=True)
        if not header.is_exact or None in header.codes:
            return None
        return header._replace(has_columns=False, channels=())

    def _held_against_the_first(self, header: Header) -> Header:
        """Table three's header, as it holds below another: one of names alone is no surer than the first one was."""
        if header.is_exact:
            self.columns = self.columns or header.codes
            return as_before(header, self.columns)
        self.first_problem = self.first_problem or (header if header.problem else None)
        return self.first_problem or header

    def leave_out(self, words: list[GridCell]) -> None:
        """Say that a row with these words is not the form's."""
        label = " ".join(cell.text.strip() for cell in words)
        message = f"the row {label!r} is not one of the form's; its figures are left out"
        self.remarks.append(Remark("unknown_label", self.number, message))
