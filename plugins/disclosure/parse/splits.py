"""Digits of several cells run together: which splits the form allows, and whether its sums leave one.

`行政许可72171051` stands for three figures and has many splits; `1.属于国家秘密0000000` for seven and has one. A split is a list of
figures without leading zeros; white space always parts figures. Searches never walk into a dead end and stop at a
bound, so that hostile input costs milliseconds and reads as ambiguous.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import islice, product

from disclosure.form import Column

Split = tuple[str, ...]

MOST_SPLITS = 2_000  # of one row; beyond it nothing is decided
MOST_COMBINATIONS = 20_000  # of several rows held against the column sums
_MOST_STEPS = 50_000  # of a search for splits that add up
_LONGEST_RUN = 120  # digits; fifteen figures of eight

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
    found = list(islice(_Cutter(run, columns).every(), MOST_SPLITS + 1))
    if len(found) > MOST_SPLITS:
        raise TooMany
    return found


def first_splits(run: Sequence[str], columns: Sequence[Column], count: int) -> list[Split]:
    """The first `count` splits, or all where there are fewer. Raises TooMany for a run longer than any row's."""
    return list(islice(_Cutter(run, columns).every(), count))


def splits_that_add_up(run: Sequence[str], columns: Sequence[Column], size: int) -> list[Split]:
    """The splits in which each group of `size` figures ends in the sum of the others, as tables three and four promise.

    Raises TooMany when the search grows beyond its bound.
    """
    return list(_Cutter(run, columns).summing(size))


class _Cutter:
    """The ways to cut one run: positions in its text, where white space forced a cut already."""

    def __init__(self, run: Sequence[str], columns: Sequence[Column]) -> None:
        self.text = "".join(run)
        if len(self.text) > _LONGEST_RUN:
            raise TooMany
        self.kinds = [_kind(column) for column in columns]
        self.forced, position = [], 0
        for piece in run:
            position += len(piece)
            self.forced.append(position)
        self.can_finish = cache(self._can_finish)
        self.ends = cache(self._ends)
        self.steps = 0

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

    def summing(self, size: int, start: int = 0, index: int = 0) -> Iterator[Split]:
        """Group by group: where it may end, where its total may begin, then the figures that make that total."""
        if index == len(self.kinds):
            if start == len(self.text):
                yield ()
            return
        still = len(self.kinds) - index - size  # figures after this group, a digit each at least
        last = len(self.text) - still
        for end in [last] if still == 0 else range(start + size, last + 1):
            for total_start in range(start + size - 1, end):
                total = self._figure(total_start, end)
                # A number and its digits leave the same remainder by nine: most totals are ruled out by it.
                if total is None or (self._digit_sum(start, total_start) - total) % 9:
                    continue
                for figures in self._with_sum(start, total_start, size - 1, total):
                    for rest in self.summing(size, end, index + size):
                        yield (*figures, self.text[total_start:end], *rest)

    def _with_sum(self, start: int, end: int, count: int, total: int) -> Iterator[Split]:
        """The ways to cut a stretch into `count` figures that add up to `total`."""
        self.steps += 1
        if self.steps > _MOST_STEPS:
            raise TooMany
        longest = len(str(total))
        if not count <= end - start <= count * longest:
            return
        if count == 1:
            if self._figure(start, end) == total:
                yield (self.text[start:end],)
            return
        for cut in range(start + 1, min(start + longest, end - count + 1) + 1):
            figure = self._figure(start, cut)
            if figure is not None and figure <= total:
                for rest in self._with_sum(cut, end, count - 1, total - figure):
                    yield (self.text[start:cut], *rest)

    def _figure(self, start: int, end: int) -> int | None:
        """The stretch as one count; None where it is none, or white space parts it."""
        if any(start < cut < end for cut in self.forced):
            return None
        text = self.text[start:end]
        return int(text) if _FIGURE["count"].fullmatch(text) else None

    def _digit_sum(self, start: int, end: int) -> int:
        return sum(int(digit) for digit in self.text[start:end] if digit.isdecimal())


def _kind(column: Column) -> str:
    if column.unit == "万元":
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
