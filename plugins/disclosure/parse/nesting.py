"""A page of tags within tags keeps any HTML reader busy for minutes: each new element looks through the open ones."""

from __future__ import annotations

import re
from itertools import accumulate

from disclosure.errors import ReportError

_MOST_TAGS = 500_000
_DEEPEST = 10_000  # real pages stay below a hundred; browsers stop at some hundreds
_SHORTEST_TAG = 4  # characters: <ul>
_TAG = re.compile(
    r"<(/?)(?:div|ul|ol|dl|section|article|center|form|blockquote|main|nav|header|footer|aside|fieldset)\b",
    re.I,
)


def refuse_hostile_nesting(text: str) -> None:
    """Given a page's text, raise ReportError (damaged) where reading its tree would take minutes."""
    tags = text.count("<") if len(text) > _DEEPEST * _SHORTEST_TAG else 0
    if tags > _MOST_TAGS or (tags > _DEEPEST and _depth(text) > _DEEPEST):
        raise ReportError("damaged", f"{tags:,} tags in or beside each other; no page has as many")


def _depth(text: str) -> int:
    """The most elements that can stand in each other at once, were every one ended where the page says."""
    steps = (-1 if match[1] else 1 for match in _TAG.finditer(text))
    return max(accumulate(steps, lambda depth, step: max(0, depth + step)), default=0)
