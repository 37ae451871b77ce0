"""Digits of several cells run together: which splits the form allows. Rows that end in their sum: sums.py.

`行政许可72171051` stands for three figures and has many splits; `1.属于国家秘密0000000` for seven and has one. A split is a list of
figures without leading zeros; white space always parts figures. Searches never walk into a dead end and stop at a
bound, so that hostile input costs milliseconds and reads as ambiguous.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import islice, product

from disclosure.form import Column

Split = tuple[str, ...]

MOST_SPLITS = 2_000  # of one row; beyond it nothing is decided
MOST_COMBINATIONS = 20_000  # of several rows held against the column sums
LONGEST_RUN = 120  # digits; fifteen figures of eight

_WHOLE = r"(?:0|[1-9]\d*)"
_FIGURE = {
    "count": re.compile(rf"{_WHOLE}"),
    "change": re.compile(rf"[+\-−]?{_WHOLE}"),
    "amount": re.compile(rf"{_WHOLE}(?:\.\d+)?(?:元|万元)?"),
}


class TooMany(Exception):
    """Raised when a run has more splits than are searched; the row is ambiguous."""


def splits(run: Sequence[str], columns: Sequence[Column]) -> list[Split]:
    """Given the pieces that white space left of a row, return every way to make one figure a column.

    Raises TooMany beyond MOST_SPLITS.
    """
    is_usual = sum(map(len, run)) <= _USUAL_RUN
    kinds = tuple(map(_kind, columns))
    return list((_splits if is_usual else _splits.__wrapped__)(tuple(run), kinds))


_USUAL_RUN = (
    12  # digits: three figures of four; few of them come in many ways, and such rows come again
)


@lru_cache(maxsize=2_000)
def _splits(run: tuple[str, ...], kinds: tuple[str, ...]) -> tuple[Split, ...]:
    found = tuple(islice(_Cutter(run, kinds).every(), MOST_SPLITS + 1))
    if len(found) > MOST_SPLITS:
        raise TooMany
    return found


def first_splits(run: Sequence[str], columns: Sequence[Column], count: int) -> list[Split]:
    """The first `count` splits, or all where there are fewer. Raises TooMany for a run longer than any row's."""
    return list(islice(_Cutter(run, list(map(_kind, columns))).every(), count))


class _Cutter:
    """The ways to cut one run: positions in its text, where white space forced a cut already."""

    def __init__(self, run: Sequence[str], kinds: Sequence[str]) -> None:
        self.text = "".join(run)
        if len(self.text) > LONGEST_RUN:
            raise TooMany
        self.kinds = kinds
        self.forced, position = [], 0
        for piece in run:
            position += len(piece)
            self.forced.append(position)
        self.can_finish = cache(self._can_finish)
        self.ends = cache(self._ends)

    def _ends(self, start: int, index: int) -> tuple[int, ...]:
        """Where figure `index` may end when it starts here and the rest can still be cut."""
        if index == len(self.kinds):
            return ()
        furthest = next((cut for cut in self.forced if cut > start), start)
        pattern = _FIGURE[self.kinds[index]]
        return tuple(
            end
            for end in range(start + 1, furthest + 1)
            if pattern.fullmatch(self.text, start, end) and self.can_finish(end, index + 1)
        )

    def _can_finish(self, start: int, index: int) -> bool:
        if index == len(self.kinds):
            return start == len(self.text)
        return bool(self.ends(start, index))

    def every(self, start: int = 0, index: int = 0) -> Iterator[Split]:
        if index == len(self.kinds):
            if start == len(self.text):
                yield ()
            return
        for end in self.ends(start, index):
            for rest in self.every(end, index + 1):
                yield (self.text[start:end], *rest)


def _kind(column: Column) -> str:
    if column.unit.endswith("元"):
        return "amount"
    return "change" if column.may_be_negative else "count"


def is_figure(piece: str) -> bool:
    """Whether a piece can be one figure as it stands."""
    return any(pattern.fullmatch(piece) for pattern in _FIGURE.values())


def agreeing(
    candidates: Sequence[Sequence[Split]], holds: Callable[[Sequence[Split]], bool]
) -> list[tuple[Split, ...]] | None:
    """Every choice of one split a row for which `holds`; None where there are too many to try."""
    size = 1
    for of_row in candidates:
        size *= len(of_row)
        if size > MOST_COMBINATIONS:
            return None
    return [choice for choice in product(*candidates) if holds(choice)]
