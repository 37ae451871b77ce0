"""What stands on a page of a PDF, as plain shapes: points from the top left corner of the page as it is read."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

DIGIT = re.compile(r"[\d０-９]")
UNSURE = "\ufffd"
"""What no figure and no label contains."""

Point = tuple[float, float]
Turn = Callable[[float, float], Point]
"""How a point of the file becomes a point of the page as it is read."""


class Glyph(NamedTuple):
    """A character in its box: as wide as it advances, as high as its font is set, so that glyphs of a line and word meet."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


class Rule(NamedTuple):
    """A straight line, level or upright: `at` is its y or x, `start` and `end` the reach along it."""

    is_level: bool
    at: float
    start: float
    end: float


class Box(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float


def box_around(points: Sequence[Point]) -> Box:
    across, down = [x for x, _ in points], [y for _, y in points]
    return Box(min(across), min(down), max(across), max(down))


def overlap(one: Box, other: Box) -> bool:
    return (
        one.left < other.right
        and other.left < one.right
        and one.top < other.bottom
        and other.top < one.bottom
    )
