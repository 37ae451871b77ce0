"""A table whose sums disagree, as numbers: what is printed, which sums hold, and what a change would do to them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from disclosure.quality.identities import Identity, Key

Number = int | Decimal
Changes = dict[Key, Number]
"""What is to be added to cells."""


@dataclass(frozen=True)
class Puzzle:
    """The printed values and the sums over them. A sum with a cell that has no number says nothing and is left out."""

    values: dict[Key, Number]
    identities: tuple[Identity, ...]

    @cached_property
    def residuals(self) -> tuple[Number, ...]:
        """By how much each sum is off; 0 where it holds."""
        return tuple(
            sum((self.values[key] * sign for key, sign in identity.terms), 0)
            for identity in self.identities
        )

    @cached_property
    def failing(self) -> dict[int, Number]:
        """The sums that are off, by place."""
        return {place: off for place, off in enumerate(self.residuals) if off}

    @cached_property
    def uses(self) -> dict[Key, tuple[tuple[int, int], ...]]:
        """For each cell the sums it is in, with its sign there."""
        found: dict[Key, list[tuple[int, int]]] = defaultdict(list)
        for place, identity in enumerate(self.identities):
            for key, sign in identity.terms:
                found[key].append((place, sign))
        return {key: tuple(uses) for key, uses in found.items()}

    def is_solved_by(self, changes: Mapping[Key, Number]) -> bool:
        """Whether all sums hold after the changes, and every changed cell is a whole number of at least 0."""
        return self.is_possible(changes) and self.effect(changes) == {
            place: -off for place, off in self.failing.items()
        }

    def is_possible(self, changes: Mapping[Key, Number]) -> bool:
        return all(is_count(self.values[key] + change) for key, change in changes.items())

    def effect(self, changes: Mapping[Key, Number]) -> dict[int, Number]:
        """What the changes add to each sum, where they add anything."""
        moved: dict[int, Number] = defaultdict(int)
        for key, change in changes.items():
            for place, sign in self.uses.get(key, ()):
                moved[place] += sign * change
        return {place: by for place, by in moved.items() if by}

    def touched(self, keys: Iterable[Key]) -> set[int]:
        """The sums that any of the cells is in."""
        return {place for key in keys for place, _ in self.uses.get(key, ())}


def make_puzzles(
    values: Mapping[Key, Decimal | None], identities: Iterable[Identity]
) -> list[Puzzle]:
    """One puzzle for each set of sums that share no cell with the others and of which one is off.

    A table without numbers, or whose sums hold, makes none.
    """
    known = {key: _plain(value) for key, value in values.items() if value is not None}
    assessable = [one for one in identities if all(key in known for key, _ in one.terms)]
    puzzles = (
        Puzzle({key: known[key] for one in group for key, _ in one.terms}, tuple(group))
        for group in _connected(assessable)
    )
    return [puzzle for puzzle in puzzles if puzzle.failing]


def _connected(identities: list[Identity]) -> list[list[Identity]]:
    groups: list[tuple[set[Key], list[Identity]]] = []
    for identity in identities:
        keys = {key for key, _ in identity.terms}
        near = [group for group in groups if group[0] & keys]
        groups = [group for group in groups if not group[0] & keys]
        members = [one for group in near for one in group[1]]
        groups.append((keys.union(*(group[0] for group in near)), [*members, identity]))
    return [members for _, members in groups]


def is_count(value: Number) -> bool:
    return value >= 0 and value == int(value)


def _plain(value: Decimal) -> Number:
    return int(value) if value == value.to_integral_value() else value
