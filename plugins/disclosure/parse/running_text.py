"""Running text is cut into lines at the form's own labels.

Text whose columns were lost (`行政许可 97`, `1.属于国家秘密0000000`, one cell a line) has its rows there. A label counts only where
a row can begin, so a sentence that mentions 行政处罚212件 is never taken for a row.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from disclosure.form import Template
from disclosure.parse.labels import mark
from disclosure.parse.lines import Line, new
from disclosure.parse.loose_figures import (
    RUN,
    SENTENCE_GOES_ON,
    SHORT,
    cut_row,
    end_of_cells,
    without_page_number,
)
from disclosure.parse.loose_labels import find_labels
from disclosure.parse.shapes import shape_of_text
from disclosure.records import GridCell, Text


def cut_text(texts: Sequence[Text], template: Template) -> list[Line]:
    """Given running text, return its lines: a row for each label of the form, and what stands between as it is."""
    lines: list[Line] = []
    joined = "\n".join([text.text for text in texts])
    places = _places(texts)
    position = 0  # up to here all is cut; behind a label or its figures another row may begin
    tokens = list(find_labels(joined, template))
    stops = [*(token.start() for token in tokens[1:]), len(joined)]
    for token, stop in zip(tokens, stops, strict=False):
        start, end = token.span()
        if start != position:
            if start < position or not _row_may_begin(joined, token):
                continue
            lines += _between_labels(joined, position, start, places, template)
        run = RUN.match(joined, end)
        if run and not SENTENCE_GOES_ON.match(joined, run.end()):
            end = without_page_number(joined, end, run.end())
        if token.lastgroup == "item" and joined[end:stop].strip():
            end = end_of_cells(joined, token.end(), stop) or end
        lines.append(_loose_line(joined, token, end, places))
        position = end
    if position < len(joined):
        lines += _between_labels(joined, position, len(joined), places, template)
    return lines


def holds_a_row(text: str, template: Template) -> bool:
    """Whether a text holds a label of a row and its figures."""
    return any(
        token.lastgroup == "item" and RUN.match(text, token.end())
        for token in find_labels(text, template)
    )


def _row_may_begin(text: str, token: re.Match[str]) -> bool:
    """Whether a label behind other text begins a row. A heading's numeral or clause is boundary enough."""
    return token.lastgroup == "heading" or bool(_ROW_MAY_BEGIN_AFTER.match(text, token.start() - 1))


_ROW_MAY_BEGIN_AFTER = re.compile(r"[\s|0-9０-９元件]")


def _loose_line(text: str, token: re.Match[str], end: int, places: _Places) -> Line:
    start, behind = token.span()
    cut = cut_row if end - start <= SHORT else cut_row.__wrapped__
    texts, offsets, shape = cut(text[start:end], behind - start)
    place = places.at(start)
    cells = [new(GridCell, (texts[0], 0, 0, 1, 1, place))]
    for column in range(1, len(texts)):
        at = places.at(start + offsets[column])
        cells.append(new(GridCell, (texts[column], 0, column, 1, 1, at)))
    return new(Line, (tuple(cells), place, shape, None))


def _between_labels(
    text: str, start: int, end: int, places: _Places, template: Template
) -> Iterator[Line]:
    """What stands between the form's own labels: prose, and rows whose label is worded in a way of its own."""
    position = start
    for figure in _LONE_FIGURE.finditer(text, start, end):
        if figure.start() < position:
            continue
        line = text.rfind("\n", position, figure.start()) + 1 or position
        label = _WORDS.match(text, line, end)
        if label is None or not mark(label[0], template).items:
            continue
        run = RUN.match(text, label.end(), end)
        behind = end_of_cells(text, label.end(), end) or (run.end() if run else label.end())
        if SENTENCE_GOES_ON.match(text, behind):
            continue
        yield from _plain(text, position, line, places)
        yield _loose_line(text, label, behind, places)
        position = behind
    yield from _plain(text, position, end, places)


_LONE_FIGURE = re.compile(
    r"[\s|](?<=[\u4e00-\u9fff）)”\"].)[\s|]*[0-9０-９]{1,9}(?=[\s|]|$)", re.DOTALL
)
_WORDS = re.compile(r"[^\n]{1,60}?[\u4e00-\u9fff）)”\"](?=[\s|]+[0-9０-９])")
_LINE = re.compile(r"[^\n]*\S[^\n]*")
_ONLY_FIGURES = re.compile(r"[\s0-9０-９,.+\-−/—]+")


def _plain(text: str, start: int, end: int, places: _Places) -> Iterator[Line]:
    for line in _LINE.finditer(text, start, end):
        place = places.at(line.start())
        printed = line[0]
        pieces = printed.split() if _ONLY_FIGURES.fullmatch(printed) else [printed.strip()]
        cells = [
            new(GridCell, (piece, 0, number, 1, 1, place)) for number, piece in enumerate(pieces)
        ]
        yield new(Line, (tuple(cells), place, shape_of_text(pieces), None))


class _Places(NamedTuple):
    """Where each position of joined texts stands in the document."""

    starts: tuple[int, ...]
    texts: tuple[Text, ...]

    def at(self, position: int) -> str:
        index = bisect_right(self.starts, position) - 1
        column = position - self.starts[index] + 1
        text = self.texts[index]
        return text.place if column == 1 else f"{text.place}, column {column}"


def _places(texts: Sequence[Text]) -> _Places:
    starts, position = [], 0
    for text in texts:
        starts.append(position)
        position += len(text.text) + 1
    return _Places(tuple(starts), tuple(texts))
