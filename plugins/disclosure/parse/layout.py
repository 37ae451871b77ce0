"""Blocks become lines: the cells of a printed row, or the labels and figures found in running text.

Text whose columns were lost (`行政许可 97`, `1.属于国家秘密0000000`, one cell a line) is cut at the form's own labels. A label
counts only where a row can begin, so a sentence that mentions 行政处罚212件 is never taken for a row.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain, groupby, repeat
from typing import NamedTuple

from disclosure.form import APPLICANT_TYPES, Template
from disclosure.parse.figures import looks_like_a_figure
from disclosure.parse.labels import mark
from disclosure.parse.loose_labels import find_labels
from disclosure.parse.shapes import FIGURE, place_of, shape_of, shape_of_text
from disclosure.parse.turned import upright
from disclosure.records import Block, Grid, GridCell, GridShape, LineShape, Text


class Line(NamedTuple):
    """One printed row. `is_loose` says that it was cut out of running text, so that its figures are what white space
    left, not cells."""

    cells: tuple[GridCell, ...]
    place: str
    shape: LineShape
    grid: Grid | None = None

    @property
    def is_loose(self) -> bool:
        return self.grid is None


def read_lines(blocks: Iterable[Block], template: Template) -> list[Line]:
    """Given a document's blocks, return its lines in reading order. Headings and prose come as lines of one cell."""
    lines: list[Line] = []
    for is_text, group in groupby(blocks, lambda block: isinstance(block, Text)):
        if is_text:
            lines += _cut_text([block for block in group if isinstance(block, Text)], template)
        else:
            for grid in group:
                assert isinstance(grid, Grid)
                lines += _grid_lines(upright(grid, template), template)
    return lines


def _grid_lines(grid: Grid, template: Template) -> Iterable[Line]:
    shape, count = shape_of(grid), len(grid.rows)
    fields = zip(
        grid.rows, _places_of_rows(grid.place, count), shape.lines, [grid] * count, strict=True
    )
    lines = list(map(_new, repeat(Line), fields))
    fallen = _fallen_into_a_cell(shape, template)
    return chain.from_iterable(_fallen_apart(lines, fallen, template)) if fallen else lines


@lru_cache(maxsize=200)
def _places_of_rows(grid: str, count: int) -> list[str]:
    return [f"{grid}, row {number}" for number in range(1, count + 1)]


def _fallen_apart(
    lines: Sequence[Line], fallen: Mapping[int, int], template: Template
) -> Iterator[Iterable[Line]]:
    """The lines, those that fell into one cell cut at their labels."""
    for number, line in enumerate(lines):
        if number in fallen and line.grid:
            cell = line.cells[fallen[number]]
            yield _cut_text([Text(cell.text, place_of(cell, line.grid))], template)
        else:
            yield [line]


@lru_cache(maxsize=500)
def _fallen_into_a_cell(shape: GridShape, template: Template) -> dict[int, int]:
    """The rows of which one cell holds a label and its figures, as where a whole row or table fell into it, and that
    cell."""
    return {
        row: position
        for row, position in shape.alone
        if shape.lines[row].texts[position] != FIGURE
        and _holds_a_row(shape.lines[row].texts[position], template)
    }


def _holds_a_row(text: str, template: Template) -> bool:
    return any(
        token.lastgroup == "item" and _RUN.match(text, token.end())
        for token in find_labels(text, template)
    )


# --- running text --------------------------------------------------------------------------------

# Figures after a label: numbers with their signs, units and notes, apart or run together. Digits are given back to the
# next label's ordinal alone, as in 00000002.其他: of 12) no 1 is left.
_ORDINAL_AHEAD = r"(?=[1-8１-８][.．、]\s*[属其危保本没补信重要无申])"
_UNIT = r"(?:元|万元|件|(?:[ \t]件|条|次|个|项|份|宗|起|人次|人)(?=[\s|*]|$))?"
_MARK = r"(?:(?:[①-⑳¹²³⁰⁴-⁹*+＋]|\[[^\[\]\s]{1,4}\]){1,2}(?=[\s|]|$))?"
_NUMBER = (
    rf"[0-9０-９]+?{_ORDINAL_AHEAD}"
    rf"|[0-9０-９]++(?:[,.，．][0-9０-９]++)*+{_UNIT}{_MARK}(?![.．、)）](?!\d))"
)
# A dash of the keyboard is a list's bullet too: not where words or an ordinal follow.
_NO_NUMBER = (
    r"(?:[/／—－–−]{1,2}|无|不适用)(?=[\s|]|$)"
    r"|--?(?=[ \t]*(?:[|\n]|$)|[ \t]+(?![0-9][.．、])(?:[0-9０-９/／—－–−+\-]|无|不适用))"
)
_RUN = re.compile(
    rf"(?:[\s|]*(?:[+\-−－＋]?(?:{_NUMBER})|{_NO_NUMBER})"
    r"(?:[（(][^（）()\n]{0,20}[）)](?=[\s|\d]|$))?)+"
)
_ROW_MAY_BEGIN_AFTER = re.compile(r"[\s|0-9０-９元件]")
_PIECE = re.compile(r"(?:[（(][^（）()\n]{0,20}[）)]|[^\s|])+(?:[ \t]件(?=[\s|*]|$))?")
_LINE = re.compile(r"[^\n]*\S[^\n]*")
_ONLY_FIGURES = re.compile(r"[\s0-9０-９,.+\-−/—]+")
# 12·5 goes on too, and so does whatever other sign a digit follows, or a character that cannot be read.
_SENTENCE_GOES_ON = re.compile(
    r"[，,。；;：:％%万亿余多年月日个项次人份宗起条为\ufffd]|[^\w\s|（()）]{1,2}[0-9０-９]"
    r"|[ \t\u3000]*(?:件|元|万元|[条次个项份宗起人])?[ \t\u3000]*[，,。；;]"
    r"|[ \t\u3000]*(?:[/／—－–−]|无(?!正当)|不适用)(?=[\u4e00-\u9fff])"  # a cell that ran into the next label
)


def _cut_text(texts: Sequence[Text], template: Template) -> list[Line]:
    """Cut running text at the form's labels; everything between is passed on as it stands. Behind a label or a run another
    row may begin."""
    lines: list[Line] = []
    joined = "\n".join([text.text for text in texts])
    places = _places(texts)
    position = 0  # up to here everything was passed on
    last_label = 0  # end of the label or run before, where another label may begin
    tokens = list(find_labels(joined, template))
    stops = [*(token.start() for token in tokens[1:]), len(joined)]
    for token, stop in zip(tokens, stops, strict=False):
        start, end = token.span()
        if start != last_label and not _row_may_begin(joined, token, last_label):
            continue
        if position < start:
            lines += _between_labels(joined, position, start, places, template)
        run = _RUN.match(joined, end)
        if run and not _SENTENCE_GOES_ON.match(joined, run.end()):
            end = _without_page_number(joined, end, run.end())
        if token.lastgroup == "item" and joined[end:stop].strip():
            end = _end_of_cells(joined, token.end(), stop) or end
        lines.append(_loose_line(joined, token, end, places))
        position = last_label = end
    if position < len(joined):
        lines += _between_labels(joined, position, len(joined), places, template)
    return lines


def _end_of_cells(text: str, start: int, stop: int) -> int | None:
    """Where a row of table three ends that has a cell in each line, some of them no figures; None where it is none."""
    if stop - start > _LONGEST_CELLS or not _LINE_BREAK.match(text, start):
        return None
    if stop < len(text):
        stop = text.rfind("\n", start, stop)  # the next label's line has its ordinal too
    cells = list(_CELL.finditer(text, start, stop))
    if len(cells) != len(APPLICANT_TYPES) or not looks_like_a_figure(cells[-1][0]):
        return None  # a word behind six figures may be the next header's
    words = [cell[0] for cell in cells if not looks_like_a_figure(cell[0])]
    is_row = len(words) <= _MOST_WORDS and max(map(len, words), default=0) <= _LONGEST_WORD
    return cells[-1].end() if is_row else None


_LONGEST_CELLS = 120  # characters of seven cells and the white space between them
_MOST_WORDS = 2
_LONGEST_WORD = 4  # 若干, 约30, 1.2万


def _without_page_number(text: str, start: int, end: int) -> int:
    """Where a row's figures end: a short one alone on a line of its own, below a line of several, is a page's number."""
    last = text.rfind("\n", start, end)
    if last < 0 or not _PAGE_NUMBER.fullmatch(text, last, end) or _cell_lines(text, start, end):
        return end
    if _SET_OFF.search(text, last, end):
        return last
    lines = map(figures_of, text[start:last].split("\n"))
    first = next((line for line in lines if line), [])
    return last if len(first) > 1 else end


_PAGE_NUMBER = re.compile(r"\s*[\-—–－]?\s*\d{1,3}\s*(?:[\-—–－]|[ ][/／][ ]\d{1,3})?\s*")
_SET_OFF = re.compile(r"\d\s*[\-—–－/／]")  # — 3 —, 3 / 7


def _row_may_begin(text: str, token: re.Match[str], last_label: int) -> bool:
    start = token.start()
    if start < last_label:
        return False
    if start == 0:
        return True
    if token.lastgroup == "heading":  # its numeral or clause is boundary enough
        return True
    return bool(_ROW_MAY_BEGIN_AFTER.match(text, start - 1))


def _loose_line(text: str, token: re.Match[str], end: int, places: _Places) -> Line:
    start, behind = token.span()
    cut = _cut_row if end - start <= _SHORT else _cut_row.__wrapped__
    texts, offsets, shape = cut(text[start:end], behind - start)
    place = places.at(start)
    cells = [_new(GridCell, (texts[0], 0, 0, 1, 1, place))]
    for column in range(1, len(texts)):
        at = places.at(start + offsets[column])
        cells.append(_new(GridCell, (texts[column], 0, column, 1, 1, at)))
    return _new(Line, (tuple(cells), place, shape, None))


_new = tuple.__new__  # GridCell(…) and Line(…) take three times as long
_SHORT = 100  # characters of a row that may come again: most are a label alone, or before zeros


@lru_cache(maxsize=20_000)
def _cut_row(row: str, label: int) -> tuple[tuple[str, ...], tuple[int, ...], LineShape]:
    """A row whose label is so long, as cells: their texts, where in it each begins, and their shape."""
    behind = _cell_lines(row, label, len(row)) or list(_PIECE.finditer(row, label))
    texts = (row[:label], *[piece[0] for piece in behind])
    return texts, (0, *[piece.start() for piece in behind]), shape_of_text(texts)


def figures_of(text: str) -> list[str]:
    """The figures in what stands behind a label, each with its note."""
    return _PIECE.findall(text)


def _cell_lines(text: str, start: int, end: int) -> list[re.Match[str]]:
    """The lines below a label, where each is a cell: nearly all hold one figure, so that two in one are a space within.
    Empty where no line holds two, or more of them do."""
    if not _LINE_BREAK.match(text, start):
        return []
    lines = list(_CELL.finditer(text, start, end))
    several = sum(bool(_WITHIN.search(line[0])) for line in lines)
    return lines if 0 < 3 * several <= len(lines) else []


_LINE_BREAK = re.compile(r"[ \t]*\n")
_CELL = re.compile(r"[^\s|](?:[^\n|]*[^\s|])?")
_WITHIN = re.compile(r"\d\s+\d")


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
        run = _RUN.match(text, label.end(), end)
        behind = _end_of_cells(text, label.end(), end) or (run.end() if run else label.end())
        if _SENTENCE_GOES_ON.match(text, behind):
            continue
        yield from _plain(text, position, line, places)
        yield _loose_line(text, label, behind, places)
        position = behind
    yield from _plain(text, position, end, places)


_LONE_FIGURE = re.compile(
    r"[\s|](?<=[\u4e00-\u9fff）)”\"].)[\s|]*[0-9０-９]{1,9}(?=[\s|]|$)", re.DOTALL
)
_WORDS = re.compile(r"[^\n]{1,60}?[\u4e00-\u9fff）)”\"](?=[\s|]+[0-9０-９])")


def _plain(text: str, start: int, end: int, places: _Places) -> Iterator[Line]:
    for line in _LINE.finditer(text, start, end):
        place = places.at(line.start())
        printed = line[0]
        pieces = printed.split() if _ONLY_FIGURES.fullmatch(printed) else [printed.strip()]
        cells = [
            _new(GridCell, (piece, 0, number, 1, 1, place)) for number, piece in enumerate(pieces)
        ]
        yield _new(Line, (tuple(cells), place, shape_of_text(pieces), None))


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
