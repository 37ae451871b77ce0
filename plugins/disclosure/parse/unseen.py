"""A page's tables as its reader sees them: what is hidden or struck out goes, raised digits become note marks, fields
show what is filled in. Done to the tree before anything is read: 7 behind a struck 1 is no 17."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from selectolax.lexbor import LexborHTMLParser, LexborNode

from disclosure.parse.page_styles import HIDDEN, NO_STYLES, RAISED, Styles

_IN_TABLES = (
    "table del, table s, table strike, table [hidden], table [style*='none' i],"
    " table [style*='visibility' i], table [style*='line-through' i], table [style*='opacity' i],"
    " table [style*='font-size:0' i], table [style*='font-size: 0' i], table [style*='-99']"
)
_AROUND_TABLES = "[hidden], [style*='none' i], [style*='visibility' i]"
_MAY_BE_RAISED = "table sup, table sub, table [style*='vertical-align' i]"
_NO_SIZE = re.compile(r"font-size\s*:\s*0(?:px|pt|em|rem|%)?\s*(?=[;\"'!]|$)", re.I)
_NOTE_MARKS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_NOTE = re.compile(
    r"[\[〔【（(]?(?:注|备注|note)?:?[\d①-⑳]{1,2}[\]〕】）)]?|[*＊※†‡a-z]{1,2}", re.I
)
_HIDDEN = re.compile(r"\shidden(?=[\s=>/])", re.I)
_UNSURE = "〓"  # the printers' sign for a character that is missing
# What a table of the form says and no other.
_OF_THE_FORM = ("第二十条", "本年新收", "直接起诉")


def may_be_unseen(markup: str) -> bool:
    """Whether an attribute in a piece of markup may hide, strike or raise what it stands on."""
    return any(each.search(markup) for each in (HIDDEN, RAISED, _HIDDEN, _NO_SIZE))


def as_seen(tree: LexborHTMLParser, styles: Styles = NO_STYLES) -> None:
    """Change the tables of a page's tree into what a browser shows of them."""
    for node in _outermost(_hidden_copies(tree, styles)):
        node.decompose()
    unseen = [each for each in tree.css(_IN_TABLES) if _is_unseen(each)]
    unseen += [each for each in _styled(tree, styles.hidden) if _is_in_a_table(each)]
    for node in _outermost([each for each in unseen if not each.css("table")]):
        node.decompose()
    for node in _styled(tree, styles.unsure):
        if _is_in_a_table(node) and not node.css("table"):
            _make_unreadable(node)
    raised = [each for each in tree.css(_MAY_BE_RAISED) if _is_raised(each)]
    raised += [each for each in _styled(tree, styles.raised) if _is_in_a_table(each)]
    for node in _outermost([each for each in raised if _is_mark(each)]):
        node.replace_with(_as_mark(node.text(strip=True)))
    for node in tree.css("table input[value]"):
        if node.attributes.get("type") in (None, "", "text", "number"):
            node.replace_with(node.attributes["value"] or "")


def _make_unreadable(node: LexborNode) -> None:
    """What some readers see and others do not makes no figure and no label."""
    for each in node.css("td, th") or [node]:
        each.insert_child(_UNSURE)


def _hidden_copies(tree: LexborHTMLParser, styles: Styles) -> list[LexborNode]:
    """Hidden parts of a page with tables that it shows elsewhere. Tabs hide whole reports until somebody clicks: a table
    that is shown nowhere else is never taken for hidden."""
    with_tables = _hiding_tables(tree, styles)
    if not with_tables:
        return []
    addresses = {node.mem_id for node in with_tables}
    tables = [each for each in tree.tags("table") if len(each.css("table")) == 1]  # it is one
    shown = "".join(
        each.text()
        for each in tables
        if each.mem_id not in addresses and not _stands_in(each, addresses)
    )
    copies = []
    for node in with_tables:
        said = [label for label in _OF_THE_FORM if label in node.text()]
        if said and all(label in shown for label in said):
            copies.append(node)
    return copies


def hides_tables(tree: LexborHTMLParser) -> bool:
    """Whether a page's attributes hide a part of it with a table in it."""
    return bool(_hiding_tables(tree, NO_STYLES))


def _hiding_tables(tree: LexborHTMLParser, styles: Styles) -> list[LexborNode]:
    hidden = [each for each in tree.css(_AROUND_TABLES) if _is_unseen(each)]
    hidden += _styled(tree, styles.hidden)
    return [each for each in hidden if each.tag == "table" or each.css("table")]


def _styled(tree: LexborHTMLParser, selectors: Sequence[str]) -> list[LexborNode]:
    """The elements that the page's own sheet speaks of, but for those whose own style shows them."""
    return [
        node
        for node in (tree.css(", ".join(selectors)) if selectors else [])
        if "display" not in (node.attributes.get("style") or "").lower()
    ]


def _is_in_a_table(node: LexborNode) -> bool:
    around = node.parent
    while around is not None and around.tag != "table":
        around = around.parent
    return around is not None


def _outermost(nodes: list[LexborNode]) -> list[LexborNode]:
    """Those that stand in none of the others: a node is gone with the one around it, and must not be touched again."""
    addresses = {node.mem_id for node in nodes}
    return [node for node in nodes if not _stands_in(node, addresses)]


def _stands_in(node: LexborNode, addresses: set[int]) -> bool:
    around = node.parent
    while around is not None and around.mem_id not in addresses:
        around = around.parent
    return around is not None


def _is_unseen(node: LexborNode) -> bool:
    attributes = node.attributes
    return (
        node.tag in ("del", "s", "strike")
        or "hidden" in attributes
        or _hides(attributes.get("style") or "")
        or (bool(_NO_SIZE.search(attributes.get("style") or "")) and not _sets_sizes(node))
    )


def _sets_sizes(node: LexborNode) -> bool:
    """Whether what stands in a node of no size has a size of its own: then only the white space between has none."""
    return any(each.mem_id != node.mem_id for each in node.css("[style*='font-size' i]"))


@lru_cache(maxsize=1_000)  # the cells of a page share their styles
def _hides(style: str) -> bool:
    return bool(HIDDEN.search(style))


def _is_raised(node: LexborNode) -> bool:
    return node.tag in ("sup", "sub") or bool(RAISED.search(node.attributes.get("style") or ""))


def _is_mark(node: LexborNode) -> bool:
    return bool(_NOTE.fullmatch("".join(node.text().split())))


def _as_mark(text: str) -> str:
    """A raised figure as one, any other mark in brackets: neither is taken for a digit of the figure beside it."""
    bare = "".join(text.split())
    return (
        bare.translate(_NOTE_MARKS) if bare.isdecimal() else f"[{bare.strip('[]〔〕【】（）()')}]"
    )
