"""Words that the form prints, found wherever they stand on a page, however their lines are broken."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from disclosure.parse.labels import normalise
from disclosure.parse.pdf_pieces import Piece
from disclosure.parse.pdf_rows import ORDINAL

_BESIDE = 1.0  # of the text's height: white space within a word
_NEAREST, _FARTHEST = 0.6, 2.2  # of it: from one line of it to the next
_OVERLEAF = 6.0  # of it: where a page ends between them
_MOST_STEPS = 6_000  # on all pages; a report takes some hundreds
_MOST_BESIDE = 200  # pieces near one
_LONGEST_ORDINAL, _LONGEST = 4, 80  # characters


class Word(NamedTuple):
    """One of the form's words: its place in the form's order, and the pieces that spell it."""

    place: int
    pieces: tuple[Piece, ...]

    @property
    def top(self) -> float:
        return min(piece.top for piece in self.pieces)

    @property
    def bottom(self) -> float:
        return max(piece.bottom for piece in self.pieces)

    @property
    def left(self) -> float:
        return min(piece.left for piece in self.pieces)

    @property
    def right(self) -> float:
        return max(piece.right for piece in self.pieces)


class Words:
    """What the form prints in some order, each in several wordings."""

    def __init__(self, wordings: Iterable[tuple[int, str]]) -> None:
        self.places: Mapping[str, int] = {normalise(word): place for place, word in wordings}
        self.beginnings = {word[:end] for word in self.places for end in range(len(word) + 1)}

    def find(self, pieces: Sequence[Piece], have_ordinals: bool) -> list[Word]:
        """Given pieces from top to bottom, return the words that they spell behind an ordinal, or without one, but for those
        that share a piece."""
        search = _Search(self, pieces)
        found = [
            word
            for piece in pieces
            if have_ordinals == bool(ORDINAL.match(piece.text))
            for word in search.from_piece(piece)
        ]
        owners = Counter(id(piece) for word in found for piece in word.pieces)
        return [word for word in found if all(owners[id(piece)] == 1 for piece in word.pieces)]


class _Search:
    """Looks for a word's pieces one after the other."""

    def __init__(self, words: Words, pieces: Sequence[Piece]) -> None:
        self.words, self.pieces = words, pieces
        self.tops = [piece.top for piece in pieces]
        self.steps = 0

    def from_piece(self, piece: Piece) -> list[Word]:
        """The longest word that begins with a piece; several where there are several ways to it."""
        found = list(self._from((piece,)))
        longest = max((len(each.pieces) for each in found), default=0)
        return [each for each in found if len(each.pieces) == longest]

    def _from(self, taken: tuple[Piece, ...]) -> Iterator[Word]:
        text = "".join(piece.text for piece in taken)
        is_ordinal = len(text) <= _LONGEST_ORDINAL and ORDINAL.match(text)
        word = normalise(text) if len(text) <= _LONGEST else ""
        if not (is_ordinal or (word and word in self.words.beginnings)):
            return
        self.steps += 1
        if self.steps > _MOST_STEPS:
            return
        if word in self.words.places:
            yield Word(self.words.places[word], taken)
        for piece in self._next(taken):
            if not ORDINAL.match(piece.text):
                yield from self._from((*taken, piece))

    def _next(self, taken: Sequence[Piece]) -> Iterator[Piece]:
        """What stands just behind the last piece on its line, or on the nearest line below any of them."""
        last = taken[-1]
        high = last.height
        left, right = min(piece.left for piece in taken), max(piece.right for piece in taken)
        end = last.middle + _OVERLEAF * high
        first = bisect_left(self.tops, last.top - high)
        for piece in self.pieces[first : first + _MOST_BESIDE]:
            down = piece.middle - last.middle
            if piece.middle > end:
                return
            if abs(down) < _NEAREST * high / 2:
                if -_NEAREST < piece.left - last.right < _BESIDE * high:
                    yield piece
            elif down >= _NEAREST * high and piece.left < right and left < piece.right:
                if down > _FARTHEST * high and piece.page == last.page:
                    return
                yield piece
                end = min(end, piece.middle + _NEAREST * high / 2)
