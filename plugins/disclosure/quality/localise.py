"""From sums that disagree to the cells behind it: the lightest explanation, and whether another is about as light.

One move that explains everything is looked for directly, then two: no two moves are as light as one, and no three as
light as two that weigh what `LIGHTEST_THREE` says (see moves.py). What is left is a mixed-integer programme.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from disclosure.quality.identities import Key
from disclosure.quality.moves import LIGHTEST_THREE, Move, patterns, single_cells
from disclosure.quality.pairs import two_moves, weight
from disclosure.quality.programme import Choice, Programme, Solution, together
from disclosure.quality.puzzle import Puzzle

RIVALS = 4  # explanations beside the first that are listed
PROGRAMMES = 2  # solved again to find them, at most, for each cause
MARGIN = 0.2  # what is heavier by less is as likely: a stale total (0.85) against a component (1.0) proves nothing


@dataclass(frozen=True)
class Explanation:
    """One cause: the moves that undo it. With rivals, which are about as light, the numbers alone cannot decide."""

    moves: tuple[Move, ...]
    rivals: tuple[tuple[Move, ...], ...] = ()
    places: frozenset[int] = frozenset()  # of the failing sums that it explains

    @property
    def is_decided(self) -> bool:
        return bool(self.moves) and not self.rivals


def explain(puzzle: Puzzle, template: str) -> list[Explanation]:
    """The causes of one puzzle. Where none can be found there is one without moves."""
    named = list(patterns(puzzle, template))
    direct: Sequence[tuple[Move, ...]] = [(move,) for move in single_moves(puzzle, named)]
    if not direct:
        pairs = two_moves(puzzle, named)
        direct = pairs if pairs and weight(pairs[0]) <= LIGHTEST_THREE else []
    if direct:
        lightest = [way for way in direct if weight(way) - weight(direct[0]) < MARGIN]
        return list(_of_ways(puzzle, lightest[0], lightest[1:]))
    programme = Programme(puzzle, named)
    solution = programme.solve()
    if solution is None:
        return [Explanation((), (), frozenset(puzzle.failing))]
    return [_judge(programme, solution, group) for group in _groups(puzzle, solution.moves)]


def _of_ways(
    puzzle: Puzzle, first: tuple[Move, ...], others: Sequence[tuple[Move, ...]]
) -> Iterator[Explanation]:
    """The causes of the first explanation. What another explanation has in common with it is not in doubt."""
    for group in _groups(puzzle, first):
        moves = tuple(first[place] for place in group)
        rest = [move for move in first if move not in moves]
        rivals: list[tuple[Move, ...]] = []
        for other in others:
            rival = tuple(move for move in other if move not in rest)
            if not all(move in other for move in moves) and rival not in rivals:
                rivals.append(rival)
        yield Explanation(moves, tuple(rivals[:RIVALS]), _explained(puzzle, moves))


def single_moves(puzzle: Puzzle, named: Iterable[Move]) -> list[Move]:
    """Every single move that makes all sums hold, lightest first; the same repair is listed once."""
    found: dict[frozenset[tuple[Key, object]], Move] = {}
    moves = (move for move in (*single_cells(puzzle), *named) if puzzle.is_solved_by(move.changes))
    for move in sorted(moves, key=lambda move: move.weight):
        found.setdefault(frozenset(move.changes.items()), move)
    return list(found.values())


def _groups(puzzle: Puzzle, moves: Sequence[Move]) -> list[list[int]]:
    """Moves that share a sum belong to one cause. Places in `moves`."""
    groups: list[tuple[set[int], list[int]]] = []
    for place, move in enumerate(moves):
        sums = puzzle.touched(move.changes)
        near = [group for group in groups if group[0] & sums]
        groups = [group for group in groups if not group[0] & sums]
        joined = sums.union(*(group[0] for group in near))
        groups.append((joined, sorted([place, *(one for group in near for one in group[1])])))
    return [members for _, members in sorted(groups, key=lambda group: group[1])]


def _judge(programme: Programme, solution: Solution, group: Sequence[int]) -> Explanation:
    """Whether anything else could stand in the place of the group's moves: the programme again, with them cut off."""
    puzzle = programme.puzzle
    binaries = sorted(solution.choice)
    moves = tuple(solution.moves[place] for place in group)
    others = [move for place, move in enumerate(solution.moves) if place not in group]
    cut: Choice = frozenset(binaries[place] for place in group)
    rivals: list[tuple[Move, ...]] = []
    again = Programme(puzzle, programme.named)
    while len(rivals) < PROGRAMMES:
        again.cut(cut)
        rival = again.solve(solution.weight + MARGIN)
        if rival is None:
            break
        rivals.append(tuple(move for move in rival.moves if move not in others))
        cut = frozenset(
            place
            for place, move in zip(sorted(rival.choice), rival.moves, strict=True)
            if move not in others
        )
    if not rivals and not _is_fixed(puzzle, moves):
        rivals.append(moves)
    return Explanation(moves, tuple(rivals), _explained(puzzle, moves))


def _explained(puzzle: Puzzle, moves: Sequence[Move]) -> frozenset[int]:
    return frozenset(puzzle.touched(together(moves)) & puzzle.failing.keys())


def _is_fixed(puzzle: Puzzle, moves: Iterable[Move]) -> bool:
    """Whether the cells that change leave their values no room: as many independent sums as cells."""
    cells = [key for move in moves if len(move.changes) == 1 for key in move.changes]
    matrix = np.zeros((len(puzzle.identities), len(cells)))
    for column, key in enumerate(cells):
        for place, sign in puzzle.uses[key]:
            matrix[place, column] = sign
    return not cells or int(np.linalg.matrix_rank(matrix)) == len(cells)
