"""Digits of several cells run together: which splits the form allows, and whether its sums leave one.

`行政许可72171051` stands for three figures and has many splits; `1.属于国家秘密0000000` for seven and has one. A split is a list of
figures without leading zeros. Searches are bounded, so that hostile input costs milliseconds and reads as ambiguous.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import product
from math import comb

from disclosure.form import Column

Split = tuple[str, ...]

MOST_SPLITS = 30_000  # of one row; beyond it nothing is decided
MOST_COMBINATIONS = 20_000  # of several rows held against the column sums

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

    White space always parts figures. Raises TooMany where there may be more than MOST_SPLITS.
    """
    if comb(max(len("".join(run)) - 1, 0), len(columns) - 1) > MOST_SPLITS:
        raise TooMany
    kinds = tuple(_kind(column) for column in columns)
    return list(_splits(tuple(run), kinds))


def _kind(column: Column) -> str:
    if column.unit == "万元":
        return "amount"
    return "change" if column.may_be_negative else "count"


@lru_cache(maxsize=5_000)
def _splits(run: tuple[str, ...], kinds: tuple[str, ...]) -> tuple[Split, ...]:
    return tuple(_search(run, kinds))


def _search(run: tuple[str, ...], kinds: tuple[str, ...]) -> Iterator[Split]:
    """Depth first, one piece after the other; a piece may hold several figures, a figure never two pieces."""
    if not run or len(run) > len(kinds):
        if not run and not kinds:
            yield ()
        return
    piece, rest = run[0], run[1:]
    for count in range(1, len(kinds) - len(rest) + 1):
        heads = list(_cut(piece, kinds[:count]))
        if not heads:
            continue
        for tail in _search(rest, kinds[count:]):
            for head in heads:
                yield head + tail


def _cut(piece: str, kinds: tuple[str, ...]) -> Iterator[Split]:
    """Every way to cut one piece into exactly these figures."""
    if len(kinds) == 1:
        if _FIGURE[kinds[0]].fullmatch(piece):
            yield (piece,)
        return
    if len(piece) < len(kinds):
        return
    for end in range(1, len(piece) - len(kinds) + 2):
        if _FIGURE[kinds[0]].fullmatch(piece, 0, end):
            for rest in _cut(piece[end:], kinds[1:]):
                yield (piece[:end], *rest)


def is_figure(piece: str) -> bool:
    """Whether a piece can be one figure as it stands."""
    return any(pattern.fullmatch(piece) for pattern in _FIGURE.values())


def adds_up(split: Split) -> bool:
    """Whether a row's last figure is the sum of the others, as tables three and four promise."""
    figures = [int(figure) for figure in split]
    return sum(figures[:-1]) == figures[-1]


def sums_of_groups(split: Split, size: int) -> bool:
    """The same for a row of several groups, each ending in its total."""
    return all(adds_up(split[start : start + size]) for start in range(0, len(split), size))


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
