"""A page's tables as its reader sees them: what is hidden or struck out goes, raised digits become note marks, fields
show what is filled in. Done to the tree before anything is read: 7 behind a struck 1 is no 17."""

from __future__ import annotations

import re
from functools import lru_cache

from selectolax.lexbor import LexborHTMLParser, LexborNode

_MAY_BE_UNSEEN = (
    "table del, table s, table strike, table [hidden], table [style*='none' i],"
    " table [style*='visibility' i], table [style*='line-through' i]"
)
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|line-through", re.I)
_MAY_BE_RAISED = "table sup, table sub, table [style*='vertical-align' i]"
_RAISED = re.compile(r"vertical-align\s*:\s*(?:super|sub)\b", re.I)
_NOTE_MARKS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


_HIDDEN = re.compile(r"\shidden(?=[\s=>/])", re.I)


def may_be_unseen(markup: str) -> bool:
    """Whether an attribute in a piece of markup may hide, strike or raise what it stands on."""
    return any(each.search(markup) for each in (_UNSEEN, _RAISED, _HIDDEN))


def as_seen(tree: LexborHTMLParser) -> None:
    """Change the tables of a page's tree into what a browser shows of them."""
    # Tabs hide whole reports until somebody clicks: what holds a table is never taken for hidden.
    for node in _outermost(
        [each for each in tree.css(_MAY_BE_UNSEEN) if _is_unseen(each) and not each.css("table")]
    ):
        node.decompose()
    for node in _outermost([each for each in tree.css(_MAY_BE_RAISED) if _is_mark(each)]):
        node.replace_with(node.text(strip=True).translate(_NOTE_MARKS))
    for node in tree.css("table input[value]"):
        if node.attributes.get("type") in (None, "", "text", "number"):
            node.replace_with(node.attributes["value"] or "")


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
    )


@lru_cache(maxsize=1_000)  # the cells of a page share their styles
def _hides(style: str) -> bool:
    return bool(_UNSEEN.search(style))


def _is_mark(node: LexborNode) -> bool:
    raised = node.tag in ("sup", "sub") or _RAISED.search(node.attributes.get("style") or "")
    return bool(raised) and node.text(strip=True).isdecimal()
