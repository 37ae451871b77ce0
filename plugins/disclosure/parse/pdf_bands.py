"""Rows that level lines part from each other, where nothing is drawn between the columns: what stands between two lines that
run under all figures is one row, and its label is what stands nearest to them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from disclosure.parse.pdf_labels import Broken, Labelled, Level
from disclosure.parse.pdf_lines import Line
from disclosure.parse.pdf_rows import Row, middle_of

_ONE = 1.5  # points; pieces of a line are no farther apart
_COVERED = 0.95  # of the figures' width that a line runs under
_FEWEST = 2  # rows that lines part


class _Band(NamedTuple):
    """What stands between two lines: lines of figures, from and to, and lines of labels."""

    first: int
    last: int
    label: tuple[Line, ...]


def find_bands(
    rows: Sequence[Row], levels: Sequence[Level], reach: tuple[float, float], broken: Broken
) -> list[Labelled] | None:
    """Given the rows of a part from top to bottom, the level lines and the left and right of its figures, return the rows
    that the lines part, those at its edges that are not closed without a label; None where lines part no rows."""
    figured = [row for row in rows if row.figures]
    bands = [
        band
        for top, bottom in pairwise(_lines_under(levels, reach))
        if (band := _band(rows, figured, top, bottom))
    ]
    whole = {pair for each in broken.values() for pair in each}
    are_rows = all(b.last - b.first == 1 or (b.first, b.last) in whole for b in bands)
    if len(bands) < _FEWEST or not are_rows or any(a.last != b.first for a, b in pairwise(bands)):
        return None
    return [
        *(Labelled((row,), ()) for row in figured[: bands[0].first]),
        *(Labelled(tuple(figured[b.first : b.last]), b.label) for b in bands),
        *(Labelled((row,), ()) for row in figured[bands[-1].last :]),
    ]


def _lines_under(levels: Sequence[Level], reach: tuple[float, float]) -> list[float]:
    """The heights of the lines that run under all figures and on to the left."""
    left, right = reach
    groups: list[list[Level]] = []
    for level in sorted(levels):
        if groups and level[0] - groups[-1][0][0] <= _ONE:
            groups[-1].append(level)
        else:
            groups.append([level])
    return [
        group[0][0]
        for group in groups
        if _covered(group, left, right) >= _COVERED * (right - left)
        and min(start for _, start, _ in group) < left - _ONE
    ]


def _covered(pieces: Sequence[Level], left: float, right: float) -> float:
    covered, end = 0.0, left
    for _, start, stop in sorted(pieces, key=lambda piece: piece[1]):
        covered += max(min(stop, right) - max(start, end), 0.0)
        end = max(end, stop)
    return covered


def _band(rows: Sequence[Row], figured: Sequence[Row], top: float, bottom: float) -> _Band | None:
    """What stands between two lines; None where no figure does."""
    within = [at for at, row in enumerate(figured) if top < row.middle < bottom]
    if not within:
        return None
    labels = [label for row in rows for label in row.labels if top < middle_of(label) < bottom]
    return _Band(within[0], within[-1] + 1, tuple(sorted(_nearest(labels), key=middle_of)))


def _nearest(labels: Sequence[Line]) -> Iterator[Line]:
    """The labels of the column that is farthest to the right."""
    left = float("inf")
    for label in sorted(labels, key=lambda each: each.box.right, reverse=True):
        if left < float("inf") and label.box.right <= left:
            return
        left = min(left, label.box.left)
        yield label
