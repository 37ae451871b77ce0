"""Counts run together in a row whose groups end in their own sum: `00112000112` is 0 0 112 0 0 0 112.

Rows of tables three and four are such rows. A count begins with a zero only when it is zero; white space always parts
counts. What cannot add up is left early, and a search stops at a bound: hostile input costs milliseconds.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate

from disclosure.parse.splits import LONGEST_RUN, Split, TooMany

_MOST_STEPS = 50_000  # of one row's search
_COUNT = re.compile(r"0|[1-9][0-9]*")


class Counts:
    """The digits of a row, given as the pieces that white space left of it. Raises TooMany for a run longer than any
    row's."""

    def __init__(self, pieces: Sequence[str]) -> None:
        self.text = "".join(pieces)
        if len(self.text) > LONGEST_RUN:
            raise TooMany
        self.reach = _reach(self.text, pieces)
        self._digit_sums = [0, *accumulate(int(c) if c.isdecimal() else 0 for c in self.text)]
        self._groups: dict[tuple[int, int], list[Split]] = {}
        self._steps = 0

    # --- by the number of columns ----------------------------------------------------------------

    def can_make(self, number: int) -> bool:
        """Whether there is a way to make so many counts: any number is one between the fewest and single digits."""
        widest = self._widest()
        return widest is not None and len(widest) <= number <= len(self.text)

    def only_way(self, number: int) -> Split | None:
        """The way to make so many counts, where there is one only."""
        widest = self._widest()
        if widest is None or not len(widest) <= number <= len(self.text):
            return None
        if len(widest) == number:
            return widest
        if len(self.text) == number:
            return tuple(self.text)
        # More places to cut before a digit that is no zero than cuts to make: they can be chosen in several ways.
        places = sum(len(count) - 1 - count[1:].count("0") for count in widest)
        if places > number - len(widest):
            return None
        ways = self._ways(0, number)
        return ways[0] if len(ways) == 1 else None

    def _widest(self) -> Split | None:
        """The run as the fewest counts; None where it is not made of counts."""
        counts, start = [], 0
        while start < len(self.text):
            end = self.reach[start]
            if end == start:
                return None
            counts.append(self.text[start:end])
            start = end
        return tuple(counts)

    def _ways(self, start: int, number: int) -> list[Split]:
        """The first ways, two at most, to make so many counts of what begins here."""
        if number == 0:
            return [()] if start == len(self.text) else []
        ways: list[Split] = []
        for end in range(start + 1, (self.reach[start] if start < len(self.text) else 0) + 1):
            self._take_step()
            ways += [(self.text[start:end], *rest) for rest in self._ways(end, number - 1)]
            if len(ways) > 1:
                break
        return ways[:2]

    # --- by the sums -----------------------------------------------------------------------------

    def that_add_up(self, size: int, groups: int, start: int = 0) -> list[Split]:
        """Every way to make `groups` groups of `size` counts, each ending in the sum of its others.

        Raises TooMany when the search grows beyond its bound.
        """
        length = len(self.text)
        if groups == 1:
            return self._group(start, length, size)
        found = []
        for end in range(start + size, length - size * (groups - 1) + 1):
            # What ends the row is found once for all the ways to begin it.
            if groups > 2 or self._group(end, length, size):
                for head in self._group(start, end, size):
                    found += [(*head, *tail) for tail in self.that_add_up(size, groups - 1, end)]
        return found

    def _group(self, start: int, end: int, size: int) -> list[Split]:
        known = self._groups.get((start, end))
        if known is None:
            known = self._groups[start, end] = self._find_group(start, end, size)
        return known

    def _find_group(self, start: int, end: int, size: int) -> list[Split]:
        """The ways to cut a stretch into one group: wherever its sum may begin, the counts that make that sum."""
        sums, reach, found = self._digit_sums, self.reach, []
        for at in range(start + size - 1, end):
            # A number and its digits leave the same remainder by nine: most sums are ruled out by it.
            if reach[at] < end or (2 * sums[at] - sums[start] - sums[end]) % 9:
                continue
            total = int(self.text[at:end])
            if _LEAST[size - 1][at - start] <= total <= _MOST[size - 1][at - start]:
                addends = self._addends(start, at, size - 1, total)
                found += [(*counts, self.text[at:end]) for counts in addends]
        return found

    def _addends(self, start: int, end: int, number: int, total: int) -> list[Split]:
        """The ways to cut a stretch into `number` counts, two or more, that add up to `total`."""
        self._take_step()
        if number == 2:
            return self._pairs(start, end, total)
        text, least, most = self.text, _LEAST[number - 1], _MOST[number - 1]
        found = []
        for cut in range(start + 1, min(self.reach[start], end - number + 1) + 1):
            rest = total - int(text[start:cut])
            if rest < 0:
                break
            if least[end - cut] <= rest <= most[end - cut]:
                count = text[start:cut]
                found += [(count, *others) for others in self._addends(cut, end, number - 1, rest)]
        return found

    def _pairs(self, start: int, end: int, total: int) -> list[Split]:
        """The ways to cut a stretch into two counts that add up to `total`: their last digits must do so first."""
        text, reach = self.text, self.reach
        found: list[Split] = []
        last_digit = str((total - int(text[end - 1])) % 10)
        cut = text.find(last_digit, start, end - 1) + 1
        while cut:
            are_counts = cut <= reach[start] and end <= reach[cut]
            if are_counts and int(text[start:cut]) + int(text[cut:end]) == total:
                found.append((text[start:cut], text[cut:end]))
            cut = text.find(last_digit, cut, end - 1) + 1
        return found

    def _take_step(self) -> None:
        self._steps += 1
        if self._steps > _MOST_STEPS:
            raise TooMany


def _reach(text: str, pieces: Sequence[str]) -> list[int]:
    """For each position, where the longest count that begins there ends; the position itself where none does."""
    reach, start = [], 0
    for piece in pieces:
        end = start + len(piece)
        for position in range(start, end):
            count = _COUNT.match(text, position, end)
            reach.append(count.end() if count else position)
        start = end
    return reach


def _least_sum(number: int, digits: int) -> int:
    """The least that so many digits can make as so many counts: as even as can be, and single digits may be zeros."""
    each, over = divmod(digits, number)
    if not each:
        return 10**LONGEST_RUN  # too few digits: no sum is as great
    return (number - over) * _least_count(each) + over * _least_count(each + 1)


def _least_count(digits: int) -> int:
    return 0 if digits == 1 else 10 ** (digits - 1)


def _most_sum(number: int, digits: int) -> int:
    """The most that they can make: one count as long as can be, beside single digits."""
    return int(10 ** (digits - number + 1)) + 9 * (number - 1) - 1


_LARGEST_GROUP = 7
_LEAST = [
    [_least_sum(number, digits) for digits in range(LONGEST_RUN + 1)] if number else []
    for number in range(_LARGEST_GROUP)
]
_MOST = [
    [_most_sum(number, digits) for digits in range(LONGEST_RUN + 1)] if number else []
    for number in range(_LARGEST_GROUP)
]
