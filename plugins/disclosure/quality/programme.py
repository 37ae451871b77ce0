"""The lightest set of moves after which every sum holds, as a mixed-integer programme solved by HiGHS.

Error localisation after Fellegi and Holt (1976): a binary for each cell says whether it changes, an integer by how
much; a binary for each pattern says whether it happened. highspy is HiGHS' own package: scipy wraps an older one, which
prints a line of its own past its settings, and takes half a second to import.

Most cells of a table are alike: any row whose sum holds can carry a difference from one column to another. So of the
rows and columns without a failing sum only those with the largest figures stand in for the rest; what they could
explain, others could too, and nothing is decided by them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from math import inf
from typing import Any

from disclosure.quality.identities import Key
from disclosure.quality.moves import (
    COMPONENT,
    LEFT_ZERO,
    TOTAL,
    Move,
    cell_move,
    is_total,
    name_slip,
)
from disclosure.quality.puzzle import Puzzle

SECONDS = 2.0  # for one programme; one that takes longer decides nothing
STAND_INS = 2  # at least, of rows and of columns
FLOWS = ("received_new", "carried_in", "processed_total", "carried_out")

Row = tuple[float, float, dict[int, float]]
"""Lower bound, upper bound, and what each column counts."""

Choice = frozenset[int]
"""The binaries that are 1, by place: cells first, then patterns."""


@dataclass(frozen=True)
class Solution:
    choice: Choice
    moves: tuple[Move, ...]
    weight: float


@dataclass
class Programme:
    """The programme over one puzzle; `cut` forbids a choice and all that contain it."""

    puzzle: Puzzle
    named: Sequence[Move]  # patterns that may have happened
    cells: list[Key] = field(init=False)
    moves: list[Move] = field(init=False)
    cuts: list[Choice] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.cells = active_cells(self.puzzle)
        self.moves = [
            *(move for move in self.named if _is_useful(self.puzzle, move)),
            *_slips(self.puzzle, self.cells),
        ]

    def cut(self, choice: Choice) -> None:
        self.cuts.append(choice)

    def solve(self, at_most: float = inf) -> Solution | None:
        """The lightest moves, of this weight at most; None when there are none, or time ran out."""
        # Most failing reports need no programme, and a night or a document without failing sums none at all.
        import highspy

        solver = highspy.Highs()
        solver.setOptionValue("output_flag", False)
        solver.setOptionValue("threads", 1)
        solver.setOptionValue("time_limit", SECONDS)
        solver.passModel(self._model(highspy, at_most))
        solver.run()
        if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        return self._read(solver.getSolution().col_value, solver.getObjectiveValue())

    def _model(self, highspy: Any, at_most: float) -> Any:
        """Columns: changes of cells, whether they change, whether patterns happened. All are whole numbers."""
        count, named = len(self.cells), len(self.moves)
        most = sum(abs(float(off)) for off in self.puzzle.failing.values())
        model = highspy.HighsLp()
        model.num_col_ = 2 * count + named
        model.col_cost_ = [0.0] * count + self._weights()
        model.col_lower_ = [self._least(key, most) for key in self.cells] + [0.0] * (count + named)
        model.col_upper_ = [most] * count + [1.0] * (count + named)
        model.integrality_ = [highspy.HighsVarType.kInteger] * model.num_col_
        rows = [*self._sums(), *self._links(most), *self._cuts()]
        if at_most < inf:  # told in advance, it spares the solver most of its search
            rows.append((-inf, at_most, dict(enumerate(self._weights(), start=count))))
        model.num_row_ = len(rows)
        model.row_lower_ = [low for low, _, _ in rows]
        model.row_upper_ = [high for _, high, _ in rows]
        matrix = model.a_matrix_
        matrix.format_ = highspy.MatrixFormat.kRowwise
        matrix.start_ = [0, *accumulate(len(terms) for _, _, terms in rows)]
        matrix.index_ = [column for _, _, terms in rows for column in terms]
        matrix.value_ = [value for _, _, terms in rows for value in terms.values()]
        return model

    def _least(self, key: Key, most: float) -> float:
        """A cell may fall to 0, and no further; one that is below 0 may stay."""
        return min(0.0, max(-most, -float(self.puzzle.values[key])))

    def _weights(self) -> list[float]:
        return [_weight(self.puzzle, key) for key in self.cells] + [
            move.weight for move in self.moves
        ]

    def _sums(self) -> Iterator[Row]:
        """Every sum holds after the changes."""
        count = len(self.cells)
        rows: list[dict[int, float]] = [{} for _ in self.puzzle.identities]
        for place, key in enumerate(self.cells):
            for identity, sign in self.puzzle.uses[key]:
                rows[identity][place] = sign
        for place, move in enumerate(self.moves):
            for identity, by in self.puzzle.effect(move.changes).items():
                rows[identity][2 * count + place] = float(by)
        for off, terms in zip(self.puzzle.residuals, rows, strict=True):
            yield -float(off), -float(off), terms

    def _links(self, most: float) -> Iterator[Row]:
        """A cell changes only when its binary is 1."""
        count = len(self.cells)
        for place, key in enumerate(self.cells):
            yield -inf, 0.0, {place: 1.0, count + place: -most}
            yield 0.0, inf, {place: 1.0, count + place: -self._least(key, most)}

    def _cuts(self) -> Iterator[Row]:
        count = len(self.cells)
        for choice in self.cuts:
            yield -inf, len(choice) - 1.0, {count + place: 1.0 for place in choice}

    def _read(self, found: Sequence[float], weight: float) -> Solution | None:
        """The moves of a solution. What the solver rounded wrongly is no solution."""
        count = len(self.cells)
        choice = frozenset(place for place, value in enumerate(found[count:]) if value > 0.5)
        moves = []
        for place in sorted(choice):
            if place >= count:
                moves.append(self.moves[place - count])
            else:
                change = round(found[place])
                moves.append(cell_move(self.puzzle, self.cells[place], change))
        if not self.puzzle.is_solved_by(together(moves)):
            return None
        return Solution(choice, tuple(moves), weight)


def together(moves: Iterable[Move]) -> dict[Key, int]:
    """What the moves add to each cell, taken together."""
    changes: dict[Key, int] = {}
    for move in moves:
        for key, by in move.changes.items():
            changes[key] = changes.get(key, 0) + by  # type: ignore[assignment]
    return {key: by for key, by in changes.items() if by}


def _weight(puzzle: Puzzle, key: Key) -> float:
    """Without what its new value may say: that a digit slipped is a move of its own."""
    if not is_total(key):
        return COMPONENT
    return LEFT_ZERO if puzzle.values[key] == 0 else TOTAL


def _is_useful(puzzle: Puzzle, move: Move) -> bool:
    """Whether the pattern sets a sum right, and breaks none."""
    effect = puzzle.effect(move.changes)
    rights = (puzzle.failing.get(place) == -by for place, by in effect.items())
    return all(place in puzzle.failing for place in effect) and any(rights)


def _slips(puzzle: Puzzle, cells: Iterable[Key]) -> list[Move]:
    """Slips of a digit that would set a sum right."""
    found = {}
    for key in cells:
        for place, sign in puzzle.uses[key]:
            off = puzzle.failing.get(place, 0)
            printed = puzzle.values[key]
            change = -off * sign
            if off and puzzle.is_possible({key: change}) and name_slip(printed, printed + change):
                found[key, change] = cell_move(puzzle, key, change)
    return list(found.values())


def active_cells(puzzle: Puzzle) -> list[Key]:
    """The cells of rows and columns with a failing sum, of the rows between years, and of stand-ins for the rest."""
    failing = [puzzle.identities[place] for place in puzzle.failing]
    rows = {one.subject for one in failing if one.rule == "T3-ROW-SUM"}
    columns = {one.subject for one in failing if one.rule != "T3-ROW-SUM"}
    all_rows = {key[1] for key in puzzle.values} - set(FLOWS)
    all_columns = {key[2] for key in puzzle.values} - {"total"}
    active_rows = {*rows, *FLOWS, *_largest(puzzle, all_rows - rows, columns, 1)}
    active_columns = {*columns, "total", *_largest(puzzle, all_columns - columns, rows, 2)}
    return [key for key in puzzle.values if key[1] in active_rows and key[2] in active_columns]


def _largest(puzzle: Puzzle, names: set[str], across: set[str], axis: int) -> set[str]:
    """Of rows (axis 1) or columns (axis 2) those with the largest figure in each of the lines across them."""

    def figure(name: str, line: str) -> float:
        key = (name, line) if axis == 1 else (line, name)
        return float(puzzle.values.get(("applications", *key), 0))

    ordered = sorted(names)
    chosen = {max(ordered, key=lambda name: figure(name, line)) for line in across if ordered}
    spare = [name for name in ordered if name not in chosen]
    return chosen | set(spare[: max(0, STAND_INS - len(chosen))])
