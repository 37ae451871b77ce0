"""An HTML page becomes blocks. The only door to selectolax, with the modules html_… and unseen.

A table with a table inside is layout: its cells' blocks are read in order. A table without one is a grid, with rowspan
and colspan worked out. Scripts, styles and ruby's pinyin are left out; menus and links are text like any other.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from selectolax.lexbor import LexborHTMLParser, LexborNode

from disclosure.parse.html_nodes import HIDDEN, SPACES, Lines, Tags, around
from disclosure.parse.html_regular import MARK, RegularTable, cut_regular_tables
from disclosure.parse.html_table import Tables
from disclosure.parse.page_styles import NO_STYLES, Styles, read_styles
from disclosure.parse.spans import lay_out
from disclosure.parse.unseen import as_seen, hides_tables
from disclosure.records import Block, Content, Grid, GridCell, Issue, Text


def read_html(text: str) -> Content:
    """Given a page's decoded text, return its blocks, metadata and how many pictures it shows."""
    tree, regular, styles = _tree(text)
    if len(tree.tags("table")) > len(regular):
        as_seen(tree, styles)
    page = _Page(tree, regular)
    if tree.body is not None:
        page.read(tree.body)
    if _ends_in_a_row(text):
        page.leave_out_last_row()
    return Content(
        blocks=tuple(page.blocks),
        format="html",
        issues=tuple(page.issues),
        metadata=_metadata(tree),
        pictures=sum(page.tags.home(each) != HIDDEN for each in tree.tags("img")),
    )


def _ends_in_a_row(page: str) -> bool:
    """Whether a page is cut off in a row of a table: nothing ends after its last cell's beginning."""
    at = -1
    for cell in ("<td", "<TD", "<th", "<TH"):
        at = max(at, page.rfind(cell, max(at, 0)))
    return at >= 0 and not _ENDS.search(page, at)


_ENDS = re.compile(r"</(?:tr|table|body|html)\b|<tr\b", re.IGNORECASE)


def _tree(page: str) -> tuple[LexborHTMLParser, Mapping[int, RegularTable], Styles]:
    """The page's tree, the regular tables by the address of what stands for each in it, and what its style sheet hides."""
    shorter, cut = cut_regular_tables(page)
    styles = read_styles(page) if "<style" in shorter.lower() else NO_STYLES
    tree = LexborHTMLParser(shorter)
    marked = tree.css(f"table[{MARK}]") if cut else []
    # One is in a comment, a script or an attribute that does not end; or it is hidden, and may be shown elsewhere.
    if styles != NO_STYLES or len(marked) != len(cut) or hides_tables(tree):
        return LexborHTMLParser(page), {}, styles
    return tree, {node.mem_id: cut[int(node.attributes[MARK] or 0)] for node in marked}, styles


def _metadata(tree: LexborHTMLParser) -> dict[str, str]:
    """The page's title and named metadata, names in lower case."""
    found: dict[str, str] = {}
    for node in tree.css("meta[name][content]"):
        name, content = node.attributes.get("name"), node.attributes.get("content")
        if name and content:
            found.setdefault(name.lower(), content.strip())
    title = tree.css_first("title")
    if title is not None:
        found["title"] = SPACES.sub(" ", title.text()).strip()
    return found


class _Page:
    """Gathers blocks in reading order."""

    def __init__(self, tree: LexborHTMLParser, regular: Mapping[int, RegularTable]) -> None:
        self.blocks: list[Block] = []
        self.issues: list[Issue] = []
        self.tags = Tags()
        self._lines = Lines(self.tags)
        self._paragraphs = 0
        self._count = 0
        self._grids = _grids(tree, self.tags)
        self._around_grids = around(self._grids.values())
        self._tables = Tables(tree, self.tags)
        self._regular = regular

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
        self.blocks[at] = Grid(grid.rows[:-1], grid.place)
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
        self._count += 1
        place = f"table {self._count}"
        regular = self._regular.get(table.mem_id)
        grid = regular.grid(place) if regular else Grid(self._rows(table), place)
        if grid.rows:
            self.blocks.append(grid)

    def _rows(self, table: LexborNode) -> tuple[tuple[GridCell, ...], ...]:
        rows = self._tables.rows(table)
        places = lay_out(tuple([tuple([cell.spans for cell in row]) for row in rows]))
        return tuple(
            tuple([GridCell(cell.text, *place) for cell, place in zip(row, of_row, strict=True)])
            for row, of_row in zip(rows, places, strict=False)
        )


def _grids(tree: LexborHTMLParser, tags: Tags) -> dict[int, LexborNode]:
    """Tables by their address, but for layout, and for frames: tables of one cell around a text within a grid."""
    tables = {table.mem_id: table for table in tree.tags("table")}
    is_nested = tree.css_first("table table") is not None
    outer = {
        address: [each for each in around([table]) if each in tables and each != address]
        for address, table in (tables if is_nested else {}).items()
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
        and layout.issuperset(outer.get(address, ()))
        and tags.home(table) != HIDDEN
    }
