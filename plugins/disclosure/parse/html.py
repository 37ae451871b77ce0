"""An HTML page becomes blocks. The only door to selectolax.

A table with a table inside is layout: its cells' blocks are read in order. A table without one is a grid, with rowspan
and colspan worked out. Scripts, styles and ruby's pinyin are left out; menus and links are text like any other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from disclosure.records import Block, Content, Grid, GridCell, Text

_LEFT_OUT = frozenset(
    {"script", "style", "noscript", "template", "rt", "rp", "head", "iframe", "select", "textarea"}
)
_PARTS_LINES = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "td",
        "th",
        "tr",
        "ul",
        "ucapcontent",
        "ucaptitle",
    ]
)
_NOT_ELEMENTS = ("-", "_", "!")  # comments, the doctype and the like
_SPACES = re.compile(r"[ \t\r\f\n]+")
_WIDEST = 1000  # as browsers do; a larger span is a mistake or an attack
MOST_CELLS = 200_000


def read_html(text: str) -> Content:
    """Given a page's decoded text (Simplified), return its blocks, metadata and how many pictures it shows."""
    tree = LexborHTMLParser(text)
    body = tree.body
    walk = _Walk()
    if body is not None:
        walk.node(body)
        walk.end_line()
    return Content(
        blocks=tuple(walk.blocks),
        format="html",
        metadata=_metadata(tree),
        pictures=walk.pictures,
    )


def _metadata(tree: LexborHTMLParser) -> dict[str, str]:
    """The page's title and named metadata, names in lower case."""
    found: dict[str, str] = {}
    for node in tree.css("meta[name][content]"):
        name, content = node.attributes.get("name"), node.attributes.get("content")
        if name and content:
            found.setdefault(name.lower(), content.strip())
    title = tree.css_first("title")
    if title is not None:
        found["title"] = _SPACES.sub(" ", title.text()).strip()
    return found


class _Walk:
    """Gathers blocks in reading order."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.pictures = 0
        self.tables = 0
        self.lines = 0
        self.line: list[str] = []

    def node(self, node: LexborNode) -> None:
        """Depth first with a stack of its own: hostile nesting is deeper than Python's."""
        stack: list[LexborNode | None] = [node]
        while stack:
            current = stack.pop()
            if current is None:
                self.end_line()
                continue
            tag = current.tag or "-"
            if tag == "-text":
                self.line.append(current.text_content or "")
            elif tag in _LEFT_OUT or tag.startswith(_NOT_ELEMENTS):
                continue
            elif tag == "table" and not _holds_table(current):
                self.end_line()
                self.grid(current)
            else:
                self.pictures += tag == "img"
                if tag in _PARTS_LINES:
                    self.end_line()
                    stack.append(None)
                stack.extend(reversed(list(current.iter(include_text=True))))

    def end_line(self) -> None:
        text = _SPACES.sub(" ", "".join(self.line)).strip()
        self.line = []
        if text:
            self.lines += 1
            self.blocks.append(Text(text, f"paragraph {self.lines}"))

    def grid(self, table: LexborNode) -> None:
        self.tables += 1
        place = f"table {self.tables}"
        self.pictures += len(table.css("img"))
        rows = tuple(_grid_rows(table, place))
        if rows:
            self.blocks.append(Grid(rows, place))


def _holds_table(table: LexborNode) -> bool:
    """Whether a table is layout: one inside it has rows of its own. A table of one cell is only a frame around a text."""
    return any(
        inner.mem_id != table.mem_id and len(inner.css("td, th")) > 1
        for inner in table.css("table")
    )


def _own_rows(table: LexborNode) -> list[LexborNode]:
    """The table's rows, without those of a frame inside a cell."""
    rows: list[LexborNode] = []
    for child in table.iter():
        if child.tag == "tr":
            rows.append(child)
        elif child.tag in ("tbody", "thead", "tfoot"):
            rows += [row for row in child.iter() if row.tag == "tr"]
    return rows


def _grid_rows(table: LexborNode, place: str) -> Iterator[tuple[GridCell, ...]]:
    """The table's rows with true columns. A cell that spans rows stands in its first one only."""
    reach: dict[int, int] = {}  # column → rows still covered from above
    cells_read = 0
    read_text = _cell_text if table.css_first(_HIDDEN) is None else _gathered_text
    trs = _own_rows(table)
    for number, tr in enumerate(trs):
        row: list[GridCell] = []
        column = 0
        in_row = f"{place}, row {number + 1}, column "
        for cell in tr.iter():
            if cell.tag not in ("td", "th"):
                continue
            while reach.get(column, 0) > number:
                column += 1
            spans = cell.attributes
            rowspan = min(_span(spans.get("rowspan")), len(trs) - number)
            colspan = _span(spans.get("colspan"))
            text, source = read_text(cell), f"{in_row}{column + 1}"
            row.append(GridCell(text, number, column, rowspan, colspan, source))
            if rowspan > 1:
                reach |= dict.fromkeys(range(column, column + colspan), number + rowspan)
            column += colspan
            cells_read += colspan
        if cells_read > MOST_CELLS:
            return
        yield tuple(row)


def _span(text: str | None) -> int:
    if text is None or text == "1":
        return 1
    text = text.strip()
    return min(max(int(text), 1), _WIDEST) if text.isascii() and text.isdecimal() else 1


_HIDDEN = ", ".join(sorted(_LEFT_OUT - {"head"}))


def _cell_text(cell: LexborNode) -> str:
    """A cell's text. Nearly every cell holds one piece of text, however deep; several are put together with care."""
    text = cell.text(separator="\x00")
    if text.isdecimal():
        return text
    pieces = [piece for piece in text.split("\x00") if piece.strip(" \t\r\n\f")]
    if len(pieces) == 1:
        return _SPACES.sub(" ", pieces[0]).strip(" ")
    return _gathered_text(cell) if pieces else ""


def _gathered_text(cell: LexborNode) -> str:
    """A cell's text, its paragraphs and <br> parted by line breaks, what is not shown left out."""
    parts: list[str] = []
    stack: list[LexborNode | str] = [cell]
    while stack:
        current = stack.pop()
        if isinstance(current, str):
            parts.append(current)
        elif current.tag == "-text":
            parts.append(current.text_content or "")
        elif current.tag not in _LEFT_OUT and not (current.tag or "-").startswith(_NOT_ELEMENTS):
            if current.tag in _PARTS_LINES:
                parts.append("\x00")
                stack.append("\x00")
            stack.extend(reversed(list(current.iter(include_text=True))))
    lines = (_SPACES.sub(" ", line).strip(" ") for line in "".join(parts).split("\x00"))
    return "\n".join(line for line in lines if line)
