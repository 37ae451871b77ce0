"""Stretches become rows of the form: the item that a line is labelled with, and where its figures stand.

What a row is depends on its stretch's shape alone, and is worked out once for all stretches of that shape; the lines
themselves are laid beside it then. A table that begins again is a second copy of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from disclosure.form import Table, Template
from disclosure.parse.dispute_rows import read_dispute_line, without_blank_rows
from disclosure.parse.figures import looks_like_a_figure
from disclosure.parse.headers import Header, names_out_of_order
from disclosure.parse.labels import Mark
from disclosure.parse.lines import Line
from disclosure.parse.signs import (
    AT_THE_END,
    groups_rows,
    is_blank,
    is_header,
    is_lone_column,
    is_stray,
    item_position,
    stands_at_the_end,
)
from disclosure.parse.stretches import (
    Shape,
    lines_of,
    marks_of,
    read_stretches,
)
from disclosure.parse.walk import Remark, Row, Walk
from disclosure.records import Issue


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
    is_usual = len(shape.lines) <= _USUAL_LINES
    return (_read_shape if is_usual else _read_shape.__wrapped__)(shape, table, template)


@lru_cache(maxsize=500)
def _read_shape(shape: Shape, table: Table, template: Template) -> Read:
    walk = Walk(template, table)
    for walk.number, line in enumerate(lines_of(shape)):
        marks = marks_of([cell.text for cell in line.cells], template)
        if table.code == "disputes":
            read_dispute_line(walk, line, marks)
        else:
            _read_item_line(walk, line, marks)
    if table.code == "disputes":
        walk.rows = without_blank_rows(walk.rows)
    if walk.labels_alone and walk.figures_alone >= _FEWEST_APART:
        walk.rows = [_doubted(row) if row.grid is None else row for row in walk.rows]
    elif table.code == "proactive" and _are_second_rows_alone(walk.rows, table):
        walk.rows = [_doubted(row) if row.is_below_alone else row for row in walk.rows]
    return Read(tuple(walk.rows), tuple(walk.remarks))


_FEWEST_APART = 2  # a single figure by itself is a page's number


def _are_second_rows_alone(rows: list[Row], table: Table) -> bool:
    """Whether figures stand behind the second label of each paragraph alone, as where both rows' stand below both labels."""
    firsts = {part.items[0].code for part in table.parts}
    seconds = [row for row in rows if row.grid is None and firsts.isdisjoint(row.items)]
    return len(seconds) > 1 and all(row.is_below_alone for row in seconds)


def _doubted(row: Row) -> Row:
    """A row of a text that was taken off a page in blocks: what stands behind a label may be another row's."""
    problem = (
        "labels and figures stand apart in this text; what is behind a label may not be its row"
    )
    return replace(row, header=Header((), False, problem))


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
            walk.leave_out([line.cells[at]])
        elif line.is_loose and walk.is_header_open:  # 总计 over a column
            walk.open_header(line)
        return
    if is_stray(line, values, walk.table, item):
        message = "'{}' after the label alone is no row of figures; left out"
        walk.remarks.append(Remark("stray_figure", walk.number, message, (at + 1,)))
        values = ()
    if not values or (is_blank(values) and len(values) < len(walk.table.part(item).columns)):
        walk.lonely_labels.append((item, line.grid))
        walk.labels_alone += line.is_loose
        return
    walk.add_row(line, (item,), values, walk.header_over(line))


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
        walk.add_row(line, (), line.cells, walk.header_over(line))
        return
    walk.figures_alone += bool(figures) and line.is_loose
    if any(is_header(each, walk.table.code) for each in marks if each):
        if not walk.is_header_open and is_lone_column(marks, walk.table.code):
            walk.lonely_labels = []
            if figures:
                walk.leave_out(words)
            return
        if walk.is_header_open or not groups_rows(line, marks):
            walk.open_header(line)
        walk.lonely_labels = []
        if figures and any(each.is_group for each in marks if each) and len(figures) >= 2:
            walk.leave_out(words)
    elif words and figures and line.grid is not None:
        walk.leave_out(words)
    elif words and line.is_loose and (walk.is_header_open or names_out_of_order(words[0].text)):
        walk.open_header(line)  # of another year or order: other lines of words are not handed on
