"""Plain text and Markdown become blocks. Rows set with pipes, tabs or one cell a line become grids without geometry: what
an extractor lost of columns is not made up. Everything else stays text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import repeat

from disclosure.parse.line_cells import read_line_cells
from disclosure.parse.separated import read_separated
from disclosure.records import Block, Content, Grid, GridCell, Text

_RULE_CELL = re.compile(r":?[-=]{3,}:?")
# Text browsers draw tables: every sign with an upright stroke parts cells, the level ones are a rule.
_UPRIGHTS = re.compile("[\u2502\u2503\u250c-\u254b\u2551-\u256c]")
_LEVELS = re.compile("[\u2500\u2501\u2550]+")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")  # 12\.5, as Markdown writes 12.5
# Fifteen figures and their labels; a line of more texts is a whole table, cell after cell.
_LONGEST_ROW = 24
_CELL_LINE = re.compile(r"\t([^\t]*)")
_MARKDOWN_SIGNS = re.compile(r"^(?:#{1,6}[ \t]+\S|[ \t]*\|?[ \t]*:?-{3,}:?[ \t]*\|)", re.MULTILINE)


def read_text(text: str) -> Content:
    """Given decoded text (Simplified), return its blocks in reading order."""
    sheet = read_separated(text)
    if sheet:
        return Content(blocks=(sheet,), format="text")
    lines = _ESCAPED.sub(r"\1", text).splitlines()
    if _UPRIGHTS.search(text):
        lines = [_undrawn(line) for line in lines]
    return Content(
        blocks=tuple(_blocks(lines)),
        format="markdown" if _MARKDOWN_SIGNS.search(text) else "text",
        metadata=_head_fields(lines),
    )


def _blocks(lines: Sequence[str]) -> Iterator[Block]:
    number = 0
    line_cells = read_line_cells(lines)
    while number < len(lines):
        if number in line_cells:
            row, after = line_cells[number]
            yield Grid((row,), f"lines {number + 1}-{after}", has_geometry=False)
            number = after
            continue
        if stream := _stream(lines[number], number):
            yield from stream
            number += 1
            continue
        for take in (_take_pipes, _take_cell_lines, _take_tabs):
            rows, after = take(lines, number)
            if rows:
                yield Grid(tuple(rows), f"lines {number + 1}-{after}", has_geometry=False)
                number = after
                break
        else:
            if lines[number].strip():
                yield Text(_without_marks(lines[number]), f"line {number + 1}")
            number += 1


def _stream(line: str, number: int) -> list[Text]:
    """A whole page joined by pipes or tabs into one line: its texts one after another, rows are nowhere marked."""
    if line.count("|") + line.count("\t") < _LONGEST_ROW:
        return []
    cells = re.split(r"[|\t]", line)
    texts = [
        Text(cell.strip(), f"line {number + 1}, cell {position}")
        for position, cell in enumerate(cells, 1)
        if cell.strip()
    ]
    return texts if len(texts) > _LONGEST_ROW else []


def _undrawn(line: str) -> str:
    """A line of a drawn table with pipes for its strokes; one that is nothing but strokes becomes a rule."""
    if not _UPRIGHTS.search(line):
        return line
    piped = _UPRIGHTS.sub("|", line)
    rule = _LEVELS.sub("---", piped)
    return rule if _is_rule(rule) else _LEVELS.sub(" ", piped)


def _is_rule(line: str) -> bool:
    """|---|---| or +===+===+: between rows, and no row. A lone - is a cell's own."""
    if "-" not in line and "=" not in line:
        return False
    cells = [cell for cell in re.split(r"[|+\s]+", line) if cell]
    return bool(cells) and all(map(_RULE_CELL.fullmatch, cells))


def _without_marks(line: str) -> str:
    """A line without Markdown's heading signs, and without the pipe that one cell a line ends in."""
    return re.sub(r"^\s*#{1,6}\s+", "", line).strip().strip("|").strip()


Rows = list[tuple[GridCell, ...]]


def _take_pipes(lines: Sequence[str], start: int) -> tuple[Rows, int]:
    """`a | b | c |`, with the outer pipes or without; a row of --- is a rule, not a row."""
    end = start
    while end < len(lines) and (_has_cells(lines[end]) or (end > start and _parts(lines[end]))):
        end += 1
    rules = {number for number in range(start, end) if _is_rule(lines[number])}
    printed = [lines[number] for number in range(start, end) if number not in rules]
    # A pipe that begins or ends one line, but not all of them, has an empty cell beside it.
    begins = all(line.lstrip().startswith("|") for line in printed)
    ends = all(line.rstrip().endswith("|") for line in printed)
    rows: Rows = []
    lines_joined = _MOST_JOINED  # of the drawn row above; none goes on before the first rule
    for number in range(start, end):
        if number in rules:
            lines_joined = _MOST_JOINED
            continue
        row = _row(_pipe_cells(lines[number], begins, ends), number)
        goes_on = lines_joined < _MOST_JOINED and len(rules) >= _DRAWN
        if goes_on and len(rows[-1]) == len(row):
            rows[-1] = tuple(map(_joined, rows[-1], row))
            lines_joined += 1
        else:
            rows.append(row)
            lines_joined = 1
    return rows, end


# Rules; so many stand between the rows of a drawn table, whose cells go on in the next line.
_DRAWN = 8
_MOST_JOINED = 30  # lines of one row


def _parts(line: str) -> bool:
    """Whether a line is +---+---+ between two rows."""
    return line.lstrip().startswith("+") and _is_rule(line)


def _joined(above: GridCell, below: GridCell) -> GridCell:
    return above._replace(text=f"{above.text}\n{below.text}".strip("\n"))


def _has_cells(line: str) -> bool:
    """A pipe between two texts makes a row; a single one at an edge may be all that is left of one."""
    pipes = line.count("|")
    return pipes >= 2 or (pipes == 1 and bool(_BETWEEN.search(line)))


_BETWEEN = re.compile(r"\S\s*\|\s*\S")


def _pipe_cells(line: str, begins: bool, ends: bool) -> list[str]:
    text = line.strip()
    return text[begins : len(text) - ends].split("|")


def _take_tabs(lines: Sequence[str], start: int) -> tuple[Rows, int]:
    """Cells parted by tabs, a row a line."""
    rows: Rows = []
    number = start
    while number < len(lines) and "\t" in lines[number].strip(" "):
        rows.append(_row(lines[number].split("\t"), number))
        number += 1
    has_tab_behind_all = any(map(_is_header_and_tab, rows)) and not any(r[-1].text for r in rows)
    return ([row[:-1] for row in rows] if has_tab_behind_all else rows), number


def _is_header_and_tab(row: tuple[GridCell, ...]) -> bool:
    """Whether a row is words alone but for a last cell that is empty: a tab stands behind each cell, not between them."""
    *words, last = [cell.text for cell in row]
    return (
        len(words) > 1 and not last and all(words) and not any(c.isdigit() for c in "".join(words))
    )


def _take_cell_lines(lines: Sequence[str], start: int) -> tuple[Rows, int]:
    """One cell a line, each begun by a tab, rows parted by blank lines, as Word's text comes out.

    A line without a tab goes on with the cell above. The table ends at two blank lines, or at text after one.
    """
    rows: Rows = []
    number = start
    while number < len(lines) and _CELL_LINE.fullmatch(lines[number]):
        cells: list[GridCell] = []
        while number < len(lines) and lines[number].strip(" ") and lines[number].count("\t") <= 1:
            cell = _CELL_LINE.fullmatch(lines[number])
            if cell:
                cells.append(
                    GridCell(cell[1].strip(), len(rows), len(cells), place=f"line {number + 1}")
                )
            elif cells and "\t" not in lines[number]:
                cells[-1] = cells[-1]._replace(text=f"{cells[-1].text}\n{lines[number].strip()}")
            else:
                break
            number += 1
        rows.append(tuple(cells))
        if number < len(lines) and not lines[number].strip():
            number += 1
    is_really = any(len(row) > 1 for row in rows) and number - start > 2
    return (rows, number) if is_really else ([], start)


def _row(texts: Sequence[str], number: int) -> tuple[GridCell, ...]:
    stripped, ones = map(str.strip, texts), repeat(1)
    places = _cell_places(number + 1, len(texts))
    fields = zip(stripped, repeat(number), range(len(texts)), ones, ones, places, strict=False)
    # GridCell(…) takes three times as long.
    return tuple(map(tuple.__new__, repeat(GridCell), fields))


@lru_cache(maxsize=2_000)
def _cell_places(line: int, count: int) -> list[str]:
    return [f"line {line}, cell {number}" for number in range(1, count + 1)]


_FIELD = re.compile(
    r"\s*(标题|发布时间|发布日期|发布机构|信息来源|索引号|统一社会信用代码)\s*[:：]\s*(\S.*?)\s*"
)
_HEAD_LINES = 30  # a page's own fields stand before its text


def _head_fields(lines: Sequence[str]) -> dict[str, str]:
    found = (_FIELD.fullmatch(line) for line in lines[:_HEAD_LINES])
    return {match[1]: match[2] for match in found if match}
