"""Table three where nothing is drawn, or little: what stands beside a label that the form knows is of its row.

Rows are bands from one side of the table to the other, so text that overlaps a label in height is of the label's row, however
text is set in it. What overlaps no label, or several, makes the rows next to it uncertain: their figures are not read.
A row that a page break cuts is read like any other, as pages are taken for one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import NamedTuple

from disclosure.form import APPLICANT_TYPES, TEMPLATES
from disclosure.parse.pdf_columns import Column
from disclosure.parse.pdf_known_columns import column_of, columns_of, find_headings
from disclosure.parse.pdf_lines import Line
from disclosure.parse.pdf_pieces import Piece, below_each_other, pieces_of
from disclosure.parse.pdf_rows import FIGURE, ORDINAL
from disclosure.parse.pdf_words import Word, Words

_FEWEST = 3  # rows
_MOST_LABELS = 300  # a report has 25, or twice as many
_BESIDE = 0.1  # of the text's height: what overlaps less is not beside each other
_NEAR = 2.0  # of it: figures no farther from the table may be of its first or last row
_HEADER = 12.0  # of it: how far above the first row headings stand
_OVER = 0.5  # points


@dataclass(eq=False, slots=True)
class KnownRow:
    """A row of the table: its label, and what stands in its columns. `is_certain` is false where something near it may be
    its own."""

    label: Word
    content: list[Piece] = field(default_factory=list)
    is_certain: bool = True


class KnownTable(NamedTuple):
    """A table's columns from left to right, the headings of them, none unless all are known, its rows that are not blank, and
    all pieces that stand in it."""

    columns: list[Column]
    headings: list[Word]
    rows: list[KnownRow]
    pieces: list[Piece]


def as_one_page(pages: Sequence[Sequence[Line]]) -> list[Piece]:
    """Given each page's lines outside of ruled tables, return their pieces, those of headers left out that a page begins with
    again."""
    return below_each_other(
        _without_headers([pieces_of(each, at) for at, each in enumerate(pages)])
    )


def find_known(pieces: Sequence[Piece]) -> Iterator[KnownTable]:
    """Given pieces from top to bottom, yield table three, each time that it is printed."""
    found = _LABELS.find(pieces, have_ordinals=True)
    for labels in _in_order(found[:_MOST_LABELS]):
        if len(labels) >= _FEWEST and (table := _read(labels, pieces)):
            yield table


def _wordings() -> Iterator[tuple[int, str]]:
    """The labels of both templates, one after the other: what closes the table stands behind what only one of them has."""
    for template in TEMPLATES.values():
        items = template.applications.parts[0].items
        for place, item in enumerate(items):
            is_last = item.group == "total" or item is items[-1]
            for wording in (item.label, *item.variants):
                yield place + (len(_LONGEST) if is_last else 0), wording


_LONGEST = max((each.applications.parts[0].items for each in TEMPLATES.values()), key=len)
_LABELS = Words(_wordings())


def _without_headers(pages: Sequence[list[Piece]]) -> list[list[Piece]]:
    """Each page's pieces without the table's header where a page begins with it again."""
    kept = []
    is_first = True
    for pieces in pages:
        found = sorted(find_headings(pieces), key=attrgetter("top"), reverse=True)
        highest = {word.place: word for word in found}
        if len(highest) == len(APPLICANT_TYPES):
            end = max(word.bottom for word in highest.values())
            head = [piece for piece in pieces if piece.middle < end]
            is_header = not any(FIGURE.fullmatch(p.text) or ORDINAL.match(p.text) for p in head)
            if is_header and not is_first:
                pieces = [piece for piece in pieces if piece.middle >= end]
            is_first = False
        kept.append(pieces)
    return kept


def _in_order(labels: Sequence[Word]) -> Iterator[list[Word]]:
    """The labels of each table: where the form's order begins again, so does the table. The name of a group stands beside a
    label, and is none."""
    own = [each for each in labels if not any(_is_before(each, other) for other in labels)]
    table: list[Word] = []
    for label in sorted(own, key=attrgetter("top")):
        if table and label.place <= table[-1].place:
            yield table
            table = []
        table.append(label)
    yield table


def _is_before(one: Word, other: Word) -> bool:
    return one.left < other.left and one.top < other.bottom and other.top < one.bottom


# --- rows ----------------------------------------------------------------------------------------


def _read(labels: Sequence[Word], pieces: Sequence[Piece]) -> KnownTable | None:
    """The table of the labels; None where its columns are uncertain."""
    rows = [KnownRow(label) for label in labels]
    edge = max(label.right for label in labels)
    own = {id(piece) for label in labels for piece in label.pieces}
    top, bottom = labels[0].top, labels[-1].bottom
    high = labels[0].pieces[0].height
    within = [piece for piece in pieces if top <= piece.middle <= bottom]
    around = [
        piece
        for piece in pieces
        if FIGURE.fullmatch(piece.text)
        and (-_NEAR * high < piece.middle - top < 0 or 0 < piece.middle - bottom < _NEAR * high)
    ]
    for piece in (*within, *around):
        if id(piece) in own:
            continue
        if piece.right > edge + _OVER:
            _place(piece, rows, is_content=piece.left > edge - _OVER)
        elif _stands_behind(piece, rows) and FIGURE.fullmatch(piece.text):
            return None
    filled = [row for row in rows if row.content]
    above = [
        each for each in pieces if -_HEADER * high < each.middle - top < 0 and each.right > edge
    ]
    found = columns_of([row.content for row in filled if row.is_certain], above)
    if found is None:
        return None
    columns, headings = found
    for row in filled:
        row.is_certain &= all(column_of(piece, columns) is not None for piece in row.content)
    return KnownTable(columns, headings, filled, within)


def _place(piece: Piece, rows: Sequence[KnownRow], is_content: bool) -> None:
    """Give a piece to the row that it stands beside. Where there is none, or several, or it reaches into the labels, the
    rows around it are uncertain."""
    beside = [row for row in rows if _are_beside(piece, row.label)]
    if is_content and len(beside) == 1:
        beside[0].content.append(piece)
        return
    before = [row for row in rows if row.label.top < piece.middle]
    after = [row for row in rows if row.label.top >= piece.middle]
    for row in (*beside, *before[-1:], *after[:1]):
        row.is_certain = False


def _are_beside(piece: Piece, label: Word) -> bool:
    least = _BESIDE * piece.height
    return piece.top < label.bottom - least and label.top < piece.bottom - least


def _stands_behind(piece: Piece, rows: Sequence[KnownRow]) -> bool:
    """Whether a piece left of the figures stands behind the label of its row, which then is no whole label, or the name of
    a group."""
    found = False
    for row in rows:
        if _are_beside(piece, row.label) and piece.left > row.label.right - _OVER:
            row.is_certain = False
            found = True
    return found
