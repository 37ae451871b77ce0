"""Ruling lines become tables: which lines belong together, and the cells that they enclose, with their true spans."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from disclosure.parse.pdf_shapes import Box, Glyph, Rule, overlap
from disclosure.parse.pdf_stripes import cut_stripe, of_one_table
from disclosure.parse.pdf_strokes import without_strokes

_NEAR = 2.5  # points; lines closer than that are one, drawn cell by cell or double
_SHORTEST = 4.0
_DOT_APART = 0.3  # points by which the dots of one line may stand off it
_OVER = 0.5  # points by which text may reach over a line
_TEXT = 0.9  # of the height of text: what is narrower and empty is no cell but the room between two lines
_WALL = 0.5  # of a cell's side that a line must cover to part it from the next cell
_MOST_RULES = 4_000  # put together, on a page; more are a drawing


@dataclass(slots=True)
class Enclosed:
    """A cell: what its lines enclose. Rows and columns count from 0 within its table. `is_marked` says that something other
    than text is drawn in it."""

    box: Box
    row: int
    column: int
    rowspan: int
    colspan: int
    is_marked: bool = False


@dataclass(slots=True)
class Ruled:
    """A table drawn with lines. `is_whole` is false where a line is missing, so that a cell has no four corners."""

    box: Box
    cells: list[Enclosed] = field(default_factory=list)
    rows: int = 0
    is_whole: bool = True


def find_tables(
    rules: Sequence[Rule], glyphs: Sequence[Glyph] = (), shades: Sequence[Box] = ()
) -> list[Ruled]:
    """Given a page's ruling lines, its text and its shaded boxes, return its tables from top to bottom.

    Shaded boxes are cells where there are no lines.
    """
    tables = _tables(rules, glyphs)
    bare = [box for box in shades if not any(overlap(box, table.box) for table in tables)]
    if bare:
        tables += _tables([side for box in bare for side in _sides(box)], glyphs, bare)
    return sorted(tables, key=lambda table: (table.box.top, table.box.left))


def _tables(
    rules: Sequence[Rule], glyphs: Sequence[Glyph], shades: Sequence[Box] = ()
) -> list[Ruled]:
    apart = _room(glyphs)
    joined = join_rules(without_strokes(rules, glyphs), apart)
    if len(joined) > _MOST_RULES:
        return []
    groups = _together(joined, apart)
    if shades:
        groups = of_one_table(groups, apart)
    return _not_nested([table for each in groups if (table := _table(each, glyphs, shades))])


def _sides(box: Box) -> list[Rule]:
    return [
        *(Rule(True, at, box.left, box.right) for at in (box.top, box.bottom)),
        *(Rule(False, at, box.top, box.bottom) for at in (box.left, box.right)),
    ]


def _room(glyphs: Sequence[Glyph]) -> float:
    """The room that is too little for a line of the smaller text."""
    heights = sorted(glyph.bottom - glyph.top for glyph in glyphs)
    return max(_TEXT * heights[len(heights) // 10], _NEAR) if heights else _NEAR


def join_rules(rules: Sequence[Rule], apart: float) -> list[Rule]:
    """Lines that are drawn in pieces no more than `apart` from each other, or twice, as one."""
    joined: list[Rule] = []
    for is_level in (True, False):
        lines = [rule for rule in rules if rule.is_level == is_level]
        for group in _close(_without_dots(lines), _NEAR):
            joined += [_one(piece) for piece in _unite(group, apart)]
    return [rule for rule in joined if rule.end - rule.start >= _SHORTEST]


def _one(pieces: Sequence[Rule]) -> Rule:
    """The line that its pieces make. Where they stand apart, it stands between them: the longer ones decide."""
    length = sum(piece.end - piece.start for piece in pieces) or 1.0
    at = sum(piece.at * (piece.end - piece.start) for piece in pieces) / length
    start, end = min(piece.start for piece in pieces), max(piece.end for piece in pieces)
    return Rule(pieces[0].is_level, at, start, end)


def _without_dots(lines: Iterable[Rule]) -> list[Rule]:
    """Dots and dashes put together where they make a line; those that do not are of a line that goes the other way."""
    kept: list[Rule] = []
    small: list[Rule] = []
    for rule in lines:
        (kept if rule.end - rule.start >= _SHORTEST else small).append(rule)
    for group in _close(small, _DOT_APART):
        lines_made = (_one(piece) for piece in _unite(group, _SHORTEST))
        kept += [line for line in lines_made if line.end - line.start >= _SHORTEST]
    return kept


def _close(lines: Iterable[Rule], apart: float) -> list[list[Rule]]:
    groups: list[list[Rule]] = []
    for rule in sorted(lines, key=lambda rule: rule.at):
        if groups and rule.at - groups[-1][0].at <= apart:
            groups[-1].append(rule)
        else:
            groups.append([rule])
    return groups


def _unite(lines: Iterable[Rule], apart: float) -> list[list[Rule]]:
    """Lines that overlap, or are no more than that from each other along their way."""
    united: list[list[Rule]] = []
    end = 0.0
    for line in sorted(lines, key=lambda line: line.start):
        if united and line.start <= end + apart:
            united[-1].append(line)
            end = max(end, line.end)
        else:
            united.append([line])
            end = line.end
    return united


def _together(rules: Sequence[Rule], apart: float) -> list[list[Rule]]:
    """Lines that meet, directly or through others."""
    parents = list(range(len(rules)))

    def root(one: int) -> int:
        while parents[one] != one:
            parents[one] = parents[parents[one]]
            one = parents[one]
        return one

    levels = [at for at, rule in enumerate(rules) if rule.is_level]
    uprights = [at for at, rule in enumerate(rules) if not rule.is_level]
    for one in levels:
        for other in uprights:
            if _meet(rules[one], rules[other], apart):
                parents[root(one)] = root(other)
    groups: dict[int, list[Rule]] = defaultdict(list)
    for at, rule in enumerate(rules):
        groups[root(at)].append(rule)
    return list(groups.values())


def _meet(level: Rule, upright: Rule, apart: float) -> bool:
    return (
        level.start - apart <= upright.at <= level.end + apart
        and upright.start - apart <= level.at <= upright.end + apart
    )


def _not_nested(tables: list[Ruled]) -> list[Ruled]:
    """Of a table and one that stands inside a cell of it, the one with more cells: either frames it or decorates it."""
    left_out: set[int] = set()
    for outer in tables:
        for inner in tables:
            if inner is not outer and _holds(outer.box, inner.box):
                fewer = min(inner, outer, key=lambda table: len(table.cells))
                left_out.add(id(fewer))
    return [table for table in tables if id(table) not in left_out]


def _holds(outer: Box, inner: Box) -> bool:
    return (
        outer.left - _NEAR <= inner.left
        and outer.top - _NEAR <= inner.top
        and inner.right <= outer.right + _NEAR
        and inner.bottom <= outer.bottom + _NEAR
    )


def _table(rules: Sequence[Rule], glyphs: Sequence[Glyph], shades: Sequence[Box]) -> Ruled | None:
    """The cells that lines enclose; None for a frame or an underlined text. Sides left open are closed where the lines
    end, as where a table has no lines at its left and right, or goes on overleaf."""
    levels = [rule for rule in rules if rule.is_level]
    uprights = [rule for rule in rules if not rule.is_level]
    if len(levels) < 2 or not uprights:
        return None
    xs = _stops([r.at for r in uprights] + [x for r in levels for x in (r.start, r.end)])
    ys = _stops([r.at for r in levels] + [y for r in uprights for y in (r.start, r.end)])
    if (len(xs) - 1) * (len(ys) - 1) < 2 or (len(xs) - 1) * (len(ys) - 1) > _MOST_RULES * 4:
        return None
    within = [
        glyph
        for glyph in glyphs
        if xs[0] <= (glyph.left + glyph.right) / 2 <= xs[-1]
        and ys[0] <= (glyph.top + glyph.bottom) / 2 <= ys[-1]
    ]
    xs = _without_gaps(xs, [(glyph.left, glyph.right) for glyph in within], _room(within))
    ys = _without_gaps(ys, [(glyph.top, glyph.bottom) for glyph in within], _room(within))
    regions = _regions(xs, ys, levels, uprights)
    walls = _walls(uprights, xs, ys) if shades else set()
    table = Ruled(Box(xs[0], ys[0], xs[-1], ys[-1]), rows=len(ys) - 1)
    for region in regions:
        for piece in _rectangles(region):
            table.is_whole &= piece[2] * piece[3] == len(region)
            for cell in cut_stripe(piece, xs, ys, walls, shades, within) if walls else (piece,):
                row, column, rowspan, colspan = cell
                box = Box(xs[column], ys[row], xs[column + colspan], ys[row + rowspan])
                table.cells.append(Enclosed(box, *cell))
    table.cells.sort(key=lambda cell: (cell.row, cell.column))
    return table if len(table.cells) > 1 else None


def _stops(positions: Sequence[float]) -> list[float]:
    stops: list[float] = []
    for position in sorted(positions):
        if not stops or position - stops[-1] > _NEAR:
            stops.append(position)
    return stops


def _without_gaps(
    stops: list[float], extents: Sequence[tuple[float, float]], apart: float
) -> list[float]:
    """Stops with those put together between which there is no room for text, and none: the two strokes of a double
    line, or the sides of two cells with room between them."""
    ordered = sorted(extents)
    groups: list[list[float]] = [[stops[0]]]
    for stop in stops[1:]:
        last = groups[-1][-1]
        is_near = stop - last < apart and stop - groups[-1][0] < 2 * apart
        if is_near and not _holds_text(ordered, last - _OVER, stop + _OVER):
            groups[-1].append(stop)
        else:
            groups.append([stop])
    return [(group[0] + group[-1]) / 2 for group in groups]


def _holds_text(extents: Sequence[tuple[float, float]], start: float, end: float) -> bool:
    first = bisect_left(extents, (start, start))
    for left, right in extents[first:]:
        if left >= end:
            return False
        if right <= end:
            return True
    return False


def _regions(
    xs: Sequence[float], ys: Sequence[float], levels: Sequence[Rule], uprights: Sequence[Rule]
) -> list[list[tuple[int, int]]]:
    """The smallest boxes between all lines, put together where no line parts them."""
    rows, columns = len(ys) - 1, len(xs) - 1
    above = _walls(levels, ys, xs)  # (row, column) has a line above it
    before = _walls(uprights, xs, ys)  # (column, row) has a line before it
    found: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for row in range(rows):
        for column in range(columns):
            own = [(row, column)]
            others = []
            if column and (column, row) not in before:
                others.append(found[row, column - 1])
            if row and (row, column) not in above:
                others.append(found[row - 1, column])
            for other in others:
                if other is not own and own[0] not in other:
                    other += own
                    for box in own:
                        found[box] = other
                    own = other
            found.setdefault((row, column), own)
    unique = {id(region): region for region in found.values()}
    return list(unique.values())


def _walls(
    rules: Sequence[Rule], across: Sequence[float], along: Sequence[float]
) -> set[tuple[int, int]]:
    walls = set()
    covered: dict[tuple[int, int], float] = defaultdict(float)
    for rule in rules:
        at = min(range(len(across)), key=lambda each: abs(across[each] - rule.at))
        for step, (start, end) in enumerate(pairwise(along)):
            covered[at, step] += max(min(end, rule.end) - max(start, rule.start), 0)
            if covered[at, step] >= _WALL * (end - start):
                walls.add((at, step))
    return walls


def _rectangles(region: list[tuple[int, int]]) -> list[tuple[int, int, int, int]]:
    """The region as row, column, rowspan and colspan; row by row where it is no rectangle."""
    rows, columns = [row for row, _ in region], [column for _, column in region]
    down, across = max(rows) - min(rows) + 1, max(columns) - min(columns) + 1
    if down * across == len(region):
        return [(min(rows), min(columns), down, across)]
    pieces: list[tuple[int, int, int, int]] = []
    for row, column in sorted(region):
        last = pieces[-1] if pieces else (-1, -1, 0, 0)
        if last[0] == row and last[1] + last[3] == column:
            pieces[-1] = (row, last[1], 1, last[3] + 1)
        else:
            pieces.append((row, column, 1, 1))
    return pieces
