"""Ruling lines become tables: which lines belong together, and the cells that they enclose, with their true spans."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from disclosure.parse.pdf_page import Box, Rule

_NEAR = 2.5  # points; lines closer than that are one, drawn cell by cell or double
_SHORTEST = 4.0
_WALL = 0.5  # of a cell's side that a line must cover to part it from the next cell
_MOST_RULES = 4_000  # put together, on a page; more are a drawing


@dataclass(slots=True)
class Enclosed:
    """A cell: what its lines enclose. Rows and columns count from 0 within its table."""

    box: Box
    row: int
    column: int
    rowspan: int
    colspan: int


@dataclass(slots=True)
class Ruled:
    """A table drawn with lines. `is_whole` is false where a line is missing, so that a cell has no four corners."""

    box: Box
    cells: list[Enclosed] = field(default_factory=list)
    rows: int = 0
    is_whole: bool = True


def find_tables(rules: Iterable[Rule]) -> list[Ruled]:
    """Given a page's ruling lines, return its tables from top to bottom."""
    joined = join_rules(rules)
    if len(joined) > _MOST_RULES:
        return []
    tables = [table for group in _together(joined) if (table := _table(group))]
    return sorted(_outermost(tables), key=lambda table: (table.box.top, table.box.left))


def join_rules(rules: Iterable[Rule]) -> list[Rule]:
    """Lines that are drawn in pieces, or twice, as one."""
    joined: list[Rule] = []
    for is_level in (True, False):
        lines = sorted((rule for rule in rules if rule.is_level == is_level), key=lambda r: r.at)
        for group in _close(lines):
            at = sum(rule.at for rule in group) / len(group)
            reaches = _unite((rule.start, rule.end) for rule in group)
            joined += [Rule(is_level, at, a, b) for a, b in reaches if b - a >= _SHORTEST]
    return joined


def _close(lines: Sequence[Rule]) -> list[list[Rule]]:
    groups: list[list[Rule]] = []
    for rule in lines:
        if groups and rule.at - groups[-1][0].at <= _NEAR:
            groups[-1].append(rule)
        else:
            groups.append([rule])
    return groups


def _unite(reaches: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    united: list[tuple[float, float]] = []
    for start, end in sorted(reaches):
        if united and start <= united[-1][1] + _NEAR:
            united[-1] = (united[-1][0], max(united[-1][1], end))
        else:
            united.append((start, end))
    return united


def _together(rules: Sequence[Rule]) -> list[list[Rule]]:
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
            if _meet(rules[one], rules[other]):
                parents[root(one)] = root(other)
    groups: dict[int, list[Rule]] = defaultdict(list)
    for at, rule in enumerate(rules):
        groups[root(at)].append(rule)
    return list(groups.values())


def _meet(level: Rule, upright: Rule) -> bool:
    return (
        level.start - _NEAR <= upright.at <= level.end + _NEAR
        and upright.start - _NEAR <= level.at <= upright.end + _NEAR
    )


def _outermost(tables: list[Ruled]) -> list[Ruled]:
    """Without tables that stand inside a cell of another."""
    return [
        table
        for table in tables
        if not any(other is not table and _holds(other.box, table.box) for other in tables)
    ]


def _holds(outer: Box, inner: Box) -> bool:
    return (
        outer.left - _NEAR <= inner.left
        and outer.top - _NEAR <= inner.top
        and inner.right <= outer.right + _NEAR
        and inner.bottom <= outer.bottom + _NEAR
    )


def _table(rules: Sequence[Rule]) -> Ruled | None:
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
    regions = _regions(xs, ys, levels, uprights)
    table = Ruled(Box(xs[0], ys[0], xs[-1], ys[-1]), rows=len(ys) - 1)
    for region in regions:
        for row, column, rowspan, colspan in _rectangles(region):
            box = Box(xs[column], ys[row], xs[column + colspan], ys[row + rowspan])
            table.cells.append(Enclosed(box, row, column, rowspan, colspan))
            table.is_whole &= rowspan * colspan == len(region)
    table.cells.sort(key=lambda cell: (cell.row, cell.column))
    return table if len(table.cells) > 1 else None


def _stops(positions: Sequence[float]) -> list[float]:
    stops: list[float] = []
    for position in sorted(positions):
        if not stops or position - stops[-1] > _NEAR:
            stops.append(position)
    return stops


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
