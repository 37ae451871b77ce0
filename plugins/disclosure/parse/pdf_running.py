"""Running heads and page numbers, which are no part of what they stand beside: told by where they stand and how they repeat."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from disclosure.parse.pdf_lines import Line
from disclosure.parse.pdf_page import Page
from disclosure.parse.pdf_rows import pieces_of

_HEAD, _FOOT = 0.1, 0.9  # of the page's height
_SAME_HEIGHT = 3.0  # points
_OTHER = 1_000_000  # what tells one kind of name from the other
_WORDS = re.compile(r"[^\W\d]{4}")  # what running heads hold, and rows of figures do not
_PAGE_NUMBER = re.compile(r"[\s\-—–－·第]*(\d{1,3})[\s\-—–－·页]*(?:[/／共]\s*\d{1,3}\s*页?)?")


def running_text(pages: Sequence[tuple[Page, Sequence[Line]]]) -> set[int]:
    """Given pages with their lines, return the ids of the glyphs in lines, at the edge of pages, that count the pages or are
    printed on most of them."""
    edges = [
        (page.number, line) for page, lines in pages for line in lines if _is_at_edge(page, line)
    ]
    pieces = [(page, piece) for page, line in edges for piece in (line, *pieces_of(line))]
    places = Counter(_place(piece) for _, piece in dict.fromkeys(pieces))
    counting = _page_numbers(pieces, len(pages))
    repeated = {
        piece for _, piece in pieces if len(pages) > 1 and places[_place(piece)] > len(pages) / 2
    }
    found = [
        line
        for _, line in edges
        if line in counting
        or (_WORDS.search(line.text) and (counting | repeated).issuperset(pieces_of(line)))
    ]
    return {id(glyph) for line in found for glyph in line.glyphs}


def _place(piece: Line) -> tuple[str, int]:
    return piece.text, round(piece.box.top / 4)


def _page_numbers(pieces: Sequence[tuple[int, Line]], count: int) -> set[Line]:
    """What counts the pages, at the same height of several."""
    numbered = [
        (page, piece, int(match[1]) - page)
        for page, piece in pieces
        if (match := _PAGE_NUMBER.fullmatch(piece.text))
    ]
    pages: dict[tuple[int, int], set[int]] = defaultdict(set)
    for page, piece, offset in numbered:
        for height in _heights(piece):
            pages[offset, height].add(page)
    return {
        piece
        for _, piece, offset in numbered
        if (count == 1 and offset == 0)
        or any(len(pages[offset, height]) > 1 for height in _heights(piece))
    }


def _heights(piece: Line) -> tuple[int, int]:
    """Two names for where a piece stands; what stands at the same height has one of them too."""
    step = round(2 * piece.box.bottom / _SAME_HEIGHT)
    return step // 2, (step + 1) // 2 + _OTHER


def _is_at_edge(page: Page, line: Line) -> bool:
    return line.box.bottom < _HEAD * page.height or line.box.top > _FOOT * page.height
