"""The columns of table three where nothing parts them: where figures stand below each other, and the headings above."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from operator import attrgetter

from disclosure.form import APPLICANT_TYPES
from disclosure.parse.pdf_columns import Column, overlap
from disclosure.parse.pdf_lines import Line
from disclosure.parse.pdf_pieces import Piece
from disclosure.parse.pdf_words import Word, Words

_FEWEST = 3  # rows
_HEADINGS = Words(
    (place, wording)
    for place, column in enumerate(APPLICANT_TYPES)
    for wording in (column.label, *column.variants)
)


_BEGINNINGS = tuple(
    {wording[:2] for column in APPLICANT_TYPES for wording in (column.label, *column.variants)}
)


def find_headings(pieces: Sequence[Piece]) -> list[Word]:
    """Given pieces from top to bottom, return the headings of table three among them, those too that touch the next."""
    return _HEADINGS.find(
        [part for piece in pieces for part in _cut_at_beginnings(piece)], have_ordinals=False
    )


def _cut_at_beginnings(piece: Piece) -> Iterator[Piece]:
    glyphs = piece.line.glyphs
    texts = [glyph.text for glyph in glyphs]
    cuts = [at for at in range(1, len(texts)) if "".join(texts[at : at + 2]) in _BEGINNINGS]
    for start, end in pairwise([0, *cuts, len(texts)]):
        yield piece._replace(line=Line(glyphs[start:end])) if cuts else piece


def columns_of(
    rows: Sequence[Sequence[Piece]], above: Sequence[Piece]
) -> tuple[list[Column], list[Word]] | None:
    """Given what stands behind the label of each row, and above them, return the columns, with their headings where each has
    one over it. Where not, there must be seven, and of two beside each other some row must fill both: else they could be one,
    set to the left here and to the right there. None where neither is so."""
    if len(rows) < _FEWEST:
        return None
    headings = _headings(above)
    columns = _clusters([piece for row in rows for piece in row], headings)
    if len(headings) < len(columns) == len(APPLICANT_TYPES):
        headings = _headings([part for piece in above for part in _cut_between(piece, columns)])
    over = [[each for each in headings if overlap(_span(each), column)] for column in columns]
    if all(len(each) == 1 for each in over) and len({each[0] for each in over}) == len(columns):
        spans = {each: _span(each) for each in headings}
        spans |= {
            each: _around(spans[each], own) for (each,), own in zip(over, columns, strict=True)
        }
        ordered = sorted(headings, key=lambda each: spans[each])
        return [spans[each] for each in ordered], ordered
    filled = [{column_of(piece, columns) for piece in row} for row in rows]
    if len(columns) != len(APPLICANT_TYPES) or not all(
        any({at, at + 1} <= each for each in filled) for at in range(len(columns) - 1)
    ):
        return None
    if len(headings) == len(columns):
        ordered = sorted(headings, key=_span)
        pairs = zip(columns, ordered, strict=True)
        return [_around(column, _span(heading)) for column, heading in pairs], ordered
    are_known = all(each.place == at for at, found in enumerate(over) for each in found)
    return (columns, []) if are_known else None


def _headings(above: Sequence[Piece]) -> list[Word]:
    """The headings of columns, none where one stands there twice."""
    found = find_headings(above)
    return found if len({each.place for each in found}) == len(found) else []


def _cut_between(piece: Piece, columns: Sequence[Column]) -> Iterator[Piece]:
    """A piece of the header cut between columns, as headings may touch."""
    middles = [(a.right + b.left) / 2 for a, b in pairwise(columns)]
    glyphs = piece.line.glyphs
    for _, part in groupby(glyphs, key=lambda g: bisect(middles, (g.left + g.right) / 2)):
        yield piece._replace(line=Line(tuple(part)))


def _clusters(pieces: Sequence[Piece], headings: Sequence[Word]) -> list[Column]:
    """Where content stands below each other. What stands below several headings is of several columns, and shows none."""
    columns: list[Column] = []
    for piece in sorted(pieces, key=attrgetter("left")):
        own = Column(piece.left, piece.right)
        if sum(overlap(own, _span(each)) for each in headings) > 1:
            continue
        if columns and overlap(own, columns[-1]):
            columns[-1] = _around(columns[-1], own)
        else:
            columns.append(own)
    return columns


def _span(word: Word) -> Column:
    return Column(word.left, word.right)


def _around(one: Column, other: Column) -> Column:
    return Column(min(one.left, other.left), max(one.right, other.right))


def column_of(piece: Piece, columns: Sequence[Column]) -> int | None:
    """The column in which a piece stands; None where it stands in none, or several."""
    over = [at for at, each in enumerate(columns) if overlap(Column(piece.left, piece.right), each)]
    return over[0] if len(over) == 1 else None
