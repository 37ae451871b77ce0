"""Lines under a rule: where, and the numbers. Many places that say the same become one line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

APART = 3  # places that say the same and still have a line each
NAMED = 4  # places that one line for many names


@dataclass(frozen=True, slots=True)
class Line:
    where: str  # subject, in the form's printed labels
    numbers: str
    note: str = ""


def gather(lines: Iterable[Line], words: dict[str, str]) -> list[Line]:
    """Given the lines of one rule of one report, put the places that say the same together: 8 rows wholly blank."""
    alike: dict[tuple[str, str], list[str]] = {}
    for line in lines:
        alike.setdefault((line.numbers, line.note), []).append(line.where)
    return [
        line
        for (numbers, note), places in alike.items()
        for line in _put_together(places, numbers, note, words)
    ]


def _put_together(places: list[str], numbers: str, note: str, words: dict[str, str]) -> list[Line]:
    if len(places) <= APART or not all(places):
        return [Line(place, numbers, note) for place in places]
    named = words["places_named"].join(places[:NAMED])
    if len(places) > NAMED:
        named += words["places_more"]
    return [Line(words["places"].format(count=len(places), named=named), numbers, note)]
