"""What lines and grids are, whatever their figures: the kind of thing that stands in each cell, and its spans.

Where a figure belongs depends on labels, on spans and on what kind of thing stands in each cell, never on how great a
figure is; a shape says just that. Most pages of the country are laid out alike, so that what follows from a shape is worked
out once and stands for all of them: shapes are one object each, known again by their address.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from itertools import chain, islice
from operator import itemgetter

from disclosure.parse.figures import looks_like_a_figure
from disclosure.records import Block, Grid, GridCell, GridShape, LineShape, Text

FIGURE = "0"  # what stands for any figure in a shape

Texts = tuple[str, ...]
Spans = tuple[tuple[int, ...], ...]  # of each cell
Columns = tuple[tuple[int, ...], ...]  # the same, turned: of each span all cells

_SHORT = 100  # characters of a text that may come again
_LONGEST_LINE = 3 * _SHORT
_USUAL_CELLS = 1_000  # the form's largest table has about 220; larger ones do not come again


def with_shapes(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Given a document's blocks, its texts final, return them with the shapes of its grids."""
    return tuple(
        [
            replace(each, shape=shape_of(each))
            if isinstance(each, Grid) and not each.shape
            else each
            for each in blocks
        ]
    )


_TEXT = itemgetter(0)  # of a cell


def text_of(blocks: Iterable[Block]) -> str:
    """All the text of a document's blocks, each paragraph and cell on a line."""
    parts: list[str] = []
    for block in blocks:
        if isinstance(block, Text):
            parts.append(block.text)
        else:
            parts += map(_TEXT, chain.from_iterable(block.rows))
    return "\n".join(parts)


def shape_of(grid: Grid) -> GridShape:
    if grid.shape:
        return grid.shape
    lengths = tuple(map(len, grid.rows))
    cells = list(chain.from_iterable(grid.rows))
    texts, rows, *spans, _ = zip(*cells, strict=True) if cells else ((), (), ())
    if grid.has_geometry:
        spans = [rows, *spans]
    return shape_by(kinds_of(texts), tuple(spans), lengths, grid.has_geometry)


def shape_by(
    kinds: Texts, spans: Columns, lengths: tuple[int, ...], has_geometry: bool
) -> GridShape:
    """The shape of a grid by its cells' kinds, columns, rowspans and colspans, before these their rows if `has_geometry`,
    and by how many cells each row has."""
    made = _shape if len(kinds) <= _USUAL_CELLS else _shape.__wrapped__
    return made(kinds, spans, lengths, has_geometry)


@lru_cache(maxsize=500)
def _shape(texts: Texts, spans: Columns, lengths: tuple[int, ...], has_geometry: bool) -> GridShape:
    kinds, places = iter(texts), zip(*spans, strict=True)
    lines = [
        line_shape(tuple(islice(kinds, length)), tuple(islice(places, length)), has_geometry)
        for length in lengths
    ]
    alone = [(row, line.alone) for row, line in enumerate(lines) if line.alone is not None]
    return GridShape(tuple(lines), tuple(alone))


def shape_of_text(texts: Iterable[str]) -> LineShape:
    """The shape of a line that was cut out of running text, by the texts of its cells."""
    kinds = kinds_of(texts)
    made = _in_a_row if len("".join(kinds)) <= _LONGEST_LINE else _in_a_row.__wrapped__
    return made(kinds)


@lru_cache(maxsize=20_000)
def _in_a_row(texts: Texts) -> LineShape:
    """The shape of cells that stand one beside the other."""
    spans = tuple((column, 1, 1) for column in range(len(texts)))
    return line_shape(texts, spans, has_geometry=False)


def line_shape(texts: Texts, spans: Spans, has_geometry: bool) -> LineShape:
    comes_again = len("".join(texts)) <= _LONGEST_LINE
    made = _line_shape if comes_again else _line_shape.__wrapped__
    return made(texts, spans, has_geometry, comes_again)


@lru_cache(maxsize=20_000)
def _line_shape(texts: Texts, spans: Spans, has_geometry: bool, comes_again: bool) -> LineShape:
    printed = [position for position, text in enumerate(texts) if text]
    alone = printed[0] if len(printed) == 1 else None
    return LineShape(texts, spans, has_geometry, alone, comes_again)


def kinds_of(texts: Iterable[str]) -> Texts:
    """Cells' texts as far as a row depends on them: FIGURE for all figures, "" for a blank, a word as it stands."""
    # Most cells hold digits alone, which are told without asking further.
    return tuple([FIGURE if text.isdecimal() else kind_of(text) for text in texts])


def kind_of(text: str) -> str:
    return _kind_of(text) if len(text) <= _SHORT else _kind_of.__wrapped__(text)


@lru_cache(maxsize=20_000)
def _kind_of(text: str) -> str:
    if not text.strip():
        return ""
    return FIGURE if looks_like_a_figure(text) else text


def place_of(cell: GridCell, grid: Grid) -> str:
    """What leads a person to a cell."""
    return cell.place or f"{grid.place}, row {cell.row + 1}, column {cell.column + 1}"
