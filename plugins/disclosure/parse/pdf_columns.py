"""Lines outside ruled tables become text: prose put together again, rows of figures kept from being misread.

Without lines nothing says which figures make a row: a figure broken in its column looks like two. So figures in columns
are made unreadable there, and an issue says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from disclosure.parse.pdf_lines import Line, gap
from disclosure.parse.pdf_page import Box, Glyph
from disclosure.parse.pdf_table import box_name
from disclosure.records import Issue, Text

_WIDE = 0.8  # of the line's height
_MOST_NAMED = 5
_UNSURE = "\ufffd"  # what no figure and no label contains
_FIGURE = re.compile(r"(?<!\S)[+\-−]?[\d０-９][\d０-９,.]*(?!\S)")
_FIGURES = re.compile(r"(?:[+\-−]?[\d０-９][\d０-９,.]*\s*)+")
_PROSE = 15  # characters at least in a line of prose


def read_unruled(
    lines: Sequence[Line], page: int, issues: list[Issue]
) -> Iterator[tuple[float, Text]]:
    """Given the lines of a page that stand outside its tables, yield their texts, each with its top."""
    in_columns = [line for line in lines if stands_in_columns(line)]
    if any(len(segments(line)) > 1 for line in in_columns):
        boxes = "; ".join(box_name(line.box) for line in in_columns[:_MOST_NAMED])
        message = "figures stand in columns without lines between them; none of them is read"
        issues.append(Issue("columns_uncertain", f"page {page}, box {boxes}", message))
    unsure = {id(line) for line in in_columns}
    for text, box in _paragraphs(lines, unsure):
        yield box.top, Text(text, f"page {page}, box {box_name(box)}")


def stands_in_columns(line: Line) -> bool:
    """Whether a line ends in figures that white space parts from what is before them, or has nothing else."""
    pieces = segments(line)
    return bool(_FIGURES.fullmatch(pieces[-1].text))


def segments(line: Line) -> list[Line]:
    """The line cut wherever white space is as wide as a character."""
    pieces: list[list[Glyph]] = []
    for glyph in line.glyphs:
        if pieces and gap(pieces[-1][-1], glyph) < _WIDE * line.height:
            pieces[-1].append(glyph)
        else:
            pieces.append([glyph])
    return [Line(tuple(piece)) for piece in pieces]


def _without_figures(line: Line) -> str:
    return _FIGURE.sub(_UNSURE, line.text)


def _paragraphs(lines: Sequence[Line], unsure: set[int]) -> Iterator[tuple[str, Box]]:
    """Lines with the ones they continue: prose that fills its line goes on in the next. Rows of figures never do."""
    if not lines:
        return
    left = min(line.box.left for line in lines)
    right = max(line.box.right for line in lines)
    text, box, last = "", lines[0].box, None
    for line in lines:
        shown = _without_figures(line) if id(line) in unsure else line.text
        if last is not None and _continues(last, line, left, right):
            text += shown
            box = Box(
                min(box.left, line.box.left),
                box.top,
                max(box.right, line.box.right),
                line.box.bottom,
            )
        else:
            if text:
                yield text, box
            text, box = shown, line.box
        last = line
    yield text, box


_WIDE = 0.8  # of the line's height
_MOST_NAMED = 5
_UNSURE = "\ufffd"  # what no figure and no label contains
_FIGURE = re.compile(r"(?<!\S)[+\-−]?[\d０-９][\d０-９,.]*(?!\S)")
_FIGURES = re.compile(r"(?:[+\-−]?[\d０-９][\d０-９,.]*\s*)+")
_PROSE = 15  # characters at least in a line of prose


def _continues(last: Line, line: Line, left: float, right: float) -> bool:
    size = last.height
    return (
        len(last.glyphs) >= _PROSE
        and " " not in last.text
        and sum("\u4e00" <= glyph.text <= "\u9fff" for glyph in last.glyphs) * 2 > len(last.glyphs)
        and last.box.right > right - 2 * size
        and line.box.left < left + size
        and line.box.top - last.box.bottom < 2 * size
        and abs(line.height - size) < 0.2 * size
        and all(gap(a, b) < size for a, b in zip(line.glyphs, line.glyphs[1:], strict=False))
    )
