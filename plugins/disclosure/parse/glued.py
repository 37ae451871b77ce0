"""What a row whose digits ran together shows by itself: how it can be split, and whether blank cells were lost in it."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from disclosure.parse.figures import read_figure
from disclosure.parse.splits import Split, TooMany, is_figure
from disclosure.parse.sums import Counts

_FEWEST_SUMMED = 5  # columns of a row that ends in its sum: those of tables three and four
_ALONE = ("number", "not_applicable")  # 3件, 无: one cell each


class Sums(NamedTuple):
    only: Split | None  # the only way to make so many figures
    summed: tuple[Split, ...]  # every way that adds up
    can_be_made: bool  # whether there is any way at all


class Glued(NamedTuple):
    """What the pieces that white space left of a row show."""

    shows_glue: bool  # a piece can only be several figures: 00, 012
    lacks_figures: bool  # fewer digits than columns, or fewer figures that stand apart: blank cells left no trace
    breaks_sum: bool  # no way to split it adds up: the agency's mistake, or a blank cell lost
    sums: Sums | None  # of a row that ends in its sum; None where there are too many ways


@lru_cache(maxsize=10_000)  # most rows are all zeros
def look_at(pieces: tuple[str, ...], number: int, groups: int) -> Glued:
    """Given a row's pieces, how many figures they are and in how many groups with a sum each, return what they show."""
    shows_glue = not all(is_figure(piece) or read_figure(piece).state in _ALONE for piece in pieces)
    lacks_figures = len("".join(pieces)) < number or (1 < len(pieces) < number and not shows_glue)
    sums = _sums(pieces, number, groups) if number // groups >= _FEWEST_SUMMED else None
    breaks_sum = sums is not None and sums.can_be_made and not sums.summed
    return Glued(shows_glue, lacks_figures, breaks_sum, sums)


def _sums(pieces: tuple[str, ...], number: int, groups: int) -> Sums | None:
    try:
        counts = Counts(pieces)
        if not counts.can_make(number):
            return Sums(None, (), False)
        summed = counts.that_add_up(number // groups, groups)
        return Sums(counts.only_way(number), tuple(summed), True)
    except TooMany:
        return None
