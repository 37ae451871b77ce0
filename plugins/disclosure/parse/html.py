"""An HTML page becomes blocks. With unseen.py the only door to selectolax.

A table with a table inside is layout: its cells' blocks are read in order. A table without one is a grid, with rowspan
and colspan worked out. Scripts, styles and ruby's pinyin are left out; menus and links are text like any other.

Each call into the tree costs as much as reading a cell, so nodes are visited flat and once, asked for their tag's number
and not its name, and known by their address, `mem_id`: the tree is never changed while it is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from selectolax.lexbor import LexborHTMLParser, LexborNode

from disclosure.parse.page_styles import NO_STYLES, read_styles
from disclosure.parse.spans import lay_out, spans_of
from disclosure.parse.unseen import as_seen
from disclosure.parse.unstyled import cells_in, unstyle
from disclosure.records import Block, Content, Grid, GridCell, Issue, Text

_NOT_SHOWN = frozenset(
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
_PICTURE = "[图片]"  # a cell that shows a picture is not blank, though nobody can read it here


def read_html(text: str) -> Content:
    """Given a page's decoded text, return its blocks, metadata and how many pictures it shows."""
    styles = read_styles(text)
    tree = _tree(text) if styles == NO_STYLES else LexborHTMLParser(text)
    as_seen(tree, styles)
    page = _Page(tree)
    if tree.body is not None:
        page.read(tree.body)
    if _ends_in_a_row(text):
        page.leave_out_last_row()
    return Content(
        blocks=tuple(page.blocks),
        format="html",
        issues=tuple(page.issues),
        metadata=_metadata(tree),
        pictures=sum(page.tags.home(each) != _HIDDEN for each in tree.tags("img")),
    )


def _ends_in_a_row(page: str) -> bool:
    """Whether a page is cut off in a row of a table: nothing ends after its last cell's beginning."""
    at = max(page.rfind(cell) for cell in ("<td", "<TD", "<th", "<TH"))
    return at >= 0 and not _ENDS.search(page, at)


_ENDS = re.compile(r"</(?:tr|table|body|html)\b|<tr\b", re.IGNORECASE)


def _tree(page: str) -> LexborHTMLParser:
    """The page's tree, without what only styles its cells. Where a cell is no cell to the tree (in a comment, a script, an
    attribute that does not end), the page is taken as it is."""
    shorter = unstyle(page)
    tree = LexborHTMLParser(shorter)
    is_as_written = len(tree.tags("td")) + len(tree.tags("th")) == cells_in(shorter)
    return tree if is_as_written else LexborHTMLParser(page)


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


class _Page:
    """Gathers blocks in reading order."""

    def __init__(self, tree: LexborHTMLParser) -> None:
        self.blocks: list[Block] = []
        self.issues: list[Issue] = []
        self.tags = _Tags()
        self._lines = _Lines(self.tags)
        self._paragraphs = 0
        self._tables = 0
        self._grids = _grids(tree, self.tags)
        self._around_grids = _around(self._grids.values())
        self._around_pictures = _around(tree.tags("img"))
        self._around_hidden = _around(
            node for name in _NOT_SHOWN - {"head"} for node in tree.tags(name)
        )

    def read(self, body: LexborNode) -> None:
        """Depth first with a stack of its own: hostile nesting is deeper than Python's."""
        stack = [body]
        while stack:
            node = stack.pop()
            if node.mem_id in self._grids:
                self._end_paragraphs()
                self._grid(node)
            elif node.mem_id in self._around_grids:
                self._lines.add(node)
                stack.extend(reversed(list(node.iter(include_text=True))))
            else:
                for each in node.traverse(include_text=True):
                    self._lines.add(each)
        self._end_paragraphs()

    def leave_out_last_row(self) -> None:
        """Take the last row of the last table away: the page breaks off in it."""
        at, grid = next(
            ((n, b) for n, b in reversed(list(enumerate(self.blocks))) if isinstance(b, Grid)),
            (-1, None),
        )
        if grid is None:
            return
        self.blocks[at] = replace(grid, rows=grid.rows[:-1])
        place = f"{grid.place}, row {len(grid.rows)}"
        message = "the page breaks off in this row, which is not read; the rest is absent"
        self.issues.append(Issue("cut_off", place, message))

    def _end_paragraphs(self) -> None:
        for line in self._lines.take():
            text = line.strip()
            if text:
                self._paragraphs += 1
                self.blocks.append(Text(text, f"paragraph {self._paragraphs}"))

    def _grid(self, table: LexborNode) -> None:
        self._tables += 1
        has_hidden = table.mem_id in self._around_hidden
        cells = [[cell for cell in tr.iter() if cell.tag_id in _CELLS] for tr in _own_rows(table)]
        attributes = [[cell.attributes for cell in row] for row in cells]
        spans = [
            tuple([spans_of(each.get("rowspan"), each.get("colspan")) for each in row])
            for row in attributes
        ]
        rows = [
            tuple(
                [
                    GridCell(self._cell_text(cell, has_hidden), *place)
                    for cell, place in zip(row, of_row, strict=True)
                ]
            )
            for row, of_row in zip(cells, lay_out(tuple(spans)), strict=False)
        ]
        if rows:
            self.blocks.append(Grid(tuple(rows), f"table {self._tables}"))

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
        lines = _Lines(self.tags)
        for node in cell.traverse(include_text=True):
            lines.add(node)
        stripped = (line.strip(" ") for line in lines.take())
        return "\n".join(line for line in stripped if line)


# --- text ----------------------------------------------------------------------------------------

_TEXT, _INLINE, _PARTING, _LEFT_OUT = range(4)  # what a tag is to a reader
_HIDDEN, _NO_HOME = 0, 1  # homes that are no node's address


class _Tags:
    """What each tag of a page is, and where each node belongs."""

    def __init__(self) -> None:
        self._kinds: dict[int, int] = {}  # by the tag's number
        self._homes: dict[int, int] = {}  # by the node's address

    def kind(self, node: LexborNode) -> int:
        number = node.tag_id
        kind = self._kinds.get(number)
        if kind is None:
            kind = self._kinds[number] = _kind(node.tag or "-")
        return kind

    def home(self, node: LexborNode) -> int:
        """The address of the nearest element around a node, or itself, that begins a line; _HIDDEN within what is not
        shown."""
        unknown: list[LexborNode] = []
        current: LexborNode | None = node
        while current is not None and current.mem_id not in self._homes:
            unknown.append(current)
            current = current.parent
        home = _NO_HOME if current is None else self._homes[current.mem_id]
        for each in reversed(unknown):
            home = self._homes[each.mem_id] = self._home_in(each, home)
        return home

    def _home_in(self, node: LexborNode, parents: int) -> int:
        kind = self.kind(node)
        if parents == _HIDDEN or kind == _LEFT_OUT:
            return _HIDDEN
        return node.mem_id if kind == _PARTING else parents


def _kind(tag: str) -> int:
    if tag in ("-text", "-document"):
        return _TEXT if tag == "-text" else _INLINE
    if tag in _NOT_SHOWN or tag.startswith(_NOT_ELEMENTS):
        return _LEFT_OUT
    if tag in _PARTS_LINES:
        return _PARTING
    return _INLINE


class _Lines:
    """Texts of nodes, added in reading order, as lines: elements that begin a line part them where they begin and end."""

    def __init__(self, tags: _Tags) -> None:
        self._tags = tags
        self._ended: list[str] = []
        self._line: list[str] = []
        self._home = _NO_HOME

    def add(self, node: LexborNode) -> None:
        kind = self._tags.kind(node)
        if kind == _TEXT:
            home = self._tags.home(node)
            if home == _HIDDEN:
                return
            if home != self._home:
                self.end()
                self._home = home
            self._line.append(node.text_content or "")
        elif kind == _PARTING and self._tags.home(node) != _HIDDEN:
            self.end()

    def end(self) -> None:
        if self._line:
            self._ended.append(_SPACES.sub(" ", "".join(self._line)))
            self._line = []

    def take(self) -> list[str]:
        """The lines so far, which are then forgotten."""
        self.end()
        lines, self._ended = self._ended, []
        return lines


_SHORT = 100  # characters of a text that may come again


def _one_piece(text: str) -> str | None:
    """The text of a cell's pieces, parted by zeros, where only one of them is not blank; None where several are."""
    return _short_piece(text) if len(text) <= _SHORT else _short_piece.__wrapped__(text)


@lru_cache(maxsize=20_000)
def _short_piece(text: str) -> str | None:
    pieces = [piece for piece in text.split("\x00") if piece.strip(" \t\r\n\f")]
    if len(pieces) > 1:
        return None
    return _SPACES.sub(" ", pieces[0]).strip(" ") if pieces else ""


# --- grids ---------------------------------------------------------------------------------------

_CELLS = frozenset(
    cell.tag_id for cell in LexborHTMLParser("<table><tr><td><th></table>").css("td, th")
)


def _grids(tree: LexborHTMLParser, tags: _Tags) -> dict[int, LexborNode]:
    """Tables by their address, but for layout, and for frames: tables of one cell around a text within a grid."""
    tables = {table.mem_id: table for table in tree.tags("table")}
    outer = {
        address: [each for each in _around([table]) if each in tables and each != address]
        for address, table in tables.items()
    }
    layout = {
        each
        for address, around in outer.items()
        if around and len(tables[address].css("td, th")) > 1
        for each in around
    }
    return {
        address: table
        for address, table in tables.items()
        if address not in layout
        and layout.issuperset(outer[address])
        and tags.home(table) != _HIDDEN
    }


def _around(nodes: Iterable[LexborNode]) -> set[int]:
    """The addresses of nodes and of all elements around them."""
    found: set[int] = set()
    for node in nodes:
        current: LexborNode | None = node
        while current is not None and current.mem_id not in found:
            found.add(current.mem_id)
            current = current.parent
    return found


def _own_rows(table: LexborNode) -> list[LexborNode]:
    """The table's rows, without those of a frame inside a cell."""
    rows: list[LexborNode] = []
    for child in table.iter():
        if child.tag == "tr":
            rows.append(child)
        elif child.tag in ("tbody", "thead", "tfoot"):
            rows += [row for row in child.iter() if row.tag == "tr"]
    return rows
