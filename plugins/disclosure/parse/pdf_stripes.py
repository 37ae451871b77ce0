"""Tables in which every second row is shaded, cell by cell, and nothing is drawn between the others: shaded rows of the same
columns are one table, and the rows between are cut where those next to them are, as far as nothing printed stands over the
cut or near to it on both sides.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from itertools import pairwise

from disclosure.parse.pdf_lines import lines_of
from disclosure.parse.pdf_shapes import DIGIT, Box, Glyph, Rule

_ALIKE = 2.5  # points
_APART = 0.5  # of the height of text: what is nearer to each other may be one text

_FARTHEST = 10  # times what is no room for a line: the rows between two shaded ones
_NEXT = 3  # times it, where one of them is a row of one cell
_FEWEST = 3  # upright lines that two shaded rows of one table have in common

Piece = tuple[int, int, int, int]  # row, column, rowspan, colspan


def of_one_table(groups: Sequence[list[Rule]], room: float) -> list[list[Rule]]:
    """The sides of shaded boxes that touch, put together with those that stand among them, or next to them in the same
    columns."""
    found: list[list[Rule]] = []
    for group in sorted(groups, key=lambda each: _extent(each).top):
        near = next((e for e in reversed(found) if _is_of_one(e, group, room)), None)
        if near is None:
            found.append(list(group))
        else:
            near += group
    return found


def _is_of_one(one: Sequence[Rule], other: Sequence[Rule], room: float) -> bool:
    above, below = _extent(one), _extent(other)
    if above.left < below.right and below.left < above.right and below.top < above.bottom:
        return True
    uprights = [{round(rule.at) for rule in each if not rule.is_level} for each in (one, other)]
    is_bare = min(map(len, uprights)) < _FEWEST
    return (
        (is_bare or len(uprights[0] & uprights[1]) >= _FEWEST)
        and (not is_bare or abs(above.left - below.left) < _ALIKE)
        and abs(above.right - below.right) < _ALIKE
        and below.top - above.bottom < (_NEXT if is_bare else _FARTHEST) * room
    )


def _extent(rules: Sequence[Rule]) -> Box:
    levels = [rule for rule in rules if rule.is_level]
    if not levels:
        return Box(0, 0, 0, 0)
    return Box(
        min(rule.start for rule in levels),
        min(rule.at for rule in levels),
        max(rule.end for rule in levels),
        max(rule.at for rule in levels),
    )


def cut_stripe(
    piece: Piece,
    xs: Sequence[float],
    ys: Sequence[float],
    walls: Set[tuple[int, int]],
    shades: Sequence[Box],
    glyphs: Sequence[Glyph],
) -> list[Piece]:
    """Given a cell of a table of shaded boxes, return the cells it is cut into.

    `walls` are the pairs (column, row) before which a line or a box's side stands.
    """
    row, column, rowspan, colspan = piece
    box = Box(xs[column], ys[row], xs[column + colspan], ys[row + rowspan])
    if rowspan > 1 or colspan == 1 or any(_is_alike(box, shade) for shade in shades):
        return [piece]
    within = [glyph for glyph in glyphs if _stands_in(glyph, box)]
    beside = [
        {at for at, of in walls if of == other}
        for other in (row - 1, row + 1)
        if 0 <= other < len(ys) - 1
    ]
    possible, sure = set().union(*beside), beside[0].intersection(*beside[1:]) if beside else set()
    cuts = [
        at
        for at in range(column + 1, column + colspan)
        if at in possible and _is_clear(xs[at], within)
    ]
    stops = _stops([column, *cuts, column + colspan], sure, xs, within)
    columns = [_between(xs[start], xs[end], within) for start, end in pairwise(stops)]
    figures = [each for each in columns if each and all(DIGIT.match(g.text) for g in each)]
    if figures and all(len(lines_of(each)) > 1 for each in figures):
        return [piece]  # several rows
    return [(row, start, 1, end - start) for start, end in pairwise(stops)]


def _stops(
    stops: list[int], sure: Set[int], xs: Sequence[float], glyphs: Sequence[Glyph]
) -> list[int]:
    """The stops without those that only one of the rows beside has, where nothing is printed on one side of them: a cell
    may be merged there."""
    at = 1
    while at < len(stops) - 1:
        before, behind = pairwise(stops[at - 1 : at + 2])
        if stops[at] in sure or all(
            _between(xs[start], xs[end], glyphs) for start, end in (before, behind)
        ):
            at += 1
        else:
            del stops[at]
    return stops


def _between(left: float, right: float, glyphs: Sequence[Glyph]) -> list[Glyph]:
    return [glyph for glyph in glyphs if left <= (glyph.left + glyph.right) / 2 < right]


def _is_alike(one: Box, other: Box) -> bool:
    return all(abs(a - b) <= _ALIKE for a, b in zip(one, other, strict=True))


def _stands_in(glyph: Glyph, box: Box) -> bool:
    across, down = (glyph.left + glyph.right) / 2, (glyph.top + glyph.bottom) / 2
    return box.left <= across < box.right and box.top <= down < box.bottom


def _is_clear(at: float, glyphs: Sequence[Glyph]) -> bool:
    if any(glyph.left < at < glyph.right for glyph in glyphs):
        return False
    # What is farther from the cut than that is near to nothing behind it.
    reach = _APART * max((glyph.bottom - glyph.top for glyph in glyphs), default=0.0)
    before = [glyph for glyph in glyphs if at - reach < glyph.right <= at]
    behind = [glyph for glyph in glyphs if at <= glyph.left < at + reach]
    return not any(
        one.top < other.bottom
        and other.top < one.bottom
        and other.left - one.right < _APART * (one.bottom - one.top)
        for one in before
        for other in behind
    )
