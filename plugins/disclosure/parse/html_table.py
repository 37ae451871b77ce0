"""A table of a page's tree becomes rows of texts with their spans."""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from disclosure.parse.html_nodes import NOT_SHOWN, SPACES, Lines, Tags, around
from disclosure.parse.spans import Spans, spans_of
from disclosure.parse.unseen import as_seen

_PICTURE = "[图片]"  # a cell that shows a picture is not blank, though nobody can read it here
_CELLS = frozenset(
    cell.tag_id for cell in LexborHTMLParser("<table><tr><td><th></table>").css("td, th")
)


class TableCell(NamedTuple):
    text: str
    spans: Spans


class Tables:
    """Reads the tables of one tree."""

    def __init__(self, tree: LexborHTMLParser, tags: Tags) -> None:
        self._tree = tree
        self._tags = tags

    @cached_property
    def _around_pictures(self) -> set[int]:
        return around(self._tree.tags("img"))

    @cached_property
    def _around_hidden(self) -> set[int]:
        return around(node for name in NOT_SHOWN - {"head"} for node in self._tree.tags(name))

    def rows(self, table: LexborNode) -> list[list[TableCell]]:
        has_hidden = table.mem_id in self._around_hidden
        return [
            [self._cell(cell, has_hidden) for cell in tr.iter() if cell.tag_id in _CELLS]
            for tr in _own_rows(table)
        ]

    def _cell(self, cell: LexborNode, has_hidden: bool) -> TableCell:
        given = cell.attributes
        spans = spans_of(given.get("rowspan"), given.get("colspan"))
        return TableCell(self._cell_text(cell, has_hidden), spans)

    def _cell_text(self, cell: LexborNode, has_hidden: bool) -> str:
        """A cell's text. Nearly every cell holds one piece of text, however deep; several are put together with care."""
        pieces = cell.text(separator="\x00")
        if pieces.isdecimal() and not has_hidden:
            return pieces
        text = None if has_hidden else _one_piece(pieces)
        if text is None:
            text = self._gathered(cell)
        return text or (_PICTURE if cell.mem_id in self._around_pictures else "")

    def _gathered(self, cell: LexborNode) -> str:
        """A cell's text, its paragraphs and <br> parted by line breaks, what is not shown left out."""
        lines = Lines(self._tags)
        for node in cell.traverse(include_text=True):
            lines.add(node)
        stripped = (line.strip(" ") for line in lines.take())
        return "\n".join(line for line in stripped if line)


def read_alone(cell: str) -> TableCell | None:
    """Given the markup of one cell, return it as it reads in any table; None where nobody sees it."""
    tree = LexborHTMLParser(f"<table><tr>{cell}</table>")
    as_seen(tree)
    rows = Tables(tree, Tags()).rows(tree.tags("table")[0])
    return rows[0][0] if rows and rows[0] else None


_SHORT = 100  # characters of a text that may come again


def _one_piece(text: str) -> str | None:
    """The text of a cell's pieces, parted by zeros, where only one of them is not blank; None where several are."""
    return _short_piece(text) if len(text) <= _SHORT else _short_piece.__wrapped__(text)


@lru_cache(maxsize=20_000)
def _short_piece(text: str) -> str | None:
    pieces = [piece for piece in text.split("\x00") if piece.strip(" \t\r\n\f")]
    if len(pieces) > 1:
        return None
    return SPACES.sub(" ", pieces[0]).strip(" ") if pieces else ""


def _own_rows(table: LexborNode) -> list[LexborNode]:
    """The table's rows, without those of a frame inside a cell."""
    rows: list[LexborNode] = []
    for child in table.iter():
        if child.tag == "tr":
            rows.append(child)
        elif child.tag in ("tbody", "thead", "tfoot"):
            rows += [row for row in child.iter() if row.tag == "tr"]
    return rows
