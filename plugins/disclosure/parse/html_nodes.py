"""What the nodes of a page's tree are to a reader: texts, what parts them into lines, what is not shown.

Each call into the tree costs as much as reading a cell, so nodes are visited flat and once, asked for their tag's number
and not its name, and known by their address, `mem_id`: the tree is never changed while it is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from selectolax.lexbor import LexborNode

NOT_SHOWN = frozenset(
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
SPACES = re.compile(r"[ \t\r\f\n]+")

_TEXT, _INLINE, _PARTING, _LEFT_OUT = range(4)  # what a tag is to a reader
HIDDEN, _NO_HOME = 0, 1  # homes that are no node's address


class Tags:
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

    def home(self, node: LexborNode | None) -> int:
        """The address of the nearest element around a node, or itself, that begins a line; HIDDEN within what is not
        shown."""
        if node is None:
            return _NO_HOME
        home = self._homes.get(node.mem_id)
        return self._climb(node) if home is None else home

    def _climb(self, node: LexborNode) -> int:
        unknown = [node]
        current, home = node.parent, None
        while current is not None and (home := self._homes.get(current.mem_id)) is None:
            unknown.append(current)
            current = current.parent
        home = _NO_HOME if home is None else home
        for each in reversed(unknown):
            home = self._homes[each.mem_id] = self._home_in(each, home)
        return home

    def _home_in(self, node: LexborNode, parents: int) -> int:
        kind = self.kind(node)
        if parents == HIDDEN or kind == _LEFT_OUT:
            return HIDDEN
        return node.mem_id if kind == _PARTING else parents


def _kind(tag: str) -> int:
    if tag in ("-text", "-document"):
        return _TEXT if tag == "-text" else _INLINE
    if tag in NOT_SHOWN or tag.startswith(_NOT_ELEMENTS):
        return _LEFT_OUT
    if tag in _PARTS_LINES:
        return _PARTING
    return _INLINE


class Lines:
    """Texts of nodes, added in reading order, as lines: elements that begin a line part them where they begin and end."""

    def __init__(self, tags: Tags) -> None:
        self._tags = tags
        self._ended: list[str] = []
        self._line: list[str] = []
        self._home = _NO_HOME

    def add(self, node: LexborNode) -> None:
        kind = self._tags.kind(node)
        if kind == _TEXT:
            home = self._tags.home(node.parent)
            if home == HIDDEN:
                return
            if home != self._home:
                self.end()
                self._home = home
            self._line.append(node.text_content or "")
        elif kind == _PARTING and self._tags.home(node) != HIDDEN:
            self.end()

    def end(self) -> None:
        if self._line:
            self._ended.append(SPACES.sub(" ", "".join(self._line)))
            self._line = []

    def take(self) -> list[str]:
        """The lines so far, which are then forgotten."""
        self.end()
        lines, self._ended = self._ended, []
        return lines


def around(nodes: Iterable[LexborNode]) -> set[int]:
    """The addresses of nodes and of all elements around them."""
    found: set[int] = set()
    for node in nodes:
        current: LexborNode | None = node
        while current is not None and current.mem_id not in found:
            found.add(current.mem_id)
            current = current.parent
    return found
