"""Two moves that together explain everything, found without a programme.

Nothing is missed. Two cells share at most one sum, so one of the two sets some failing sum right by itself, and what it
leaves must be what a single cell or pattern undoes: a look-up.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from disclosure.quality.identities import Key
from disclosure.quality.moves import Move, cell_move
from disclosure.quality.programme import together
from disclosure.quality.puzzle import Number, Puzzle

Pair = tuple[Move, Move]
Left = dict[int, Number]
"""What a first move leaves of the failing sums, by place."""


def two_moves(puzzle: Puzzle, named: Sequence[Move]) -> list[Pair]:
    """Every pair of moves that makes all sums hold, lightest first; the same repair is listed once."""
    seconds = _Seconds(puzzle, named)
    found: dict[frozenset[tuple[Key, Number]], Pair] = {}
    pairs = (
        (first, second)
        for first in _firsts(puzzle, named)
        for second in seconds.of(_left(puzzle, first))
        if puzzle.is_solved_by(together((first, second)))
    )
    for pair in sorted(pairs, key=weight):
        found.setdefault(frozenset(together(pair).items()), pair)
    return list(found.values())


def weight(moves: Sequence[Move]) -> float:
    return sum(move.weight for move in moves)


def _firsts(puzzle: Puzzle, named: Sequence[Move]) -> Iterator[Move]:
    """Changes of one cell that set a failing sum right, and every pattern."""
    seen = set()
    for place, off in puzzle.failing.items():
        for key, sign in puzzle.identities[place].terms:
            change = -off * sign
            if (key, change) not in seen and puzzle.is_possible({key: change}):
                seen.add((key, change))
                yield cell_move(puzzle, key, change)
    yield from named


def _left(puzzle: Puzzle, move: Move) -> Left:
    left = dict(puzzle.failing)
    for place, by in puzzle.effect(move.changes).items():
        left[place] = left.get(place, 0) + by
    return {place: off for place, off in left.items() if off}


class _Seconds:
    """Single moves by what they undo."""

    def __init__(self, puzzle: Puzzle, named: Sequence[Move]) -> None:
        self.puzzle = puzzle
        self.cells: dict[frozenset[int], list[Key]] = defaultdict(list)
        for key, uses in puzzle.uses.items():
            self.cells[frozenset(place for place, _ in uses)].append(key)
        self.patterns: dict[frozenset[tuple[int, Number]], list[Move]] = defaultdict(list)
        for move in named:
            self.patterns[frozenset(puzzle.effect(move.changes).items())].append(move)

    def of(self, left: Left) -> Iterator[Move]:
        for key in self.cells.get(frozenset(left), ()):
            changes = {-left[place] * sign for place, sign in self.puzzle.uses[key]}
            if len(changes) == 1:
                change = changes.pop()
                if self.puzzle.is_possible({key: change}):
                    yield cell_move(self.puzzle, key, change)
        yield from self.patterns.get(frozenset((place, -off) for place, off in left.items()), ())
