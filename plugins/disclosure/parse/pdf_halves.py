"""Sheets on which two pages are printed side by side: each half is a page, and what is read of it is named by its half."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from disclosure.parse.pdf_drawn import Drawn
from disclosure.parse.pdf_lines import lines_of
from disclosure.parse.pdf_page import Page
from disclosure.parse.pdf_shapes import Glyph
from disclosure.parse.pdf_sight import Sight
from disclosure.records import Block, Content, Text

_WIDE = 1.2  # of its height: a sheet with two pages is wider
_GUTTER = 0.03  # of its width, in which nothing stands
_EDGE = 0.07  # of its height: a head or foot of the whole sheet is no part of either page
_WORDS = 0.6  # of each half's lines: labels and figures beside each other are no two pages
_WORD = re.compile(r"(?!无)[\u4e00-\u9fff]")
_PAGE = re.compile(r"\bpage (\d+)")


def halves(page: Page) -> Iterator[tuple[Page, str]]:
    """Given a page, yield the pages that are printed on it, from left to right, each with its name."""
    middle = page.width / 2
    if page.width < _WIDE * page.height or not _is_parted(page, middle):
        yield page, f"page {page.number}"
        return
    yield _part(page, 0.0, middle), f"page {page.number}, left half"
    right = replace(_part(page, middle, page.width), unknown=0, slanted="")
    yield right, f"page {page.number}, right half"


def named(content: Content, names: Sequence[str]) -> Content:
    """The content of numbered pages, its places with their names."""

    def name(place: str) -> str:
        return _PAGE.sub(lambda match: names[int(match[1]) - 1], place)

    def name_in(block: Block) -> Block:
        if isinstance(block, Text):
            return replace(block, place=name(block.place))
        rows = (tuple(c._replace(place=name(c.place)) for c in row) for row in block.rows)
        return replace(block, rows=tuple(rows), place=name(block.place), shape=None)

    return replace(
        content,
        blocks=tuple(map(name_in, content.blocks)),
        issues=tuple(replace(issue, where=name(issue.where)) for issue in content.issues),
    )


def _is_parted(page: Page, middle: float) -> bool:
    edge = _EDGE * page.height
    glyphs = [g for g in page.glyphs if edge < g.top and g.bottom < page.height - edge]
    sides = [(glyph.left, glyph.right) for glyph in glyphs]
    sides += [
        (rule.start, rule.end) if rule.is_level else (rule.at, rule.at) for rule in page.drawn.rules
    ]
    sides += [(shade.left, shade.right) for shade in page.drawn.shades]
    ends = [right for left, right in sides if left + right < 2 * middle]
    starts = [left for left, right in sides if left + right >= 2 * middle]
    if not ends or not starts or not max(ends) <= middle <= min(starts):
        return False
    return min(starts) - max(ends) >= _GUTTER * page.width and all(
        _is_text([glyph for glyph in glyphs if is_left == (glyph.right <= middle)])
        for is_left in (True, False)
    )


def _is_text(glyphs: Sequence[Glyph]) -> bool:
    lines = lines_of(glyphs)
    return sum(bool(_WORD.search(line.text)) for line in lines) > _WORDS * len(lines)


def _part(page: Page, left: float, right: float) -> Page:
    """What stands between two verticals, as a page of its own."""

    def is_in(start: float, end: float) -> bool:
        return left <= (start + end) / 2 < right

    glyphs = tuple(
        glyph._replace(left=glyph.left - left, right=glyph.right - left)
        for glyph in page.glyphs
        if is_in(glyph.left, glyph.right)
    )
    drawn = page.drawn
    rules = tuple(
        rule._replace(start=rule.start - left, end=rule.end - left)
        if rule.is_level
        else rule._replace(at=rule.at - left)
        for rule in drawn.rules
        if is_in(*((rule.start, rule.end) if rule.is_level else (rule.at, rule.at)))
    )
    shades, pictures = (
        tuple(
            box._replace(left=box.left - left, right=box.right - left)
            for box in boxes
            if is_in(box.left, box.right)
        )
        for boxes in (drawn.shades, drawn.pictures)
    )
    return replace(
        page,
        width=right - left,
        glyphs=glyphs,
        drawn=Drawn(rules, shades, pictures),
        sight=page.sight and _seen(page.sight, left, right),
    )


def _seen(sight: Sight, left: float, right: float) -> Sight:
    start, end = round(left * sight.scale), min(round(right * sight.scale), sight.wide)
    drawn = (
        b"".join(
            shades[row + start : row + end] for row in range(0, sight.wide * sight.high, sight.wide)
        )
        for shades in (sight.with_text, sight.without)
    )
    with_text, without = drawn
    return sight._replace(wide=end - start, with_text=with_text, without=without)
