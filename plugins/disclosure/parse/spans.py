"""Where the cells of a table stand, by their rowspan and colspan, as browsers lay them out."""

from __future__ import annotations

from functools import lru_cache

MOST_CELLS = 200_000
_WIDEST = 1000  # as browsers do; a larger span is a mistake or an attack

Spans = tuple[int, int]  # rows and columns
Place = tuple[int, int, int, int]  # row, column, rowspan, colspan


@lru_cache(maxsize=200)
def spans_of(rowspan: str | None, colspan: str | None) -> Spans:
    """A cell's spans by its attributes; what is no number is one."""
    return _span(rowspan), _span(colspan)


def _span(text: str | None) -> int:
    text = (text or "").strip()
    return min(max(int(text), 1), _WIDEST) if text.isascii() and text.isdecimal() else 1


def lay_out(rows: tuple[tuple[Spans, ...], ...]) -> tuple[tuple[Place, ...], ...]:
    """Given the spans of each row's cells, return where each cell stands. Rows beyond MOST_CELLS are left out."""
    is_usual = sum(map(len, rows)) <= _USUAL_CELLS
    return _lay_out(rows) if is_usual else _lay_out.__wrapped__(rows)


_USUAL_CELLS = 1_000  # the form's largest table has about 220; layouts of such size are kept, as they come again


@lru_cache(maxsize=500)
def _lay_out(rows: tuple[tuple[Spans, ...], ...]) -> tuple[tuple[Place, ...], ...]:
    laid_out: list[tuple[Place, ...]] = []
    reach: dict[int, int] = {}  # column → rows still covered from above
    width = 0
    for number, row in enumerate(rows):
        places: list[Place] = []
        column = 0
        for rowspan, colspan in row:
            while reach.get(column, 0) > number:
                column += 1
            rowspan = min(rowspan, len(rows) - number)
            places.append((number, column, rowspan, colspan))
            if rowspan > 1:
                reach |= dict.fromkeys(range(column, column + colspan), number + rowspan)
            column += colspan
            width += colspan
        if width > MOST_CELLS:
            break
        laid_out.append(tuple(places))
    return tuple(laid_out)
