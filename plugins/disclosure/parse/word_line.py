"""The text of one Word paragraph, as it is printed once every tracked change is accepted.

Left out on purpose: deleted and hidden text, field codes, reference marks of notes and comments, the pinyin above
characters. A raised 1 behind a figure is a note's mark and no digit: it is kept in brackets, so that 12¹ is 12[1].
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from disclosure.parse.markup import Element, attribute, child, local

_LEFT_OUT = frozenset(
    {"pPr", "rPr", "sdtPr", "sdtEndPr", "rubyPr", "rt", "smartTagPr", "customXmlPr"}
    | {"del", "moveFrom", "delText", "delInstrText", "instrText", "annotationRef", "tbl"}
)
_STANDS_FOR = {
    "tab": " ",
    "ptab": " ",
    "br": "\n",
    "cr": "\n",
    "noBreakHyphen": "-",
    "softHyphen": "",
}
_PICTURES = frozenset({"blip", "imagedata"})
_OFF = frozenset({"0", "false", "off", "none"})
_MARK = re.compile(r"[\d①-⓿㈠-㈩ⅰ-ⅻa-zA-Z*＊†‡§#注（）()\[\]〔〕【】,，、\-\s]{1,8}")
_ENDS_IN_FIGURE = re.compile(r"[\d０-９]\s*\Z")


class Styles(NamedTuple):
    """Names of the character styles that hide their text or raise it."""

    hiding: frozenset[str] = frozenset()
    raising: frozenset[str] = frozenset()


@dataclass(slots=True)
class WordLine:
    text: str = ""
    boxes: list[Element] = field(default_factory=list)  # contents of text boxes anchored in it
    pictures: int = 0


def read_line(paragraph: Element, styles: Styles) -> WordLine:
    """Given a paragraph, return its text with "\\n" for each break in it, and what is anchored in it."""
    line = WordLine()
    pieces: list[tuple[str, bool]] = []  # text, whether it is raised
    stack: list[tuple[Element, bool]] = [(paragraph, False)]
    while stack:
        element, is_raised = stack.pop()
        tag = local(element)
        if tag == "t":
            pieces.append((element.text or "", is_raised))
        elif tag in _STANDS_FOR:
            pieces.append((_STANDS_FOR[tag], False))
        elif tag == "sym":
            pieces.append((_symbol(element), is_raised))
        elif tag == "txbxContent":
            line.boxes.append(element)
        elif tag == "oMath":  # 1/2 set as a fraction must not become 12
            pieces.append((" ".join(_texts(element)), is_raised))
        elif tag == "AlternateContent":
            stack.extend((each, is_raised) for each in chosen(element))
        elif tag not in _LEFT_OUT:
            line.pictures += tag in _PICTURES
            if tag == "r":
                is_hidden, is_raised = _look(element, styles)
                if is_hidden:
                    continue
            stack.extend((each, is_raised) for each in reversed(element))
    line.text = join_pieces(pieces)
    return line


def chosen(alternatives: Element) -> list[Element]:
    """Of a content given twice, for newer and for older programs, the first."""
    return [each for each in alternatives if local(each) in ("Choice", "Fallback")][:1]


def is_on(properties: Element | None, name: str) -> bool:
    """Whether a property such as w:vanish is there and not switched off."""
    toggle = None if properties is None else child(properties, name)
    return toggle is not None and (attribute(toggle, "val") or "") not in _OFF


def is_raised(properties: Element | None) -> bool:
    align = None if properties is None else child(properties, "vertAlign")
    return align is not None and attribute(align, "val") in ("superscript", "subscript")


def _look(run: Element, styles: Styles) -> tuple[bool, bool]:
    """Whether a run is hidden, and whether it is raised."""
    properties = child(run, "rPr")
    if properties is None:
        return False, False
    style = child(properties, "rStyle")
    name = (attribute(style, "val") or "") if style is not None else ""
    hides = child(properties, "vanish")
    is_hidden = is_on(properties, "vanish") if hides is not None else name in styles.hiding
    align = child(properties, "vertAlign")
    raises = is_raised(properties) if align is not None else name in styles.raising
    position = child(properties, "position")
    return is_hidden, raises or (
        position is not None and (attribute(position, "val") or "0") not in ("0", "")
    )


def _symbol(element: Element) -> str:
    """A character of a symbol font: never blank, so that its cell is not taken for one."""
    try:
        return chr(int(attribute(element, "char") or "", 16))
    except (ValueError, OverflowError):
        return "\ufffd"


def _texts(element: Element) -> list[str]:
    return [each.text or "" for each in element.iter() if local(each) == "t"]


def join_pieces(pieces: list[tuple[str, bool]]) -> str:
    """Pieces of text, each raised or not, as one. What is raised beside other text is a mark; a paragraph that is raised as a whole is no mark."""
    if not any(raised for _, raised in pieces) or not any(
        text.strip() for text, raised in pieces if not raised
    ):
        return "".join(text for text, _ in pieces)
    joined = ""
    for text, raised in _runs_together(pieces):
        if not raised or not _MARK.fullmatch(text):
            joined += text
        elif _ENDS_IN_FIGURE.search(joined):
            joined += f"[{text.strip('[]〔〕【】（）() ')}]"
    return joined


def _runs_together(pieces: list[tuple[str, bool]]) -> list[tuple[str, bool]]:
    """Neighbours that are raised alike as one piece: a mark is often cut in several runs."""
    merged: list[tuple[str, bool]] = []
    for text, raised in pieces:
        if merged and merged[-1][1] == raised:
            merged[-1] = (merged[-1][0] + text, raised)
        else:
            merged.append((text, raised))
    return merged
