"""Text with a cell in each line, blank ones among them: where table three's rows all take as many lines, a line without
anything is a blank cell, and no row has to be told from the figures alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from disclosure.form import APPLICANT_TYPES
from disclosure.parse.figures import looks_like_a_figure
from disclosure.records import GridCell

_WIDTH = len(APPLICANT_TYPES)
_FEWEST_ROWS = 20  # of table three's 23 or 25: what so many have in common is how the text was made
_FEWEST_LINES = _FEWEST_ROWS * (_WIDTH + 1)


class _Run(NamedTuple):
    """Lines of figures and blanks below a line of words."""

    start: int
    end: int


def read_line_cells(lines: Sequence[str]) -> dict[int, tuple[tuple[GridCell, ...], int]]:
    """Given a text's lines, return its rows by the line of their label, each with the line behind it; none where nothing
    shows what a blank line is."""
    if len(lines) < _FEWEST_LINES:
        return {}
    runs = _runs(lines)
    sizes = Counter(run.end - run.start for run in runs)
    size = max((_WIDTH, _WIDTH + 1), key=lambda each: sizes[each])
    rows = [lines[run.start : run.end] for run in runs if run.end - run.start == size]
    if len(rows) < _FEWEST_ROWS or not _shows_blank_cells(rows, size - _WIDTH):
        return {}
    found = {}
    for run in runs:
        cells = _cells(lines, run, size - _WIDTH)
        if cells and any(lines[number].strip() for number in cells):
            found[run.start - 1] = (_row(lines, [run.start - 1, *cells]), run.end)
    return found


def _runs(lines: Sequence[str]) -> list[_Run]:
    words = [number for number, line in enumerate(lines) if not looks_like_a_figure(line)]
    ends = [*words[1:], len(lines)]
    return [_Run(word + 1, end) for word, end in zip(words, ends, strict=True) if end - word > 1]


def _shows_blank_cells(rows: Sequence[Sequence[str]], behind: int) -> bool:
    """Whether some cell of the rows is blank, and a line that parts them stands nowhere but behind each."""
    in_rows = [[bool(line.strip()) for line in row] for row in rows]
    if all(all(row[:_WIDTH]) for row in in_rows):
        return False
    return not behind or (not any(row[-1] for row in in_rows) and any(row[0] for row in in_rows))


def _cells(lines: Sequence[str], run: _Run, behind: int) -> range | None:
    """The lines of a run that are cells, where so many blank lines stand behind each row; None where that is not one way.
    Below a table's last row stand more: there its total must be printed."""
    length = run.end - run.start
    if _WIDTH <= length <= _WIDTH + behind + _MOST_BELOW:
        cells = range(run.start, run.start + _WIDTH)
        is_one_way = length == _WIDTH + behind or bool(lines[cells[-1]].strip())
        return cells if is_one_way and _are_blank(lines, cells.stop, run.end) else None
    if length < _CHANNELS:
        return range(run.start, run.end - behind)
    # Table four's figures have no label: they stand behind its header's last line.
    cells = range(run.start + behind, run.start + behind + _CHANNELS)
    if run.end < cells.stop or not lines[cells[-1]].strip():
        return None
    around = _are_blank(lines, run.start, cells.start) and _are_blank(lines, cells.stop, run.end)
    is_one_way = run.end == cells.stop + behind or bool(lines[cells.start].strip())
    return cells if is_one_way and around else None


_CHANNELS = 15  # cells of table four's row
_MOST_BELOW = 3  # blank lines


def _are_blank(lines: Sequence[str], start: int, end: int) -> bool:
    return not any(line.strip() for line in lines[start:end])


def _row(lines: Sequence[str], numbers: Sequence[int]) -> tuple[GridCell, ...]:
    return tuple(
        GridCell(lines[number].strip(), 0, column, place=f"line {number + 1}")
        for column, number in enumerate(numbers)
    )
