"""Generated reports with one injected fault each, and what the theory says of them. Seeded: the same every time.

A fault is decidable when exactly one single fault of the kinds below, undone, makes every sum hold again. Where two
do (a component and its total may both be wrong; two rows may both be exchanged), the numbers cannot tell them apart,
and naming one of them for certain would be a guess.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from disclosure.form import APPLICANT_TYPES, TEMPLATES
from disclosure.quality.identities import Identity, Key, identities_of
from disclosure.quality.localise import explain, single_moves
from disclosure.quality.moves import patterns
from disclosure.quality.programme import together
from disclosure.quality.puzzle import make_puzzles
from disclosure.settings import ROOT

TEMPLATE = "2021-30"
CELLS = [key for key in TEMPLATES[TEMPLATE].cells if key[0] != "proactive"]
TYPES = [column.code for column in APPLICANT_TYPES[:-1]]
ITEMS = list(dict.fromkeys(key[1] for key in CELLS if key[0] == "applications"))
OUTCOMES = ITEMS[2:-2]
CHANNELS = list(dict.fromkeys(key[1] for key in CELLS if key[0] == "disputes"))
RESULTS = ["upheld", "corrected", "other", "pending"]
Values = dict[Key, Decimal]


def identities() -> tuple[Identity, ...]:
    return identities_of(ROOT / "expectations", TEMPLATE)


def make_report(random: Random) -> Values:
    """A report whose sums hold: few requests, most from natural persons, some cases carried over."""
    values = dict.fromkeys(CELLS, 0)
    size = random.choice([3, 12, 40, 200])
    for kind in TYPES:
        share = 0.3 if kind == "natural_person" else 0.05
        for row in OUTCOMES:
            if random.random() < share:
                values["applications", row, kind] = random.randint(1, size)
        handled = sum(values["applications", row, kind] for row in OUTCOMES)
        carried_out = random.randint(0, 3) if handled else 0
        carried_in = min(random.choice([0, 0, 1, 2, 5]), handled + carried_out)
        values["applications", "processed_total", kind] = handled
        values["applications", "carried_out", kind] = carried_out
        values["applications", "carried_in", kind] = carried_in
        values["applications", "received_new", kind] = handled + carried_out - carried_in
    for row in ITEMS:
        values["applications", row, "total"] = sum(values["applications", row, k] for k in TYPES)
    for channel in CHANNELS:
        for result in RESULTS:
            values["disputes", channel, result] = random.choice([0, 0, 0, 1, 2, 6])
        values["disputes", channel, "total"] = sum(
            values["disputes", channel, result] for result in RESULTS
        )
    return {key: Decimal(value) for key, value in values.items()}


Fault = Callable[[Values, Random], set[Key]]
"""Spoils a report, and returns the cells that are wrong now."""


def _totals(values: Values) -> list[Key]:
    return [key for key in CELLS if key[2] == "total" or key[1] == "processed_total"]


def _components(values: Values) -> list[Key]:
    return [key for key in CELLS if not (key[2] == "total" or key[1] == "processed_total")]


def _set(values: Values, key: Key, value: int) -> set[Key]:
    values[key] = Decimal(value)
    return {key}


def total_zero(values: Values, random: Random) -> set[Key]:
    return _set(values, random.choice([key for key in _totals(values) if values[key]]), 0)


def total_stale(values: Values, random: Random) -> set[Key]:
    """Last year's total: another number of like size."""
    key = random.choice([key for key in _totals(values) if values[key]])
    other = random.choice([n for n in range(1, 2 * int(values[key]) + 3) if n != values[key]])
    return _set(values, key, other)


def _slip(values: Values, random: Random, slip: Callable[[str, int], str]) -> set[Key]:
    """A slip in one figure of two digits or more, at a place where it says another number."""
    places = [
        (key, slipped)
        for key in CELLS
        if values[key] >= 10
        for place in range(len(str(values[key])))
        if (slipped := slip(str(values[key]), place)) != str(values[key])
        and not slipped.startswith("0")
    ]
    if not places:
        return set()
    key, slipped = random.choice(places)
    return _set(values, key, int(slipped))


def digit_dropped(values: Values, random: Random) -> set[Key]:
    return _slip(values, random, lambda digits, i: digits[:i] + digits[i + 1 :])


def digit_doubled(values: Values, random: Random) -> set[Key]:
    return _slip(values, random, lambda digits, i: digits[: i + 1] + digits[i:])


def digits_transposed(values: Values, random: Random) -> set[Key]:
    def slip(digits: str, i: int) -> str:
        return digits[:i] + digits[i : i + 2][::-1] + digits[i + 2 :]

    return _slip(values, random, slip)


def _exchange(values: Values, random: Random, has_zero: bool) -> set[Key]:
    columns = [*TYPES, "total"]
    pairs = [
        (("applications", row, one), ("applications", row, other))
        for row in ITEMS
        for one, other in itertools.pairwise(columns)
    ]
    fit = [
        (one, other)
        for one, other in pairs
        if values[one] != values[other] and (0 in (values[one], values[other])) == has_zero
    ]
    if not fit:
        return set()
    one, other = random.choice(fit)
    values[one], values[other] = values[other], values[one]
    return {one, other}


def neighbours_swapped(values: Values, random: Random) -> set[Key]:
    return _exchange(values, random, has_zero=False)


def next_column(values: Values, random: Random) -> set[Key]:
    return _exchange(values, random, has_zero=True)


def carries_exchanged(values: Values, random: Random) -> set[Key]:
    """The two rows of cases carried over, one in the place of the other."""
    wrong = set()
    for kind in [*TYPES, "total"]:
        one, other = ("applications", "carried_in", kind), ("applications", "carried_out", kind)
        if values[one] != values[other]:
            values[one], values[other] = values[other], values[one]
            wrong |= {one, other}
    return wrong


def component_wrong(values: Values, random: Random) -> set[Key]:
    key = random.choice(_components(values))
    other = random.choice([n for n in range(2 * int(values[key]) + 8) if n != values[key]])
    return _set(values, key, other)


FAULTS: dict[str, Fault] = {
    "total left 0": total_zero,
    "total stale": total_stale,
    "digit dropped": digit_dropped,
    "digit doubled": digit_doubled,
    "digits transposed": digits_transposed,
    "neighbours swapped": neighbours_swapped,
    "next column": next_column,
    "carries exchanged": carries_exchanged,
    "component wrong": component_wrong,
}


@dataclass
class Tally:
    reports: int = 0  # with a sum that fails
    unseen: int = 0  # every sum holds all the same: nothing to find
    decidable: int = 0
    cell: int = 0  # decidable, and the first cell named is a wrong one
    value: int = 0  # decidable, and the suggested values restore the report
    claimed: int = 0  # undecidable, and yet a value is suggested
    claimed_right: int = 0  # of these, rightly: the weights' guess
    listed: int = 0  # undecidable, and a wrong cell is among those that the cause lists


def measure(name: str, reports: int, seed: int = 2024) -> Tally:
    """Spoil reports by one kind of fault until so many have a failing sum; say what was found."""
    random, tally = Random(f"{name} {seed}"), Tally()
    while tally.reports < reports:
        before = make_report(random)
        values = dict(before)
        wrong = FAULTS[name](values, random)
        puzzles = make_puzzles(values, identities())
        if not wrong or not puzzles:
            tally.unseen += bool(wrong)
            continue
        _judge(tally, before, values, wrong)
    return tally


def _judge(tally: Tally, before: Values, values: Values, wrong: set[Key]) -> None:
    puzzles = make_puzzles(values, identities())
    found = [one for puzzle in puzzles for one in explain(puzzle, TEMPLATE)]
    changes = together(move for one in found for move in one.moves)
    after = {key: value + changes.get(key, 0) for key, value in values.items()}
    is_claimed = all(one.is_decided for one in found)
    tally.reports += 1
    if is_decidable(values):
        first = next(iter(found[0].moves[0].changes)) if found[0].moves else None
        tally.decidable += 1
        tally.cell += first in wrong
        tally.value += is_claimed and after == before
        return
    ways = [moves for one in found for moves in (one.moves, *one.rivals)]
    tally.claimed += is_claimed
    tally.claimed_right += is_claimed and after == before
    tally.listed += any(wrong & together(moves).keys() for moves in ways)


def is_decidable(values: Values) -> bool:
    """Whether exactly one single fault, undone, makes every sum hold."""
    puzzles = make_puzzles(values, identities())
    if len(puzzles) != 1:  # a fault that spoils two tables at once is none of these
        return False
    return len(single_moves(puzzles[0], patterns(puzzles[0], TEMPLATE))) == 1
