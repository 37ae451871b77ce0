"""Stretches become rows of the form: the item that a line is labelled with, and where its figures stand.

What a row is depends on its stretch's shape alone, and is worked out once for all stretches of that shape; the lines
themselves are laid beside it then. A table that begins again is a second copy of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import NamedTuple

from disclosure.form import Table, Template
from disclosure.parse.figures import looks_like_a_figure
from disclosure.parse.headers import NO_HEADER, Header, Name, as_before, read_header
from disclosure.parse.labels import Mark
from disclosure.parse.layout import Line
from disclosure.parse.signs import (
    AT_THE_END,
    after_a_label,
    groups_rows,
    has_digits,
    is_blank,
    is_header,
    is_lone_column,
    is_stray,
    item_position,
    last_item,
    stands_at_the_end,
)
from disclosure.parse.stretches import (
    LEAST_RUN,
    Shape,
    lines_of,
    marks_of,
    read_stretches,
)
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


class Read(NamedTuple):
    """What a stretch of some shape holds."""

    rows: tuple[Row, ...]
    remarks: tuple[Remark, ...]


class Copy(NamedTuple):
    """The rows of one time that a table is printed, and the line of each."""

    rows: list[Row]
    lines: list[Line]


class Printed(NamedTuple):
    """What was met. `copies` holds, for each table, each time it was printed."""

    copies: dict[str, list[Copy]]
    issues: list[Issue]


def read_rows(lines: Iterable[Line], template: Template) -> Printed:
    """Given a document's lines, return the rows of every table and what could not be placed."""
    printed = Printed({table.code: [] for table in template.tables}, [])
    for stretch in read_stretches(lines, template):
        read = _rows_of(stretch.shape, stretch.table, template)
        printed.issues.extend(each.of(stretch.lines[each.line]) for each in read.remarks)
        for row in read.rows:
            _add(printed.copies[stretch.table.code], row, stretch.lines[row.line])
    return printed


def _add(copies: list[Copy], row: Row, line: Line) -> None:
    if not copies or (row.may_begin and _is_met(copies[-1], row)):
        copies.append(Copy([], []))
    copies[-1].rows.append(row)
    copies[-1].lines.append(line)


def _is_met(copy: Copy, row: Row) -> bool:
    return any(not set(row.items).isdisjoint(each.items) for each in copy.rows)


# --- the rows of a shape -------------------------------------------------------------------------

_USUAL_LINES = 200  # a stretch has thirty; larger ones do not come again


def _rows_of(shape: Shape, table: Table, template: Template) -> Read:
    is_usual = len(shape) <= _USUAL_LINES
    return (_read_shape if is_usual else _read_shape.__wrapped__)(shape, table, template)


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
    header_read: tuple[bool, Header] | None = None
    is_header_open: bool = True
    columns: tuple[Name | None, ...] = ()  # of table three's first header
    lonely_labels: list[tuple[str, Grid | None]] = field(default_factory=list)
    channels: list[str] = field(default_factory=list)
    has_suits_first: bool = False  # 行政诉讼 was named before any channel
    labels_alone: int = 0  # in running text, without a figure behind them
    figures_alone: int = 0  # lines of running text with figures that stand behind no item's label


@lru_cache(maxsize=500)
def _read_shape(shape: Shape, table: Table, template: Template) -> Read:
    walk = Walk(template, table)
    for walk.number, line in enumerate(lines_of(shape)):
        marks = marks_of([cell.text for cell in line.cells], template)
        if table.code == "disputes":
            _read_dispute_line(walk, line, marks)
        else:
            _read_item_line(walk, line, marks)
    if table.code == "disputes":
        walk.rows = _without_blank_rows(walk.rows)
    if walk.labels_alone and walk.figures_alone >= _FEWEST_APART:
        walk.rows = [_doubted(row) if row.grid is None else row for row in walk.rows]
    return Read(tuple(walk.rows), tuple(walk.remarks))


_FEWEST_APART = 2  # a single figure by itself is a page's number


def _doubted(row: Row) -> Row:
    """A row of a text that was taken off a page in blocks: what stands behind a label may be another row's."""
    problem = (
        "labels and figures stand apart in this text; what is behind a label may not be its row"
    )
    return replace(row, header=Header((), False, problem))


def _without_blank_rows(rows: list[Row]) -> list[Row]:
    """Table four's rows have no labels: beside a row with figures, one without any is there to set the columns' widths."""
    printed = {item for row in rows if not is_blank(row.values) for item in row.items}
    return [row for row in rows if not is_blank(row.values) or not printed.issuperset(row.items)]


# --- tables two and three: a label, then its figures ---------------------------------------------


def _read_item_line(walk: Walk, line: Line, marks: list[Mark | None]) -> None:
    at = item_position(walk.table.code, line, marks)
    if at is None:
        _read_unlabelled(walk, line, marks)
        return
    item = next(code for of, code in marks[at].items if of == walk.table.code)  # type: ignore[union-attr]
    values = line.cells[at + 1 :]
    if _is_out_of_place(walk, line, at, item):
        if not is_blank(values):
            _unknown_row(walk, [line.cells[at]])
        elif line.is_loose and walk.is_header_open:  # 总计 over a column
            _open_header(walk, line)
        return
    if is_stray(line, values, walk.table, item):
        message = "'{}' after the label alone is no row of figures; left out"
        walk.remarks.append(Remark("stray_figure", walk.number, message, (at + 1,)))
        values = ()
    if not values or (is_blank(values) and len(values) < len(walk.table.part(item).columns)):
        walk.lonely_labels.append((item, line.grid))
        walk.labels_alone += line.is_loose
        return
    _add_row(walk, line, (item,), values, _header(walk, line))


def _is_out_of_place(walk: Walk, line: Line, at: int, item: str) -> bool:
    """Whether 其他 or 合计 is a row of the agency's own, such as 9.其他 among the refusals or a subtotal."""
    if item not in AT_THE_END or (walk.rows and not walk.rows[-1].items):
        return False
    if stands_at_the_end(item, line.cells[: at + 1]):
        return False
    groups = {each.code: each.group for each in walk.table.part(item).items}
    return not walk.rows or groups[walk.rows[-1].items[0]] != "other"


_FEWEST_FIGURES = 4  # fewer, without a label, are page numbers and the like


def _read_unlabelled(walk: Walk, line: Line, marks: list[Mark | None]) -> None:
    """A header, a row whose label stands elsewhere, a row that the form does not have, or prose."""
    words = [
        cell for cell in line.cells if cell.text.strip() and not looks_like_a_figure(cell.text)
    ]
    figures = [cell for cell in line.cells if cell.text.strip() and looks_like_a_figure(cell.text)]
    if not words and len(figures) >= _FEWEST_FIGURES and walk.table.code == "applications":
        _add_row(walk, line, (), line.cells, _header(walk, line))
        return
    walk.figures_alone += bool(figures) and line.is_loose
    if any(is_header(each, walk.table.code) for each in marks if each):
        if not walk.is_header_open and is_lone_column(marks, walk.table.code):
            walk.lonely_labels = []
            if figures:
                _unknown_row(walk, words)
            return
        if walk.is_header_open or not groups_rows(line, marks):
            _open_header(walk, line)
        walk.lonely_labels = []
        if figures and any(each.is_group for each in marks if each) and len(figures) >= 2:
            _unknown_row(walk, words)
    elif words and figures and line.grid is not None:
        _unknown_row(walk, words)


def _unknown_row(walk: Walk, words: list[GridCell]) -> None:
    label = " ".join(cell.text.strip() for cell in words)
    message = f"the row {label!r} is not one of the form's; its figures are left out"
    walk.remarks.append(Remark("unknown_label", walk.number, message))


# --- table four: fifteen figures in one row, or five for each channel ----------------------------


def _read_dispute_line(walk: Walk, line: Line, marks: list[Mark | None]) -> None:
    last = max((p for p, each in enumerate(marks) if each and each.is_known), default=-1)
    if last >= 0:
        _note_channels(walk, marks)
        _open_header(walk, line._replace(cells=line.cells[: last + 1]))
    every = tuple(item.code for item in walk.table.parts[0].items)
    size = len(walk.table.parts[0].columns)
    values = after_a_label(line.cells[last + 1 :], size * len(every))
    printed = [cell for cell in values if cell.text.strip()]
    figures = [cell for cell in printed if looks_like_a_figure(cell.text)]
    header = _header(walk, line) if printed or len(values) >= size else NO_HEADER
    channels = _channels(walk, header, len(values), every)
    is_whole = len(values) == size * len(every) and bool(walk.header)
    # A word among fifteen figures makes its own cell unreadable and not the row; figures in disorder are no row.
    words = [cell for cell in printed if not looks_like_a_figure(cell.text)]
    has_cells = line.grid is not None and line.grid.has_geometry
    is_in_order = has_cells or (len(figures) >= 2 * size and not has_digits(words))
    if words and not (is_whole and is_in_order):
        return
    is_row = len(printed) >= size or sum(len(cell.text) for cell in printed) >= LEAST_RUN
    # Below a header, a row as wide as the table is its row even where most cells are blank.
    is_wide = len(values) == size * len(channels) and bool(walk.header)
    is_wide = is_wide or (header.has_columns and len(values) >= len(header.leaves) >= size)
    if is_row or is_wide:
        is_told = header.has_columns and None not in header.channels
        is_told = is_told or _is_in_the_forms_order(walk, channels, every)
        walk.channels, walk.has_suits_first = [], False
        if not is_told:
            header = Header((), False, "the channels are named in an order of their own")
        _add_row(walk, line, channels, values, header)


def _is_in_the_forms_order(walk: Walk, channels: tuple[str, ...], every: tuple[str, ...]) -> bool:
    if walk.has_suits_first and every[0] in walk.channels:
        return False
    return list(channels) == [each for each in every if each in channels]


def _channels(walk: Walk, header: Header, values: int, every: tuple[str, ...]) -> tuple[str, ...]:
    """The channels of a row from left to right: those its header stands under, else as they were named on the way."""
    size = len(walk.table.parts[0].columns)
    over = list(dict.fromkeys(each for each in header.channels if each))
    if header.has_columns and len(over) * size == len(header.leaves) == len(header.channels):
        return tuple(over)
    named = tuple(walk.channels) or every
    return every if values == size * len(every) and len(named) < len(every) else named


def _note_channels(walk: Walk, marks: list[Mark | None]) -> None:
    codes = [code for each in marks if each for of, code in each.items if of == "disputes"]
    suits = [each for each in marks if each and each.hint == "disputes" and not each.items]
    if codes[-1:] == ["reconsideration"] and suits and marks.index(suits[0]) < last_item(marks):
        walk.channels += [item.code for item in walk.table.parts[0].items[1:]]
    if suits and not walk.channels and codes[:1] != ["reconsideration"]:
        walk.has_suits_first = True
    for each in marks:
        for of, channel in each.items if each else ():
            if of == "disputes" and channel not in walk.channels:
                walk.channels.append(channel)


# --- shared --------------------------------------------------------------------------------------


def _add_row(
    walk: Walk, line: Line, items: tuple[str, ...], values: tuple[GridCell, ...], header: Header
) -> None:
    alone = walk.lonely_labels
    # Labels that stand in running text, or several in a row, do not say which row is whose.
    after = alone[0][0] if len(alone) == 1 and line.grid and alone[0][1] is line.grid else None
    lead = len(line.cells) - len(values)
    is_first = walk.table.parts[0].items[0].code in items
    may_begin = not walk.is_begun or (walk.is_header_open and is_first)
    row = Row(
        walk.table.code, items, values, header, walk.number, line.grid, lead, after, may_begin
    )
    walk.rows.append(row)
    walk.is_begun, walk.is_header_open, walk.lonely_labels = True, False, []


def _open_header(walk: Walk, line: Line) -> None:
    if not walk.is_header_open:
        walk.header, walk.is_header_open = [], True
    walk.header.append(line.cells)
    walk.header_grid, walk.header_read, walk.lonely_labels = line.grid, None, []


def _header(walk: Walk, line: Line) -> Header:
    has_geometry = bool(line.grid and line.grid.has_geometry and line.grid is walk.header_grid)
    if walk.header_read is None or walk.header_read[0] != has_geometry:
        header = read_header(walk.header, walk.table.code, walk.template, has_geometry)
        if walk.table.code == "applications" and header.is_exact:
            walk.columns = walk.columns or header.codes
            header = as_before(header, walk.columns)
        walk.header_read = (has_geometry, header)
    return walk.header_read[1]
