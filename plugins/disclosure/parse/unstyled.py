"""A page's source without what only styles its cells: `<td width=60><p class=MsoNormal><span lang=EN-US>0</span></p>` is
`<td><p>0</p>`.

Editors wrap each figure in some hundred characters that no reader sees, and a tree is built of all of them. They go before
that, each markup once: a site prints the same ones on all its pages, around other figures. What is not plain stays as it
is: tags that may hide, strike, raise or part a text, anything opened and not ended in its cell, anything written oddly.
"""

from __future__ import annotations

import re
from functools import lru_cache

from disclosure.parse.unseen import may_be_unseen

_ENDS = ("</td>", "</TD>")
_LONGEST = 1_500  # characters of a cell's markup; what is longer is a text, and does not come again

_STYLING = "span|font|o:p|b|strong|i|em|u"
_STANDING = "td|th|tr|tbody|p|div|br"
_SPACE = r"[ \t\n\f\r]"
_NAME = r"[A-Za-z_:][\w:.-]*"
_VALUE = r"""(?:"[^"<>&]*"|'[^'<>&]*'|[^ \t\n\f\r"'<>&=`]+)"""
_ATTRIBUTE = rf"{_SPACE}+({_NAME})(?:{_SPACE}*={_SPACE}*({_VALUE}))?"
_ATTRIBUTES = re.compile(_ATTRIBUTE, re.ASCII)
_TAG = re.compile(
    rf"<(/?)(?:({_STYLING})|({_STANDING}))((?:{_ATTRIBUTE})*){_SPACE}*>", re.IGNORECASE | re.ASCII
)
_FIGURE = re.compile(r"(?<=>)\d+(?=<|\Z)")
_ANY_FIGURE = "\ue000"  # stands for it in a markup; of private use, so that no page prints it
# A text that ends within &nbsp; must not be put together with the next one.
_ODD_TEXT = re.compile(r"[<>]|&[^;]*$")


def unstyle(page: str) -> str:
    """Given a page's source, return a shorter one that reads the same."""
    end = next((each for each in _ENDS if each in page), None)
    if end is None or _ANY_FIGURE in page:
        return page
    cells = page.split(end)
    return end.join([_unstyled(each) if len(each) <= _LONGEST else each for each in cells])


def cells_in(page: str) -> int:
    """How many cells begin in a page's source, wherever that may be."""
    return sum(map(page.count, ("<td", "<th", "<TD", "<TH"))) - page.count("<thead")


@lru_cache(maxsize=5_000)
def _unstyled(cell: str) -> str:
    """The markup up to a cell's end, without styling."""
    figure = _FIGURE.search(cell)
    if figure is None:
        return _plain(cell)
    around = _plain(f"{cell[: figure.start()]}{_ANY_FIGURE}{cell[figure.end() :]}")
    return around.replace(_ANY_FIGURE, figure[0])


@lru_cache(maxsize=2_000)
def _plain(cell: str) -> str:
    """The markup without styling where it is plain and holds one cell's beginning; else as it stands."""
    texts: list[str] = []
    kept: list[str] = []
    opened: list[str] = []
    position = 0
    for tag in _TAG.finditer(cell):
        is_end, styling, standing, attributes = tag.group(1, 2, 3, 4)
        texts.append(cell[position : tag.start()])
        position = tag.end()
        kept.append(f"<{is_end}{standing}{_spans(attributes)}>" if standing else "")
        if styling and not is_end:
            opened.append(styling.lower())
        elif styling and (not opened or opened.pop() != styling.lower()):
            return cell
    texts.append(cell[position:])
    if opened or any(map(_ODD_TEXT.search, texts)) or may_be_unseen(cell):
        return cell
    bare = "".join(text + tag for text, tag in zip(texts, [*kept, ""], strict=True))
    return bare if cells_in(bare) == 1 else cell


def _spans(attributes: str) -> str:
    """A cell's spans, which are all that matters of its attributes; one is what they are without being said."""
    given = [
        (name, value or "1")
        for name, value in _ATTRIBUTES.findall(attributes)
        if name.lower() in ("rowspan", "colspan")
    ]
    is_said = any(value.strip("\"'") != "1" for _, value in given)
    return "".join(f" {name}={value}" for name, value in given) if is_said else ""
