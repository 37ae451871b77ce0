"""Lines become rows of the form: the table that a line belongs to, the item it is labelled with, and its figures.

The document is walked once. Headings, clauses and column headers say which table is being read; a line counts as a row
only within its table. A table that begins again is a second copy of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from disclosure.form import Table, Template
from disclosure.parse.figures import looks_like_a_figure
from disclosure.parse.headers import Header, read_header
from disclosure.parse.labels import Mark, mark
from disclosure.parse.layout import Line
from disclosure.records import Grid, GridCell, Issue


@dataclass(slots=True)
class Row:
    """A printed row with figures. `items` is empty while its label is not known; table four's one row has three."""

    table: str
    items: tuple[str, ...]
    values: tuple[GridCell, ...]
    header: Header
    place: str
    grid: Grid | None
    lead: int = 0  # cells before the figures
    after: str | None = None  # the item whose label stood alone just before a row without one


@dataclass(slots=True)
class Walk:
    """What was met so far. `copies` holds, for each table, the rows of each time it was printed."""

    template: Template
    copies: dict[str, list[list[Row]]]
    issues: list[Issue] = field(default_factory=list)
    table: Table | None = None
    has_moved: bool = True  # since the last row, another table or section was begun
    header: list[tuple[GridCell, ...]] = field(default_factory=list)
    header_grid: Grid | None = None
    header_read: tuple[bool, Header] | None = None
    is_header_open: bool = True
    lonely_labels: list[tuple[str, Grid | None]] = field(default_factory=list)
    channels: list[str] = field(default_factory=list)


def read_rows(lines: Iterable[Line], template: Template) -> Walk:
    """Given a document's lines, return the rows of every table and what could not be placed."""
    walk = Walk(template, {table.code: [] for table in template.tables})
    for line in lines:
        _read_line(walk, line)
    return walk


def _read_line(walk: Walk, line: Line) -> None:
    # Every label has Chinese characters: most cells are figures, and told by that.
    marks = [
        None if cell.text.isascii() or not cell.text.strip() else mark(cell.text, walk.template)
        for cell in line.cells
    ]
    known = [each for each in marks if each]
    section = next((each.section for each in known if each.section), None)
    if section:
        _move(walk, section.table)
        return
    begun = _begins(known)
    if begun and (walk.table is None or begun != walk.table.code):
        _move(walk, begun)
    if walk.table is None:
        return
    if walk.table.code == "disputes":
        _read_dispute_line(walk, line, marks)
    else:
        _read_item_line(walk, line, marks)


def _move(walk: Walk, table: str | None) -> None:
    walk.table = next((each for each in walk.template.tables if each.code == table), None)
    walk.has_moved = True
    walk.header, walk.header_read, walk.is_header_open = [], None, True
    walk.lonely_labels, walk.channels = [], []


def _begins(marks: list[Mark]) -> str | None:
    """The table whose header or beginning a line shows."""
    hint = next((each.hint for each in marks if each.hint), None)
    if hint:
        return hint
    with_columns = [each for each in marks if each.columns]
    if len(with_columns) > 1:
        columns = {column for each in with_columns for column in each.columns}
        for table, telling in _TELLING_COLUMNS.items():
            if len({code for of, code in columns if of == table and code in telling}) >= 2:
                return table
    if any(("applications", "received_new") in each.items for each in marks):
        return "applications"
    return None


# Columns that no other table prints; 其他 and 总计 stand in several.
_TELLING_COLUMNS = {
    "proactive": {"issued", "repealed", "in_force", "newly_made", "newly_disclosed"}
    | {"disclosed_total", "prior_year_items", "items_change", "projects"},
    "applications": {"natural_person", "commercial_enterprise", "research_institution"}
    | {"public_interest_org", "legal_service_org"},
    "disputes": {"upheld", "corrected", "pending"},
}


# --- tables two and three: a label, then its figures ---------------------------------------------


def _read_item_line(walk: Walk, line: Line, marks: list[Mark | None]) -> None:
    assert walk.table is not None
    at = _item_position(walk.table.code, line, marks)
    if at is None:
        _read_unlabelled(walk, line, marks)
        return
    item = next(code for of, code in marks[at].items if of == walk.table.code)  # type: ignore[union-attr]
    values = line.cells[at + 1 :]
    if _is_stray(line, values, walk.table, item):
        message = f"{values[0].text!r} after the label alone is no row of figures; left out"
        walk.issues.append(Issue("stray_figure", line.place, message))
        values = ()
    if not values or (_is_blank(values) and len(values) < len(walk.table.part(item).columns)):
        walk.lonely_labels.append((item, line.grid))
        return
    _add(walk, _row(walk, line, (item,), values))


def _is_stray(line: Line, values: tuple[GridCell, ...], table: Table, item: str) -> bool:
    """A page number or a displaced figure behind a label in running text."""
    return (
        line.is_loose
        and len(values) == 1
        and len(values[0].text) <= 2 < len(table.part(item).columns) - 2
    )


def _item_position(table: str, line: Line, marks: list[Mark | None]) -> int | None:
    """Where the row's label stands: the last one of this table, unless the line is a header."""
    columns = {code for each in marks if each for of, code in each.columns if of == table}
    if len(columns) > 1:
        return None
    return max(
        (p for p, each in enumerate(marks) if each and any(of == table for of, _ in each.items)),
        default=None,
    )


_FEWEST_FIGURES = 4  # fewer, without a label, are page numbers and the like


def _read_unlabelled(walk: Walk, line: Line, marks: list[Mark | None]) -> None:
    """A header, a row whose label stands elsewhere, a row that the form does not have, or prose."""
    assert walk.table is not None
    words = [
        cell for cell in line.cells if cell.text.strip() and not looks_like_a_figure(cell.text)
    ]
    figures = [cell for cell in line.cells if cell.text.strip() and looks_like_a_figure(cell.text)]
    if not words and len(figures) >= _FEWEST_FIGURES and walk.table.code == "applications":
        _add(walk, _row(walk, line, (), line.cells))
    elif any(_is_header(each, walk.table.code) for each in marks if each):
        _open_header(walk, line)
        if figures and any(each.is_group for each in marks if each) and len(figures) >= 2:
            _unknown_row(walk, line, words)
    elif words and figures and line.grid is not None:
        _unknown_row(walk, line, words)


def _is_header(each: Mark, table: str) -> bool:
    return bool(each.hint or each.is_group or any(of == table for of, _ in each.columns))


def _unknown_row(walk: Walk, line: Line, words: list[GridCell]) -> None:
    label = " ".join(cell.text.strip() for cell in words)
    message = f"the row {label!r} is not one of the form's; its figures are left out"
    walk.issues.append(Issue("unknown_label", line.place, message))


# --- table four: fifteen figures in one row, or five for each channel ----------------------------


def _read_dispute_line(walk: Walk, line: Line, marks: list[Mark | None]) -> None:
    assert walk.table is not None
    last = max((p for p, each in enumerate(marks) if each and each.is_known), default=-1)
    if last >= 0:
        _note_channels(walk, marks)
        _open_header(walk, line._replace(cells=line.cells[: last + 1]))
    values = line.cells[last + 1 :]
    printed = [cell for cell in values if cell.text.strip()]
    if not all(looks_like_a_figure(cell.text) for cell in printed):
        return
    every = tuple(item.code for item in walk.table.parts[0].items)
    channels = tuple(walk.channels) or every
    size = len(walk.table.parts[0].columns)
    if len(values) == size * len(every) and len(channels) < len(every):
        channels = every
    is_row = len(printed) >= size or len("".join(cell.text for cell in printed)) >= size
    # Below a header, a row as wide as the table is its row even where most cells are blank.
    is_wide = len(values) == size * len(channels) and bool(walk.header)
    if is_row or is_wide:
        walk.channels = []
        row = _row(walk, line, channels, values)
        if list(channels) != [channel for channel in every if channel in channels]:
            row.header = Header((), False, "the channels are named in an order of their own")
        _add(walk, row)


def _note_channels(walk: Walk, marks: list[Mark | None]) -> None:
    for each in marks:
        for of, channel in each.items if each else ():
            if of == "disputes" and channel not in walk.channels:
                walk.channels.append(channel)


# --- shared --------------------------------------------------------------------------------------


def _row(walk: Walk, line: Line, items: tuple[str, ...], values: tuple[GridCell, ...]) -> Row:
    assert walk.table is not None
    header = _header(walk, line)
    alone = walk.lonely_labels
    # Labels that stand in running text, or several in a row, do not say which row is whose.
    after = alone[0][0] if len(alone) == 1 and line.grid and alone[0][1] is line.grid else None
    lead = len(line.cells) - len(values)
    return Row(walk.table.code, items, values, header, line.place, line.grid, lead, after)


def _is_blank(cells: Iterable[GridCell]) -> bool:
    return not any(cell.text.strip() for cell in cells)


def _open_header(walk: Walk, line: Line) -> None:
    if not walk.is_header_open:
        walk.header, walk.is_header_open = [], True
    walk.header.append(line.cells)
    walk.header_grid, walk.header_read, walk.lonely_labels = line.grid, None, []


def _header(walk: Walk, line: Line) -> Header:
    assert walk.table is not None
    has_geometry = bool(line.grid and line.grid.has_geometry and line.grid is walk.header_grid)
    if walk.header_read is None or walk.header_read[0] != has_geometry:
        header = read_header(walk.header, walk.table.code, walk.template, has_geometry)
        walk.header_read = (has_geometry, header)
    return walk.header_read[1]


def _add(walk: Walk, row: Row) -> None:
    copies = walk.copies[row.table]
    met = {item for each in copies[-1] for item in each.items} if copies else set()
    is_restart = walk.has_moved or (walk.is_header_open and _is_first(walk, row))
    begins_again = bool(met & set(row.items)) and is_restart
    if not copies or begins_again:
        copies.append([])
    copies[-1].append(row)
    walk.has_moved, walk.is_header_open, walk.lonely_labels = False, False, []


def _is_first(walk: Walk, row: Row) -> bool:
    assert walk.table is not None
    return walk.table.parts[0].items[0].code in row.items
