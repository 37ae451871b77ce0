"""Reports with one injected fault: the wrong cell is named first, and what it should say; where nobody can, it is said.

The whole table is printed by benchmarks/causes.py.
"""

from decimal import Decimal
from functools import cache
from random import Random

import pytest

from disclosure.quality.localise import explain, single_moves
from disclosure.quality.moves import LIGHTEST_THREE, name_slip, patterns
from disclosure.quality.pairs import two_moves, weight
from disclosure.quality.programme import Programme
from disclosure.quality.puzzle import make_puzzles
from quality import cause_faults
from quality.cause_faults import CELLS, FAULTS, TEMPLATE, identities


@cache
def measure(fault):
    return cause_faults.measure(fault, reports=40)


@pytest.mark.parametrize("fault", FAULTS)
def test_the_wrong_cell_of_a_decidable_fault_is_named_first(fault):
    tally = measure(fault)
    assert tally.decidable >= 20
    assert tally.cell >= 0.95 * tally.decidable
    assert tally.value >= 0.95 * tally.decidable


@pytest.mark.parametrize("fault", FAULTS)
def test_what_is_suggested_for_an_undecidable_fault_is_seldom_wrong(fault):
    """A total of 0, or a slip of a digit, may be a chance; a stale total proves nothing and is not suggested."""
    tally = measure(fault)
    assert tally.claimed - tally.claimed_right <= 0.05 * tally.reports


def test_two_moves_found_directly_are_as_light_as_the_programme_finds_them():
    random, compared = Random(7), 0
    while compared < 12:
        values = cause_faults.make_report(random)
        for _ in range(2):
            random.choice(list(FAULTS.values()))(values, random)
        for puzzle in make_puzzles(values, identities()):
            named = list(patterns(puzzle, TEMPLATE))
            pairs = two_moves(puzzle, named)
            if pairs and not single_moves(puzzle, named) and weight(pairs[0]) <= LIGHTEST_THREE:
                solution = Programme(puzzle, named).solve()
                assert solution.weight == pytest.approx(weight(pairs[0]))
                compared += 1


@pytest.mark.parametrize(
    ("printed", "meant", "slip"),
    [
        (1, 12, "digit_dropped"),
        (2, 12, "digit_dropped"),
        (13, 123, "digit_dropped"),
        (0, 10, ""),  # a total of 0 was not filled in
        (122, 12, "digit_doubled"),
        (123, 12, ""),
        (21, 12, "digits_transposed"),
        (10, 1, ""),
        (12, 13, ""),
    ],
)
def test_slips_of_a_digit(printed, meant, slip):
    assert name_slip(printed, meant) == slip


A = "applications"

# what is printed where all else is 0 → the changes that undo it; none: it cannot be decided
ODDITIES = {
    "two totals left 0 in one row": (
        {(A, "received_new", "natural_person"): 1, (A, "received_new", "total"): 1}
        | {(A, "granted_full", "natural_person"): 1, (A, "granted_full", "total"): 1},
        {(A, "processed_total", "natural_person"): 1, (A, "processed_total", "total"): 1},
    ),
    "two faults far apart": (
        {(A, "denied_state_secret", "natural_person"): 3, (A, "granted_full", "other_org"): 2},
        {(A, "denied_state_secret", "natural_person"): -3, (A, "granted_full", "other_org"): -2},
    ),
    "two faults of one size: each row goes with either column": (
        {
            (A, row, column): 6
            if column == "total" and row in ("received_new", "processed_total")
            else 3
            for row in ("received_new", "granted_full", "denied_state_secret", "processed_total")
            for column in ("natural_person", "other_org", "total")
        },
        {},
    ),
    "a component of table four or its total": (
        {("disputes", "reconsideration", "upheld"): 2, ("disputes", "reconsideration", "total"): 3},
        {},
    ),
    "a total of table four left 0": (
        {("disputes", "reconsideration", "upheld"): 2},
        {("disputes", "reconsideration", "total"): 2},
    ),
    "a negative figure": (
        {(A, "granted_full", "natural_person"): -1},
        {(A, "granted_full", "natural_person"): 1},
    ),
    "a fraction": (
        {(A, "granted_full", "natural_person"): "1.5"},
        {(A, "granted_full", "natural_person"): Decimal("-1.5")},
    ),
}


@pytest.mark.parametrize("oddity", ODDITIES)
def test_oddities(oddity):
    printed, expected = ODDITIES[oddity]
    values = {key: Decimal(printed.get(key, 0)) for key in CELLS}
    causes = [
        cause for one in make_puzzles(values, identities()) for cause in explain(one, TEMPLATE)
    ]
    decided = {
        key: change
        for cause in causes
        if cause.is_decided
        for move in cause.moves
        for key, change in move.changes.items()
    }
    assert decided == expected
    assert expected or not any(cause.is_decided for cause in causes)


def test_a_sum_with_a_blank_says_nothing_and_a_blank_is_never_mended():
    values = {key: Decimal(0) for key in CELLS}
    values[A, "received_new", "natural_person"] = Decimal(4)
    values |= {(A, "received_new", "total"): None, (A, "carried_out", "total"): None}
    (puzzle,) = make_puzzles(values, identities())
    assert {puzzle.identities[place].rule for place in puzzle.failing} == {"T3-BALANCE"}
    (cause,) = explain(puzzle, TEMPLATE)
    named = {
        key for moves in (cause.moves, *cause.rivals) for move in moves for key in move.changes
    }
    assert not cause.is_decided  # the rows that could tell have a blank
    assert (A, "received_new", "natural_person") in named
    assert (A, "received_new", "total") not in named
