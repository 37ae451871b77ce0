"""Table four where nothing is drawn, or little: fifteen headings, which the form knows, and all that stands just below them.

It has one row, so figures on several lines are broken for want of room, where they fill their columns and stand as one row does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from operator import attrgetter
from statistics import median
from typing import NamedTuple

from disclosure.form import TEMPLATES
from disclosure.parse.pdf_columns import Column, overlap, width_of
from disclosure.parse.pdf_labels import WAYS, place_of
from disclosure.parse.pdf_pieces import Piece
from disclosure.parse.pdf_rows import FIGURE
from disclosure.parse.pdf_words import Word, Words

_RESULTS = 5
_HEADINGS = 3 * _RESULTS
_HIGH = 8.0  # of the text's height: what is farther below the last heading is of another header
_BELOW = 4.0  # of it: figures no farther below the headings
_NEXT = 1.6  # of it: from one line of a broken figure to the next, at most
_BESIDE = 0.35  # of it: how far a figure may stand off where its row is set
_PADDING = 16.0  # points at both sides of a figure; Word sets 10.8
_WORDS = Words(
    (place, wording)
    for template in TEMPLATES.values()
    for place, column in enumerate(template.disputes.parts[0].columns)
    for wording in (column.label, *column.variants)
)


class DisputesRow(NamedTuple):
    """The pieces of each of the fifteen figures, those of a blank one none, and whether each is one figure."""

    figures: list[tuple[Piece, ...]]
    are_sure: list[bool]


def find_disputes(pieces: Sequence[Piece]) -> Iterator[DisputesRow]:
    """Given pieces from top to bottom, yield the row of table four, each time that it is printed."""
    words = sorted(_WORDS.find(pieces, have_ordinals=False), key=attrgetter("top"))
    for header in _headers(words):
        columns = sorted(header, key=attrgetter("left"))
        if [word.place for word in columns] == list(range(_RESULTS)) * 3 and (
            row := _row([Column(word.left, word.right) for word in columns], header, pieces)
        ):
            yield row


def _headers(words: Sequence[Word]) -> Iterator[list[Word]]:
    """Words together that stand at nearly the same height."""
    header: list[Word] = []
    for word in words:
        if header and word.top - header[-1].top > _HIGH * word.pieces[0].height:
            yield header
            header = []
        header.append(word)
    yield header


def _row(
    headings: Sequence[Column], header: Sequence[Word], pieces: Sequence[Piece]
) -> DisputesRow | None:
    """None where what stands below is no row of figures, each below one heading."""
    bottom, high = max(word.bottom for word in header), header[0].pieces[0].height
    below = [piece for piece in pieces if piece.middle > bottom]
    end = min((piece.top for piece in below if not FIGURE.fullmatch(piece.text)), default=1e9)
    lines = [piece for piece in below if piece.middle < end]
    near = bottom + _BELOW * high
    row: list[Piece] = []
    for piece in lines:
        if piece.middle > near:
            break
        row.append(piece)
        near = piece.middle + _NEXT * piece.height
    columns = _columns(row, headings)
    if columns is None:
        return None
    stacks = [
        tuple(piece for piece in row if overlap(Column(piece.left, piece.right), column))
        for column in columns
    ]
    are_set = any(_are_set(way, [stack for stack in stacks if stack]) for way in WAYS)
    rooms = _rooms(headings)
    return DisputesRow(
        stacks, [are_set and _is_one(*each) for each in zip(stacks, rooms, strict=True)]
    )


def _columns(row: Sequence[Piece], headings: Sequence[Column]) -> list[Column] | None:
    """Where figures stand, each below its heading; None where one stands below none, or several, unless all columns are
    filled."""
    if len(row) == _HEADINGS and row[-1].top - row[0].top < row[0].height / 2:
        return sorted(Column(piece.left, piece.right) for piece in row)
    columns = list(headings)
    for piece in row:
        own = Column(piece.left, piece.right)
        over = [at for at, each in enumerate(headings) if overlap(own, each)]
        if len(over) != 1:
            return None
        at = over[0]
        columns[at] = Column(min(columns[at].left, own.left), max(columns[at].right, own.right))
    return columns if row and all(a.right <= b.left for a, b in pairwise(columns)) else None


def _rooms(headings: Sequence[Column]) -> list[float]:
    """How wide each column is: as far as its heading is from the next, and no wider than most."""
    middles = [(each.left + each.right) / 2 for each in headings]
    gaps = [b - a for a, b in pairwise(middles)]
    usual = median(gaps)
    return [min(*pair, usual) for pair in zip([*gaps, usual], [usual, *gaps], strict=True)]


def _are_set(way: str, stacks: Sequence[tuple[Piece, ...]]) -> bool:
    """Whether every figure stands where its row is set: around its middle, from its top, or to its bottom."""
    wanted = place_of(way, [piece.middle for piece in max(stacks, key=len)])
    return all(
        abs(place_of(way, [piece.middle for piece in stack]) - wanted) <= _BESIDE * stack[0].height
        for stack in stacks
    )


def _is_one(stack: Sequence[Piece], room: float) -> bool:
    """Whether lines of a column are one figure: one line, or such as leave no room for one more digit."""
    return all(
        b.top - a.top > a.height / 2
        and FIGURE.fullmatch(b.text)
        and width_of(a.line) * (1 + 1 / len(a.line.glyphs)) > room - _PADDING
        for a, b in pairwise(stack)
    )
