"""Lines that belong to text and not to a table: those that strike text out, and those that underline it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from operator import itemgetter

from disclosure.parse.pdf_shapes import Glyph, Rule

_SHORTEST = 4.0  # points
_THROUGH = 0.25  # of a character's height: a line so near its middle goes through it
_STRUCK = 0.7  # of a line that strikes text out
_BELOW = 0.8  # of the character's height: an underline is no farther below its middle
_UNDERLINED = 0.95  # of a line that underlines text
_NEAR = 2.5  # points: an underline ends before the lines at a cell's sides
_AS_LONG = 1.0  # points by which it may reach over its text

Middles = Sequence[tuple[float, Glyph]]


def without_strokes(rules: Sequence[Rule], glyphs: Sequence[Glyph]) -> list[Rule]:
    """The lines but those that run across the middle of characters nearly all along, or just below them from the first to
    the last and no farther."""
    middles = sorted(((glyph.top + glyph.bottom) / 2, glyph) for glyph in glyphs)
    highest = max((glyph.bottom - glyph.top for glyph in glyphs), default=0.0)
    uprights = sorted(rule.at for rule in rules if not rule.is_level)
    return [
        rule
        for rule in rules
        if not rule.is_level
        or rule.end - rule.start < _SHORTEST
        or not (
            _is_stroke(rule, _between(middles, rule.at, highest * _THROUGH, highest * _THROUGH))
            or _is_underline(rule, _between(middles, rule.at, highest * _BELOW, 0.0), uprights)
        )
    ]


def _between(middles: Middles, at: float, above: float, below: float) -> Middles:
    first = bisect_left(middles, at - above, key=itemgetter(0))
    return middles[first : bisect_left(middles, at + below, key=itemgetter(0))]


def _is_stroke(rule: Rule, middles: Middles) -> bool:
    through = [
        glyph
        for middle, glyph in middles
        if abs(middle - rule.at) < _THROUGH * (glyph.bottom - glyph.top)
    ]
    return _shared(rule, through) >= _STRUCK * (rule.end - rule.start)


def _is_underline(rule: Rule, middles: Middles, uprights: Sequence[float]) -> bool:
    if any(_is_one_near(uprights, end) for end in (rule.start, rule.end)):
        return False
    over = [
        glyph
        for middle, glyph in middles
        if _THROUGH < (rule.at - middle) / (glyph.bottom - glyph.top or 1.0) < _BELOW
        and rule.start < (glyph.left + glyph.right) / 2 < rule.end
    ]
    return (
        bool(over)
        and min(glyph.left for glyph in over) < rule.start + _AS_LONG
        and max(glyph.right for glyph in over) > rule.end - _AS_LONG
        and _shared(rule, over) >= _UNDERLINED * (rule.end - rule.start)
    )


def _is_one_near(uprights: Sequence[float], at: float) -> bool:
    first = bisect_left(uprights, at - _NEAR)
    return first < len(uprights) and uprights[first] <= at + _NEAR


def _shared(rule: Rule, glyphs: Sequence[Glyph]) -> float:
    """How much of a line stands above or below characters."""
    return sum(
        max(min(glyph.right, rule.end) - max(glyph.left, rule.start), 0.0) for glyph in glyphs
    )
