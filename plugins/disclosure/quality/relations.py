"""What each type of entry in expectations/*.json means, in SQL: its two sides, and what must hold between them.

Plain text and nothing else, so that Great Expectations (expectations.py) and our own outcomes (outcomes.py) ask the
same question, and each can be held against the other.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple


class Relation(NamedTuple):
    """`holds` is true where the rule holds, false where it fails, and null where a side is missing."""

    left: str
    right: str
    holds: str


COMPARISONS = {
    "expect_identity": "=",
    "expect_at_least": ">=",
    "expect_at_most": "<=",
    "expect_below": "<",
    "expect_different": "<>",
}
"""Types over `left` and `right`."""

OF_ONE_VALUE = ("expect_count", "expect_none")
"""Types over `value`: a whole number of at least 0; none of what it counts."""


def sides_of(kind: str) -> tuple[str, ...]:
    """The arguments that an entry of this type must have. Raises ValueError for a type that is not known."""
    if kind in COMPARISONS:
        return ("left", "right")
    if kind in OF_ONE_VALUE:
        return ("value",)
    raise ValueError(
        f"{kind} is no type of entry; these are: {', '.join((*COMPARISONS, *OF_ONE_VALUE))}"
    )


def relation_of(kind: str, arguments: Mapping[str, Any]) -> Relation:
    """Given an entry's type and arguments (SQL over the columns of its view), return what it asks."""
    if kind in COMPARISONS:
        left, right = arguments["left"], arguments["right"]
        return Relation(left, right, f"({left}) {COMPARISONS[kind]} ({right})")
    value = arguments["value"]
    if kind == "expect_none":
        return Relation(value, "0", f"({value}) = 0")
    return Relation(value, "null", f"({value}) >= 0 and ({value}) = trunc({value})")
