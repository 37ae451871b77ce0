"""The rows of table four: fifteen figures in one row, or five for each channel."""

from __future__ import annotations

from disclosure.parse.figures import looks_like_a_figure
from disclosure.parse.headers import NO_HEADER, Header
from disclosure.parse.labels import Mark
from disclosure.parse.lines import Line
from disclosure.parse.signs import after_a_label, has_digits, is_blank, last_item
from disclosure.parse.stretches import LEAST_RUN
from disclosure.parse.walk import Row, Walk


def read_dispute_line(walk: Walk, line: Line, marks: list[Mark | None]) -> None:
    last = max((p for p, each in enumerate(marks) if each and each.is_known), default=-1)
    if last >= 0:
        _note_channels(walk, marks)
        walk.open_header(line._replace(cells=line.cells[: last + 1]))
    every = tuple(item.code for item in walk.table.parts[0].items)
    size = len(walk.table.parts[0].columns)
    values = after_a_label(line.cells[last + 1 :], size * len(every))
    printed = [cell for cell in values if cell.text.strip()]
    figures = [cell for cell in printed if looks_like_a_figure(cell.text)]
    header = walk.header_over(line) if printed or len(values) >= size else NO_HEADER
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
        walk.add_row(line, channels, values, header)


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


def without_blank_rows(rows: list[Row]) -> list[Row]:
    """Table four's rows have no labels: beside a row with figures, one without any is there to set the columns' widths."""
    printed = {item for row in rows if not is_blank(row.values) for item in row.items}
    return [row for row in rows if not is_blank(row.values) or not printed.issuperset(row.items)]
