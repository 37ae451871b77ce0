"""A spreadsheet's sheets become blocks: a row with one text in it is text, rows with cells beside each other are a grid.

Hidden sheets, rows and columns are left out by name. Charts, comments and text boxes are not looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from disclosure.errors import ReportError
from disclosure.records import Block, Content, Grid, GridCell, Issue, Text

MOST_CELLS = 200_000


@dataclass(slots=True)
class Sheet:
    """A sheet as stored. Rows and columns count from 0; `bordered` are the cells with a line around them."""

    name: str
    texts: dict[tuple[int, int], str] = field(default_factory=dict)
    bordered: set[tuple[int, int]] = field(default_factory=set)
    merged: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)  # → rows, columns
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    is_hidden: bool = False
    pictures: int = 0
    shows_zeros: bool = True


def content_of_sheets(sheets: Sequence[Sheet], kind: str) -> Content:
    """Given a workbook's sheets, return their blocks in the workbook's order."""
    blocks: list[Block] = []
    issues: list[Issue] = []
    for sheet in sheets:
        if sheet.is_hidden:
            issues.append(
                Issue("hidden_sheet", f"sheet {sheet.name}", "a hidden sheet is left out")
            )
            continue
        _leave_out_hidden(sheet, issues)
        blocks += _blocks(sheet)
    pictures = sum(sheet.pictures for sheet in sheets if not sheet.is_hidden)
    return Content(tuple(blocks), kind, {}, tuple(issues), pictures)


def _leave_out_hidden(sheet: Sheet, issues: list[Issue]) -> None:
    hidden = [
        (row, column)
        for row, column in sheet.texts
        if row in sheet.hidden_rows or column in sheet.hidden_columns
    ]
    for at in hidden:
        del sheet.texts[at]
    sheet.bordered = {
        (row, column)
        for row, column in sheet.bordered
        if row not in sheet.hidden_rows and column not in sheet.hidden_columns
    }
    if hidden:
        names = ", ".join(cell_name(*at) for at in hidden[:8])
        message = f"hidden cells are left out: {names}{'' if len(hidden) <= 8 else ', …'}"
        issues.append(Issue("hidden_cells", f"sheet {sheet.name}", message))


def _blocks(sheet: Sheet) -> Iterator[Block]:
    printed: dict[int, list[int]] = {}
    for row, column in sorted(at for at, text in sheet.texts.items() if text.strip()):
        printed.setdefault(row, []).append(column)
    bordered = {row for row, _ in sheet.bordered}
    rows = sorted(set(printed) | bordered)
    beside = _empty_cells(sheet)
    gathered: list[int] = []
    for position, row in enumerate(rows):
        if gathered and row > _end(gathered[-1], sheet):
            yield from _grid(sheet, gathered, printed)
            gathered = []
        if _is_row(sheet, rows, position, printed, beside):
            gathered.append(row)
            continue
        yield from _grid(sheet, gathered, printed)
        gathered = []
        for column in printed.get(row, ()):
            yield from _texts(sheet, row, column)
    yield from _grid(sheet, gathered, printed)


def _end(row: int, sheet: Sheet) -> int:
    """The row after the given one, hidden ones not counted."""
    row += 1
    while row in sheet.hidden_rows:
        row += 1
    return row


def _empty_cells(sheet: Sheet) -> dict[int, list[int]]:
    """Rows → the columns in which a cell is merged or has lines, whether or not something is printed in it."""
    found: dict[int, list[int]] = {}
    for row, column in (*sheet.merged, *sheet.bordered):
        found.setdefault(row, []).append(column)
    return found


def _is_row(
    sheet: Sheet,
    rows: list[int],
    position: int,
    printed: dict[int, list[int]],
    beside: dict[int, list[int]],
) -> bool:
    """Whether a row belongs to a table. One text alone does so where an empty cell that is merged or has lines stands
    beside it, or, in a sheet without lines, where it stands between rows of a table."""
    row = rows[position]
    columns = printed.get(row, [])
    if len(columns) != 1:
        return True
    span = sheet.merged.get((row, columns[0]), (1, 1))[1]
    if any(not columns[0] <= column < columns[0] + span for column in beside.get(row, ())):
        return True
    if sheet.bordered:
        return (row, columns[0]) in sheet.bordered and span == 1
    near = [rows[at] for at in (position - 1, position + 1) if 0 <= at < len(rows)]
    return span == 1 and all(
        abs(other - row) == 1 and len(printed.get(other, ())) > 1 for other in near
    )


def _texts(sheet: Sheet, row: int, column: int) -> Iterator[Text]:
    place = f"sheet {sheet.name}, cell {cell_name(row, column)}"
    for line in sheet.texts[row, column].splitlines():
        if line.strip():
            yield Text(line.strip(), place)


def _grid(sheet: Sheet, rows: list[int], printed: dict[int, list[int]]) -> Iterator[Grid]:
    """Rows as one grid, as wide as what is printed in them, with their blank cells."""
    columns = {column for row in rows for column in printed.get(row, ())}
    if not columns:
        return
    left, right = min(columns), max(columns)
    wanted = [column for column in range(left, right + 1) if column not in sheet.hidden_columns]
    if len(rows) * len(wanted) > MOST_CELLS:
        raise ReportError("damaged", f"more than {MOST_CELLS} cells; no report has as many")
    number_of = {row: number for number, row in enumerate(rows)}
    covered: set[tuple[int, int]] = set()
    grid = []
    for row in rows:
        cells = []
        for column in wanted:
            if (row, column) in covered:
                continue
            reach = _reach(sheet, row, column, number_of, wanted)
            covered.update((r, c) for r in reach[0] for c in reach[1])
            cells.append(
                GridCell(
                    sheet.texts.get((row, column), "").strip(),
                    number_of[row],
                    wanted.index(column),
                    len(reach[0]),
                    len(reach[1]),
                    f"sheet {sheet.name}, cell {cell_name(row, column)}",
                )
            )
        grid.append(tuple(cells))
    first, last = cell_name(rows[0], left), cell_name(rows[-1], right)
    yield Grid(tuple(grid), f"sheet {sheet.name}, cells {first}:{last}")


def _reach(
    sheet: Sheet, row: int, column: int, rows: dict[int, int], columns: list[int]
) -> tuple[list[int], list[int]]:
    """The grid's rows and columns that a cell covers: itself, or what it is merged over."""
    if (row, column) not in sheet.merged:
        return [row], [column]
    down, across = sheet.merged[row, column]
    return (
        [each for each in rows if row <= each < row + down],
        [each for each in columns if column <= each < column + across],
    )


def cell_name(row: int, column: int) -> str:
    """(11, 3) is D12."""
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"
