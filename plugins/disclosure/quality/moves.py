"""How such reports go wrong, as moves: a change of one cell, or of several by a known pattern, each with a weight.

The weights order explanations, no more: the lighter, the likelier. Two rules hold among them. A total left 0 or stale
is lighter than a component; and no pattern is as heavy as two cells, so that one move that explains everything is
always the lightest explanation, and needs no programme to be found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain, pairwise

from disclosure.form import APPLICANT_TYPES, TEMPLATES, Table
from disclosure.quality.identities import Key
from disclosure.quality.puzzle import Changes, Number, Puzzle

LEFT_ZERO = 0.7  # a total that prints 0
TOTAL_DIGIT = 0.7  # a total that is one slip of a digit away
DIGIT = 0.8  # a component that is one slip of a digit away
TOTAL = 0.85
COMPONENT = 1.0
PATTERN = 1.3
RARE_PATTERN = 1.35
LIGHTEST_THREE = 3 * LEFT_ZERO


@dataclass(frozen=True)
class Move:
    """One thing that may have gone wrong, undone: `kind` names it."""

    kind: str
    changes: Changes
    weight: float


def is_total(key: Key) -> bool:
    return key[1] == "processed_total" or key[2] == "total"


def cell_move(puzzle: Puzzle, key: Key, change: Number) -> Move:
    """The change of one cell, named and weighed by what is printed and what would be."""
    printed = puzzle.values[key]
    kind = "total" if is_total(key) else "component"
    if is_total(key) and printed == 0:
        return Move("total_left_zero", {key: change}, LEFT_ZERO)
    if slip := name_slip(printed, printed + change):
        return Move(slip, {key: change}, TOTAL_DIGIT if is_total(key) else DIGIT)
    return Move(kind, {key: change}, TOTAL if is_total(key) else COMPONENT)


def name_slip(printed: Number, meant: Number) -> str:
    """The slip of a digit that makes one number of the other; empty where none does."""
    is_, was = str(printed), str(meant)
    if len(was) == len(is_) + 1 and is_ != "0":
        return "digit_dropped" if is_ in _without_one(was) else ""
    if len(is_) == len(was) + 1 and was != "0":
        return "digit_doubled" if was in _without_a_double(is_) else ""
    return "digits_transposed" if was in _transposed(is_) and not was.startswith("0") else ""


def _without_one(digits: str) -> set[str]:
    return {digits[:i] + digits[i + 1 :] for i in range(len(digits))}


def _without_a_double(digits: str) -> set[str]:
    return {
        digits[:i] + digits[i + 1 :] for i in range(1, len(digits)) if digits[i] == digits[i - 1]
    }


def _transposed(digits: str) -> set[str]:
    return {
        digits[:i] + digits[i + 1] + digits[i] + digits[i + 2 :]
        for i in range(len(digits) - 1)
        if digits[i] != digits[i + 1]
    }


def single_cells(puzzle: Puzzle) -> Iterator[Move]:
    """Changes of one cell that set right every sum the cell is in and that is off."""
    first, off = next(iter(puzzle.failing.items()))
    for key, sign in puzzle.identities[first].terms:
        change = -off * sign
        if puzzle.is_possible({key: change}):
            yield cell_move(puzzle, key, change)


def patterns(puzzle: Puzzle, template: str) -> Iterator[Move]:
    """Every compound fault that the printed numbers could have come from, undone."""
    makers: tuple[Callable[[Puzzle, Table], Iterator[Move]], ...] = (
        _swaps,
        _carries_exchanged,
        _totals_not_kept,
    )
    tables = {key[0] for key in puzzle.values}
    for table in TEMPLATES[template].tables:
        if table.code in tables:
            found = chain.from_iterable(make(puzzle, table) for make in makers)
            yield from (move for move in found if move.changes and puzzle.is_possible(move.changes))


def _swaps(puzzle: Puzzle, table: Table) -> Iterator[Move]:
    """Two neighbours exchanged. Where one prints 0, a value has slipped into the next column or row."""
    items = list(dict.fromkeys(item for item, _ in table.cells))
    columns = list(dict.fromkeys(column for _, column in table.cells))
    across = (
        ((table.code, item, one), (table.code, item, other), "next_column")
        for item in items
        for one, other in pairwise(columns)
    )
    down = (
        ((table.code, one, column), (table.code, other, column), "next_row")
        for column in columns
        for one, other in pairwise(items)
    )
    for one, other, slipped in chain(across, down):
        if one in puzzle.values and other in puzzle.values:
            changes = exchange(puzzle, one, other)
            has_zero = 0 in (puzzle.values[one], puzzle.values[other])
            yield Move(slipped if has_zero else "swapped", changes, PATTERN)


def exchange(puzzle: Puzzle, one: Key, other: Key) -> Changes:
    """What exchanges the two cells' values; empty where they are the same."""
    by = puzzle.values[other] - puzzle.values[one]
    return {one: by, other: -by} if by else {}


def _carries_exchanged(puzzle: Puzzle, table: Table) -> Iterator[Move]:
    pairs = [
        ((table.code, "carried_in", column.code), (table.code, "carried_out", column.code))
        for column in APPLICANT_TYPES
    ]
    known = [pair for pair in pairs if all(key in puzzle.values for key in pair)]
    of_columns = [exchange(puzzle, *pair) for pair in known]
    yield Move("carries_exchanged", dict(chain.from_iterable(map(dict.items, of_columns))), PATTERN)
    yield from (Move("carries_exchanged", changes, RARE_PATTERN) for changes in of_columns)


def _totals_not_kept(puzzle: Puzzle, table: Table) -> Iterator[Move]:
    """The row （七）总计, or the column 总计, as its parts say it, in all places at once."""
    for rule in ("T3-OUTCOME-SUM", "T3-ROW-SUM"):
        changes = {
            puzzle.identities[place].terms[-1][0]: off
            for place, off in puzzle.failing.items()
            if puzzle.identities[place].rule == rule
            and puzzle.identities[place].terms[-1][0][0] == table.code
        }
        if len(changes) > 1:
            yield Move("totals_not_kept", changes, PATTERN)
