"""Blocks become lines: the cells of a printed row, or the labels and figures found in running text (running_text.py)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain, groupby, repeat

from disclosure.form import Template
from disclosure.parse.lines import Line, new
from disclosure.parse.running_text import cut_text, holds_a_row
from disclosure.parse.shapes import FIGURE, place_of, shape_of
from disclosure.parse.turned import upright
from disclosure.records import Block, Grid, GridShape, Text


def read_lines(blocks: Iterable[Block], template: Template) -> list[Line]:
    """Given a document's blocks, return its lines in reading order. Headings and prose come as lines of one cell."""
    lines: list[Line] = []
    for is_text, group in groupby(blocks, lambda block: isinstance(block, Text)):
        if is_text:
            lines += cut_text([block for block in group if isinstance(block, Text)], template)
        else:
            for grid in group:
                assert isinstance(grid, Grid)
                lines += _grid_lines(upright(grid, template), template)
    return lines


def _grid_lines(grid: Grid, template: Template) -> Iterable[Line]:
    shape, count = shape_of(grid), len(grid.rows)
    fields = zip(
        grid.rows, _places_of_rows(grid.place, count), shape.lines, [grid] * count, strict=True
    )
    lines = list(map(new, repeat(Line), fields))
    fallen = _fallen_into_a_cell(shape, template)
    return chain.from_iterable(_fallen_apart(lines, fallen, template)) if fallen else lines


@lru_cache(maxsize=200)
def _places_of_rows(grid: str, count: int) -> list[str]:
    return [f"{grid}, row {number}" for number in range(1, count + 1)]


def _fallen_apart(
    lines: Sequence[Line], fallen: Mapping[int, int], template: Template
) -> Iterator[Iterable[Line]]:
    """The lines, those that fell into one cell cut at their labels."""
    for number, line in enumerate(lines):
        if number in fallen and line.grid:
            cell = line.cells[fallen[number]]
            yield cut_text([Text(cell.text, place_of(cell, line.grid))], template)
        else:
            yield [line]


@lru_cache(maxsize=500)
def _fallen_into_a_cell(shape: GridShape, template: Template) -> dict[int, int]:
    """The rows of which one cell holds a label and its figures, as where a whole row or table fell into it, and that
    cell."""
    return {
        row: position
        for row, position in shape.alone
        if shape.lines[row].texts[position] != FIGURE
        and holds_a_row(shape.lines[row].texts[position], template)
    }
