"""The text of one Word paragraph, as it is printed once every tracked change is accepted.

Left out on purpose: deleted and hidden text, field codes, reference marks of notes and comments, the pinyin above
characters. A raised 1 behind a figure is a note's mark and no digit: it is kept in brackets, so that 12¹ is 12[1]. Text
that is struck through by hand stands between ~, so that 12 corrected to 15 is not 1215.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
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
_RAISED = 6  # half points from which text set higher or lower is a mark; less is adjusting
_OFF = frozenset({"0", "false", "off", "none"})
_MARK = re.compile(r"[\d①-⓿㈠-㈩ⅰ-ⅻa-zA-Z*＊†‡§#注（）()\[\]〔〕【】,，、\-\s]{1,8}")
_ENDS_IN_FIGURE = re.compile(r"[\d０-９]\s*\Z")


class Look(NamedTuple):
    """How text is shown, in so far as it changes what is read; None where nothing is said of it."""

    is_hidden: bool | None = None
    is_raised: bool | None = None
    is_struck: bool | None = None

    def over(self, under: Look) -> Look:
        """This look, and the one under it where this one says nothing."""
        return Look(*(u if own is None else own for own, u in zip(self, under, strict=True)))


PLAIN = Look()
Styles = Mapping[str, Look]
"""The looks of a document's styles, by their ids."""


@dataclass(slots=True)
class WordLine:
    text: str = ""
    boxes: list[Element] = field(default_factory=list)  # contents of text boxes anchored in it
    pictures: int = 0


def read_line(paragraph: Element, styles: Styles) -> WordLine:
    """Given a paragraph, return its text with "\\n" for each break in it, and what is anchored in it."""
    line = WordLine()
    pieces: list[tuple[str, bool]] = []  # text, whether it is raised
    fields: list[int | None] = []  # of each open field: where its code began among the pieces
    usual = styles.get(_style(child(paragraph, "pPr"), "pStyle"), PLAIN)
    stack: list[tuple[Element, Look]] = [(paragraph, usual)]
    while stack:
        element, look = stack.pop()
        tag = local(element)
        if tag == "t":
            pieces.append((struck(element.text or "", look), bool(look.is_raised)))
        elif tag in _STANDS_FOR:
            pieces.append((_STANDS_FOR[tag], False))
        elif tag == "sym":
            pieces.append((_symbol(element), bool(look.is_raised)))
        elif tag == "fldChar":
            _without_code(attribute(element, "fldCharType") or "", pieces, fields)
        elif tag == "txbxContent":
            line.boxes.append(element)
        elif tag == "oMath":  # 1/2 set as a fraction must not become 12
            pieces.append((" ".join(_texts(element)), bool(look.is_raised)))
        elif tag == "AlternateContent":
            stack.extend((each, look) for each in chosen(element))
        elif tag not in _LEFT_OUT:
            line.pictures += tag in _PICTURES
            if tag == "r":
                look = _look_of_run(element, styles).over(usual)
                if look.is_hidden and not _is_field_mark(element):
                    continue
            stack.extend((each, look) for each in reversed(element))
    line.text = join_pieces(pieces)
    return line


def chosen(alternatives: Element) -> list[Element]:
    """Of a content given twice, for newer and for older programs, the first."""
    return [each for each in alternatives if local(each) in ("Choice", "Fallback")][:1]


def is_on(properties: Element | None, name: str) -> bool:
    """Whether a property such as w:vanish is there and not switched off."""
    toggle = None if properties is None else child(properties, name)
    return toggle is not None and (attribute(toggle, "val") or "") not in _OFF


def read_look(properties: Element | None) -> Look:
    """Given the properties of a run or a style, return what they say of its look."""
    if properties is None:
        return PLAIN
    struck = [name for name in ("strike", "dstrike") if child(properties, name) is not None]
    return Look(
        is_on(properties, "vanish") if child(properties, "vanish") is not None else None,
        _is_raised(properties),
        any(is_on(properties, name) for name in struck) if struck else None,
    )


def _is_raised(properties: Element) -> bool | None:
    align, position = child(properties, "vertAlign"), child(properties, "position")
    if align is not None:
        return attribute(align, "val") in ("superscript", "subscript")
    height = (attribute(position, "val") or "").lstrip("+-") if position is not None else ""
    return height.isdecimal() and int(height) >= _RAISED if height else None


def _look_of_run(run: Element, styles: Styles) -> Look:
    properties = child(run, "rPr")
    if properties is None:
        return PLAIN
    return read_look(properties).over(styles.get(_style(properties, "rStyle"), PLAIN))


def _style(properties: Element | None, name: str) -> str:
    style = None if properties is None else child(properties, name)
    return (attribute(style, "val") or "") if style is not None else ""


def struck(text: str, look: Look) -> str:
    """The text, marked where it is struck through."""
    return f"~{text}~" if look.is_struck and text.strip() else text


def _is_field_mark(run: Element) -> bool:
    return child(run, "fldChar") is not None


def _without_code(kind: str, pieces: list[tuple[str, bool]], fields: list[int | None]) -> None:
    """Where a field's code ends, what stood in it goes: the results of fields within it are no text."""
    if kind == "begin":
        fields.append(len(pieces))
    elif fields:
        if fields[-1] is not None:
            del pieces[fields[-1] :]
        fields[-1] = None
        if kind == "end":
            fields.pop()


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
