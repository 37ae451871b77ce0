"""Which label belongs to which figures where no lines part the rows: a label of several lines stands around the middle of
its figures, or begins or ends beside them, and the whole table does so in one way.

Every line of a label must find its row, in one way only; a figure that was broken for want of room is put together where
its label shows that it is one row. What is possible in two ways is left undecided.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from disclosure.parse.pdf_lines import Line
from disclosure.parse.pdf_rows import ORDINAL, Row, middle_of

_BESIDE = 0.35  # of the text's height: how far the middle of a label may be off its figures'
_NEAREST, _FARTHEST = 0.85, 2.0  # of it: from one line of a label to the next
_EVEN = 0.25  # of it: how much these steps may differ
_FULL = 2.2  # of it: what a line that goes on in the next may be shorter than the longest
_ALIKE = 0.5  # of it: how far lines of one column may be off each other
_SEPARATE = 0.9  # of it: rows are no nearer
_MOST_STEPS = 20_000
_MOST_FOUND = 20
_MOST_REACHES = 15
_MOST_BROKEN = 3  # lines that a broken figure takes

Level = tuple[float, float, float]  # a level line: its height, left and right
Broken = Mapping[str, set[tuple[int, int]]]
"""For each way that rows are set: the lines of figures, from and to, that can be one row."""
WAYS = ("middle", "top", "bottom")
Edge = Callable[[Line], float]


class Labelled(NamedTuple):
    """Lines with figures that are one row of the table, and the lines of its label: none where that is uncertain."""

    rows: tuple[Row, ...]
    label: tuple[Line, ...]


def label_lines(rows: Sequence[Row]) -> Iterator[list[Line]]:
    """The lines of the rows' own labels, without what stands in columns further left, the names of groups. How far those
    reach is seen where two labels stand beside each other; it may be farther, which is tried step by step. Where that
    fails, what stands next to figures is their label, however short."""
    labelled = [row for row in rows if row.labels]
    known = max((label.box.right for row in labelled for label in row.labels[:-1]), default=0.0)
    alone = {round(row.labels[-1].box.right) for row in labelled if len(row.labels) == 1}
    ends = [known, *sorted(each for each in alone if each > known)[:_MOST_REACHES]]
    for is_kept in (False, True):
        for end in ends:
            lines = [
                row.labels[-1]
                for row in labelled
                if row.labels[-1].box.right > end + _BESIDE * row.height
                or (is_kept and row.figures)
            ]
            yield sorted(lines, key=middle_of)


def place_of(way: str, middles: Sequence[float]) -> float:
    """Where lines, given by their middles, stand beside the others of their row."""
    first, last = middles[0], middles[-1]
    return {"middle": (first + last) / 2, "top": first, "bottom": last}[way]


def find_labels(
    rows: Sequence[Row], lines: Sequence[Line], levels: Sequence[Level], broken: Broken
) -> list[Labelled] | None:
    """Given lines with figures and lines of labels, each from top to bottom, return the rows they make.

    `levels` are the ruling lines between them. None where the lines fit together in no way.
    """
    found = [each for way in WAYS for each in _Search(rows, lines, levels, broken[way], way).run()]
    if not found:
        return None
    used = [sum(len(row.label) for row in each) for each in found]
    return _agreed([each for each, count in zip(found, used, strict=True) if count == max(used)])


def _agreed(found: list[list[Labelled]]) -> list[Labelled]:
    """The rows of the first way, with the labels that they have in every other."""
    return [
        row if all(row in other for other in found) else row._replace(label=()) for row in found[0]
    ]


@dataclass(slots=True)
class _Search:
    rows: Sequence[Row]
    lines: Sequence[Line]
    levels: Sequence[Level]
    broken: set[tuple[int, int]]
    way: str
    dead: set[tuple[int, int]] = field(default_factory=set)  # row and line from which no way leads
    steps: int = 0

    def run(self) -> list[list[Labelled]]:
        found: list[list[Labelled]] = []
        for start in range(len(self.lines)):
            for way in self._from(0, start):
                found.append(way)
                if len(found) > _MOST_FOUND:
                    return []
            if self.steps > _MOST_STEPS:
                return []
        return found

    def _from(self, row: int, line: int) -> Iterator[list[Labelled]]:
        """Every way to give the rows from `row` on the lines from `line` on. Lines may be left over at the end."""
        self.steps += 1
        if row == len(self.rows):
            yield []
            return
        if self.steps > _MOST_STEPS or (row, line) in self.dead:
            return
        is_dead = True
        for end in range(row + 1, min(row + _MOST_BROKEN, len(self.rows)) + 1):
            if not self._is_one(row, end):
                continue
            rows = tuple(self.rows[row:end])
            for label in self._labels(rows, line):
                for rest in self._from(end, line + len(label)):
                    is_dead = False
                    yield [Labelled(rows, label), *rest]
        if is_dead:
            self.dead.add((row, line))

    def _is_one(self, start: int, end: int) -> bool:
        if end - start > 1:
            return (start, end) in self.broken
        if end == len(self.rows):
            return True
        one, other = self.rows[start], self.rows[end]
        return other.middle - one.middle >= _SEPARATE * max(one.height, other.height)

    def _labels(self, rows: tuple[Row, ...], line: int) -> Iterator[tuple[Line, ...]]:
        height = max(row.height for row in rows)
        place = place_of(self.way, [row.middle for row in rows])
        for end in range(line + 1, len(self.lines) + 1):
            label = tuple(self.lines[line:end])
            middles = [middle_of(each) for each in label]
            if middles[0] - place > _BESIDE * height or not self._is_label(label):
                return
            if abs(place_of(self.way, middles) - place) <= _BESIDE * height:
                yield label

    def _is_label(self, label: tuple[Line, ...]) -> bool:
        """Whether lines can be one label: below each other, evenly, each filling its column but the last."""
        if len(label) == 1:
            return True
        if any(ORDINAL.match(line.text) for line in label[1:]):
            return False  # what begins with an ordinal begins a label
        height = max(line.height for line in label)
        steps = [middle_of(b) - middle_of(a) for a, b in pairwise(label)]
        return (
            _NEAREST * height <= min(steps)
            and max(steps) <= min(_FARTHEST * height, min(steps) + _EVEN * height)
            and any(self._fills(label, edge, height) for edge in (_left, _right, _centre))
            and not any(self._is_parted(a, b) for a, b in pairwise(label))
        )

    def _fills(self, label: tuple[Line, ...], edge: Edge, height: float) -> bool:
        """Whether lines that begin, end or are centred alike are each, but the last, as long as any other such line."""
        at, near = edge(label[0]), _ALIKE * height
        if any(abs(edge(line) - at) > near for line in label):
            return False
        longest = max(_width(line) for line in self.lines if abs(edge(line) - at) <= near)
        return all(_width(line) >= longest - _FULL * height for line in label[:-1])

    def _is_parted(self, upper: Line, lower: Line) -> bool:
        """Whether a ruling line runs between two lines of text."""
        top, bottom = middle_of(upper), middle_of(lower)
        left, right = max(upper.box.left, lower.box.left), min(upper.box.right, lower.box.right)
        return any(
            top < at < bottom and start < right and left < end for at, start, end in self.levels
        )


def _width(line: Line) -> float:
    return line.box.right - line.box.left


def _left(line: Line) -> float:
    return line.box.left


def _right(line: Line) -> float:
    return line.box.right


def _centre(line: Line) -> float:
    return (line.box.left + line.box.right) / 2
