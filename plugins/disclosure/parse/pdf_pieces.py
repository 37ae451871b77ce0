"""The text outside of ruled tables as pieces: what stands together on one base line, over all pages as if they were one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import NamedTuple

from disclosure.parse.pdf_lines import Line, gap
from disclosure.parse.pdf_rows import ORDINAL, cut_at_edges, label_edges
from disclosure.parse.pdf_shapes import Glyph

_SPACE = 0.2  # of the text's height: white space that parts pieces
_BASE = 0.15  # of it: how far base lines of one line may be off each other
_SMALLER = 0.92  # of its neighbour's height: a note's mark
_ORDINAL = 3  # characters at most
_OF_A_FIGURE = re.compile(r"[\d０-９.,，、．+\-−]")
_LABEL_WITH_FIGURE = re.compile(r"(.*[\u4e00-\u9fff）)”])[\d０-９][\d０-９,.]*")
_LEADING = 0.3  # of it: the room that is left between two pages


class Piece(NamedTuple):
    """Text on one base line of a page (the first is 0). `top` and `bottom` count from the top of the first page, as if the
    others stood below it."""

    line: Line
    page: int
    top: float
    bottom: float

    @property
    def left(self) -> float:
        return self.line.box.left

    @property
    def right(self) -> float:
        return self.line.box.right

    @property
    def text(self) -> str:
        return self.line.text

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


def pieces_of(lines: Sequence[Line], page: int) -> list[Piece]:
    """Given a page's lines, return their pieces from top to bottom."""
    edges = label_edges(lines)
    pieces = (piece for line in lines for piece in _on_base_lines(line, edges))
    found = [Piece(piece, page, piece.box.top, piece.box.bottom) for piece in pieces]
    return sorted(found, key=attrgetter("top"))


def below_each_other(pages: Sequence[Sequence[Piece]]) -> list[Piece]:
    """Given each page's pieces, return all of them as on one page."""
    found: list[Piece] = []
    end = 0.0
    for pieces in pages:
        if pieces:
            shift = end + _LEADING * pieces[0].height - pieces[0].top
            found += [
                piece._replace(top=piece.top + shift, bottom=piece.bottom + shift)
                for piece in pieces
            ]
            end = shift + max(piece.bottom for piece in pieces)
    return found


def _on_base_lines(line: Line, edges: Sequence[float]) -> Iterator[Line]:
    """The pieces of a line, each on its own base line; small marks stay with the figure beside them."""
    bases: list[list[Glyph]] = []
    for glyph in sorted(line.glyphs, key=attrgetter("bottom")):
        if bases and glyph.bottom - bases[-1][0].bottom <= _BASE * _tall(glyph):
            bases[-1].append(glyph)
        else:
            bases.append([glyph])
    for piece in _with_marks([piece for base in bases for piece in _apart(base)]):
        for part in cut_at_edges(Line(tuple(piece)), edges):
            for label in _at_ordinals(part):
                yield from _before_figure(label)


def _before_figure(piece: Line) -> Iterator[Line]:
    """A piece cut before the figure at its end, which a label may touch."""
    match = _LABEL_WITH_FIGURE.fullmatch("".join(glyph.text[0] for glyph in piece.glyphs))
    if match:
        yield Line(piece.glyphs[: match.end(1)])
    yield Line(piece.glyphs[match.end(1) if match else 0 :])


def _at_ordinals(piece: Line) -> Iterator[Line]:
    """A piece cut where an ordinal follows text: the name of a group touches the label behind it."""
    start = 0
    for at in range(1, len(piece.glyphs)):
        if not _OF_A_FIGURE.match(piece.glyphs[at - 1].text) and ORDINAL.match(
            "".join(glyph.text for glyph in piece.glyphs[at : at + _ORDINAL])
        ):
            yield Line(piece.glyphs[start:at])
            start = at
    yield Line(piece.glyphs[start:])


def _apart(base: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    piece: list[Glyph] = []
    for glyph in sorted(base, key=attrgetter("left")):
        if piece and gap(piece[-1], glyph) >= _SPACE * _tall(glyph):
            yield piece
            piece = []
        piece.append(glyph)
    yield piece


def _with_marks(pieces: Sequence[list[Glyph]]) -> list[list[Glyph]]:
    """Pieces with those that touch their end, are smaller and stand higher or lower."""
    kept: list[list[Glyph]] = []
    for piece in sorted(pieces, key=lambda each: each[0].left):
        for other in kept:
            if _is_mark(piece[0], other[-1]):
                other += piece
                break
        else:
            kept.append(piece)
    return kept


def _is_mark(glyph: Glyph, last: Glyph) -> bool:
    return (
        _tall(glyph) < _SMALLER * _tall(last)
        and abs(gap(last, glyph)) < _SPACE * _tall(last)
        and last.top - _tall(glyph) < glyph.top < last.bottom
    )


def _tall(glyph: Glyph) -> float:
    return glyph.bottom - glyph.top
