"""Tables that are written regularly are read before a tree is built of them: cell by cell, each markup once.

Editors wrap every figure in some hundred characters, the same ones all over a site, around other figures. A cell's markup
reads alike wherever it stands, so it is read alone (html_table.py) when it is met for the first time, and known from then
on. Only a stand-in of the table goes into the page's tree, and tells where the table is and whether it is one at all.
Whatever is written otherwise than below is left to the tree.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, islice, repeat
from typing import NamedTuple

from disclosure.parse.html_table import TableCell, read_alone
from disclosure.parse.shapes import kind_of, shape_by
from disclosure.parse.spans import Spans, lay_out
from disclosure.parse.unseen import may_be_unseen
from disclosure.records import Grid, GridCell, GridShape

MARK = "read-before"  # the attribute of a stand-in: the table's number
_LONGEST = 3_000  # characters of a cell's markup; what is longer is a text, and does not come again

_USUAL_CELLS = 1_000  # the form's largest table has about 220; layouts of such size come again

_ATTRIBUTES = (
    r"""(?:[ \t\n\f\r]+[\w:.-]+(?:[ \t\n\f\r]*=[ \t\n\f\r]*(?:"[^"]*"|'[^']*'|[^ \t\n\f\r"'<>&=`]+))?)*"""
    r"[ \t\n\f\r]*/?"
)
_GAP = r"[ \t\n\f\r]*"
_ROW = rf"(?:<t(?:body|head|foot){_ATTRIBUTES}>{_GAP})?<tr{_ATTRIBUTES}>{_GAP}"
_TABLE = rf"<table{_ATTRIBUTES}>{_GAP}(?:</?col(?:group)?{_ATTRIBUTES}>{_GAP})*{_ROW}"
_NEXT_ROW = rf"(?:</tr>{_GAP})?(?:</t(?:body|head|foot)>{_GAP})?{_ROW}"
# Nothing that makes or ends a part of the table, holds text as it is written, or shows a picture.
_WITHIN = (
    "a|abbr|b|big|br|center|cite|code|del|div|em|font|h[1-6]|hr|i|input|ins|label|li|nobr|ol|p|r[bpt]|ruby|s|small|span"
    "|strike|strong|su[bp]|tt|u|ul|var|wbr|[a-z]+[0-9]?:[a-z]+"
)
_INNER = rf"(?:[^<]++|</?(?:{_WITHIN}){_ATTRIBUTES}>|<!--[^<>-]*-->|<!\[[^<>]*\]>)*"
_CELL = re.compile(
    rf"(?P<lead>{_GAP}(?:(?P<table>{_TABLE})|(?P<row>{_NEXT_ROW}))?)(?P<begin><t[dh]{_ATTRIBUTES}>){_INNER}",
    re.ASCII,
)
_END = re.compile(rf"{_GAP}(?:</tr>{_GAP})?(?:</t(?:body|head|foot)>{_GAP})?")
# Tags that change nothing of the text in them, whatever it is.
_PLAIN = re.compile(
    rf"(?:[^<]++|</?(?:td|th|p|div|br|span|font|b|strong|i|em|u|o:p){_ATTRIBUTES}>)*", re.ASCII
)
_FIGURE = re.compile(r"(?<=>)[0-9]+(?=<|\Z)")
_SOME_FIGURE = "7803652914"


@dataclass(frozen=True, slots=True, eq=False)  # one object each: compared and hashed by identity
class _Frame:
    """What a cell is to its table, whatever its figure. `leads` is "table" for the first cell of one, "row" for the first
    of another row."""

    leads: str | None
    rowspan: int
    colspan: int
    kind: str  # of its text: shapes.py


_frame = lru_cache(maxsize=5_000)(_Frame)


class RegularTable(NamedTuple):
    texts: tuple[str, ...]
    layout: _Layout

    def grid(self, place: str) -> Grid:
        # Not strict: in a table that is too wide the last rows have no places, and are left out.
        fields = zip(self.texts, *self.layout.places, repeat(""), strict=False)
        # GridCell(…) takes three times as long.
        cells = map(tuple.__new__, repeat(GridCell), fields)
        rows = tuple([tuple(islice(cells, length)) for length in self.layout.lengths])
        return Grid(rows, place, shape=self.layout.shape)


def cut_regular_tables(page: str) -> tuple[str, list[RegularTable]]:
    """Given a page's source, return it with a stand-in for each regular table, and these tables."""
    tables: list[RegularTable] = []
    kept: list[str] = []  # of the page up to `done`
    done = last = 0
    while (end := page.find("</table>", last)) >= 0:
        start = page.rfind("<table", last, end)
        table = _read_table(page[start:end]) if start >= 0 else None
        if table:
            # Two cells, as many as tell a table from a frame around a text.
            kept += page[done:start], f"<table {MARK}={len(tables)}><td></td><td></td>"
            tables.append(table)
            done = end
        last = end + len("</table>")
    shorter = "".join([*kept, page[done:]])
    # Where the page itself has the mark, nobody could tell its own from those.
    return (page, []) if shorter.count(MARK) > len(tables) else (shorter, tables)


def _read_table(markup: str) -> RegularTable | None:
    table = _read_cells(markup)
    if table is None and "</th>" in markup:
        return _read_cells(markup.replace("</th>", "</td>"))
    return table


def _read_cells(markup: str) -> RegularTable | None:
    *cells, end = markup.split("</td>")
    is_usual = 2 <= len(cells) <= _USUAL_CELLS and max(map(len, cells)) <= _LONGEST
    if not is_usual or not _END.fullmatch(end):
        return None
    read = list(map(_read, cells))
    if None in read:
        return None
    frames, texts = zip(*read, strict=True)
    layout = _lay_out(frames)
    return layout and RegularTable(texts, layout)


@lru_cache(maxsize=10_000)
def _read(cell: str) -> tuple[_Frame, str] | None:
    """What a cell is to its table, and its text."""
    match = _CELL.fullmatch(cell)
    if match is None or may_be_unseen(match["lead"] + match["begin"]):
        return None
    read = _read_cell(cell[match.start("begin") :])
    leads = "table" if match["table"] else "row" if match["row"] else None
    return read and (_frame(leads, *read.spans, kind_of(read.text)), read.text)


def _read_cell(markup: str) -> TableCell | None:
    """The cell as it reads. Another figure in a known markup is itself, where the markup is plain."""
    figure = _FIGURE.search(markup)
    if figure and _PLAIN.fullmatch(markup) and not may_be_unseen(markup):
        read = _known(f"{markup[: figure.start()]}{_SOME_FIGURE}{markup[figure.end() :]}")
        if read and read.text == _SOME_FIGURE:
            return read._replace(text=figure[0])
    return _known(markup)


_known = lru_cache(maxsize=3_000)(read_alone)


# --- where the cells stand -----------------------------------------------------------------------


class _Layout(NamedTuple):
    """`places` are the rows of all cells, their columns, rowspans and colspans; `lengths` are how many cells a row has."""

    places: tuple[tuple[int, ...], ...]
    lengths: tuple[int, ...]
    shape: GridShape


@lru_cache(maxsize=500)
def _lay_out(frames: tuple[_Frame, ...]) -> _Layout | None:
    """Where the cells of these frames stand; None where they are not one table."""
    rows: list[list[Spans]] = []
    for frame in frames:
        if (frame.leads == "table") != (not rows):
            return None
        if frame.leads:
            rows.append([])
        rows[-1].append((frame.rowspan, frame.colspan))
    laid_out = lay_out(tuple(map(tuple, rows)))
    places = tuple(zip(*chain.from_iterable(laid_out), strict=True))
    lengths = tuple(map(len, laid_out))
    kinds = tuple([frame.kind for frame in frames])
    return _Layout(places, lengths, shape_by(kinds, places, lengths, has_geometry=True))
